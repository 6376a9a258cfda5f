from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.terminology.difference import Change, What, differences, keyed, merge
from toolkit.terminology.glossary import (
    Concept,
    Enforce,
    Glossary,
    Kind,
    Rules,
    Status,
    Term,
)

ZH = Term("净网", "zh")
EN = Term("Jingwang", "en")
BAD = Term("Net Net", "en", Status.DEPRECATED, source="ours")
BASE = Concept("jingwang", (ZH, EN, BAD), "campaigns", definition="A campaign.")


def of(*concepts):
    return Glossary({concept.id: concept for concept in concepts})


def with_terms(*terms):
    return replace(BASE, terms=terms)


def shown(old, new):
    return [str(change) for change in differences(of(old), of(new))]


def conflicts(ours, theirs, base=BASE):
    versions = [of(each) if each else of() for each in (base, ours, theirs)]
    return [str(conflict) for conflict in merge(*versions)[1]]


def merged(ours, theirs, base=BASE):
    versions = [of(each) if each else of() for each in (base, ours, theirs)]
    glossary, found = merge(*versions)
    assert not found
    return glossary.concepts.get(BASE.id)


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        pytest.param(BASE, [], id="nothing"),
        pytest.param(with_terms(BAD, EN, ZH), [], id="the order of terms"),
        pytest.param(
            replace(BASE, enforce=Enforce.ADVISED, note="So."),
            [
                "~ jingwang  enforce: 'required' -> 'advised'",
                "~ jingwang  note: '' -> 'So.'",
            ],
            id="fields of a concept",
        ),
        pytest.param(
            with_terms(ZH, replace(EN, exact_case=True, kind=Kind.SHORT), BAD),
            [
                "~ jingwang  en  Jingwang  kind: 'full' -> 'short'",
                "~ jingwang  en  Jingwang  case: '' -> 'exact'",
            ],
            id="fields of a term",
        ),
        pytest.param(
            with_terms(ZH, EN),
            ["- jingwang  en  Net Net  (deprecated)"],
            id="a term removed",
        ),
        pytest.param(
            with_terms(replace(ZH, rules=Rules(quoted=True)), EN, BAD),
            ["~ jingwang  zh  净网  when: '' -> 'quoted=yes'"],
            id="rules of a text that is there once are a field",
        ),
        pytest.param(
            with_terms(ZH, replace(ZH, rules=Rules(followed_by=("a", "b"))), EN, BAD),
            ["+ jingwang  zh  净网  (preferred)"],
            id="rules of a text that is there twice are its name",
        ),
    ],
)
def test_differences(new, lines):
    assert shown(BASE, new) == lines


def test_a_concept_comes_and_goes_with_its_terms():
    other = Concept("qinglang", (Term("清朗", "zh"),))
    assert list(differences(of(BASE), of(other))) == [
        Change(What.REMOVED, "jingwang"),
        Change(What.REMOVED, "jingwang", "zh", "净网", "status", old="preferred"),
        Change(What.REMOVED, "jingwang", "en", "Jingwang", "status", old="preferred"),
        Change(What.REMOVED, "jingwang", "en", "Net Net", "status", old="deprecated"),
        Change(What.ADDED, "qinglang"),
        Change(What.ADDED, "qinglang", "zh", "清朗", "status", new="preferred"),
    ]


def test_every_term_has_a_name_of_its_own():
    (named,) = keyed((ZH, ZH, EN))
    assert list(named.values()) == [ZH, ZH, EN]


NOTED = replace(EN, note="theirs")
SOURCED = replace(EN, source="ours")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param(BASE, with_terms(ZH, NOTED), with_terms(ZH, NOTED), id="theirs"),
        pytest.param(with_terms(ZH, NOTED), BASE, with_terms(ZH, NOTED), id="ours"),
        pytest.param(
            with_terms(ZH, SOURCED, BAD),
            with_terms(ZH, NOTED, BAD),
            with_terms(ZH, replace(SOURCED, note="theirs"), BAD),
            id="two fields of one term",
        ),
        pytest.param(None, BASE, None, id="removed by us"),
        pytest.param(BASE, None, None, id="removed by them"),
        pytest.param(
            replace(BASE, note="same"),
            replace(BASE, note="same"),
            replace(BASE, note="same"),
            id="both did the same",
        ),
        pytest.param(
            with_terms(ZH, EN, BAD, Term("a", "en", Status.ADMITTED)),
            with_terms(ZH, EN, BAD, Term("b", "en", Status.ADMITTED)),
            with_terms(
                *(ZH, EN, BAD),
                *(Term("a", "en", Status.ADMITTED), Term("b", "en", Status.ADMITTED)),
            ),
            id="both added a term",
        ),
    ],
)
def test_merge(ours, theirs, expected):
    assert merged(ours, theirs) == expected


