"""Search a glossary as a person does: in Chinese, English or pinyin, typos included.

Best matches come first: the whole term, its beginning, a part of it; then pinyin; then
English with one or two typos, which is tried where nothing else was found.

Source of the distance: optimal string alignment, a swap of neighbours is one typo.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.terminology.folding import fold_text
from toolkit.terminology.glossary import Concept, Glossary, Rules, Term

TEXT, PINYIN, FUZZY = "text", "pinyin", "fuzzy"
_SYLLABLE = (
    "(?:[bpmf]|[dtnl]|[gkh]|[jqx]|zh|ch|sh|[rzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|er"
    "|in|ia|ie|iu|ua|uo|ui|un|ue|ve|vn|a|o|e|i|u|v)"
)
_PINYIN = re.compile(f"(?:{_SYLLABLE})+(?:zh|ch|sh|[b-df-hj-np-tw-z])?")
_TONES = re.compile(r"(?<=[a-z])[1-5]")
_WORD = re.compile(r"\w+(?:'\w+)?")
_UNFINISHED = 7
"""The rank from which on pinyin ends within a syllable."""
_ONE_TYPO, _TWO_TYPOS = 4, 6
"""From so many letters on, a query may have one typo, or two."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept, the term that was asked for, and how that was recognised.

    Attributes:
        concept: The concept.
        term: Its term that is nearest to the query; of an id, the first one.
        how: `text`, `pinyin` or `fuzzy`.
        distance: Less is better; comparable within one search only.
    """

    concept: Concept
    term: Term
    how: str
    distance: tuple[int, int]


def search(glossary: Glossary, query: str) -> list[Found]:
    """Return the concepts that a query may mean, best first, each of them once."""
    wanted = fold_text(unicodedata.normalize("NFC", query)).strip()
    if not wanted:
        return []
    found = [*_by_text(glossary, wanted)]
    if letters := _pinyin_letters(query):
        spoken = [*_by_pinyin(glossary, letters)]
        whole = [each for each in spoken if each.distance[0] < _UNFINISHED]
        found += whole or spoken
    if not found:
        found += _by_typo(glossary, wanted)
    best: dict[str, Found] = {}
    for each in sorted(found, key=lambda each: each.distance):
        best.setdefault(each.concept.id, each)
    return [*best.values()]


def as_json(concept: Concept) -> dict[str, object]:
    """Return all that a glossary says of a concept, for `json.dumps`."""
    return {
        "id": concept.id,
        "domain": concept.domain,
        "enforce": concept.enforce.value,
        "definition": concept.definition,
        "note": concept.note,
        "terms": [_term_as_json(term) for term in concept.terms],
    }


def _term_as_json(term: Term) -> dict[str, object]:
    return {
        "term": term.text,
        "language": term.language,
        "status": term.status.value,
        "kind": term.kind.value,
        "pos": term.pos,
        "case": "exact" if term.exact_case else "",
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
        "when": rules_as_json(term.rules),
        "source": term.source,
        "evidence": term.evidence,
        "note": term.note,
    }


def rules_as_json(rules: Rules) -> dict[str, object]:
    """Return the rules of a term by name; those it does not have are left out."""
    values = {
        "quoted": rules.quoted,
        "followed_by": list(rules.followed_by),
        "not_followed_by": list(rules.not_followed_by),
        "source_only": rules.source_only,
    }
    return {name: value for name, value in values.items() if value}


def _by_text(glossary: Glossary, wanted: str) -> Iterator[Found]:
    for concept in glossary:
        if concept.id == wanted and concept.terms:
            yield Found(concept, concept.terms[0], TEXT, (0, 0))
        for term in concept.terms:
            text = fold_text(term.text)
            if wanted in text:
                yield Found(concept, term, TEXT, (_place(text, wanted), len(text)))


def _place(text: str, wanted: str) -> int:
    """Rank where a query stands: all of it, the beginning, a word, inside a word."""
    if text == wanted:
        return 0
    if text.startswith(wanted):
        return 1
    before = text[text.index(wanted) - 1]
    return 3 if before.isascii() and before.isalnum() else 2


def _pinyin_letters(query: str) -> str:
    """Return the letters of a query that can be pinyin, or nothing."""
    marked = unicodedata.normalize("NFD", query.lower().replace("u:", "v"))
    plain = unicodedata.normalize(
        "NFC", re.sub("[\u0300\u0301\u0304\u030c]", "", marked)
    )
    letters = re.sub("[\\s'’-]", "", _TONES.sub("", plain.replace("ü", "v")))
    return letters if _PINYIN.fullmatch(letters) else ""


def _by_pinyin(glossary: Glossary, letters: str) -> Iterator[Found]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (loads a dictionary)

    for concept in glossary:
        for term in concept.terms:
            if term.language == "zh":
                syllables = lazy_pinyin(fold_text(term.text))
                place = _place_in(syllables, letters)
                if place is not None:
                    distance = (_UNFINISHED - 3 + place, len(syllables))
                    yield Found(concept, term, PINYIN, distance)


def _place_in(syllables: list[str], letters: str) -> int | None:
    """Rank where letters stand in pinyin, from a syllable on; None if they do not."""
    joined = "".join(syllables)
    if letters not in joined:
        return None
    if letters == joined:
        return 0
    starts = [0]
    for syllable in syllables:
        starts.append(starts[-1] + len(syllable))
    for start in starts:
        if joined.startswith(letters, start):
            return (1 if not start else 2) + (start + len(letters) not in starts) * 2
    return None


def _by_typo(glossary: Glossary, wanted: str) -> Iterator[Found]:
    """Compare with all terms, and with as many words of them as were asked for."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (only for typos)

    allowed = (len(wanted) >= _ONE_TYPO) + (len(wanted) >= _TWO_TYPOS)
    if not allowed or not wanted.isascii():
        return
    words = len(wanted.split())
    english = ((c, term) for c in glossary for term in c.terms if term.language == "en")
    for concept, term in english:
        for part in _parts(fold_text(term.text), words):
            typos = OSA.distance(wanted, part, score_cutoff=allowed)
            if typos <= allowed:
                yield Found(concept, term, FUZZY, (10 + typos, len(term.text)))


def _parts(text: str, words: int) -> set[str]:
    """Return the runs of so many words, one less and one more, and the whole text."""
    spans = [match.span() for match in _WORD.finditer(text)]
    found = {text}
    for number in (words - 1, words, words + 1):
        for first in range(len(spans) - number + 1 if number else 0):
            found.add(text[spans[first][0] : spans[first + number - 1][1]])
    return found
