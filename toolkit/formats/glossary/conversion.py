"""From one format of glossaries to another."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import FileError
from toolkit.files import STDIN
from toolkit.formats.glossary import (
    GLOSSARY_FORMATS,
    NATIVE,
    GlossaryFormat,
    read_glossary,
)
from toolkit.terminology.glossary import merged

_NATIVE_SUFFIX = ".tsv"


def convert(
    inputs: Sequence[Path],
    output: Path,
    *,
    source: str | None = None,
    target: str | None = None,
) -> list[str]:
    """Write glossaries to one place, and return what the format could not hold.

    Args:
        inputs: Files or folders; a concept of a later one replaces one of the same id.
        output: A file, or a folder for the native format.
        source: Name of the format of all inputs; without one, suffixes decide.
        target: Name of the format of the output; without one, its suffix decides.

    Raises:
        UnknownNameError: If there is no format of this name.
        FileError: If an input cannot be read, or the output cannot hold it or be
            written. What was there before is as it was then.
    """
    save = _target(output, target).save
    if save is None:
        raise FileError(output, "a format that is only read", cure=_known())
    _check_apart(inputs, output)
    return save(merged(read_glossary(path, source) for path in inputs), output)


def _target(output: Path, name: str | None) -> GlossaryFormat:
    if name:
        return GLOSSARY_FORMATS[name]
    suffix = output.suffix.lower()
    if output.is_dir() or not suffix:
        return GLOSSARY_FORMATS[NATIVE]
    for each in GLOSSARY_FORMATS.values():
        if suffix in each.suffixes:
            return each
    raise FileError(output, f"no format for {suffix!r}", cure=_known())


def _known() -> str:
    writable = (name for name, each in GLOSSARY_FORMATS.items() if each.save)
    return f"--to FORMAT, known: {', '.join(writable)}"


def _check_apart(inputs: Sequence[Path], output: Path) -> None:
    """Refuse an output that is an input, or a part of one, or has one as a part."""
    if output == STDIN:
        raise FileError(output, "no place for a glossary", cure="name a file")
    target = output.resolve()
    for path in inputs:
        place = path.resolve()
        is_same = target == place or (
            output.exists() and path.exists() and output.samefile(path)
        )
        is_part = any(
            part.parent == whole and whole.is_dir() and part.suffix == _NATIVE_SUFFIX
            for part, whole in ((target, place), (place, target))
        )
        if is_same or is_part:
            raise FileError(output, f"part of the input {path}", cure="another name")
