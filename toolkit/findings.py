"""What checks find and what metrics measure, ready to be shown or stored."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from toolkit.corpus import Span


class Severity(StrEnum):
    """How bad a finding is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """A number that grows with how bad it is."""
        return list(Severity).index(self)

    def reaches(self, level: "Severity") -> bool:
        """Whether this is as bad as `level` or worse."""
        return self.rank >= level.rank


class Fix(StrEnum):
    """Whether a suggestion may be put in without a look."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one segment, with all that is needed to find and judge it.

    Attributes:
        code: Code of the check, never reused; `check` is its name.
        category: Path in the MQM typology, https://themqm.org.
        file: File of the segment, as the user named it.
        article: Id of the article.
        system: What translated it, or None if unknown.
        segment: Number of the segment in the article, from 1.
        side: `target` or `source`: the text that start and end count in.
        start: First code point of the fault in the segment's text.
        end: Code point after the last one.
        line: Line in the file, from 1; None where a file has no lines.
        column: Code point in that line, from 1; None as above.
        end_column: Column after the last one.
        text: What stands there.
        message: What is wrong and what would be right, in one sentence.
        suggestions: Texts that would repair it, best first.
        concept: Id of the glossary concept, or None.
        evidence: Where the glossary has it from, or None.
        fix: Whether the first suggestion can be put in; None if it cannot.
        fingerprint: Stays the same while the text does, wherever it moves to.
    """

    code: str
    check: str
    severity: Severity
    category: str
    file: str
    article: str
    system: str | None
    segment: int
    side: str
    start: int
    end: int
    line: int | None
    column: int | None
    end_column: int | None
    text: str
    message: str
    suggestions: tuple[str, ...]
    concept: str | None
    evidence: str | None
    fix: Fix | None
    fingerprint: str

    @property
    def span(self) -> Span:
        """Where in the segment's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a metric for one system.

    Attributes:
        system: Name of the system.
        metric: Name of the metric.
        level: What was measured: `corpus`.
        value: The score, in the range and direction of its metric.
        signature: All that a reader needs to compute the same value again.
        low: Lower end of the 95 % confidence interval; None if it was not estimated.
        high: Upper end.
    """

    system: str
    metric: str
    level: str
    value: float
    signature: str
    low: float | None = None
    high: float | None = None


class Fingerprints:
    """Makes fingerprints that tell equal faults in equal segments apart by order."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def make(self, *parts: str | None) -> str:
        """Hash `parts` and how many equals came before; 16 hexadecimal digits."""
        text = "\x1f".join(part or "" for part in parts)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]
        self._seen[digest] += 1
        ordinal = self._seen[digest].to_bytes(4)
        return hashlib.sha256(digest + ordinal).hexdigest()[:16]
