import pytest

from toolkit.errors import FileError
from toolkit.findings import Severity
from toolkit.formats.glossary import load_glossary
from toolkit.formats.glossary.lint import lint
from toolkit.formats.glossary.native import (
    read_concept_rows,
    read_term_rows,
    term_files,
    term_rows_and_errors,
)
from toolkit.shipped import shipped
from toolkit.terminology.glossary import Enforce, Kind, Rules, Status

COLUMNS = (
    *("concept", "language", "term", "status", "kind", "pos", "case"),
    *("valid_from", "valid_to", "when", "source", "evidence", "note"),
)
ROW = {"concept": "a", "language": "en", "term": "Alpha", "status": "preferred"}
SHORT = "concept\tlanguage\tterm\tstatus\n"


@pytest.fixture
def write(tmp_path):
    """Write text to a file of the folder and return its path."""

    def write_text(text, name="small.tsv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write_text


def table(*rows):
    cells = [[(ROW | row).get(name, "") for name in COLUMNS] for row in rows]
    return "".join("\t".join(line) + "\n" for line in (COLUMNS, *cells))


def only_term(path):
    (concept,) = load_glossary([path])
    (term,) = concept.terms
    return term


def test_a_full_row(write):
    row = {
        "kind": "short",
        "pos": "proper noun",
        "case": "exact",
        "valid_from": "2013-03-22",
        "valid_to": "2018-03",
        "when": "quoted=yes;source_only=yes;followed_by=行动|drive;not_followed_by=门",
        "source": "https://example.org/1 ; house choice",
        "evidence": "B",
        "note": 'as in "so", said they',
    }
    term = only_term(write(table(row)))
    assert (term.text, term.language) == ("Alpha", "en")
    assert (term.status, term.kind) == (Status.PREFERRED, Kind.SHORT)
    assert (term.pos, term.exact_case) == ("proper noun", True)
    assert (term.valid_from, term.valid_to) == ("2013-03-22", "2018-03")
    assert term.rules == Rules(
        quoted=True,
        source_only=True,
        followed_by=("行动", "drive"),
        not_followed_by=("门",),
    )
    assert (term.source, term.evidence) == (row["source"], "B")
    assert term.note == row["note"], "there is no quoting"


def test_four_columns_are_enough(write):
    term = only_term(write(SHORT + "a\ten\tAlpha\tadmitted\n"))
    assert (term.text, term.status, term.kind) == ("Alpha", "admitted", Kind.FULL)
    assert not term.exact_case
    assert term.rules == Rules()


def test_columns_may_stand_in_any_order(write):
    text = "status\tterm\tconcept\tlanguage\npreferred\tAlpha\ta\ten\n"
    assert only_term(write(text)).text == "Alpha"


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        pytest.param("concept", "", "no concept (it must not be empty)", id="concept"),
        pytest.param("language", "", "no language (it must not be empty)", id="tongue"),
        pytest.param("term", "", "no term (it must not be empty)", id="no term"),
        pytest.param(
            "status",
            "",
            "unknown status '' (known: preferred, admitted, deprecated, superseded)",
            id="no status",
        ),
        pytest.param(
            "status",
            "forbidden",
            "unknown status 'forbidden' "
            "(known: preferred, admitted, deprecated, superseded)",
            id="unknown status",
        ),
        pytest.param(
            "kind",
            "long",
            "unknown kind 'long' "
            "(known: full, short, abbreviation, first-mention, do-not-translate)",
            id="unknown kind",
        ),
        pytest.param(
            "pos",
            "nuon",
            "unknown pos 'nuon' "
            "(known: nothing, noun, proper noun, verb, adjective, phrase)",
            id="unknown part of speech",
        ),
        pytest.param(
            "case", "yes", "unknown case 'yes' (known: nothing, exact)", id="case"
        ),
        pytest.param(
            "evidence",
            "D",
            "unknown evidence 'D' (known: nothing, A, B, C)",
            id="unknown evidence",
        ),
        pytest.param(
            "evidence",
            "attested",
            "unknown evidence 'attested' (known: nothing, A, B, C)",
            id="evidence of a wrong term for a right one",
        ),
        pytest.param(
            "valid_from",
            "March 2018",
            "valid_from 'March 2018' is no date (YYYY, YYYY-MM or YYYY-MM-DD)",
            id="no date",
        ),
        pytest.param(
            "valid_to",
            "2018-13",
            "valid_to '2018-13' is no date (YYYY, YYYY-MM or YYYY-MM-DD)",
            id="no month",
        ),
        pytest.param(
            "valid_to",
            "2018-3",
            "valid_to '2018-3' is no date (YYYY, YYYY-MM or YYYY-MM-DD)",
            id="a month of one digit",
        ),
        pytest.param(
            "valid_to",
            "2018-12-32",
            "valid_to '2018-12-32' is no date (YYYY, YYYY-MM or YYYY-MM-DD)",
            id="no day",
        ),
        pytest.param(
            "when", "quoted=no", "rule quoted=no (quoted=yes)", id="a rule that is off"
        ),
        pytest.param(
            "when", "source_only", "rule source_only= (source_only=yes)", id="no yes"
        ),
        pytest.param(
            "when",
            "followed_by=",
            "rule followed_by without a value (followed_by=a|b)",
            id="a rule without a value",
        ),
        pytest.param(
            "when",
            "precededby=x",
            "unknown rule 'precededby' "
            "(known: quoted, followed_by, not_followed_by, source_only)",
            id="unknown rule",
        ),
        pytest.param(
            "term",
            " Alpha",
            "white space around the term ' Alpha' ('Alpha')",
            id="white space before",
        ),
        pytest.param(
            "note",
            "see\u3000",
            "white space around the note 'see\\u3000' ('see')",
            id="white space behind",
        ),
        pytest.param(
            "note",
            "see\ttoo",
            "14 cells (13, one for each column, with a tab between them)",
            id="a tab in a cell",
        ),
    ],
)
def test_a_bad_row_says_where_and_what(column, value, message, write):
    path = write(table({}, {column: value}))
    with pytest.raises(FileError) as error:
        load_glossary([path])
    assert str(error.value) == f"{path}:3: {message}"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", 1, "no header (columns: concept ", id="empty file"),
        pytest.param("\n" + SHORT, 1, "no header (columns: ", id="empty first line"),
        pytest.param(
            "a\ten\tAlpha\tpreferred\n",
            1,
            "unknown column 'a' (columns: concept language term status kind ",
            id="no header",
        ),
        pytest.param(
            "concept\tlanguage\tterm\tstatus\tremark\n",
            1,
            "unknown column 'remark' (columns: ",
            id="unknown column",
        ),
        pytest.param(
            "concept\tterm\tstatus\n", 1, "no column 'language' (", id="no column"
        ),
        pytest.param(
            SHORT.replace("status", "term"), 1, "column 'term' twice (", id="twice"
        ),
        pytest.param(
            SHORT + "a\ten\tAlpha\n",
            2,
            "3 cells (4, one for each column, with a tab between them)",
            id="missing cell",
        ),
        pytest.param(
            SHORT + "a\ten\tAlpha\tpreferred\n\n", 3, "1 cells (4, ", id="empty line"
        ),
    ],
)
def test_a_bad_file_says_where_and_what(text, line, message, write):
    path = write(text)
    with pytest.raises(FileError) as error:
        load_glossary([path])
    assert str(error.value).startswith(f"{path}:{line}: {message}")


