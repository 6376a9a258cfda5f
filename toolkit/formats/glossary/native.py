r"""The native glossary: tab-separated files that a spreadsheet or an editor can open.

`<domain>.tsv` has one term on each row, rows of a concept together; what belongs to the
concept as a whole stands in `concepts.tsv` beside it. UTF-8, lines end at a line feed,
cells at a tab, there is no quoting, the header says which columns there are:

    concept language term status kind pos case valid_from valid_to when source
    evidence note
    concept domain enforce definition note

Only the first four are needed. `when` is `name=value;...`, alternatives in a value
stand between bars: `followed_by=行动|专项行动;quoted=yes`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from toolkit.errors import FileError
from toolkit.files import read_lines, staging, unwritable
from toolkit.formats.glossary import GLOSSARY_FORMATS, NATIVE, GlossaryFormat
from toolkit.formats.glossary.bilingual import Losses
from toolkit.formats.glossary.cells import (
    COLUMNS,
    CONCEPT_COLUMNS,
    REQUIRED,
    concept_cells,
    concept_of,
    term_cells,
    term_of,
)
from toolkit.terminology.glossary import Concept, Glossary, Term, collecting_later

CONCEPTS = "concepts.tsv"
_STRAY = re.compile(r"(?:\A|\t)[^\S\t]|[^\S\t](?:\t|\Z)")
_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST_NAME = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term and where it stands."""

    path: Path
    line: int
    concept: str
    term: Term


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept without its terms, and where it stands."""

    path: Path
    line: int
    concept: Concept


def term_files(path: Path) -> list[Path]:
    """Return the files with terms that `path`, a file or a folder, stands for."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.glob("*.tsv") if file.name != CONCEPTS)
    if not found:
        raise FileError(path, "no glossary in it", cure="a folder with .tsv files")
    return found


def glossary_files(path: Path) -> list[Path]:
    """Return all files that `path` stands for: those with terms and `concepts.tsv`."""
    files = term_files(path)
    concepts = files[0].with_name(CONCEPTS)
    return [*files, concepts] if concepts.exists() else files


def load(path: Path) -> Glossary:
    """Read a file, or all files of a folder; raise `FileError` at the first bad row."""
    files = term_files(path)
    known = read_concept_rows(files[0].with_name(CONCEPTS))
    concepts = {row.concept.id: row.concept for row in known}
    terms: dict[str, list[Term]] = {}
    with collecting_later():
        for file in files:
            for row in read_term_rows(file):
                terms.setdefault(row.concept, []).append(row.term)
        return Glossary(
            {
                id_: replace(concepts[id_], terms=tuple(found))
                if id_ in concepts
                else Concept(id_, tuple(found))
                for id_, found in terms.items()
            }
        )


def read_concept_rows(path: Path) -> list[ConceptRow]:
    """Read `concepts.tsv`; a glossary may do without, then there are none."""
    return list(raising(concept_rows_and_errors(path)))


def concept_rows_and_errors(path: Path) -> Iterator[ConceptRow | FileError]:
    """Read `concepts.tsv`; what is wrong with a row comes in its place."""
    if path.exists():
        yield from _read_rows(
            path, CONCEPT_COLUMNS, required=("concept",), make=_concept
        )


def read_term_rows(path: Path) -> Iterator[TermRow]:
    """Read the terms of one file, raising `FileError` at the first bad row."""
    return raising(term_rows_and_errors(path))


def term_rows_and_errors(path: Path) -> Iterator[TermRow | FileError]:
    """Read the terms of one file; what is wrong with a row comes in its place."""
    return _read_rows(path, COLUMNS, required=REQUIRED, make=_term)


def raising(rows: Iterable[T | FileError]) -> Iterator[T]:
    """Yield rows until there is an error; raise that."""
    for row in rows:
        if isinstance(row, FileError):
            raise row
        yield row


def _read_rows(
    path: Path,
    columns: tuple[str, ...],
    *,
    required: tuple[str, ...],
    make: Callable[[Path, int, dict[str, str]], T],
) -> Iterator[T | FileError]:
    # All at once: an error keeps this frame, and with it an open file, alive.
    lines = enumerate(list(read_lines(path)), 1)
    first = next(lines, (1, ""))[1]
    if first.endswith("\r\n"):
        cure = "save with line feeds alone"
        raise FileError(path, "lines that end with CR LF", line=1, cure=cure)
    header = first.removesuffix("\n").split("\t")
    _check_header(path, header, columns, required)
    for number, line in lines:
        try:
            cells = _cells(path, number, line, header)
            yield make(path, number, cells)
        except FileError as error:
            yield error


def _check_header(
    path: Path, header: list[str], columns: tuple[str, ...], required: tuple[str, ...]
) -> None:
    known = "columns: " + " ".join(columns)
    if header == [""]:
        raise FileError(path, "no header", line=1, cure=known)
    for name in header:
        if name not in columns:
            raise FileError(path, f"unknown column {name!r}", line=1, cure=known)
        if header.count(name) > 1:
            raise FileError(path, f"column {name!r} twice", line=1, cure=known)
    for name in required:
        if name not in header:
            raise FileError(path, f"no column {name!r}", line=1, cure=known)


