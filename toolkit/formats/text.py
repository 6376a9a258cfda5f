"""Plain text: one paragraph on each line; blank lines stay where they are."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.corpus import Article, Paragraph
from toolkit.files import bare, read_lines, written
from toolkit.formats import FORMATS, Input, ParagraphMaker, Reading


class Text:
    """A file is one article, a line is a paragraph."""

    suffixes = (".txt", ".text")

    def read(self, entry: Input, reading: Reading) -> Iterator[Paragraph]:
        """Yield a paragraph for each line that is not blank."""
        article = Article(entry.id, str(entry.path), reading.language)
        maker = ParagraphMaker(article, reading)
        number = 0
        for line, text in enumerate(read_lines(entry.path, reading.encoding), 1):
            if reading.by_line or not _blank(text):
                number += 1
                yield maker.make(number, text.removesuffix("\n"), line=line, column=1)

    def rewrite(
        self, entry: Input, reading: Reading, texts: Iterator[str], target: Path
    ) -> None:
        """Write one line for each line, with the line ends of the original."""
        with written(target) as stream:
            for line in read_lines(entry.path, reading.encoding):
                if reading.by_line or not _blank(line):
                    body = bare(line)
                    stream.write(next(texts) + line[len(body) :])
                else:
                    stream.write(line)

    def translated(self, entry: Input, article: Article) -> Path:  # noqa: ARG002
        """Return the one file there is."""
        return entry.relative


def _blank(line: str) -> bool:
    return not line.strip()


FORMATS.add("text", Text())
