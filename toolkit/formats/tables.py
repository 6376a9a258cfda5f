"""Tables, read and written by polars: CSV, TSV and Parquet.

A row is an article, or a part of the one before if both have one id. Cells are texts
and stay what they are; nothing is read as a number.
"""

import codecs
import csv
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.corpus import Article, Paragraph
from toolkit.errors import FileError
from toolkit.files import read_lines, replacing
from toolkit.formats import FORMATS, Input, Reading
from toolkit.formats.records import (
    Columns,
    Row,
    Value,
    find_columns,
    read_rows,
    rewritten,
)

if TYPE_CHECKING:  # polars takes 0.15 s to import: only where a table is read
    import _csv  # the type of readers has no other name

    import polars as pl

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header.

    Attributes:
        separator: Between the cells of a line; empty for Parquet.
    """

    suffixes: tuple[str, ...]
    separator: str

    def read(self, entry: Input, reading: Reading) -> Iterator[Paragraph]:
        """Yield the paragraphs of each row's article."""
        if self.separator:
            _check_shape(entry, reading, self.separator)
        rows = (
            (row, columns)
            for frame, columns, first in self._batches(entry, reading)
            for row in _rows(entry, frame, columns, first)
        )
        yield from read_rows(entry, reading, rows)

    def rewrite(
        self, entry: Input, reading: Reading, texts: Iterator[str], target: Path
    ) -> None:
        """Write the table again, its text column replaced or a new one added."""
        import polars as pl  # noqa: PLC0415

        folder = Path(tempfile.mkdtemp())
        try:
            for frame, columns, first in self._batches(entry, reading):
                changed = [
                    rewritten(row, columns, reading, texts)
                    for row in _rows(entry, frame, columns, first)
                ]
                self._check_cells(entry, changed)
                new = _changed_columns(frame, columns, changed)
                frame.with_columns(*new).write_parquet(folder / f"{first:012}.parquet")
            parts = pl.scan_parquet(sorted(folder.iterdir()), glob=False)
            with replacing(target) as temporary:
                self._sink(parts, temporary, _line_end(entry, reading, self.separator))
        finally:
            shutil.rmtree(folder)

    def _check_cells(self, entry: Input, changed: list[dict[str, Value]]) -> None:
        """Refuse what a table without quoting cannot hold."""
        for cells in changed if self.separator == "\t" else ():
            for value in cells.values():
                if isinstance(value, str) and re.search(r"[\t\n\r]", value):
                    what = f"a tab or line break in a translation: {value[:40]!r}"
                    raise FileError(entry.path, what, cure="use CSV or JSON Lines")

    def translated(self, entry: Input, article: Article) -> Path:  # noqa: ARG002
        """Return the one file there is."""
        return entry.relative

    def _sink(self, frame: "pl.LazyFrame", target: Path, line_end: str) -> None:
        if self.separator == ",":
            frame.sink_csv(target, line_terminator=line_end)
        elif self.separator:
            frame.sink_csv(
                target,
                separator=self.separator,
                line_terminator=line_end,
                quote_style="never",
            )
        else:
            frame.sink_parquet(target)

    def _batches(
        self, entry: Input, reading: Reading
    ) -> Iterator[tuple["pl.DataFrame", Columns, int]]:
        """Yield parts of the table, its columns, and the number of the first row."""
        import polars as pl  # noqa: PLC0415

        first = 1
        try:
            table = self._scan(entry, reading)
            columns = find_columns(entry, reading, table.collect_schema().names())
            for frame in table.collect_batches(chunk_size=_BATCH):
                if len(frame):
                    yield frame, columns, first
                first += len(frame)
        except pl.exceptions.PolarsError as error:
            what = str(error).partition("\n")[0]
            cure = "a table with a header and as many cells in each row"
            raise FileError(entry.path, what, cure=cure) from error
        if first == 1:
            raise FileError(entry.path, "an empty file", cure="a header and rows")

    def _scan(self, entry: Input, reading: Reading) -> "pl.LazyFrame":
        import polars as pl  # noqa: PLC0415

        if not self.separator:
            return pl.scan_parquet(entry.path, glob=False)
        if codecs.lookup(reading.encoding).name not in {"utf-8", "utf-8-sig", "ascii"}:
            cure = "convert it to UTF-8 first"
            raise FileError(entry.path, "tables are read as UTF-8 only", cure=cure)
        return pl.scan_csv(
            entry.path,
            separator=self.separator,
            quote_char='"' if self.separator == "," else None,
            infer_schema=False,
            empty_string_is_null=False,
            glob=False,
        )