def test_a_missing_file(tmp_path):
    path = tmp_path / "none.tsv"
    with pytest.raises(FileError) as error:
        load_glossary([path])
    assert str(error.value) == f"{path}: no such file or folder"


def test_a_folder_without_glossaries(tmp_path):
    (tmp_path / "concepts.tsv").write_text("concept\n", encoding="utf-8")
    with pytest.raises(FileError) as error:
        load_glossary([tmp_path])
    assert str(error.value).startswith(f"{tmp_path}: no glossary in it (")


def test_a_file_in_gbk(tmp_path):
    path = tmp_path / "gbk.tsv"
    path.write_bytes((SHORT + "a\tzh\t净网\tpreferred\n").encode("gbk"))
    with pytest.raises(FileError) as error:
        load_glossary([path])
    assert str(error.value).startswith(f"{path}:2: not UTF-8 (it can be read as GBK")


def test_bad_rows_come_in_their_place(write):
    path = write(table({"term": ""}, {}, {"status": "x"}))
    good = [isinstance(row, FileError) for row in term_rows_and_errors(path)]
    assert good == [True, False, True]


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\x0b", "\x1c"])
def test_only_line_feeds_end_a_row(mark, write):
    note = f"one{mark}two"
    assert only_term(write(table({"note": note}))).note == note


