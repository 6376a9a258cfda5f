"""Faults of a glossary that a reader of its files can find.

Loading stops at the first row it cannot understand. A terminologist wants all
of them at once, and also what is understood and still wrong:

    GLOSS001  a row or file that cannot be read
    GLOSS002  an unknown column
    GLOSS003  an unknown status
    GLOSS004  lines that end with CR LF
    GLOSS005  stray spaces: outer, double, non-breaking, ideographic, invisible
    GLOSS006  a concept that concepts.tsv lacks, has twice, or has without terms
    GLOSS007  a concept torn apart
    GLOSS008  a missing language
    GLOSS009  no preferred term
    GLOSS010  two preferred terms
    GLOSS011  two preferred terms, valid at the same time
    GLOSS012  a preferred term that is out of date, and no other follows
    GLOSS013  a term that is both allowed and not
    GLOSS014  a term of two concepts that no rule tells apart
    GLOSS015  a term twice
    GLOSS016  terms that differ in capitals, hyphens, or in what the program generates
    GLOSS017  a deprecated term inside a longer, allowed one
    GLOSS018  a Chinese term inside others, or across the boundary of their words
    GLOSS019  dates that run backwards
    GLOSS020  deprecated or superseded without a source
    GLOSS021  superseded without an end
    GLOSS022  a single word that is deprecated everywhere
    GLOSS023  a single character that matches everywhere
    GLOSS024  quotation marks of a spreadsheet
    GLOSS025  characters that look like others
    GLOSS026  a term in Traditional and in Simplified characters
    GLOSS027  a rule that never holds, or never matters

Codes are never reused. What a rule of the matcher settles by itself is info.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from toolkit.errors import FileError
from toolkit.findings import Severity
from toolkit.formats.glossary.native import (
    CONCEPTS,
    ConceptRow,
    TermRow,
    concept_rows_and_errors,
    term_files,
    term_rows_and_errors,
)
from toolkit.terminology.folding import QUOTES, fold_text
from toolkit.terminology.glossary import Status, Term, collecting_later, covers
from toolkit.terminology.inspection import inspected, unruled

_UNREADABLE = {
    "unknown column": "GLOSS002",
    "unknown status": "GLOSS003",
    "CR LF": "GLOSS004",
    r"\r'": "GLOSS004",
    "white space around": "GLOSS005",
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile(rf"  |[^\S ]|{_INVISIBLE.pattern}")
_BETWEEN_HAN = re.compile("[\u3400-\u9fff] [\u3400-\u9fff]")
_LOOK_ALIKES = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f０-９Ａ-Ｚａ-ｚ]"
    "|[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]"
    "|\\b[АВЕКМНОРСТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+\\b"
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a row.

    Attributes:
        path: The file.
        line: The line in it, or 0 for the file as a whole.
        severity: An error makes the glossary wrong, a warning doubtful; info is what
            works, and what an editor may want to know.
        code: The class of the fault, as listed above.
        message: What is wrong and, in brackets, what would be right.
    """

    path: str
    line: int
    severity: Severity
    code: str
    message: str

    @property
    def place(self) -> str:
        """The path and, if there is one, the line."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.code}: {self.message}"


def lint(paths: Iterable[Path], today: str = "") -> list[Fault]:
    """Return the faults of glossaries, each a file or a folder, in file order.

    Each path is looked at on its own: a later glossary may replace an earlier one.

    Args:
        paths: Files or folders in the native format.
        today: The day, YYYY-MM-DD, on which preferred terms must be valid; empty means
            the day of the call.
    """
    today = today or date.today().isoformat()
    with collecting_later():
        return [fault for path in paths for fault in _lint(path, today)]


def _lint(path: Path, today: str) -> list[Fault]:
    files = term_files(path)
    if not files[0].exists():
        raise FileError(path, "no such file or folder")
    faults: list[Fault] = []
    rows: list[TermRow] = []
    for file in files:
        for row in _all_rows(term_rows_and_errors(file)):
            if isinstance(row, FileError):
                faults.append(_unreadable(row))
            else:
                rows.append(row)
    faults += _concept_faults(path, rows)
    faults += [*_torn(rows), *_swallowed(rows)]
    for row in rows:
        faults += [_fault(row, *found) for found in _row_faults(row.term)]
    faults += [
        Fault(str(each.row.path), each.row.line, each.severity, each.code, each.message)
        for each in inspected(rows, today)
    ]
    names = [str(file) for file in (*files, files[0].with_name(CONCEPTS))]
    order = {name: place for place, name in enumerate(names)}
    return sorted(faults, key=lambda f: (order[f.path], f.line, f.code, f.message))


def _all_rows(rows: Iterator[T | FileError]) -> Iterator[T | FileError]:
    """Yield what can be read of a file, and last what makes the rest unreadable."""
    try:
        yield from rows
    except FileError as error:
        yield error


def _unreadable(error: FileError) -> Fault:
    place = error.path if error.line is None else f"{error.path}:{error.line}"
    message = str(error).removeprefix(f"{place}: ")
    codes = (code for part, code in _UNREADABLE.items() if part in message)
    code = next(codes, "GLOSS001")
    return Fault(error.path, error.line or 0, Severity.ERROR, code, message)


def _fault(
    row: TermRow | ConceptRow, severity: Severity, code: str, message: str
) -> Fault:
    return Fault(str(row.path), row.line, severity, code, message)


def _concept_faults(path: Path, rows: list[TermRow]) -> Iterator[Fault]:
    """Concepts and terms must know each other, if there is a file of concepts."""
    folder = path if path.is_dir() else path.parent
    known: dict[str, ConceptRow] = {}
    for each in _all_rows(concept_rows_and_errors(folder / CONCEPTS)):
        if isinstance(each, FileError):
            yield _unreadable(each)
            continue
        if each.concept.id in known:
            message = f"concept {each.concept.id} twice (take one out)"
            yield _fault(each, Severity.ERROR, "GLOSS006", message)
        known[each.concept.id] = each
    if not known:
        return
    named = {row.concept: row for row in reversed(rows)}
    for id_ in named.keys() - known.keys():
        message = f"concept {id_} is not in {CONCEPTS} (add it there)"
        yield _fault(named[id_], Severity.ERROR, "GLOSS006", message)
    if path.is_dir():
        for id_ in known.keys() - named.keys():
            message = f"concept {id_} has no terms (add some, or take it out)"
            yield _fault(known[id_], Severity.ERROR, "GLOSS006", message)


def _torn(rows: list[TermRow]) -> Iterator[Fault]:
    done: set[tuple[Path, str]] = set()
    before: tuple[Path, str] | None = None
    for row in rows:
        key = (row.path, row.concept)
        if key != before and key in done:
            message = f"concept {row.concept} is torn apart (keep its rows together)"
            yield _fault(row, Severity.WARNING, "GLOSS007", message)
        done.add(key)
        before = key


def _swallowed(rows: list[TermRow]) -> Iterator[Fault]:
    """A term whose followers all make longer terms, which always hide it."""
    free = {
        (row.term.language, fold_text(row.term.text)): row.concept
        for row in rows
        if unruled(row.term) and row.term.status.allowed
    }
    for row in rows:
        term = row.term
        start = fold_text(term.text) + ("" if term.language == "zh" else " ")
        longer = [
            free.get((term.language, start + fold_text(follower)))
            for follower in term.rules.followed_by
        ]
        if longer and all(longer):
            others = any(concept != row.concept for concept in longer)
            message = f"{term.text!r} with each of its followers is a term, which "
            message += "hides it (take the row out)"
            severity = Severity.WARNING if others else Severity.INFO
            yield _fault(row, severity, "GLOSS027", message)


Found = tuple[Severity, str, str]
"""A severity, a code and a message."""


def _row_faults(term: Term) -> Iterator[Found]:
    yield from _date_and_source_faults(term)
    yield from _spelling_faults(term)
    yield from _lonely_faults(term)
    if not unruled(term):
        yield from _rule_faults(term)


def _date_and_source_faults(term: Term) -> Iterator[Found]:
    if term.valid_from and not covers("", term.valid_to, term.valid_from):
        message = "valid_to is before valid_from (swap them)"
        yield Severity.ERROR, "GLOSS019", message
    if not term.status.allowed and not term.source:
        message = f"{term.status} without a source (say where it was seen)"
        yield Severity.ERROR, "GLOSS020", message
    if term.status is Status.SUPERSEDED and not term.valid_to:
        message = "superseded without valid_to (say until when)"
        yield Severity.ERROR, "GLOSS021", message


def _lonely_faults(term: Term) -> Iterator[Found]:
    """A word or character alone means too much to be looked for everywhere."""
    if not unruled(term):
        return
    bare = term.status is Status.DEPRECATED and term.language == "en"
    if bare and len(fold_text(term.text).split()) == 1:
        message = f"the single word {term.text!r} is deprecated everywhere "
        message += "(when: source_only=yes or quoted=yes)"
        yield Severity.ERROR, "GLOSS022", message
    if term.language == "zh" and len(term.text) == 1:
        message = f"the single character {term.text} matches everywhere (add a rule)"
        yield Severity.ERROR, "GLOSS023", message


def _spelling_faults(term: Term) -> Iterator[Found]:
    text = term.text
    if text.startswith('"') and '""' in text:
        message = "quotation marks of a spreadsheet (save without quoting)"
        yield Severity.ERROR, "GLOSS024", message
    if found := _SPACES.search(text):
        space = next(c for c in found[0] if c != " " or found[0] == "  ")
        name = unicodedata.name(space, repr(space)).lower()
        what = "two spaces" if found[0] == "  " else name
        right = " ".join(_INVISIBLE.sub("", text).split())
        yield Severity.ERROR, "GLOSS005", f"{what} in {text!r} ({right!r})"
    if term.language == "zh" and (between := _BETWEEN_HAN.search(text)):
        message = f"a space in {between[0]!r} (take it out, unless it is always there)"
        yield Severity.WARNING, "GLOSS005", message
    if not text.isascii() and (strange := _LOOK_ALIKES.search(text)):
        character = max(strange[0])
        right = unicodedata.normalize("NFKC", character)
        cure = right if right != character else "type it again"
        message = f"{unicodedata.name(character, repr(character)).lower()} in {text!r}"
        yield Severity.ERROR, "GLOSS025", f"{message} ({cure})"


def _rule_faults(term: Term) -> Iterator[Found]:
    """Rules of a term that exclude each other, or say nothing."""
    rules = term.rules
    if rules.source_only and term.language == "zh":
        message = "source_only says nothing of Chinese terms (take it out)"
        yield Severity.ERROR, "GLOSS027", message
    if rules.quoted and term.text[:1] in QUOTES and term.text[-1:] in QUOTES:
        message = f"quoted=yes, and {term.text} has quotation marks itself (take them "
        yield Severity.WARNING, "GLOSS027", message + "out of the term)"
    for follower in (*rules.followed_by, *rules.not_followed_by):
        # A quotation mark that follows is found as it is.
        if not fold_text(follower).strip() and follower not in QUOTES:
            message = f"the follower {follower!r} is nothing but marks (a word)"
            yield Severity.ERROR, "GLOSS027", message
    barred = tuple(filter(None, map(fold_text, rules.not_followed_by)))
    wanted = [fold_text(follower) for follower in rules.followed_by]
    if barred and wanted and all(each.startswith(barred) for each in wanted):
        message = "followed_by and not_followed_by exclude each other (take one out)"
        yield Severity.ERROR, "GLOSS027", message
