import re

import pytest

import toolkit.formats.glossary.lint as lint_module
from toolkit.findings import Severity
from toolkit.formats.glossary.lint import Fault, lint

COLUMNS = (
    *("concept", "language", "term", "status", "kind", "pos", "case"),
    *("valid_from", "valid_to", "when", "source", "evidence", "note"),
)
HEADER = "\t".join(COLUMNS) + "\n"
CONCEPTS = "concept\tdomain\tenforce\tdefinition\tnote\n"


def row(concept, language, term, status="preferred", **more):
    cells = {"concept": concept, "language": language, "term": term, "status": status}
    return "\t".join((cells | more).get(name, "") for name in COLUMNS) + "\n"


ZH = row("a", "zh", "甲乙")
EN = row("a", "en", "Alpha")
SEEN = {"source": "https://example.org", "evidence": "attested"}


@pytest.fixture
def write(tmp_path):
    """Write rows under a header to a file of the folder and return its path."""

    def write_rows(*rows, name="small.tsv", header=HEADER):
        path = tmp_path / name
        path.write_text(header + "".join(rows), encoding="utf-8", newline="")
        return path

    return write_rows


def shown(path, fault):
    """A fault as its line, its severity and its message."""
    return fault.place.removeprefix(f"{path}:"), fault.severity.value, fault.message


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [ZH, EN, row("a", "en", "Beta", "forbidden")],
            ("4", "error", "unknown status 'forbidden' (known: preferred, "),
            id="a row that cannot be read",
        ),
        pytest.param(
            [
                *(ZH, EN, row("b", "zh", "丙丁"), row("b", "en", "Beta")),
                row("a", "en", "Gamma", "admitted"),
            ],
            ("6", "warning", "concept a is torn apart (keep its rows together)"),
            id="a concept torn apart",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "Beta")],
            ("4", "error", "a has two preferred terms in en (admit one)"),
            id="two preferred terms",
        ),
        pytest.param(
            [ZH, row("a", "en", "Alpha", "admitted")],
            ("3", "error", "a has no preferred term in en (choose one)"),
            id="no preferred term",
        ),
        pytest.param(
            [ZH, row("a", "en", "Alpha", kind="abbreviation")],
            ("3", "error", "a has no preferred term in en (choose one)"),
            id="only a preferred abbreviation",
        ),
        pytest.param(
            [ZH],
            ("2", "error", "a has no term in en (add one)"),
            id="no English",
        ),
        pytest.param(
            [EN],
            ("2", "error", "a has no term in zh (add one)"),
            id="no Chinese",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "alpha", "admitted")],
            ("4", "warning", "'alpha' again, as in line 3 (take one out)"),
            id="the same term, but for capitals",
        ),
        pytest.param(
            [ZH, EN, row("a", "zh", "“甲乙”", "admitted")],
            ("4", "warning", "'“甲乙”' again, as in line 2 (take one out)"),
            id="the same term, but for quotation marks",
        ),
        pytest.param(
            [
                *(ZH, EN),
                row("a", "en", "Alpha", "superseded", valid_to="2018", source="ours"),
            ],
            ("4", "error", "'Alpha' is superseded here but preferred in line 3 ("),
            id="once allowed and once not",
        ),
        pytest.param(
            [ZH, row("a", "en", "Alpha", valid_from="2019", valid_to="2018-05")],
            ("3", "error", "valid_to is before valid_from (swap them)"),
            id="dates that run backwards",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "Beta Ray", "deprecated")],
            ("4", "error", "deprecated without a source (say where it was seen)"),
            id="deprecated without a source",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "Beta Ray", "superseded", valid_to="2018")],
            ("4", "error", "superseded without a source (say where it was seen)"),
            id="superseded without a source",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "Beta", "superseded", source="ours")],
            ("4", "error", "superseded without valid_to (say until when)"),
            id="superseded without an end",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", "drain", "deprecated", **SEEN)],
            ("4", "error", "the single word 'drain' is deprecated everywhere (when: "),
            id="a deprecated single word",
        ),
        pytest.param(
            [ZH, EN, row("a", "zh", "网", "admitted")],
            ("4", "error", "the single character 网 matches everywhere (add a rule)"),
            id="a single character",
        ),
        pytest.param(
            [ZH, EN, row("a", "en", '"the ""Beta"" ray"', "admitted")],
            ("4", "error", "quotation marks of a spreadsheet (save without quoting)"),
            id="quoted by a spreadsheet",
        ),
    ],
)
def test_fault(rows, expected, write):
    path = write(*rows)
    (fault,) = lint([path])
    line, severity, message = shown(path, fault)
    assert (line, severity) == expected[:2]
    assert message.startswith(expected[2])


