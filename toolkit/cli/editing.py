"""The commands of `newsmt glossary` that edit, compare and merge glossaries."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import FAIL, PATH

if TYPE_CHECKING:
    from toolkit.formats.glossary.draft import Draft

_TERM_COLUMNS = {
    "status": "preferred, admitted, deprecated, superseded.",
    "kind": "full, short, abbreviation, first-mention, do-not-translate.",
    "pos": "noun, proper noun, verb, adjective, phrase.",
    "case": "exact, if capitals decide.",
    "valid_from": "First day of the name: YYYY, YYYY-MM or YYYY-MM-DD.",
    "valid_to": "Last day of the name.",
    "when": "Rules: quoted=yes;followed_by=a|b;not_followed_by=a|b;source_only=yes.",
    "source": "Where it was seen.",
    "evidence": "A, B, C; of a deprecated term attested or predicted.",
    "note": "A remark for people.",
}
_CONCEPT_COLUMNS = {
    "domain": "Of the concept; in a folder, the name of its file.",
    "enforce": "Of the concept: required, advised.",
    "definition": "Of the concept.",
}


def _editing(function: Callable[..., None]) -> Callable[..., None]:
    """Add an option for each column, and what says which glossary is edited."""
    columns = _TERM_COLUMNS | _CONCEPT_COLUMNS
    for name, text in reversed(columns.items()):
        option = "--" + name.replace("_", "-")
        function = click.option(option, name, metavar="VALUE", help=text)(function)
    function = click.option(
        "--demote",
        metavar="STATUS",
        default="",
        help="Give this status to the term that was preferred so far.",
    )(function)
    return _edited_option(function)


def _edited_option(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--glossary",
        "path",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="Native glossary to edit, a file or folder. "
        "[default: the shipped one, if it can be written to]",
    )(function)


@click.command()
@click.argument("concept")
@click.argument("terms", nargs=-1, required=True, metavar="LANGUAGE TERM...")
@_editing
def add(
    *,
    concept: str,
    terms: tuple[str, ...],
    path: Path | None,
    demote: str,
    **values: str | None,
) -> None:
    """Add terms, each a LANGUAGE and a TERM, to CONCEPT, or a new concept with them.

    A new concept needs a term in each language at once, in a folder also --domain:

      newsmt glossary add huhang zh 护航行动 en "Escort campaign" --domain policing

    The status is preferred for the first term of a language, admitted for others; all
    options are for all terms. An edit after which `lint` has a new error is refused.
    """
    about, cells = _split(values)
    pairs = [
        {"language": language, "term": term} | cells
        for language, term in zip(terms[::2], terms[1::2], strict=False)
    ]
    if len(terms) % 2:
        raise click.UsageError(f"no term after {terms[-1]!r}")
    draft = _draft(path)
    draft.add(concept, pairs, about, demote=demote)
    _save(draft)


@click.command("set")
@click.argument("concept")
@click.argument("language", required=False)
@click.argument("term", required=False)
@click.option("--rename", metavar="TERM", help="Write the term like this.")
@click.option("--line", default=0, help="Which one, if several rows have this term.")
@_editing
def set_(  # noqa: PLR0913 (click's)
    *,
    concept: str,
    language: str | None,
    term: str | None,
    rename: str | None,
    line: int,
    path: Path | None,
    demote: str,
    **values: str | None,
) -> None:
    """Change what stands about a TERM of CONCEPT, or about CONCEPT itself.

    An empty VALUE clears a cell. To prefer another term than so far:

      newsmt glossary set yuetan en summon --status preferred --demote admitted
    """
    about, cells = _split(values | {"term": rename})
    if term is None:
        about |= {"note": cells.pop("note")} if "note" in cells else {}
    if language is not None and term is None:
        raise click.UsageError("no TERM after LANGUAGE")
    wrong, right = (cells, about) if term is None else (about, cells)
    if wrong or (demote and term is None):
        option = "--" + next(iter(wrong), "demote").replace("_", "-")
        needs = "needs LANGUAGE TERM" if term is None else "is for CONCEPT alone"
        raise click.UsageError(f"{option.replace('--term', '--rename')} {needs}")
    if not right:
        raise click.UsageError("nothing to set")
    draft = _draft(path)
    if language is None or term is None:
        draft.redescribe(concept, right)
    else:
        draft.change(draft.find(concept, language, term, line), right, demote=demote)
    _save(draft)


@click.command()
@click.argument("concept")
@click.argument("language", required=False)
@click.argument("term", required=False)
@click.option("--line", default=0, help="Which one, if several rows have this term.")
@_edited_option
def remove(
    *, concept: str, language: str | None, term: str | None, line: int, path: Path
) -> None:
    """Take out a TERM of CONCEPT, or CONCEPT with all its terms."""
    if language is not None and term is None:
        raise click.UsageError("no TERM after LANGUAGE")
    draft = _draft(path)
    if language is None or term is None:
        draft.remove(concept)
    else:
        draft.find(concept, language, term, line).remove()
    _save(draft)


def _split(values: Mapping[str, str | None]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is said about the concept, and what about the term."""
    said = {name: value for name, value in values.items() if value is not None}
    about = {name: said.pop(name) for name in _CONCEPT_COLUMNS if name in said}
    return about, said


