"""`newsmt glossary`: look things up in glossaries, and keep them right."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import FAIL, PATH, glossary_option, open_glossary

if TYPE_CHECKING:
    from toolkit.terminology.glossary import Concept, Glossary, Term

paths_argument = click.argument("paths", nargs=-1, type=PATH, metavar="[PATH...]")


@click.group()
def command() -> None:
    """Look up terms, count them, find faults in glossary files."""


@command.command()
@paths_argument
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="Least severity for exit status 1.",
)
@click.pass_context
def lint(ctx: click.Context, *, paths: tuple[Path, ...], fail_on: str) -> None:
    """Find faults in glossary files or folders. Without PATH, the shipped one."""
    from toolkit.findings import Severity  # noqa: PLC0415
    from toolkit.formats.glossary.lint import lint as find_faults  # noqa: PLC0415
    from toolkit.shipped import shipped  # noqa: PLC0415

    faults = find_faults(paths or [shipped("glossaries")])
    for fault in faults:
        click.echo(str(fault))
    counts = Counter(fault.severity.value for fault in faults)
    summary = ", ".join(f"{n} {name}s" for name, n in counts.items()) or "no faults"
    click.echo(summary, err=True)
    bad = fail_on != "never" and any(
        fault.severity.reaches(Severity(fail_on)) for fault in faults
    )
    ctx.exit(FAIL if bad else 0)


@command.command()
@click.argument("text")
@glossary_option
@click.pass_context
def find(ctx: click.Context, *, text: str, glossaries: tuple[Path, ...]) -> None:
    """Show every concept with TEXT in a term, in Chinese or English."""
    from toolkit.terminology.folding import fold  # noqa: PLC0415

    glossary, _ = open_glossary(glossaries)
    wanted = fold(text).text
    found = [
        concept
        for concept in glossary
        if any(wanted in fold(term.text).text for term in concept.terms)
    ]
    for concept in found:
        click.echo(_described(concept))
    if not found:
        click.echo(f"no term with {text!r}", err=True)
        ctx.exit(FAIL)


@command.command()
@click.argument("concept")
@glossary_option
def show(*, concept: str, glossaries: tuple[Path, ...]) -> None:
    """Show everything about CONCEPT, named by its id."""
    from toolkit.errors import ToolkitError  # noqa: PLC0415

    glossary, _ = open_glossary(glossaries)
    if concept not in glossary.concepts:
        raise ToolkitError(f"no concept {concept!r} (newsmt glossary find TEXT)")
    click.echo(_described(glossary.concepts[concept]))


@command.command()
@paths_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def stats(*, paths: tuple[Path, ...], form: str) -> None:
    """Count concepts and terms. Without PATH, those of the shipped glossary."""
    import json  # noqa: PLC0415

    counts = _counts(open_glossary(paths)[0])
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    for label, value in counts.items():
        click.echo(f"{label}: {_joined(value)}")


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
    notes = [kind, valid, term.evidence, term.source, term.note]
    rest = "; ".join(filter(None, notes))
    return f"  {term.language}  {term.status:<10}  {term.text}" + (
        f"  ({rest})" if rest else ""
    )
