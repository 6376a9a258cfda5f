"""Every error the toolkit raises on purpose.

ToolkitError            what the command line shows in one line, without a traceback
├── FileError           a file cannot be read, or is not what its name promises
├── AlignmentError      parallel texts have different numbers of segments
├── EngineError         a translation engine cannot be opened, or failed
└── UnknownNameError    no check, metric, engine or format has this name

A `ToolkitError` is the user's to fix: its message says where, what is wrong and what
would be right. Everything else (`TypeError`, `KeyError`, ...) is a bug in the toolkit
and must keep its traceback.
"""

from collections.abc import Iterable
from pathlib import Path


class ToolkitError(Exception):
    """Base of all errors that a user can fix."""


class FileError(ToolkitError):
    """A file cannot be read, written or understood.

    Shown as `path:line: what (what would be right)`, which editors turn into a link.
    """

    def __init__(
        self, path: Path | str, what: str, *, line: int | None = None, cure: str = ""
    ) -> None:
        place = f"{path}" if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {what}" + (f" ({cure})" if cure else ""))
        self.path = str(path)
        self.line = line


class AlignmentError(ToolkitError):
    """Texts that should be parallel have different numbers of segments."""

    def __init__(
        self, left: str, left_count: int, right: str, right_count: int
    ) -> None:
        super().__init__(
            f"{right}: {right_count} lines, but {left} has {left_count} "
            "(parallel texts need one line for each segment)"
        )


class EngineError(ToolkitError):
    """A translation engine cannot be opened, or failed to translate."""


class UnknownNameError(ToolkitError):
    """A name was asked for that nothing is registered under."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {kind} {name!r} (known: {', '.join(sorted(known))})")
