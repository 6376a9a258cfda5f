"""What formats of pairs share: a source term, a target term, and little else.

A glossary here knows concepts with any number of terms; most other tools know pairs.
`Sides` is what remains of a concept for them, `Losses` counts what does not, and
`glossary_of` makes concepts of pairs again.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import FileError
from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import (
    ANYWHERE,
    Concept,
    Enforce,
    Glossary,
    Kind,
    Status,
    Term,
)

SOURCE, TARGET = "zh", "en"
_EXAMPLES = 3
_NO_LINE_OF_TEXT = re.compile(
    r"\A\s|\s\Z|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 40
_LONGEST_TERM = 1000
_TERM_FIELDS: dict[str, Callable[[Term], bool]] = {
    "kinds": lambda term: term.kind is not Kind.FULL,
    "parts of speech": lambda term: bool(term.pos),
    "case policies": lambda term: term.exact_case,
    "validity dates": lambda term: bool(term.valid_from or term.valid_to),
    "rules": lambda term: term.rules != ANYWHERE,
    "sources": lambda term: bool(term.source),
    "evidence levels": lambda term: bool(term.evidence),
    "notes": lambda term: bool(term.note),
}
_CONCEPT_FIELDS: dict[str, Callable[[Concept], bool]] = {
    "ids": lambda concept: bool(concept.id),
    "domains": lambda concept: bool(concept.domain),
    "advised instead of required": lambda c: c.enforce is not Enforce.REQUIRED,
    "definitions": lambda concept: bool(concept.definition),
    "notes on concepts": lambda concept: bool(concept.note),
}


class Losses:
    """What a format could not hold: kinds, how many of each, and the first of them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}

    def add(self, kind: str, example: str) -> None:
        """Count one more; the first three examples are shown."""
        self._counts[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < _EXAMPLES and example not in examples:
            examples.append(example)

    def fields_of(self, side: "Sides", held: Collection[str]) -> None:
        """Count what a concept and its terms have filled in and the format lacks."""
        for name, is_filled in _CONCEPT_FIELDS.items():
            if name not in held and is_filled(side.concept):
                self.add(name, side.concept.id)
        for term in (*side.sources, *side.targets):
            for name, has in _TERM_FIELDS.items():
                if name not in held and has(term):
                    self.add(name, term.text)

    def lines(self) -> list[str]:
        """Return one line for each kind, in the order they were met."""
        return [
            f"{kind}: {count:,} left out ({_shown(self._examples[kind], count)})"
            for kind, count in self._counts.items()
        ]


def _shown(examples: list[str], count: int) -> str:
    rest = ", ..." if count > len(examples) else ""
    return ", ".join(" ".join(each.split()) for each in examples) + rest


@dataclass(frozen=True, slots=True)
class Sides:
    """What formats of pairs can hold of a concept.

    Attributes:
        sources: Chinese terms, the preferred one first; no text twice, none that needs
            more than a line.
        targets: The same in English.
    """

    concept: Concept
    sources: tuple[Term, ...]
    targets: tuple[Term, ...]


def sides(
    glossary: Glossary, losses: Losses, statuses: Collection[Status] = tuple(Status)
) -> Iterator[Sides]:
    """Yield the concepts with a term of these statuses in both languages."""
    for concept in glossary:
        for term in concept.terms:
            if term.language not in {SOURCE, TARGET}:
                losses.add("terms in other languages", term.text)
        sources, targets = (
            tuple(_kept(concept.terms_in(language), losses, statuses))
            for language in (SOURCE, TARGET)
        )
        if sources and targets:
            yield Sides(concept, sources, targets)
        else:
            losses.add("concepts without such a term in both languages", concept.id)


def _kept(
    terms: Iterable[Term], losses: Losses, statuses: Collection[Status]
) -> Iterator[Term]:
    seen = set()
    for term in terms:
        if term.status not in statuses:
            losses.add(f"{term.status} terms", term.text)
        elif not term.text or _NO_LINE_OF_TEXT.search(term.text):
            losses.add(
                "terms with line breaks, tabs, control characters or white space "
                "around them",
                ascii(term.text),
            )
        elif term.text in seen:
            losses.add("terms of the same text under other rules", term.text)
        else:
            seen.add(term.text)
            yield term


def one_line(text: str, losses: Losses) -> str:
    """Return a note with its line breaks and tabs as spaces."""
    line = " ".join(re.split(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", text)).strip()
    line = line.encode("utf-8", "replace").decode()
    if line != text:
        losses.add("line breaks and control characters in notes", line[:40])
    return line


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of a format of pairs.

    Attributes:
        concept: An id, or empty: pairs with one source term are then one concept.
        status: Of the pair: of the target, unless that is known already and it is the
            source which is new; None if the format has no statuses.
    """

    path: Path
    line: int
    concept: str
    source: Term
    target: Term
    status: Status | None = None


def glossary_of(pairs: Iterable[Pair]) -> Glossary:
    """Make concepts of pairs.

    The first term of a language is preferred if nothing else is said, later ones are
    admitted; there is one preferred term for a concept and language. A concept without
    an id gets one made of its target term.

    Raises:
        FileError: If a term has no letters, or a pair contradicts one before.
    """
    groups: dict[tuple[str, str], list[Term]] = {}
    for pair in pairs:
        for term in (pair.source, pair.target):
            if len(term.text) > _LONGEST_TERM:
                what = f"a term of {len(term.text):,} characters"
                cure = f"at most {_LONGEST_TERM:,}"
                raise FileError(pair.path, what, line=pair.line, cure=cure)
            if not fold(term.text).text:
                what = f"nothing but marks in {term.text!r}"
                raise FileError(pair.path, what, line=pair.line, cure="a word")
        key = (pair.concept, "") if pair.concept else ("", pair.source.text)
        _add(groups.setdefault(key, []), pair)
    concepts: dict[str, Concept] = {}
    taken = {id_ for id_, _ in groups}
    for (id_, _), terms in groups.items():
        new = id_ or new_id(terms[1].text, taken)
        concepts[new] = Concept(new, tuple(terms))
    return Glossary(concepts)


def _add(terms: list[Term], pair: Pair) -> None:
    source, target = (_find(terms, term) for term in (pair.source, pair.target))
    if source is None:
        status = pair.status if target else None
        terms.append(replace(pair.source, status=_status(terms, pair.source, status)))
    if target is None:
        status = _status(terms, pair.target, pair.status)
        terms.append(replace(pair.target, status=status))
    if source and target and pair.status not in {None, source.status, target.status}:
        if pair.status is Status.PREFERRED:  # said of more than one: admitted
            return
        what = f"{pair.target.text!r} is {pair.status} here and {target.status} above"
        raise FileError(pair.path, what, line=pair.line, cure="one status")


def _find(terms: list[Term], wanted: Term) -> Term | None:
    same = (wanted.text, wanted.language)
    return next((term for term in terms if (term.text, term.language) == same), None)


def _status(terms: list[Term], new: Term, said: Status | None) -> Status:
    if said and said is not Status.PREFERRED:
        return said
    preferred = (new.language, Status.PREFERRED)
    is_taken = any((term.language, term.status) == preferred for term in terms)
    first = all(term.language != new.language for term in terms)
    return Status.PREFERRED if first or (said and not is_taken) else Status.ADMITTED


def new_id(text: str, taken: set[str]) -> str:
    """Make an id of an English term, in small letters, and add it to those taken."""
    stem = _NO_WORD.sub("_", text.lower())[:_LONGEST_ID].strip("_") or "concept"
    id_, number = stem, 1
    while id_ in taken:
        number += 1
        id_ = f"{stem}_{number}"
    taken.add(id_)
    return id_
