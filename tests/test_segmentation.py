import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.segmentation import split_long, split_sentences

ROOT = Path(__file__).parents[1]
HARD = ROOT / "tests" / "data" / "segmentation"
NEWSTEST = ROOT.parent / "shared" / "data" / "newstest2017.zh-en" / "valid.zh"

CLOSING = "”’」』）)》】〉〕"
TRICKY = (
    "。！？!?….；，：、——“”‘’「」『』《》（）()【】"
    "\"' \n\r\t\u2028\u3000的等说他一国1.3aUS"
)
TEXTS = st.text(alphabet=st.sampled_from(TRICKY)) | st.text()
LANGUAGES = st.sampled_from(["zh", "zh-Hant", "en"])


def sentences(text, language):
    return [span.cut(text) for span in split_sentences(text, language)]


def pieces(text, limit, language):
    return [span.cut(text) for span in split_long(text, limit, language)]


def hard_paragraphs(language):
    text = (HARD / f"hard.{language}.txt").read_text(encoding="utf-8")
    for paragraph in text.strip().split("\n\n"):
        expected = paragraph.split("\n")
        yield pytest.param(language, expected, id=expected[0][:30])


@pytest.mark.parametrize(
    ("language", "expected"), [*hard_paragraphs("zh"), *hard_paragraphs("en")]
)
def test_hard_paragraphs(language, expected):
    text = ("" if language == "zh" else " ").join(expected)
    assert sentences(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \u3000\r\n", [], id="white space only"),
        pytest.param("\u3000甲。\r\n乙。 ", ["甲。", "乙。"], id="white space between"),
        pytest.param(
            "甲\n乙\u2028丙。", ["甲\n乙\u2028丙。"], id="lines do not end it"
        ),
        pytest.param(
            "“甲。 ”乙。", ["“甲。 ”", "乙。"], id="space before a closing mark"
        ),
        pytest.param(
            "”甲。乙。", ["”甲。", "乙。"], id="the text begins with a closer"
        ),
        pytest.param("甲。）。乙", ["甲。）。", "乙"], id="stops behind closing marks"),
        pytest.param("“甲。乙。丙", ["“甲。", "乙。", "丙"], id="never closed"),
        pytest.param("甲。”乙。”丙", ["甲。”", "乙。”", "丙"], id="never opened"),
        pytest.param('"甲。"乙。"丙。', ['"甲。"', '乙。"', "丙。"], id="odd quote"),
        pytest.param(
            "甲是Bar. 乙是。", ["甲是Bar.", "乙是。"], id="Latin end and space"
        ),
        pytest.param("甲结束. 乙开始.", ["甲结束.", "乙开始."], id="ASCII stop, space"),
        pytest.param("甲.乙.丙。", ["甲.乙.丙。"], id="ASCII stop in a name"),
        pytest.param("在U.S. 甲。", ["在U.S. 甲。"], id="abbreviation in Chinese"),
        pytest.param("甲......乙。", ["甲......乙。"], id="ASCII dots go on"),
        pytest.param("甲…… 乙。", ["甲……", "乙。"], id="dots and a space end"),
        pytest.param("甲……但乙。", ["甲……", "但乙。"], id="dots before a new start"),
        pytest.param("甲。的确。", ["甲。", "的确。"], id="的确 opens a sentence"),
        pytest.param("“甲？”等人答。", ["“甲？”等人答。"], id="等 behind a quotation"),
        pytest.param("甲｡乙｡", ["甲｡", "乙｡"], id="half-width stop"),
    ],
)
def test_chinese(text, expected):
    assert sentences(text, "zh") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("zh", 2, id="Chinese"),
        pytest.param("ZH-Hans-CN", 2, id="tags ignore case, subtags do not matter"),
        pytest.param("en", 1, id="English"),
        pytest.param("zha", 1, id="Zhuang is not Chinese"),
    ],
)
def test_language(language, expected):
    assert len(split_sentences("甲！乙", "zh")) == 2
    assert len(split_sentences("“甲”!乙", language)) == expected


@given(TEXTS, LANGUAGES)
@example("。\x1f”\x85", "zh")
def test_spans_and_gaps_are_the_text(text, language):
    check_contract(text, split_sentences(text, language))


@given(TEXTS)
def test_a_chinese_sentence_alone_is_one_sentence(text):
    text = text.replace('"', "").replace("'", "")  # their side depends on the others
    assert all(sentences(s, "zh") == [s] for s in sentences(text, "zh"))


@given(TEXTS, st.integers(1, 30), LANGUAGES)
def test_pieces_and_gaps_are_the_text(text, limit, language):
    spans = split_long(text, limit, language)
    check_contract(text, spans)
    assert all(end - start <= limit for start, end in spans)


def check_contract(text, spans):
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@given(TEXTS)
@example("甲. ）乙")
def test_no_sentence_begins_with_a_closing_mark(text):
    assert all(s[0] not in CLOSING for s in sentences(text, "zh")[1:])


