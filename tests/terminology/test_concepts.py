"""The data of a glossary: statuses, dates, preferred terms, merging."""

import pytest

from toolkit.terminology.glossary import Concept, Glossary, Status, Term, covers, merged


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "date", "expected"),
    [
        pytest.param("2018-03", "", "", True, id="unknown date"),
        pytest.param("", "", "2018", True, id="unknown ends"),
        pytest.param("2018-03-21", "", "2018-03-20", False, id="the day before"),
        pytest.param("2018-03-21", "", "2018-03-21", True, id="the first day"),
        pytest.param("", "2018-03-21", "2018-03-21", True, id="the last day"),
        pytest.param("", "2018-03-21", "2018-03-22", False, id="the day after"),
        pytest.param("2018-03", "", "2018", True, id="a year around the month"),
        pytest.param("2018-03", "", "2017", False, id="the year before"),
        pytest.param("", "2018", "2018-12-31", True, id="within the last year"),
        pytest.param("", "2018", "2019-01", False, id="after the last year"),
        pytest.param("2013", "2018-03", "2018-04", False, id="after the last month"),
    ],
)
def test_covers(valid_from, valid_to, date, expected):
    assert covers(valid_from, valid_to, date) is expected


@pytest.mark.parametrize(
    ("status", "valid_to", "date", "expected"),
    [
        pytest.param(Status.PREFERRED, "", "", True, id="preferred"),
        pytest.param(Status.ADMITTED, "", "2020", True, id="admitted"),
        pytest.param(Status.DEPRECATED, "", "", False, id="deprecated"),
        pytest.param(Status.DEPRECATED, "2018", "2015", False, id="deprecated ever"),
        pytest.param(Status.SUPERSEDED, "2018", "", False, id="superseded, no date"),
        pytest.param(Status.SUPERSEDED, "2018", "2015", True, id="in its own time"),
        pytest.param(Status.SUPERSEDED, "2018", "2019", False, id="after its time"),
        pytest.param(Status.SUPERSEDED, "", "2015", False, id="superseded, no end"),
    ],
)
def test_allowed_on(status, valid_to, date, expected):
    term = Term("SARFT", "en", status, valid_to=valid_to)
    assert term.allowed_on(date) is expected


def test_preferred_terms_come_first():
    terms = (
        Term("Net Net", "en", Status.DEPRECATED),
        Term("Clean Web", "en", Status.ADMITTED),
        Term("净网", "zh"),
        Term("Jingwang", "en"),
    )
    concept = Concept("jingwang", terms)
    texts = [term.text for term in concept.terms_in("en")]
    assert texts == ["Jingwang", "Clean Web", "Net Net"]
    assert concept.preferred("en") == terms[3]
    assert concept.preferred("fr") is None
    assert Concept("none", terms[:2]).preferred("en") is None


def test_names_are_the_preferred_terms():
    terms = (Term("净网", "zh"), Term("Clean Web", "en", Status.ADMITTED))
    glossary = Glossary({"jingwang": Concept("jingwang", terms)})
    assert glossary.names == {"jingwang": {"zh": "净网"}}


def test_merged_keeps_the_place_and_takes_the_later_concept():
    old, new = Concept("a", (Term("old", "en"),)), Concept("a", (Term("new", "en"),))
    other = Concept("b", ())
    glossary = merged([Glossary({"a": old, "b": other}), Glossary({"a": new})])
    assert list(glossary) == [new, other]
