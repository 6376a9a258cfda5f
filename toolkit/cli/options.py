"""Options that mean the same in every command, and what they stand for."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from toolkit.errors import EngineError
from toolkit.shipped import shipped

if TYPE_CHECKING:
    from toolkit.engines import Engine
    from toolkit.formats import Input
    from toolkit.reports import Report
    from toolkit.terminology.glossary import Glossary

Function = TypeVar("Function", bound=Callable[..., Any])
PATH = click.Path(path_type=Path, allow_dash=True)
FAIL = 1
_LEVELS = ["error", "warning", "info"]

inputs_argument = click.argument("inputs", nargs=-1, required=True, type=PATH)
glossary_option = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=PATH,
    metavar="PATH",
    help="Glossary, a file or folder; repeatable, later ones win. "
    "[default: the shipped one]",
)
encoding_option = click.option(
    "--encoding", default="utf-8", show_default=True, help="Encoding of text files."
)
input_format_option = click.option(
    "--input-format",
    metavar="FORMAT",
    help="Format of the input: text, jsonl, csv, tsv, parquet. [default: by suffix]",
)
column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=NAME",
    callback=lambda _, __, values: dict(map(_role, values)),
    help="Column or field by role: id, title, date, source, target. Repeatable.",
)
metric_option = click.option(
    "--metric", "metrics", multiple=True, metavar="M", help="Metric; repeatable. [all]"
)
output_option = click.option(
    "-o", "output", type=PATH, metavar="FILE", help="Write here. [default: the screen]"
)


def _role(value: str) -> tuple[str, str]:
    role, equals, name = value.partition("=")
    roles = ("id", "title", "date", "source", "target")
    if not equals or role not in roles:
        raise click.BadParameter(f"{value!r} is not ROLE=NAME, with {', '.join(roles)}")
    return role, name


def format_option(default: str) -> Callable[[Function], Function]:
    """Make `--format`; the forms are looked up when one is asked for."""
    return click.option(
        "--format",
        "form",
        default=default,
        show_default=True,
        metavar="FORM",
        help="Form of the output: text, json, jsonl, html.",
    )


level_option = click.option(
    "--level",
    type=click.Choice(_LEVELS),
    default="warning",
    show_default=True,
    help="Least severity shown.",
)


def fail_on_option(default: str) -> Callable[[Function], Function]:
    """Make `--fail-on`: when findings are a failure."""
    return click.option(
        "--fail-on",
        type=click.Choice([*_LEVELS, "never"]),
        default=default,
        show_default=True,
        help="Least severity for exit status 1.",
    )


def check_options(fail_on: str) -> Callable[[Function], Function]:
    """Add what chooses checks and says when findings are a failure."""
    options = (
        click.option("--select", multiple=True, metavar="CHECK", help="Only this."),
        click.option("--ignore", multiple=True, metavar="CHECK", help="Not this."),
        level_option,
        fail_on_option(fail_on),
    )
    return _all(options)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine that the user asked for, and how it is to decode."""

    model: str | None
    engine: str | None
    beam: int
    batch: int
    compute: str
    workers: int

    def open(self) -> "Engine":
        """Open what `--model` or `--engine` names.

        Raises:
            EngineError: If neither or both are given, or it cannot be opened.
        """
        from toolkit.engines import Decoding, load_engine  # noqa: PLC0415

        if (self.model is None) == (self.engine is None):
            what = "both --model and --engine" if self.model else "no engine"
            raise EngineError(f"{what} (say --model DIR or --engine replay:FILE)")
        decoding = Decoding(self.beam, self.batch, self.compute, self.workers)
        return load_engine(self.engine or f"ctranslate2:{self.model}", decoding)


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what chooses an engine and how it decodes, passed on as `choice`."""
    options = (
        click.option("--model", metavar="DIR", help="CTranslate2 model to use."),
        click.option(
            "--engine",
            metavar="NAME:ARGUMENT",
            help="Engine: replay:FILE reads recorded hypotheses; "
            "ctranslate2:DIR is what --model means.",
        ),
        click.option("--beam", default=2, show_default=True, type=_at_least(1)),
        click.option(
            "--batch",
            default=2048,
            show_default=True,
            type=_at_least(1),
            help="Tokens in a batch.",
        ),
        click.option(
            "--compute-type",
            "compute",
            default="default",
            show_default=True,
            help="As CTranslate2 names it: int8, float32 ...",
        ),
        click.option(
            "--workers",
            default=0,
            type=_at_least(0),
            help="Batches at a time. [default: one for each core]",
        ),
    )

    @wraps(function)
    def packed(*arguments: Any, **values: Any) -> Any:  # noqa: ANN401 (the command's)
        chosen = {each.name: values.pop(each.name) for each in fields(EngineChoice)}
        return function(*arguments, choice=EngineChoice(**chosen), **values)

    return _all(options)(packed)


def _all(options: Sequence[Callable[[Any], Any]]) -> Callable[[Function], Function]:
    def add(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def _at_least(least: int) -> click.IntRange:
    return click.IntRange(min=least)


def open_glossary(
    paths: Sequence[Path], extra: Sequence[Path] = ()
) -> tuple["Glossary", str]:
    """Load glossaries and name them for signatures: names and a hash of the bytes.

    Args:
        paths: What the user named; without any, the shipped one is meant.
        extra: Terms that come with the texts, of test sets.
    """
    from toolkit.formats.glossary import load_glossary  # noqa: PLC0415
    from toolkit.formats.glossary.native import glossary_files  # noqa: PLC0415
    from toolkit.provenance import hash_of  # noqa: PLC0415

    paths = [*(paths or [shipped("glossaries")]), *extra]
    glossary = load_glossary(paths)
    names = "+".join(path.stem for path in paths)
    files = [file for path in paths for file in glossary_files(path)]
    hashes = "".join(hash_of(file) for file in files)
    return glossary, f"{names}@{_short(hashes)}"


def _short(text: str) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(text.encode()).hexdigest()[:12]


@contextmanager
def output_stream(path: Path | None) -> Iterator[IO[str]]:
    """Open standard output, or a file that appears when it is complete."""
    from toolkit.files import written  # noqa: PLC0415

    if path is None or path == Path("-"):
        yield sys.stdout
    else:
        with written(path) as stream:
            yield stream


def find_and_tell(
    paths: Sequence[Path], input_format: str | None
) -> tuple["Input", ...]:
    """Find the inputs; say on standard error what in folders is not read."""
    from toolkit.formats import find_inputs, passed_over  # noqa: PLC0415

    found = tuple(find_inputs(paths, input_format))
    others = passed_over(paths, found)
    if others:
        named = ", ".join(map(str, others[:3])) + (", ..." if len(others) > 3 else "")  # noqa: PLR2004
        click.echo(f"not read, for their suffix: {named}", err=True)
    return found


def refuse_overwrite(output: Path | None, read: Iterable[Path]) -> None:
    """Refuse to write over what is read.

    Raises:
        FileError: If `output` is one of the files read.
    """
    from toolkit.errors import FileError  # noqa: PLC0415

    if output is None:
        return
    for path in read:
        if path.exists() and output.resolve() == path.resolve():
            what = "would be written over, but is read"
            raise FileError(output, what, cure="name another file with -o")


def show(report: "Report", form: str, output: Path | None) -> None:
    """Render a report to a file or the screen."""
    from toolkit.reports import RENDERERS  # noqa: PLC0415

    render = RENDERERS[form]
    with output_stream(output) as stream:
        render(report, stream)
