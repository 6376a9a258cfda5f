"""Reports: one model of what is known, shown in several forms.

`check`, `score`, `run` and `report` all end here. A renderer takes a report and writes
it to a stream; it may look at the segments once, from beginning to end, for there can
be more of them than fit in memory. Add a form by adding a module that registers a
renderer under the name users type after `--format`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from toolkit.corpus import Pair
from toolkit.findings import Finding, Score, Severity
from toolkit.metrics import METRICS
from toolkit.registry import Registry


class Content(StrEnum):
    """What a report is about."""

    FINDINGS = "findings"
    SCORES = "scores"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Report:
    """What is known about translations.

    Attributes:
        content: What it is about.
        title: What was looked at, in a few words.
        facts: Label and value of what a reader should know first: engine, glossary.
        scores: The scores.
        segments: Each pair with what was found by then, article by article. To be
            consumed once.
        names: The preferred terms of concepts by language: `names["cac"]["zh"]`.
    """

    content: Content
    title: str
    facts: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    segments: Iterable[tuple[Pair, list[Finding]]] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Renderer = Callable[[Report, IO[str]], None]
RENDERERS: Registry[Renderer] = Registry("format", __name__)
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<site>[^/\s]+)\S*")
PLACES = 10
"""How many places of a group are remembered."""


@dataclass(slots=True)
class Group:
    """The findings of one check about one concept.

    Attributes:
        first: The first of them.
        pair: The segment it is in; None if it was found only at the end of the article.
        texts: What stands there, with how often.
        places: The first places, as file:line:column or article#segment.
        count: How many there are.
    """

    first: Finding
    pair: Pair | None
    texts: Counter[str] = field(default_factory=Counter)
    places: list[str] = field(default_factory=list)
    count: int = 0


@dataclass(slots=True)
class Summary:
    """Findings counted by check and concept, in the memory of the groups alone."""

    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    severities: Counter[Severity] = field(default_factory=Counter)
    segments: int = 0

    def add(self, pair: Pair, findings: Iterable[Finding]) -> None:
        """Take in a segment and what was found."""
        self.segments += 1
        for finding in findings:
            self.severities[finding.severity] += 1
            key = (finding.code, finding.concept or finding.text)
            here = pair if pair.target.number == finding.segment else None
            group = self.groups.setdefault(key, Group(finding, here))
            group.count += 1
            group.texts[finding.text] += 1
            if len(group.places) < PLACES:
                group.places.append(place_of(finding))

    def worst_first(self) -> list[Group]:
        """Return the groups by severity, then by how often."""
        return sorted(
            self.groups.values(),
            key=lambda g: (-g.first.severity.rank, -g.count, g.first.code),
        )


def place_of(finding: Finding) -> str:
    """Say where a finding is, as editors understand it."""
    if finding.line and finding.column:
        return f"{finding.file}:{finding.line}:{finding.column}"
    return f"{finding.article}#{finding.segment}"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a term is from, taken apart for showing.

    Attributes:
        level: Level of evidence: A, B or C.
        site: The site of the first source, or the source itself if it is no address.
        address: The address of the first source, or empty.
    """

    level: str
    site: str
    address: str


def basis_of(finding: Finding) -> Basis | None:
    """Return the basis of a finding's term, or None if it has none."""
    if not finding.evidence:
        return None
    level, _, source = finding.evidence.partition(": ")
    found = _ADDRESS.match(source)
    if not found:
        return Basis(level, source, "")
    return Basis(level, found["site"], found[0])


def shown_value(score: Score) -> str:
    """Write a score with as many digits as its scale needs: 0.512 of 1, 48.6 of 100."""
    return f"{score.value:.{3 if METRICS[score.metric].top <= 1 else 1}f}"


def counted(segments: Mapping[Severity, int]) -> str:
    """Write counts of severities, worst first: `2 errors, 1 warning`."""
    parts = []
    for severity in reversed(Severity):
        count = segments.get(severity, 0)
        if count:
            plural = "" if count == 1 or severity is Severity.INFO else "s"
            parts.append(f"{count} {severity}{plural}")
    return ", ".join(parts) or "no findings"
