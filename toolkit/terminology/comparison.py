"""Compare a source and a target by the terms they contain.

This is what term checks and term metrics share. Matching is exclusive: one stretch of
the target satisfies one occurrence in the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.corpus import Span
from toolkit.terminology.glossary import Concept, Glossary, Term
from toolkit.terminology.matching import TermMatch, TermMatcher, leftmost_longest


@dataclass(frozen=True, slots=True)
class TermUse:
    """An occurrence of a concept in the source, and what the target made of it.

    Attributes:
        match: The term in the source.
        wanted: The terms that would render it, preferred first; never empty.
        rendered: The allowed term of the target that renders it, or None.
        instead: Where it is not rendered: a term of the concept in the target that
            must not be used, or None if there is nothing of the kind.
    """

    match: TermMatch
    wanted: tuple[Term, ...]
    rendered: TermMatch | None
    instead: TermMatch | None


@dataclass(frozen=True, slots=True)
class TermComparison:
    """The terms of one pair of segments.

    Attributes:
        source: Matches in the source; empty if it is not at hand.
        target: Matches in the target.
        uses: One for each occurrence in the source; empty if it is not at hand.
        has_source: Whether the source was there to look at.
        date: Date of the article, or empty.
    """

    source: tuple[TermMatch, ...]
    target: tuple[TermMatch, ...]
    uses: tuple[TermUse, ...]
    has_source: bool
    date: str


class TermComparer:
    """Compares pairs of segments by the terms of a glossary. Build once."""

    def __init__(
        self, glossary: Glossary, source: str = "zh", target: str = "en"
    ) -> None:
        self._source = TermMatcher(glossary, source)
        self._target = TermMatcher(glossary, target)
        self._language = target

    def compare(
        self, source: str | None, target: str, *, date: str = ""
    ) -> TermComparison:
        """Find the terms on both sides and pair them; `source` may be unknown."""
        candidates = self._target.candidates(target, alone=source is None)
        found = leftmost_longest(candidates)
        if source is None:
            return TermComparison((), found, (), has_source=False, date=date)
        matches = self._source.find(source, date=date)
        uses = self._uses(matches, found, candidates, date) if matches else ()
        return TermComparison(matches, found, uses, has_source=True, date=date)

    def _uses(
        self,
        matches: Sequence[TermMatch],
        found: Sequence[TermMatch],
        candidates: Sequence[TermMatch],
        date: str,
    ) -> tuple[TermUse, ...]:
        """Pair source occurrences with target terms.

        What no term satisfies may be satisfied inside a longer one that the source does
        not name: *Qinglang* in "the Qinglang summer campaign".
        """
        occurrences = [list(g) for _, g in groupby(matches, key=lambda m: m.span)]
        good = [match for match in found if match.term.allowed_on(date)]
        bad = [match for match in found if not match.term.allowed_on(date)]
        nested = [match for match in candidates if match.term.allowed_on(date)]
        rendered = assign(occurrences, good)
        rendered = _filled(occurrences, rendered, nested)
        instead = assign(
            [
                [] if taken else each
                for each, taken in zip(occurrences, rendered, strict=True)
            ],
            bad,
        )
        rows = zip(occurrences, rendered, instead, strict=True)
        return tuple(
            TermUse(equals[0], wanted, taken, wrong)
            for equals, taken, wrong in rows
            if (wanted := self._wanted(equals, date))
        )

    def _wanted(self, equals: Sequence[TermMatch], date: str) -> tuple[Term, ...]:
        """The terms to ask for: those of the first concept that has some in time."""
        found = (wanted_terms(m.concept, self._language, date) for m in equals)
        return next(filter(None, found), ())


def wanted_terms(concept: Concept, language: str, date: str) -> tuple[Term, ...]:
    """Return the terms to write on a date, preferred first; of any date if none is."""
    terms = concept.terms_in(language)
    now = tuple(t for t in terms if t.allowed_on(date) and t.valid_on(date))
    return now or tuple(t for t in terms if t.status.allowed)


def assign(
    occurrences: Sequence[Sequence[TermMatch]], targets: Sequence[TermMatch]
) -> list[TermMatch | None]:
    """Give as many occurrences as possible a target term of one of their concepts.

    Each stretch of the target is given once. Source: maximum bipartite matching by
    augmenting paths, Kuhn 1955, https://doi.org/10.1002/nav.3800020109.
    """
    owner: dict[Span, int] = {}
    given: list[TermMatch | None] = [None] * len(occurrences)

    def give(index: int, tried: set[Span]) -> bool:
        """Give a free term, or else one whose owner can be given another."""
        concepts = {match.concept.id for match in occurrences[index]}
        open_ = [t for t in targets if t.concept.id in concepts and t.span not in tried]
        for target in sorted(open_, key=lambda target: target.span in owner):
            tried.add(target.span)
            rival = owner.get(target.span)
            if rival is None or give(rival, tried):
                owner[target.span] = index
                given[index] = target
                return True
        return False

    for index in range(len(occurrences)):
        give(index, set())
    return given


def _filled(
    occurrences: Sequence[Sequence[TermMatch]],
    given: Sequence[TermMatch | None],
    nested: Sequence[TermMatch],
) -> list[TermMatch | None]:
    """Give what is still without a term one that lies inside another, if it is free."""
    used = [match.span for match in given if match]
    filled = list(given)
    for index, equals in enumerate(occurrences):
        concepts = {match.concept.id for match in equals}
        for match in nested if filled[index] is None else ():
            start, end = match.span
            free = all(end <= other.start or other.end <= start for other in used)
            if free and match.concept.id in concepts:
                filled[index] = match
                used.append(match.span)
                break
    return filled