ADMITTED = replace(EN, status=Status.ADMITTED)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param(
            replace(BASE, definition="x"),
            replace(BASE, definition="y"),
            ["! jingwang  definition: ours 'x', theirs 'y'"],
            id="a field of the concept in two ways",
        ),
        pytest.param(
            with_terms(ZH, SOURCED, BAD),
            with_terms(ZH, replace(EN, source="y"), BAD),
            ["! jingwang  en  Jingwang  source: ours 'ours', theirs 'y'"],
            id="a field of a term in two ways",
        ),
        pytest.param(
            with_terms(ZH, BAD),
            with_terms(ZH, NOTED, BAD),
            ["! jingwang  en  Jingwang: ours 'removed', theirs 'changed: note'"],
            id="a term removed and changed",
        ),
        pytest.param(
            with_terms(ZH, NOTED, BAD),
            None,
            ["! jingwang: ours 'changed: Jingwang', theirs 'removed'"],
            id="a concept changed and removed",
        ),
        pytest.param(
            with_terms(ZH, ADMITTED, Term("Ours", "en")),
            with_terms(ZH, ADMITTED, Term("Theirs", "en")),
            ["! jingwang  en  preferred: ours 'Ours', theirs 'Theirs'"],
            id="two terms to write",
        ),
        pytest.param(
            with_terms(ZH, EN),
            with_terms(ZH, replace(BAD, status=Status.PREFERRED)),
            ["! jingwang  en  Net Net: ours 'removed', theirs 'changed: status'"],
            id="one removed, the other chosen",
        ),
    ],
)
def test_conflicts(ours, theirs, expected):
    assert conflicts(ours, theirs) == expected


def test_a_concept_added_twice_and_differently_is_a_conflict():
    ours, theirs = replace(BASE, note="a"), BASE
    assert conflicts(ours, theirs, base=None) == [
        "! jingwang  note: ours 'a', theirs ''"
    ]


TERMS = st.builds(
    Term,
    text=st.sampled_from("abc"),
    language=st.sampled_from(["zh", "en"]),
    status=st.sampled_from(Status),
    note=st.sampled_from(["", "x"]),
    rules=st.sampled_from([Rules(), Rules(quoted=True)]),
)
CONCEPTS = st.builds(
    Concept,
    id=st.sampled_from("pq"),
    terms=st.lists(TERMS, min_size=1, max_size=4).map(tuple),
    note=st.sampled_from(["", "x"]),
)
GLOSSARIES = st.lists(CONCEPTS, max_size=2).map(lambda found: of(*found))


@settings(deadline=None)
@given(GLOSSARIES, GLOSSARIES)
def test_merging_one_side_gives_that_side(base, changed):
    for versions in ((base, changed, base), (base, base, changed)):
        glossary, found = merge(*versions)
        assert not found
        assert not differences(glossary, changed)


@settings(deadline=None)
@given(GLOSSARIES, GLOSSARIES)
def test_nothing_differs_from_itself_and_all_differences_turn_round(old, new):
    assert not differences(old, old)
    forth, back = differences(old, new), differences(new, old)
    assert len(forth) == len(back)
    assert {(c.concept, c.term, c.field, c.old, c.new) for c in forth} == {
        (c.concept, c.term, c.field, c.new, c.old) for c in back
    }


@settings(deadline=None)
@given(GLOSSARIES, GLOSSARIES, GLOSSARIES)
def test_both_sides_have_the_same_conflicts(base, ours, theirs):
    one, two = merge(base, ours, theirs)[1], merge(base, theirs, ours)[1]
    assert {
        (c.concept, c.language, c.term, c.field, c.ours, c.theirs) for c in one
    } == {(c.concept, c.language, c.term, c.field, c.theirs, c.ours) for c in two}
