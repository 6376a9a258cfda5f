"""`newsmt glossary`: look things up in glossaries, and keep them right."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.editing import COMMANDS
from toolkit.cli.options import (
    FAIL,
    PATH,
    fail_on_option,
    glossary_option,
    level_option,
    open_glossary,
)

if TYPE_CHECKING:
    from toolkit.terminology.glossary import Concept, Glossary, Rules, Term
    from toolkit.terminology.lookup import Found

_MOST = 20
_form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the output.",
)
paths_argument = click.argument("paths", nargs=-1, type=PATH, metavar="[PATH...]")


@click.group()
def command() -> None:
    """Look up terms, count them, find faults in glossary files, edit and compare."""


for each in COMMANDS:
    command.add_command(each)


@command.command()
@paths_argument
@level_option
@fail_on_option("error")
@click.pass_context
def lint(
    ctx: click.Context, *, paths: tuple[Path, ...], level: str, fail_on: str
) -> None:
    """Find faults in glossary files or folders. Without PATH, the shipped one."""
    from toolkit.findings import Severity  # noqa: PLC0415
    from toolkit.formats.glossary.lint import lint as find_faults  # noqa: PLC0415
    from toolkit.shipped import shipped  # noqa: PLC0415

    faults = find_faults(paths or [shipped("glossaries")])
    for fault in faults:
        if fault.severity.reaches(Severity(level)):
            click.echo(str(fault))
    click.echo(
        _summary(Counter(str(fault.severity) for fault in faults), level), err=True
    )
    bad = fail_on != "never" and any(
        fault.severity.reaches(Severity(fail_on)) for fault in faults
    )
    ctx.exit(FAIL if bad else 0)


def _summary(counts: Mapping[str, int], level: str) -> str:
    """Count the faults by severity, those that are not shown together."""
    names = ["error", "warning", "info"]
    last = names.index(level) + 1
    shown = [
        f"{counts[name]} {name}" + "s" * (counts[name] != 1 and name != "info")
        for name in names[:last]
        if counts.get(name)
    ]
    hidden = sum(counts.get(name, 0) for name in names[last:])
    hint = f" ({hidden} below --level {level})" if hidden else ""
    return (", ".join(shown) or "no faults") + hint


@command.command()
@click.argument("text")
@glossary_option
@_form_option
@click.pass_context
def find(
    ctx: click.Context, *, text: str, glossaries: tuple[Path, ...], form: str
) -> None:
    """Show the concepts that TEXT may mean, best first, at most 20.

    TEXT is a part of a term in Chinese or English, or pinyin without tones. Where there
    is none, English terms with one or two letters different are shown.
    """
    from toolkit.terminology.lookup import search  # noqa: PLC0415

    found = search(open_glossary(glossaries)[0], text)
    shown = found[:_MOST]
    if form == "json":
        click.echo(_json([_found_as_json(each) for each in shown]))
    elif shown:
        click.echo("\n".join(_described(each.concept) for each in shown))
    if len(found) > _MOST:
        click.echo(f"{len(found) - _MOST} more (say more of the term)", err=True)
    if not found:
        click.echo(f"no term with {text!r}", err=True)
        ctx.exit(FAIL)


@command.command()
@click.argument("concept")
@glossary_option
@_form_option
def show(*, concept: str, glossaries: tuple[Path, ...], form: str) -> None:
    """Show everything about CONCEPT, named by its id."""
    from toolkit.errors import ToolkitError  # noqa: PLC0415
    from toolkit.terminology.lookup import as_json  # noqa: PLC0415

    glossary, _ = open_glossary(glossaries)
    if concept not in glossary.concepts:
        raise ToolkitError(f"no concept {concept!r} (newsmt glossary find TEXT)")
    known = glossary.concepts[concept]
    click.echo(_json(as_json(known)) if form == "json" else _described(known))


@command.command()
@paths_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def stats(*, paths: tuple[Path, ...], form: str) -> None:
    """Count concepts and terms. Without PATH, those of the shipped glossary."""
    counts = _counts(open_glossary(paths)[0])
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    for label, value in counts.items():
        click.echo(f"{label}: {_joined(value)}")


@command.command()
@click.argument("inputs", nargs=-1, required=True, type=PATH, metavar="IN...")
@click.option("-o", "output", required=True, type=PATH, metavar="OUT", help="Where to.")
@click.option("--from", "source", metavar="FORMAT", help="[default: by suffix]")
@click.option("--to", "target", metavar="FORMAT", help="[default: by suffix]")
def convert(
    *, inputs: tuple[Path, ...], output: Path, source: str | None, target: str | None
) -> None:
    """Write glossaries in another format, a file or a native folder.

    Of several, later ones win. What the format cannot hold is listed.
    """
    from toolkit.formats.glossary import conversion  # noqa: PLC0415

    for loss in conversion.convert(inputs, output, source=source, target=target):
        click.echo(loss, err=True)


def _joined(value: int | dict[str, int]) -> str:
    if isinstance(value, int):
        return str(value)
    return ", ".join(f"{name or '-'} {count}" for name, count in value.items())


def _counts(glossary: "Glossary") -> dict[str, int | dict[str, int]]:
    terms = [term for concept in glossary for term in concept.terms]
    by = {
        "languages": Counter(term.language for term in terms),
        "statuses": Counter(term.status.value for term in terms),
        "evidence": Counter(term.evidence for term in terms),
        "domains": Counter(concept.domain for concept in glossary),
    }
    sizes: dict[str, int | dict[str, int]] = {
        "concepts": len(glossary),
        "terms": len(terms),
    }
    return sizes | {name: dict(sorted(count.items())) for name, count in by.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _found_as_json(found: "Found") -> dict[str, object]:
    """A concept, and which of its terms was found how: text, pinyin or fuzzy."""
    from toolkit.terminology.lookup import as_json  # noqa: PLC0415

    return as_json(found.concept) | {"found": found.term.text, "how": found.how}


def _described(concept: "Concept") -> str:
    lines = [f"{concept.id} ({', '.join(filter(None, _about(concept)))})"]
    lines += [f"  {text}" for text in (concept.definition, concept.note) if text]
    languages = dict.fromkeys(term.language for term in concept.terms)
    for language in languages:
        lines += [_line(term) for term in concept.terms_in(language)]
    return "\n".join(lines)


def _about(concept: "Concept") -> tuple[str, str]:
    return concept.domain, concept.enforce.value


def _line(term: "Term") -> str:
    valid = ""
    if term.valid_from or term.valid_to:
        valid = f"{term.valid_from or '...'} to {term.valid_to or '...'}"
    kind = "" if term.kind.value == "full" else term.kind.value
    case = "exact case" if term.exact_case else ""
    about = [kind, term.pos, case, valid, _rules(term.rules)]
    notes = [*about, term.evidence, term.source, term.note]
    rest = "; ".join(filter(None, notes))
    return f"  {term.language}  {term.status:<10}  {term.text}" + (
        f"  ({rest})" if rest else ""
    )


def _rules(rules: "Rules") -> str:
    """The rules as the files have them."""
    from toolkit.terminology.lookup import rules_as_json  # noqa: PLC0415

    return ", ".join(
        f"{name}={'|'.join(value) if isinstance(value, list) else 'yes'}"
        for name, value in rules_as_json(rules).items()
    )
