"""Faults of a glossary that a reader of its files can find.

Loading stops at the first row it cannot understand. A terminologist wants all
of them at once, and also what is understood and still wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import ANYWHERE, Kind, Status, covers

_LANGUAGES = ("zh", "en")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a row.

    Attributes:
        path: The file.
        line: The line in it, or 0 for the file as a whole.
        severity: An error makes the glossary wrong, a warning doubtful.
        message: What is wrong and, in brackets, what would be right.
    """

    path: str
    line: int
    severity: Severity
    message: str

    @property
    def place(self) -> str:
        """The path and, if there is one, the line."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


def lint(paths: Iterable[Path]) -> list[Fault]:
    """Return the faults of glossaries, each a file or a folder, in file order.

    Each path is looked at on its own: a later glossary may replace an earlier one.
    """
    return [fault for path in paths for fault in _lint(path)]


def _lint(path: Path) -> list[Fault]:
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
    for rule in (_torn, _number_of_preferred, _missing_language, _contradictory):
        faults += rule(rows)
    for row in rows:
        faults += _row_faults(row)
    order = [str(file) for file in (*files, files[0].with_name(CONCEPTS))]
    return sorted(faults, key=lambda f: (order.index(f.path), f.line, f.message))


def _all_rows(rows: Iterator[T | FileError]) -> Iterator[T | FileError]:
    """Yield what can be read of a file, and last what makes the rest unreadable."""
    try:
        yield from rows
    except FileError as error:
        yield error


def _unreadable(error: FileError) -> Fault:
    place = error.path if error.line is None else f"{error.path}:{error.line}"
    message = str(error).removeprefix(f"{place}: ")
    return Fault(error.path, error.line or 0, Severity.ERROR, message)


def _fault(row: TermRow | ConceptRow, severity: Severity, message: str) -> Fault:
    return Fault(str(row.path), row.line, severity, message)


def _concept_faults(path: Path, rows: list[TermRow]) -> Iterator[Fault]:
    """Concepts and terms must know each other, if there is a file of concepts."""
    folder = path if path.is_dir() else path.parent
    known: dict[str, ConceptRow] = {}
    for each in _all_rows(concept_rows_and_errors(folder / CONCEPTS)):
        if isinstance(each, FileError):
            yield _unreadable(each)
            continue
        if each.concept.id in known:
            yield _fault(each, Severity.ERROR, f"concept {each.concept.id} twice")
        known[each.concept.id] = each
    if not known:
        return
    named = {row.concept: row for row in reversed(rows)}
    for id_ in named.keys() - known.keys():
        message = f"concept {id_} is not in {CONCEPTS} (add it there)"
        yield _fault(named[id_], Severity.ERROR, message)
    if path.is_dir():
        for id_ in known.keys() - named.keys():
            message = f"concept {id_} has no terms (add some, or take it out)"
            yield _fault(known[id_], Severity.ERROR, message)


def _torn(rows: list[TermRow]) -> Iterator[Fault]:
    done: set[tuple[Path, str]] = set()
    before: tuple[Path, str] | None = None
    for row in rows:
        key = (row.path, row.concept)
        if key != before and key in done:
            message = f"concept {row.concept} is torn apart (keep its rows together)"
            yield _fault(row, Severity.WARNING, message)
        done.add(key)
        before = key


def _number_of_preferred(rows: list[TermRow]) -> Iterator[Fault]:
    found: dict[tuple[str, str], list[TermRow]] = defaultdict(list)
    for row in rows:
        main = row.term.kind in (Kind.FULL, Kind.DO_NOT_TRANSLATE)
        chosen = found[row.concept, row.term.language]
        if row.term.status is Status.PREFERRED and main:
            chosen.append(row)
    firsts = {(r.concept, r.term.language): r for r in reversed(rows)}
    for (concept, language), chosen in found.items():
        different = {row.term.text: row for row in chosen}
        for row in list(different.values())[1:]:
            message = f"{concept} has two preferred terms in {language} (admit one)"
            yield _fault(row, Severity.ERROR, message)
        if not chosen:
            message = f"{concept} has no preferred term in {language} (choose one)"
            yield _fault(firsts[concept, language], Severity.ERROR, message)


def _missing_language(rows: list[TermRow]) -> Iterator[Fault]:
    languages: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        languages[row.concept].add(row.term.language)
    firsts = {row.concept: row for row in reversed(rows)}
    for concept, known in languages.items():
        for language in _LANGUAGES:
            if language not in known:
                message = f"{concept} has no term in {language} (add one)"
                yield _fault(firsts[concept], Severity.ERROR, message)


def _contradictory(rows: list[TermRow]) -> Iterator[Fault]:
    """One text of one concept, twice, or once allowed and once not."""
    seen: dict[tuple[str, str, str], list[TermRow]] = defaultdict(list)
    for row in rows:
        seen[row.concept, row.term.language, fold(row.term.text).text].append(row)
    for same in seen.values():
        for row in same[1:]:
            first = same[0]
            exact = row.term.exact_case or first.term.exact_case
            if exact and (row.term.text, row.term.exact_case) != (
                first.term.text,
                first.term.exact_case,
            ):
                continue
            if row.term.status.allowed != first.term.status.allowed:
                message = f"{row.term.text!r} is {row.term.status} here but "
                message += f"{first.term.status} in line {first.line} (choose)"
                yield _fault(row, Severity.ERROR, message)
            elif row.term.rules == first.term.rules:
                message = f"{row.term.text!r} again, as in line {first.line}"
                yield _fault(row, Severity.WARNING, message + " (take one out)")


def _row_faults(row: TermRow) -> Iterator[Fault]:
    term = row.term
    if term.valid_from and not covers("", term.valid_to, term.valid_from):
        yield _fault(row, Severity.ERROR, "valid_to is before valid_from (swap them)")
    if not term.status.allowed and not term.source:
        message = f"{term.status} without a source (say where it was seen)"
        yield _fault(row, Severity.ERROR, message)
    if term.status is Status.SUPERSEDED and not term.valid_to:
        yield _fault(
            row, Severity.ERROR, "superseded without valid_to (say until when)"
        )
    bare = term.status is Status.DEPRECATED and term.rules is ANYWHERE
    if bare and term.language == "en" and len(fold(term.text).text.split()) == 1:
        message = f"the single word {term.text!r} is deprecated everywhere "
        message += "(when: source_only=yes or quoted=yes)"
        yield _fault(row, Severity.ERROR, message)
    if term.language == "zh" and len(term.text) == 1 and term.rules is ANYWHERE:
        message = f"the single character {term.text} matches everywhere (add a rule)"
        yield _fault(row, Severity.ERROR, message)
    if term.text.startswith('"') and '""' in term.text:
        message = "quotation marks of a spreadsheet (save without quoting)"
        yield _fault(row, Severity.ERROR, message)
