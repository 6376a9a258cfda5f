"""The steps from a text to what is known about it, each a stream in and a stream out.

This module composes; what is a paragraph, a term, a fault or a score is decided below.
Nothing here holds more than a window of the text.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from toolkit.checks import CHECKS, Check, Problem, Watch, find_check
from toolkit.corpus import Article, Pair, Paragraph, Segment
from toolkit.engines import Engine, Hypothesis
from toolkit.errors import AlignmentError, FileError
from toolkit.findings import Finding, Fingerprints, Score, Severity
from toolkit.formats import Input
from toolkit.metrics import METRICS, Metric, Sample, Tally
from toolkit.terminology.comparison import TermComparer, TermComparison

TARGET = "en"
"""The language of translations."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A paragraph and one hypothesis for each of its segments."""

    paragraph: Paragraph
    hypotheses: tuple[Hypothesis, ...]

    @property
    def text(self) -> str:
        """The translated paragraph: its hypotheses, a space between them."""
        return " ".join(hyp.text for hyp in self.hypotheses if hyp.text)

    def pairs(
        self, file: str, references: Iterator[str] | None = None
    ) -> Iterator[Pair]:
        """Yield each source segment with its hypothesis, placed in `text`.

        Args:
            file: Where the translation is written.
            references: One for each segment of the run, taken as they are needed.
        """
        paragraph = self.paragraph
        article = replace(paragraph.article, file=file, language=TARGET)
        column = 1
        for source, hypothesis in zip(paragraph.segments, self.hypotheses, strict=True):
            place = None if source.column is None else column
            target = Segment(
                article, source.number, hypothesis.text, paragraph.line, place
            )
            reference = next(references) if references else None
            yield Pair(target, source, reference, paragraph.number)
            column += len(hypothesis.text) + bool(hypothesis.text)


