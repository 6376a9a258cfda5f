"""A native glossary that is being edited, and the edits that can be made.

Nothing is written here; `editing` does that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import FileError
from toolkit.formats.glossary.cells import (
    COLUMNS,
    concept_cells,
    term_cells,
)
from toolkit.formats.glossary.native import CONCEPTS
from toolkit.formats.glossary.sheets import Cells, Place, Sheet, Touched, new_sheet
from toolkit.terminology.difference import keyed
from toolkit.terminology.glossary import Concept, Glossary, Status

_MAIN_KINDS = ("", "full", "do-not-translate")
_DOMAIN = re.compile(r"(?!concepts\Z)\w[\w-]*", re.IGNORECASE)
_NO_DOMAIN = "terms"


@dataclass(slots=True)
class Draft:
    """A native glossary that is being edited.

    Attributes:
        root: The file or folder.
        sheets: The files with terms, in the order of their names.
        concepts: The file with the concepts, if there is one.
    """

    root: Path
    sheets: list[Sheet]
    concepts: Sheet | None

    @property
    def files(self) -> list[Sheet]:
        """All files: that of the concepts first, unless rows of it go.

        Written in this order, a crash in between leaves concepts without terms at most;
        they are nothing to a reader.
        """
        if self.concepts is None:
            return self.sheets
        last = None in self.concepts.now.values()
        return [*self.sheets, self.concepts] if last else [self.concepts, *self.sheets]

    @property
    def touched(self) -> list[Touched]:
        """The rows that are not as they were."""
        return [row for sheet in self.files for row in sheet.touched]

    def places(self, concept: str) -> list[Place]:
        """Return the rows of the terms of a concept."""
        return [
            Place(sheet, number)
            for sheet in self.sheets
            for number in sheet.places.get(concept, ())
        ]

    def find(self, concept: str, language: str, text: str, line: int = 0) -> Place:
        """Return the row of a term; the line is needed where several have its text.

        Raises:
            FileError: If there is no such row, or more than one.
        """
        places = self._known(concept)
        named = [
            place
            for place in places
            if (place.cells.get("language"), place.cells.get("term"))
            == (language, text)
        ]
        found = [place for place in named if line in (0, place.line)]
        if len(found) == 1:
            return found[0]
        first = (found or named or places)[0]
        if named:
            what = f"{text!r} stands in more than one line" if found else "another term"
            cure = " or ".join(f"--line {place.line}" for place in named)
        else:
            what = f"{concept} has no term {text!r} in {language}"
            same = [p for p in places if p.cells.get("language") == language]
            texts = dict.fromkeys(p.cells.get("term", "") for p in same or places)
            cure = f"it has: {', '.join(texts)}"
        raise FileError(first.sheet.path, what, line=first.line, cure=cure)

    def add(
        self, concept: str, terms: Sequence[Cells], about: Cells, *, demote: str = ""
    ) -> None:
        """Add terms; a concept that is not there yet is added with them.

        A term without a status is preferred if its language has no preferred term so
        far, or if `demote` says what becomes of that, and admitted otherwise.

        Raises:
            FileError: If the term is there, or the concept cannot be placed.
        """
        places = self.places(concept)
        if places and about:
            cure = f"newsmt glossary set {concept}"
            what = f"concept {concept!r} is there already"
            raise FileError(places[0].sheet.path, what, line=places[0].line, cure=cure)
        end = None if places else self._new(concept, about)
        there = [place.cells for place in places]
        for cells in terms:
            language = cells["language"]
            _refuse_again(places, cells)
            status = _default_status(there, language, demote=demote)
            row = {"concept": concept, "status": status} | dict(cells)
            if demote:
                self._demote(places, row, demote)
            place = end or _last(places, language)
            place.sheet.add(place.number, row)
            there.append(row)

    def change(self, place: Place, cells: Cells, *, demote: str = "") -> None:
        """Put other values into the row of a term."""
        if demote:
            row = place.cells | dict(cells)
            others = [p for p in self.places(row["concept"]) if p != place]
            self._demote(others, row, demote)
        place.sheet.change(place.number, cells)

    def describe(self, concept: str, cells: Cells) -> None:
        """Put values into the row of a concept; a row that is missing is added.

        Raises:
            FileError: If there is no file with concepts.
        """
        if self.concepts is None:
            cure = "make it, with a row for each concept"
            raise FileError(self.folder / CONCEPTS, "no such file", cure=cure)
        numbers = self.concepts.places.get(concept)
        if numbers:
            self.concepts.change(numbers[0], cells)
            return
        domain = "" if self.root.is_dir() else self.root.stem
        row = {"concept": concept, "domain": domain, "enforce": "required"}
        self.concepts.add(len(self.concepts.rows) - 1, row | dict(cells))

    def redescribe(self, concept: str, cells: Cells) -> None:
        """Put other values into the row of a concept that has terms."""
        self._known(concept)
        self.describe(concept, cells)

    def remove(self, concept: str) -> None:
        """Take out all rows of a concept, also that in the file of the concepts."""
        places = self.places(concept)
        if self.concepts and not self._used_elsewhere(concept):
            numbers = self.concepts.places.get(concept, ())
            places += [Place(self.concepts, number) for number in numbers]
        for place in places or self._known(concept):
            place.remove()

    def become(self, old: Glossary, new: Glossary) -> None:
        """Note the edits that make `new` of `old`, which is what the files hold.

        Raises:
            FileError: If a row cannot hold a text.
        """
        for id_ in dict.fromkeys((*old.concepts, *new.concepts)):
            was, now = old.concepts.get(id_), new.concepts.get(id_)
            if now is None:
                self.remove(id_)
            elif was != now:
                self._become(was or Concept(id_, ()), now)

    def _become(self, was: Concept, now: Concept) -> None:
        path = self.root
        about = _differing(concept_cells(path, was), concept_cells(path, now))
        places = self.places(now.id)
        if places and about:
            self.describe(now.id, about)
        end = None if places else self._new(now.id, about, now.domain or _NO_DOMAIN)
        old, new = keyed(was.terms, now.terms)
        at = dict(zip(old, places, strict=True))
        for key in old.keys() - new.keys():
            at[key].remove()
        for key, term in new.items():
            cells = term_cells(path, now.id, term)
            if key in old:
                before = term_cells(path, now.id, old[key])
                at[key].sheet.change(at[key].number, _differing(before, cells))
            else:
                place = end or _last(places, term.language)
                place.sheet.add(place.number, cells)

    @property
    def folder(self) -> Path:
        """The folder in which the files are."""
        return self.root if self.root.is_dir() else self.root.parent

    def _known(self, concept: str) -> list[Place]:
        places = self.places(concept)
        if not places:
            cure = "newsmt glossary find TEXT"
            raise FileError(self.root, f"no concept {concept!r}", cure=cure)
        return places

    def _new(self, concept: str, about: Cells, domain: str = "") -> Place:
        """Describe a new concept, and return the row behind which its terms go."""
        domain = domain or about.get("domain", "")
        if self.concepts is not None or about.keys() - {"domain"}:
            self.describe(concept, about)
        if not self.root.is_dir():
            return Place(self.sheets[0], len(self.sheets[0].rows) - 1)
        domain = domain or self._domain_of(concept)
        if not _DOMAIN.fullmatch(domain):
            cure = "--domain NAME, of letters, digits and _"
            raise FileError(self.root, f"no file for domain {domain!r}", cure=cure)
        path = self.root / f"{domain}.tsv"
        found = [sheet for sheet in self.sheets if sheet.path == path]
        if not found:
            found = [new_sheet(path, COLUMNS)]
            self.sheets += found
        return Place(found[0], len(found[0].rows) - 1)

    def _domain_of(self, concept: str) -> str:
        numbers = self.concepts.places.get(concept, ()) if self.concepts else ()
        cells = [Place(self.concepts, n).cells for n in numbers if self.concepts]
        return cells[0].get("domain", "") if cells else ""

    def _demote(self, places: list[Place], row: Cells, status: str) -> None:
        chosen = [
            place
            for place in places
            if place.cells.get("language") == row["language"]
            and place.cells.get("status") == Status.PREFERRED
            and place.cells.get("kind", "") in _MAIN_KINDS
        ]
        if not chosen:
            what = f"{row['concept']} has no other preferred term in {row['language']}"
            raise FileError(self.root, what, cure="leave out --demote")
        for place in chosen:
            place.sheet.change(place.number, {"status": status})

    def _used_elsewhere(self, concept: str) -> bool:
        """Whether files beside the one that is edited may have terms of a concept."""
        id_ = re.escape(concept.encode("utf-8", "surrogateescape"))
        cell = re.compile(rb"(?:^|\t)%b(?:\t|$)" % id_, re.MULTILINE)
        own = {sheet.path for sheet in self.files}
        beside = (path for path in self.folder.glob("*.tsv") if path not in own)
        return any(cell.search(path.read_bytes()) for path in beside)


def _last(places: list[Place], language: str) -> Place:
    """Return the row behind which a term of a language goes."""
    same = [place for place in places if place.cells.get("language") == language]
    return (same or places)[-1]


def _refuse_again(places: list[Place], new: Cells) -> None:
    for place in places:
        cells = place.cells
        names = ("language", "term", "when")
        if all(cells.get(name, "") == new.get(name, "") for name in names):
            what = f"{new['term']!r} is there already"
            cure = "newsmt glossary set, or --when for another rule"
            raise FileError(place.sheet.path, what, line=place.line, cure=cure)


def _default_status(there: Sequence[Cells], language: str, *, demote: str) -> str:
    chosen = any(
        cells.get("language") == language and cells.get("status") == Status.PREFERRED
        for cells in there
    )
    return Status.ADMITTED if chosen and not demote else Status.PREFERRED


def _differing(old: Cells, new: Cells) -> dict[str, str]:
    return {name: text for name, text in new.items() if text != old.get(name)}
