import pytest

from toolkit.metrics import METRICS, Sample
from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Concept, Glossary, Status, Term

GLOSSARY = Glossary(
    {
        "jingwang": Concept(
            "jingwang",
            (
                Term("净网", "zh"),
                Term("Jingwang", "en"),
                Term("Clean Web", "en", Status.ADMITTED),
                Term("Net Net", "en", Status.DEPRECATED),
            ),
        ),
        "agency": Concept(
            "agency",
            (
                Term("总局", "zh"),
                Term("National Agency", "en"),
                Term("State Agency", "en", Status.SUPERSEDED, valid_to="2018"),
            ),
        ),
    }
)


def measure(*rows, date=""):
    comparer = TermComparer(GLOSSARY)
    tally = METRICS["term_accuracy"].start("small@1")
    for source, hypothesis in rows:
        terms = comparer.compare(source, hypothesis, date=date)
        tally.add(Sample(hypothesis, "no Jingwang", terms))
    return tally.value()


@pytest.mark.parametrize(
    ("rows", "terms", "share"),
    [
        pytest.param([("净网", "Jingwang")], 1, 1, id="preferred"),
        pytest.param([("净网", "Clean Web")], 1, 1, id="admitted"),
        pytest.param([("净网", "Net Net")], 1, 0, id="deprecated"),
        pytest.param([("净网", "")], 1, 0, id="missing"),
        pytest.param([("净网，净网", "Jingwang")], 2, 0.5, id="each occurrence counts"),
        pytest.param([("净网", "Jingwang Jingwang")], 1, 1, id="more do not"),
        pytest.param(
            [("净网", "Jingwang"), ("净网，总局", "no"), ("天气", "Jingwang")],
            3,
            1 / 3,
            id="over all segments",
        ),
    ],
)
def test_accuracy(rows, terms, share):
    measured = measure(*rows)
    assert measured.value == pytest.approx(share)
    assert measured.signature == (
        f"terms:{terms}|glossary:small@1|match:exclusive|version:1"
    )


def test_no_value_without_terms():
    assert measure(("天气", "Jingwang"), ("", "")) is None


def test_the_date_decides_about_old_names():
    rows = [("总局", "State Agency")]
    assert measure(*rows, date="2015").value == 1
    assert measure(*rows, date="2020").value == 0
