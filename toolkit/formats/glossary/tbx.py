"""TBX, the standard for the exchange of term bases (ISO 30042).

Written is TBX-Basic version 3 in the style DCT, read that, its style DCA and TBX-Basic
2008 (`martif`), of whatever dialect:

    concept     conceptEntry with an id      definition   basic:definition
    domain      min:subjectField             note         note
    language    langSec with xml:lang        term         term
    status      min:administrativeStatus     pos          min:partOfSpeech
    kind        basic:termType               source       basic:source

What TBX-Basic has no place for stands in a note for programs, under the names of the
columns and rules of native files, `%` and two digits for what would end a value:

    newsmt: kind=first-mention; valid_from=2018-03; quoted=yes; evidence=A

`place` is the place of a term where languages alternate. A category that we have no
place for becomes a note, `context: ...`; with its language if it stands at a language.
A term without status is preferred if it is the first of its language and none else is,
and admitted otherwise. Not kept: ids of terms, the header and what follows the body.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import FileError
from toolkit.files import written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.cells import (
    concept_cells,
    concept_of,
    term_cells,
    term_of,
)
from toolkit.formats.glossary.xml import (
    MARK,
    Fact,
    add_statuses,
    check_holdable,
    entries,
    error_at,
    escaped,
    facts,
    line_of,
    local_name,
    normal_language,
    own_cells,
    own_note,
    plain,
    tag_of,
    text_of,
)
from toolkit.terminology.glossary import Concept, Glossary, Term

if TYPE_CHECKING:
    from lxml.etree import _Element

Cells = dict[str, str]
_ROOTS, _ENTRIES = ("tbx", "martif"), ("conceptEntry", "termEntry")
_LANGUAGES, _TERMS = ("langSec", "langSet"), ("termSec", "tig", "ntig")
_LEVELS = (*_LANGUAGES, *_TERMS, "term")
_CONCEPT_FIELDS = {"subjectField": "domain", "definition": "definition"}
_TERM_FIELDS = {
    "administrativeStatus": "status",
    "normativeAuthorization": "status",
    "partOfSpeech": "pos",
    "termType": "kind",
    "source": "source",
}
_STATUSES = {
    **{s: s for s in ("preferred", "admitted", "deprecated", "superseded")},
    **dict.fromkeys(("notrecommended", "forbidden"), "deprecated"),
    "obsolete": "superseded",
}
_VALUES = {
    "pos": {p: p for p in ("noun", "verb", "adjective")}
    | {"propernoun": "proper noun"},
    "kind": {
        **{"fullform": "full", "shortform": "short"},
        **dict.fromkeys(("abbreviation", "acronym", "initialism"), "abbreviation"),
    },
    "status": _STATUSES,
}
"""Our cell by column and value, in small letters and bare."""
_INEXACT = ("acronym", "initialism", "notrecommended", "forbidden", "obsolete")
_NOISE = re.compile(r"[\s_-]|term(?=-?admn|$)|admn-?sts$")
_POS = {"": "", **{p: p for p in ("noun", "verb", "adjective")}, "proper noun": "noun"}
_TYPES = {"": "fullForm", "short": "shortForm", "abbreviation": "abbreviation"}
_PLACE = "place"
_NUMBER = re.compile(r"[0-9]{1,9}")
_OF_CONCEPT = ("id", "domain", "enforce", "definition", "note")
_RULES = ("quoted", "followed_by", "not_followed_by", "source_only")
_OF_TERM = (
    *("term", "language", "kind", "pos", "case", "valid_from", "valid_to"),
    *(*_RULES, "source", "evidence", "note", _PLACE),
)
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en"
    xmlns="urn:iso:std:iso:30042:ed-2"
    xmlns:min="http://www.tbxinfo.net/ns/min"
    xmlns:basic="http://www.tbxinfo.net/ns/basic">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>A glossary of newsmt</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
_TAIL = """\
    </body>
  </text>
