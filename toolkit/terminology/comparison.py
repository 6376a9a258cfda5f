"""Compare a source and a target by the terms they contain.

This is what term checks and term metrics share. Matching is exclusive: one stretch of
the target satisfies one occurrence in the source.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.corpus import Span
from toolkit.terminology.glossary import Glossary, Term
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
        alone = source is None
        candidates = self._target.candidates(target, date=date, alone=alone)
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
        """Pair source occurrences with target terms, first with those that stand alone.

        What is left may be satisfied inside a longer term that the source does not
        name: *Qinglang* in "the Qinglang summer campaign".
        """
        good, bad = _Pool(), _Pool()
        for match in (*found, *candidates):
            (good if match.term.allowed_on(date) else bad).add(match)
        occurrences = [list(g) for _, g in groupby(matches, key=lambda m: m.span)]
        uses = []
        for equals in occurrences:
            wanted = self._wanted(equals)
            if wanted:
                rendered = good.take(equals)
                instead = None if rendered else bad.take(equals)
                uses.append(TermUse(equals[0], wanted, rendered, instead))
        return tuple(uses)

    def _wanted(self, equals: Sequence[TermMatch]) -> tuple[Term, ...]:
        terms = equals[0].concept.terms_in(self._language)
        return tuple(term for term in terms if term.status.allowed)


class _Pool:
    """Target terms to choose from; a stretch of the target is given out once."""

    def __init__(self) -> None:
        self._by_concept: dict[str, list[TermMatch]] = defaultdict(list)
        self._used: list[Span] = []

    def add(self, match: TermMatch) -> None:
        self._by_concept[match.concept.id].append(match)

    def take(self, occurrences: Iterable[TermMatch]) -> TermMatch | None:
        """Give out a term of one of the concepts, the first that is still free."""
        for occurrence in occurrences:
            for match in self._by_concept.get(occurrence.concept.id, ()):
                start, end = match.span
                if all(end <= used.start or used.end <= start for used in self._used):
                    self._used.append(match.span)
                    return match
        return None
