"""Checks that a translation follows the glossary."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.checks import Problem, check
from toolkit.corpus import Pair, Segment
from toolkit.findings import Fix, Severity
from toolkit.terminology.comparison import TermComparison, wanted_terms
from toolkit.terminology.glossary import Concept, Enforce, Kind, Status, Term
from toolkit.terminology.matching import TermMatch

_SOURCE, _TARGET = "zh", "en"
_UNVERIFIED = "C"
_BRACKET = re.compile(r"[\W\d]*[(\[（【［][\W\u3400-\u9fff]*")


@check("TERM001", Severity.WARNING, "terminology/wrong-term")
def missing_term(pair: Pair, terms: TermComparison) -> Iterator[Problem]:
    """A term of the source has no approved rendering in the translation.

    Any preferred or admitted term of the concept will do, anywhere in the segment; one
    stretch of English satisfies one Chinese occurrence. Where a rendering stands that
    must not be used, `deprecated-term` reports that instead. Concepts that are only
    advised give a remark.

    Bad:  国家网信办公布了处罚结果。 => The regulator announced the penalties.
    Good: 国家网信办公布了处罚结果。 => The CAC announced the penalties.
    """
    for use in terms.uses:
        if pair.source is None or use.rendered or use.instead:
            continue
        concept, wanted = use.match.concept, use.wanted[0]
        found = use.match.span.cut(pair.source.text)
        yield Problem(
            pair.source,
            use.match.span,
            f"{found} is not rendered: {wanted.text}{_basis(wanted)}",
            severity=_by_enforcement(concept),
            suggestions=tuple(term.text for term in use.wanted),
            concept=concept.id,
            evidence=evidence(wanted),
            side="source",
        )


@check("TERM002", Severity.ERROR, "terminology/inconsistent-with-termbase")
def deprecated_term(pair: Pair, terms: TermComparison) -> Iterator[Problem]:
    """The translation has a rendering that the glossary rules out.

    With the Chinese at hand only where the concept is in the source; on the English
    alone only renderings that no careful writer uses: of several words, or in quotation
    marks. A concept whose English is a house choice gives a warning, not an error.

    Bad:  “净网”行动开始了。 => The "Net Net" operation has begun.
    Good: “净网”行动开始了。 => The "Jingwang" operation has begun.
    Bad:  - => The six departments discussed the "meal circle" chaos.
    Good: - => She closed the circle with a meal.
    """
    for match in _faulty(terms, Status.DEPRECATED):
        yield _wrong(pair.target, match, terms.date, "should be")


@check("TERM004", Severity.ERROR, "terminology/inconsistent-with-termbase")
def superseded_term(pair: Pair, terms: TermComparison) -> Iterator[Problem]:
    """The translation uses a name that is out of date at the date of the article.

    In an article from the time of the old name the old name is right; where the date of
    the article is unknown, the old name counts as out of date.

    Bad:  - => The State Administration of Radio, Film and Television approved it.
    Good: - => The National Radio and Television Administration approved it.
    """
    for match in _faulty(terms, Status.SUPERSEDED):
        until = match.term.valid_to
        yield _wrong(
            pair.target,
            match,
            terms.date,
            f"was the name until {until}, now" if until else "is now",
        )


@check("TERM003", Severity.WARNING, "terminology/inconsistent-use-of-terminology")
class InconsistentTerm:
    """One concept is rendered in several approved ways within an article.

    Full names, short names and abbreviations of one concept may stand side by side, and
    a name may be glossed in brackets; two full names may not. Reported at the first
    place of each rendering but one: the glossary's preferred term if it occurs,
    otherwise the most frequent rendering. Concepts that are only advised give a remark.

    Bad:  - => Self-media flourish. | Regulators closed we-media.
    Good: - => Self-media flourish. | Regulators closed self-media.
    Good: - => The "Jingwang" ("Clean Web") campaign began. | Jingwang went on.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, Kind], Counter[str]] = {}
        self._first: dict[tuple[str, str], tuple[Segment, TermMatch]] = {}

    def see(self, pair: Pair, terms: TermComparison) -> Iterator[Problem]:
        """Count the renderings of a pair."""
        named = {match.concept.id for match in terms.source}
        glosses = _glosses(terms.target, pair.target.text)
        for index, match in enumerate(terms.target):
            concept, term = match.concept, match.term
            if term.rules.source_only or not term.allowed_on(terms.date):
                continue
            if index in glosses or (terms.has_source and concept.id not in named):
                continue
            counts = self._counts.setdefault((concept.id, term.kind), Counter())
            counts[term.text] += 1
            self._first.setdefault((concept.id, term.text), (pair.target, match))
        return iter(())

    def close(self) -> Iterator[Problem]:
        """Yield the renderings that are in the minority."""
        for (concept_id, kind), counts in self._counts.items():
            if len(counts) < 2 or kind is Kind.FIRST_MENTION:  # noqa: PLR2004 (two)
                continue
            matches = [self._first[concept_id, text] for text in counts]
            best = _prevailing(matches[0][1].concept, counts)
            shown = ", ".join(f"{text} ({n})" for text, n in counts.most_common())
            for segment, match in matches:
                if match.term.text != best.text:
                    yield _varies(segment, match, best, f"{len(counts)} ways: {shown}")


