"""UTX 1.20, the simple glossary format of the AAMT: tab-separated, one pair a row.

The first line says `#UTX 1.20; zh-CN/en-US; DATE;`, the last line with `#` in front
names the columns; other lines that begin with `#` are comments. Read: any version,
`src` and `tgt` (or two columns `term:LANGUAGE`), `src:pos`, `tgt:pos`, `term status`,
`src:comment`, `tgt:comment`, `concept ID`; other columns are passed over. The region of
a language is dropped: zh-CN is zh.

Statuses, both ways: preferred is approved, admitted is provisional, deprecated is
forbidden; superseded is non-standard, the nearest there is. Parts of speech: a phrase
is a sentence, a proper noun becomes a noun, an adverb is read as none. The status of a
pair is that of its target; a further source term is paired with the first target, and
the status of that pair is its own. This follows what Convert-TBX-UTX of Brigham Young
University reads and writes; the specification itself was not at hand.

UTX cannot hold: concepts without Chinese or English, other languages, a second
preferred term, the status of a concept's first Chinese term, the same text under two
rules, source terms that begin with `#`, line breaks, kinds, proper nouns, case, dates,
rules, sources, evidence, and of concepts domain, enforce, definition and note.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from toolkit.errors import FileError
from toolkit.files import read_lines, written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.bilingual import (
    Losses,
    Pair,
    Sides,
    glossary_of,
    one_line,
    sides,
)
from toolkit.terminology.glossary import Glossary, Status, Term

_HEADER = "#UTX 1.20; zh-CN/en-US; DATE;"
_LANGUAGES = re.compile(r"#UTX[^;]*;\s*([A-Za-z-]+)/([A-Za-z-]+)\s*(?:;|\Z)", re.I)
_COLUMNS = (
    *("src", "tgt", "src:pos", "tgt:pos", "term status"),
    *("src:comment", "tgt:comment", "concept ID"),
)
_STATUSES = {
    "approved": Status.PREFERRED,
    "provisional": Status.ADMITTED,
    "non-standard": Status.SUPERSEDED,
    "forbidden": Status.DEPRECATED,
    "": None,
    "-": None,
}
_STATUS_NAMES = {status: name for name, status in _STATUSES.items() if status}
_POS = {
    "": "",
    "-": "",
    "noun": "noun",
    "propernoun": "proper noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "",
    "sentence": "phrase",
}
_POS_NAMES = {"": "-", "proper noun": "noun", "phrase": "sentence"}
_SHOWN = 40
T = TypeVar("T")
_HELD = ("ids", "parts of speech", "notes")


def load(path: Path) -> Glossary:
    """Read a file; raise `FileError` at the first row that is not as it should be."""
    return glossary_of(_pairs(path))


def _pairs(path: Path) -> Iterator[Pair]:
    languages = ("", "")
    columns: list[str] = []
    for number, raw in enumerate(read_lines(path), 1):
        line = raw.rstrip("\r\n")
        if number == 1:
            languages = _languages(path, line)
        elif line.startswith("#"):
            columns = columns or _columns(line)
        elif line:
            if not columns:
                cure = "#src, tgt and src:pos, with a tab between them"
                raise FileError(path, "no line with columns", line=number, cure=cure)
            yield _pair(path, number, columns, languages, line)
    if not columns:
        cure = f"{_HEADER} and #src, tgt, src:pos"
        raise FileError(path, "no line with columns", line=1, cure=cure)


def _languages(path: Path, line: str) -> tuple[str, str]:
    found = _LANGUAGES.match(line)
    if not found:
        raise FileError(path, "no header of UTX", line=1, cure=_HEADER)
    source, target = (tag.partition("-")[0].lower() for tag in found.groups())
    if source == target or not source or not target:
        raise FileError(path, "not two languages", line=1, cure=_HEADER)
    return source, target


def _columns(line: str) -> list[str]:
    """Return the columns if this line names them: `term:` columns are src and tgt."""
    names = [name.strip().lower() for name in line.removeprefix("#").split("\t")]
    terms = [name for name in names if name.startswith("term:")]
    roles = dict(zip(terms, ("src", "tgt"), strict=False))
    names = [roles.get(name, name).removeprefix("#") for name in names]
    return names if {"src", "tgt"} <= set(names) else []


def _pair(
    path: Path, number: int, columns: list[str], languages: tuple[str, str], line: str
) -> Pair:
    cells = line.split("\t")
    if len(cells) != len(columns):
        cure = f"{len(columns)}, one for each column, with a tab between them"
        raise FileError(path, f"{len(cells)} cells", line=number, cure=cure)
    row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    source = _term(path, number, "src", row, languages[0])
    target = _term(path, number, "tgt", row, languages[1])
    status = _known(path, number, "term status", row, _STATUSES)
    id_ = row.get("concept id", "")
    return Pair(path, number, "" if id_ == "-" else id_, source, target, status)


def _term(
    path: Path, number: int, side: str, row: dict[str, str], language: str
) -> Term:
    if not row[side]:
        raise FileError(path, f"no {side}", line=number, cure="a term")
    pos = _known(path, number, f"{side}:pos", row, _POS)
    note = row.get(f"{side}:comment", "")
    return Term(row[side], language, pos=pos, note="" if note == "-" else note)


def _known(
    path: Path, line: int, name: str, row: dict[str, str], values: dict[str, T]
) -> T:
    found = row.get(name, "").lower()
    if found not in values:
        known = ", ".join(each for each in values if each not in {"", "-"})
        what = f"unknown {name} {found[:_SHOWN]!r}"
        raise FileError(path, what, line=line, cure=f"known: {known}")
    return values[found]


def save(glossary: Glossary, path: Path) -> list[str]:
    """Write a file and return what it could not hold."""
    losses = Losses()
    today = datetime.now(UTC).date().isoformat()
    with written(path) as stream:
        stream.write(
            f"{_HEADER.replace('DATE', today)}\n#" + "\t".join(_COLUMNS) + "\n"
        )
        for side in sides(glossary, losses):
            for row in _rows(side, losses):
                stream.write("\t".join(row) + "\n")
    return losses.lines()


def _rows(side: Sides, losses: Losses) -> Iterator[tuple[str, ...]]:
    sources = []
    for term in side.sources:
        if term.text.startswith("#"):
            losses.add("source terms that begin with #", term.text)
        else:
            sources.append(term)
    if not sources:
        return
    _count(Sides(side.concept, tuple(sources), side.targets), losses)
    first, *more = sources
    pairs = [(first, target, target.status) for target in side.targets]
    pairs += [(source, side.targets[0], source.status) for source in more]
    for number, (source, target, status) in enumerate(pairs):
        is_new = number < len(side.targets)
        yield (
            source.text,
            target.text,
            *(_POS_NAMES.get(term.pos, term.pos) for term in (source, target)),
            _STATUS_NAMES[status],
            one_line(source.note, losses) if not number or not is_new else "",
            one_line(target.note, losses) if is_new else "",
            one_line(side.concept.id, losses),
        )


def _count(side: Sides, losses: Losses) -> None:
    losses.fields_of(side, _HELD)
    if side.sources[0].status is not Status.PREFERRED:
        losses.add("statuses of the first Chinese term", side.sources[0].text)
    for terms in (side.sources, side.targets):
        for term in terms:
            if term.status is Status.PREFERRED and term is not terms[0]:
                losses.add("second preferred terms", term.text)
            if term.pos == "proper noun":
                losses.add("proper nouns, now nouns", term.text)


GLOSSARY_FORMATS.add("utx", GlossaryFormat((".utx",), load=load, save=save))
