"""CSV and XLSX."""

import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from generated_glossaries import ANY, full, glossaries
from hypothesis import given, settings

from toolkit.errors import FileError
from toolkit.formats.glossary import GLOSSARY_FORMATS, load_glossary, read_glossary
from toolkit.shipped import shipped
from toolkit.terminology.glossary import Concept, Enforce, Glossary, Status, Term

DATA = Path(__file__).parents[1] / "data" / "exchange"
FORMS = ("csv", "xlsx")
HEAD = ("concept", "language", "term", "status")
ROW = ("a", "en", "Alpha", "preferred")


def save(glossary, path):
    return GLOSSARY_FORMATS[path.suffix[1:]].save(glossary, path)


def one(**fields):
    term = replace(Term("Alpha", "en"), **fields)
    return Glossary({"a": Concept("a", (term,))})


def write(path, rows):
    """Write rows as they are, in the format of the suffix."""
    if path.suffix == ".csv":
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
        return path
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_everything_comes_back(form, tmp_path):
    path = tmp_path / f"out.{form}"
    assert save(full(), path) == []
    assert read_glossary(path) == full()
    before = path.read_bytes()
    save(full(), path)
    assert path.read_bytes() == before, "the same bytes"


@pytest.mark.parametrize("form", FORMS)
def test_the_shipped_glossary_comes_back(form, tmp_path):
    glossary = load_glossary([shipped("glossaries")])
    path = tmp_path / f"out.{form}"
    assert save(glossary, path) == []
    again = read_glossary(path)
    assert again == glossary
    assert list(again.concepts) == list(glossary.concepts), "in the same order"


@given(glossaries(ANY))
@settings(max_examples=60, deadline=None)
def test_round_trip(glossary):
    with TemporaryDirectory() as folder:
        for form in FORMS:
            path = Path(folder, f"out.{form}")
            assert save(glossary, path) == []
            assert read_glossary(path) == glossary


