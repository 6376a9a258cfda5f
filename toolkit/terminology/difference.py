"""What differs between two glossaries, and what two people made of a third.

A concept is the same concept in both if the id is the same; a term is the same term of
it if language and text are. Where a text stands there more than once, with different
rules, the rules belong to the name; elsewhere they are a field like the others. The
order of concepts and of terms is no difference.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from toolkit.terminology.glossary import Concept, Glossary, Kind, Rules, Status, Term

CONCEPT_FIELDS = {name: name for name in ("domain", "enforce", "definition", "note")}
"""What belongs to a concept besides its terms: the column, and the attribute."""
TERM_FIELDS = {
    **{name: name for name in ("status", "kind", "pos")},
    "case": "exact_case",
    **{name: name for name in ("valid_from", "valid_to")},
    "when": "rules",
    **{name: name for name in ("source", "evidence", "note")},
}
"""What belongs to a term besides language and text: the column, and the attribute."""
Key = tuple[str, ...]
"""Names a term within its concept: language, text and, if need be, rules."""
T = TypeVar("T", Concept, Term)
_ABSENT = object()


class What(StrEnum):
    """What happened to something between the old and the new glossary."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two glossaries.

    Attributes:
        what: Whether something came, went or changed.
        concept: The id of the concept.
        language: The language of the term; empty if the concept itself is meant.
        term: The text of the term; empty if the concept itself is meant.
        field: The column that changed; of a term that came or went, `status`.
        old: What stood there, as in a native file; of a term that went, its status.
        new: What stands there now; of a term that came, its status.
    """

    what: What
    concept: str
    language: str = ""
    term: str = ""
    field: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        place = _place(self.concept, self.language, self.term)
        if self.what is What.CHANGED:
            return f"~ {place}  {self.field}: {self.old!r} -> {self.new!r}"
        sign = "+" if self.what is What.ADDED else "-"
        status = self.new or self.old
        return f"{sign} {place}" + (f"  ({status})" if status else "")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where two people changed a glossary in two ways.

    Attributes:
        concept: The id of the concept.
        language: The language of the term; empty if the concept itself is meant.
        term: The text of the term; empty if it is not about one term.
        field: The column; empty if one side removed what the other one changed.
        ours: What stands on our side, as in a native file, or what we did.
        theirs: The same of their side.
    """

    concept: str
    language: str
    term: str
    field: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        place = _place(self.concept, self.language, self.term)
        field = f"  {self.field}" if self.field else ""
        return f"! {place}{field}: ours {self.ours!r}, theirs {self.theirs!r}"


def differences(old: Glossary, new: Glossary) -> tuple[Change, ...]:
    """Return what has to happen to `old` to make it `new`.

    Concepts come in the order of `old`, then those that only `new` has; what belongs to
    the concept comes before its terms. The terms of a concept that came or went are
    listed, too.
    """
    ids = dict.fromkeys((*old.concepts, *new.concepts))
    return tuple(
        change
        for id_ in ids
        for change in _changes(old.concepts.get(id_), new.concepts.get(id_))
    )


def merge(
    base: Glossary, ours: Glossary, theirs: Glossary
) -> tuple[Glossary, tuple[Conflict, ...]]:
    """Return `ours` with what `theirs` changed since `base`, field by field.

    Conflicts are: one field changed in two ways, a concept or a term changed on one
    side and removed on the other, and two preferred terms, or none, where each side
    alone has one. What is in conflict stays as it is in `ours`: a glossary with
    conflicts is there to be looked at, not to be used.
    """
    conflicts: list[Conflict] = []
    concepts: dict[str, Concept] = {}
    for id_ in dict.fromkeys((*ours.concepts, *theirs.concepts)):
        three = [each.concepts.get(id_) for each in (base, ours, theirs)]
        merged, found = _merged_concept(*three)
        conflicts += found
        if merged:
            concepts[id_] = merged
    return Glossary(concepts), tuple(conflicts)


def keyed(*versions: Sequence[Term]) -> list[dict[Key, Term]]:
    """Name the terms of versions of one concept; the same term has the same name.

    The order of each version is kept, and every term of it has a name of its own.
    """
    counts = [Counter(map(_plain, terms)) for terms in versions]
    several = {key for count in counts for key, number in count.items() if number > 1}
    return [_named(terms, several) for terms in versions]


def _named(terms: Sequence[Term], several: set[Key]) -> dict[Key, Term]:
    named: dict[Key, Term] = {}
    for term in terms:
        key = _plain(term)
        if key in several:
            key = (*key, _shown(term.rules))
        while key in named:
            key = (*key, "again")
        named[key] = term
    return named


def _plain(term: Term) -> Key:
    return term.language, term.text


def _changes(old: Concept | None, new: Concept | None) -> Iterator[Change]:
    there = old or new
    if there is None:
        return
    if old is None:
        yield Change(What.ADDED, there.id)
    elif new is None:
        yield Change(What.REMOVED, there.id)
    else:
        for field, was, now in _differing(old, new, CONCEPT_FIELDS):
            yield Change(What.CHANGED, there.id, "", "", field, was, now)
    was_terms, now_terms = keyed(*(each.terms if each else () for each in (old, new)))
    for key in dict.fromkeys((*was_terms, *now_terms)):
        yield from _term_changes(there.id, was_terms.get(key), now_terms.get(key))