def evidence(term: Term) -> str | None:
    """Say where a term has been seen: the level of evidence and the source."""
    return ": ".join(filter(None, (term.evidence, term.source))) or None


def _faulty(terms: TermComparison, status: Status) -> Iterator[TermMatch]:
    """Yield the target terms of a status whose concept the source names, if known.

    A word that is wrong only as the rendering of a concept (`source_only`) is reported
    as often as an occurrence in the source has nothing better.
    """
    named = {match.concept.id for match in terms.source}
    instead = {use.instead for use in terms.uses}
    here = [m for m in terms.target if not terms.has_source or m.concept.id in named]
    approved = {match.span for match in here if match.term.allowed_on(terms.date)}
    for match in here:
        term = match.term
        if term.status is not status or match.span in approved:
            continue
        if term.rules.source_only and match not in instead:
            continue
        if not term.allowed_on(terms.date):
            yield match


def _wrong(segment: Segment, match: TermMatch, date: str, verb: str) -> Problem:
    concept = match.concept
    right = wanted_terms(concept, _TARGET, date)
    best = right[0] if right else None
    chinese = concept.preferred(_SOURCE)
    message = f"{match.span.cut(segment.text)!r}"
    if best:
        message += f" {verb} {best.text!r}{_basis(best)}"
    else:
        message += " must not be used"
    if chinese:
        message += f": {chinese.text}"
    house = best is None or best.evidence in ("", _UNVERIFIED)
    return Problem(
        segment,
        match.span,
        message,
        severity=Severity.WARNING if house else Severity.ERROR,
        suggestions=tuple(
            term.text for term in right if term.kind is not Kind.FIRST_MENTION
        ),
        concept=concept.id,
        evidence=evidence(best) if best else None,
        fix=Fix.UNSAFE if best else None,
    )


def _varies(segment: Segment, match: TermMatch, best: Term, ways: str) -> Problem:
    found = match.span.cut(segment.text)
    return Problem(
        segment,
        match.span,
        f"{found!r} stands beside {best.text!r}: one concept in {ways}",
        severity=_by_enforcement(match.concept),
        suggestions=(best.text,),
        concept=match.concept.id,
        evidence=evidence(best),
        fix=Fix.UNSAFE,
    )


def _glosses(matches: Sequence[TermMatch], text: str) -> set[int]:
    """Return the places of names and of what explains them in brackets behind."""
    found: set[int] = set()
    for index, (name, gloss) in enumerate(pairwise(matches)):
        between = text[name.span.end : gloss.span.start]
        if name.concept.id == gloss.concept.id and _BRACKET.fullmatch(between):
            found |= {index, index + 1}
    return found


def _prevailing(concept: Concept, counts: Counter[str]) -> Term:
    """The rendering to keep."""
    terms = [term for term in concept.terms_in(_TARGET) if term.text in counts]
    if terms[0].status is Status.PREFERRED:
        return terms[0]
    return max(terms, key=lambda term: counts[term.text])


def _by_enforcement(concept: Concept) -> Severity:
    required = concept.enforce is Enforce.REQUIRED
    return Severity.WARNING if required else Severity.INFO


def _basis(term: Term) -> str:
    return " (house choice)" if term.evidence in ("", _UNVERIFIED) else ""
