"""Glossaries of OmegaT: source, target and comment, with tabs between them.

UTF-8, in files `.utf8` or `.txt`; lines that begin with `#` are comments. Written are
preferred and admitted terms, one line for each pair, so that OmegaT finds every Chinese
variant; the comment holds definition and notes. Read, lines with one source are one
concept, its first target preferred, the others admitted, and the comment becomes the
note of the target.

OmegaT cannot hold: deprecated and superseded terms, which pair is preferred, that
several sources name one concept, ids, other languages, concepts without Chinese or
English, the same text under two rules, source terms that begin with `#`, line breaks,
kinds, parts of speech, case, dates, rules, sources, evidence, domain and enforce. What
is read from OmegaT's glossaries follows its manual and its reader of such files.
"""

from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import FileError
from toolkit.files import read_lines, written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.bilingual import (
    SOURCE,
    TARGET,
    Losses,
    Pair,
    glossary_of,
    one_line,
    sides,
)
from toolkit.terminology.glossary import Glossary, Status, Term

_ALLOWED = tuple(status for status in Status if status.allowed)
_HELD = ("definitions", "notes on concepts", "notes")
_CELLS = (2, 3)


def load(path: Path) -> Glossary:
    """Read a file; raise `FileError` at the first line that is no pair."""
    glossary = glossary_of(_pairs(path))
    if not glossary:
        raise FileError(path, "no pairs in it", cure="source, tab, target")
    return glossary


def _pairs(path: Path) -> Iterator[Pair]:
    for number, raw in enumerate(read_lines(path), 1):
        line = raw.rstrip("\r\n")
        if not line or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) not in _CELLS or not cells[0] or not cells[1]:
            cure = "source, target and perhaps a comment, with tabs between them"
            raise FileError(path, "no pair of terms", line=number, cure=cure)
        source, target, note = (*cells, "")[:3]
        yield Pair(
            path, number, "", Term(source, SOURCE), Term(target, TARGET, note=note)
        )


def save(glossary: Glossary, path: Path) -> list[str]:
    """Write a file and return what it could not hold."""
    losses = Losses()
    with written(path) as stream:
        for side in sides(glossary, losses, _ALLOWED):
            losses.fields_of(side, _HELD)
            about = (side.concept.definition, side.concept.note)
            for source in side.sources:
                if source.text.startswith("#"):
                    losses.add("source terms that begin with #", source.text)
                    continue
                for target in side.targets:
                    texts = filter(None, (*about, source.note, target.note))
                    comment = one_line(" / ".join(texts), losses)
                    row = (source.text, target.text, comment)
                    stream.write("\t".join(filter(None, row)) + "\n")
    return losses.lines()


GLOSSARY_FORMATS.add("omegat", GlossaryFormat((".utf8", ".txt"), load=load, save=save))
