"""Glossaries for DeepL: source, tab, target; only written.

DeepL takes one target for each source phrase, at most 1,024 bytes of UTF-8 on a side
and 10 MiB in all, and no control characters, as its documentation and its client
library say (https://developers.deepl.com/docs/customize/managing-glossaries). Every
preferred or admitted Chinese term is paired with the preferred English one; where two
concepts have the same Chinese, the first wins.

Left out are also Chinese terms that name their concept only in quotation marks or
before certain words: DeepL would replace them everywhere. A rule that only excludes
what follows is dropped, and the term kept.

DeepL cannot hold: admitted, deprecated and superseded English terms, deprecated and
superseded Chinese ones, other languages, notes, and everything else about terms and
concepts.
"""

from pathlib import Path

from toolkit.files import written
from toolkit.formats.glossary import GLOSSARY_FORMATS, GlossaryFormat
from toolkit.formats.glossary.bilingual import Losses, Sides, sides
from toolkit.terminology.glossary import Glossary, Status, Term

MOST_BYTES = 1024
"""Of one phrase, in UTF-8."""
MOST_BYTES_IN_ALL = 10 * 1024 * 1024
_ALLOWED = tuple(status for status in Status if status.allowed)


def save(glossary: Glossary, path: Path) -> list[str]:
    """Write what DeepL accepts, and return what was left out and why."""
    losses = Losses()
    known: dict[str, str] = {}
    size = 0
    with written(path) as stream:
        for side in sides(glossary, losses, _ALLOWED):
            target = side.targets[0]
            for admitted in side.targets[1:]:
                losses.add("admitted English terms", admitted.text)
            if target.status is not Status.PREFERRED:
                losses.add("concepts without preferred English", side.concept.id)
                continue
            kept = tuple(s for s in side.sources if _fits(s, target, known, losses))
            for source in kept:
                line = f"{source.text}\t{target.text}\n"
                size += len(line.encode())
                if size > MOST_BYTES_IN_ALL:
                    losses.add("entries beyond 10 MiB in all", source.text)
                    continue
                known[source.text] = target.text
                stream.write(line)
            if kept:
                losses.fields_of(Sides(side.concept, kept, (target,)), ())
    return losses.lines()


def _fits(source: Term, target: Term, known: dict[str, str], losses: Losses) -> bool:
    kind = ""
    if source.text in known:
        is_same = known[source.text] == target.text
        kind = "" if is_same else "further targets of a source (DeepL takes one)"
    elif source.rules.quoted or source.rules.followed_by:
        kind = "terms that hold only in quotation marks or before certain words"
    elif max(len(term.text.encode()) for term in (source, target)) > MOST_BYTES:
        kind = f"entries with a side of more than {MOST_BYTES:,} bytes"
    else:
        return True
    if kind:
        losses.add(kind, f"{source.text} = {target.text}"[:60])
    return False


GLOSSARY_FORMATS.add("deepl", GlossaryFormat((), save=save))
