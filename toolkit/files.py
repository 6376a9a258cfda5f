"""Read and write text files: lines end at a line feed, errors say where.

Lines end at a line feed and nowhere else. `str.splitlines` also splits at U+2028,
U+0085 and others; these occur inside news text, and would shift every later segment
against its translation. A carriage return before the line feed stays with the line.

Nothing appears under its final name before it is complete: `replacing` writes to a
temporary name beside the target and renames it at the end.
"""

import codecs
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from toolkit.errors import FileError

STDIN = Path("-")
STAGING = ".newsmt-"
"""How the folders begin in which files wait for the rest; left over after a crash."""
_PROBE = 65536
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    """Yield the lines of a text file, each with its line feed, a few at a time.

    A byte order mark at the beginning is no part of the text. `-` is standard input.

    Raises:
        FileError: If the file cannot be read, is not text, or is in another encoding.
    """
    _known(encoding)
    count = 0
    try:
        with _opened(path, encoding) as stream:
            for line in stream:
                count += 1
                if "\0" in line:
                    raise FileError(path, "bytes that are no text", line=count)
                yield line.removeprefix("\ufeff") if count == 1 else line
    except UnicodeError as error:
        raise _undecodable(path, encoding) from error
    except OSError as error:
        raise unreadable(path, error) from error


def bare(line: str) -> str:
    """Return a line without its line feed and a carriage return before that."""
    return line.removesuffix("\n").removesuffix("\r")


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the whole text of a file; raises as `read_lines` does."""
    return "".join(read_lines(path, encoding))


def count_lines(path: Path, encoding: str = "utf-8") -> int:
    """Return the number of lines; a last line without a line feed counts."""
    return sum(1 for _ in read_lines(path, encoding))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to; rename it to `path` if all goes well.

    Missing folders are made. If the block fails, nothing is left behind. What exists
    and is no file, a pipe or a device, is written to as it is.

    Raises:
        FileError: If the place cannot be written to.
    """
    name = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    try:
        if path.is_dir():
            raise FileError(path, "a folder", cure="name a file")
        if path.exists() and not path.is_file():
            yield path
            return
        temporary = path.parent / f".{name}.{os.getpid()}.partial"
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        if error.filename in (None, str(temporary)):
            raise unwritable(path, error) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """Open a UTF-8 file for writing, line feeds as they are; renamed when done."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


@contextmanager
def staging(out: Path, *, last: str = "") -> Iterator[Path]:
    """Give a folder to write files in; move them to their places in `out` at the end.

    Files of the same name are replaced, others stay. If the block fails, `out` is as it
    was. The file of the name `last` comes last: where it is, all of them are.

    Raises:
        FileError: If `out` cannot be written to.
    """
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=out, prefix=STAGING))
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        yield folder
        found = (path for path in folder.rglob("*") if path.is_file())
        files = sorted(found, key=lambda path: (path.name == last, path))
        targets = [out / path.relative_to(folder) for path in files]
        for target in targets:
            _check_target(target)
        for path, target in zip(files, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if made and not any(out.iterdir()):
            out.rmdir()


def _check_target(target: Path) -> None:
    """Refuse a file where a folder is, or below one that is a file."""
    if target.is_dir():
        raise FileError(target, "a folder is in the way of a file")
    for parent in target.parents:
        if parent.exists() and not parent.is_dir():
            raise FileError(parent, "a file is in the way of a folder")


def unreadable(path: Path, error: OSError) -> FileError:
    """Say in one line why the operating system refused a file."""
    if isinstance(error, FileNotFoundError):
        return FileError(path, "no such file or folder")
    if isinstance(error, IsADirectoryError):
        return FileError(path, "a folder", cure="name a file")
    return FileError(path, error.strerror or "cannot be read")


def unwritable(path: Path, error: OSError) -> FileError:
    """Say in one line why the operating system does not take a file."""
    return FileError(path, f"cannot be written: {error.strerror or error}")


def _opened(path: Path, encoding: str) -> IO[str]:
    if path == STDIN:
        if sys.stdin is None:
            raise FileError(path, "standard input is closed")
        return os.fdopen(os.dup(sys.stdin.fileno()), encoding=encoding, newline="\n")
    return path.open(encoding=encoding, newline="\n")


def _known(encoding: str) -> None:
    cure = "utf-8, gb18030, big5"
    try:
        is_text = isinstance("".encode(encoding), bytes)
    except (LookupError, UnicodeError):  # unknown, or no encoding of texts
        is_text = False
    if not is_text:
        raise FileError("--encoding", f"unknown encoding {encoding!r}", cure=cure)


def _undecodable(path: Path, encoding: str) -> FileError:
    """Find the line that is not in the encoding, and guess what it is in."""
    what = f"not {encoding.upper()}"
    if path == STDIN:
        return FileError(path, what, cure="say --encoding gb18030 if it is GBK")
    with path.open("rb") as stream:
        head = stream.read(_PROBE)
        for bom, name in _BOMS.items():
            if head.startswith(bom):
                return FileError(path, what, line=1, cure=f"say --encoding {name}")
        stream.seek(0)
        for number, line in enumerate(stream, 1):
            try:
                line.decode(encoding)
            except UnicodeError:
                return _not_text(path, what, number, line)
    return FileError(path, what)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_text(path: Path, what: str, number: int, line: bytes) -> FileError:
    if b"\0" in line:
        return FileError(path, "bytes that are no text", line=number)
    if _is_utf8(line):
        return FileError(path, what, line=number, cure="it is UTF-8: no --encoding")
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        cure = "save it as UTF-8, or say --encoding"
        return FileError(path, what, line=number, cure=cure)
    cure = "it can be read as GBK: say --encoding gb18030"
    return FileError(path, what, line=number, cure=cure)
