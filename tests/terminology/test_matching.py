from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.terminology.folding import QUOTES, fold, fold_keeping_case
from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term
from toolkit.terminology.inflection import forms
from toolkit.terminology.matching import TermMatcher


def glossary(*terms):
    """A glossary of pairs of a concept's id and a term."""
    ids = dict.fromkeys(id_ for id_, _ in terms)
    return Glossary(
        {id_: Concept(id_, tuple(t for i, t in terms if i == id_)) for id_ in ids}
    )


def each_alone(*terms):
    return glossary(*((term.text, term) for term in terms))


def found(text, *terms, **options):
    """What stands in a text, of terms that are a concept each, of one language."""
    matches = TermMatcher(each_alone(*terms), terms[0].language).find(text, **options)
    return [match.span.cut(text) for match in matches]


def english(*texts):
    return [Term(text, "en") for text in texts]


def chinese(*texts):
    return [Term(text, "zh") for text in texts]


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        pytest.param(["网信办"], "国家网信办公布", ["网信办"], id="no spaces"),
        pytest.param(["WHO"], "今天WHO表示", ["WHO"], id="Latin inside Chinese"),
        pytest.param(["App"], "下载App违规", ["App"], id="Latin before Chinese"),
        pytest.param(["App"], "在Apple公司", [], id="half a Latin word"),
        pytest.param(["5G"], "在15G网络", [], id="half a number"),
        pytest.param(["净网2024"], "净网2024年", ["净网2024"], id="digits at the end"),
        pytest.param(
            ["网络", "网络安全"], "网络安全法", ["网络安全"], id="longest wins"
        ),
        pytest.param(["甲乙", "乙丙丁"], "甲乙丙丁", ["甲乙"], id="leftmost first"),
        pytest.param(["甲乙", "丙丁"], "甲乙丙丁", ["甲乙", "丙丁"], id="neighbours"),
        pytest.param(["净网"], "淨網行動", ["淨網"], id="Traditional text"),
        pytest.param(["淨網"], "净网行动", ["净网"], id="Traditional glossary"),
        pytest.param(
            ["净网行动"], "“净网”行动", ["“净网”行动"], id="marks inside a name"
        ),
        pytest.param(
            ["净网行动"], "「净网」行动", ["「净网」行动"], id="corner brackets"
        ),
        pytest.param(["国网"], "“我爱中国”网络", [], id="across a mark"),
        pytest.param(["国网"], '"我爱中国"网络', [], id="across a straight mark"),
        pytest.param(["国网"], "中“国网”络", ["国网"], id="between marks"),
        pytest.param(["国网"], "“绿色中国”“网信办”", [], id="across two quotations"),
        pytest.param(
            ["国网"], "“我爱中国”网“络安全”", [], id="across one, before another"
        ),
        pytest.param(["净网"], "净\u200b网", ["净\u200b网"], id="zero width inside"),
        pytest.param(["APP"], "ＡＰＰ治理", ["ＡＰＰ"], id="full width"),
        pytest.param(["净网"], "", [], id="no text"),
    ],
)
def test_chinese(terms, text, expected):
    assert found(text, *chinese(*terms)) == expected


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        pytest.param(["net"], "the internet, nets of", ["nets"], id="whole words"),
        pytest.param(["CAC"], "CACTUS, CAC.", ["CAC"], id="whole acronyms"),
        pytest.param(["WHO"], "Who said so? WHO.", ["WHO"], id="acronyms keep case"),
        pytest.param(["Weibo"], "WEIBO, weibo", ["WEIBO", "weibo"], id="others do not"),
        pytest.param(["CAC"], "two CACs", ["CACs"], id="plural of an acronym"),
        pytest.param(["self-media"], "Self media", ["Self media"], id="hyphen, space"),
        pytest.param(["self media"], "self-media", ["self-media"], id="space, hyphen"),
        pytest.param(["fan club"], "fan\u00a0clubs", ["fan\u00a0clubs"], id="nbsp"),
        pytest.param(["fan club"], "fan clubs", ["fan clubs"], id="plural"),
        pytest.param(["fan club"], "a fan club's", ["fan club"], id="possessive"),
        pytest.param(["fan club"], "fan clubs’ own", ["fan clubs"], id="possessives"),
        pytest.param(["people's"], "the people’s", ["people’s"], id="apostrophe"),
        pytest.param(["Net Net"], '"Net Net"', ["Net Net"], id="inside marks"),
        pytest.param(
            ["Net Net drive"],
            'the "Net Net" drive',
            ['"Net Net" drive'],
            id="marks inside a name",
        ),
        pytest.param(
            ['"Net" ("Web") drive'],
            "Net (Web) drive",
            ["Net (Web) drive"],
            id="marks in the glossary",
        ),
        pytest.param(["CAC"], "网CAC办", ["CAC"], id="Chinese on both sides"),
        pytest.param(["app store"], "App Store-based", ["App Store"], id="compound"),
        pytest.param(["end"], "the end", ["end"], id="end of the text"),
        pytest.param(
            ["Net Net"], "the“Net Net”operation", ["Net Net"], id="curly, no spaces"
        ),
        pytest.param(["CAC"], 'the"CAC"said', ["CAC"], id="straight, no spaces"),
    ],
)
def test_english(terms, text, expected):
    assert found(text, *english(*terms)) == expected


