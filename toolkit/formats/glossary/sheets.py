"""The rows of a file of a native glossary, as text, and what is to become of them.

Rows that nobody touches keep every byte, also those that a reader would not understand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import FileError
from toolkit.formats.glossary.native import (
    CONCEPTS,
    concept_rows_and_errors,
    term_rows_and_errors,
)
from toolkit.terminology.difference import What

Cells = Mapping[str, str]
"""What is to stand in a row, by column."""


class Touched(NamedTuple):
    """A row that an edit adds, removes or changes.

    Attributes:
        path: The file.
        line: The line in the new file; of a removed row, the line in the old one.
        what: What happens to it.
        row: The row as it is written; a removed one as it was.
    """

    path: Path
    line: int
    what: What
    row: str


@dataclass(slots=True, eq=False)
class Sheet:
    """The rows of one file, and what is to become of them.

    Attributes:
        path: The file.
        before: Its bytes; None for a file that is yet to be made.
        head: The header, with a byte order mark if there is one.
        rows: The rows below it, without line feeds.
        end: The line feed after the last row, or nothing.
        places: The rows of each concept, by number from 0.
        now: New text by number of the row; None for a row that goes.
        behind: New rows, by the number of the row after which they stand.
    """

    path: Path
    before: bytes | None
    head: str
    rows: list[str]
    end: str
    places: dict[str, list[int]] = field(default_factory=dict)
    now: dict[int, str | None] = field(default_factory=dict)
    behind: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        column = self.columns.index("concept")
        for number, row in enumerate(self.rows):
            cells = row.split("\t")
            if column < len(cells):
                self.places.setdefault(cells[column], []).append(number)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in their order."""
        return self.head.removeprefix("\ufeff").split("\t")

    @property
    def text(self) -> str:
        """What the file is to be."""
        lines = (row for _, what, row in self._walk() if what is not What.REMOVED)
        return "\n".join([self.head, *lines]) + self.end

    @property
    def touched(self) -> list[Touched]:
        """The rows that are not as they were."""
        return [
            Touched(self.path, n, what, row) for n, what, row in self._walk() if what
        ]

    def cells(self, number: int) -> dict[str, str]:
        """Return the row by column; a row that is too short has fewer cells."""
        return dict(zip(self.columns, self.rows[number].split("\t"), strict=False))

    def add(self, after: int, cells: Cells) -> None:
        """Put a row behind the row `after`; -1 is the header."""
        row = self._row(dict.fromkeys(self.columns, ""), cells)
        self.behind.setdefault(after, []).append(row)

    def change(self, number: int, cells: Cells) -> None:
        """Put other values into a row."""
        old = self.cells(number)
        if self.rows[number].count("\t") + 1 != len(self.columns):
            what = f"not {len(self.columns)} cells, one for each column"
            raise FileError(self.path, what, line=number + 2, cure="put it right")
        row = self._row(old, cells)
        if row != self.rows[number]:
            self.now[number] = row

    def _row(self, old: dict[str, str], new: Cells) -> str:
        for name, value in new.items():
            if name not in self.columns and value:
                cure = "add it to the header, and a cell to every row"
                raise FileError(self.path, f"no column {name!r}", line=1, cure=cure)
            if not value.isprintable() and _unwritable(value):
                cure = "a text of one line, without tabs"
                raise FileError(self.path, f"{name} {value!r}", cure=cure)
        return "\t".join((old | dict(new)).get(name, "") for name in self.columns)

    def _walk(self) -> Iterator[tuple[int, What | None, str]]:
        line = 1
        for number, row in [(-1, ""), *enumerate(self.rows)]:
            new = self.now.get(number, row)
            if new is None:
                yield number + 2, What.REMOVED, row
            elif number >= 0:
                line += 1
                yield line, What.CHANGED if number in self.now else None, new
            for added in self.behind.get(number, ()):
                line += 1
                yield line, What.ADDED, added


def _unwritable(value: str) -> bool:
    return any(each in "\t\n\0" or "\ud800" <= each <= "\udfff" for each in value)


class Place(NamedTuple):
    """A row of a file, by number from 0."""

    sheet: Sheet
    number: int

    @property
    def cells(self) -> dict[str, str]:
        """The row by column, as it was."""
        return self.sheet.cells(self.number)

    @property
    def line(self) -> int:
        """The line of the file, as it was; the header is the first."""
        return self.number + 2

    def remove(self) -> None:
        """Take the row out."""
        self.sheet.now[self.number] = None


def read_sheet(path: Path) -> Sheet:
    """Read a file of terms or of concepts; only the header must be as it should.

    Raises:
        FileError: If the file cannot be read, or has another header.
    """
    read = concept_rows_and_errors if path.name == CONCEPTS else term_rows_and_errors
    next(iter(read(path)), None)
    before = path.read_bytes()
    head, *rows = before.decode().split("\n")
    end = "\n" if rows and not rows[-1] else ""
    return Sheet(path, before, head, rows[:-1] if end else rows, end)


def new_sheet(path: Path, columns: Sequence[str]) -> Sheet:
    """Return what is to be a file that does not exist yet."""
    return Sheet(path, None, "\t".join(columns), [], "\n")
