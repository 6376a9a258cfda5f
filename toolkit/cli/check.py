"""`newsmt check`: term consistency and quality of a translation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import (
    FAIL,
    PATH,
    check_options,
    column_option,
    encoding_option,
    find_and_tell,
    format_option,
    glossary_option,
    input_format_option,
    inputs_argument,
    open_glossary,
    output_option,
    refuse_overwrite,
    show,
)
from toolkit.errors import AlignmentError, FileError, ToolkitError

_LOOKED_AT = 20
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")

if TYPE_CHECKING:
    from toolkit.corpus import Pair
    from toolkit.findings import Finding
    from toolkit.formats import Input


@click.command()
@inputs_argument
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="The Chinese behind FILE, line by line; one for each FILE, in order.",
)
@glossary_option
@check_options(fail_on="error")
@format_option("text")
@column_option
@input_format_option
@encoding_option
@output_option
@click.pass_context
def command(  # noqa: PLR0913 (one parameter for each option)
    ctx: click.Context,
    *,
    inputs: tuple[Path, ...],
    sources: tuple[Path, ...],
    glossaries: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    fail_on: str,
    form: str,
    columns: dict[str, str],
    input_format: str | None,
    encoding: str,
    output: Path | None,
) -> None:
    """Check translations: files or folders of English, or - for standard input.

    On the English alone, text is split into sentences. With --source, or with the
    columns of both sides in one file, each line is one segment.
    """
    from toolkit.findings import Severity  # noqa: PLC0415
    from toolkit.formats import find_inputs  # noqa: PLC0415
    from toolkit.pipeline import examine, select_checks  # noqa: PLC0415
    from toolkit.reports import Content, Report  # noqa: PLC0415
    from toolkit.terminology.comparison import TermComparer  # noqa: PLC0415

    refuse_overwrite(output, (*inputs, *sources, *glossaries))
    selection = select_checks(select, ignore, Severity(level))
    glossary, signature = open_glossary(glossaries)
    targets = find_and_tell(inputs, input_format)
    behind = find_inputs(sources, input_format) if sources else []
    pairs = _english(_pairs(targets, behind, columns, encoding))
    failures = 0

    def segments() -> Iterator[tuple["Pair", list["Finding"]]]:
        nonlocal failures
        for each in examine(pairs, TermComparer(glossary), selection):
            if fail_on != "never":
                bad = (f.severity.reaches(Severity(fail_on)) for f in each.findings)
                failures += sum(bad)
            yield each.pair, each.findings

    report = Report(
        Content.FINDINGS,
        ", ".join(map(str, inputs)),
        facts={"glossary": f"{signature}, {len(glossary)} concepts"},
        segments=segments(),
        names=glossary.names,
    )
    show(report, form, output)
    if failures:
        ctx.exit(FAIL)


def _pairs(
    targets: Sequence["Input"],
    sources: Sequence["Input"],
    columns: Mapping[str, str],
    encoding: str,
) -> Iterator["Pair"]:
    from toolkit.formats import Reading, refuse_standard_input  # noqa: PLC0415
    from toolkit.pipeline import pair_up, targets_only  # noqa: PLC0415

    for entry in targets:
        if entry.path.is_dir():
            cure = "check its files, or use newsmt run or newsmt score"
            raise ToolkitError(f"{entry.path}: a test set ({cure})")
    if sources and len(sources) != len(targets):
        counts = f"{len(targets)} files but {len(sources)} sources"
        raise ToolkitError(f"--source: {counts} (one for each file, in order)")
    if not sources and "source" in columns:
        refuse_standard_input(targets)
        sources, columns = targets, {"title": "", **columns}
    bilingual = bool(sources)
    english = Reading("en", "target", encoding, columns, by_line=bilingual)
    chinese = Reading("zh", "source", encoding, columns, by_line=True)
    for index, entry in enumerate(targets):
        if bilingual:
            _check_lengths(sources[index], entry, encoding)
            yield from pair_up(sources[index].read(chinese), entry.read(english))
        else:
            yield from targets_only(entry.read(english))


def _english(pairs: Iterator["Pair"]) -> Iterator["Pair"]:
    """Refuse Chinese where a translation should be, as when files are exchanged."""
    first = list(islice(pairs, _LOOKED_AT))
    text = "".join(pair.target.text for pair in first)
    if len(_HAN.findall(text)) > len(_LATIN.findall(text)):
        file = first[0].target.article.file
        cure = "name the translation; its Chinese goes behind --source"
        raise FileError(file, "Chinese, where English is checked", cure=cure)
    yield from first
    yield from pairs


def _check_lengths(source: "Input", target: "Input", encoding: str) -> None:
    """Refuse text files of different lengths before anything is shown."""
    from toolkit.files import STDIN, count_lines  # noqa: PLC0415
    from toolkit.formats import FORMATS, TEXT  # noqa: PLC0415

    both = (source, target)
    if any(e.format is not FORMATS[TEXT] or e.path == STDIN for e in both):
        return
    counts = [count_lines(entry.path, encoding) for entry in both]
    if counts[0] != counts[1]:
        raise AlignmentError(str(source.path), counts[0], str(target.path), counts[1])
