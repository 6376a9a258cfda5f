"""Find the sentences of a paragraph, and the places where a long one can be divided.

One compiled pattern finds the marks at which a sentence may end, with the closing
quotes and brackets that belong to it; what stands around a mark decides. A short
quotation or bracket is one token, so that the stops inside it do not count. Nothing is
counted over a whole paragraph: a quotation mark that is never closed costs nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from unicodedata import category

from toolkit.corpus import Span

WHOLE = 60
"""Most code points of a quotation or bracket that stays in one piece. Editors keep two
short spoken sentences together and set longer quotations as sentences of their own."""

DEPTH = 20
"""Most quotes and brackets that can be open at once; more are no prose."""

_PAIRS = dict(zip("“‘「『《〈（(【〔[［", "”’」』》〉）)】〕]］", strict=True))
_CLOSERS = re.escape("".join(_PAIRS.values()) + "\"'＂＇»›〞〟｣﹂﹄}｝〗〙〛")
_STRAIGHT = re.compile(
    r"""["](?=[^\s，。、；！？])[^"]*"|(?<![A-Za-z])'(?=\w)[^']{1,60}'(?![A-Za-z])"""
)

_STOPS = "。！？｡!?…"
_TAIL = rf"(?:[{_STOPS}{_CLOSERS}]|\s++(?=[{_CLOSERS}]))*+"
_WHOLE = "|".join(
    rf"(?<=\{left})[^\{left}\{right}]{{0,{WHOLE}}}+(?<!\s)\{right}"
    for left, right in _PAIRS.items()
)
# A title (《谁来付钱？》) is not among them: the sentence goes on behind it.
_QUOTED = rf"(?:(?<=[{_STOPS}][”’」』）)])|(?<=[{_STOPS}][”’」』）)]{{2}}))"
_CHINESE = re.compile(
    # The leading set lets the engine pass over plain text at full speed.
    rf"[{_STOPS}.{re.escape(''.join(_PAIRS))}](?:(?<=[。！？｡]){_TAIL}"
    rf"|(?:{_WHOLE})(?:{_QUOTED}{_TAIL}|(?P<whole>))"
    rf"|(?P<dots>(?<=…){_TAIL}|(?<=\.)\.\.++{_TAIL})"
    # ASCII marks also stand in addresses (a.cn/?id=3) and in names (Yahoo!日本).
    rf"|(?<=[!?])(?:(?<![A-Za-z0-9/=&].)|(?<=\d.)(?![!-~])|(?!\w)){_TAIL}"
    rf"|(?P<dot>(?<=\.)(?<!\d.)[{_CLOSERS}]*+(?=\s)(?!\s++[{_CLOSERS}])))"
)
_GOES_ON = re.compile(
    r"\s*+(?:[，,、；;：:]"
    r"|(?:“[^“”]{1,30}”){0,5}+(?:的(?![确士])|(?<!。)等(?![待到候一他她它我你]))"
    r"|(?<=[？！?!…][”」』])(?:这(?:[一种]|个[问话]|句话)|一[词语句]|成[为了]|是(?![的否]))"
    r"|(?<=[”」』])——"
    # A clause that ends in its verb of saying reports what stands before it.
    r"|(?<=[”」』])[^。！？…，；：“”「」『』\s]{1,40}?"
    r"(?:(?<![难没别不来再据小传学])说|[说问喊答写叹笑忆充]道|表示|坦言|感叹|感慨)[。！]"
    r"|(?:（[^（）。]{1,30}）|\([^()。]{1,30}\))\s*+\Z)"  # 。（完）
)
# Alone, six dots more often mean "and so on" than the end of a sentence.
_AFTER_DOTS = re.compile(r"\s++(?![a-z])|[“「『]|[他她它我你]|但|然而|不过|记者|随后")