@pytest.mark.parametrize(
    "more",
    [
        pytest.param([], id="one term in each language"),
        pytest.param(
            [row("a", "en", "ALP", kind="abbreviation")], id="preferred abbreviation"
        ),
        pytest.param(
            [row("a", "en", "drain", "deprecated", when="quoted=yes", **SEEN)],
            id="a deprecated single word with a rule",
        ),
        pytest.param(
            [row("a", "en", "net net", "deprecated", **SEEN)],
            id="a deprecated phrase",
        ),
        pytest.param(
            [row("a", "zh", "网", "admitted", when="quoted=yes")],
            id="a single character with a rule",
        ),
        pytest.param(
            [row("a", "zh", "甲乙", "admitted", when="quoted=yes")],
            id="the same term with another rule",
        ),
        pytest.param(
            [row("a", "en", "alpha", "admitted", case="exact")],
            id="the same term where capitals decide",
        ),
        pytest.param(
            [row("a", "en", '"Beta" ("Ray") drive', "admitted")],
            id="quotation marks of its own",
        ),
        pytest.param(
            [
                row("b", "zh", "甲乙", when="followed_by=行动"),
                row("b", "en", "Alpha drive"),
            ],
            id="another concept of the same name, with a rule",
        ),
        pytest.param(
            [row("a", "en", "Beta", "admitted", valid_from="2018", valid_to="2018")],
            id="valid in one year",
        ),
    ],
)
def test_no_fault(more, write):
    assert lint([write(ZH, EN, *more)]) == []


def test_all_unreadable_rows_are_reported(write):
    bad = row("a", "en", "Beta", "bad"), row("a", "en", "Gamma", valid_to="soon")
    path = write(ZH, bad[0], EN, bad[1])
    assert [fault.place for fault in lint([path])] == [f"{path}:3", f"{path}:5"]


def test_a_concept_missing_in_concepts(write, tmp_path):
    path = write(ZH, EN, row("b", "zh", "丙丁"), row("b", "en", "Beta"))
    write("a\tx\t\t\t\n", name="concepts.tsv", header=CONCEPTS)
    expected = "concept b is not in concepts.tsv (add it there)"
    for target in (path, tmp_path):
        (fault,) = lint([target])
        assert shown(path, fault) == ("4", "error", expected)


def test_a_concept_without_terms(write, tmp_path):
    path = write(ZH, EN)
    concepts = write(
        "a\tx\t\t\t\n", "b\tx\t\t\t\n", name="concepts.tsv", header=CONCEPTS
    )
    (fault,) = lint([tmp_path])
    message = "concept b has no terms (add some, or take it out)"
    assert shown(concepts, fault) == ("3", "error", message)
    assert lint([path]) == [], "other files may have them"


def test_a_concept_twice_in_concepts(write, tmp_path):
    write(ZH, EN)
    lines = ["a\tx\t\t\t\n"] * 2
    concepts = write(*lines, name="concepts.tsv", header=CONCEPTS)
    (fault,) = lint([tmp_path])
    assert shown(concepts, fault) == ("3", "error", "concept a twice (take one out)")


def test_a_concept_torn_over_two_files_is_whole(write, tmp_path):
    write(ZH, EN, name="one.tsv")
    write(row("a", "en", "Beta", "admitted"), name="two.tsv")
    assert lint([tmp_path]) == []


def test_a_fault_is_one_line():
    message = "no term (it must not be empty)"
    fault = Fault("small.tsv", 3, Severity.ERROR, "GLOSS001", message)
    assert str(fault) == f"small.tsv:3: error GLOSS001: {message}"


