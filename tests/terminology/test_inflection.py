import pytest

from toolkit.terminology.inflection import forms


@pytest.mark.parametrize(
    ("text", "pos", "expected"),
    [
        pytest.param("platform", "noun", {"platform", "platforms"}, id="plural"),
        pytest.param("platforms", "noun", {"platform"}, id="singular of a plural"),
        pytest.param("agencies", "noun", {"agency"}, id="singular in -y"),
        pytest.param("agency", "noun", {"agencies"}, id="plural of -y"),
        pytest.param("key", "noun", {"keys"}, id="plural of a vowel and -y"),
        pytest.param("hoax", "noun", {"hoaxes"}, id="plural after a hiss"),
        pytest.param("crash", "noun", {"crashes"}, id="plural after -sh"),
        pytest.param("fan club", "", {"fan clubs"}, id="no part of speech is a noun"),
        pytest.param(
            "crackdown on spam",
            "noun",
            {"crackdowns on spam"},
            id="the head before a preposition",
        ),
        pytest.param(
            "Ministry of Justice",
            "proper noun",
            {"Ministries of Justice"},
            id="the head of a name",
        ),
        pytest.param("CAC", "proper noun", {"CACs"}, id="plural of an acronym"),
        pytest.param(
            "rectify",
            "verb",
            {"rectify", "rectifies", "rectified", "rectifying"},
            id="verb in -y",
        ),
        pytest.param(
            "ban", "verb", {"bans", "banned", "banning"}, id="doubled consonant"
        ),
        pytest.param(
            "remove from app stores",
            "verb",
            {"removed from app stores", "removing from app stores"},
            id="the first word of a verb",
        ),
        pytest.param(
            "take down", "verb", {"took down", "taken down"}, id="irregular verb"
        ),
        pytest.param("shut down", "verb", {"shutting down"}, id="past without a mark"),
        pytest.param("organize", "verb", {"organised", "organising"}, id="UK spelling"),
        pytest.param("organise", "verb", {"organized"}, id="US spelling"),
        pytest.param("labor rights", "phrase", {"labour rights"}, id="UK, phrase"),
        pytest.param("app program", "noun", {"app programmes"}, id="UK plural"),
        pytest.param("doxxing", "noun", {"doxing"}, id="two spellings of the net"),
        pytest.param("Cyberspace Centre", "noun", {"Cyberspace Center"}, id="-re"),
        pytest.param("Labor Bureau", "noun", {"Labour Bureau"}, id="UK, name"),
        pytest.param("virus", "noun", {"viruses"}, id="plural after -us"),
        pytest.param("oversee", "verb", {"oversaw", "overseen"}, id="irregular inside"),
        pytest.param("refer", "verb", {"referred", "referring"}, id="doubled -r"),
        pytest.param("submit", "verb", {"submitted"}, id="doubled, two syllables"),
        pytest.param("fight", "verb", {"fought"}, id="irregular fight"),
        pytest.param("fact-check", "verb", {"fact-checked"}, id="verb with a hyphen"),
        pytest.param("analyze", "verb", {"analysing", "analysed"}, id="UK -yse"),
        pytest.param("analyse", "verb", {"analyzing"}, id="US -yze"),
    ],
)
def test_forms_include(text, pos, expected):
    assert expected <= forms(text, pos)


@pytest.mark.parametrize(
    ("text", "pos", "expected"),
    [
        pytest.param("illegal", "adjective", {"illegal"}, id="adjectives stay"),
        pytest.param("in real time", "phrase", {"in real time"}, id="phrases stay"),
        pytest.param("class", "noun", {"class", "classes"}, id="-ss is no plural"),
        pytest.param("Weibo 2.0", "noun", {"Weibo 2.0"}, id="no plural of a digit"),
        pytest.param(
            "programme",
            "noun",
            {"programme", "programmes", "program", "programs"},
            id="no longer spelling of the long one",
        ),
        pytest.param("put out", "verb", {"put out", "puts out", "putting out"}, id="t"),
    ],
)
def test_forms_are(text, pos, expected):
    assert forms(text, pos) == expected


@pytest.mark.parametrize(
    ("text", "pos", "excluded"),
    [
        pytest.param("interview", "noun", "interviewed", id="a noun has no past"),
        pytest.param("take down", "verb", "take downs", id="a verb has no plural"),
        pytest.param("ban", "verb", "baned", id="doubled, not plain"),
        pytest.param("break", "verb", "breaked", id="irregular, not regular"),
        pytest.param("fight", "verb", "fighted", id="fought, not regular"),
        pytest.param("oversee", "verb", "overseed", id="oversaw, not regular"),
        pytest.param("virus", "noun", "viru", id="-us is no plural"),
        pytest.param("crisis", "noun", "crisi", id="-is is no plural"),
        pytest.param("agency", "noun", "agencys", id="-ies, not -ys"),
        pytest.param("programme", "noun", "programmeme", id="spelled longer once"),
    ],
)
def test_forms_exclude(text, pos, excluded):
    assert excluded not in forms(text, pos)