_ENGLISH = re.compile(rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]*+(?=\s)|[。！？｡]{_TAIL}")
_LOWER = re.compile(r"\s*+[\"'“‘(\[]*+(?:[a-z](?![A-Z])|[,;:])")
_SPEAKER = re.compile(
    r"(?<=[\"”’])\s++(?!(?:He|She|It|We|They|The) )(?:[A-Z][\w.'’-]*+ ){1,3}"
    r"(?:said|says|asked|asks|added|wrote|told|replied|shouted|tweeted)\b"
)
_LIST_HEAD = re.compile(r"\s*(?:\d{1,3}|[A-Za-z])")
_LAST_WORD = re.compile(r"(?:[^\W\d_\u3400-\u9fff]|[.'’-])+\Z")  # Han letters apart
# Matched from the word on: these never end a sentence, these not before a figure, and
# these only before a word that seldom is a name. "Mr. He" is why titles are apart.
_ABBREVIATION = re.compile(
    r"(?:Mr|Mrs|Ms|Messrs|Drs?|Prof|Gen|Sens?|Reps?|Gov|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|"
    r"Pvt|Adm|Rev|Hon|Pres|Supt|Mt|Ft|vs?|cf|e\.g|i\.e|viz|approx)\."
    r"|(?:Nos?|Art|Sec|Figs?|Vol|Ch|Rs|pp?|para|ca)\.\s*\d"
    r"|(?:(?:[A-Za-z]\.)++|(?:Inc|Cos?|Ltd|Corp|Bros|[JS]r|St|Ph\.D|al|Dept|Univ|Assn|"
    r"Jan|Feb|Mar|Apr|Ju[nl]|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs)?|Fri|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Kan|Ky|Mass|Md|Mich|Minn|Mont|Neb|Nev|"
    r"Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis)\.)"
    r"(?!\s*+[\"'“‘(\[]*+(?:The|An?|He|She|It|They|We|I|You|In|On|At|By|For|From|To|"
    r"With|But|And|Or|So|Yet|This|That|These|Those|There|Their|His|Her|Its|Our|My|Your|"
    r"As|If|When|While|After|Before|Since|Because|Although|During|Despite|Under|Also|"
    r"According|However|Meanwhile|Another|Some|Many|Most|More|Both|Such|Last|Now|Then|"
    r"Here|What|Who|Why|How|Where)\b(?!\.))"
)

# Where a long sentence may be divided, best first; an English one also at a clause.
_BREAKS = {
    "zh": ("[。！？!?；;]", "[：，:,]", "、", r"\s"),
    "en": ("[!?；;]", "[：，:,]", r"\s(?=(?:and|but|or|which|who|because)\b)", r"\s"),
}
# Not within 1,000 or 10:30 or a.cn:80/x; closing marks stay with what they close.
_BREAK_END = rf"(?!(?<=\d.)\d|(?<=[!-~])[A-Za-z/])[{_CLOSERS}]*+"
_GLUED = re.compile(
    rf"(?<=[A-Za-z0-9.,])(?=[A-Za-z0-9.,%％])|(?=[，。、；：！？{_CLOSERS}])"
)


def split_sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of a paragraph, in order.

    Line breaks are white space like any other. What lies between two spans, before the
    first and behind the last is white space only, and no span begins or ends with it.
    `language` is a BCP 47 tag: Chinese has its own rules, the rest follows English.
    """
    return _spans(
        text, (_chinese_ends if _is_chinese(language) else _english_ends)(text)
    )


def split_long(text: str, limit: int, language: str) -> list[Span]:
    """Divide a sentence that is too long into pieces of at most `limit` code points.

    The best place within the limit is taken, and of equal places the last: outside
    quotes and brackets before inside; then a semicolon, a comma or colon, an
    enumeration comma, a space. Without any, the text is cut, if possible not in a
    number, in a Latin word or in front of a closing mark. White space between pieces
    belongs to none, as in `split_sentences`.

    Raises:
        ValueError: If `limit` is less than 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    ranks = _break_ranks(text, language)
    places = sorted(ranks)
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    cuts = []
    while stop - start > limit:
        end = start + limit
        reach = end + text[end].isspace()  # the space behind a piece is not counted
        near = places[bisect_right(places, start) : bisect_right(places, reach)]
        cut = max(near, key=lambda at: (ranks[at], at), default=0)
        cuts.append(cut or _hard_cut(text, start, end))
        start = stop - len(text[cuts[-1] : stop].lstrip())
    return _spans(text, cuts)


