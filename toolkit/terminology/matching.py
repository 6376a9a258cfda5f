"""Find the terms of a glossary in a text.

All occurrences are found with one Aho-Corasick automaton; word boundaries, letter
case, rules and dates are applied; only then the leftmost and longest are kept, so that
a vetoed long match never hides a valid short one. Words end at a boundary in scripts
that put spaces between words; between Chinese characters there is none.

Source: Aho and Corasick 1975, https://doi.org/10.1145/360825.360855
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from toolkit.corpus import Span
from toolkit.terminology.folding import (
    QUOTES,
    Folded,
    fold,
    fold_keeping_case,
    fold_text,
)
from toolkit.terminology.glossary import (
    ANYWHERE,
    Concept,
    Glossary,
    Term,
    collecting_later,
)
from toolkit.terminology.inflection import forms
from toolkit.terminology.rules import stands

_UNSPACED = "\u2e80"
"""From here on, scripts that write without spaces (CJK) fill the code space."""
_ACRONYM = 6
_MANY = 10_000
_PADDING = "\uffff" * 1365
_PARTNERS_BEFORE = {"”": "“„", "‟": "“„", "」": "「", "』": "『", '"': '"', "＂": "＂"}
_PARTNERS_AFTER = {"“": "”‟", "„": "”‟“", "「": "」", "『": "』", '"': '"', "＂": "＂"}


class TermMatch(NamedTuple):
    """A term of a concept, and where it stands in a text."""

    span: Span
    term: Term
    concept: Concept


class _Entry(NamedTuple):
    """What a form stands for.

    Attributes:
        term: A term.
        concept: Its concept.
        cased: The spellings to accept; empty if capitals do not matter.
        anywhere: Whether it needs no look at its surroundings or the date.
    """

    term: Term
    concept: Concept
    cased: frozenset[str]
    anywhere: bool


class TermMatcher:
    """Finds the terms of one language. Build once, use for every segment.

    Where terms of several concepts have one text (净网 of two organisers), each of
    them is a match, with the same span.
    """

    def __init__(self, glossary: Glossary, language: str) -> None:
        with collecting_later():
            entries = _entries(glossary, language)
            self._entries = [
                (each, _has_word_edge(form)) for form, each in entries.items()
            ]
            self._automaton = AhoCorasick([*entries]) if entries else None

    def find(
        self, text: str, *, date: str = "", alone: bool = False
    ) -> tuple[TermMatch, ...]:
        """Return the matches in `text` from left to right; only equals overlap.

        Of overlapping candidates the leftmost is kept, of those the longest.
        """
        return leftmost_longest(self.candidates(text, date=date, alone=alone))

    def candidates(
        self, text: str, *, date: str = "", alone: bool = False
    ) -> list[TermMatch]:
        """Return all that stands in `text` where it may, overlapping or not.

        Args:
            text: A segment.
            alone: Whether the other side of the pair is unknown; terms that need it
                (`source_only`) are no match then.
            date: Date of the article; a term outside its validity is no match, unless
                it is there to be reported (deprecated or superseded).
        """
        if not self._automaton:
            return []
        folded = fold(text)
        matches: list[TermMatch] = []
        known = self._entries
        for pattern, start, end in self._automaton.find_matches_as_indexes(
            folded.text, overlapping=True
        ):
            entries, has_word_edge = known[pattern]
            if has_word_edge and not _whole_words(text, folded, start, end):
                continue
            span = (
                _span(text, folded, start, end) if folded.dropped else Span(start, end)
            )
            if span:
                for entry in entries:
                    if entry.anywhere or _admits(entry, text, span, date, alone):
                        matches.append(TermMatch(span, entry.term, entry.concept))
        return matches


def _entries(glossary: Glossary, language: str) -> dict[str, list[_Entry]]:
    """Return what each form of a term of the language stands for.

    The automaton takes quadratic time to build if nearly every one of its states ends a
    form, as with thousands of names that differ in a number. One long form at the
    beginning, which no text has and which stands for nothing, adds other states: 0.1 s
    instead of 2.5 s for 270,000 forms.
    """
    entries: dict[str, list[_Entry]] = {_PADDING: []} if len(glossary) > _MANY else {}
    for concept in glossary:
        for term in concept.terms:
            if term.language == language:
                for form, entry in _spellings(term, concept, language):
                    entries.setdefault(form, []).append(entry)
    return entries


def _spellings(
    term: Term, concept: Concept, language: str
) -> Iterator[tuple[str, _Entry]]:
    """Yield each folded form of a term once, with what it stands for."""
    written = forms(term.text, term.pos) if language == "en" else {term.text}
    demands_case = term.exact_case or _is_acronym(term.text)
    limited = term.status.allowed and (term.valid_from or term.valid_to)
    anywhere = not (demands_case or limited or term.rules is not ANYWHERE)
    cased = frozenset(map(fold_keeping_case, written)) if demands_case else frozenset()
    entry = _Entry(term, concept, cased, anywhere)
    for form in sorted({fold_text(form) for form in written}):
        if form:
            yield form, entry


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isascii() and len(text) <= _ACRONYM


def _has_word_edge(form: str) -> bool:
    """Whether a form begins or ends in a script that has spaces between words."""
    return form[0] < _UNSPACED or form[-1] < _UNSPACED


def _whole_words(text: str, folded: Folded, start: int, end: int) -> bool:
    return not any(_inside_word(text, folded, edge) for edge in (start, end))


def _inside_word(text: str, folded: Folded, position: int) -> bool:
    """Whether `position` of a folded text splits a word of a script that has spaces.

    A quotation mark that was left out there is a boundary, as in `the“Net Net”drive`.
    """
    if not 0 < position < len(folded.text):
        return False
    before, after = folded.text[position - 1], folded.text[position]
    if before >= _UNSPACED or after >= _UNSPACED:
        return False
    if not (before.isalnum() and after.isalnum()):
        return False
    left = folded.original(position - 1, position).end
    right = folded.original(position, position + 1).start
    return not any(character in QUOTES for character in text[left:right])


def _span(text: str, folded: Folded, start: int, end: int) -> Span | None:
    """The span in the original, or None if the match runs across a quotation's edge.

    Quotation marks are left out when folding: “净网”行动 is one name, but in
    “爱中国”网络 no 国网 is meant. A pair inside the match is fine; a single mark is if
    its partner stands right beside the match, and then that belongs to it.
    """
    span = folded.original(start, end)
    alone = _without_partner(span.cut(text))
    if not alone:
        return span
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if len(alone) == 1 and before and before in _PARTNERS_BEFORE.get(alone, ""):
        return Span(span.start - 1, span.end)
    if len(alone) == 1 and after and after in _PARTNERS_AFTER.get(alone, ""):
        return Span(span.start, span.end + 1)
    return None


def _without_partner(text: str) -> str:
    """Return the quotation marks of a text that have no partner in it."""
    alone = ""
    for character in text:
        if character not in QUOTES:
            continue
        if alone and alone[-1] in _PARTNERS_BEFORE.get(character, ""):
            alone = alone[:-1]
        else:
            alone += character
    return alone


def _admits(entry: _Entry, text: str, span: Span, date: str, alone: bool) -> bool:  # noqa: FBT001 (private)
    term = entry.term
    if alone and term.rules.source_only:
        return False
    if entry.cased and fold_keeping_case(span.cut(text)) not in entry.cased:
        return False
    if term.rules is not ANYWHERE and not stands(term.rules, text, span):
        return False
    return not term.status.allowed or term.valid_on(date)


def leftmost_longest(candidates: Sequence[TermMatch]) -> tuple[TermMatch, ...]:
    """Keep the leftmost of overlapping spans, the longest of those, and its equals."""
    if len(candidates) < 2:  # noqa: PLR2004 (nothing to choose from, as most often)
        return tuple(candidates)
    kept: list[TermMatch] = []
    end = 0
    ordered = sorted(candidates, key=lambda match: (match.span[0], -match.span[1]))
    for span, equals in groupby(ordered, key=lambda match: match.span):
        if span.start >= end:
            kept += _one_for_each_concept(equals)
            end = span.end
    return tuple(kept)


def _one_for_each_concept(equals: Iterable[TermMatch]) -> Iterator[TermMatch]:
    """Of terms of one concept that match alike, keep one a writer may use, if any."""
    best: dict[str, TermMatch] = {}
    for match in equals:
        known = best.get(match.concept.id)
        if known is None or (
            match.term.status.allowed and not known.term.status.allowed
        ):
            best[match.concept.id] = match
    yield from best.values()
