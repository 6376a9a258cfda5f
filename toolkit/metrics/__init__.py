"""Metrics: what scores the hypotheses of a system, segment by segment.

A metric states its direction and the top of its scale, which begins at 0, and signs its
value with how it was computed. It takes segments one at a time, so that a run is scored
in one pass. Add one by adding a class with the `metric` decorator to a module of this
package; its docstring becomes its documentation (`newsmt explain`).
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from toolkit.registry import Registry
from toolkit.terminology.comparison import TermComparison


class Direction(StrEnum):
    """Which way a score gets better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Sample:
    """One segment as metrics see it.

    Attributes:
        hypothesis: Detokenised text of the system.
        reference: Detokenised text of a translator; None if there is none.
        terms: The terms of source and hypothesis; None if there is no source.
    """

    hypothesis: str
    reference: str | None = None
    terms: TermComparison | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value and how it was computed."""

    value: float
    signature: str


class Tally(Protocol):
    """A metric at work on one system."""

    def add(self, sample: Sample) -> None:
        """Take in a segment that has what the metric needs."""
        ...

    def value(self) -> Value | None:
        """Return the value over all segments; None if there was nothing to measure."""
        ...


@dataclass(frozen=True, slots=True)
class Metric:
    """A registered metric.

    Attributes:
        name: What users type.
        direction: Which way it gets better.
        top: The value of a perfect system, or of the worst if lower is better.
        needs_reference: Whether it compares with a reference.
        needs_source: Whether it looks at the source.
        explanation: The whole documentation.
        start: Makes a tally; takes the name and hash of the glossary, for signatures.
    """

    name: str
    direction: Direction
    top: float
    needs_reference: bool
    needs_source: bool
    explanation: str
    start: Callable[[str], Tally]

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.explanation.partition("\n")[0]

    def measures(self, sample: Sample) -> bool:
        """Whether a segment has what the metric needs."""
        lacks_reference = self.needs_reference and sample.reference is None
        lacks_source = self.needs_source and not (
            sample.terms and sample.terms.has_source
        )
        return not (lacks_reference or lacks_source)


METRICS: Registry[Metric] = Registry("metric", __name__)
Plugin = TypeVar("Plugin", bound=Callable[[str], Tally])


def metric(
    name: str,
    direction: Direction,
    *,
    top: float = 100,
    reference: bool = False,
    source: bool = False,
) -> Callable[[Plugin], Plugin]:
    """Register a class as the metric called `name`."""

    def register(plugin: Plugin) -> Plugin:
        text = inspect.getdoc(plugin) or ""
        METRICS.add(name, Metric(name, direction, top, reference, source, text, plugin))
        return plugin

    return register
