"""Editing of native glossaries: the rows that an edit touches change, and nothing else.

An edit is three steps: `open_draft`, edits of the `Draft`, and `save_draft`, which
reads and lints the result somewhere else before it replaces the files that differ.
"""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from toolkit.errors import FileError, ToolkitError
from toolkit.files import replacing, unwritable
from toolkit.findings import Severity
from toolkit.formats.glossary import GLOSSARY_FORMATS, NATIVE, format_of
from toolkit.formats.glossary.cells import CONCEPT_COLUMNS
from toolkit.formats.glossary.draft import Draft
from toolkit.formats.glossary.lint import Fault, lint
from toolkit.formats.glossary.native import CONCEPTS, load, save
from toolkit.formats.glossary.sheets import Sheet, new_sheet, read_sheet
from toolkit.terminology.difference import differences
from toolkit.terminology.glossary import Glossary

_NUMBER = re.compile(r"(?<=line )\d+|(?<=:)\d+")


def open_draft(path: Path) -> Draft:
    """Read a native glossary, a file or a folder, for editing; a folder may be empty.

    Raises:
        FileError: If there is none, or a file of it has another header.
    """
    if not path.exists():
        raise FileError(path, "no such file or folder")
    if not _is_native(path):
        cure = "newsmt glossary convert makes one"
        raise FileError(path, "no native glossary", cure=cure)
    is_folder = path.is_dir()
    files = sorted(path.glob("*.tsv")) if is_folder else [path]
    sheets = [read_sheet(file) for file in files if file.name != CONCEPTS]
    beside = (path if is_folder else path.parent) / CONCEPTS
    concepts = read_sheet(beside) if beside.exists() else None
    if not files:
        concepts = new_sheet(beside, CONCEPT_COLUMNS)
    return Draft(path, sheets, concepts)


def save_draft(draft: Draft) -> list[Fault]:
    """Replace the files that differ; return the faults, no errors, that are new.

    Raises:
        FileError: If the edit makes an error, a file was changed by someone else since
            it was read, or a file cannot be written. The files are as they were then.
    """
    faults = new_faults(draft)
    for fault in faults:
        if fault.severity is Severity.ERROR:
            what = f"refused: {fault.message}"
            raise FileError(fault.path, what, line=fault.line or None)
    _write({sheet.path: sheet for sheet in draft.files if sheet.touched})
    return faults


def save_merged(merged: Glossary, ours: Path, out: Path) -> list[str]:
    """Write what merging into `ours` made; return notes: losses, faults that are new.

    If `ours` is native, `out` is as `ours` in all rows that are the same, and may be
    `ours` itself. Otherwise all rows are written.

    Raises:
        FileError: If `out` is another glossary, or cannot be written or hold a text.
        ToolkitError: If a native glossary cannot hold the result.
    """
    if not _is_native(ours):
        return save(merged, out)
    draft = open_draft(ours)
    draft.become(load(ours), merged)
    _refuse_loss(draft, merged)
    notes = [str(fault) for fault in new_faults(draft)]
    _write(_targets(draft, out))
    return notes


def new_faults(draft: Draft) -> list[Fault]:
    """Return the faults of the result that the files have not, touched rows first.

    Remarks are left out; `lint` shows them.
    """
    with _staged(draft) as (root, folder):
        after = [
            _at_home(fault, draft, folder)
            for fault in lint([root])
            if fault.severity.reaches(Severity.WARNING)
        ]
    if not after:
        return []
    is_new = all(sheet.before is None for sheet in draft.sheets)
    known = Counter(map(_gist, [] if is_new else lint([draft.root])))
    found: list[Fault] = []
    for fault in after:
        known[_gist(fault)] -= 1
        if known[_gist(fault)] < 0:
            found.append(fault)
    places = {(str(row.path), row.line) for row in draft.touched}
    return sorted(found, key=lambda fault: (fault.path, fault.line) not in places)


def _is_native(path: Path) -> bool:
    return format_of(path) is GLOSSARY_FORMATS[NATIVE]


@contextmanager
def _staged(draft: Draft) -> Iterator[tuple[Path, Path]]:
    """Write the result to a folder of its own: its path, and that of the folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            for sheet in draft.files:
                (folder / sheet.path.name).write_bytes(sheet.text.encode())
        except OSError as error:
            raise unwritable(folder, error) from error
        yield folder if draft.root.is_dir() else folder / draft.root.name, folder


def _at_home(fault: Fault, draft: Draft, folder: Path) -> Fault:
    message = fault.message.replace(str(folder), str(draft.folder))
    return replace(
        fault, path=str(draft.folder / Path(fault.path).name), message=message
    )


def _gist(fault: Fault) -> tuple[str, str, str]:
    """What stays the same of a fault when its row, or another one, moves."""
    return fault.path, fault.severity, _NUMBER.sub("", fault.message)


def _refuse_loss(draft: Draft, merged: Glossary) -> None:
    with _staged(draft) as (root, folder):
        try:
            lost = differences(merged, load(root))
        except FileError as error:
            message = str(error).replace(str(folder), str(draft.folder))
            raise ToolkitError(message) from error
    if lost:
        cure = f"a glossary with {CONCEPTS}" if not draft.concepts else "convert it"
        raise FileError(draft.root, f"cannot hold all: {lost[0]}", cure=cure)


def _targets(draft: Draft, out: Path) -> dict[Path, Sheet]:
    """Say which files to write: those that differ, or all of them in a new place."""
    if out.exists() and out.samefile(draft.root):
        return {sheet.path: sheet for sheet in draft.files if sheet.touched}
    if draft.root.is_dir():
        if out.exists() and not out.is_dir():
            raise FileError(out, "a file", cure=f"a folder, as {draft.root} is")
        targets = {out / sheet.path.name: sheet for sheet in draft.files}
        strange = sorted(set(out.glob("*.tsv")) - targets.keys())
    else:
        names = {draft.root: out, draft.folder / CONCEPTS: out.with_name(CONCEPTS)}
        targets = {names[sheet.path]: sheet for sheet in draft.files}
        same = out.resolve().parent == draft.folder.resolve()
        beside = out.with_name(CONCEPTS)
        strange = [beside] if beside.exists() and not same else []
    if strange:
        raise FileError(strange[0], "another glossary", cure="name a new folder")
    return targets


def _write(targets: dict[Path, Sheet]) -> None:
    """Write all files, then give them their names in this order."""
    with ExitStack() as stack:
        for path, sheet in reversed(targets.items()):
            real = path.resolve()
            temporary = stack.enter_context(replacing(real))
            temporary.write_bytes(sheet.text.encode())
            if real.exists():
                shutil.copymode(real, temporary)
        for path, sheet in targets.items():
            now = path.read_bytes() if path.exists() else None
            if path == sheet.path and now != sheet.before:
                what = "changed by someone else meanwhile"
                raise FileError(path, what, cure="try again")