</tbx>
"""


@dataclass(slots=True)
class _Found:
    """What the elements of one level say: cells, notes, and our note for programs."""

    cells: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    notes: list[str] = field(default_factory=list)
    own: Cells = field(default_factory=dict)

    def filled(self) -> Cells:
        """Return the cells; those of our note replace what it was written for."""
        cells = {name: values[0] for name, values in self.cells.items() if values}
        cells["source"] = " ; ".join(self.cells["source"])
        cells["note"] = "; ".join(dict.fromkeys(self.notes))
        return cells | self.own


def load(path: Path) -> Glossary:
    """Read a file; raise `FileError` at the first place that is not as it should be."""
    concepts: dict[str, Concept] = {}
    for number, entry in enumerate(entries(path, _ROOTS, _ENTRIES), 1):
        concept = _concept(path, entry, number)
        if concept.id in concepts:
            what = f"concept {concept.id!r} again"
            raise error_at(path, entry, what, "an id of its own")
        concepts[concept.id] = concept
    return Glossary(concepts)


def _concept(path: Path, entry: "_Element", number: int) -> Concept:
    found = _read(path, entry, _CONCEPT_FIELDS, _OF_CONCEPT)
    rows: list[tuple[int, Cells]] = []
    for section in _named(entry, _LANGUAGES):
        tag = tag_of(path, section)
        for fact in facts(section, _LEVELS):
            if fact.category == "definition" and not found.cells["definition"]:
                found.cells["definition"].append(fact.text)
            else:
                found.notes.append(
                    str(replace(fact, category=f"{fact.category} ({tag})"))
                )
        for each in _named(section, _TERMS):
            rows.append((line_of(each), _term_row(path, each, tag)))
    cells = found.filled()
    id_ = cells.pop("id", "") or entry.get("id", "").strip() or f"tbx_{number}"
    if not rows:
        what = f"concept {id_!r} has no terms"
        raise error_at(path, entry, what, "add some, or take it out")
    concept = concept_of(path, line_of(entry), cells | {"concept": id_})
    add_statuses([row for _, row in rows])
    rows.sort(key=lambda row: int(row[1].get(_PLACE, "0")))
    terms = (term_of(path, line, row | {"concept": id_})[1] for line, row in rows)
    return replace(concept, terms=tuple(terms))


def _named(parent: "_Element", names: tuple[str, ...]) -> list["_Element"]:
    return [child for child in parent if local_name(child) in names]


def _term_row(path: Path, section: "_Element", tag: str) -> Cells:
    """Return the cells of a term; the status may be missing."""
    found = _read(path, section, _TERM_FIELDS, _OF_TERM)
    terms = [each for each in section.iter() if local_name(each) == "term"]
    if len(terms) != 1 or not text_of(terms[0]):
        what = "no term" if len(terms) < 2 else "two terms in one place"  # noqa: PLR2004
        raise error_at(path, section, what, "one <term> with text")
    if "language" not in found.own and tag != normal_language(tag):
        found.notes.append(f"xml:lang: {tag}")
    row = {"language": normal_language(tag), "term": text_of(terms[0])}
    row |= found.filled()
    rules = (f"{name}={row[name]}" for name in _RULES if name in row)
    row["when"] = ";".join(rules)
    if not _NUMBER.fullmatch(row.get(_PLACE, "0")):
        raise error_at(path, section, f"place {row[_PLACE]!r}", "a number")
    return row


def _read(
    path: Path, element: "_Element", fields: dict[str, str], names: tuple[str, ...]
) -> _Found:
    """Read what the elements of one level say, but not the levels below."""
    found = _Found()
    said = list(facts(element, _LEVELS))
    for fact in said:
        if fact.category == "note" and fact.text.startswith(MARK):
            found.own |= own_cells(path, element, fact.text, names)
    for fact in said:
        if fact.category != "note":
            _sort_in(found, fact, fields.get(fact.category, ""))
        elif not fact.text.startswith(MARK):
            found.notes.append(fact.text)
    return found


def _sort_in(found: _Found, fact: Fact, column: str) -> None:
    """File a fact as the cell of a column, or among the notes."""
    value = fact.text
    if column in _VALUES:
        if column in found.own:
            return
        bare = _NOISE.sub("", fact.text.lower())
        value = _VALUES[column].get(bare, "")
        if bare in _INEXACT:
            found.notes.append(str(fact))
    if column and value and (column == "source" or not found.cells[column]):
        found.cells[column].append(value)
    elif str(fact) not in found.notes:
        found.notes.append(str(fact))


def save(glossary: Glossary, path: Path) -> list[str]:
    """Write a file; return what could not be written: concepts without terms.

    Raises:
        FileError: If the file cannot be written, or XML cannot hold a character.
    """
    empty = [concept.id for concept in glossary if not concept.terms]
    with written(path) as stream:
        stream.write(_HEAD)
        for number, concept in enumerate(glossary, 1):
            if concept.terms:
                stream.writelines(_entry(path, glossary, concept, number))
        stream.write(_TAIL)
    return [f"concepts without terms: {', '.join(empty)}"] if empty else []


def _entry(
    path: Path, glossary: Glossary, concept: Concept, number: int
) -> Iterator[str]:
    cells, own = concept_cells(path, concept), {}
    _check(path, cells, f"concept {concept.id!r}")
    id_ = cells.pop("concept")
    if not _ID.fullmatch(id_):
        own["id"] = id_
        id_ = f"concept_{number}"
        while id_ in glossary.concepts:
            id_ += "_"
    if cells.pop("enforce") != "required":
        own["enforce"] = concept.enforce.value
    yield f'      <conceptEntry id="{escaped(id_)}">\n'
    shown = {
        "min:subjectField": _shown(cells, own, "domain"),
        "basic:definition": _shown(cells, own, "definition"),
        "note": _shown(cells, own, "note"),
    }
    yield from _elements(shown, own, indent=8)
    sections: dict[str, list[tuple[int, Term]]] = {}
    for place, term in enumerate(concept.terms, 1):
        sections.setdefault(term.language, []).append((place, term))
    places = [place for section in sections.values() for place, _ in section]
    torn = places != sorted(places)
    for language, section in sections.items():
        yield f'        <langSec xml:lang="{escaped(language)}">\n'
        for place, term in section:
            place_ = {_PLACE: str(place)} if torn else {}
            yield from _term_section(path, concept.id, term, place_)
        yield "        </langSec>\n"
    yield "      </conceptEntry>\n"


def _term_section(path: Path, concept: str, term: Term, own: Cells) -> Iterator[str]:
    cells = term_cells(path, concept, term)
    of = f"the term {term.text!r} of concept {concept!r}"
    _check(path, cells, of)
    if not plain(term.text):
        raise FileError(path, f"{of} is white space", cure="a word")
    own |= {n: cells[n] for n in ("case", "valid_from", "valid_to") if cells[n]}
    rules = filter(None, cells["when"].split(";"))
    own |= {name: value for name, _, value in (rule.partition("=") for rule in rules)}
    if cells["evidence"]:
        own["evidence"] = cells["evidence"]
    if normal_language(term.language) != term.language:
        own["language"] = term.language
    if cells["kind"] not in _TYPES:
        own["kind"] = cells["kind"]
    pos = _POS.get(cells["pos"], "other")
    if pos != cells["pos"]:
        own["pos"] = cells["pos"]
    shown = {
        "term": _shown(cells, own, "term"),
        "min:administrativeStatus": f"{term.status.value}Term-admn-sts",
        "min:partOfSpeech": pos,
        "basic:termType": _TYPES.get(cells["kind"], "variant"),
        "basic:source": _shown(cells, own, "source"),
        "note": _shown(cells, own, "note"),
    }
    yield "          <termSec>\n"
    yield from _elements(shown, own, indent=12)
    yield "          </termSec>\n"


def _check(path: Path, cells: Cells, of: str) -> None:
    for name, cell in cells.items():
        check_holdable(
            path, cell, of if name in ("term", "concept") else f"the {name} of {of}"
        )


def _shown(cells: Cells, own: Cells, name: str) -> str:
    """Return a cell as an element holds it; what is more goes to our note."""
    shown = plain(cells[name])
    if name == "note" and shown.startswith(MARK):
        shown = ""
    if shown != cells[name]:
        own[name] = cells[name]
    return shown


def _elements(shown: Cells, own: Cells, indent: int) -> Iterator[str]:
    if own:
        shown = shown | {"": own_note(own)}
    for name, text in shown.items():
        if text:
            tag = name or "note"
            yield f"{' ' * indent}<{tag}>{escaped(text)}</{tag}>\n"


GLOSSARY_FORMATS.add("tbx", GlossaryFormat((".tbx",), load=load, save=save))
