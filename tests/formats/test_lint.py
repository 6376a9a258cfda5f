import pytest

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
            [row("b", "zh", "甲乙"), row("b", "en", "Alpha")],
            id="another concept of the same names",
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
    assert shown(concepts, fault) == ("3", "error", "concept a twice")


def test_a_concept_torn_over_two_files_is_whole(write, tmp_path):
    write(ZH, EN, name="one.tsv")
    write(row("a", "en", "Beta", "admitted"), name="two.tsv")
    assert lint([tmp_path]) == []


def test_a_fault_is_one_line():
    fault = Fault("small.tsv", 3, Severity.ERROR, "no term (it must not be empty)")
    assert str(fault) == "small.tsv:3: error: no term (it must not be empty)"
