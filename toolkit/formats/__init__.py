"""File formats: the only modules that know what a file looks like.

A format of articles reads a file as a stream of paragraphs and rewrites it with other
texts in their place, so that names, order, markup and every other field stay as they
are. Which one a file needs is decided here, by its suffix; a folder with `meta.toml` is
a test set. Add a format by adding a module that registers an `ArticleFormat`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from toolkit.corpus import Article, Paragraph, Segment, Span
from toolkit.errors import FileError, ToolkitError
from toolkit.files import STDIN
from toolkit.registry import Registry
from toolkit.segmentation import split_long, split_sentences

TEST_SET = "testset"
TEXT = "text"
META = "meta.toml"
RECORD = "run.json"
"""The file that makes a folder a run."""
_LANGUAGE_TAG = re.compile(r"\.(zh|en)(-[A-Za-z]+)*$")
_LONGEST = {"zh": 250, "en": 1000}
"""Code points after which a sentence is split again, at a clause if it has one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file.

    Attributes:
        language: Language of the side that is read.
        side: Which side that is; decides the columns looked for.
        encoding: Of text files; tables and JSON have their own.
        columns: Names of columns or fields by role: id, title, date, source, target,
            reference. An empty name means there is none.
        by_line: Each line is one segment, blank ones too: for parallel files.
    """

    language: str = "zh"
    side: Literal["source", "target"] = "source"
    encoding: str = "utf-8"
    columns: Mapping[str, str] = field(default_factory=dict)
    by_line: bool = False


class ArticleFormat(Protocol):
    """How to read and rewrite one kind of file."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of its files, small letters, with the full stop."""
        ...

    def read(self, entry: "Input", reading: Reading) -> Iterator[Paragraph]:
        """Yield the paragraphs of a file in order; raise `FileError` where it is bad.

        Paragraphs of white space are left out, unless the file is read by line.
        """
        ...

    def rewrite(
        self, entry: "Input", reading: Reading, texts: Iterator[str], target: Path
    ) -> None:
        """Write the file again at `target`, with `texts` for the paragraphs read."""
        ...

    def translated(self, entry: "Input", article: Article) -> Path:
        """Return the file in which an article's translation stands."""
        ...


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, or a test set.

    Attributes:
        path: Where it is.
        id: Name for its article, or the beginning of it.
        relative: Where its translation goes, below the folder of a run.
        format: Its format.
    """

    path: Path
    id: str
    relative: Path
    format: ArticleFormat

    def read(self, reading: Reading) -> Iterator[Paragraph]:
        """Yield the paragraphs; raise `FileError` if there is no text at all."""
        paragraphs = self.format.read(self, reading)
        first = next(paragraphs, None)
        if first is None:
            raise FileError(self.path, "an empty file", cure="it needs some text")
        yield first
        yield from paragraphs


FORMATS: Registry[ArticleFormat] = Registry("input format", __name__)


def find_inputs(paths: Iterable[Path], input_format: str | None = None) -> list[Input]:
    """Return the files that paths stand for, folders searched in order of names.

    Args:
        paths: Files, folders and test sets.
        input_format: Name of a format for every file; otherwise the suffix decides.

    Raises:
        FileError: If a path does not exist, or a folder has nothing to read.
        ToolkitError: If two files would have their translation in one place, or one
            is named twice.
    """
    found = [entry for path in paths for entry in _expand(path, input_format)]
    places: dict[Path, Path] = {}
    files: set[Path] = set()
    for entry in found:
        other = places.setdefault(entry.relative, entry.path)
        if other is not entry.path:
            message = f"{entry.path} and {other} would both be written as"
            raise ToolkitError(f"{message} {entry.relative} (run them one by one)")
        if entry.path.resolve() in files:
            raise ToolkitError(f"{entry.path} is named twice (name it once)")
        files.add(entry.path.resolve())
        _check_name(entry.path)
    return found


def _check_name(path: Path) -> None:
    """Refuse a name that cannot be written into a report."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        raise FileError(ascii(str(path)), "the name is not UTF-8") from None


def passed_over(paths: Iterable[Path], inputs: Iterable[Input]) -> list[Path]:
    """Return the files in folders that no format reads by their suffix."""
    taken = {entry.path for entry in inputs}
    return [
        file
        for path in paths
        if path.is_dir()
        for file in sorted(path.rglob("*"))
        if file.is_file()
        and not _hidden(file, path)
        and not taken.intersection((file, *file.parents))
    ]


