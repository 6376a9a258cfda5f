"""Glossaries in one sheet: CSV, and XLSX for spreadsheets.

One term a row. The columns are those of the native format, and four for the concept,
the same in all its rows or empty: `domain enforce definition concept_note`. Nothing is
lost but concepts without terms. A sheet with the two columns `zh` and `en` alone is
read as well: each row is a concept, both terms are preferred, ids are made of the
English. Rows without any text are passed over.

CSV is RFC 4180 in UTF-8; a byte order mark may be there and is not written. Excel wants
one, and takes `=` for a formula: for Excel write XLSX. In XLSX all cells are texts, and
nothing becomes a date, a number, a link or a formula; the first sheet is read.
"""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from toolkit.errors import FileError
from toolkit.files import read_lines, replacing, unreadable, written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.bilingual import SOURCE, TARGET, Losses, new_id
from toolkit.formats.glossary.cells import (
    COLUMNS,
    REQUIRED,
    concept_cells,
    concept_of,
    term_cells,
    term_of,
)
from toolkit.terminology.glossary import Concept, Glossary, Term

Row = tuple[int, list[str]]
"""The line a row begins in, and its cells."""
Cells = Iterable[tuple[int, dict[str, str]]]
"""The same by column."""
_OF_CONCEPT = {
    "domain": "domain",
    "enforce": "enforce",
    "definition": "definition",
    "concept_note": "note",
}
_ALL = (*COLUMNS, *_OF_CONCEPT)
_PLAIN = (SOURCE, TARGET)
_MOST_CHARACTERS = 32_767
"""Of an XLSX cell, in UTF-16."""
_MOST_ROWS = 1_048_576
_MOST_BYTES = 1 << 30
"""Of an XLSX workbook, unpacked."""
_WIDTH = 18
_SHOWN = 40
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def load_csv(path: Path) -> Glossary:
    """Read a CSV file; raise `FileError` at the first row that is not as it must be."""
    return _glossary(path, _csv_rows(path))


def load_xlsx(path: Path) -> Glossary:
    """Read the first sheet; raise `FileError` at the first row that is wrong."""
    return _glossary(path, _xlsx_rows(path))


def save_csv(glossary: Glossary, path: Path) -> list[str]:
    """Write a file and return what it could not hold: concepts without terms.

    Raises:
        FileError: If a term has what no table can hold. Nothing is written then.
    """
    losses = Losses()
    with written(path) as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(_ALL)
        writer.writerows(_rows(glossary, path, losses, csv.field_size_limit()))
    return losses.lines()


