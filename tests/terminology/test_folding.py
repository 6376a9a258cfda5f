import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.terminology.folding import QUOTES, fold, fold_keeping_case

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
TRICKY = QUOTES + INVISIBLE + "aZİßΣé-–’'` 國国網网，ＡＢ１　😀\u2028\n"
TEXTS = st.text(alphabet=st.sampled_from(TRICKY)) | st.text()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("Clean WEB", "clean web", id="capitals"),
        pytest.param("ÉCOLE Ж Σ", "école ж σ", id="capitals of other alphabets"),
        pytest.param("İstanbul", "İstanbul", id="a capital with a long small letter"),
        pytest.param("Straße", "straße", id="sharp s stays one letter"),
        pytest.param("self-media", "self media", id="hyphen"),
        pytest.param("a–b‑c", "a b c", id="dash and non-breaking hyphen"),
        pytest.param("a\u00a0b\u3000c", "a b c", id="other spaces"),
        pytest.param("CAC’s", "cac's", id="curly apostrophe"),
        pytest.param("CAC`s 中", "cac's 中", id="backtick beside Chinese"),
        pytest.param("CAC`s", "cac's", id="backtick in ASCII"),
        pytest.param("self－media", "self media", id="full-width hyphen"),
        pytest.param("CAC｀s", "cac's", id="full-width backtick"),
        pytest.param("“净网”行动", "净网行动", id="curly quotation marks"),
        pytest.param("「淨網」『行動』", "净网行动", id="corner brackets"),
        pytest.param('the "Jingwang"', "the jingwang", id="straight quotation marks"),
        pytest.param("國家網信辦", "国家网信办", id="Traditional"),
        pytest.param("ＡＰＰ２．０，", "app2.0,", id="full width"),
        pytest.param("净\u200b网\ufeff", "净网", id="zero width"),
        pytest.param("plat\u00adform", "platform", id="soft hyphen"),
        pytest.param("《网络安全法》", "《网络安全法》", id="titles keep their marks"),
    ],
)
def test_fold(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Self-Media", "Self Media", id="capitals stay"),
        pytest.param("ＣＡＣ", "CAC", id="full-width capitals stay"),
        pytest.param("“Clean Web”", "Clean Web", id="quotation marks go"),
        pytest.param("網信辦WHO", "网信办WHO", id="Traditional beside capitals"),
    ],
)
def test_fold_keeping_case(text, folded):
    assert fold_keeping_case(text) == folded


@given(TEXTS)
@settings(deadline=None)
def test_each_character_becomes_one_or_none(text):
    folded = fold(text)
    assert len(text) - len(folded.dropped) == len(folded.text)
    assert list(folded.dropped) == sorted(folded.dropped)
    assert len(folded.dropped) == sum(c in QUOTES + INVISIBLE for c in text)


@given(TEXTS, st.data())
@settings(deadline=None)
def test_positions_lead_back(text, data):
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    cut = folded.original(start, end).cut(text)
    assert fold(cut).text == folded.text[start:end]
    assert cut[0] not in QUOTES + INVISIBLE, "what is left out stays outside"
    assert cut[-1] not in QUOTES + INVISIBLE, "what is left out stays outside"


@given(TEXTS)
@settings(deadline=None)
def test_letters_are_folded_alike_wherever_they_stand(text):
    assert fold(text).text == "".join(fold(character).text for character in text)


@pytest.mark.parametrize(
    ("text", "part", "span"),
    [
        pytest.param("“净网”行动", "净网", (1, 3), id="marks around it stay out"),
        pytest.param("“净网”行动", "净网行动", (1, 6), id="a mark inside is in"),
        pytest.param("“净网”行动", "行动", (4, 6), id="after a mark"),
        pytest.param("「「净网」」", "净网", (2, 4), id="several marks in a row"),
        pytest.param("İİ“净网”", "净网", (3, 5), id="after letters that could grow"),
        pytest.param("😀净网", "净网", (1, 3), id="after an emoji"),
    ],
)
def test_original(text, part, span):
    folded = fold(text)
    start = folded.text.index(part)
    assert folded.original(start, start + len(part)) == span
