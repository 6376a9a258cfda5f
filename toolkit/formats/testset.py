"""Test sets: a folder with articles, references, terms and recorded systems.

    meta.toml      name, languages, licence, origin, date; a table for each system
    articles.tsv   article  date  and other columns
    segments.tsv   article  paragraph  source  reference
    glossary.tsv   terms that the shipped glossary does not have (may be missing)
    systems/       hypotheses: NAME.txt, one line for each row of segments.tsv

One row is one segment, so a misaligned set cannot exist. Paragraph 0 is the headline.
Files are tab-separated, without quoting, and end lines at a line feed.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

from toolkit.corpus import Article, Paragraph, Segment
from toolkit.errors import AlignmentError, FileError
from toolkit.files import count_lines, read_lines, read_text, written
from toolkit.formats import FORMATS, META, Input, Reading, is_test_set
from toolkit.terminology.glossary import is_date

_NAME = re.compile(r"\w(?:[\w.-]*\w)?")
"""An article's name is the name of a file."""
_ARTICLES = ("article", "date")
_SEGMENTS = ("article", "paragraph", "source", "reference")
_META = ("name", "source", "target", "licence", "origin", "description")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Articles with reference translations.

    Attributes:
        path: Its folder.
        meta: What `meta.toml` says.
        paragraphs: All paragraphs, article by article, in reading order.
        references: One for each segment, in the same order.
        systems: Files of recorded hypotheses by name of the system.
        glossaries: The file with terms of its own, if it has some.
    """

    __test__: ClassVar[bool] = False  # keeps pytest from collecting the class

    path: Path
    meta: dict[str, Any]
    paragraphs: tuple[Paragraph, ...]
    references: tuple[str, ...]
    systems: dict[str, Path]
    glossaries: tuple[Path, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The source segments, one for each reference."""
        return tuple(seg for par in self.paragraphs for seg in par.segments)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in order."""
        return tuple(dict.fromkeys(par.article for par in self.paragraphs))


def load_test_set(folder: Path) -> TestSet:
    """Read the test set in `folder`.

    Raises:
        FileError: If one of its files is missing or not as described above.
        AlignmentError: If a system does not have one line for each segment.
    """
    meta = _meta(folder / META)
    dates = _dates(folder / "articles.tsv")
    path = folder / "segments.tsv"
    rows = list(_rows(path, _SEGMENTS))
    paragraphs = tuple(_paragraphs(path, rows, dates, meta["source"]))
    references = tuple(cells[3] for _, cells in rows)
    systems = {p.stem: p for p in sorted((folder / "systems").glob("*.txt"))}
    for system in systems.values():
        count = count_lines(system)
        if count != len(rows):
            raise AlignmentError(str(path), len(rows), str(system), count)
    terms = folder / "glossary.tsv"
    own = (terms,) if terms.exists() else ()
    return TestSet(folder, meta, paragraphs, references, systems, own)


def find_test_sets(paths: Iterable[Path]) -> list[Path]:
    """Return the test sets among paths and in the folders among them.

    Raises:
        FileError: If a path is no test set and has none in it.
    """
    found: list[Path] = []
    for path in paths:
        sets = [path] if is_test_set(path) else _sets_in(path)
        if not sets:
            raise FileError(path, "no test set", cure=f"a folder with {META}")
        found += sets
    return found


def _sets_in(folder: Path) -> list[Path]:
    return sorted(meta.parent for meta in folder.glob(f"*/{META}"))


class TestSetFormat:
    """Test sets as a format of articles; a translation is a folder of text files."""

    __test__: ClassVar[bool] = False
    suffixes: tuple[str, ...] = ()

    def read(
        self,
        entry: Input,
        reading: Reading,  # noqa: ARG002 (a test set has its own language and encoding)
    ) -> Iterator[Paragraph]:
        """Yield the paragraphs of the sources."""
        yield from load_test_set(entry.path).paragraphs

    def rewrite(
        self,
        entry: Input,
        reading: Reading,  # noqa: ARG002 (as above)
        texts: Iterator[str],
        target: Path,
    ) -> None:
        """Write one text file for each article, one paragraph on each line."""
        paragraphs = load_test_set(entry.path).paragraphs
        for article, group in groupby(paragraphs, key=lambda par: par.article):
            with written(target / f"{article.id}.txt") as stream:
                for _ in group:
                    stream.write(next(texts) + "\n")

    def translated(self, entry: Input, article: Article) -> Path:
        """Return the text file of the article."""
        return entry.relative / f"{article.id}.txt"


def _meta(path: Path) -> dict[str, Any]:
    try:
        meta = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise FileError(path, f"no TOML: {error}") from error
    for name in _META:
        if not isinstance(meta.get(name), str) or not meta[name]:
            raise FileError(path, f"no {name}", cure=f'{name} = "..."')
    return meta


def _dates(path: Path) -> dict[str, str]:
    dates: dict[str, str] = {}
    for number, (article, date, *_) in _rows(path, _ARTICLES):
        if not is_date(date):
            raise FileError(
                path, f"{date!r} is no date", line=number, cure="YYYY-MM-DD"
            )
        if not _NAME.fullmatch(article):
            cure = "letters, digits, -, _ and . inside"
            raise FileError(path, f"article {article!r}", line=number, cure=cure)
        if article in dates:
            raise FileError(path, f"article {article!r} twice", line=number)
        dates[article] = date
    return dates


def _paragraphs(
    path: Path, rows: list[tuple[int, list[str]]], dates: dict[str, str], language: str
) -> Iterator[Paragraph]:
    done: set[str] = set()
    for id_, group in groupby(rows, key=lambda row: row[1][0]):
        article_rows = list(group)
        line = article_rows[0][0]
        if id_ in done:
            what = f"article {id_!r} is torn apart"
            raise FileError(path, what, line=line, cure="keep its rows together")
        if id_ not in dates:
            raise FileError(path, f"article {id_!r} is not in articles.tsv", line=line)
        done.add(id_)
        article = Article(id_, str(path), language, dates[id_])
        yield from _of_article(path, article, article_rows)


def _of_article(
    path: Path, article: Article, rows: list[tuple[int, list[str]]]
) -> Iterator[Paragraph]:
    number = 0
    paragraphs = groupby(rows, key=lambda row: row[1][1])
    for position, (paragraph, group) in enumerate(paragraphs, 1):
        segments = []
        for line, (_, place, source, *_) in group:
            number += 1
            if not place.isdecimal():
                what = f"paragraph {place!r} is no number"
                raise FileError(path, what, line=line, cure="0 for the headline, 1, 2")
            column = len(article.id) + len(place) + 3
            segments.append(Segment(article, number, source, line, column))
        text = "".join(segment.text for segment in segments)
        yield Paragraph(article, int(paragraph), text, tuple(segments), position)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines; the first cells are those of `columns`."""
    header: list[str] = []
    for number, line in enumerate(read_lines(path), 1):
        cells = line.removesuffix("\n").split("\t")
        if number == 1:
            header = cells
            if tuple(header[: len(columns)]) != columns:
                cure = f"the columns {' '.join(columns)}"
                raise FileError(path, "wrong header", line=1, cure=cure)
        elif len(cells) != len(header) or not all(cells[: len(columns)]):
            cure = f"{len(header)} cells, none of the first {len(columns)} empty"
            raise FileError(path, f"{len(cells)} cells", line=number, cure=cure)
        else:
            yield number, cells
    if not header:
        raise FileError(path, "an empty file", cure=f"columns {' '.join(columns)}")


FORMATS.add("testset", TestSetFormat())
