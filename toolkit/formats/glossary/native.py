r"""The native glossary: tab-separated files that a spreadsheet or an editor can open.

`<domain>.tsv` has one term on each row, rows of a concept together; what belongs to the
concept as a whole stands in `concepts.tsv` beside it. UTF-8, lines end at a line feed,
cells at a tab, there is no quoting, the header says which columns there are:

    concept language term status kind pos case valid_from valid_to when source
    evidence note
    concept domain enforce definition note

Only the first four are needed. `when` is `name=value;...`, alternatives in a value
stand between bars: `followed_by=行动|专项行动;quoted=yes`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from toolkit.errors import FileError
from toolkit.files import read_lines
from toolkit.formats.glossary import GLOSSARY_FORMATS, NATIVE, GlossaryFormat
from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import (
    ANYWHERE,
    Concept,
    Enforce,
    Glossary,
    Kind,
    Rules,
    Status,
    Term,
    is_date,
)

CONCEPTS = "concepts.tsv"
_REQUIRED = ("concept", "language", "term", "status")
_COLUMNS = (
    *_REQUIRED,
    *("kind", "pos", "case", "valid_from", "valid_to"),
    *("when", "source", "evidence", "note"),
)
_CONCEPT_COLUMNS = ("concept", "domain", "enforce", "definition", "note")
_POS = ("", "noun", "proper noun", "verb", "adjective", "phrase")
_EVIDENCE = ("", "A", "B", "C")
_EVIDENCE_BAD = ("", "attested", "predicted")
_RULES = ("quoted", "followed_by", "not_followed_by", "source_only")
_STRAY = re.compile(r"(?:\A|\t)[^\S\t]|[^\S\t](?:\t|\Z)")
_STATUSES = {each.value: each for each in Status}
_KINDS = {each.value: each for each in Kind}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term and where it stands."""

    path: Path
    line: int
    concept: str
    term: Term


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept without its terms, and where it stands."""

    path: Path
    line: int
    concept: Concept


def term_files(path: Path) -> list[Path]:
    """Return the files with terms that `path`, a file or a folder, stands for."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.glob("*.tsv") if file.name != CONCEPTS)
    if not found:
        raise FileError(path, "no glossary in it", cure="a folder with .tsv files")
    return found


def load(path: Path) -> Glossary:
    """Read a file, or all files of a folder; raise `FileError` at the first bad row."""
    files = term_files(path)
    known = read_concept_rows(files[0].with_name(CONCEPTS))
    concepts = {row.concept.id: row.concept for row in known}
    terms: dict[str, list[Term]] = {}
    for file in files:
        for row in read_term_rows(file):
            terms.setdefault(row.concept, []).append(row.term)
    return Glossary(
        {
            id_: replace(concepts.get(id_, Concept(id_, ())), terms=tuple(found))
            for id_, found in terms.items()
        }
    )


def read_concept_rows(path: Path) -> list[ConceptRow]:
    """Read `concepts.tsv`; a glossary may do without, then there are none."""
    return list(raising(concept_rows_and_errors(path)))


def concept_rows_and_errors(path: Path) -> Iterator[ConceptRow | FileError]:
    """Read `concepts.tsv`; what is wrong with a row comes in its place."""
    if path.exists():
        yield from _read_rows(
            path, _CONCEPT_COLUMNS, required=("concept",), make=_concept
        )


def read_term_rows(path: Path) -> Iterator[TermRow]:
    """Read the terms of one file, raising `FileError` at the first bad row."""
    return raising(term_rows_and_errors(path))


def term_rows_and_errors(path: Path) -> Iterator[TermRow | FileError]:
    """Read the terms of one file; what is wrong with a row comes in its place."""
    return _read_rows(path, _COLUMNS, required=_REQUIRED, make=_term)


def raising(rows: Iterable[T | FileError]) -> Iterator[T]:
    """Yield rows until there is an error; raise that."""
    for row in rows:
        if isinstance(row, FileError):
            raise row
        yield row


def _read_rows(
    path: Path,
    columns: tuple[str, ...],
    *,
    required: tuple[str, ...],
    make: Callable[[Path, int, dict[str, str]], T],
) -> Iterator[T | FileError]:
    # All at once: an error keeps this frame, and with it an open file, alive.
    lines = enumerate(list(read_lines(path)), 1)
    first = next(lines, (1, ""))[1]
    if first.endswith("\r\n"):
        cure = "save with line feeds alone"
        raise FileError(path, "lines that end with CR LF", line=1, cure=cure)
    header = first.removesuffix("\n").split("\t")
    _check_header(path, header, columns, required)
    for number, line in lines:
        try:
            cells = _cells(path, number, line, header)
            yield make(path, number, cells)
        except FileError as error:
            yield error


