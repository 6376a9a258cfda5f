"""What tests of several packages share: commands, a small glossary, the tiny model."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from toolkit.cli import main
from toolkit.formats.glossary import load_glossary

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parents[1]
GLOSSARY = """\
concept\tlanguage\tterm\tstatus\tsource\tevidence
qinglang\tzh\t清朗\tpreferred\tours\tA
qinglang\ten\tQinglang\tpreferred\tours\tA
qinglang\ten\tClear and Bright\tdeprecated\tours\tattested
agency\tzh\t网络办\tpreferred\tours\tA
agency\ten\tthe Net Office\tpreferred\tours\tA
agency\ten\tOffice of the Web\tdeprecated\tours\tattested
wave\tzh\t海浪队\tpreferred\tours\tA
wave\ten\tWave Team\tpreferred\tours\tA
wave\ten\tSurf Squad\tadmitted\tours\tA
"""


class Outcome(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def newsmt(capsys) -> Callable[..., Outcome]:
    """Run the command line in this process."""

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        return Outcome(stop.value.code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def newsmt_process() -> Callable[..., Outcome]:
    """Run the command line in a process of its own."""

    def run(
        *arguments: object, stdin: bytes = b"", cwd: Path | None = None, **env: str
    ) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            cwd=cwd,
            env=os.environ | env,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def terms(tmp_path) -> Path:
    """A glossary file of three concepts: 清朗, 网络办 and 海浪队."""
    path = tmp_path / "terms" / "small.tsv"
    path.parent.mkdir()
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@pytest.fixture
def glossary(terms):
    """The glossary in `terms`, loaded."""
    return load_glossary([terms])


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    """The folder of a real but tiny CTranslate2 model."""
    return DATA / "tiny-zh-en"


@pytest.fixture(scope="session")
def campaigns() -> Path:
    """The folder of a shipped test set."""
    return REPOSITORY / "test_sets" / "campaigns"


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Read a folder: names below it and the bytes of the files."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read
