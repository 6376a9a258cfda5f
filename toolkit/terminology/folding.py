"""Fold away differences that make no other word, and keep the way back to the text.

Matching compares folded texts: Traditional characters become Simplified ones, capitals
small letters, full-width forms ASCII, hyphens spaces, curly apostrophes straight ones,
each of them one character for one. Double quotation marks and invisible characters are
left out, so that "净网"行动 is 净网行动; `Folded` maps positions back across them.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from toolkit.corpus import Span

QUOTES = '"“”„‟「」『』＂'
_DROPPED = re.compile(f"[{QUOTES}\u00ad\u200b-\u200d\u2060\ufeff]")
_SAME = {
    **dict.fromkeys(
        "-\u2010\u2011\u2012\u2013\u00a0\u2002\u2003\u2009\u202f\u3000", " "
    ),
    **dict.fromkeys("‘’`´", "'"),
}
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_HAN = (0x3400, 0xA000)
_FEW = 12
"""Up to so many different characters, replacing one by one is faster."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the original.

    Attributes:
        text: What is searched.
        dropped: For each character left out, its position in `text`, ascending.
    """

    text: str
    dropped: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original that `text[start:end]` comes from.

        `end` must be greater than `start`. Dropped characters at either end stay out.
        """
        return Span(
            start + bisect_right(self.dropped, start),
            end + bisect_right(self.dropped, end - 1),
        )


def fold(text: str) -> Folded:
    """Fold a text for matching, case included."""
    if text.isascii() and '"' not in text:
        return Folded(_fold_ascii(text))
    dropped: tuple[int, ...] = ()
    if _DROPPED.search(text):
        found = enumerate(_DROPPED.finditer(text))
        dropped = tuple(match.start() - before for before, match in found)
        text = _DROPPED.sub("", text)
    if text.isascii():
        return Folded(_fold_ascii(text), dropped)
    return Folded(_translated(text), dropped)


def _fold_ascii(text: str) -> str:
    return text.lower().replace("-", " ").replace("`", "'")


def _translated(text: str) -> str:
    """Do what `str.translate` does, which looks up all the characters that stay."""
    different = set(_translatable().findall(text))
    table = _lower_table()
    if len(different) > _FEW:
        return text.translate(table)
    for character in different:
        text = text.replace(character, table[ord(character)])
    return text


def fold_text(text: str) -> str:
    """Return `fold(text).text`, where the way back is not needed."""
    if text.isascii() and '"' not in text:
        return _fold_ascii(text)
    return fold(text).text


def fold_keeping_case(text: str) -> str:
    """Fold everything but capitals."""
    return _DROPPED.sub("", text).translate(_table())


@cache
def _table() -> dict[int, str]:
    wide = {key: _SAME.get(value, value) for key, value in _WIDE.items()}
    same = {ord(key): value for key, value in (wide | _SAME).items()}
    return same | _simplified()


@cache
def _lower_table() -> dict[int, str]:
    """The table of `_table`, with small letters; "İ".lower() is two, and stays."""
    letters = (chr(code) for code in range(0x2E80) if len(chr(code).lower()) == 1)
    lower = {ord(c): c.lower() for c in letters if c.lower() != c}
    wide = {key: value.lower() for key, value in _table().items()}
    return lower | wide


@cache
def _translatable() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _lower_table())))}]")


@cache
def _simplified() -> dict[int, str]:
    """Traditional to Simplified, one character to one character, from OpenCC."""
    from opencc import OpenCC  # noqa: PLC0415 (texts without Chinese need no tables)

    characters = [chr(code) for code in range(*_HAN)]
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    one = {a: b for a, b in zip(characters, simple, strict=True) if len(b) == 1}
    # Three characters become one that is Traditional itself.
    final = {a: one.get(b, b) for a, b in one.items()}
    return {ord(a): b for a, b in final.items() if a != b}