def test_exact_case():
    terms = [Term("Clean Web", "en", exact_case=True)]
    assert found("a clean web, Clean Web, “Clean Web”", *terms) == ["Clean Web"] * 2
    assert found("Clean Webs", *terms) == ["Clean Webs"], "inflected, as written"
    assert found("CLEAN WEB", *terms) == []


def test_verbs_are_found_in_their_tenses():
    term = Term("take down", "en", pos="verb")
    text = "It took down one and is taking down another."
    assert found(text, term) == ["took down", "taking down"]


def test_terms_of_other_languages_are_not_found():
    names = glossary(("a", Term("Weibo", "en")), ("a", Term("微博", "zh")))
    text = "微博 Weibo"
    assert [m.term.text for m in TermMatcher(names, "zh").find(text)] == ["微博"]
    assert [m.term.text for m in TermMatcher(names, "en").find(text)] == ["Weibo"]


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(Glossary(), id="no concept"),
        pytest.param(glossary(("a", Term("净网", "zh"))), id="only the other language"),
    ],
)
def test_no_terms(empty):
    assert TermMatcher(empty, "en").find("Jingwang") == ()


@pytest.mark.parametrize(
    ("long", "text"),
    [
        pytest.param(
            Term("净网行动", "zh", rules=Rules(quoted=True)), "净网行动", id="by a rule"
        ),
        pytest.param(
            Term("净网行动", "zh", valid_to="2015"), "净网行动", id="by a date"
        ),
        pytest.param(Term("净网A", "zh"), "净网AB", id="by a word boundary"),
        pytest.param(
            Term("净网App", "zh", exact_case=True), "净网APP", id="by its case"
        ),
        pytest.param(Term("净网行", "zh"), "“爱净网”行", id="by a quotation"),
    ],
)
def test_a_vetoed_long_match_does_not_hide_a_short_one(long, text):
    assert found(text, long, Term("净网", "zh"), date="2020") == ["净网"]


@pytest.mark.parametrize(
    ("term", "date", "expected"),
    [
        pytest.param({"valid_from": "2018"}, "2017", False, id="not yet"),
        pytest.param({"valid_from": "2018"}, "2018-05", True, id="in time"),
        pytest.param({"valid_to": "2018"}, "2019", False, id="no more"),
        pytest.param({"valid_to": "2018"}, "", True, id="unknown date"),
        pytest.param(
            {"valid_to": "2018", "status": Status.SUPERSEDED},
            "2019",
            True,
            id="superseded, to be reported",
        ),
        pytest.param(
            {"valid_to": "2018", "status": Status.DEPRECATED},
            "2019",
            True,
            id="deprecated, to be reported",
        ),
    ],
)
def test_dates(term, date, expected):
    name = replace(Term("SARFT", "en"), **term)
    assert bool(found("SARFT", name, date=date)) is expected


def test_source_only_is_no_match_alone():
    term = Term("interview", "en", Status.DEPRECATED, rules=Rules(source_only=True))
    assert found("an interview", term) == ["interview"]
    assert found("an interview", term, alone=True) == []


def test_concepts_with_one_text_are_all_found():
    both = glossary(("police", Term("净网", "zh")), ("office", Term("净网", "zh")))
    matches = TermMatcher(both, "zh").find("净网开始")
    assert [match.concept.id for match in matches] == ["police", "office"]
    assert {match.span for match in matches} == {(0, 2)}


def test_of_one_concept_the_allowed_term_is_kept():
    bad = Term("Clear", "en", Status.DEPRECATED)
    good = Term("clear", "en", Status.ADMITTED)
    for terms in ((bad, good), (good, bad)):
        names = glossary(*(("a", term) for term in terms))
        (match,) = TermMatcher(names, "en").find("Clear")
        assert match.term is good


# A second matcher, slow and plain: it tries every stretch of the text.

MARKS = ['""', "“”", "「」"]
INVISIBLE = "\u200b\u00ad"
ALPHABET = "abAB中国网國１- ,’'" + INVISIBLE
WORDS = st.text(alphabet=st.sampled_from("abAB中国网- "), min_size=1, max_size=3)
PLAIN = st.text(alphabet=st.sampled_from(ALPHABET), max_size=6)


