"""Faults that only show when the terms of a glossary are seen beside each other.

Each rule takes all rows and yields what it doubts. Rows come from any format; a rule
says which row, how bad it is and what would be right, not how that is shown.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolkit.findings import Severity
from toolkit.terminology.folding import QUOTES, fold_text
from toolkit.terminology.glossary import ANYWHERE, Kind, Status, Term, covers
from toolkit.terminology.inflection import forms

_LANGUAGES = ("zh", "en")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_MARKS = str.maketrans("", "", QUOTES)
_SHORTEST_WORD, _SHORT = 2, 3


class Row(Protocol):
    """A term, the id of its concept, and where it stands."""

    @property
    def path(self) -> Path: ...  # noqa: D102
    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def concept(self) -> str: ...  # noqa: D102
    @property
    def term(self) -> Term: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a row; the message ends with a cure in brackets."""

    row: Row
    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A row and its folded text, which most rules compare."""

    row: Row
    concept: str
    term: Term
    text: str


def inspected(rows: Sequence[Row], today: str) -> Iterator[Doubt]:
    """Yield the doubts of all rules, in no order; `today` is YYYY-MM-DD."""
    seen = [Seen(row, row.concept, row.term, fold_text(row.term.text)) for row in rows]
    concepts: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        concepts[each.concept].append(each)
    for terms in concepts.values():
        yield from _languages(terms)
        yield from _preferred(terms, today)
        yield from _again(terms)
        yield from _generated(terms)
    yield from _ambiguous(seen)
    yield from _right_and_wrong(seen)
    yield from _wrong_inside_right(seen)
    yield from _inside_others(seen)


def unruled(term: Term) -> bool:
    """Whether a term counts wherever it stands."""
    return term.rules == ANYWHERE


def is_main(term: Term) -> bool:
    """Whether a term is the one to write: preferred, and no short or other form."""
    full = term.kind in (Kind.FULL, Kind.DO_NOT_TRANSLATE)
    return full and term.status is Status.PREFERRED


def _languages(terms: list[Seen]) -> Iterator[Doubt]:
    """Every concept has terms in both languages, and one to write in each."""
    first = terms[0]
    known = dict.fromkeys(each.term.language for each in terms)
    for language in _LANGUAGES:
        if language not in known:
            message = f"{first.concept} has no term in {language} (add one)"
            yield Doubt(first.row, "GLOSS008", Severity.ERROR, message)
    for language in known:
        same = [each for each in terms if each.term.language == language]
        if not any(is_main(each.term) for each in same):
            message = (
                f"{first.concept} has no preferred term in {language} (choose one)"
            )
            yield Doubt(same[0].row, "GLOSS009", Severity.ERROR, message)


def _preferred(terms: list[Seen], today: str) -> Iterator[Doubt]:
    """At every time there is one term to write in each language."""
    chosen: dict[str, dict[str, Seen]] = defaultdict(dict)
    for each in terms:
        if is_main(each.term):
            chosen[each.term.language].setdefault(each.term.text, each)
    for language, by_text in chosen.items():
        different = [*by_text.values()]
        for place, each in enumerate(different[1:], 1):
            yield _second_preferred(each, different[:place], language)
        if all(_has_ended(each.term, today) for each in different):
            yield _out_of_date(different[-1], terms, today)


def _has_ended(term: Term, today: str) -> bool:
    """Whether the validity is over; dates that run backwards say nothing."""
    forwards = covers("", term.valid_to, term.valid_from)
    return forwards and not covers("", term.valid_to, today)


def _out_of_date(last: Seen, terms: list[Seen], today: str) -> Doubt:
    """Nobody follows; where no term at all is valid, the thing itself has ended."""
    said = f"preferred until {last.term.valid_to}, and no other follows"
    allowed = [each.term for each in terms if each.term.status.allowed]
    if all(_has_ended(term, today) for term in allowed):
        message = f"{said}, nor in another language (nothing to do, if it has ended)"
        return Doubt(last.row, "GLOSS012", Severity.INFO, message)
    message = f"{said} (make it superseded, and say what is written now)"
    return Doubt(last.row, "GLOSS012", Severity.WARNING, message)


def _second_preferred(each: Seen, before: list[Seen], language: str) -> Doubt:
    said = f"{each.concept} has two preferred terms in {language}"
    dated = [one for one in (each, *before) if one.term.valid_from or one.term.valid_to]
    if not dated:
        return Doubt(each.row, "GLOSS010", Severity.ERROR, f"{said} (admit one)")
    for other in before:
        if _overlap(each.term, other.term):
            message = f"{said} valid at the same time as line {other.row.line} "
            message += "(let one end before the other begins, or admit one)"
            return Doubt(each.row, "GLOSS011", Severity.ERROR, message)
    message = f"{said}, one after the other (make the older one superseded)"
    return Doubt(each.row, "GLOSS010", Severity.INFO, message)


def _overlap(one: Term, other: Term) -> bool:
    """Whether two terms are valid on one day; a shared month or year may be none."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Term, other: Term) -> bool:
    end, start = one.valid_to, other.valid_from
    if not end or not start:
        return False
    return end < start or (len(end) != len(start) and not end.startswith(start))


