"""One self-contained HTML page: scores, terms, and the articles with faults marked.

No network, no file beside it, and every text escaped: a `<script>` in an article stays
text. A page shows at most `SHOWN` segments; the rest is in the files of the run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import IO

from toolkit.corpus import Pair
from toolkit.findings import Finding, Severity
from toolkit.reports import (
    RENDERERS,
    Content,
    Report,
    Summary,
    basis_of,
    counted,
    shown_value,
)

SHOWN = 2000
_RANK = attrgetter("rank")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `severity` is empty where nothing was found."""

    text: str
    severity: str = ""


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """A segment with its two sides and what was found in it."""

    number: int
    headline: bool
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    reference: str
    findings: tuple[Finding, ...]
    worst: str


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article and what is shown of it."""

    id: str
    date: str
    segments: tuple[ShownSegment, ...]
    findings: int


def render(report: Report, stream: IO[str]) -> None:
    """Write the page."""
    from jinja2 import (  # noqa: PLC0415 (only this form needs it)
        Environment,
        PackageLoader,
        StrictUndefined,
    )

    environment = Environment(
        loader=PackageLoader("toolkit.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    summary = Summary()
    articles = list(_articles(report, summary))
    template = environment.get_template("report.html")
    hidden = summary.segments - sum(len(article.segments) for article in articles)
    for part in template.generate(
        report=report,
        bilingual=any(s.source for article in articles for s in article.segments),
        groups=[(group, basis_of(group.first)) for group in summary.worst_first()],
        summary=summary,
        shown_value=shown_value,
        counts=counted(summary.severities),
        articles=articles,
        has_segments=report.content is not Content.SCORES,
        hidden=hidden,
        severities=[each.value for each in reversed(Severity)],
    ):
        stream.write(part)


def _articles(report: Report, summary: Summary) -> Iterator[ShownArticle]:
    """Yield the articles: for findings alone, only the segments that have some."""
    room = SHOWN
    for (_, id_), group in groupby(report.segments, key=_article):
        pairs: list[Pair] = []
        findings: list[Finding] = []
        for pair, found in group:
            summary.add(pair, found)
            findings += found[: max(0, room * 10 - len(findings))]
            if len(pairs) < room and (found or report.content is Content.RUN):
                pairs.append(pair)
        segments = tuple(_segments(pairs, findings))
        room -= len(segments)
        if segments:
            date = pairs[0].target.article.date
            yield ShownArticle(id_, date, segments, len(findings))


def _article(segment: tuple[Pair, list[Finding]]) -> tuple[str, str]:
    article = segment[0].target.article
    return article.file, article.id


def _segments(
    pairs: Iterable[Pair], findings: Iterable[Finding]
) -> Iterator[ShownSegment]:
    by_segment: dict[int, list[Finding]] = {}
    for finding in findings:
        by_segment.setdefault(finding.segment, []).append(finding)
    for pair in pairs:
        found = by_segment.get(pair.target.number, [])
        worst = max((f.severity for f in found), key=_RANK, default="")
        yield ShownSegment(
            pair.target.number,
            pair.paragraph == 0,
            tuple(_pieces(pair.source.text, found, "source")) if pair.source else (),
            tuple(_pieces(pair.target.text, found, "target")),
            pair.reference or "",
            tuple(found),
            worst,
        )


def _pieces(text: str, findings: list[Finding], side: str) -> Iterator[Piece]:
    """Cut a text at the edges of findings, which may overlap."""
    here = [f for f in findings if f.side == side and f.end > f.start]
    edges = {0, len(text), *(f.start for f in here), *(f.end for f in here)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        over = [f for f in here if f.start <= start and end <= f.end]
        worst = max((f.severity for f in over), key=_RANK, default="")
        yield Piece(text[start:end], worst)


RENDERERS.add("html", render)
