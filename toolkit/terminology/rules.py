"""Whether a found term stands where its rules allow it.

Rules are data (`Rules` of a term); this module is what they mean. They look at the
original text around a match.
"""

import re

from toolkit.corpus import Span
from toolkit.terminology.folding import QUOTES, fold
from toolkit.terminology.glossary import Rules

_OPEN = frozenset("\"＂“„「『‘《〈'")
_CLOSE = frozenset("\"＂”‟」』’》〉'")
_INSIDE = frozenset(",.?!;:，。？！；：、…")
"""Marks that may stand before the closing quotation mark."""
_GAP = re.compile(f"[{QUOTES}’》）)\\s]*")
_REACH = 40
"""How far after a term its followers are looked for; longer ones are not written."""


def stands(rules: Rules, text: str, span: Span) -> bool:
    """Whether the text around `span` satisfies `rules`, `source_only` apart."""
    if rules.quoted and not _quoted(text, span):
        return False
    if rules.followed_by and not _followed(rules.followed_by, text, span):
        return False
    return not (rules.not_followed_by and _followed(rules.not_followed_by, text, span))


def _quoted(text: str, span: Span) -> bool:
    """Quotation marks on both sides; a comma or stop may be inside them."""
    start, end = span
    if end < len(text) and text[end] in _INSIDE:
        end += 1
    return (
        start > 0
        and end < len(text)
        and text[start - 1] in _OPEN
        and text[end] in _CLOSE
    )


def _followed(followers: tuple[str, ...], text: str, span: Span) -> bool:
    """Whether one of these follows, right away or behind a space or closing quote."""
    gap = _GAP.match(text, span.end)
    after = gap.end() if gap else span.end
    rest = fold(text[after : after + _REACH]).text
    return any(
        text.startswith(follower, span.end)
        or ((folded := fold(follower).text) and rest.startswith(folded))
        for follower in followers
    )