def save_xlsx(glossary: Glossary, path: Path) -> list[str]:
    """Write a workbook and return what it could not hold: concepts without terms.

    Raises:
        FileError: If a cell would be longer than 32,767 characters, or the sheet than
            1,048,576 rows. Nothing is written then.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415

    losses = Losses()
    rows = [list(_ALL), *_rows(glossary, path, losses, _MOST_CHARACTERS)]
    if len(rows) > _MOST_ROWS:
        what = f"{len(rows):,} rows"
        raise FileError(path, what, cure=f"XLSX holds {_MOST_ROWS:,}: write CSV")
    as_text = {f"strings_to_{name}": False for name in ("formulas", "urls", "numbers")}
    with replacing(path) as temporary, temporary.open("wb") as stream:
        book = xlsxwriter.Workbook(stream, as_text)
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("terms")
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(_ALL) - 1, _WIDTH, text)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell, text)
        book.close()
    return losses.lines()


def _rows(
    glossary: Glossary, path: Path, losses: Losses, longest: int
) -> Iterator[list[str]]:
    for concept in glossary:
        about = concept_cells(path, concept)
        of_concept = {name: about[field] for name, field in _OF_CONCEPT.items()}
        if not concept.terms:
            losses.add("concepts without terms", concept.id)
        for term in concept.terms:
            cells = term_cells(path, concept.id, term) | of_concept
            _check(path, cells, longest)
            yield [cells[name] for name in _ALL]


def _check(path: Path, cells: dict[str, str], longest: int) -> None:
    of = f"concept {cells['concept']!r}, {cells['term'][:_SHOWN]!r}"
    for name, cell in cells.items():
        if len(cell) * 2 > longest and len(cell.encode("utf-16-le")) // 2 > longest:
            what = f"{of}: the {name} has more than {longest:,} characters"
            raise FileError(path, what, cure="the native format can hold it")
        if "\ufffe" in cell or "\uffff" in cell:
            what = f"{of}: the {name} has a character that is no text"
            raise FileError(path, what)
    for name in ("concept", "language", "term"):
        if cells[name] != cells[name].strip():
            what = f"{of}: white space around the {name}"
            raise FileError(path, what, cure=repr(cells[name].strip()))


def _csv_rows(path: Path) -> Iterator[Row]:
    reader = csv.reader(read_lines(path), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            cure = 'cells with , or " or line breaks in quotation marks'
            raise FileError(path, f"{error}", line=line, cure=cure) from error
        if row is None:
            return
        yield line, row


def _xlsx_rows(path: Path) -> Iterator[Row]:
    _check_workbook(path)
    import fastexcel  # noqa: PLC0415 (one format needs it)
    import polars as pl  # noqa: PLC0415

    try:
        frame = pl.read_excel(
            path,
            engine="calamine",
            has_header=False,
            drop_empty_rows=False,
            drop_empty_cols=False,
            raise_if_empty=False,
            read_options={"dtypes": "string"},
        )
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        what = " ".join(str(error).split())[:120]
        cure = "an .xlsx workbook"
        what = f"no sheet that can be read: {what}"
        raise FileError(path, what, cure=cure) from error
    for number, row in enumerate(frame.iter_rows(), 1):
        yield number, [cell or "" for cell in row]


def _check_workbook(path: Path) -> None:
    """Look whether it is a ZIP archive, whole, and of a size one can unpack."""
    cure = "an .xlsx workbook"
    damaged = (zipfile.BadZipFile, zlib.error, EOFError)
    encrypted = (NotImplementedError, RuntimeError)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise FileError(path, "more than 1 GiB when unpacked", cure=cure)
            broken = archive.testzip()
    except (*damaged, *encrypted, ValueError) as error:
        raise FileError(path, "no workbook, or not all of it", cure=cure) from error
    except OSError as error:
        raise unreadable(path, error) from error
    if broken:
        raise FileError(path, f"damaged: {broken}", cure=cure)


def _glossary(path: Path, rows: Iterator[Row]) -> Glossary:
    filled = ((line, row) for line, row in rows if any(row))
    line, header = next(filled, (1, []))
    while header and not header[-1]:  # a sheet may be wider than its table
        header.pop()
    read = _header(path, line, header)
    return read(path, (_cells(path, number, row, header) for number, row in filled))


def _header(
    path: Path, line: int, header: list[str]
) -> Callable[[Path, Cells], Glossary]:
    """Return how rows under this header are read."""
    is_plain = set(header) == set(_PLAIN)
    known = _PLAIN if is_plain else _ALL
    unknown = [name for name in header if name not in known]
    missing = [name for name in REQUIRED if name not in header]
    twice = [name for name in header if header.count(name) > 1]
    what = ""
    if not header:
        what = "no header"
    elif unknown:
        what = f"unknown column {unknown[0][:_SHOWN]!r}"
    elif twice:
        what = f"column {twice[0]!r} twice"
    elif missing and not is_plain:
        what = f"no column {missing[0]!r}"
    if what:
        cure = f"columns: {' '.join(_ALL)}; or {' '.join(_PLAIN)}"
        raise FileError(path, what, line=line, cure=cure)
    return _plain if is_plain else _full


def _cells(
    path: Path, line: int, row: list[str], header: list[str]
) -> tuple[int, dict[str, str]]:
    while len(row) > len(header) and not row[-1]:
        row.pop()
    if len(row) != len(header):
        cure = f"{len(header)}, one for each column"
        raise FileError(path, f"{len(row)} cells", line=line, cure=cure)
    cells = dict(zip(header, row, strict=True))
    for name in (*REQUIRED, *_PLAIN):
        cell = cells.get(name, "")
        if cell != cell.strip():
            what = f"white space around the {name} {cell[:_SHOWN]!r}"
            raise FileError(path, what, line=line, cure=repr(cell.strip()[:_SHOWN]))
    return line, cells


def _plain(path: Path, rows: Cells) -> Glossary:
    concepts: dict[str, Concept] = {}
    taken: set[str] = set()
    for line, cells in rows:
        terms = []
        for language in _PLAIN:
            values = ("-", language, cells[language], "preferred")
            row = dict(zip(REQUIRED, values, strict=True))
            terms.append(term_of(path, line, row)[1])
        id_ = new_id(cells[TARGET], taken)
        concepts[id_] = Concept(id_, tuple(terms))
    return Glossary(concepts)


def _full(path: Path, rows: Cells) -> Glossary:
    terms: dict[str, list[Term]] = {}
    about: dict[str, dict[str, str]] = {}
    concepts: dict[str, Concept] = {}
    for line, cells in rows:
        id_, term = term_of(path, line, cells)
        terms.setdefault(id_, []).append(term)
        known = about.setdefault(id_, {"concept": id_})
        for name, field in _OF_CONCEPT.items():
            cell = cells.get(name, "")
            if cell and known.setdefault(field, cell) != cell:
                what = f"another {name} of concept {id_[:_SHOWN]!r} than above"
                cure = "the same in all rows of a concept, or empty"
                raise FileError(path, what, line=line, cure=cure)
        concepts[id_] = concept_of(path, line, known)
    return Glossary(
        {id_: replace(concepts[id_], terms=tuple(t)) for id_, t in terms.items()}
    )


GLOSSARY_FORMATS.add("csv", GlossaryFormat((".csv",), load_csv, save_csv))
GLOSSARY_FORMATS.add("xlsx", GlossaryFormat((".xlsx",), load_xlsx, save_xlsx))
