"""JSON Lines: one article in each line, an object with a text and anything else.

The text is a string (`text`) or a list of strings (`paragraphs`); `id`, `title` and
`date` are used if they are there. Every other field is passed through as it is written,
so that no number loses a digit.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from toolkit.corpus import Article, Paragraph
from toolkit.errors import FileError
from toolkit.files import read_lines, written
from toolkit.formats import FORMATS, Input, Reading
from toolkit.formats.records import (
    Columns,
    Row,
    Value,
    find_columns,
    read_rows,
    rewritten,
)

Record = dict[str, msgspec.Raw]


class JsonLines:
    """A line is an article, or a part of the one before if both have one id."""

    suffixes = (".jsonl", ".ndjson")

    def read(self, entry: Input, reading: Reading) -> Iterator[Paragraph]:
        """Yield the paragraphs of each line's article."""
        rows = (
            (row, columns)
            for _, found in _lines(entry, reading)
            if found
            for _, row, columns in [found]
        )
        yield from read_rows(entry, reading, rows)

    def rewrite(
        self, entry: Input, reading: Reading, texts: Iterator[str], target: Path
    ) -> None:
        """Write each object again, its text replaced and the rest untouched."""
        encoder = msgspec.json.Encoder()
        with written(target) as stream:
            for line, found in _lines(entry, reading):
                if found is None:
                    stream.write(line)
                    continue
                record, row, columns = found
                changed = rewritten(row, columns, reading, texts)
                raw = {
                    name: msgspec.Raw(encoder.encode(changed[name])) for name in changed
                }
                end = line[len(line.rstrip("\r\n")) :]
                stream.write(encoder.encode(record | raw).decode("utf-8") + end)

    def translated(self, entry: Input, article: Article) -> Path:  # noqa: ARG002
        """Return the one file there is."""
        return entry.relative


def _lines(
    entry: Input, reading: Reading
) -> Iterator[tuple[str, tuple[Record, Row, Columns] | None]]:
    """Yield each line with what it holds; None for a blank line."""
    decoder = msgspec.json.Decoder(Record)
    number = 0
    for line_number, line in enumerate(read_lines(entry.path, reading.encoding), 1):
        if not line.strip():
            yield line, None
            continue
        number += 1
        try:
            record = decoder.decode(line)
        except msgspec.DecodeError as error:
            what = f"no JSON object: {error}"
            cure = "one object in each line"
            raise FileError(entry.path, what, line=line_number, cure=cure) from error
        columns = find_columns(entry, reading, record, line=line_number)
        values: dict[str, Value | None] = {
            columns.text: _text(entry, line_number, columns.text, record[columns.text])
        }
        for name in filter(None, (columns.id, columns.date)):
            values[name] = _plain(record[name])
        if columns.title:
            values[columns.title] = _only_text(record[columns.title])
        yield line, (record, Row(line_number, number, values), columns)


def _text(entry: Input, line: int, name: str, raw: msgspec.Raw) -> Value | None:
    try:
        return msgspec.json.decode(raw, type=str | list[str] | None)
    except msgspec.ValidationError as error:
        what = f"{name} is neither a text nor a list of texts"
        cure = "say --column source=NAME"
        raise FileError(entry.path, what, line=line, cure=cure) from error


def _plain(raw: msgspec.Raw) -> str | None:
    """Return a name or a date: a text, or a number as it is written."""
    written = bytes(raw).decode("utf-8").strip()
    if written == "null":
        return None
    return _only_text(raw) if written.startswith('"') else written


def _only_text(raw: msgspec.Raw) -> str | None:
    """Return a text; what is none stays as it is and is not translated."""
    if not bytes(raw).lstrip().startswith(b'"'):
        return None
    return msgspec.json.decode(raw, type=str)


FORMATS.add("jsonl", JsonLines())