B = (row("b", "zh", "丙丁"), row("b", "en", "Beta"))
GONE = {"valid_to": "2018"}
SEEDED = [
    pytest.param([ZH, EN, "a\ten\n"], 4, "error", "GLOSS001", id="cells missing"),
    pytest.param([ZH, EN, row("a", "en", "B", "bad")], 4, "error", "GLOSS003", id="st"),
    pytest.param(
        [ZH, EN, row("a", "en", "Be Ta", "admitted", note="n\r")],
        *(4, "error", "GLOSS004"),
        id="a carriage return",
    ),
    pytest.param(
        [ZH, EN, row("a", "en", " Beta", "admitted")],
        *(4, "error", "GLOSS005"),
        id="outer space",
    ),
    *(
        pytest.param(
            [ZH, EN, row("a", "en", f"Beta{gap}Ray", "admitted")],
            *(4, "error", "GLOSS005"),
            id=f"{name} space",
        )
        for name, gap in {
            "double": "  ",
            "non-breaking": "\u00a0",
            "ideographic": "\u3000",
            "invisible": "\u200b",
        }.items()
    ),
    pytest.param(
        [row("a", "zh", "甲 乙"), EN], 2, "warning", "GLOSS005", id="between Chinese"
    ),
    pytest.param(
        [ZH, EN, *B, row("a", "en", "C D", "admitted")],
        6,
        "warning",
        "GLOSS007",
        id="t",
    ),
    pytest.param([ZH], 2, "error", "GLOSS008", id="missing language"),
    pytest.param(
        [ZH, row("a", "en", "Alpha", "admitted")], 3, "error", "GLOSS009", id="none"
    ),
    pytest.param([ZH, EN, row("a", "en", "Beta")], 4, "error", "GLOSS010", id="two"),
    pytest.param(
        [
            *(ZH, row("a", "en", "Alpha", valid_to="2019-06")),
            row("a", "en", "Beta", valid_from="2019"),
        ],
        *(4, "error", "GLOSS011"),
        id="overlapping validity",
    ),
    pytest.param(
        [
            *(ZH, row("a", "en", "Alpha", valid_to="2018")),
            row("a", "en", "Beta", valid_from="2019"),
        ],
        *(4, "info", "GLOSS010"),
        id="two, one after the other",
    ),
    pytest.param(
        [ZH, row("a", "en", "Alpha", **GONE)], 3, "warning", "GLOSS012", id="over"
    ),
    pytest.param(
        [ZH, EN, row("a", "en", "Alpha", "deprecated", when="quoted=yes", **SEEN)],
        *(4, "error", "GLOSS013"),
        id="preferred and deprecated",
    ),
    pytest.param(
        [
            *(ZH, row("a", "en", "Alpha Ray"), *B),
            row("b", "en", "alpha ray", "deprecated", **SEEN),
        ],
        *(6, "error", "GLOSS013"),
        id="preferred here, deprecated there",
    ),
    pytest.param(
        [ZH, EN, row("b", "zh", "甲乙"), B[1]],
        4,
        "error",
        "GLOSS014",
        id="Chinese twice",
    ),
    pytest.param(
        [ZH, EN, row("b", "zh", "丙丁"), row("b", "en", "Alpha")],
        *(5, "warning", "GLOSS014"),
        id="English twice",
    ),
    pytest.param(
        [ZH, EN, row("a", "en", "Alpha", "admitted")], 4, "warning", "GLOSS015", id="re"
    ),
    *(
        pytest.param(
            [ZH, row("a", "en", "net-use rule", pos=pos), row("a", "en", text, **more)],
            *(4, "warning", "GLOSS016"),
            id=name,
        )
        for name, text, pos, more in [
            ("capitals", "Net-use rule", "noun", {"status": "admitted"}),
            ("a hyphen", "net use rule", "noun", {"status": "admitted"}),
            ("a plural", "net-use rules", "noun", {"status": "admitted"}),
        ]
    ),
    pytest.param(
        [
            *(ZH, row("a", "en", "take down", pos="verb")),
            row("a", "en", "took down", "admitted", pos="verb"),
        ],
        *(4, "warning", "GLOSS016"),
        id="a past tense",
    ),
    pytest.param(
        [
            *(ZH, row("a", "en", "the net net drive"), *B),
            row("b", "en", "net net", "deprecated", **SEEN),
        ],
        *(6, "info", "GLOSS017"),
        id="deprecated inside a longer one, hidden",
    ),
    pytest.param(
        [
            *(
                ZH,
                EN,
                row("a", "en", "net net drive", "admitted", when="source_only=yes"),
            ),
            *(*B, row("b", "en", "net net", "deprecated", **SEEN)),
        ],
        *(7, "warning", "GLOSS017"),
        id="deprecated inside a longer one with a rule",
    ),
    pytest.param(
        [
            *(row("a", "zh", "中国网络"), EN, row("b", "zh", "国网"), B[1]),
            *(row("c", "zh", "网络"), row("c", "en", "Gamma")),
        ],
        *(4, "warning", "GLOSS018"),
        id="across the boundary of two words",
    ),
    pytest.param(
        [row("a", "zh", "甲乙丙"), EN, row("b", "zh", "乙丙"), B[1]],
        *(4, "info", "GLOSS018"),
        id="inside another term",
    ),
    pytest.param(
        [ZH, row("a", "en", "Alpha", valid_from="2039", valid_to="2038")],
        *(3, "error", "GLOSS019"),
        id="dates run backwards",
    ),
    pytest.param(
        [ZH, EN, row("a", "en", "B C", "deprecated")], 4, "error", "GLOSS020", id="src"
    ),
    pytest.param(
        [ZH, EN, row("a", "en", "B C", "superseded", source="x")],
        *(4, "error", "GLOSS021"),
        id="superseded without an end",
    ),
    pytest.param(
        [ZH, EN, row("a", "en", "drain", "deprecated", **SEEN)],
        *(4, "error", "GLOSS022"),
        id="single word",
    ),
    pytest.param(
        [ZH, EN, row("a", "zh", "网", "admitted")], 4, "error", "GLOSS023", id="one"
    ),
    pytest.param(
        [ZH, EN, row("a", "en", '"a ""b"""', "admitted")],
        4,
        "error",
        "GLOSS024",
        id="q",
    ),
    *(
        pytest.param(
            [ZH, EN, row("a", language, text, "admitted")],
            *(4, "error", "GLOSS025"),
            id=name,
        )
        for name, language, text in [
            ("Cyrillic", "en", "B\u0435ta"),
            ("Greek", "en", "Bet\u03b1"),
            ("Cyrillic alone", "en", "\u0410\u0421 drive"),
            ("CJK compatibility", "zh", "\uf9dd丁"),
            ("full-width digits", "zh", "丙２０"),
            ("full-width letters", "en", "Ｂeta"),
        ]
    ),
    pytest.param(
        [row("a", "zh", "净网"), EN, row("a", "zh", "淨網", "admitted")],
        *(4, "warning", "GLOSS026"),
        id="Traditional and Simplified",
    ),
    *(
        pytest.param(
            [ZH, EN, row("a", "zh", text, "admitted", when=when)],
            *(4, severity, "GLOSS027"),
            id=name,
        )
        for name, text, when, severity in [
            ("barred", "丙丁", "followed_by=行动;not_followed_by=行", "error"),
            ("source only", "丙丁", "source_only=yes", "error"),
            ("own marks", "“丙丁”", "quoted=yes", "warning"),
            ("no follower", "丙丁", "followed_by=\u200b", "error"),
            ("swallowed, one concept", "甲", "followed_by=乙", "info"),
        ]
    ),
    pytest.param(
        [*B, row("a", "zh", "丙", when="followed_by=丁"), EN],
        *(4, "warning", "GLOSS027"),
        id="swallowed by another concept",
    ),
]


