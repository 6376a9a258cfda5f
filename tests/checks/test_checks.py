"""What holds for every check, and how findings are made of what checks yield."""

import re

import pytest

from toolkit.checks import CHECKS, find_check
from toolkit.corpus import Article, Pair, Segment
from toolkit.errors import UnknownNameError
from toolkit.findings import Fingerprints, Severity
from toolkit.pipeline import examine, select_checks
from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term

EXAMPLE = re.compile(r"^(Bad|Good): +(.+?) => (.+)$", re.MULTILINE)
EXAMPLES = [
    pytest.param(name, kind, source, target, id=f"{name} {kind}: {target}")
    for name, check in CHECKS.items()
    for kind, source, target in EXAMPLE.findall(check.explanation)
]


def rows_of(source, target):
    """The rows of an example; segments are divided by bars, - is no source."""
    if source == "-":
        return [(None, text) for text in target.split(" | ")]
    return list(zip(source.split(" | "), target.split(" | "), strict=True))


@pytest.mark.parametrize("name", CHECKS)
def test_documents_itself(name):
    check = CHECKS[name]
    assert re.fullmatch(r"[A-Z][^.]*\.", check.summary), "start with one sentence"
    kinds = {kind for kind, _, _ in EXAMPLE.findall(check.explanation)}
    assert kinds == {"Bad", "Good"}, "show what it finds and what it accepts"
    labels = re.findall(r"^\W*(?:bad|good)\W", check.explanation, re.M | re.I)
    assert len(labels) == len(EXAMPLE.findall(check.explanation)), "a lost example"


@pytest.mark.parametrize("name", CHECKS)
def test_has_a_name_a_code_and_a_category(name):
    check = CHECKS[name]
    assert check.name == name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert re.fullmatch(r"[A-Z]+\d{3}", check.code)
    assert re.fullmatch(r"[a-z-]+(/[a-z-]+)+", check.category), "a path in MQM"


def test_codes_are_unique():
    codes = [check.code for check in CHECKS.values()]
    assert len(codes) >= 4
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("name", "kind", "source", "target"), EXAMPLES)
def test_does_what_it_documents(name, kind, source, target, find):
    rows = rows_of(source, target)
    found = [finding for finding in find(*rows) if finding.check == name]
    assert bool(found) == (kind == "Bad")
    assert found == find(*rows, select=[name]), "no check depends on another"


@pytest.mark.parametrize(("name", "kind", "source", "target"), EXAMPLES)
def test_findings_of_examples_are_complete(name, kind, source, target, find):
    rows = rows_of(source, target)
    for finding in find(*rows):
        check = CHECKS[finding.check]
        text = rows[finding.segment - 1][finding.side == "target"]
        assert (finding.code, finding.category) == (check.code, check.category)
        assert finding.text == finding.span.cut(text) != ""
        assert (finding.column, finding.end_column) == (
            finding.start + 1,
            finding.end + 1,
        )
        assert finding.text in finding.message, f"{name} ({kind}) says what is wrong"
        assert re.fullmatch("[0-9a-f]{16}", finding.fingerprint)


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_article_has_nothing(name, find):
    assert find((None, ""), (None, ""), select=[name]) == []
    assert find(("", ""), select=[name]) == []


@pytest.mark.parametrize(
    "name", ["TERM002", "term002", "deprecated-term"], ids=["code", "small", "name"]
)
def test_find_check(name):
    assert find_check(name) is CHECKS["deprecated-term"]


def test_an_unknown_check_names_the_known():
    with pytest.raises(UnknownNameError) as error:
        find_check("deprecated-tern")
    assert str(error.value).startswith("unknown check 'deprecated-tern' (known: ")
    assert all(name in str(error.value) for name in CHECKS)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param([], [], sorted(c.code for c in CHECKS.values()), id="all"),
        pytest.param(
            ["superseded-term", "TERM001"], [], ["TERM001", "TERM004"], id="by code"
        ),
        pytest.param(["TERM001", "missing-term"], [], ["TERM001"], id="once each"),
        pytest.param(["TERM001", "TERM002"], ["missing-term"], ["TERM002"], id="less"),
    ],
)
def test_select_checks(select, ignore, expected):
    chosen = select_checks(select, ignore).checks
    assert [check.code for check in chosen] == expected


GLOSSARY = Glossary(
    {
        "jingwang": Concept(
            "jingwang",
            (
                Term("净网", "zh"),
                Term("Jingwang", "en", evidence="A", source="page"),
                Term("Clean Web", "en", Status.ADMITTED),
                Term("Net Net", "en", Status.DEPRECATED),
                Term("Clear", "en", Status.DEPRECATED, rules=Rules(source_only=True)),
            ),
        )
    }
)