def _draft(path: Path | None) -> "Draft":
    import os  # noqa: PLC0415

    from toolkit.errors import FileError  # noqa: PLC0415
    from toolkit.formats.glossary.editing import open_draft  # noqa: PLC0415
    from toolkit.shipped import shipped  # noqa: PLC0415

    default = shipped("glossaries")
    if path is None and not os.access(default, os.W_OK):
        raise FileError(default, "cannot be written", cure="--glossary PATH")
    return open_draft(path or default)


def _save(draft: "Draft") -> None:
    from toolkit.formats.glossary.editing import save_draft  # noqa: PLC0415

    touched = draft.touched
    faults = save_draft(draft)
    for row in touched:
        cells = " | ".join(filter(None, row.row.split("\t")))
        click.echo(f"{row.path}:{row.line}: {row.what}: {cells}")
    for fault in faults:
        click.echo(str(fault), err=True)
    if not touched:
        click.echo("nothing changed", err=True)


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def diff(ctx: click.Context, *, old: Path, new: Path, form: str) -> None:
    """Show what differs between two glossaries, files or folders of any format.

    The order of concepts and terms does not count. Exit status 0 if nothing differs,
    otherwise 1.
    """
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from toolkit.formats.glossary import read_glossary  # noqa: PLC0415
    from toolkit.terminology.difference import differences  # noqa: PLC0415

    changes = differences(read_glossary(old), read_glossary(new))
    if form == "json":
        rows = [asdict(change) for change in changes]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for change in changes:
            click.echo(str(change))
    ctx.exit(FAIL if changes else 0)


@click.command()
@click.argument("base", type=PATH)
@click.argument("ours", type=PATH)
@click.argument("theirs", type=PATH)
@click.option("-o", "output", type=PATH, required=True, metavar="OUT")
@click.pass_context
def merge(
    ctx: click.Context, *, base: Path, ours: Path, theirs: Path, output: Path
) -> None:
    """Write OURS with what THEIRS changed since BASE to OUT, which may be OURS.

    Where both changed one thing in two ways, the conflicts are shown, nothing is
    written, and the exit status is 1. Rows that do not change stay as in OURS.
    """
    from toolkit.formats.glossary import read_glossary  # noqa: PLC0415
    from toolkit.formats.glossary.editing import save_merged  # noqa: PLC0415
    from toolkit.terminology import difference  # noqa: PLC0415

    versions = [read_glossary(path) for path in (base, ours, theirs)]
    merged, conflicts = difference.merge(*versions)
    for conflict in conflicts:
        click.echo(str(conflict))
    if conflicts:
        click.echo(f"nothing written: {len(conflicts)} in conflict", err=True)
        ctx.exit(FAIL)
    for note in save_merged(merged, ours, output):
        click.echo(note, err=True)


COMMANDS = (add, set_, remove, diff, merge)
