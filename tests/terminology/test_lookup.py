import pytest

from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term
from toolkit.terminology.lookup import as_json, search


def concept(id_, *texts):
    languages = ("en" if text.isascii() else "zh" for text in texts)
    return Concept(id_, tuple(map(Term, texts, languages)))


GLOSSARY = Glossary(
    {
        each.id: each
        for each in (
            concept("long", "专项净网行动", "special Jing drive"),
            concept("jing", "净网", "clean the web"),
            concept("jing_drive", "净网行动", "rectification campaign"),
            concept("clear", "清朗", "clear and bright"),
            concept("green", "绿色网络", "green network"),
            concept("xian", "西安", "Xi'an"),
            concept("office", "网信办", "Cyberspace Administration of China"),
        )
    }
)


def ids(query):
    return [found.concept.id for found in search(GLOSSARY, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("净网", ["jing", "jing_drive", "long"], id="whole, start, part"),
        pytest.param("淨網", ["jing", "jing_drive", "long"], id="Traditional"),
        pytest.param("jingwang", ["jing", "jing_drive", "long"], id="pinyin"),
        pytest.param("qing lang", ["clear"], id="pinyin with spaces"),
        pytest.param("qīnglǎng", ["clear"], id="pinyin with tones"),
        pytest.param("qing1lang3", ["clear"], id="pinyin with numbers"),
        pytest.param("qingl", ["clear"], id="unfinished pinyin"),
        pytest.param("lüse", ["green"], id="pinyin with two dots"),
        pytest.param("lvse", ["green"], id="pinyin as it is typed"),
        pytest.param("ingwang", [], id="not from the middle of a syllable"),
        pytest.param("xi'an", ["xian"], id="apostrophe"),
        pytest.param("CLEAN", ["jing"], id="English in capitals"),
        pytest.param("rectificaton", ["jing_drive"], id="one typo"),
        pytest.param("rectifcatoin", ["jing_drive"], id="two typos"),
        pytest.param("rectfcatoin", [], id="three typos"),
        pytest.param("cyberspace adminstraton", ["office"], id="two words of four"),
        pytest.param("cyber space administration", ["office"], id="written apart"),
        pytest.param("clera", ["clear"], id="a swap is one typo"),
        pytest.param("wxb", [], id="too short for typos"),
        pytest.param("green", ["green"], id="id"),
        pytest.param("  ", [], id="nothing"),
        pytest.param("“”", [], id="marks"),
    ],
)
def test_search(query, expected):
    assert ids(query) == expected


def test_each_concept_is_found_once_with_its_best_term():
    double = Concept("a", (Term("clear net", "en"), Term("net", "en")))
    (found,) = search(Glossary({"a": double}), "net")
    assert (found.term.text, found.how) == ("net", "text")


@pytest.mark.parametrize(
    ("query", "how"), [("净网", "text"), ("jingwang", "pinyin"), ("clera", "fuzzy")]
)
def test_how_it_was_found(query, how):
    assert search(GLOSSARY, query)[0].how == how


def test_all_about_a_concept():
    term = Term("甲", "zh", Status.ADMITTED, rules=Rules(followed_by=("乙",)))
    known = as_json(Concept("a", (term,), "x", note="n"))
    assert (known["id"], known["domain"], known["enforce"]) == ("a", "x", "required")
    (cells,) = known["terms"]
    assert cells["status"] == "admitted"
    assert cells["when"] == {"followed_by": ["乙"]}
