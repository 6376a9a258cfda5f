"""TMX, the exchange of translation memories: read only.

Each `tu` becomes a concept, each `tuv` a term: the first of a language is preferred,
the others are admitted. The id is the `tuid`, or `tmx_` and the number of the `tu`. A
`prop` of the type domain or definition belongs to the concept and one of the type
status, source or pos to the term if it stands in the `tuv`, `x-` before it or not.
Every other `prop` is a note, `type: value`, as `note` is. Markup inside a segment is
left out. Not kept: the header, and who changed what and when.

A segment without text is no term. What has only one language is kept as it is.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.cells import concept_of, term_of
from toolkit.formats.glossary.xml import (
    add_statuses,
    entries,
    error_at,
    facts,
    line_of,
    local_name,
    normal_language,
    tag_of,
    text_of,
)
from toolkit.terminology.glossary import Concept, Glossary, Status

if TYPE_CHECKING:
    from lxml.etree import _Element

_CODES = ("bpt", "ept", "it", "ph", "ut")
"""Elements that hold markup of the translated document, not its text."""
_CONCEPT_COLUMNS = {"domain": "domain", "definition": "definition"}
_TERM_COLUMNS = {
    **{name: name for name in ("status", "source", "pos")},
    "administrativestatus": "status",
    "partofspeech": "pos",
}
_VALUES: dict[str, tuple[str, ...]] = {
    "status": tuple(status.value for status in Status),
    "pos": ("noun", "proper noun", "verb", "adjective", "phrase"),
}


def load(path: Path) -> Glossary:
    """Read a file; raise `FileError` at the first place that is not as it should be."""
    concepts: dict[str, Concept] = {}
    for number, unit in enumerate(entries(path, ("tmx",), ("tu",)), 1):
        concept = _concept(path, unit, number)
        if concept.id in concepts:
            raise error_at(path, unit, f"tuid {concept.id!r} again", "an id of its own")
        concepts[concept.id] = concept
    return Glossary(concepts)


def _concept(path: Path, unit: "_Element", number: int) -> Concept:
    id_ = unit.get("tuid", "").strip() or f"tmx_{number}"
    cells = _cells(unit, _CONCEPT_COLUMNS)
    rows: list[tuple[int, dict[str, str]]] = []
    for variant in unit:
        if local_name(variant) == "tuv":
            row = _row(path, variant)
            if row["term"]:
                rows.append((line_of(variant), row))
    if not rows:
        raise error_at(path, unit, f"no text in {id_!r}", "a <seg> with text")
    line = line_of(unit)
    concept = concept_of(path, line, cells | {"concept": id_})
    add_statuses([row for _, row in rows])
    terms = (term_of(path, line, row | {"concept": id_})[1] for line, row in rows)
    return replace(concept, terms=tuple(terms))


def _row(path: Path, variant: "_Element") -> dict[str, str]:
    """Return the cells of a term; the text may be empty, the status missing."""
    tag = tag_of(path, variant)
    segments = [each for each in variant if local_name(each) == "seg"]
    if len(segments) != 1:
        what = f"{len(segments)} segments in a <tuv>"
        raise error_at(path, variant, what, "one <seg>")
    row = _cells(variant, _TERM_COLUMNS)
    row |= {"language": normal_language(tag), "term": text_of(segments[0], _CODES)}
    if tag != row["language"]:
        row["note"] = "; ".join(filter(None, (row["note"], f"xml:lang: {tag}")))
    return row


def _cells(element: "_Element", columns: dict[str, str]) -> dict[str, str]:
    """Read what `prop` and `note` say of one level."""
    cells: dict[str, str] = {}
    notes: list[str] = []
    for fact in facts(element, ("tuv", "seg")):
        column = columns.get(fact.category.lower().removeprefix("x-"), "")
        known = _VALUES.get(column, (fact.text,))
        if column and column not in cells and fact.text in known:
            cells[column] = fact.text
        else:
            notes.append(fact.text if fact.category == "note" else str(fact))
    return cells | {"note": "; ".join(notes)}


GLOSSARY_FORMATS.add("tmx", GlossaryFormat((".tmx",), load=load))
