import pytest

from toolkit.findings import Severity
from toolkit.terminology.glossary import (
    Concept,
    Enforce,
    Glossary,
    Kind,
    Rules,
    Status,
    Term,
)

BAD, OLD, ALSO = Status.DEPRECATED, Status.SUPERSEDED, Status.ADMITTED


def zh(text, **more):
    return Term(text, "zh", **more)


def en(text, status=Status.PREFERRED, **more):
    return Term(text, "en", status, **more)


GLOSSARY = Glossary(
    {
        concept.id: concept
        for concept in (
            Concept(
                "qinglang",
                (
                    zh("清朗"),
                    en("Qinglang", evidence="A", source="https://example.org"),
                    en("Clear and Bright", ALSO, evidence="B"),
                    en("Qinglang campaign", kind=Kind.SHORT),
                    en("the “Qinglang” series", ALSO, kind=Kind.FIRST_MENTION),
                    en("Clearness", BAD, rules=Rules(quoted=True)),
                    en("sunny", BAD, rules=Rules(source_only=True)),
                ),
            ),
            Concept(
                "jingwang",
                (zh("净网"), en("Jingwang", evidence="C"), en("Net Net", BAD)),
            ),
            Concept(
                "office",
                (
                    zh("网信办"),
                    en("Cyberspace Office", evidence="A"),
                    en("Net Office", ALSO),
                    en("CYO", kind=Kind.ABBREVIATION),
                    en("COC", ALSO, kind=Kind.ABBREVIATION),
                    en("State Net Office", OLD, valid_to="2018-03"),
                ),
            ),
            Concept(
                "talks",
                (zh("约谈"), en("call in"), en("talk to", ALSO), en("chat up", BAD)),
                enforce=Enforce.ADVISED,
            ),
            Concept("nothing", (zh("无译"), en("vain words", BAD))),
        )
    }
)


@pytest.fixture(scope="module")
def look(find_with):
    """Run the checks; give check, severity and text of what they find."""
    find = find_with(GLOSSARY)

    def found(*rows, **options):
        return [
            (each.check.removesuffix("-term"), each.severity.value, each.text)
            for each in find(*rows, **options)
        ]

    return found


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("清朗", "Qinglang", [], id="preferred"),
        pytest.param("清朗", "Clear and Bright", [], id="admitted"),
        pytest.param("清朗", "It", [("missing", "warning", "清朗")], id="missing"),
        pytest.param("约谈", "It", [("missing", "info", "约谈")], id="only advised"),
        pytest.param(
            "清朗，清朗", "Qinglang", [("missing", "warning", "清朗")], id="once of two"
        ),
        pytest.param(
            "清朗",
            "It is sunny",
            [("deprecated", "error", "sunny")],
            id="wrong instead",
        ),
        pytest.param(
            "净网", "It is sunny", [("missing", "warning", "净网")], id="other"
        ),
        pytest.param(
            "净网",
            "the Net Net",
            [("deprecated", "warning", "Net Net")],
            id="a house choice is a warning",
        ),
        pytest.param(
            "清朗",
            "Qinglang is sunny",
            [],
            id="an ordinary word beside the right term",
        ),
        pytest.param("他来了", "The Net Net", [], id="the source has no such concept"),
        pytest.param(
            "清朗",
            "Sunny, sunny days",
            [("deprecated", "error", "Sunny")],
            id="an ordinary word, once for each occurrence",
        ),
        pytest.param(
            "清朗，清朗",
            "Qinglang is sunny, so sunny",
            [("deprecated", "error", "sunny")],
            id="an ordinary word, where one occurrence lacks a rendering",
        ),
        pytest.param("", "The Net Net", [], id="an empty source has none"),
        pytest.param(
            "无译",
            "vain words",
            [("deprecated", "warning", "vain words")],
            id="no cure",
        ),
    ],
)
def test_with_a_source(source, target, expected, look):
    assert look((source, target)) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("Qinglang", [], id="right"),
        pytest.param("Net Net", [("deprecated", "warning", "Net Net")], id="wrong"),
        pytest.param(
            "NET-NETS began", [("deprecated", "warning", "NET-NETS")], id="other form"
        ),
        pytest.param("with clearness", [], id="an ordinary word"),
        pytest.param(
            "a “Clearness,” again",
            [("deprecated", "error", "Clearness")],
            id="an ordinary word in quotation marks",
        ),
        pytest.param("It is sunny", [], id="a word that needs the source"),
        pytest.param("", [], id="no text"),
    ],
)
def test_without_a_source(target, expected, look):
    assert look((None, target)) == expected


def test_what_a_finding_suggests(find_with):
    find = find_with(GLOSSARY)
    (wrong,) = find((None, "a “Clearness” campaign"))
    assert wrong.suggestions == ("Qinglang", "Qinglang campaign", "Clear and Bright")
    assert wrong.evidence == "A: https://example.org"
    assert wrong.message == "'Clearness' should be 'Qinglang': 清朗"
    (house,) = find((None, "Net Net"))
    assert house.message == "'Net Net' should be 'Jingwang' (house choice): 净网"
    (hopeless,) = find((None, "vain words"))
    assert (hopeless.suggestions, hopeless.fix) == ((), None)
    assert hopeless.message == "'vain words' must not be used: 无译"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        pytest.param("", [("superseded", "error", "State Net Office")], id="no date"),
        pytest.param("2015", [], id="its own time"),
        pytest.param("2018-03-31", [], id="its last month"),
        pytest.param(
            "2018-04-01", [("superseded", "error", "State Net Office")], id="after"
        ),
    ],
)
@pytest.mark.parametrize("source", [None, "网信办"], ids=["alone", "with the source"])
def test_superseded_names(source, date, expected, look):
    assert look((source, "the State Net Office"), date=date) == expected