@dataclass(frozen=True, slots=True)
class Examined:
    """A pair, its terms, and what was found by then.

    What is found only at the end of an article comes with its last pair, wherever in
    the article it is.
    """

    pair: Pair
    terms: TermComparison
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks to run and which findings to keep.

    Attributes:
        checks: What runs, in the order of their codes.
        level: The least severity that is kept.
    """

    checks: tuple[Check, ...]
    level: Severity = Severity.WARNING


def select_checks(
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    level: Severity = Severity.WARNING,
) -> Selection:
    """Choose checks by code or name; without names, all.

    Raises:
        UnknownNameError: If a name is unknown.
    """
    chosen = [find_check(name) for name in select] or list(CHECKS.values())
    ignored = {find_check(name).code for name in ignore}
    kept = {check.code: check for check in chosen if check.code not in ignored}
    return Selection(tuple(kept[code] for code in sorted(kept)), level)


def translate(paragraphs: Iterable[Paragraph], engine: Engine) -> Iterator[Translation]:
    """Translate paragraphs; the engine looks ahead over as many as it likes."""
    waiting: deque[Paragraph] = deque()

    def segments() -> Iterator[Segment]:
        for paragraph in paragraphs:
            waiting.append(paragraph)
            yield from paragraph.segments

    done: list[Hypothesis] = []
    for hypothesis in engine.translate(segments()):
        done.append(hypothesis)
        if len(done) == len(waiting[0].segments):
            yield Translation(waiting.popleft(), tuple(done))
            done = []


def by_input(
    inputs: Sequence[Input], translations: Iterable[Translation]
) -> Iterator[tuple[Input, Iterator[Translation]]]:
    """Yield each input with its translations, which come in the order of inputs."""
    files = groupby(translations, key=lambda each: each.paragraph.article.file)
    for entry, (_, group) in zip(inputs, files, strict=True):
        yield entry, group


def pair_up(
    sources: Iterable[Paragraph], targets: Iterable[Paragraph]
) -> Iterator[Pair]:
    """Pair files that were read by line; lines blank on both sides are left out.

    Raises:
        AlignmentError: If one has more lines than the other.
        FileError: If an article has more lines on one side than on the other.
    """
    files = ["the source", "the target"]
    both = enumerate(zip_longest(sources, targets))
    for count, (source, target) in both:
        alone = source if target is None else target if source is None else None
        if alone and files[0] == files[1]:
            raise _unequal(alone)
        if source is None or target is None:
            rest = 1 + sum(1 for _ in both)
            counts = [count + rest * (side is not None) for side in (source, target)]
            raise AlignmentError(files[0], counts[0], files[1], counts[1])
        theirs, ours = source.segments[0], target.segments[0]
        files = [theirs.article.file, ours.article.file]
        if (source.line, source.number) != (target.line, target.number):
            raise _unequal(min(source, target, key=lambda side: side.line or 0))
        if ours.text or theirs.text:
            yield Pair(ours, theirs, paragraph=target.number)


def _unequal(paragraph: Paragraph) -> FileError:
    what = f"the two sides of {paragraph.article.id!r} have unequal lines"
    cure = "as many lines on both sides of each article"
    return FileError(paragraph.article.file, what, line=paragraph.line, cure=cure)


def targets_only(paragraphs: Iterable[Paragraph]) -> Iterator[Pair]:
    """Make pairs of the segments of a translation whose source is not at hand."""
    for paragraph in paragraphs:
        for segment in paragraph.segments:
            yield Pair(segment, paragraph=paragraph.number)


def examine(
    pairs: Iterable[Pair],
    comparer: TermComparer,
    selection: Selection,
    *,
    system: str | None = None,
) -> Iterator[Examined]:
    """Compare the terms of each pair and run the checks, article by article."""
    for article, group in groupby(pairs, key=lambda pair: pair.target.article):
        yield from _examine_article(article, group, comparer, selection, system)


class Scorer:
    """Scores one system in one pass."""

    def __init__(self, metrics: Sequence[str], glossary: str) -> None:
        """Start the metrics of these names, or all; `glossary` goes into signatures.

        Raises:
            UnknownNameError: If a name is unknown.
        """
        chosen = [METRICS[name] for name in metrics] or list(METRICS.values())
        self._metrics: list[tuple[Metric, Tally]] = [
            (each, each.start(glossary)) for each in chosen
        ]

    def add(self, sample: Sample) -> None:
        """Take in a segment; metrics that lack something for it leave it out."""
        for each, tally in self._metrics:
            if each.measures(sample):
                tally.add(sample)

    def scores(self, system: str) -> list[Score]:
        """Return the scores of all metrics that had something to measure."""
        values = [(each, tally.value()) for each, tally in self._metrics]
        return [
            Score(system, each.name, "corpus", value.value, value.signature)
            for each, value in values
            if value is not None
        ]


@dataclass(slots=True)
class _ArticleExaminer:
    """The checks at work on one article."""

    selection: Selection
    system: str | None
    watches: list[tuple[Check, Watch]]
    fingerprints: Fingerprints = field(default_factory=Fingerprints)

    def see(self, pair: Pair, terms: TermComparison) -> list[Finding]:
        """Return what is found in the next pair."""
        return self._kept((check, w.see(pair, terms)) for check, w in self.watches)

    def close(self) -> list[Finding]:
        """Return what is found in the article as a whole."""
        return self._kept((check, watch.close()) for check, watch in self.watches)

    def _kept(self, found: Iterable[tuple[Check, Iterator[Problem]]]) -> list[Finding]:
        findings = (
            check.finding(problem, self.system, self.fingerprints)
            for check, problems in found
            for problem in problems
        )
        return [f for f in findings if f.severity.reaches(self.selection.level)]


def _examine_article(
    article: Article,
    pairs: Iterable[Pair],
    comparer: TermComparer,
    selection: Selection,
    system: str | None,
) -> Iterator[Examined]:
    watches = [(check, check.watch()) for check in selection.checks]
    examiner = _ArticleExaminer(selection, system, watches)
    last: Examined | None = None
    for pair in pairs:
        if last:
            yield last
        source = pair.source.text if pair.source else None
        terms = comparer.compare(source, pair.target.text, date=article.date)
        last = Examined(pair, terms, examiner.see(pair, terms))
    if last:
        last.findings.extend(examiner.close())
        yield last
