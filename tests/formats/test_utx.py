"""UTX of the AAMT."""

import re
from pathlib import Path

import pytest
from generated_glossaries import ANY, full, glossaries
from hypothesis import given, settings

from toolkit.errors import FileError
from toolkit.formats.glossary import read_glossary
from toolkit.formats.glossary.utx import load, save
from toolkit.terminology.glossary import Concept, Glossary, Status, Term

DATA = Path(__file__).parents[1] / "data" / "exchange"
HEAD = "#UTX 1.20; zh-CN/en-US; 2024-05-06;\n#src\ttgt\tsrc:pos\tterm status\n"


def shown(glossary):
    return {
        concept.id: [(t.text, t.language, t.status.value) for t in concept.terms]
        for concept in glossary
    }


def of(*terms):
    return Glossary({"a": Concept("a", terms)})


def test_what_is_written(tmp_path):
    path = tmp_path / "out.utx"
    losses = save(full(), path)
    first, *lines = path.read_text(encoding="utf-8").split("\n")
    assert re.fullmatch(r"#UTX 1\.20; zh-CN/en-US; \d{4}-\d\d-\d\d;", first)
    name, agency = "国家互联网信息办公室", "Cyberspace Administration of China"
    assert lines == [
        "#src\ttgt\tsrc:pos\ttgt:pos\tterm status"
        "\tsrc:comment\ttgt:comment\tconcept ID",
        f"{name}\t{agency}\tnoun\tnoun\tapproved\t\tCAC for short\tcac",
        f"{name}\tCAC\tnoun\t-\tprovisional\t\t\tcac",
        f"{name}\tNet Letter Office\tnoun\t-\tforbidden\t\t\tcac",
        f"{name}\tSIIO\tnoun\t-\tnon-standard\t\t\tcac",
        f"网信办\t{agency}\t-\tnoun\tprovisional\t\t\tcac",
        "海浪\twave\t-\t-\tapproved\t\t\twave",
        "",
    ]
    assert losses == [
        "terms in other languages: 1 left out (國家互聯網信息辦公室)",
        "domains: 1 left out (cac)",
        "advised instead of required: 1 left out (cac)",
        "definitions: 1 left out (cac)",
        "notes on concepts: 1 left out (cac)",
        f"evidence levels: 3 left out ({name}, {agency}, Net Letter Office)",
        "kinds: 2 left out (网信办, CAC)",
        f"case policies: 1 left out ({agency})",
        f"validity dates: 2 left out ({agency}, SIIO)",
        f"sources: 1 left out ({agency})",
        "rules: 1 left out (Net Letter Office)",
        f"proper nouns, now nouns: 2 left out ({name}, {agency})",
        "concepts without such a term in both languages: 1 left out (lonely)",
    ]


def test_terms_and_statuses_come_back(tmp_path):
    save(full(), tmp_path / "out.utx")
    wanted = {
        id_: sorted(term for term in terms if term[1] in {"zh", "en"})
        for id_, terms in shown(full()).items()
        if id_ != "lonely"
    }
    found = shown(load(tmp_path / "out.utx"))
    assert {id_: sorted(terms) for id_, terms in found.items()} == wanted


@given(glossaries(ANY))
@settings(max_examples=60, deadline=None)
def test_what_was_read_comes_back(tmp_path_factory, glossary):
    path = tmp_path_factory.mktemp("utx") / "out.utx"
    save(glossary, path)
    once = load(path)
    assert save(once, path) == []
    again = load(path)
    assert {i: sorted(t) for i, t in shown(again).items()} == {
        i: sorted(t) for i, t in shown(once).items()
    }


@pytest.mark.parametrize(
    ("glossary", "loss"),
    [
        pytest.param(
            of(Term("甲", "zh"), Term("A", "en"), Term("B", "en")),
            "second preferred terms: 1 left out (B)",
            id="two preferred",
        ),
        pytest.param(
            of(Term("甲", "zh", Status.ADMITTED), Term("A", "en")),
            "statuses of the first Chinese term: 1 left out (甲)",
            id="no preferred Chinese",
        ),
        pytest.param(
            of(Term("#甲", "zh"), Term("A", "en")),
            "source terms that begin with #: 1 left out (#甲)",
            id="hash",
        ),
        pytest.param(
            of(Term("甲", "zh", note="a\nb\tc"), Term("A", "en")),
            "line breaks and control characters in notes: 1 left out (a b c)",
            id="line break in a note",
        ),
        pytest.param(
            of(Term("甲\t乙", "zh"), Term("A", "en")),
            r"terms with line breaks, tabs, control characters or white space around "
            r"them: 1 left out ('\u7532\t\u4e59')",
            id="tab",
        ),
        pytest.param(
            of(Term("甲", "zh"), Term("甲", "zh", pos="noun"), Term("A", "en")),
            "terms of the same text under other rules: 1 left out (甲)",
            id="same text",
        ),
    ],
)
def test_losses_are_said(glossary, loss, tmp_path):
    assert loss in save(glossary, tmp_path / "out.utx")