@pytest.mark.parametrize(
    "text",
    [
        "2018-03",
        "=1+1",
        "@SUM(A1)",
        "+1",
        "001",
        "1e5",
        "TRUE",
        "https://a.b/c",
        "{=1}",
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_cells_are_texts(form, text, tmp_path):
    glossary = one(note=text, text=f"a{text}")
    save(glossary, tmp_path / f"out.{form}")
    assert read_glossary(tmp_path / f"out.{form}") == glossary


def test_a_workbook_has_no_formula_and_no_link(tmp_path):
    save(one(note="=1+1", source="https://example.org"), tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_csv_is_quoted_by_rfc_4180(tmp_path):
    save(one(note='a "b", c\nd'), tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf")
    assert text.endswith(b'"a ""b"", c\nd",,required,,\r\n')


def test_concepts_without_terms_are_said(tmp_path):
    losses = save(Glossary({"a": Concept("a", ())}), tmp_path / "out.csv")
    assert losses == ["concepts without terms: 1 left out (a)"]


def test_two_columns():
    glossary = read_glossary(DATA / "plain.csv")
    terms = {c.id: [(t.text, t.language, t.status) for t in c.terms] for c in glossary}
    cac = "Cyberspace Administration of China"
    assert terms == {
        "cyberspace_administration_of_china": [
            ("国家互联网信息办公室", "zh", Status.PREFERRED),
            (cac, "en", Status.PREFERRED),
        ],
        "qinglang_campaign_2021": [
            ("清朗", "zh", Status.PREFERRED),
            ('"Qinglang" campaign, 2021', "en", Status.PREFERRED),
        ],
        "cyberspace_administration_of_china_2": [
            ("网络", "zh", Status.PREFERRED),
            (cac, "en", Status.PREFERRED),
        ],
        "concept": [
            ("测试", "zh", Status.PREFERRED),
            ("测试", "en", Status.PREFERRED),
        ],
    }


@pytest.mark.parametrize("form", FORMS)
def test_two_columns_in_any_order(form, tmp_path):
    path = write(tmp_path / f"in.{form}", [("en", "zh"), ("Alpha", "甲")])
    (concept,) = read_glossary(path)
    assert concept.preferred("zh").text == "甲"


@pytest.mark.parametrize("form", FORMS)
def test_of_the_concept_one_row_is_enough(form, tmp_path):
    rows = [
        (*HEAD, "enforce", "concept_note"),
        (*ROW, "", ""),
        ("b", "en", "Beta", "preferred", "", ""),
        ("", "", "", "", "", ""),
        ("a", "en", "Aleph", "admitted", "advised", "a note"),
    ]
    first, second = read_glossary(write(tmp_path / f"in.{form}", rows))
    assert [term.text for term in first.terms] == ["Alpha", "Aleph"]
    assert (first.enforce, first.note) == (Enforce.ADVISED, "a note")
    assert second.enforce is Enforce.REQUIRED


BAD_ROWS = [
    pytest.param([], 1, "no header (columns: concept language", id="empty"),
    pytest.param([(*HEAD, "colour")], 1, "unknown column 'colour' (", id="column"),
    pytest.param([("zh", "en", "fr")], 1, "unknown column 'zh' (", id="three"),
    pytest.param([(*HEAD, "")[1:]], 1, "no column 'concept' (", id="no column"),
    pytest.param([(*HEAD, "note", "note")], 1, "column 'note' twice (", id="twice"),
    pytest.param([("zh", "en", "en")], 1, "column 'en' twice (", id="two plain twice"),
    pytest.param([HEAD, ROW, (*ROW, "x")], 3, "5 cells (4, one for", id="long row"),
    pytest.param([HEAD, ("a", "en", "", "preferred")], 2, "no term (", id="no term"),
    pytest.param([("zh", "en"), ("甲", "")], 2, "no term (", id="no English"),
    pytest.param([("zh", "en"), ("甲", "“”")], 2, "nothing but marks", id="marks"),
    pytest.param([HEAD, (*ROW[:3], "good")], 2, "unknown status 'good' (", id="status"),
    pytest.param(
        [HEAD, (*ROW[:3], "x" * 999)],
        2,
        f"unknown status '{'x' * 80}'... (",
        id="a long value is cut",
    ),
    pytest.param(
        [HEAD, ("a", "en", " A", "preferred")],
        2,
        "white space around the term ' A' ('A')",
        id="white space",
    ),
    pytest.param(
        [(*HEAD, "valid_to"), (*ROW, "43160")],
        2,
        "valid_to '43160' is no date (YYYY",
        id="a date that a spreadsheet made a number",
    ),
    pytest.param(
        [(*HEAD, "domain"), (*ROW, "x"), (*ROW, "y")],
        3,
        "another domain of concept 'a' than above (the same in all rows",
        id="two concepts of one id",
    ),
    pytest.param(
        [(*HEAD, "enforce"), (*ROW, "maybe")],
        2,
        "unknown enforce 'maybe' (known: required, advised)",
        id="enforce",
    ),
]


@pytest.mark.parametrize(("rows", "line", "message"), BAD_ROWS)
@pytest.mark.parametrize("form", FORMS)
def test_bad_rows(form, rows, line, message, tmp_path):
    path = write(tmp_path / f"in.{form}", rows)
    with pytest.raises(FileError) as error:
        read_glossary(path)
    assert str(error.value).startswith(f"{path}:{line}: {message}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", ":1: no header", id="empty file"),
        pytest.param(b"zh,en\n\0,a\n", ":2: bytes that are no text", id="NUL"),
        pytest.param("zh,en\n甲,A\n".encode("gbk"), ":2: not UTF-8 (it can", id="GBK"),
        pytest.param("zh,en\n".encode("utf-16"), ":1: not UTF-8 (say", id="UTF-16"),
        pytest.param("zh,en\n甲\n".encode(), ":2: 1 cells (2", id="ragged"),
        pytest.param("zh,en\n甲,乙,丙\n".encode(), ":2: 3 cells (2", id="long"),
        pytest.param('zh,en\n甲,A\n乙,"B\n'.encode(), ":3: unexpected end", id="open"),
        pytest.param('zh,en\n"甲"x,A\n'.encode(), ":2: ',' expected", id="quote"),
        pytest.param(
            b"zh,en\na," + b"x" * 10_000_000, ":2: field larger than", id="10 MB line"
        ),
        pytest.param(b"zh;en\n", ":1: unknown column 'zh;en'", id="semicolons"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", ":1: not UTF-8", id="a picture"),
    ],
)
def test_bad_csv(content, message, tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(FileError) as error:
        read_glossary(path)
    assert str(error.value).startswith(f"{path}{message}"), error.value


def good_workbook(folder):
    return write(folder / "good.xlsx", [("zh", "en"), ("甲", "A")]).read_bytes()


def without_sheet(folder):
    write(folder / "good.xlsx", [("zh", "en")])
    with (
        zipfile.ZipFile(folder / "good.xlsx") as old,
        zipfile.ZipFile(folder / "bad.xlsx", "w") as new,
    ):
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    return (folder / "bad.xlsx").read_bytes()


def other_archive(folder):
    with zipfile.ZipFile(folder / "other.zip", "w") as archive:
        archive.writestr("a.txt", "text")
    return (folder / "other.zip").read_bytes()


def flipped(folder):
    content = bytearray(good_workbook(folder))
    content[len(content) // 3] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda _: b"", id="empty file"),
        pytest.param(lambda folder: good_workbook(folder)[:-200], id="truncated"),
        pytest.param(lambda folder: good_workbook(folder)[:2000], id="half"),
        pytest.param(flipped, id="a flipped byte"),
        pytest.param(without_sheet, id="no sheet"),
        pytest.param(other_archive, id="another archive"),
        pytest.param(lambda _: b"zh,en\n", id="a CSV file"),
        pytest.param(lambda _: b"\xd0\xcf\x11\xe0" * 500, id="an old .xls"),
        pytest.param(lambda _: b"x" * 10_000_000, id="10 MB line"),
    ],
)
def test_bad_workbooks(make, tmp_path):
    path = tmp_path / "in.xlsx"
    path.write_bytes(make(tmp_path))
    with pytest.raises(FileError) as error:
        read_glossary(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "(an .xlsx workbook)" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry,
    ):
        for _ in range(1100):
            entry.write(bytes(1 << 20))
    with pytest.raises(FileError, match="more than 1 GiB when unpacked"):
        read_glossary(path)


@pytest.mark.parametrize(
    ("form", "glossary", "message"),
    [
        pytest.param("xlsx", one(note="x" * 32_768), "the note has more", id="cell"),
        pytest.param("xlsx", one(note="😀" * 16_384), "the note has more", id="UTF-16"),
        pytest.param("csv", one(note="x" * 131_073), "the note has more", id="csv"),
        pytest.param("csv", one(text=" A"), "white space around the term", id="space"),
        pytest.param("csv", one(note="\0"), "a character that is no text", id="NUL"),
        pytest.param("xlsx", one(note="\uffff"), "a character that is", id="U+FFFF"),
        pytest.param("xlsx", one(text=""), "no term", id="no term"),
    ],
)
def test_what_cannot_be_held_names_the_term(form, glossary, message, tmp_path, tree):
    path = tmp_path / f"out.{form}"
    path.write_text("old")
    with pytest.raises(FileError) as error:
        save(glossary, path)
    assert str(error.value).startswith(f"{path}: concept 'a', ")
    assert message in str(error.value)
    assert tree(tmp_path) == {path.name: b"old"}
