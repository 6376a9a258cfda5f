"""What formats share whose files are rows of named values: JSON Lines and tables.

A row is an article, or a part of the article of the row before if both have one id.
Its text is split into paragraphs at line feeds; a title is paragraph 0.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.corpus import Article, Paragraph
from toolkit.errors import FileError
from toolkit.formats import Input, ParagraphMaker, Reading
from toolkit.terminology.glossary import is_date

_USUAL = {
    "id": ("id",),
    "title": ("title",),
    "date": ("date",),
    "source": ("source", "text", "paragraphs"),
    "target": ("target", "hypothesis", "text", "paragraphs"),
    "reference": ("reference",),
}
_DAY = 10

Value = str | list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column plays which role; None where none does.

    `output` is where a translation goes: into the column that was read, or into one of
    its own if the user named a target.
    """

    text: str
    output: str
    id: str | None
    title: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file.

    Attributes:
        line: Its line, or None where a file has none.
        number: Its place among the rows, from 1.
        values: Its cells by column; only those that are read.
    """

    line: int | None
    number: int
    values: Mapping[str, Value | None]


def find_columns(
    entry: Input, reading: Reading, names: Iterable[str], *, line: int | None = None
) -> Columns:
    """Decide which columns to read.

    Raises:
        FileError: If the file lacks a column that is needed or was named.
    """
    names = list(names)
    chosen = {}
    for role, usual in _USUAL.items():
        named = reading.columns.get(role)
        is_new = role == "target" and reading.side == "source"
        if named and named not in names and not is_new:
            raise _missing(entry, line, named, names)
        wanted = usual if named is None else (named,)
        chosen[role] = next((name for name in wanted if name in names), None)
    text = chosen[reading.side]
    if text is None:
        raise _missing(entry, line, f"{reading.side} or text", names)
    own = reading.columns.get("target") if reading.side == "source" else None
    if chosen["title"] is not None and chosen["title"] in (text, own):
        what = f"column {chosen['title']!r} is both title and text"
        raise FileError(entry.path, what, line=line, cure="--column title=")
    return Columns(
        text, own or text, *(chosen[role] for role in ("id", "title", "date"))
    )


def read_rows(
    entry: Input, reading: Reading, rows: Iterable[tuple[Row, Columns]]
) -> Iterator[Paragraph]:
    """Yield the paragraphs of rows that are consecutive parts of articles."""
    maker: ParagraphMaker | None = None
    number = 0
    for row, columns in rows:
        article = _article(entry, reading, row, columns)
        if maker is None or maker.article.id != article.id:
            maker, number = ParagraphMaker(article, reading), 0
        for is_title, text in _texts(row, columns):
            if reading.by_line or text.strip():
                number += not is_title
                place = 0 if is_title else number
                yield maker.make(place, text, line=row.line)


def rewritten(
    row: Row, columns: Columns, reading: Reading, texts: Iterator[str]
) -> dict[str, Value]:
    """Return the cells of a row that change, in the shape they had."""

    def translated(text: str) -> str:
        return next(texts) if reading.by_line or text.strip() else text

    changed: dict[str, Value] = {}
    title = row.values.get(columns.title) if columns.title else None
    if columns.title and isinstance(title, str):
        changed[columns.title] = translated(title)
    value = row.values[columns.text]
    if isinstance(value, list):
        changed[columns.output] = [translated(text) for text in value]
    elif value is not None:
        lines = value.split("\n")
        changed[columns.output] = "\n".join(translated(line) for line in lines)
    return changed


def _texts(row: Row, columns: Columns) -> Iterator[tuple[bool, str]]:
    title = row.values.get(columns.title) if columns.title else None
    if isinstance(title, str):
        yield True, title
    value = row.values[columns.text]
    if value is not None:
        for text in value if isinstance(value, list) else value.split("\n"):
            yield False, text


def _article(entry: Input, reading: Reading, row: Row, columns: Columns) -> Article:
    name = row.values.get(columns.id) if columns.id else None
    id_ = str(name) if name not in (None, "") else f"{entry.id}:{row.number}"
    date = str(row.values.get(columns.date) or "") if columns.date else ""
    if date and not is_date(date[:_DAY]):
        what = f"{columns.date} {date!r} is no date"
        cure = "YYYY-MM-DD, or say --column date= to leave it out"
        raise FileError(entry.path, what, line=row.line, cure=cure)
    return Article(id_, str(entry.path), reading.language, date[:_DAY])


def _missing(
    entry: Input, line: int | None, name: str, names: Iterable[str]
) -> FileError:
    known = f"there are: {', '.join(names)}; say --column ROLE=NAME"
    return FileError(entry.path, f"no column {name!r}", line=line, cure=known)
