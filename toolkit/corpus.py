"""Texts as everything else reads and passes them on.

A file holds articles, an article holds paragraphs, a paragraph holds segments. They
travel as a stream of paragraphs, each of which knows its article, so that a file of any
size passes through in the memory of one window. Positions are code points of the
original text, half open, counted from zero; lines and columns of a file count from one.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """The code points `text[start:end]` of some text."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """A news article: what its paragraphs have in common.

    Attributes:
        id: Name of the article, unique in a run.
        file: The file it stands in, as the user named it.
        language: Language of its text, a BCP 47 tag.
        date: When it was published: YYYY-MM-DD, YYYY-MM, YYYY, or empty if unknown.
    """

    id: str
    file: str
    language: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence-like unit of text: the unit that is translated, checked and scored.

    Attributes:
        article: The article it belongs to.
        number: Its place in the article, from 1.
        text: The text, not tokenised, without white space around it.
        line: Line of the file it stands in, from 1; None where a file has no lines.
        column: Code point of the line where it begins, from 1; None as above.
    """

    article: Article
    number: int
    text: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article that is segmented and put together as one.

    Attributes:
        article: The article it belongs to.
        number: Its place in the article, from 1; 0 is the headline.
        text: The text as it stands in the file.
        segments: The sentences of the text; what lies between them is white space.
        line: Its line in the file of its translation, from 1; None where that has none.
    """

    article: Article
    number: int
    text: str
    segments: tuple[Segment, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A target segment and, where it is at hand, the source segment behind it.

    Attributes:
        target: A segment of a translation; its text is the hypothesis.
        source: The segment that was translated; None when only the target is known.
        reference: What a translator wrote for the source; None if unknown.
        paragraph: Number of the paragraph in the article; 0 is the headline.
    """

    target: Segment
    source: Segment | None = None
    reference: str | None = None
    paragraph: int = 1
