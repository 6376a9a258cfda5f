"""What holds for every metric."""

import re

import pytest

from toolkit.metrics import METRICS, Direction, Sample
from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Concept, Glossary, Term

GLOSSARY = Glossary(
    {"jingwang": Concept("jingwang", (Term("净网", "zh"), Term("Jingwang", "en")))}
)
SOURCES = ["“净网”行动昨天开始了。", "警方说，净网还要继续。", "天气很好。"]
REFERENCES = [
    "The “Jingwang” campaign began yesterday.",
    "The police said that Jingwang would go on for another month.",
    "The weather was fine all day.",
]
WORSE = [
    "The “Jingwang” campaign has begun yesterday.",
    "The police says the net cleaning should continue for one more month.",
    "Fine weather all day long.",
]
HOPELESS = ["Qux.", "Zzz zzz zzz zzz.", "0"]


def value(name, hypotheses):
    """The value of a metric, and its signature."""
    comparer = TermComparer(GLOSSARY)
    tally = METRICS[name].start("glossary@1")
    for source, hypothesis, reference in zip(
        SOURCES, hypotheses, REFERENCES, strict=True
    ):
        tally.add(Sample(hypothesis, reference, comparer.compare(source, hypothesis)))
    return tally.value()


def gain(name, better, worse):
    """By how much a metric prefers one to the other."""
    difference = value(name, better).value - value(name, worse).value
    return difference if METRICS[name].direction is Direction.HIGHER else -difference


@pytest.mark.parametrize("name", METRICS)
def test_documents_itself(name):
    metric = METRICS[name]
    assert re.fullmatch(r"[A-Z][^.]*\.", metric.summary), "start with one sentence"
    assert f"{metric.direction} is better" in metric.explanation
    assert "From 0" in metric.explanation or "from 0" in metric.explanation
    assert "Source: " in metric.explanation, "say who proposed it"
    assert re.search("https://[^ ]+", metric.explanation)


@pytest.mark.parametrize("name", METRICS)
def test_perfect_hypotheses_are_perfect(name):
    metric = METRICS[name]
    best = metric.top if metric.direction is Direction.HIGHER else 0
    assert value(name, REFERENCES).value == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize("name", METRICS)
def test_worse_is_worse(name):
    assert gain(name, REFERENCES, WORSE) > 0
    assert gain(name, WORSE, HOPELESS) > 0


@pytest.mark.parametrize("name", METRICS)
def test_values_are_in_range(name):
    metric = METRICS[name]
    for hypotheses in (REFERENCES, WORSE, HOPELESS, ["", "", ""]):
        measured = value(name, hypotheses).value
        assert measured >= 0
        assert measured <= metric.top + 1e-9 or metric.direction is Direction.LOWER


@pytest.mark.parametrize("name", METRICS)
def test_signs_its_value(name):
    signature = value(name, WORSE).signature
    assert "version:" in signature
    assert signature == value(name, WORSE).signature
    assert not set(signature) & set(" \n\t"), "one word, to be copied"


@pytest.mark.parametrize("name", METRICS)
def test_nothing_to_measure(name):
    assert METRICS[name].start("glossary@1").value() is None


@pytest.mark.parametrize("name", METRICS)
def test_measures_what_has_what_it_needs(name):
    metric = METRICS[name]
    comparer = TermComparer(GLOSSARY)
    alone = comparer.compare(None, "Jingwang")
    with_source = comparer.compare("净网", "Jingwang")
    assert metric.measures(Sample("x", "y", with_source))
    assert metric.measures(Sample("x", None, with_source)) != metric.needs_reference
    assert metric.measures(Sample("x", "y", None)) != metric.needs_source
    assert metric.measures(Sample("x", "y", alone)) != metric.needs_source
    assert metric.needs_reference or metric.needs_source


def test_names_are_the_fields():
    assert {"bleu", "chrf", "chrf++", "ter", "term_accuracy"} <= set(METRICS)
    assert METRICS["ter"].direction is Direction.LOWER
    assert METRICS["term_accuracy"].top == 1