def refuse_standard_input(inputs: Iterable[Input]) -> None:
    """Refuse `-` where a file is read twice, to be read and to be written again.

    Raises:
        FileError: If it is among the inputs.
    """
    for entry in inputs:
        if entry.path == STDIN:
            raise FileError(STDIN, "standard input cannot be read twice", cure="a file")


def refuse_inside(paths: Iterable[Path], out: Path) -> None:
    """Refuse a folder for results inside a folder that is read.

    Raises:
        FileError: If the next run would read the results of this one.
    """
    for path in paths:
        if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            what = f"lies in the folder that is read, {path}"
            raise FileError(out, what, cure="name a folder elsewhere with -o")
        if (out / RECORD).exists() and path.resolve().is_relative_to(out.resolve()):
            what = f"is the run that {path} belongs to"
            raise FileError(out, what, cure="name a folder elsewhere with -o")


def is_test_set(path: Path) -> bool:
    """Whether a path is the folder of a test set."""
    return (path / META).is_file()


def article_id(relative: Path) -> str:
    """Name an article after its file: `2024/a.zh.txt` is `2024/a`."""
    bare = relative.with_suffix("")
    return _LANGUAGE_TAG.sub("", bare.as_posix())


def _expand(path: Path, input_format: str | None) -> Iterator[Input]:
    if is_test_set(path):
        name = path.resolve().name
        yield Input(path, name, Path(name), FORMATS[TEST_SET])
    elif (path / RECORD).is_file():
        cure = "name its articles, or use newsmt report"
        raise FileError(path, "the folder of a run", cure=cure)
    elif path.is_dir():
        yield from _folder(path, input_format)
    elif path == STDIN or path.exists():
        relative = Path("stdin" if path == STDIN else path.name)
        yield Input(path, article_id(relative), relative, _format(path, input_format))
    else:
        raise FileError(path, "no such file or folder")


def _folder(folder: Path, input_format: str | None) -> Iterator[Input]:
    count = 0
    sets = {meta.parent for meta in folder.rglob(META) if not _hidden(meta, folder)}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path in sets:
            count += 1
            yield Input(path, relative.as_posix(), relative, FORMATS[TEST_SET])
        elif _is_article(path, relative, input_format) and not (
            sets & set(path.parents)
        ):
            count += 1
            yield Input(
                path, article_id(relative), relative, _format(path, input_format)
            )
    if not count:
        known = " ".join(sorted(s for f in FORMATS.values() for s in f.suffixes))
        raise FileError(folder, "no articles in this folder", cure=f"files {known}")


def _is_article(path: Path, relative: Path, input_format: str | None) -> bool:
    if not path.is_file() or _hidden(path, path.parents[len(relative.parts) - 1]):
        return False
    return bool(input_format) or _by_suffix(path) is not None


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _by_suffix(path: Path) -> ArticleFormat | None:
    for each in FORMATS.values():
        if path.suffix.lower() in each.suffixes:
            return each
    return None


def _format(path: Path, input_format: str | None) -> ArticleFormat:
    if input_format:
        return FORMATS[input_format]
    return _by_suffix(path) or FORMATS[TEXT]


class ParagraphMaker:
    """Makes the paragraphs of one article, counting its segments."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self._reading = reading
        self._count = 0

    def make(
        self,
        number: int,
        text: str,
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> Paragraph:
        """Segment a paragraph that begins at this line and column, if it has one."""
        segments = []
        for start, end in self._spans(text):
            self._count += 1
            place = None if column is None else column + start
            segments.append(
                Segment(self.article, self._count, text[start:end], line, place)
            )
        return Paragraph(self.article, number, text, tuple(segments), line)

    def _spans(self, text: str) -> list[Span]:
        language = self._reading.language
        if self._reading.by_line:
            start = len(text) - len(text.lstrip())
            return [Span(start, max(start, len(text.rstrip())))]
        longest = _LONGEST["zh" if language.startswith("zh") else "en"]
        spans = split_sentences(text, language)
        if all(end - start <= longest for start, end in spans):
            return spans
        return [
            Span(start + a, start + b)
            for start, end in spans
            for a, b in split_long(text[start:end], longest, language)
        ]
