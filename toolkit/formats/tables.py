"""Tables, read and written by polars: CSV, TSV and Parquet.

A row is an article, or a part of the one before if both have one id. Cells are texts
and stay what they are; nothing is read as a number.
"""

import shutil
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
                names = dict.fromkeys(name for cells in changed for name in cells)
                new = (_column(frame, name, changed) for name in names)
                frame.with_columns(*new).write_parquet(folder / f"{first:012}.parquet")
            with replacing(target) as temporary:
                self._sink(pl.scan_parquet(folder / "*.parquet"), temporary)
        finally:
            shutil.rmtree(folder)

    def translated(self, entry: Input, article: Article) -> Path:  # noqa: ARG002
        """Return the one file there is."""
        return entry.relative

    def _sink(self, frame: "pl.LazyFrame", target: Path) -> None:
        if self.separator == ",":
            frame.sink_csv(target)
        elif self.separator:
            frame.sink_csv(target, separator=self.separator, quote_style="never")
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
        lines = read_lines(entry.path, reading.encoding)
        header = next(lines, "").rstrip("\r\n").split(self.separator)
        if len(set(header)) < len(header):
            raise FileError(entry.path, "a column twice", line=1, cure="one name each")
        for _ in lines:
            pass  # polars names no line when bytes are not in the encoding
        if reading.encoding.lower().replace("-", "") not in {"utf8", "ascii"}:
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


def _column(
    frame: "pl.DataFrame", name: str, changed: list[dict[str, Value]]
) -> "pl.Series":
    """Return a column with the changed cells; the others stay as they are."""
    import polars as pl  # noqa: PLC0415

    known = frame[name].to_list() if name in frame.columns else [None] * len(changed)
    cells = [c.get(name, old) for c, old in zip(changed, known, strict=True)]
    return pl.Series(name, cells)


FORMATS.add("csv", Table((".csv",), ","))
FORMATS.add("tsv", Table((".tsv",), "\t"))
FORMATS.add("parquet", Table((".parquet",), ""))
