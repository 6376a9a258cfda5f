"""`newsmt run`: the main job, from articles to a report."""

from pathlib import Path

import click

from toolkit.cli.options import (
    FAIL,
    PATH,
    EngineChoice,
    check_options,
    column_option,
    encoding_option,
    engine_options,
    find_and_tell,
    glossary_option,
    input_format_option,
    inputs_argument,
    metric_option,
    open_glossary,
    show,
)


@click.command()
@inputs_argument
@click.option("-o", "out", required=True, type=PATH, metavar="OUT", help="The run.")
@engine_options
@glossary_option
@metric_option
@check_options(fail_on="never")
@column_option
@input_format_option
@encoding_option
@click.pass_context
def command(  # noqa: PLR0913 (one parameter for each option)
    ctx: click.Context,
    *,
    inputs: tuple[Path, ...],
    out: Path,
    choice: EngineChoice,
    glossaries: tuple[Path, ...],
    metrics: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    fail_on: str,
    columns: dict[str, str],
    input_format: str | None,
    encoding: str,
) -> None:
    """Translate, check, score where references exist, and write the report.

    INPUTS are files, folders or test sets; the terms of a test set are added to the
    glossary. OUT gets the translated articles, segments.parquet, findings.jsonl,
    scores.json, report.html and run.json.
    """
    from toolkit.findings import Severity  # noqa: PLC0415
    from toolkit.formats import (  # noqa: PLC0415
        Reading,
        refuse_inside,
        refuse_standard_input,
    )
    from toolkit.pipeline import select_checks  # noqa: PLC0415
    from toolkit.runs import Plan, load_run, own_glossaries, write_run  # noqa: PLC0415

    found = find_and_tell(inputs, input_format)
    refuse_standard_input(found)
    refuse_inside(inputs, out)
    glossary, signature = open_glossary(glossaries, own_glossaries(found))
    plan = Plan(
        inputs=found,
        reading=Reading("zh", "source", encoding, columns),
        engine=choice.open(),
        glossary=glossary,
        glossary_signature=signature,
        selection=select_checks(select, ignore, Severity(level)),
        metrics=metrics,
        options={
            "beam": choice.beam,
            "compute_type": choice.compute,
            "level": level,
            "encoding": encoding,
            "columns": columns,
        },
    )
    found_severities = write_run(plan, out)
    show(load_run(out).report(), "text", None)
    click.echo(out / "report.html")
    if fail_on != "never" and any(
        Severity(each).reaches(Severity(fail_on)) for each in found_severities
    ):
        ctx.exit(FAIL)
