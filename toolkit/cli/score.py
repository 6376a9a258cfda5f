"""`newsmt score`: metrics of recorded translations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import (
    PATH,
    encoding_option,
    format_option,
    glossary_option,
    metric_option,
    open_glossary,
    output_option,
    refuse_overwrite,
    show,
)
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.scoring import Texts


@click.command()
@click.argument("hypotheses", nargs=-1, required=True, type=PATH, metavar="HYP...")
@click.option("--ref", "reference", type=PATH, metavar="REF", help="A translator's.")
@click.option("--src", "source", type=PATH, metavar="SRC", help="The Chinese.")
@glossary_option
@metric_option
@format_option("text")
@encoding_option
@output_option
def command(  # noqa: PLR0913 (one parameter for each option)
    *,
    hypotheses: tuple[Path, ...],
    reference: Path | None,
    source: Path | None,
    glossaries: tuple[Path, ...],
    metrics: tuple[str, ...],
    form: str,
    encoding: str,
    output: Path | None,
) -> None:
    """Score hypotheses: text files with one segment on each line, each one system.

    HYP can also be a test set, which stands for the systems recorded in it, with its
    own sources, references and terms.
    """
    from toolkit.formats.testset import load_test_set  # noqa: PLC0415
    from toolkit.reports import Content, Report  # noqa: PLC0415
    from toolkit.scoring import from_files, from_test_set, score  # noqa: PLC0415

    refuse_overwrite(
        output, filter(None, (*hypotheses, reference, source, *glossaries))
    )
    texts: Texts
    if _is_set(hypotheses, reference, source):
        test_set = load_test_set(hypotheses[0])
        texts, extra = from_test_set(test_set), test_set.glossaries
    else:
        texts, extra = from_files(hypotheses, reference, source, encoding), ()
    glossary, signature = open_glossary(glossaries, extra)
    scores = tuple(score(texts, metrics, glossary, signature))
    facts = {"glossary": f"{signature}, {len(glossary)} concepts"}
    title = ", ".join(map(str, hypotheses))
    show(Report(Content.SCORES, title, facts, scores), form, output)


def _is_set(
    hypotheses: tuple[Path, ...], reference: Path | None, source: Path | None
) -> bool:
    """Whether a test set is scored; refuse what cannot be scored together."""
    from toolkit.formats import is_test_set  # noqa: PLC0415

    sets = [path for path in hypotheses if is_test_set(path)]
    if sets and (reference or source or len(hypotheses) > 1):
        raise ToolkitError(f"{sets[0]}: has its own texts (name the test set alone)")
    if not sets and not reference and not source:
        raise ToolkitError("nothing to compare with (say --ref REF, --src SRC or both)")
    return bool(sets)
