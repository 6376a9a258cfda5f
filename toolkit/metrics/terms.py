"""Metrics of how well hypotheses follow the glossary."""

from toolkit.metrics import Direction, Sample, Value, metric


@metric("term_accuracy", Direction.HIGHER, top=1, source=True)
class TermAccuracy:
    """Share of the terms in the sources that have an approved rendering.

    From 0 to 1, higher is better. Each occurrence counts; one stretch of the hypothesis
    satisfies one occurrence. References are not looked at, so any text will do. The
    signature has the number of occurrences, without which the value says little.

    Source: exact-match accuracy of Anastasopoulos et al. 2021,
    https://aclanthology.org/2021.wmt-1.69, with exclusive matching.
    """

    def __init__(self, glossary: str) -> None:
        self._glossary = glossary
        self._terms = 0
        self._rendered = 0

    def add(self, sample: Sample) -> None:
        """Count the terms of a segment."""
        uses = sample.terms.uses if sample.terms else ()
        self._terms += len(uses)
        self._rendered += sum(use.rendered is not None for use in uses)

    def value(self) -> Value | None:
        """Return the share, or None if no term occurred."""
        if not self._terms:
            return None
        counts = f"terms:{self._terms}|glossary:{self._glossary}"
        signature = f"{counts}|match:exclusive|version:1"
        return Value(self._rendered / self._terms, signature)