def test_a_file_of_another_tool():
    glossary = read_glossary(DATA / "foreign.utx")
    assert shown(glossary) == {
        "C1": [
            ("清朗", "zh", "preferred"),
            ("Qinglang", "en", "preferred"),
            ("Clear and Bright", "en", "deprecated"),
            ("清朗行动", "zh", "admitted"),
        ],
        "cac": [
            ("网信办", "zh", "preferred"),
            ("CAC", "en", "preferred"),
            ("the CAC", "en", "admitted"),
        ],
    }
    terms = {term.text: term for each in glossary for term in each.terms}
    assert terms["Clear and Bright"].note == "predicted"
    assert terms["Qinglang"].note == ""
    assert terms["清朗"].pos == "proper noun"
    assert terms["清朗行动"].pos == "phrase"


def test_columns_named_by_language(tmp_path):
    path = tmp_path / "in.utx"
    path.write_text("#UTX 1.2; de/en; bidirectional;\n#term:de\tterm:en\nHund\tdog\n")
    assert shown(load(path)) == {
        "dog": [("Hund", "de", "preferred"), ("dog", "en", "preferred")]
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", ":1: no line with columns (#UTX 1.20", id="empty"),
        pytest.param("甲\tA\n", ":1: no header of UTX (#UTX 1.20;", id="no header"),
        pytest.param("#UTX 1.20; zh-CN;\n", ":1: no header of UTX", id="one language"),
        pytest.param("#UTX 1; en-US/en-GB;\n", ":1: not two languages", id="same"),
        pytest.param(HEAD[:35], ":1: no line with columns", id="truncated"),
        pytest.param(
            "#UTX 1; zh/en;\n甲\tA\n", ":2: no line with col", id="no columns"
        ),
        pytest.param(
            "#UTX 1; zh/en;\n#src\tpos\n甲\tnoun\n", ":3: no line with", id="no tgt"
        ),
        pytest.param(HEAD + "甲\tA\n", ":3: 2 cells (4, one for", id="ragged"),
        pytest.param(HEAD + "甲\tA\t-\t-\t-\n", ":3: 5 cells (4", id="too many"),
        pytest.param(HEAD + "\tA\t-\t-\n", ":3: no src (a term)", id="no source"),
        pytest.param(HEAD + "甲\t \t-\t-\n", ":3: no tgt (a term)", id="no target"),
        pytest.param(
            HEAD + "甲\tA\t-\tgood\n",
            ":3: unknown term status 'good' (known: approved, provisional",
            id="status",
        ),
        pytest.param(HEAD + "甲\tA\tnuon\t-\n", ":3: unknown src:pos 'nuon'", id="pos"),
        pytest.param(HEAD + "甲\t“”\t-\t-\n", ":3: nothing but marks", id="marks"),
        pytest.param(
            HEAD + "甲\tA\t-\tapproved\n甲\tA\t-\tforbidden\n",
            ":4: 'A' is deprecated here and preferred above (one status)",
            id="contradiction",
        ),
        pytest.param(HEAD + "\0\tA\t-\t-\n", ":3: bytes that are no text", id="NUL"),
        pytest.param(HEAD + "x" * 10_000_000, ":3: 1 cells (4", id="10 MB line"),
        pytest.param(
            HEAD + "x" * 10_000_000 + "\tA\t-\t-\n",
            ":3: a term of 10,000,000 characters (at most 1,000)",
            id="10 MB term",
        ),
    ],
)
def test_bad_files(text, message, tmp_path):
    path = tmp_path / "in.utx"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}{message}"), error.value
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        pytest.param("gbk", ":3: not UTF-8 (it can be read as GBK", id="GBK"),
        pytest.param("utf-16", ":1: not UTF-8 (say --encoding utf-16", id="UTF-16"),
    ],
)
def test_other_encodings(encoding, message, tmp_path):
    path = tmp_path / "in.utx"
    path.write_bytes((HEAD + "甲乙\tA\t-\t-\n").encode(encoding))
    with pytest.raises(FileError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}{message}")
