"""`newsmt report`: the report of a run again, in another form."""

from pathlib import Path

import click

from toolkit.cli.options import (
    PATH,
    format_option,
    output_option,
    refuse_overwrite,
    show,
)


@click.command()
@click.argument("out", type=PATH, metavar="OUT")
@format_option("text")
@output_option
def command(*, out: Path, form: str, output: Path | None) -> None:
    """Show the report of the run in the folder OUT."""
    from toolkit.runs import load_run  # noqa: PLC0415

    refuse_overwrite(output, (p for p in out.rglob("*") if p.name != "report.html"))
    show(load_run(out).report(), form, output)