def _again(terms: list[Seen]) -> Iterator[Doubt]:
    """One text of one concept, twice, or once allowed and once not."""
    same: dict[tuple[str, str], Seen] = {}
    for each in terms:
        first = same.setdefault((each.term.language, each.text), each)
        if first is each or _differ_in_case(each.term, first.term):
            continue
        if each.term.status.allowed != first.term.status.allowed:
            message = f"{each.term.text!r} is {each.term.status} here but "
            message += f"{first.term.status} in line {first.row.line} (choose)"
            yield Doubt(each.row, "GLOSS013", Severity.ERROR, message)
        elif each.term.rules == first.term.rules:
            message = f"{each.term.text!r} again, as in line {first.row.line}"
            code = _kind_of_twin(each.term.text, first.term.text)
            yield Doubt(each.row, code, Severity.WARNING, message + _CURES[code])


_CURES = {
    "GLOSS015": " (take one out)",
    "GLOSS016": " (take one out)",
    "GLOSS026": " in Traditional and Simplified characters (take one out)",
}


def _kind_of_twin(text: str, first: str) -> str:
    if text == first:
        return "GLOSS015"
    return "GLOSS016" if _bare(text) == _bare(first) else "GLOSS026"


def _bare(text: str) -> str:
    """A text without what folding removes, but in its own characters."""
    plain = unicodedata.normalize("NFKC", text.translate(_MARKS)).lower()
    return re.sub(r"[^\w]", "", plain) if plain.isascii() else plain


def _differ_in_case(one: Term, other: Term) -> bool:
    return (one.exact_case or other.exact_case) and (
        (one.text, one.exact_case) != (other.text, other.exact_case)
    )


def _generated(terms: list[Seen]) -> Iterator[Doubt]:
    """A plural, tense or spelling that is generated; it may keep a source it has."""
    english = {each.text: each for each in terms if each.term.language == "en"}
    if len(english) == 1:
        return
    told: set[str] = set()
    for text, each in english.items():
        for form in map(fold_text, forms(each.term.text, each.term.pos)):
            other = english.get(form)
            if other is None or form == text or {form, text} & told:
                continue
            if other.term.status is not Status.PREFERRED and _alike(each, other):
                told.add(form)
                message = f"{other.term.text!r} is made from {each.term.text!r} "
                message += f"in line {each.row.line} (take one out)"
                seen = other.term.evidence in {"A", "B"}
                severity = Severity.INFO if seen else Severity.WARNING
                yield Doubt(other.row, "GLOSS016", severity, message)


def _alike(one: Seen, other: Seen) -> bool:
    a, b = one.term, other.term
    same = (a.status.allowed, a.rules, a.kind, a.exact_case)
    return same == (b.status.allowed, b.rules, b.kind, b.exact_case)


def _ambiguous(seen: Iterable[Seen]) -> Iterator[Doubt]:
    """A Chinese term, or the English to write, that stands for two concepts."""
    first: dict[tuple[object, ...], Seen] = {}
    for each in seen:
        term = each.term
        english = term.language == "en" and is_main(term)
        if not (english or (term.language == "zh" and term.status.allowed)):
            continue
        case = term.text if term.exact_case else ""
        other = first.setdefault((term.language, each.text, case, term.rules), each)
        if other.concept != each.concept and _overlap(term, other.term):
            message = f"{term.text!r} also stands for {other.concept}, "
            message += f"{other.row.path.name}:{other.row.line} (rules that tell them "
            message += "apart, or one concept)"
            bad = Severity.WARNING if english else Severity.ERROR
            yield Doubt(each.row, "GLOSS014", bad, message)


