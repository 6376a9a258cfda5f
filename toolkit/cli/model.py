"""`newsmt model`: what is in a model's folder."""

from pathlib import Path

import click

from toolkit.cli.options import PATH


@click.group()
def command() -> None:
    """Look at translation models."""


@command.command()
@click.argument("folder", type=PATH, metavar="DIR")
def info(*, folder: Path) -> None:
    """Open the CTranslate2 model in DIR and say what it is."""
    from toolkit.engines import Decoding  # noqa: PLC0415
    from toolkit.engines.ctranslate2 import load  # noqa: PLC0415
    from toolkit.provenance import hash_of  # noqa: PLC0415

    engine = load(str(folder), Decoding())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    tokens = engine.tokens
    rows = {
        "name": engine.name,
        "size": f"{size / 1e6:.1f} MB",
        "compute type": engine.translator.compute_type,
        "term annotations": "yes" if engine.takes_annotations else "no",
        "source tokens added": " ".join([*tokens.prefix, "...", *tokens.suffix]),
        "target begins with": " ".join(tokens.target) or "-",
        "sha256": hash_of(folder),
    }
    for label, value in rows.items():
        click.echo(f"{label}: {value}")