@given(TEXTS, st.integers(1, 30), LANGUAGES)
def test_short_text_is_one_piece(text, limit, language):
    if text.strip() and len(text.strip()) <= limit:
        assert pieces(text, limit, language) == [text.strip()]


@pytest.mark.parametrize(
    ("language", "limit", "text", "expected"),
    [
        pytest.param("zh", 6, "甲乙丙丁。", ["甲乙丙丁。"], id="fits"),
        pytest.param(
            "zh",
            8,
            "甲乙，丙；丁，戊己庚",
            ["甲乙，丙；", "丁，戊己庚"],
            id="semicolon first",
        ),
        pytest.param(
            "zh", 6, "甲、乙，丙、丁戊", ["甲、乙，", "丙、丁戊"], id="then comma"
        ),
        pytest.param(
            "zh", 5, "甲、乙、丙丁戊", ["甲、乙、", "丙丁戊"], id="then the last 、"
        ),
        pytest.param("zh", 6, "甲乙 丙丁 戊己", ["甲乙 丙丁", "戊己"], id="then space"),
        pytest.param(
            "zh",
            9,
            "甲、“乙，丙；丁”戊己",
            ["甲、", "“乙，丙；丁”戊己"],
            id="not in quotes",
        ),
        pytest.param(
            "zh",
            9,
            "甲、(乙，丙)丁戊己",
            ["甲、", "(乙，丙)丁戊己"],
            id="not in brackets",
        ),
        pytest.param(
            "zh",
            6,
            "“甲乙，丙丁戊己”",
            ["“甲乙，", "丙丁戊己”"],
            id="in quotes if need be",
        ),
        pytest.param(
            "zh", 6, "“甲乙，”丙丁戊", ["“甲乙，”", "丙丁戊"], id="closer stays"
        ),
        pytest.param(
            "zh", 5, "甲，1,000元", ["甲，", "1,000", "元"], id="not in a number"
        ),
        pytest.param(
            "zh", 5, "甲乙12345丙", ["甲乙", "12345", "丙"], id="hard, numbers whole"
        ),
        pytest.param("zh", 3, "甲乙丙丁戊", ["甲乙丙", "丁戊"], id="hard"),
        pytest.param(
            "zh", 3, "甲乙丙」丁", ["甲乙", "丙」丁"], id="hard, not before a closer"
        ),
        pytest.param("zh", 3, "1234567", ["123", "456", "7"], id="nothing else left"),
        pytest.param(
            "en", 2, "ae\u0301o", ["a", "e\u0301", "o"], id="mark with its base"
        ),
        pytest.param(
            "en", 2, "a\ud83d\ude00b", ["a", "\ud83d\ude00", "b"], id="surrogates"
        ),
        pytest.param("en", 10, "one, two; three", ["one, two;", "three"], id="English"),
        pytest.param(
            "en", 7, "one two three", ["one two", "three"], id="word fits exactly"
        ),
        pytest.param(
            "en",
            15,
            "he ran and she sat",
            ["he ran", "and she sat"],
            id="before a clause",
        ),
        pytest.param("en", 9, "it's 1,000 m", ["it's", "1,000 m"], id="apostrophe"),
    ],
)
def test_split_long(language, limit, text, expected):
    assert pieces(text, limit, language) == expected


def test_split_long_wants_a_limit():
    with pytest.raises(ValueError, match="at least 1"):
        split_long("甲", 0, "zh")


@pytest.mark.skipif(not NEWSTEST.exists(), reason="newstest2017 is not at hand")
@pytest.mark.parametrize("size", [3, 6, 10])
@pytest.mark.parametrize(
    ("single", "least"),
    [
        # The file caps this one: 45 lines hold several sentences in plain sight.
        pytest.param(False, 0.981, id="all lines"),
        # A stop with its closing marks, and nothing else, reaches 0.995 here.
        pytest.param(True, 0.998, id="lines of one sentence"),
    ],
)
def test_newstest(size, single, least):
    lines = map(str.strip, NEWSTEST.read_text(encoding="utf-8").split("\n"))
    lines = [
        line for line in lines if re.search(r"[。！？!?…][”’\"'」』）)》】]*$", line)
    ]
    if single:
        lines = [line for line in lines if not several_in_plain_sight(line)]
    right = found = expected = 0
    for first in range(0, len(lines), size):
        group = lines[first : first + size]
        ends = {len("".join(group[:n])) for n in range(1, len(group))}
        spans = {span.end for span in split_sentences("".join(group), "zh")[:-1]}
        right += len(ends & spans)
        found += len(spans)
        expected += len(ends)
    assert 2 * right / (found + expected) >= least


def several_in_plain_sight(line):
    enclosed = r"“[^“”]*”|\"[^\"]*\"|（[^（）]*）|\([^()]*\)|《[^《》]*》"
    bare = re.sub(enclosed, "_", line)
    return re.search(r"[。！？!?][^。！？!?…”’\"'」』）)》】]", bare) is not None
