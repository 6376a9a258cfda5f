"""Checks: rules that look at pairs of segments and yield problems.

A check knows nothing of files, of reports or of other checks. Add one by adding a
function, or a class if it must see a whole article, with the `check` decorator to a
module of this package. Its docstring becomes its documentation (`newsmt explain`): one
sentence, a paragraph if needed, and lines with `Bad:` and `Good:`, which run as tests.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from toolkit.corpus import Pair, Segment, Span
from toolkit.findings import Finding, Fingerprints, Fix, Severity
from toolkit.registry import Registry
from toolkit.terminology.comparison import TermComparison

WHOLE = Span(0, 0)
"""The span of a problem that stands nowhere: something is missing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check yields; `Check.finding` adds who found it and where that is.

    Attributes:
        segment: Where the fault is, in the source or the target of a pair.
        span: Which part of it.
        message: What is wrong and what would be right, in one sentence.
        severity: How bad it is, if not as bad as the check's faults usually are.
        suggestions: Texts that would repair it, best first.
        concept: Id of the concept, for checks of terms.
        evidence: Where the glossary has it from.
        fix: Whether the first suggestion can be put in for the span.
        side: Which side of the pair `segment` is.
    """

    segment: Segment
    span: Span
    message: str
    severity: Severity | None = None
    suggestions: tuple[str, ...] = ()
    concept: str | None = None
    evidence: str | None = None
    fix: Fix | None = None
    side: str = "target"


class Watch(Protocol):
    """A check at work on one article."""

    def see(self, pair: Pair, terms: TermComparison) -> Iterator[Problem]:
        """Yield the problems of the next pair of the article."""
        ...

    def close(self) -> Iterator[Problem]:
        """Yield what could be known only at the end of the article."""
        ...


CheckFunction = Callable[[Pair, TermComparison], Iterator[Problem]]
Plugin = TypeVar("Plugin", CheckFunction, type[Watch])


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check.

    Attributes:
        code: Short code, never reused.
        name: What users type, the name of the fault.
        severity: How bad its faults usually are.
        category: Path in the MQM typology, https://themqm.org.
        explanation: The whole documentation.
        watch: Starts it on an article.
    """

    code: str
    name: str
    severity: Severity
    category: str
    explanation: str
    watch: Callable[[], Watch]

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.explanation.partition("\n")[0]

    def finding(
        self, problem: Problem, system: str | None, fingerprints: Fingerprints
    ) -> Finding:
        """Complete a problem."""
        segment, span = problem.segment, problem.span
        text = span.cut(segment.text)
        column = None if segment.column is None else segment.column + span.start
        return Finding(
            code=self.code,
            check=self.name,
            severity=problem.severity or self.severity,
            category=self.category,
            file=segment.article.file,
            article=segment.article.id,
            system=system,
            segment=segment.number,
            side=problem.side,
            start=span.start,
            end=span.end,
            line=segment.line,
            column=column,
            end_column=None if column is None else column + span.end - span.start,
            text=text,
            message=problem.message,
            suggestions=problem.suggestions,
            concept=problem.concept,
            evidence=problem.evidence,
            fix=problem.fix,
            fingerprint=fingerprints.make(
                self.code, problem.concept, text, segment.text
            ),
        )


CHECKS: Registry[Check] = Registry("check", __name__)


def check(code: str, severity: Severity, category: str) -> Callable[[Plugin], Plugin]:
    """Register a function or class as a check; `missing_term` is named missing-term."""

    def register(plugin: Plugin) -> Plugin:
        watch: Callable[[], Watch]
        if isinstance(plugin, type):  # noqa: SIM108 (the two have no type in common)
            watch = plugin
        else:
            watch = partial(_EachPair, plugin)
        words = re.findall("[A-Z]?[a-z]+", plugin.__name__)
        name = "-".join(words).lower()
        explanation = inspect.getdoc(plugin) or ""
        CHECKS.add(name, Check(code, name, severity, category, explanation, watch))
        return plugin

    return register


def find_check(name: str) -> Check:
    """Return the check with this code or name."""
    for each in CHECKS.values():
        if name.upper() == each.code:
            return each
    return CHECKS[name]


@dataclass(frozen=True, slots=True)
class _EachPair:
    """A check that looks at one pair at a time."""

    function: CheckFunction

    def see(self, pair: Pair, terms: TermComparison) -> Iterator[Problem]:
        return self.function(pair, terms)

    def close(self) -> Iterator[Problem]:
        return iter(())