def _check_header(
    path: Path, header: list[str], columns: tuple[str, ...], required: tuple[str, ...]
) -> None:
    known = "columns: " + " ".join(columns)
    if header == [""]:
        raise FileError(path, "no header", line=1, cure=known)
    for name in header:
        if name not in columns:
            raise FileError(path, f"unknown column {name!r}", line=1, cure=known)
        if header.count(name) > 1:
            raise FileError(path, f"column {name!r} twice", line=1, cure=known)
    for name in required:
        if name not in header:
            raise FileError(path, f"no column {name!r}", line=1, cure=known)


def _cells(path: Path, number: int, line: str, header: list[str]) -> dict[str, str]:
    cells = line.removesuffix("\n").split("\t")
    if len(cells) != len(header):
        what = f"{len(cells)} cells"
        cure = f"{len(header)}, one for each column, with a tab between them"
        raise FileError(path, what, line=number, cure=cure)
    if _STRAY.search(line.removesuffix("\n")):
        name, cell = next(
            (n, c) for n, c in zip(header, cells, strict=True) if c != c.strip()
        )
        what = f"white space around the {name} {cell!r}"
        raise FileError(path, what, line=number, cure=repr(cell.strip()))
    return dict(zip(header, cells, strict=True))


def _concept(path: Path, line: int, cells: dict[str, str]) -> ConceptRow:
    row = _Cells(path, line, cells)
    enforce = Enforce(row.one_of("enforce", [*Enforce], default="required"))
    texts = (cells.get(name, "") for name in ("definition", "note"))
    concept = Concept(
        row.filled("concept"), (), cells.get("domain", ""), enforce, *texts
    )
    return ConceptRow(path, line, concept)


def _term(path: Path, line: int, cells: dict[str, str]) -> TermRow:
    row = _Cells(path, line, cells)
    status = _STATUSES[row.one_of("status", _STATUSES)]
    good = status is not Status.DEPRECATED
    term = Term(
        text=row.term(),
        language=row.filled("language"),
        status=status,
        kind=_KINDS[row.one_of("kind", _KINDS, default="full")],
        pos=row.one_of("pos", _POS),
        exact_case=row.one_of("case", ("", "exact")) == "exact",
        valid_from=row.date("valid_from"),
        valid_to=row.date("valid_to"),
        rules=row.rules(),
        source=cells.get("source", ""),
        evidence=row.one_of("evidence", _EVIDENCE if good else _EVIDENCE_BAD),
        note=cells.get("note", ""),
    )
    return TermRow(path, line, row.filled("concept"), term)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row by column, and where to point when one is wrong."""

    path: Path
    line: int
    cells: dict[str, str]

    def error(self, what: str, cure: str) -> FileError:
        return FileError(self.path, what, line=self.line, cure=cure)

    def filled(self, name: str) -> str:
        if not self.cells[name]:
            raise self.error(f"no {name}", "it must not be empty")
        return self.cells[name]

    def term(self) -> str:
        text = self.filled("term")
        if not fold(text).text:
            raise self.error(f"nothing but marks in {text!r}", "a word")
        return text

    def one_of(self, name: str, known: Iterable[str], default: str = "") -> str:
        value = self.cells.get(name) or default
        if value not in known:
            names = ", ".join(str(each) or "nothing" for each in known)
            raise self.error(f"unknown {name} {value!r}", f"known: {names}")
        return value

    def date(self, name: str) -> str:
        value = self.cells.get(name, "")
        if value and not is_date(value):
            raise self.error(
                f"{name} {value!r} is no date", "YYYY, YYYY-MM or YYYY-MM-DD"
            )
        return value

    def rules(self) -> Rules:
        """Read `name=value;...`; each name once."""
        found: dict[str, tuple[str, ...]] = {}
        for rule in filter(None, self.cells.get("when", "").split(";")):
            name, _, value = rule.partition("=")
            if name not in _RULES:
                raise self.error(
                    f"unknown rule {name!r}", f"known: {', '.join(_RULES)}"
                )
            if name in found:
                raise self.error(f"rule {name} twice", f"{name}=a|b")
            found[name] = self._alternatives(name, value)
        return (
            Rules(
                quoted="quoted" in found,
                followed_by=found.get("followed_by", ()),
                not_followed_by=found.get("not_followed_by", ()),
                source_only="source_only" in found,
            )
            if found
            else ANYWHERE
        )

    def _alternatives(self, name: str, value: str) -> tuple[str, ...]:
        alternatives = tuple(filter(None, value.split("|")))
        if name in {"quoted", "source_only"} and value != "yes":
            raise self.error(f"rule {name}={value}", f"{name}=yes")
        if not alternatives:
            raise self.error(f"rule {name} without a value", f"{name}=a|b")
        return alternatives


GLOSSARY_FORMATS.add(NATIVE, GlossaryFormat((".tsv",), load=load))