@pytest.mark.parametrize(("rows", "line", "severity", "code"), SEEDED)
def test_seeded_fault(rows, line, severity, code, write):
    path = write(*rows)
    found = {(f.place, f.severity, f.code) for f in lint([path], "2026-01-01")}
    assert (f"{path}:{line}", severity, code) in found
    assert {each[2] for each in found if each[1] != "info"} <= {code}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        pytest.param(HEADER.replace("note", "remark"), "GLOSS002", id="unknown column"),
        pytest.param(HEADER.replace("\n", "\r\n"), "GLOSS004", id="CR LF"),
        pytest.param(HEADER.replace("status", "kind"), "GLOSS001", id="a column twice"),
    ],
)
def test_seeded_fault_of_the_header(header, code, write):
    path = write(ZH, header=header)
    (fault,) = lint([path])
    assert (fault.place, fault.code) == (f"{path}:1", code)


def test_faults_of_concepts_have_a_code(write, tmp_path):
    write(ZH, EN)
    write("a\t\t\t\t\n", "a\t\t\t\t\n", name="concepts.tsv", header=CONCEPTS)
    assert {fault.code for fault in lint([tmp_path])} == {"GLOSS006"}


def test_every_code_is_listed_and_seeded():
    listed = set(re.findall("GLOSS[0-9]{3}", lint_module.__doc__))
    assert listed == {f"GLOSS{number:03}" for number in range(1, 28)}
    seeded = {case.values[3] for case in SEEDED} | {"GLOSS002", "GLOSS006"}
    assert listed == seeded


def test_every_cure_is_in_brackets(write):
    for case in SEEDED:
        for fault in lint([write(*case.values[0])]):
            assert fault.message.endswith(")"), fault.message
            assert " (" in fault.message


def test_an_ended_thing_is_no_doubt(write):
    rows = row("a", "zh", "甲乙", **GONE), row("a", "en", "Alpha", **GONE)
    assert {fault.severity for fault in lint([write(*rows)])} == {Severity.INFO}
    assert lint([write(*rows)], "2017-12-31") == []
