"""`newsmt translate`: batch translation, files in and files out."""

from pathlib import Path

import click

from toolkit.cli.options import (
    PATH,
    EngineChoice,
    column_option,
    encoding_option,
    engine_options,
    find_and_tell,
    input_format_option,
    inputs_argument,
    refuse_overwrite,
)


@click.command()
@inputs_argument
@click.option("-o", "out", required=True, type=PATH, metavar="OUT", help="A folder.")
@engine_options
@column_option
@input_format_option
@encoding_option
def command(  # noqa: PLR0913 (one parameter for each option)
    *,
    inputs: tuple[Path, ...],
    out: Path,
    choice: EngineChoice,
    columns: dict[str, str],
    input_format: str | None,
    encoding: str,
) -> None:
    """Translate files, folders or test sets into the folder OUT.

    Each file keeps its name, its format, its order and every field but the text.
    """
    from toolkit.errors import FileError  # noqa: PLC0415
    from toolkit.files import staging  # noqa: PLC0415
    from toolkit.formats import (  # noqa: PLC0415
        Reading,
        refuse_inside,
        refuse_standard_input,
    )
    from toolkit.pipeline import by_input, translate  # noqa: PLC0415

    found = find_and_tell(inputs, input_format)
    refuse_standard_input(found)
    refuse_inside(inputs, out)
    if out.exists() and not out.is_dir():
        raise FileError(out, "a file", cure="-o names a folder")
    reading = Reading("zh", "source", encoding, columns)
    engine = choice.open()
    stream = translate((p for entry in found for p in entry.read(reading)), engine)
    for entry in found:
        refuse_overwrite(out / entry.relative, (entry.path, *engine.files))
    with staging(out) as folder:
        for entry, translations in by_input(found, stream):
            texts = (each.text for each in translations)
            entry.format.rewrite(entry, reading, texts, folder / entry.relative)
    for entry in found:
        click.echo(out / entry.relative)