def _cells(path: Path, number: int, line: str, header: list[str]) -> dict[str, str]:
    line = line.removesuffix("\n")
    cells = line.split("\t")
    if len(cells) != len(header):
        what = f"{len(cells)} cells"
        cure = f"{len(header)}, one for each column, with a tab between them"
        raise FileError(path, what, line=number, cure=cure)
    if _STRAY.search(line):
        name, cell = next(
            (n, c) for n, c in zip(header, cells, strict=True) if c != c.strip()
        )
        what = f"white space around the {name} {cell!r}"
        raise FileError(path, what, line=number, cure=repr(cell.strip()))
    return dict(zip(header, cells, strict=True))


def _concept(path: Path, line: int, cells: dict[str, str]) -> ConceptRow:
    return ConceptRow(path, line, concept_of(path, line, cells))


def _term(path: Path, line: int, cells: dict[str, str]) -> TermRow:
    return TermRow(path, line, *term_of(path, line, cells))


def save(glossary: Glossary, path: Path) -> list[str]:
    """Write a glossary and return what could not be held: concepts without terms.

    A path that ends in `.tsv`, or is a file, becomes one file of terms, with
    `concepts.tsv` beside it as far as there is something to say; rows of other concepts
    there stay. Any other path becomes a folder with one file for each domain; concepts
    without one are in `terms.tsv`. Reading gives the same glossary again, from a folder
    in the order of its files.

    Raises:
        FileError: If a cell cannot hold a text, or something else would be changed that
            is there already. Nothing is written then.
    """
    losses = Losses()
    for concept in glossary:
        if not concept.terms:
            losses.add("concepts without terms", concept.id)
    named = [concept for concept in glossary if concept.terms]
    is_file = path.is_file() or (path.suffix.lower() == ".tsv" and not path.is_dir())
    files = _one_file(path, named) if is_file else _folder(path, named)
    folder = path.parent if is_file else path
    try:
        with staging(folder) as temporary:
            for name, text in files.items():
                (temporary / name).write_bytes(text.encode())
    except OSError as error:
        raise unwritable(path, error) from error
    return losses.lines()


def _one_file(path: Path, concepts: list[Concept]) -> dict[str, str]:
    if path.name == CONCEPTS:
        cure = "another name"
        raise FileError(path, "the name of the file with the concepts", cure=cure)
    files = {path.name: _terms_text(path, concepts)}
    beside = path.with_name(CONCEPTS)
    known = {row.concept.id: row.concept for row in read_concept_rows(beside)}
    new = {concept.id: replace(concept, terms=()) for concept in concepts}
    for id_, concept in new.items():
        if known.get(id_, concept) != concept and not path.exists():
            what = f"concept {id_!r} is described in another way there"
            raise FileError(beside, what, cure="write to another folder")
    if known or any(concept != Concept(id_, ()) for id_, concept in new.items()):
        files[CONCEPTS] = _concepts_text(beside, [*(known | new).values()])
    return files


def _folder(path: Path, concepts: list[Concept]) -> dict[str, str]:
    by_name: dict[str, list[Concept]] = {}
    for concept in concepts:
        by_name.setdefault(_file_name(concept.domain), []).append(concept)
    files = {n: _terms_text(path / n, found) for n, found in sorted(by_name.items())}
    strange = sorted({file.name for file in path.glob("*.tsv")} - {CONCEPTS, *files})
    if strange:
        what = f"other terms in it: {strange[0]}"
        raise FileError(path, what, cure="name a new folder")
    files = files or {_file_name(""): _terms_text(path, [])}
    return files | {CONCEPTS: _concepts_text(path / CONCEPTS, concepts)}


def _file_name(domain: str) -> str:
    """Return a name that every file system takes; domains may share one."""
    stem = _UNSAFE.sub("_", domain).strip("_").casefold()[:_LONGEST_NAME]
    return f"{stem if stem not in {'', 'concepts'} else stem + 'terms'}.tsv"


def _terms_text(path: Path, concepts: list[Concept]) -> str:
    rows = (term_cells(path, each.id, term) for each in concepts for term in each.terms)
    return _table(path, COLUMNS, rows)


def _concepts_text(path: Path, concepts: list[Concept]) -> str:
    rows = (concept_cells(path, concept) for concept in concepts)
    return _table(path, CONCEPT_COLUMNS, rows)


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> str:
    lines = ["\t".join(columns)]
    for cells in rows:
        for name, cell in cells.items():
            if "\t" in cell or "\n" in cell or cell != cell.strip():
                of = ", ".join(
                    repr(cells[n]) for n in ("concept", "term") if n in cells
                )
                what = f"the {name} has a tab, a line feed or white space around it"
                cure = "CSV and XLSX can hold it"
                raise FileError(path, f"concept {of}: {what}", cure=cure)
        lines.append("\t".join(cells[name] for name in columns))
    return "\n".join(lines) + "\n"


GLOSSARY_FORMATS.add(NATIVE, GlossaryFormat((".tsv",), load=load, save=save))
