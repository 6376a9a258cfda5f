"""ApSIC Xbench: a checklist of bad and missing renderings, and key terms; only written.

`xbench` writes a checklist, `.xbckl`, after ApSIC's description of the file
(https://github.com/xbench/xbench-file-formats). For each concept one check finds
segments whose Chinese names it while no allowed English term is there, and one check
each finds a deprecated or superseded English term beside the Chinese.
`xbench-key-terms` writes pairs of preferred and admitted terms, tab-separated, UTF-8
with a byte order mark, to be loaded as a text file with the key terms option.

Xbench cannot hold: other languages, concepts without Chinese and English, ids, kinds,
parts of speech, dates, rules, evidence, enforce, case unless all terms of a check have
it, and in key terms also deprecated and superseded terms, case, domains, definitions,
notes and sources. Chinese terms that hold only in quotation marks or before certain
words are left out: they would be reported everywhere. A quotation mark (") in a term is
written twice, as the tools of ApSIC do.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from toolkit.files import written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.bilingual import Losses, Sides, one_line, sides
from toolkit.terminology.glossary import Glossary, Status, Term

_ALLOWED = tuple(status for status in Status if status.allowed)
_HELD = ("domains", "definitions", "notes on concepts", "notes", "sources")
_HELD_BY_CASE = (*_HELD, "case policies")
_BOM = "\ufeff"


def save_checklist(glossary: Glossary, path: Path) -> list[str]:
    """Write a checklist and return what it could not hold."""
    losses = Losses()
    with written(path) as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
        stream.write('<xbench-checklist version="1.0">\n')
        stream.write(f'  <checklist name="{_xml(path.stem, losses)}">\n')
        for side in sides(glossary, losses):
            for check in _checks(_everywhere(side, losses), losses):
                stream.write(check)
        stream.write("  </checklist>\n</xbench-checklist>\n")
    return losses.lines()


def save_key_terms(glossary: Glossary, path: Path) -> list[str]:
    """Write pairs of terms and return what they could not hold."""
    losses = Losses()
    with written(path) as stream:
        stream.write(_BOM)
        for full in sides(glossary, losses, _ALLOWED):
            side = _everywhere(full, losses)
            losses.fields_of(side, ())
            for source in side.sources:
                for target in side.targets:
                    stream.write(f"{source.text}\t{target.text}\n")
    return losses.lines()


def _everywhere(side: Sides, losses: Losses) -> Sides:
    """Leave out sources that hold only in some places."""
    kept = []
    for source in side.sources:
        if source.rules.quoted or source.rules.followed_by:
            kind = "terms that hold only in quotation marks or before certain words"
            losses.add(kind, source.text)
        else:
            kept.append(source)
    return Sides(side.concept, tuple(kept), side.targets)


def _checks(side: Sides, losses: Losses) -> Iterator[str]:
    if not side.sources:
        return
    losses.fields_of(side, _HELD_BY_CASE)
    chinese = " OR ".join(_quoted(term) for term in side.sources)
    allowed = [term for term in side.targets if term.status.allowed]
    if allowed:
        absent = " ".join(f"-{_quoted(term)}" for term in allowed)
        yield _check(side, "missing", chinese, absent, allowed, losses)
    for term in side.targets:
        if not term.status.allowed:
            name = f"{term.status}: {term.text}"
            yield _check(side, name, chinese, _quoted(term), [*allowed, term], losses)


def _check(  # noqa: PLR0913, PLR0917 (the parts of a check)
    side: Sides,
    name: str,
    source: str,
    target: str,
    terms: list[Term],
    losses: Losses,
) -> str:
    wanted = next((f"Write {t.text!r}." for t in terms if t.status.allowed), "")
    about = (side.concept.definition, side.concept.note, *_remarks(terms))
    description = " ".join(filter(None, (wanted, *about)))
    lines = [
        f'    <check name="{_xml(f"{side.sources[0].text}: {name}", losses)}" '
        f'categories="{_xml(side.concept.domain, losses)}">',
        f"      {_term('source', source, terms=side.sources, losses=losses)}",
        f"      {_term('target', target, terms=terms, losses=losses)}",
        f'      <description xml:space="preserve">{_xml(description, losses)}'
        "</description>",
        f"      <timestamp>{datetime.now(UTC):%Y-%m-%d %H:%M}</timestamp>",
        "    </check>",
    ]
    return "\n".join(lines) + "\n"


def _remarks(terms: list[Term]) -> Iterator[str]:
    for term in terms:
        yield from (term.note, term.source)


def _term(
    side: str, search: str, *, terms: list[Term] | tuple[Term, ...], losses: Losses
) -> str:
    is_exact = all(term.exact_case for term in terms)
    is_bad = any(not term.status.allowed for term in terms)
    options = {
        "casecheck": "yes" if is_exact else "no",
        "wholeword": "yes" if side == "target" and is_bad else "no",
        "powersearch": "yes",
        "searchmode": "simple",
    }
    written_out = " ".join(f'{name}="{value}"' for name, value in options.items())
    text = _xml(search, losses)
    return f'<term type="{side}" xml:space="preserve" {written_out}>{text}</term>'


def _quoted(term: Term) -> str:
    doubled = term.text.replace('"', '""')
    return f'"{doubled}"'


def _xml(text: str, losses: Losses) -> str:
    return escape(one_line(text, losses))


GLOSSARY_FORMATS.add("xbench", GlossaryFormat((".xbckl",), save=save_checklist))
GLOSSARY_FORMATS.add("xbench-key-terms", GlossaryFormat((), save=save_key_terms))
