"""Glossaries of OmegaT."""

from pathlib import Path

import pytest
from generated_glossaries import ANY, full, glossaries
from hypothesis import given, settings

from toolkit.errors import FileError
from toolkit.formats.glossary import read_glossary
from toolkit.formats.glossary.omegat import load, save
from toolkit.terminology.glossary import Concept, Glossary, Status, Term

DATA = Path(__file__).parents[1] / "data" / "exchange"


def test_what_is_written(tmp_path):
    path = tmp_path / "out.utf8"
    losses = save(full(), path)
    name, agency = "国家互联网信息办公室", "Cyberspace Administration of China"
    about = "The regulator of the internet. / Not the Administration of Cyberspace."
    assert path.read_text(encoding="utf-8").split("\n") == [
        f"{name}\t{agency}\t{about} / CAC for short",
        f"{name}\tCAC\t{about}",
        f"网信办\t{agency}\t{about} / CAC for short",
        f"网信办\tCAC\t{about}",
        "海浪\twave",
        "",
    ]
    assert losses == [
        "terms in other languages: 1 left out (國家互聯網信息辦公室)",
        "deprecated terms: 1 left out (Net Letter Office)",
        "superseded terms: 1 left out (SIIO)",
        "ids: 2 left out (cac, wave)",
        "domains: 1 left out (cac)",
        "advised instead of required: 1 left out (cac)",
        f"parts of speech: 2 left out ({name}, {agency})",
        f"evidence levels: 2 left out ({name}, {agency})",
        "kinds: 2 left out (网信办, CAC)",
        f"case policies: 1 left out ({agency})",
        f"validity dates: 1 left out ({agency})",
        f"sources: 1 left out ({agency})",
        "concepts without such a term in both languages: 1 left out (lonely)",
    ]


def test_a_file_of_omegat():
    first, second = read_glossary(DATA / "foreign.utf8")
    assert (first.id, second.id) == ("qinglang", "cac")
    assert [(term.text, term.status, term.note) for term in first.terms] == [
        ("清朗", Status.PREFERRED, ""),
        ("Qinglang", Status.PREFERRED, "the campaign"),
        ("Qinglang campaign", Status.ADMITTED, ""),
    ]


@given(glossaries(ANY))
@settings(max_examples=60, deadline=None)
def test_pairs_come_back(tmp_path_factory, glossary):
    path = tmp_path_factory.mktemp("omegat") / "out.txt"
    save(glossary, path)
    written = {
        tuple(line.split("\t")[:2])
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    }
    read = load(path) if written else Glossary()
    assert {
        (source.text, target.text)
        for concept in read
        for source in concept.terms_in("zh")
        for target in concept.terms_in("en")
    } == written


def test_a_source_that_would_be_a_comment(tmp_path):
    terms = (Term("#甲", "zh"), Term("A", "en"))
    losses = save(Glossary({"a": Concept("a", terms)}), tmp_path / "out.txt")
    assert "source terms that begin with #: 1 left out (#甲)" in losses
    assert (tmp_path / "out.txt").read_text() == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", ": no pairs in it (source, tab, target)", id="empty"),
        pytest.param(b"# only\n\n", ": no pairs in it (", id="comments"),
        pytest.param("甲\tA\n乙\n".encode(), ":2: no pair of terms (", id="truncated"),
        pytest.param(b"a\tb\tc\td\n", ":1: no pair of terms (", id="ragged"),
        pytest.param(b"\tA\n", ":1: no pair of terms (", id="no source"),
        pytest.param("甲\t\n".encode(), ":1: no pair of terms (", id="no target"),
        pytest.param("甲\t“”\n".encode(), ":1: nothing but marks in", id="marks"),
        pytest.param(b"a\0\tA\n", ":1: bytes that are no text", id="NUL"),
        pytest.param("甲乙\tA\n".encode("gbk"), ":1: not UTF-8 (it can", id="GBK"),
        pytest.param("甲\tA\n".encode("utf-16"), ":1: not UTF-8 (say", id="UTF-16"),
        pytest.param(b"x" * 10_000_000, ":1: no pair of terms (", id="10 MB line"),
        pytest.param(
            "甲\t".encode() + b"x" * 10_000_000, ":1: a term of 10,0", id="10 MB term"
        ),
    ],
)
def test_bad_files(content, message, tmp_path):
    path = tmp_path / "in.txt"
    path.write_bytes(content)
    with pytest.raises(FileError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}{message}"), error.value
    assert "\n" not in str(error.value)
