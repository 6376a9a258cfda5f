"""Concepts and the terms that name them, after TBX (ISO 30042).

A glossary is concept-oriented: one concept, many terms, in any number of languages.
A term is never a translation of a term; both name the same concept.
"""

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class Status(StrEnum):
    """How a term may be used: the administrative status of TBX."""

    PREFERRED = "preferred"
    """The term to write. One for a concept and language."""
    ADMITTED = "admitted"
    """An acceptable variant."""
    DEPRECATED = "deprecated"
    """Not to be used; other tools call such a term forbidden."""
    SUPERSEDED = "superseded"
    """Was right once (Kiev, SARFT), and is out of date."""

    @property
    def allowed(self) -> bool:
        """Whether a translation of today may use the term."""
        return self in (Status.PREFERRED, Status.ADMITTED)


class Kind(StrEnum):
    """What form of the name a term is."""

    FULL = "full"
    SHORT = "short"
    ABBREVIATION = "abbreviation"
    FIRST_MENTION = "first-mention"
    DO_NOT_TRANSLATE = "do-not-translate"


class Enforce(StrEnum):
    """How strictly a concept's terms are asked for."""

    REQUIRED = "required"
    """Official names, campaigns, ranks: a missing term is a warning."""
    ADVISED = "advised"
    """Ordinary nouns and verbs, which translators vary: a missing term is a remark."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Conditions on the text around a term; all of them must hold.

    Attributes:
        quoted: The term stands directly inside quotation marks, on both sides.
        followed_by: One of these follows it, after a space or closing quote at most.
        not_followed_by: None of these follows it.
        source_only: A bad rendering that is reported only where the source is at hand
            and names the concept.
    """

    quoted: bool = False
    followed_by: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    source_only: bool = False

    def __str__(self) -> str:
        """Write the rules as a glossary file does: `name=value;...`."""
        values = {
            "quoted": "yes" if self.quoted else "",
            "followed_by": "|".join(self.followed_by),
            "not_followed_by": "|".join(self.not_followed_by),
            "source_only": "yes" if self.source_only else "",
        }
        return ";".join(f"{name}={value}" for name, value in values.items() if value)


ANYWHERE = Rules()


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of one language that names a concept.

    Attributes:
        text: The term as it is written.
        language: A BCP 47 tag.
        status: Whether it may be used.
        kind: Which form of the name it is.
        pos: Part of speech; it decides which inflected forms are found.
        exact_case: Whether capitals must agree; otherwise only acronyms demand it.
        valid_from: First day of the name, as YYYY, YYYY-MM or YYYY-MM-DD, or empty.
        valid_to: Last day of the name, in the same shapes.
        rules: Where it may stand.
        source: Where it was seen: an address, or `house choice`.
        evidence: A official use seen, B reputable, C unverified; of a deprecated term
            `attested` or `predicted`.
        note: A remark for people.
    """

    text: str
    language: str
    status: Status = Status.PREFERRED
    kind: Kind = Kind.FULL
    pos: str = ""
    exact_case: bool = False
    valid_from: str = ""
    valid_to: str = ""
    rules: Rules = ANYWHERE
    source: str = ""
    evidence: str = ""
    note: str = ""

    def valid_on(self, day: str) -> bool:
        """Whether the name was in use on a day; True if either is unknown."""
        return covers(self.valid_from, self.valid_to, day)

    def allowed_on(self, day: str) -> bool:
        """Whether a text of this date may use the term.

        A superseded name is right in a text from its own time; without a date it
        counts as out of date.
        """
        if self.status is Status.SUPERSEDED:
            return bool(day and self.valid_to) and self.valid_on(day)
        return self.status.allowed


@dataclass(frozen=True, slots=True)
class Concept:
    """What a set of terms, in any language, stands for."""

    id: str
    terms: tuple[Term, ...]
    domain: str = ""
    enforce: Enforce = Enforce.REQUIRED
    definition: str = ""
    note: str = ""

    def terms_in(self, language: str) -> tuple[Term, ...]:
        """Return the terms in `language`, preferred ones first."""
        order = list(Status)
        terms = (term for term in self.terms if term.language == language)
        return tuple(sorted(terms, key=lambda term: order.index(term.status)))

    def preferred(self, language: str) -> Term | None:
        """Return the term to write in `language`, or None if there is none."""
        for term in self.terms_in(language):
            return term if term.status is Status.PREFERRED else None
        return None


@dataclass(frozen=True, slots=True)
class Glossary:
    """A collection of concepts, by id, in the order of the files they come from."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """The preferred terms by concept and language: `names["cac"]["zh"]`."""
        return {
            concept.id: {
                term.language: term.text
                for term in concept.terms
                if term.status is Status.PREFERRED
            }
            for concept in self
        }


def merged(glossaries: Iterable[Glossary]) -> Glossary:
    """Return one glossary of several; a later concept replaces one of the same id."""
    concepts: dict[str, Concept] = {}
    for glossary in glossaries:
        concepts |= glossary.concepts
    return Glossary(concepts)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Pause garbage collection while a large glossary is built.

    Nothing of it is garbage, and the collector would look through all of it over and
    over again. At the end, freezing and unfreezing counts all there is as old, unseen.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar: YYYY-MM-DD."""
    if not _PARTIAL_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def covers(valid_from: str, valid_to: str, day: str) -> bool:
    """Whether partial dates enclose another partial date; unknown ends enclose all.

    ISO dates compare as strings once both are cut to the shorter one: 2018-03 is
    neither before nor after 2018.
    """
    if not day:
        return True
    starts = not valid_from or _cut(day, valid_from) >= _cut(valid_from, day)
    ends = not valid_to or _cut(day, valid_to) <= _cut(valid_to, day)
    return starts and ends


def _cut(day: str, other: str) -> str:
    return day[: len(other)]