def test_a_superseded_name_says_until_when(find_with):
    (found,) = find_with(GLOSSARY)((None, "the State Net Office"))
    expected = "was the name until 2018-03, now 'Cyberspace Office': 网信办"
    assert found.message == f"'State Net Office' {expected}"


def test_a_superseded_name_of_another_concept_is_none(look):
    assert look(("清朗", "The State Net Office and Qinglang")) == []


def mixed(text, severity="warning"):
    return [("inconsistent", severity, text)]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param(["Qinglang.", "Qinglang."], [], id="one name"),
        pytest.param(
            ["Clear and Bright. Clear and Bright.", "Qinglang."],
            mixed("Clear and Bright"),
            id="the preferred one should stay",
        ),
        pytest.param(
            ["Clear and Bright, Qinglang, Clear and Bright."],
            mixed("Clear and Bright"),
            id="within a segment, once",
        ),
        pytest.param(
            ["QINGLANG, Qinglang, qinglang's"], [], id="capitals and endings are one"
        ),
        pytest.param(["Cyberspace Office.", "CYO."], [], id="an abbreviation"),
        pytest.param(["CYO.", "COC."], mixed("COC"), id="two abbreviations"),
        pytest.param(["Qinglang.", "Qinglang campaign."], [], id="a short name"),
        pytest.param(["the “Qinglang” series", "Qinglang."], [], id="a first mention"),
        pytest.param(
            ["“Qinglang” (“Clear and Bright”) began.", "Qinglang."],
            [],
            id="a gloss in brackets",
        ),
        pytest.param(
            ["Qinglang 2021 (“Clear and Bright”)."], [], id="a gloss after a year"
        ),
        pytest.param(["Qinglang（Clear and Bright）."], [], id="in wide brackets"),
        pytest.param(["Qinglang [Clear and Bright]."], [], id="in square brackets"),
        pytest.param(["Qinglang【Clear and Bright】."], [], id="in Chinese brackets"),
        pytest.param(
            ["Qinglang (清朗, “Clear and Bright”)."], [], id="in brackets with Chinese"
        ),
        pytest.param(
            ["Clear and Bright (Qinglang)."], [], id="a name in brackets after a gloss"
        ),
        pytest.param(
            ["Qinglang (Jingwang), Clear and Bright."],
            mixed("Clear and Bright"),
            id="no gloss behind a bracket",
        ),
        pytest.param(
            ["Qinglang began (as Clear and Bright)."],
            mixed("Clear and Bright"),
            id="no gloss after words",
        ),
        pytest.param(
            ["They call in, and talk to."],
            mixed("talk to", "info"),
            id="a remark where it is only advised",
        ),
        pytest.param(
            ["Qinglang, Clear and Bright. Cyberspace Office, Net Office."],
            mixed("Clear and Bright") + mixed("Net Office"),
            id="two concepts",
        ),
    ],
)
def test_inconsistent(targets, expected, look):
    assert look(*((None, text) for text in targets)) == expected


def test_without_the_preferred_the_most_frequent_stays(find_with):
    terms = zh("甲乙"), en("one"), en("two", ALSO), en("three", ALSO)
    find = find_with(Glossary({"a": Concept("a", terms)}))
    found = find((None, "Two."), (None, "Three."), (None, "Three."))
    assert [each.text for each in found] == ["Two"]
    assert found[0].suggestions == ("three",)
    assert "one concept in 2 ways: three (2), two (1)" in found[0].message


def test_each_other_rendering_is_reported_at_its_first_place(find_with):
    terms = zh("甲乙"), en("one"), en("two", ALSO), en("three", ALSO)
    find = find_with(Glossary({"a": Concept("a", terms)}))
    found = find((None, "Three, two."), (None, "Two."), (None, "One, three."))
    assert [(each.text, each.segment) for each in found] == [("Three", 1), ("two", 1)]


def test_with_a_source_only_segments_that_name_the_concept_count(look):
    first = ("清朗开始", "Qinglang began.")
    assert look(first, ("清朗结束", "Clear and Bright ended.")) == mixed(
        "Clear and Bright"
    )
    assert look(first, ("天气", "It is Clear and Bright.")) == []


@pytest.mark.parametrize("source", [None, "总署和总局"], ids=["alone", "both named"])
def test_what_another_concept_is_rightly_called_is_no_fault(source, find_with):
    one = Concept("one", (zh("总署"), en("Head Office"), en("Main Bureau", BAD)))
    two = Concept("two", (zh("总局"), en("Main Bureau")))
    find = find_with(Glossary({"one": one, "two": two}))
    assert find((source, "The Head Office and the Main Bureau")) == []


def test_what_another_concept_is_called_is_a_fault_where_that_is_not_named(find):
    found = find(("国务院发布通知。", "The State Department issued a notice."))
    assert [(each.code, each.text) for each in found] == [
        ("TERM002", "State Department")
    ]


def test_terms_that_need_the_source_are_no_rendering(find_with):
    plain = en("walks", ALSO, rules=Rules(source_only=True))
    find = find_with(Glossary({"a": Concept("a", (zh("甲乙"), en("one"), plain))}))
    assert find(("甲乙", "One."), ("甲乙", "Walks.")) == []


def test_findings_reach_their_level(look):
    rows = (("约谈", "It"), ("清朗", "It"), ("清朗", "sunny"))
    assert [each[1] for each in look(*rows)] == ["info", "warning", "error"]
    kept = look(*rows, level=Severity.WARNING)
    assert [each[1] for each in kept] == ["warning", "error"]