def _term_changes(id_: str, old: Term | None, new: Term | None) -> Iterator[Change]:
    if old and new:
        for field, was, now in _differing(old, new, TERM_FIELDS):
            place = (id_, new.language, new.text, field)
            yield Change(What.CHANGED, *place, was, now)
    elif old:
        place = (id_, old.language, old.text, "status")
        yield Change(What.REMOVED, *place, old=old.status.value)
    elif new:
        place = (id_, new.language, new.text, "status")
        yield Change(What.ADDED, *place, new=new.status.value)


def _differing(
    old: T, new: T, fields: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for field, attribute in fields.items():
        was, now = getattr(old, attribute), getattr(new, attribute)
        if was != now:
            yield field, _shown(was), _shown(now)


def _merged_concept(
    base: Concept | None, ours: Concept | None, theirs: Concept | None
) -> tuple[Concept | None, list[Conflict]]:
    if not (ours and theirs):
        id_ = next(each.id for each in (ours, theirs) if each)
        return _one_sided((id_, "", ""), (base, ours, theirs), _touched_of_concept)
    place = (ours.id, "", "")
    merged, conflicts = _merged_fields(place, (base, ours, theirs), CONCEPT_FIELDS)
    sides = (base.terms if base else (), ours.terms, theirs.terms)
    was, our, their = keyed(*sides)
    terms: list[Term] = []
    for key in dict.fromkeys((*our, *their)):
        three = (was.get(key), our.get(key), their.get(key))
        term, found = _merged_term(ours.id, *three)
        conflicts += found
        if term:
            terms.append(term)
    merged = replace(merged, terms=tuple(terms))
    return merged, conflicts or list(_rivals(ours, theirs, merged))


def _merged_term(
    id_: str, base: Term | None, ours: Term | None, theirs: Term | None
) -> tuple[Term | None, list[Conflict]]:
    there = next(each for each in (ours, theirs) if each)
    place = (id_, there.language, there.text)
    if not (ours and theirs):
        return _one_sided(place, (base, ours, theirs), _touched_of_term)
    return _merged_fields(place, (base, ours, theirs), TERM_FIELDS)


def _one_sided(
    place: tuple[str, str, str],
    versions: tuple[T | None, T | None, T | None],
    touched: Callable[[T, T], list[str]],
) -> tuple[T | None, list[Conflict]]:
    """Merge what only one side has: it is new there, or the other side removed it."""
    base, ours, theirs = versions
    there = ours or theirs
    if base is None or there is None:
        return there, []
    names = touched(base, there)
    if not names:
        return None, []
    changed = f"changed: {', '.join(names)}"
    words = (changed, "removed") if ours else ("removed", changed)
    return ours, [Conflict(*place, "", *words)]


def _touched_of_concept(old: Concept, new: Concept) -> list[str]:
    names = (c.field if not c.term else c.term for c in _changes(old, new))
    return list(dict.fromkeys(names))


def _touched_of_term(old: Term, new: Term) -> list[str]:
    return [field for field, _, _ in _differing(old, new, TERM_FIELDS)]


def _merged_fields(
    place: tuple[str, str, str],
    versions: tuple[T | None, T, T],
    fields: Mapping[str, str],
) -> tuple[T, list[Conflict]]:
    base, ours, theirs = versions
    conflicts: list[Conflict] = []
    taken: dict[str, Any] = {}
    for field, name in fields.items():
        was = getattr(base, name, _ABSENT)  # without a base, any difference counts
        our, their = getattr(ours, name), getattr(theirs, name)
        if our == was:
            taken[name] = their
        elif their not in (our, was):
            conflicts.append(Conflict(*place, field, _shown(our), _shown(their)))
    return replace(ours, **taken), conflicts


def _rivals(ours: Concept, theirs: Concept, merged: Concept) -> Iterator[Conflict]:
    """Where each side is right alone, and both together choose two terms, or none."""
    languages = (term.language for term in (*ours.terms, *theirs.terms))
    for language in dict.fromkeys(languages):
        both = [_preferred(each, language) for each in (ours, theirs)]
        count = len(_preferred(merged, language))
        if count > max(1, *map(len, both)) or (not count and all(both)):
            names = ("; ".join(texts) for texts in both)
            yield Conflict(merged.id, language, "", "preferred", *names)


def _preferred(concept: Concept, language: str) -> dict[str, None]:
    """Return the texts that claim to be the one to write, as a set with an order."""
    return {
        term.text: None
        for term in concept.terms_in(language)
        if term.status is Status.PREFERRED
        and term.kind in (Kind.FULL, Kind.DO_NOT_TRANSLATE)
    }


def _place(concept: str, language: str, term: str) -> str:
    return "  ".join(filter(None, (concept, language, term)))


def _shown(value: str | bool | Rules) -> str:  # noqa: FBT001 (a field of a term)
    """Return the value as the cell of a native file has it."""
    if isinstance(value, bool):
        return "exact" if value else ""
    return str(value)