def test_byte_order_mark_and_no_last_line_feed(write):
    path = write("\ufeff" + SHORT + "a\ten\tAlpha\tpreferred")
    assert only_term(path).text == "Alpha"


def test_evidence_of_deprecated_terms(write):
    row = {"status": "deprecated", "evidence": "predicted"}
    assert only_term(write(table(row))).evidence == "predicted"
    row["evidence"] = "A"
    with pytest.raises(FileError, match="known: nothing, attested, predicted"):
        load_glossary([write(table(row))])


def test_rows_know_where_they_stand(write):
    path = write(table({}, {"concept": "b"}))
    places = [(row.path, row.line, row.concept) for row in read_term_rows(path)]
    assert places == [(path, 2, "a"), (path, 3, "b")]


CONCEPTS = "concept\tdomain\tenforce\tdefinition\tnote\n"


def test_concepts_describe_the_terms_beside_them(write):
    path = write(table({}, {"concept": "b"}))
    write(CONCEPTS + "a\tparty\tadvised\tThe first.\tA note.\n", "concepts.tsv")
    first, second = load_glossary([path])
    assert (first.domain, first.enforce) == ("party", Enforce.ADVISED)
    assert (first.definition, first.note) == ("The first.", "A note.")
    assert (second.domain, second.enforce) == ("", Enforce.REQUIRED)


def test_concepts_are_optional(write, tmp_path):
    (concept,) = load_glossary([write(table({}))])
    assert concept.enforce is Enforce.REQUIRED
    assert read_concept_rows(tmp_path / "concepts.tsv") == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(
            CONCEPTS + "a\tparty\tmaybe\t\t\n",
            2,
            "unknown enforce 'maybe' (known: required, advised)",
            id="unknown enforce",
        ),
        pytest.param(CONCEPTS + "\tx\t\t\t\n", 2, "no concept (", id="no concept"),
        pytest.param(
            "concept\tterm\n",
            1,
            "unknown column 'term' (columns: concept domain enforce definition note)",
            id="unknown column",
        ),
    ],
)
def test_bad_concepts_say_where_and_what(text, line, message, write):
    path, concepts = write(table({})), write(text, "concepts.tsv")
    with pytest.raises(FileError) as error:
        load_glossary([path])
    assert str(error.value).startswith(f"{concepts}:{line}: {message}")


def test_a_folder_is_all_its_files_in_order_of_names(write, tmp_path):
    second = write(table({"term": "Two"}, {"concept": "z"}), "b.tsv")
    first = write(table({"term": "One"}), "a.tsv")
    write("anything", "README.md")
    write(CONCEPTS, "concepts.tsv")
    assert term_files(tmp_path) == [first, second]
    assert term_files(second) == [second]
    glossary = load_glossary([tmp_path])
    texts = {each.id: [term.text for term in each.terms] for each in glossary}
    assert texts == {"a": ["One", "Two"], "z": ["Alpha"]}


def test_a_later_glossary_replaces_a_concept(write):
    shipped_one = write(table({"term": "Old"}, {"concept": "b"}), "one.tsv")
    house = write(table({"term": "New"}), "two.tsv")
    glossary = load_glossary([shipped_one, house])
    texts = {each.id: [term.text for term in each.terms] for each in glossary}
    assert texts == {"a": ["New"], "b": ["Alpha"]}


def test_the_shipped_glossary_is_whole():
    folder = shipped("glossaries")
    glossary = load_glossary([folder])
    described = {row.concept.id for row in read_concept_rows(folder / "concepts.tsv")}
    assert set(glossary.concepts) == described
    assert len(glossary) >= 300
    for concept in glossary:
        assert concept.definition, f"{concept.id} has no definition"
        assert concept.preferred("zh"), f"{concept.id} has no Chinese"
        assert concept.preferred("en"), f"{concept.id} has no English"


def test_the_shipped_glossary_has_no_error():
    faults = lint([shipped("glossaries")])
    assert [str(each) for each in faults if each.severity is Severity.ERROR] == []
