"""Text for the terminal: one line a concept with its count, then the first passages."""

from collections.abc import Iterable
from itertools import islice
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from toolkit.corpus import Pair
from toolkit.findings import Finding, Score, Severity
from toolkit.reports import (
    PLACES,
    RENDERERS,
    Content,
    Group,
    Report,
    Summary,
    basis_of,
    counted,
    shown_value,
)

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
}
_PLAIN_WIDTH = 100
_AROUND = 60
"""Code points shown on each side of a fault."""
_SHOWN = 3


def render(report: Report, stream: IO[str]) -> None:
    """Write tables and passages as wide as the terminal, in colour on a terminal."""
    console = Console(file=stream, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(file=stream, highlight=False, width=_PLAIN_WIDTH)
    for label, value in report.facts.items():
        console.print(Text.assemble((f"{label}: ", "dim"), value))
    if report.scores:
        console.print(_score_table(report.scores))
    if report.content is Content.SCORES:
        return
    summary = Summary()
    for pair, findings in report.segments:
        summary.add(pair, findings)
    groups = summary.worst_first()
    if groups:
        console.print(_finding_table(groups, report))
        _print_passages(console, groups)
    closing = f"{report.title}: {counted(summary.severities)}"
    segments = "1 segment" if summary.segments == 1 else f"{summary.segments} segments"
    console.print(Text(f"{closing} in {segments}", "bold"))


def _score_table(scores: Iterable[Score]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("system", "metric"):
        table.add_column(name, no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("signature", style="dim", overflow="fold")
    for score in scores:
        cells = (score.system, score.metric, shown_value(score), score.signature)
        table.add_row(*map(Text, cells))
    return table


def _finding_table(groups: list[Group], report: Report) -> Table:
    files = {group.first.file for group in groups}
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("Chinese", overflow="fold", ratio=3)
    table.add_column("stands (times)", overflow="fold", ratio=6)
    table.add_column("should be", overflow="fold", ratio=6, style="bold")
    table.add_column("evidence", overflow="fold", ratio=4, style="dim")
    where = "line:column" if len(files) == 1 else "where"
    table.add_column(where, overflow="fold", ratio=3 if len(files) == 1 else 6)
    for group in groups:
        table.add_row(*_cells(group, report, short=len(files) == 1))
    return table


def _cells(group: Group, report: Report, *, short: bool) -> tuple[Text, ...]:
    finding = group.first
    names = report.names.get(finding.concept or "", {})
    stands = ", ".join(f"{text or '-'} ({n})" for text, n in group.texts.most_common())
    shown = _SHOWN if short else 1
    places = [_short(place, short) for place in group.places[:shown]]
    more = [f"+{group.count - shown}"] if group.count > shown else []
    basis = basis_of(finding)
    return (
        Text(finding.code, _STYLES[finding.severity]),
        Text(names.get("zh", "")),
        Text(stands),
        Text(next(iter(finding.suggestions), "")),
        Text(f"{basis.level} {basis.site}" if basis else ""),
        Text(" ".join([*places, *more])),
    )


def _short(place: str, one_file: bool) -> str:  # noqa: FBT001 (private)
    """Leave the folders out of file:line:column, and the file if there is only one."""
    return ":".join(place.rsplit(":", 2)[-2:]) if one_file else place.rsplit("/", 1)[-1]


def _print_passages(console: Console, groups: list[Group]) -> None:
    # What is read by another program keeps its lines and addresses whole.
    def write(text: Text) -> None:
        console.print(text, soft_wrap=not console.is_terminal)

    write(Text())
    for group in islice(groups, PLACES):
        finding = group.first
        style = _STYLES[finding.severity]
        head = (f"{group.places[0]} ", "bold")
        kind = (f"{finding.severity} {finding.code} ", style)
        write(Text.assemble(head, kind, finding.message))
        if group.pair:
            write(_passage(finding, group.pair))
        if finding.evidence:
            write(Text(f"    {finding.evidence}", "dim"))
    if len(groups) > PLACES:
        rest = len(groups) - PLACES
        write(
            Text(f"... and {rest} more, in the table; all with --format jsonl", "dim")
        )
    write(Text())


def _passage(finding: Finding, pair: Pair) -> Text:
    """The text around a fault, the fault itself highlighted."""
    on_source = finding.side == "source" and pair.source
    text = (pair.source if on_source and pair.source else pair.target).text
    before = text[max(0, finding.start - _AROUND) : finding.start]
    after = text[finding.end : finding.end + _AROUND]
    return Text.assemble(
        "    ",
        "…" if finding.start > _AROUND else "",
        before,
        (finding.text, f"reverse {_STYLES[finding.severity]}"),
        after,
        "…" if finding.end + _AROUND < len(text) else "",
    )


RENDERERS.add("text", render)
