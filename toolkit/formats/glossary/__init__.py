"""Formats of glossaries: the native files, and those of other tools.

Which format a file has is decided by its suffix, or by name. A folder is a native
glossary. Add a format by adding a module that registers a `GlossaryFormat`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import FileError
from toolkit.registry import Registry
from toolkit.terminology.glossary import Glossary, merged

NATIVE = "native"


@dataclass(frozen=True, slots=True)
class GlossaryFormat:
    """How to read and write glossaries in one format.

    Attributes:
        suffixes: Suffixes of its files, small letters, with the full stop; the first
            format in alphabetical order that has a suffix gets the file.
        load: Reads a file or folder; raises `FileError` with the place. None for a
            format that is only written.
        save: Writes a file or folder, and returns what the format could not hold, one
            line for each kind of loss. None for a format that is only read.
    """

    suffixes: tuple[str, ...]
    load: Callable[[Path], Glossary] | None = None
    save: Callable[[Glossary, Path], list[str]] | None = None


GLOSSARY_FORMATS: Registry[GlossaryFormat] = Registry("glossary format", __name__)


def load_glossary(paths: Iterable[Path]) -> Glossary:
    """Read glossaries, each a file or a folder, into one.

    A concept of a later path replaces one of the same id in an earlier path.

    Raises:
        FileError: At the first place that is not as its format demands.
    """
    return merged(read_glossary(path) for path in paths)


def read_glossary(path: Path, name: str | None = None) -> Glossary:
    """Read one glossary in the format of this name; without one, the suffix decides.

    Raises:
        UnknownNameError: If there is no such format.
        FileError: If the format cannot be read, or the file is not as it demands.
    """
    found = GLOSSARY_FORMATS[name] if name else format_of(path)
    if found.load is None:
        raise FileError(path, "a format that is only written", cure="--from FORMAT")
    return found.load(path)


def format_of(path: Path) -> GlossaryFormat:
    """Return the format of a suffix; a folder or an unknown suffix is native."""
    for each in GLOSSARY_FORMATS.values() if path.is_file() else ():
        if path.suffix.lower() in each.suffixes:
            return each
    return GLOSSARY_FORMATS[NATIVE]