def _is_chinese(language: str) -> bool:
    return language.lower().partition("-")[0] == "zh"


def _spans(text: str, ends: Iterable[int]) -> list[Span]:
    """Cut `text` at `ends` and leave out the white space at every cut."""
    spans = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        if bare := piece.strip():
            start += piece.index(bare[0])
            spans.append(Span(start, start + len(bare)))
        start = end
    return spans


def _curled(text: str) -> str:
    """Replace pairs of straight quotes, which do not say their side, by “ and ”."""
    if '"' not in text and "'" not in text:
        return text
    return _STRAIGHT.sub(lambda pair: f"“{pair.group()[1:-1]}”", text)


def _chinese_ends(text: str) -> Iterator[int]:
    text = _curled(text)
    previous = 0
    for mark in _CHINESE.finditer(text):
        if mark.lastgroup is not None and not _is_end(text, previous, mark):
            continue
        if not _GOES_ON.match(text, mark.end()):
            previous = mark.end()
            yield previous


def _is_end(text: str, previous: int, mark: re.Match[str]) -> bool:
    """Tell whether dots or a Latin full stop end the sentence begun at `previous`."""
    if mark.lastgroup != "dots":
        return mark.lastgroup == "dot" and _is_full_stop(text, previous, mark)
    start, end = mark.span()
    before = text[start - 1 : start]
    if before in "，、：；“‘「『（":
        return False  # words are left out here, or the dots open the paragraph
    if mark.group().strip("…."):
        return True
    # 我……我 is a stammer.
    return not text.startswith(before, end) and bool(_AFTER_DOTS.match(text, end))


def _english_ends(text: str) -> Iterator[int]:
    previous = 0
    for mark in _ENGLISH.finditer(text):
        if mark.group()[0] in _STOPS[:4] or _is_full_stop(text, previous, mark):
            previous = mark.end()
            yield previous


def _is_full_stop(text: str, previous: int, mark: re.Match[str]) -> bool:
    """Tell whether a Latin mark ends the sentence begun at `previous`."""
    start, end = mark.span()
    if _LOWER.match(text, end):
        return False
    if mark.group() != ".":
        return text[start] == "." or not _SPEAKER.match(text, end)
    if _LIST_HEAD.fullmatch(text, previous, start):
        return False
    word = _LAST_WORD.search(text, max(previous, start - 12), start)
    return not (word and _ABBREVIATION.match(text, word.start()))


def _break_ranks(text: str, language: str) -> dict[int, tuple[bool, int]]:
    """Return where `text` may be divided: (outside all quotes?, minus the level)."""
    text = _curled(text)
    outside = _outside(text)
    ranks: dict[int, tuple[bool, int]] = {}
    for level, marks in enumerate(_BREAKS["zh" if _is_chinese(language) else "en"]):
        for mark in re.finditer(marks + _BREAK_END, text):
            ranks.setdefault(mark.end(), (outside[mark.end()], -level))
    return ranks


def _outside(text: str) -> list[bool]:
    """Tell for each position whether no pair of quotes or brackets is around it."""
    change = [0] * (len(text) + 2)
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((_PAIRS[char], at))
            del opened[:-DEPTH]
        elif any(char == closer for closer, _ in opened):
            while (innermost := opened.pop())[0] != char:
                pass  # never closed, so it encloses nothing
            change[innermost[1] + 1] += 1
            change[at + 1] -= 1
    return [depth == 0 for depth in accumulate(change)]


def _hard_cut(text: str, start: int, end: int) -> int:
    """Return the last position up to `end` where a cut does the least harm."""
    places = [at for at in range(end, start, -1) if not _in_character(text, at)] or [
        end
    ]
    return next((at for at in places if not _GLUED.match(text, at)), places[0])


def _in_character(text: str, at: int) -> bool:
    """Tell whether a cut parts a base from its marks or a surrogate from its half."""
    marked = category(text[at])[0] == "M" or "\udc00" <= text[at] <= "\udfff"
    return marked or "\u200d" in text[at - 1 : at + 1]
