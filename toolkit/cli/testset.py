"""`newsmt testset`: the test sets there are, and whether they are sound."""

from pathlib import Path

import click

from toolkit.cli.options import PATH
from toolkit.shipped import shipped


@click.group()
def command() -> None:
    """List and validate test sets: articles with references, terms and systems."""


@command.command("list")
@click.argument("folders", nargs=-1, type=PATH, metavar="[FOLDER...]")
def list_sets(*, folders: tuple[Path, ...]) -> None:
    """List the test sets in folders. Without FOLDER, the shipped ones."""
    from toolkit.formats.testset import find_test_sets, load_test_set  # noqa: PLC0415

    for path in find_test_sets(folders or [shipped("test_sets")]):
        test_set = load_test_set(path)
        systems = ", ".join(test_set.systems) or "no systems"
        click.echo(
            f"{path}: {len(test_set.articles)} articles, "
            f"{len(test_set.references)} segments, {systems}, "
            f"{test_set.meta['licence']}: {test_set.meta['description']}"
        )


@command.command()
@click.argument("folders", nargs=-1, type=PATH, metavar="[FOLDER...]")
def validate(*, folders: tuple[Path, ...]) -> None:
    """Say what is wrong with test sets. Without FOLDER, with the shipped ones."""
    from toolkit.formats.glossary import load_glossary  # noqa: PLC0415
    from toolkit.formats.testset import find_test_sets, load_test_set  # noqa: PLC0415

    for path in find_test_sets(folders or [shipped("test_sets")]):
        load_glossary(load_test_set(path).glossaries)
        click.echo(f"{path}: valid")
