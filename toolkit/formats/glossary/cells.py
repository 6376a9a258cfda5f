"""A term and a concept as the cells of a row, in both directions.

The tables that hold everything, native, CSV and XLSX, share the columns, what may stand
in them, and how rules are written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.errors import FileError
from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import (
    ANYWHERE,
    Concept,
    Enforce,
    Kind,
    Rules,
    Status,
    Term,
    is_date,
)

REQUIRED = ("concept", "language", "term", "status")
COLUMNS = (
    *REQUIRED,
    *("kind", "pos", "case", "valid_from", "valid_to"),
    *("when", "source", "evidence", "note"),
)
CONCEPT_COLUMNS = ("concept", "domain", "enforce", "definition", "note")
_POS = ("", "noun", "proper noun", "verb", "adjective", "phrase")
_EVIDENCE = ("", "A", "B", "C")
_EVIDENCE_BAD = ("", "attested", "predicted")
_RULES = ("quoted", "followed_by", "not_followed_by", "source_only")
_STATUSES = {each.value: each for each in Status}
_KINDS = {each.value: each for each in Kind}
_NO_LINE = 0
_CLOSED = (
    *("status", "kind", "pos", "case"),
    *("valid_from", "valid_to", "when", "evidence"),
)
"""The columns in which the same few cells come again and again."""
_Closed = tuple[Status, Kind, str, bool, str, str, Rules, str]
_LONGEST_SHOWN = 80


def term_of(path: Path, line: int, cells: dict[str, str]) -> tuple[str, Term]:
    """Read a row: the id of a concept, and a term that names it.

    Raises:
        FileError: If a cell is not as it must be.
    """
    row = _Cells(path, line, cells)
    values = tuple(map(cells.get, _CLOSED))
    try:
        closed = _cached(values)
    except FileError:
        closed = _closed(row)  # says where
    status, kind, pos, exact_case, valid_from, valid_to, rules, evidence = closed
    term = Term(
        row.term(),
        row.filled("language"),
        status,
        kind,
        pos,
        exact_case,
        valid_from,
        valid_to,
        rules,
        cells.get("source", ""),
        evidence,
        cells.get("note", ""),
    )
    return row.filled("concept"), term


@lru_cache(4096)
def _cached(values: tuple[str | None, ...]) -> _Closed:
    """Read cells that are alike in thousands of rows; errors have no place yet."""
    cells = zip(_CLOSED, values, strict=True)
    return _closed(_Cells(Path(), _NO_LINE, {n: v for n, v in cells if v is not None}))


def _closed(row: "_Cells") -> _Closed:
    status = _STATUSES[row.one_of("status", _STATUSES)]
    good = status is not Status.DEPRECATED
    return (
        status,
        _KINDS[row.one_of("kind", _KINDS, default="full")],
        row.one_of("pos", _POS),
        row.one_of("case", ("", "exact")) == "exact",
        row.date("valid_from"),
        row.date("valid_to"),
        row.rules(),
        row.one_of("evidence", _EVIDENCE if good else _EVIDENCE_BAD),
    )


def concept_of(path: Path, line: int, cells: dict[str, str]) -> Concept:
    """Read a row: a concept without its terms.

    Raises:
        FileError: If a cell is not as it must be.
    """
    row = _Cells(path, line, cells)
    enforce = Enforce(row.one_of("enforce", [*Enforce], default="required"))
    texts = (cells.get(name, "") for name in ("definition", "note"))
    return Concept(row.filled("concept"), (), cells.get("domain", ""), enforce, *texts)


def term_cells(path: Path, concept: str, term: Term) -> dict[str, str]:
    """Return the row of a term, for the file `path`.

    Raises:
        FileError: If reading the row would not give the same term.
    """
    cells = {
        "concept": concept,
        "language": term.language,
        "term": term.text,
        "status": term.status.value,
        "kind": "" if term.kind is Kind.FULL else term.kind.value,
        "pos": term.pos,
        "case": "exact" if term.exact_case else "",
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
        "when": str(term.rules),
        "source": term.source,
        "evidence": term.evidence,
        "note": term.note,
    }
    of = f"concept {concept!r}, {term.text!r}"
    _check_characters(path, of, cells)
    try:
        same = term_of(path, _NO_LINE, cells) == (concept, term)
    except FileError as error:
        raise _with_place(path, of, error) from error
    if not same:
        cure = "values without ; and |, and not empty"
        raise FileError(path, f"{of}: rules that cannot be written", cure=cure)
    return cells


def concept_cells(path: Path, concept: Concept) -> dict[str, str]:
    """Return the row of a concept, without its terms, for the file `path`.

    Raises:
        FileError: If reading the row would not give the same concept.
    """
    cells = {
        "concept": concept.id,
        "domain": concept.domain,
        "enforce": concept.enforce.value,
        "definition": concept.definition,
        "note": concept.note,
    }
    of = f"concept {concept.id!r}"
    _check_characters(path, of, cells)
    try:
        concept_of(path, _NO_LINE, cells)
    except FileError as error:
        raise _with_place(path, of, error) from error
    return cells


def _check_characters(path: Path, of: str, cells: dict[str, str]) -> None:
    for name, cell in cells.items():
        if "\0" in cell or any("\ud800" <= each <= "\udfff" for each in cell):
            raise FileError(path, f"{of}: the {name} has a character that is no text")


def _with_place(path: Path, of: str, error: FileError) -> FileError:
    return FileError(path, f"{of}: {error}".replace(f"{path}:{_NO_LINE}: ", ""))


def _short(text: str) -> str:
    return (
        repr(text) if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]!r}..."
    )


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
        if not (text[0].isalnum() or fold(text).text):
            raise self.error(f"nothing but marks in {_short(text)}", "a word")
        return text

    def one_of(self, name: str, known: Iterable[str], default: str = "") -> str:
        value = self.cells.get(name) or default
        if value not in known:
            names = ", ".join(str(each) or "nothing" for each in known)
            raise self.error(f"unknown {name} {_short(value)}", f"known: {names}")
        return value

    def date(self, name: str) -> str:
        value = self.cells.get(name, "")
        if value and not is_date(value):
            raise self.error(
                f"{name} {_short(value)} is no date", "YYYY, YYYY-MM or YYYY-MM-DD"
            )
        return value

    def rules(self) -> Rules:
        """Read `name=value;...`; each name once."""
        found: dict[str, tuple[str, ...]] = {}
        for rule in filter(None, self.cells.get("when", "").split(";")):
            name, _, value = rule.partition("=")
            if name not in _RULES:
                raise self.error(
                    f"unknown rule {_short(name)}", f"known: {', '.join(_RULES)}"
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
