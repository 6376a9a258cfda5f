"""The steps from a text to what is known about it keep order and places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.corpus import Article, Pair, Paragraph, Segment
from toolkit.engines import Hypothesis
from toolkit.errors import AlignmentError, UnknownNameError
from toolkit.findings import Severity
from toolkit.metrics import METRICS, Sample
from toolkit.pipeline import (
    Scorer,
    examine,
    pair_up,
    select_checks,
    targets_only,
    translate,
)
from toolkit.terminology.comparison import TermComparer

ZH = Article("a", "a.zh.txt", "zh", "2024-05-06")


@dataclass(frozen=True)
class Echo:
    """An engine that marks each source, a window at a time."""

    window: int
    name: str = "echo"
    signature: str = "echo"
    takes_annotations: bool = False

    def translate(self, segments: Iterable[Segment]) -> Iterator[Hypothesis]:
        stream = iter(segments)
        while taken := list(islice(stream, self.window)):
            yield from (Hypothesis(f"<{segment.text}>", -1.0) for segment in taken)


def paragraphs_of(sizes, article=ZH):
    number = 0
    for line, size in enumerate(sizes, 1):
        numbers = range(number + 1, number + size + 1)
        number += size
        segments = tuple(Segment(article, n, f"s{n}", line, n) for n in numbers)
        text = "".join(segment.text for segment in segments)
        yield Paragraph(article, line, text, segments, line)


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(1, 30))
@settings(deadline=None, max_examples=80)
def test_translations_keep_the_order_for_any_window(sizes, window):
    paragraphs = list(paragraphs_of(sizes))
    translations = list(translate(iter(paragraphs), Echo(window)))
    assert [t.paragraph for t in translations] == paragraphs
    for each in translations:
        expected = [f"<{segment.text}>" for segment in each.paragraph.segments]
        assert [hypothesis.text for hypothesis in each.hypotheses] == expected


@given(st.lists(st.integers(1, 4), max_size=8), st.integers(1, 9))
@settings(deadline=None, max_examples=60)
def test_target_segments_stand_where_they_say(sizes, window):
    for each in translate(paragraphs_of(sizes), Echo(window)):
        for pair in each.pairs("a.en.txt"):
            start = pair.target.column - 1
            assert each.text[start:].startswith(pair.target.text)
            assert pair.target.line == each.paragraph.line
            assert pair.target.text == f"<{pair.source.text}>"
            assert pair.target.number == pair.source.number


def test_no_more_is_read_than_the_engine_looks_ahead():
    read = []

    def counted():
        for paragraph in paragraphs_of([2] * 10):
            read.append(paragraph.number)
            yield paragraph

    next(translate(counted(), Echo(4)))
    assert read == [1, 2]


@pytest.mark.parametrize(
    ("texts", "expected", "columns"),
    [
        pytest.param(["A.", "B."], "A. B.", [1, 4], id="a space between"),
        pytest.param(["A.", "", "B."], "A. B.", [1, 4, 4], id="nothing takes no space"),
        pytest.param(["", "B."], "B.", [1, 1], id="nor at the beginning"),
        pytest.param(["", ""], "", [1, 1], id="nothing at all"),
    ],
)
def test_empty_hypotheses(texts, expected, columns):
    class Given(Echo):
        def translate(self, segments):
            yield from (Hypothesis(t) for t, _ in zip(texts, segments, strict=True))

    each = next(translate(paragraphs_of([len(texts)]), Given(1)))
    assert each.text == expected
    assert [pair.target.column for pair in each.pairs("a.txt")] == columns


def test_references_are_taken_in_order():
    references = iter("abc")
    found = [
        pair.reference
        for each in translate(paragraphs_of([1, 2]), Echo(5))
        for pair in each.pairs("a.txt", references)
    ]
    assert found == ["a", "b", "c"]


def lines(file, texts):
    article = Article(file, file, "en")
    for line, text in enumerate(texts, 1):
        segment = Segment(article, line, text, line, 1)
        yield Paragraph(article, line, text, (segment,), line)


def test_pair_up():
    sources, targets = lines("zh", ["甲", "", "丙"]), lines("en", ["A", "", "C"])
    pairs = [(pair.source.text, pair.target.text) for pair in pair_up(sources, targets)]
    assert pairs == [("甲", "A"), ("丙", "C")]


@pytest.mark.parametrize(
    ("sources", "targets"), [(["甲"], ["A", ""]), ("abcde", "ab"), ("ab", "abcde")]
)
def test_files_of_different_length_are_refused(sources, targets):
    counts = f"en: {len(targets)} lines, but zh has {len(sources)} "
    with pytest.raises(AlignmentError, match=counts):
        list(pair_up(lines("zh", sources), lines("en", targets)))


def test_targets_only():
    pairs = list(targets_only(lines("en", ["A", "B"])))
    assert [(pair.target.text, pair.source) for pair in pairs] == [
        ("A", None),
        ("B", None),
    ]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(["TERM001"], [], ["missing-term"], id="by code"),
        pytest.param(["term001"], [], ["missing-term"], id="in small letters"),
        pytest.param(["missing-term"], [], ["missing-term"], id="by name"),
        pytest.param(["TERM002", "TERM001"], ["TERM002"], ["missing-term"], id="but"),
        pytest.param(["TERM001"] * 2, [], ["missing-term"], id="once"),
        pytest.param(["TERM001"], ["missing-term"], [], id="nothing is left"),
    ],
)
def test_select_checks(select, ignore, expected):
    assert [check.name for check in select_checks(select, ignore).checks] == expected


def test_without_names_all_checks_run_in_the_order_of_codes():
    codes = [check.code for check in select_checks().checks]
    assert codes == sorted(codes)
    assert {"TERM001", "TERM002", "TERM003", "TERM004"} <= set(codes)


@pytest.mark.parametrize("names", [{"select": ["TERM999"]}, {"ignore": ["nothing"]}])
def test_an_unknown_check_lists_the_known_ones(names):
    with pytest.raises(UnknownNameError, match=r"unknown check .* \(known: .*missing-"):
        select_checks(**names)


def pairs_of(*texts, article=None):
    article = article or Article("a", "a.txt", "en")
    for number, text in enumerate(texts, 1):
        yield Pair(Segment(article, number, text, number, 1))


def codes(examined):
    return [[finding.code for finding in each.findings] for each in examined]


def test_findings_come_with_their_pair(glossary):
    pairs = pairs_of("The Clear and Bright drive.", "Fine.", "Clear and Bright again.")
    found = codes(examine(pairs, TermComparer(glossary), select_checks()))
    assert found == [["TERM002"], [], ["TERM002"]]


def test_what_the_whole_article_shows_comes_with_its_last_pair(glossary):
    pairs = pairs_of("The Surf Squad came.", "The Wave Team went.", "Fine.")
    examined = list(examine(pairs, TermComparer(glossary), select_checks()))
    assert codes(examined) == [[], [], ["TERM003"]]
    assert examined[-1].findings[0].segment == 1


def test_articles_do_not_see_each_other(glossary):
    first = pairs_of("The Surf Squad came.", article=Article("a", "a.txt", "en"))
    second = pairs_of("The Wave Team went.", article=Article("b", "b.txt", "en"))
    pairs = [*first, *second]
    assert codes(examine(pairs, TermComparer(glossary), select_checks())) == [[], []]


def test_the_level_leaves_out_what_is_less(glossary):
    selection = select_checks(level=Severity.ERROR)
    pairs = pairs_of("The Surf Squad came.", "The Wave Team went. Clear and Bright.")
    found = codes(examine(pairs, TermComparer(glossary), selection))
    assert found == [[], ["TERM002"]]


def test_equal_faults_have_different_fingerprints_and_keep_them(glossary):
    def fingerprints(*texts):
        examined = examine(pairs_of(*texts), TermComparer(glossary), select_checks())
        return [f.fingerprint for each in examined for f in each.findings]

    bad = "The Clear and Bright drive."
    first, second = fingerprints(bad, bad)
    assert first != second
    assert fingerprints("Fine.", bad, "Also fine.", bad) == [first, second]


def test_scorer_leaves_out_what_metrics_cannot_measure():
    scorer = Scorer(("bleu", "term_accuracy"), "g@1")
    scorer.add(Sample("The cat sat on the mat.", "The cat sat on the mat."))
    scorer.add(Sample("No reference."))
    scores = scorer.scores("one")
    assert [(s.system, s.metric, s.level) for s in scores] == [
        ("one", "bleu", "corpus")
    ]
    assert scores[0].value == pytest.approx(100)


def test_scorer_without_names_takes_all_metrics():
    scorer = Scorer((), "g@1")
    scorer.add(Sample("The cat sat on the mat.", "The cat sat on the mat."))
    expected = [name for name in METRICS if METRICS[name].needs_reference]
    assert [score.metric for score in scorer.scores("one")] == expected


def test_an_unknown_metric_lists_the_known_ones():
    with pytest.raises(UnknownNameError, match=r"unknown metric 'blue' .known: bleu"):
        Scorer(["blue"], "")
