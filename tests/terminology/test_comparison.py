import pytest

from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term

BAD, OLD, ALSO = Status.DEPRECATED, Status.SUPERSEDED, Status.ADMITTED


def zh(text, status=Status.PREFERRED, **more):
    return Term(text, "zh", status, **more)


def en(text, status=Status.PREFERRED, **more):
    return Term(text, "en", status, **more)


def concepts(**terms):
    return Glossary({id_: Concept(id_, tuple(own)) for id_, own in terms.items()})


GLOSSARY = concepts(
    jingwang=[zh("净网"), en("Jingwang"), en("Clean Web", ALSO), en("Net Net", BAD)],
    campaign=[zh("净网行动"), en("Jingwang campaign")],
    police_hotline=[zh("热线"), en("police hotline")],
    office_hotline=[zh("热线"), en("reporting line")],
    agency=[
        zh("总局"),
        en("National Agency", valid_from="2018-03"),
        en("State Agency", OLD, valid_to="2018-03"),
    ],
    talks=[zh("约谈"), en("talks"), en("interview", BAD)],
    nameless=[zh("无名")],
    rumour=[zh("谣言"), en("rumour"), en("drain", BAD, rules=Rules(source_only=True))],
    warned=[
        zh("训诫"),
        en("warning"),
        en("interview", BAD, rules=Rules(source_only=True)),
    ],
    room=[zh("采访间"), en("interview room")],
    alpha=[zh("护苗"), zh("护苗行动"), en("Alpha")],
    beta=[zh("护苗"), en("Beta")],
    no_english=[zh("秋风"), en("Fall Wind", BAD)],
    autumn=[zh("秋风"), en("Qiufeng")],
)


def compare(source, target, **options):
    return TermComparer(GLOSSARY).compare(source, target, **options)


def uses(source, target, date=""):
    """What became of each occurrence: the rendering, or the wrong one with a minus."""
    found = []
    for use in compare(source, target, date=date).uses:
        cut = None
        if use.rendered:
            cut = use.rendered.span.cut(target)
        elif use.instead:
            cut = "-" + use.instead.span.cut(target)
        found.append((use.match.term.text, cut))
    return found


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            "净网开始", "Jingwang began", [("净网", "Jingwang")], id="preferred"
        ),
        pytest.param("净网", "a Clean Web", [("净网", "Clean Web")], id="admitted"),
        pytest.param("净网", "it began", [("净网", None)], id="missing"),
        pytest.param("净网", "Net Net began", [("净网", "-Net Net")], id="deprecated"),
        pytest.param(
            "净网", "Net Net, Jingwang", [("净网", "Jingwang")], id="right beside wrong"
        ),
        pytest.param(
            "净网，净网",
            "Jingwang",
            [("净网", "Jingwang"), ("净网", None)],
            id="one stretch satisfies one occurrence",
        ),
        pytest.param(
            "净网，净网",
            "Clean Web, Jingwang",
            [("净网", "Clean Web"), ("净网", "Jingwang")],
            id="each its own",
        ),
        pytest.param(
            "净网，净网",
            "Net Net, Jingwang",
            [("净网", "Jingwang"), ("净网", "-Net Net")],
            id="one right, one wrong",
        ),
        pytest.param(
            "净网，净网，净网",
            "Net Net, Jingwang",
            [("净网", "Jingwang"), ("净网", "-Net Net"), ("净网", None)],
            id="a wrong one is counted once, too",
        ),
        pytest.param(
            "约谈，净网",
            "Jingwang talks",
            [("约谈", "talks"), ("净网", "Jingwang")],
            id="any order",
        ),
        pytest.param(
            "净网",
            "the Jingwang campaign",
            [("净网", "Jingwang")],
            id="inside a longer approved term",
        ),
        pytest.param(
            "净网行动",
            "the Jingwang campaign",
            [("净网行动", "Jingwang campaign")],
            id="the longer term itself",
        ),
        pytest.param(
            "净网行动，净网",
            "the Jingwang campaign",
            [("净网行动", "Jingwang campaign"), ("净网", None)],
            id="a taken stretch is not taken again in part",
        ),
        pytest.param(
            "热线",
            "the reporting line",
            [("热线", "reporting line")],
            id="second concept",
        ),
        pytest.param(
            "热线",
            "the police hotline",
            [("热线", "police hotline")],
            id="first concept",
        ),
        pytest.param("热线", "a call", [("热线", None)], id="neither concept"),
        pytest.param("无名", "a Jingwang", [], id="nothing to write for it"),
        pytest.param("甲乙", "Jingwang", [], id="no term in the source"),
        pytest.param("谣言", "drains", [("谣言", "-drains")], id="source_only, named"),
        pytest.param(
            "训诫了他",
            "He went to the interview room",
            [("训诫", None)],
            id="a bad word inside another term is none",
        ),
        pytest.param(
            "净网之外，净网行动",
            "Besides, the Jingwang campaign",
            [("净网", None), ("净网行动", "Jingwang campaign")],
            id="terms that stand alone before those inside others",
        ),
        pytest.param(
            "护苗，护苗行动",
            "Alpha and Beta",
            [("护苗", "Beta"), ("护苗行动", "Alpha")],
            id="as many as possible, of concepts with one name",
        ),
        pytest.param(
            "护苗行动，护苗",
            "Beta and Alpha",
            [("护苗行动", "Alpha"), ("护苗", "Beta")],
            id="as many as possible, the other way round",
        ),
        pytest.param(
            "秋风", "Qiufeng", [("秋风", "Qiufeng")], id="the first has no English"
        ),
        pytest.param("秋风", "It", [("秋风", None)], id="the first has none, missing"),
    ],
)
def test_uses(source, target, expected):
    assert uses(source, target) == expected