def _rows(
    entry: Input, frame: "pl.DataFrame", columns: Columns, first: int
) -> Iterator[Row]:
    import polars as pl  # noqa: PLC0415

    names = dict.fromkeys((columns.text, columns.id, columns.title, columns.date))
    try:
        cells = [_cells(frame, name) for name in names if name]
    except pl.exceptions.PolarsError as error:
        what = str(error).partition("\n")[0]
        raise FileError(entry.path, what, cure="columns of texts") from error
    for number, values in enumerate(zip(*cells, strict=True), first):
        yield Row(None, number, dict(zip(filter(None, names), values, strict=True)))


def _cells(frame: "pl.DataFrame", name: str) -> list[Value | None]:
    """Return the cells as texts or lists of texts; anything else raises."""
    import polars as pl  # noqa: PLC0415

    column = frame[name]
    kind: pl.DataType = pl.String()
    if isinstance(column.dtype, pl.List):
        kind = pl.List(pl.String)
        if column.explode().null_count() > column.null_count():
            raise pl.exceptions.InvalidOperationError(f"{name}: a list with gaps")
    elif column.dtype.is_nested() or column.dtype == pl.Binary:
        raise pl.exceptions.InvalidOperationError(f"{name}: no texts")
    cells: list[Value | None] = column.cast(kind).to_list()
    return cells


def _changed_columns(
    frame: "pl.DataFrame", columns: Columns, changed: list[dict[str, Value]]
) -> Iterator["pl.Series"]:
    """Yield the columns with their new cells; what did not change stays as it was."""
    import polars as pl  # noqa: PLC0415

    text = frame.schema[columns.text]
    lists = pl.List(pl.String) if isinstance(text, pl.List) else pl.String()
    for name, kind in ((columns.title, pl.String()), (columns.output, lists)):
        if name is None or (name == columns.title and not _is_text(frame, name)):
            continue
        known: list[object] = [None] * len(changed)
        if name in frame.columns and frame.schema[name] == kind:
            known = frame[name].to_list()
        cells = [c.get(name, old) for c, old in zip(changed, known, strict=True)]
        yield pl.Series(name, cells, dtype=kind)


def _is_text(frame: "pl.DataFrame", name: str) -> bool:
    import polars as pl  # noqa: PLC0415

    return frame.schema[name] == pl.String


def _check_shape(entry: Input, reading: Reading, separator: str) -> None:
    """Refuse rows with more or fewer cells than the header, and a column twice.

    Polars fills short rows up, and names no line when bytes are not in the encoding.
    """
    lines = read_lines(entry.path, reading.encoding)
    usual = csv.field_size_limit(sys.maxsize)  # an article may fill a cell
    try:
        if separator == ",":
            _check_rows(entry, csv.reader(lines))
        else:
            rows = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
            _check_rows(entry, rows)
    except csv.Error as error:
        cure = "cells with line breaks in quotation marks"
        raise FileError(entry.path, f"no table: {error}", cure=cure) from error
    finally:
        csv.field_size_limit(usual)


def _check_rows(entry: Input, rows: "_csv.Reader") -> None:
    header = next(rows, [])
    if len(set(header)) < len(header):
        raise FileError(entry.path, "a column twice", line=1, cure="one name each")
    line = rows.line_num + 1
    for row in rows:
        if len(row) != len(header):
            cure = f"{len(header)}, as in the header"
            raise FileError(entry.path, f"{len(row)} cells", line=line, cure=cure)
        line = rows.line_num + 1


def _line_end(entry: Input, reading: Reading, separator: str) -> str:
    """Return how the lines of a text file end."""
    first = next(read_lines(entry.path, reading.encoding), "") if separator else ""
    return "\r\n" if first.endswith("\r\n") else "\n"


FORMATS.add("csv", Table((".csv",), ","))
FORMATS.add("tsv", Table((".tsv",), "\t"))
FORMATS.add("parquet", Table((".parquet",), ""))