def test_a_finding_says_all_there_is_to_know(find_with):
    (found,) = find_with(GLOSSARY)(
        (None, "It began."), (None, "The Net Nets."), first_line=7
    )
    assert (found.code, found.check) == ("TERM002", "deprecated-term")
    assert (found.file, found.article, found.system) == ("news.en.txt", "news", None)
    assert (found.segment, found.side, found.line) == (2, "target", 8)
    assert (found.start, found.end, found.text) == (4, 12, "Net Nets")
    assert (found.column, found.end_column) == (5, 13)
    assert found.suggestions == ("Jingwang", "Clean Web")
    assert (found.concept, found.evidence) == ("jingwang", "A: page")
    assert found.fix == "unsafe"


def test_columns_count_from_the_beginning_of_the_segment():
    article = Article("news", "news.en.txt", "en")
    pair = Pair(Segment(article, 1, "😀 Net Net", line=3, column=21))
    (examined,) = examine([pair], TermComparer(GLOSSARY), select_checks())
    (found,) = examined.findings
    assert (found.start, found.line) == (2, 3)
    assert (found.column, found.end_column) == (23, 30)


def test_a_file_without_lines_has_no_columns():
    article = Article("news", "news.parquet", "en")
    pair = Pair(Segment(article, 1, "Net Net"))
    (examined,) = examine([pair], TermComparer(GLOSSARY), select_checks())
    (found,) = examined.findings
    assert (found.line, found.column, found.end_column) == (None, None, None)


def test_a_missing_term_is_found_in_the_source(find_with):
    (found,) = find_with(GLOSSARY)(("今年净网开始。", "It began."))
    assert (found.side, found.file) == ("source", "news.zh.txt")
    assert (found.start, found.end, found.text) == (2, 4, "净网")


def test_the_system_is_in_the_findings():
    article = Article("news", "news.en.txt", "en")
    pair = Pair(Segment(article, 1, "Net Net"))
    examined = examine(
        [pair], TermComparer(GLOSSARY), select_checks(), system="weak-mt"
    )
    assert [f.system for each in examined for f in each.findings] == ["weak-mt"]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        pytest.param(Severity.ERROR, ["TERM002"], id="error"),
        pytest.param(Severity.WARNING, ["TERM001", "TERM002"], id="warning"),
        pytest.param(Severity.INFO, ["TERM001", "TERM002"], id="info"),
    ],
)
def test_levels(level, expected, find_with):
    rows = ("净网", "Net Net"), ("净网", "It began.")
    found = find_with(GLOSSARY)(*rows, level=level)
    assert sorted(finding.code for finding in found) == expected


def test_articles_are_examined_one_by_one():
    def pair(article, number, text):
        return Pair(Segment(Article(article, "all.txt", "en"), number, text))

    mixed = [pair("a", 1, "Jingwang"), pair("a", 2, "Clean Web")]
    apart = [pair("a", 1, "Jingwang"), pair("b", 1, "Clean Web")]
    comparer, selection = TermComparer(GLOSSARY), select_checks()
    found = [len(each.findings) for each in examine(mixed, comparer, selection)]
    assert found == [0, 1], "at the end of the article"
    found = [len(each.findings) for each in examine(apart, comparer, selection)]
    assert found == [0, 0]


class TestFingerprints:
    def prints(self, find, *texts, **options):
        rows = [(None, text) for text in texts]
        return [finding.fingerprint for finding in find(*rows, **options)]

    def test_equal_text_twice_in_a_segment(self, find_with):
        found = self.prints(find_with(GLOSSARY), "Net Net and Net Net.")
        assert len(set(found)) == 2

    def test_equal_segments(self, find_with):
        found = self.prints(find_with(GLOSSARY), "Net Net.", "Net Net.")
        assert len(set(found)) == 2

    def test_stay_when_lines_move(self, find_with):
        find = find_with(GLOSSARY)
        before = self.prints(find, "Net Net.", "A Net Net.")
        after = self.prints(find, "New.", "A Net Net.", "Net Net.", first_line=90)
        assert before == after[::-1]

    def test_change_with_the_segment(self, find_with):
        find = find_with(GLOSSARY)
        assert self.prints(find, "A Net Net.") != self.prints(find, "The Net Net.")

    def test_do_not_depend_on_the_level(self, find_with):
        find = find_with(GLOSSARY)
        rows = ("净网，净网", "Net Net."), ("净网，净网", "Net Net.")
        all_of_them = {f.fingerprint for f in find(*rows)}
        errors = {f.fingerprint for f in find(*rows, level=Severity.ERROR)}
        assert len(errors) == 2
        assert errors < all_of_them

    def test_differ_with_every_part(self):
        parts = [("TERM001", "a", "x", "s"), ("TERM002", "a", "x", "s")]
        parts += [("TERM001", "b", "x", "s"), ("TERM001", None, "x", "s")]
        assert len({Fingerprints().make(*each) for each in parts}) == len(parts)