@pytest.mark.parametrize(
    ("target", "date", "expected"),
    [
        pytest.param("State Agency", "2015", "State Agency", id="old name, old text"),
        pytest.param("State Agency", "2020", "-State Agency", id="old name, new text"),
        pytest.param("State Agency", "", "-State Agency", id="old name, no date"),
        pytest.param("National Agency", "2020", "National Agency", id="new name"),
        pytest.param("National Agency", "", "National Agency", id="new name, no date"),
        pytest.param("National Agency", "2015", "National Agency", id="too new a name"),
    ],
)
def test_names_are_judged_by_the_date(target, date, expected):
    assert uses("总局", target, date) == [("总局", expected)]


def test_wanted_terms_are_the_allowed_ones_preferred_first():
    (use,) = compare("净网", "").uses
    assert [term.text for term in use.wanted] == ["Jingwang", "Clean Web"]


@pytest.mark.parametrize(
    ("source", "date", "expected"),
    [
        pytest.param("总局", "2015", ["State Agency"], id="the name of the time"),
        pytest.param("总局", "2020", ["National Agency"], id="the name of today"),
        pytest.param("总局", "", ["National Agency"], id="no date"),
        pytest.param("秋风", "", ["Qiufeng"], id="of the first concept that has one"),
    ],
)
def test_wanted_names_are_those_of_the_date(source, date, expected):
    (use,) = compare(source, "", date=date).uses
    assert [term.text for term in use.wanted] == expected


def test_both_sides_are_reported():
    compared = compare("净网", "Jingwang talks", date="2020")
    assert [match.concept.id for match in compared.source] == ["jingwang"]
    assert [match.concept.id for match in compared.target] == ["jingwang", "talks"]
    assert compared.has_source
    assert compared.date == "2020"


def test_without_a_source():
    compared = compare(None, "Jingwang drains Net Net")
    assert [match.term.text for match in compared.target] == ["Jingwang", "Net Net"]
    assert compared.source == compared.uses == ()
    assert not compared.has_source


def test_an_empty_source_is_a_source():
    compared = compare("", "drains")
    assert compared.has_source
    assert [match.term.text for match in compared.target] == ["drain"]