def is_latin(character):
    return character.isalnum() and character < "\u2e80"


def glued(left, right):
    left, right = fold(left).text[-1:], fold(right).text[:1]
    return bool(left and right) and is_latin(left) and is_latin(right)


def join(left, right):
    """Put a space between words, so that no mark stands inside of one."""
    return f"{left} {right}" if glued(left, right) else left + right


@st.composite
def texts_with_one_quotation(draw):
    opening, closing = draw(st.sampled_from(MARKS))
    before, inside, after = draw(PLAIN), draw(PLAIN), draw(PLAIN)
    return join(join(before, opening + inside) + closing, after)


@st.composite
def small_glossaries(draw):
    term = st.builds(
        Term,
        text=WORDS,
        language=st.just("x"),
        status=st.sampled_from(Status),
        pos=st.sampled_from(["noun", "verb", "phrase"]),
        exact_case=st.booleans(),
        valid_from=st.sampled_from(["", "", "2018"]),
        valid_to=st.sampled_from(["", "", "2019"]),
        rules=st.builds(Rules, quoted=st.sampled_from([False, False, True])),
    )
    language = draw(st.sampled_from(["zh", "en"]))
    rows = draw(st.lists(st.tuples(st.sampled_from("pqr"), term), max_size=6))
    return language, glossary(*((i, replace(t, language=language)) for i, t in rows))


def with_its_mark(text, start, end):
    """A stretch that has one mark of a quotation gets the other, if it is beside it.

    None if the quotation only begins or ends in the stretch.
    """
    marks = [place for place, character in enumerate(text) if character in QUOTES]
    inside = [place for place in marks if start <= place < end]
    if len(inside) != 1:
        return start, end
    (outside,) = set(marks) - set(inside)
    if outside not in (start - 1, end):
        return None
    return min(start, outside), max(end, outside + 1)


def is_quoted(text, start, end):
    if text[end : end + 1] == ",":
        end += 1
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return before in {*"\"“「'"} and after in {*"\"”」'’"}


def fits(term, text, start, end, date):
    piece = text[start:end]
    written = forms(term.text, term.pos) if term.language == "en" else {term.text}
    is_acronym = term.text.isascii() and term.text.isupper()
    if term.exact_case or is_acronym:
        same = fold_keeping_case(piece) in {fold_keeping_case(form) for form in written}
    else:
        same = fold(piece).text in {fold(form).text for form in written}
    known = not date or (term.valid_from or "0") <= date <= (term.valid_to or "9")
    return (
        same
        and (is_quoted(text, start, end) or not term.rules.quoted)
        and (known or not term.status.allowed)
    )


def all_fitting(names, text, date):
    left_out = QUOTES + INVISIBLE
    for start in range(len(text)):
        for end in range(len(text), start, -1):
            piece = text[start:end]
            cut = glued(text[:start], piece) or glued(piece, text[end:])
            if cut or piece[0] in left_out or piece[-1] in left_out:
                continue
            span = with_its_mark(text, start, end)
            for concept in names if span else ():
                for term in concept.terms:
                    if fits(term, text, *span, date):
                        yield span, concept.id, term


def naive_find(names, text, date):
    kept, last = [], 0
    fitting = sorted(all_fitting(names, text, date), key=lambda m: (m[0][0], -m[0][1]))
    for span, equals in groupby(fitting, key=lambda match: match[0]):
        if span[0] < last:
            continue
        last = span[1]
        for concept, same in groupby(equals, key=lambda match: match[1]):
            terms = [term for _, _, term in same]
            best = next((term for term in terms if term.status.allowed), terms[0])
            kept.append((span, concept, best))
    return kept


@given(
    small_glossaries(),
    PLAIN | texts_with_one_quotation(),
    st.sampled_from(["", "2017", "2018", "2020"]),
)
@settings(deadline=None, max_examples=400)
def test_finds_what_a_plain_search_finds(names, text, date):
    language, names = names
    matches = TermMatcher(names, language).find(text, date=date)
    assert [(m.span, m.concept.id, m.term) for m in matches] == naive_find(
        names, text, date
    )


@given(
    small_glossaries(),
    st.text(alphabet=st.sampled_from(ALPHABET + QUOTES), max_size=20),
)
@settings(deadline=None, max_examples=200)
def test_spans_are_sorted_and_do_not_overlap(names, text):
    language, names = names
    spans = [match.span for match in TermMatcher(names, language).find(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    different = list(dict.fromkeys(spans))
    assert all(a.end <= b.start for a, b in pairwise(different))
