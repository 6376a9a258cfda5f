"""Checklists and key terms of Xbench."""

from xml.etree import ElementTree

import pytest
from generated_glossaries import ANY, full, glossaries
from hypothesis import given, settings

from toolkit.formats.glossary.xbench import save_checklist, save_key_terms
from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term


def checks(path):
    root = ElementTree.parse(path).getroot()
    assert (root.tag, root.get("version")) == ("xbench-checklist", "1.0")
    return root.findall("checklist/check")


def terms(check):
    return {term.get("type"): term.text for term in check.findall("term")}


def of(*terms):
    return Glossary({"a": Concept("a", terms)})


def test_a_checklist(tmp_path):
    losses = save_checklist(full(), tmp_path / "house.xbckl")
    chinese = '"国家互联网信息办公室" OR "网信办"'
    found = checks(tmp_path / "house.xbckl")
    assert [(check.get("name"), terms(check)["target"]) for check in found] == [
        (
            "国家互联网信息办公室: missing",
            '-"Cyberspace Administration of China" -"CAC"',
        ),
        ("国家互联网信息办公室: deprecated: Net Letter Office", '"Net Letter Office"'),
        ("国家互联网信息办公室: superseded: SIIO", '"SIIO"'),
        ("海浪: missing", '-"wave"'),
    ]
    assert {terms(check)["source"] for check in found[:3]} == {chinese}
    first = found[1]
    assert first.get("categories") == "organs"
    assert first.find("description").text.startswith(
        "Write 'Cyberspace Administration of China'. The regulator of the internet."
    )
    target = first.find("term[@type='target']")
    assert target.get("powersearch") == target.get("wholeword") == "yes"
    assert found[0].find("term[@type='target']").get("wholeword") == "no"
    assert "kinds: 2 left out (网信办, CAC)" in losses
    assert "validity dates: 2 left out (Cyberspace Administration" in " ".join(losses)


def test_marks_and_quotes(tmp_path):
    save_checklist(of(Term("甲", "zh"), Term('a "b" <c> & d', "en")), tmp_path / "x")
    (check,) = checks(tmp_path / "x")
    assert terms(check)["target"] == '-"a ""b"" <c> & d"'


@pytest.mark.parametrize("save", [save_checklist, save_key_terms])
def test_terms_of_some_places_are_left_out(save, tmp_path):
    quoted = Term("清朗", "zh", rules=Rules(quoted=True))
    losses = save(of(quoted, Term("Qinglang", "en")), tmp_path / "out")
    assert losses[0] == (
        "terms that hold only in quotation marks or before certain words: "
        "1 left out (清朗)"
    )
    assert "清朗" not in (tmp_path / "out").read_text(encoding="utf-8")


def test_nothing_allowed_is_no_missing_term(tmp_path):
    bad = Term("Bad", "en", Status.DEPRECATED)
    save_checklist(of(Term("甲", "zh"), bad), tmp_path / "out")
    assert [check.get("name") for check in checks(tmp_path / "out")] == [
        "甲: deprecated: Bad"
    ]


def test_key_terms(tmp_path):
    path = tmp_path / "out.txt"
    losses = save_key_terms(full(), path)
    agency = "Cyberspace Administration of China"
    assert path.read_text(encoding="utf-8").split("\n") == [
        f"\ufeff国家互联网信息办公室\t{agency}",
        "国家互联网信息办公室\tCAC",
        f"网信办\t{agency}",
        "网信办\tCAC",
        "海浪\twave",
        "",
    ]
    assert "deprecated terms: 1 left out (Net Letter Office)" in losses
    assert "definitions: 1 left out (cac)" in losses


@given(glossaries(ANY))
@settings(max_examples=60, deadline=None)
def test_always_well_formed(tmp_path_factory, glossary):
    path = tmp_path_factory.mktemp("xbench") / "out.xbckl"
    save_checklist(glossary, path)
    checks(path)
