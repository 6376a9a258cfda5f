import pytest

from toolkit.corpus import Span
from toolkit.terminology.glossary import ANYWHERE, Rules
from toolkit.terminology.rules import stands

QUOTED = Rules(quoted=True)
FOLLOWED = Rules(followed_by=("行动", "operation"))
NOT_FOLLOWED = Rules(not_followed_by=("门", "official"))


def holds(rules, marked):
    """Whether the rules hold for the part of a text between { and }."""
    before, rest = marked.split("{")
    term, after = rest.split("}")
    text = before + term + after
    return stands(rules, text, Span(len(before), len(before) + len(term)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('the "{Clear}" drive', True, id="straight"),
        pytest.param("the “{Clear}” drive", True, id="curly"),
        pytest.param("the ‘{Clear}’ drive", True, id="single curly"),
        pytest.param("the '{Clear}' drive", True, id="single straight"),
        pytest.param("「{清朗}」行动", True, id="corner brackets"),
        pytest.param("『{清朗}』", True, id="white corner brackets"),
        pytest.param("《{清朗}》", True, id="title marks"),
        pytest.param('called "{Clear}," he said', True, id="comma before the mark"),
        pytest.param('called "{Clear}." He', True, id="full stop before the mark"),
        pytest.param("“{清朗}。”", True, id="Chinese full stop before the mark"),
        pytest.param("“{清朗}！”", True, id="exclamation mark before the mark"),
        pytest.param("“{清朗}？”", True, id="question mark before the mark"),
        pytest.param("”{清朗}“", False, id="between two quotations"),
        pytest.param("』{清朗}『", False, id="between two, corner brackets"),
        pytest.param("{Clear}", False, id="the whole text"),
        pytest.param('"{Clear}', False, id="only before, at the end"),
        pytest.param('{Clear}"', False, id="only behind, at the beginning"),
        pytest.param('"{Clear} skies"', False, id="only before"),
        pytest.param('"So {Clear}"', False, id="only behind"),
        pytest.param('"{Clear}, skies', False, id="a comma and no mark"),
        pytest.param('"{Clear},', False, id="a comma at the end"),
        pytest.param('" {Clear} "', False, id="spaces between"),
        pytest.param("({Clear})", False, id="brackets"),
    ],
)
def test_quoted(text, expected):
    assert holds(QUOTED, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{净网}行动", True, id="directly"),
        pytest.param("{净网} 行动", True, id="after a space"),
        pytest.param("“{净网}”行动", True, id="after a closing mark"),
        pytest.param("「{净网}」行动", True, id="after a corner bracket"),
        pytest.param("《{净网}》行动", True, id="after a title mark"),
        pytest.param('the "{Net Net}" operation', True, id="after a mark and a space"),
        pytest.param("the {Net Net} Operations", True, id="capitals and more letters"),
        pytest.param("{淨網}行動", True, id="Traditional"),
        pytest.param("{净网}", False, id="end of the text"),
        pytest.param("“{净网}”", False, id="a mark and the end of the text"),
        pytest.param("{净网}专项行动", False, id="something between"),
        pytest.param("{净网}，行动", False, id="a comma between"),
        pytest.param("行动{净网}", False, id="before it"),
    ],
)
def test_followed_by(text, expected):
    assert holds(FOLLOWED, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{商务部}门", False, id="directly"),
        pytest.param("“{商务部}”门", False, id="after a closing mark"),
        pytest.param("{Commerce} Officials", False, id="capitals"),
        pytest.param("{商务部}", True, id="end of the text"),
        pytest.param("门{商务部}", True, id="before it"),
        pytest.param("{商务部}的门", True, id="something between"),
    ],
)
def test_not_followed_by(text, expected):
    assert holds(NOT_FOLLOWED, text) is expected


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        pytest.param("”", "“{净网}”行动", True, id="the mark"),
        pytest.param("”", "“{净网}行动”", False, id="the mark later"),
        pytest.param("”", "“{净网}", False, id="no mark"),
        pytest.param("”行动", "“{净网}”行动", True, id="the mark and a word"),
        pytest.param('"', 'the "{Net Net}" drive', True, id="straight"),
        pytest.param('"', "the {Net Net} drive", False, id="a space is no mark"),
    ],
)
def test_followers_may_be_quotation_marks(mark, text, expected):
    assert holds(Rules(followed_by=(mark,)), text) is expected
    assert holds(Rules(not_followed_by=(mark,)), text) is not expected


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        pytest.param(ANYWHERE, "{净网}", True, id="no rule"),
        pytest.param(Rules(source_only=True), "{净网}", True, id="source_only is not"),
        pytest.param(
            Rules(quoted=True, followed_by=("行动",)), "“{净网}”行动", True, id="both"
        ),
        pytest.param(
            Rules(quoted=True, followed_by=("行动",)), "“{净网}”的", False, id="first"
        ),
        pytest.param(
            Rules(quoted=True, followed_by=("行动",)), "{净网}行动", False, id="second"
        ),
    ],
)
def test_all_rules_must_hold(rules, text, expected):
    assert holds(rules, text) is expected
