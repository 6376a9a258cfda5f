"""What holds for every engine."""

import pytest

from toolkit.corpus import Article, Segment
from toolkit.engines import ENGINES, Decoding, load_engine
from toolkit.errors import EngineError, ToolkitError, UnknownNameError

TEXTS = ["清朗行动开始。", "记者说了什么？", "清朗行动开始。"]


@pytest.fixture(params=list(ENGINES))
def engine(request, tiny_model, tmp_path):
    (tmp_path / "recorded.txt").write_text("One.\nTwo?\nOne.\n")
    places = {"replay": tmp_path / "recorded.txt", "ctranslate2": tiny_model}
    return load_engine(f"{request.param}:{places[request.param]}", Decoding(workers=1))


def segments():
    article = Article("a", "a.txt", "zh")
    return [Segment(article, n, text) for n, text in enumerate(TEXTS, 1)]


def test_one_hypothesis_for_each_segment(engine):
    hypotheses = list(engine.translate(iter(segments())))
    assert len(hypotheses) == len(TEXTS)
    assert hypotheses[0].text == hypotheses[2].text != hypotheses[1].text
    assert all(each.score is None or each.score <= 0 for each in hypotheses)


def test_it_gives_the_same_again(engine):
    assert list(engine.translate(segments())) == list(engine.translate(segments()))


def test_nothing_in_nothing_out(tiny_model, tmp_path):
    (tmp_path / "recorded.txt").write_text("")
    for spec in (f"ctranslate2:{tiny_model}", f"replay:{tmp_path / 'recorded.txt'}"):
        assert list(load_engine(spec, Decoding(workers=1)).translate([])) == []


def test_it_names_itself(engine):
    assert engine.name
    assert engine.name in engine.signature
    assert isinstance(engine.takes_annotations, bool)


@pytest.mark.parametrize("name", ENGINES)
def test_it_says_what_it_cannot_open(name, tmp_path):
    with pytest.raises(ToolkitError, match="none: no such f") as caught:
        load_engine(f"{name}:{tmp_path / 'none'}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("spec", ["replay", "replay:", "ctranslate2:"])
def test_an_engine_needs_an_argument(spec):
    with pytest.raises(EngineError, match="of what"):
        load_engine(spec)


def test_an_unknown_engine_lists_the_known_ones():
    known = r"unknown engine 'magic' \(known: ctranslate2, replay\)"
    with pytest.raises(UnknownNameError, match=known):
        load_engine("magic:wand")
