"""Scores of recorded systems on parallel texts."""

from pathlib import Path

import pytest

from toolkit.errors import AlignmentError, FileError, UnknownNameError
from toolkit.formats.testset import load_test_set
from toolkit.scoring import from_files, from_test_set, score
from toolkit.terminology.glossary import Glossary

TEXTS = {
    "src.txt": "清朗行动开始。\n网络办发布通知。\n天气很好。\n",
    "ref.txt": "The Qinglang drive begins.\nThe Net Office spoke.\nFine weather.\n",
    "good.txt": "The Qinglang drive begins.\nThe Net Office spoke.\nFine weather.\n",
    "weak.txt": "Clear and Bright begins.\nThe Net Office said.\nWeather good.\n",
    "short.txt": "One.\nTwo.\n",
}


@pytest.fixture
def texts(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def values(texts, metrics=(), glossary=None):
    found = score(texts, metrics, glossary or Glossary(), "g@1")
    return {(each.system, each.metric): each.value for each in found}


def test_better_texts_have_better_scores(texts, glossary):
    systems = [texts / "good.txt", texts / "weak.txt"]
    found = values(
        from_files(systems, texts / "ref.txt", texts / "src.txt"), (), glossary
    )
    for metric in ("bleu", "chrf", "chrf++"):
        assert found["good", metric] == pytest.approx(100)
        assert found["weak", metric] < 60
    assert found["good", "ter"] == 0 < found["weak", "ter"]
    assert found["good", "term_accuracy"] == 1
    assert found["weak", "term_accuracy"] == 0.5


def test_systems_and_metrics_keep_their_order(texts):
    systems = [texts / "weak.txt", texts / "good.txt"]
    found = values(from_files(systems, texts / "ref.txt", None), ("ter", "bleu"))
    assert list(found) == [
        ("weak", "ter"),
        ("weak", "bleu"),
        ("good", "ter"),
        ("good", "bleu"),
    ]


@pytest.mark.parametrize(
    ("reference", "source", "metrics"),
    [
        pytest.param("ref.txt", None, {"bleu", "chrf", "chrf++", "ter"}, id="ref"),
        pytest.param(None, "src.txt", {"term_accuracy"}, id="src"),
    ],
)
def test_what_can_be_measured_is(reference, source, metrics, texts, glossary):
    both = (texts / name if name else None for name in (reference, source))
    found = values(from_files([texts / "weak.txt"], *both), (), glossary)
    assert metrics <= {metric for _, metric in found}
    assert ("weak", "bleu") in found or source


@pytest.mark.parametrize(
    ("metric", "reference", "source", "option"),
    [
        pytest.param("bleu", None, "src.txt", "--ref", id="no references"),
        pytest.param("term_accuracy", "ref.txt", None, "--src", id="no sources"),
    ],
)
def test_a_metric_says_what_it_needs(metric, reference, source, option, texts):
    both = (texts / name if name else None for name in (reference, source))
    with pytest.raises(FileError, match=f"{option}: {metric} needs"):
        values(from_files([texts / "weak.txt"], *both), [metric])


def test_an_unknown_metric_is_refused(texts):
    with pytest.raises(UnknownNameError, match="unknown metric 'blue'"):
        values(from_files([texts / "weak.txt"], texts / "ref.txt", None), ["blue"])


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (("short.txt", "ref.txt", None), "short.txt: 2 lines, but .*ref.txt has 3"),
        (("weak.txt", "short.txt", None), "weak.txt: 3 lines, but .*short.txt has 2"),
        (("weak.txt", "ref.txt", "short.txt"), "short.txt: 2 lines, but .*ref.txt"),
    ],
)
def test_files_of_different_length_are_refused(names, wrong, texts):
    hypothesis, reference, source = (texts / n if n else None for n in names)
    with pytest.raises(AlignmentError, match=wrong):
        from_files([hypothesis], reference, source)


def test_two_systems_must_not_share_a_name(texts):
    (texts / "b").mkdir()
    (texts / "b" / "weak.txt").write_text("x\n")
    with pytest.raises(FileError, match="a second system 'weak'"):
        from_files([texts / "weak.txt", texts / "b" / "weak.txt"], None, None)


@pytest.mark.parametrize(
    ("reference", "source"),
    [("none.txt", None), (None, "none.txt")],
    ids=["ref", "src"],
)
def test_empty_files_have_no_scores(reference, source, texts):
    (texts / "none.txt").write_text("")
    (texts / "system.txt").write_text("")
    both = (texts / name if name else None for name in (reference, source))
    with pytest.raises(FileError, match=r"none\.txt: an empty file"):
        from_files([texts / "system.txt"], *both)


def test_standard_input_is_no_system():
    with pytest.raises(FileError, match="standard input cannot be read twice"):
        from_files([Path("-")], Path("ref.txt"), None)


def test_line_ends_do_not_count(texts):
    path = texts / "windows.txt"
    path.write_bytes(TEXTS["ref.txt"].replace("\n", "\r\n").rstrip().encode())
    found = values(from_files([path], texts / "ref.txt", None), ["ter"])
    assert found == {("windows", "ter"): 0}


def test_another_encoding(texts):
    for name in ("src.txt", "ref.txt", "weak.txt"):
        (texts / name).write_bytes(TEXTS[name].encode("gb18030"))
    both = texts / "ref.txt", texts / "src.txt"
    found = values(from_files([texts / "weak.txt"], *both, "gb18030"), ["bleu"])
    assert ("weak", "bleu") in found


def test_a_test_set_brings_its_systems(campaigns):
    test_set = load_test_set(campaigns)
    found = values(from_test_set(test_set), ["chrf", "ter"])
    assert {system for system, _ in found} == set(test_set.systems)
    assert found["house", "chrf"] > found["weak-mt", "chrf"]
    assert found["house", "ter"] < found["weak-mt", "ter"]