def _right_and_wrong(seen: Iterable[Seen]) -> Iterator[Doubt]:
    """What one concept deprecates everywhere and another one prefers."""
    free = [each for each in seen if unruled(each.term)]
    preferred = {
        (each.term.language, each.text): each
        for each in free
        if each.term.status is Status.PREFERRED
    }
    for each in free:
        if each.term.status is not Status.DEPRECATED:
            continue
        other = preferred.get((each.term.language, each.text))
        if not other or other.concept == each.concept:
            continue
        if not _differ_in_case(each.term, other.term):
            message = f"{each.term.text!r} is deprecated everywhere, but preferred for "
            message += f"{other.concept}, {other.row.path.name}:{other.row.line} "
            message += "(when: source_only=yes)"
            yield Doubt(each.row, "GLOSS013", Severity.ERROR, message)


def _wrong_inside_right(seen: Sequence[Seen]) -> Iterator[Doubt]:
    """A bad rendering that is reported inside a longer, good one."""
    wrong: dict[tuple[str, str], Seen] = {}
    for each in seen:
        if each.term.status is Status.DEPRECATED and unruled(each.term):
            wrong[each.term.language, each.text] = each
    free = {each.text for each in seen if unruled(each.term)}
    for each in seen:
        if not each.term.status.allowed or not wrong:
            continue
        for part in _parts(each):
            found = wrong.get((each.term.language, part))
            if found:
                hidden = each.text in free or not each.term.rules.source_only
                yield _inside(found, each, hidden=hidden)


def _inside(found: Seen, longer: Seen, *, hidden: bool) -> Doubt:
    message = f"{found.term.text!r} is part of {longer.term.text!r}, "
    message += f"{longer.row.path.name}:{longer.row.line}"
    if hidden:
        message += ", which hides it (nothing to do)"
        return Doubt(found.row, "GLOSS017", Severity.INFO, message)
    message += ", which has rules (when: source_only=yes)"
    return Doubt(found.row, "GLOSS017", Severity.WARNING, message)


def _parts(each: Seen) -> Iterator[str]:
    """Yield what stands in a text in whole words, or Chinese characters."""
    text = each.text
    if each.term.language == "zh":
        ends = range(len(text) + 1)
        pairs = ((start, end) for start in ends for end in ends[start + 1 :])
    else:
        words = [match.span() for match in _WORD.finditer(text)]
        places = range(len(words))
        pairs = ((words[i][0], words[j][1]) for i in places for j in places[i:])
    yield from (text[a:b] for a, b in pairs if b - a < len(text))


def _inside_others(seen: Sequence[Seen]) -> Iterator[Doubt]:
    """A short Chinese term that also stands in longer terms, or across their words."""
    known = {each.text: each for each in seen if each.term.language == "zh"}
    told: set[tuple[str, str]] = set()
    for longer in known.values():
        for start, end in _spans(len(longer.text), 1 + _SHORT):
            each = known.get(longer.text[start:end])
            if each is None or each.concept == longer.concept or not unruled(each.term):
                continue
            word = _cut_word(longer.text, start, end, known)
            if (each.text, word) not in told:
                told.add((each.text, word))
                yield _nested(each, longer, word)


def _spans(size: int, longest: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + _SHORTEST_WORD, min(size, start + longest) + 1):
            yield start, end


def _cut_word(text: str, start: int, end: int, known: dict[str, Seen]) -> str:
    """Return a term that begins in the span and ends behind it, or nothing.

    At the beginning of `text` the longer term hides the span wherever it may stand.
    """
    if not start or end - start > _SHORT:
        return ""
    for first in range(start + 1, end):
        for last in range(max(first + _SHORTEST_WORD, end + 1), len(text) + 1):
            if text[first:last] in known:
                return text[first:last]
    return ""


def _nested(each: Seen, longer: Seen, word: str) -> Doubt:
    place = f"{longer.row.path.name}:{longer.row.line}"
    message = f"{each.term.text} is part of {longer.term.text}, {place}, "
    if not word:
        hidden = f"{message}which hides it (nothing to do)"
        return Doubt(each.row, "GLOSS018", Severity.INFO, hidden)
    message += f"where it cuts the word {word} (a rule, as not_followed_by=...)"
    return Doubt(each.row, "GLOSS018", Severity.WARNING, message)
