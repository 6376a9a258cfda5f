"""Score recorded systems on parallel texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from toolkit.errors import AlignmentError, FileError
from toolkit.files import STDIN, bare, count_lines, read_lines
from toolkit.findings import Score
from toolkit.formats.testset import TestSet
from toolkit.metrics import METRICS, Sample
from toolkit.pipeline import Scorer
from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Texts:
    """Parallel texts: N segments each, in one order.

    Attributes:
        systems: Files of hypotheses by name of the system.
        encoding: Of those files.
        sources: The Chinese, or nothing.
        references: A translator's English, or nothing.
        dates: Dates of the segments' articles, or nothing.
    """

    systems: Mapping[str, Path]
    encoding: str = "utf-8"
    sources: Sequence[str] | None = None
    references: Sequence[str] | None = None
    dates: Sequence[str] | None = None


def from_test_set(test_set: TestSet) -> Texts:
    """Return the texts of a test set and its recorded systems."""
    segments = test_set.segments
    if not test_set.systems:
        cure = "put one in systems/NAME.txt"
        raise FileError(test_set.path, "no recorded systems", cure=cure)
    return Texts(
        test_set.systems,
        sources=[segment.text for segment in segments],
        references=test_set.references,
        dates=[segment.article.date for segment in segments],
    )


def from_files(
    hypotheses: Sequence[Path],
    reference: Path | None,
    source: Path | None,
    encoding: str = "utf-8",
) -> Texts:
    """Read texts with one segment on each line.

    Raises:
        FileError: If a file is bad, or two systems have one name.
        AlignmentError: If one file has more lines than another.
    """
    systems: dict[str, Path] = {}
    for path in hypotheses:
        if path.stem in systems:
            cure = "name the files differently"
            raise FileError(path, f"a second system {path.stem!r}", cure=cure)
        systems[path.stem] = path
    if STDIN in (*hypotheses, reference, source):
        raise FileError(STDIN, "standard input cannot be read twice", cure="a file")
    first = reference or source or hypotheses[0]
    expected = count_lines(first, encoding)
    if not expected:
        raise FileError(first, "an empty file", cure="one segment on each line")
    for path in filter(None, (source, *hypotheses)):
        count = count_lines(path, encoding)
        if count != expected:
            raise AlignmentError(str(first), expected, str(path), count)
    return Texts(
        systems,
        encoding,
        sources=list(_lines(source, encoding)) if source else None,
        references=list(_lines(reference, encoding)) if reference else None,
    )


def score(
    texts: Texts, metrics: Sequence[str], glossary: Glossary, signature: str
) -> Iterator[Score]:
    """Yield the scores of each system, in the order of metrics.

    Raises:
        UnknownNameError: If there is no metric of a name.
        FileError: If a metric was asked for by name that the texts cannot feed.
    """
    _check_needs(texts, metrics)
    comparer = TermComparer(glossary) if texts.sources else None
    for system, path in texts.systems.items():
        scorer = Scorer(metrics, signature)
        rows = zip(
            _lines(path, texts.encoding),
            texts.sources or repeat(None),
            texts.references or repeat(None),
            texts.dates or repeat(""),
            strict=False,
        )
        for hypothesis, source, reference, date in rows:
            terms = None
            if comparer:
                terms = comparer.compare(source, hypothesis, date=date)
            scorer.add(Sample(hypothesis, reference, terms))
        yield from scorer.scores(system)


def _check_needs(texts: Texts, metrics: Sequence[str]) -> None:
    for each in (METRICS[name] for name in metrics):
        if each.needs_reference and texts.references is None:
            raise FileError("--ref", f"{each.name} needs references", cure="--ref REF")
        if each.needs_source and texts.sources is None:
            raise FileError("--src", f"{each.name} needs the sources", cure="--src SRC")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    for line in read_lines(path, encoding):
        yield bare(line)
