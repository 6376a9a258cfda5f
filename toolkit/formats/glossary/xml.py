"""XML files from elsewhere, read entry by entry and without trusting them.

No entity is expanded, no other file and no network is touched, a document type
declaration is accepted only if it declares no entities. Text of more than ten megabytes
without a tag, elements more than 256 deep and entries of more than `LIMIT` bytes are
refused, so that a file of any size passes through in the memory of its largest entry.
Names count without their namespaces: too many files have an outdated one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from toolkit.errors import FileError
from toolkit.files import unreadable

if TYPE_CHECKING:  # lxml is imported where a file is read
    from lxml.etree import XMLPullParser, XMLSyntaxError, _Element

LIMIT = 16 * 1024 * 1024
"""Most bytes from the end of one entry to the end of the next."""
MARK = "newsmt:"
"""How the note begins that programs read."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHUNK = 32768
_LAST_LINE = 65535
_TYPED = (
    *("admin", "adminNote", "descrip", "descripNote", "termNote", "ref", "xref"),
    *("transac", "transacNote", "prop"),
)
_SPACE = re.compile(r"[ \t\r\n]+")
_UNSAFE = re.compile(r"[%;\t\r\n]|\A | \Z|(?<= ) ")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE = re.compile(r",? (line \d+, column \d+|(try|use) XML_PARSE_HUGE( option)?).*")
_LANGUAGES = {"zho": "zh", "chi": "zh", "cmn": "zh", "eng": "en"}
_BARE = ("zh", "en")
_CURES = {
    **dict.fromkeys((4, 5, 73, 77), "is it XML, and complete?"),
    9: "take the character out",
    **dict.fromkeys((32, 81), "save it as UTF-8, and say so in the first line"),
}
"""What would be right, by the number of libxml2's error."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one element says: `definition`, `A star.`, and what it points to."""

    category: str
    text: str
    target: str = ""

    def __str__(self) -> str:
        target = f"<{self.target}>" if self.target else ""
        return f"{self.category}: {' '.join(filter(None, (self.text, target)))}"


def entries(
    path: Path, roots: tuple[str, ...], names: tuple[str, ...]
) -> Iterator["_Element"]:
    """Yield the elements with one of `names`; each is emptied when the next is due.

    Raises:
        FileError: If the file cannot be read, is not XML, has another root, or tries
            what an exchange of terms does not need.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError  # noqa: PLC0415

    parser = XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _entries(path, parser, roots, names)
    except XMLSyntaxError as error:
        raise _malformed(path, parser, error) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _entries(
    path: Path, parser: "XMLPullParser", roots: tuple[str, ...], names: tuple[str, ...]
) -> Iterator["_Element"]:
    begun, last = False, 0
    for event, element, count in _events(path, parser):
        if not begun:
            _check_root(path, element, roots)
            begun = True
        if count - last > LIMIT:
            what = f"more than {LIMIT // 1024**2} MB without the end of an entry"
            raise error_at(path, element, what, "smaller entries")
        if event == "end" and local_name(element) in names:
            last = count
            _check_entities(path, element)
            yield element
            _forget(element)


def _events(
    path: Path, parser: "XMLPullParser"
) -> Iterator[tuple[str, "_Element", int]]:
    """Yield begins and ends of elements, with the number of bytes read so far."""
    count = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            count += len(chunk)
            for event, element in parser.read_events():
                yield event, element, count
    parser.close()
    for event, element in parser.read_events():
        yield event, element, count


def _check_root(path: Path, root: "_Element", roots: tuple[str, ...]) -> None:
    name = local_name(root)
    if name not in roots:
        wanted = " or ".join(f"<{each}>" for each in roots)
        raise error_at(path, root, f"<{name}> is the root of another format", wanted)
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(document_type.iterentities()):
        what = "the document type declares entities"
        raise FileError(path, what, cure="take the declarations out")


def _check_entities(path: Path, element: "_Element") -> None:
    from lxml.etree import Entity  # noqa: PLC0415

    for entity in element.iter(Entity):
        what = f"unknown entity {entity.text}"
        raise error_at(path, element, what, "the character itself")


def _forget(element: "_Element") -> None:
    """Free an element that is read, and all before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _malformed(
    path: Path, parser: "XMLPullParser", error: "XMLSyntaxError"
) -> FileError:
    # At the end of a file the parser may report that, and only log what was wrong.
    found = next(iter(parser.feed_error_log), None) if not error.lineno else None
    message, line, code = (
        (found.message, found.line, found.type)
        if found
        else (error.msg, error.lineno, error.code)
    )
    what = " ".join(_PLACE.sub("", message or "no XML").split())[:200]
    cure = _CURES.get(code, "")
    return FileError(path, f"broken XML: {what}", line=line or None, cure=cure)


def error_at(path: Path, element: "_Element", what: str, cure: str = "") -> FileError:
    """Make the error for what is wrong with an element."""
    return FileError(path, what, line=line_of(element) or None, cure=cure)


def line_of(element: "_Element") -> int:
    """Return the line that an element begins in, or 0 beyond what libxml2 counts."""
    line = element.sourceline or 0
    return line if line < _LAST_LINE else 0


def local_name(element: "_Element") -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: "_Element", without: tuple[str, ...] = ()) -> str:
    """Return the text in an element, markup and the elements `without` left out."""
    return plain("".join(_texts(element, without)))


def _texts(element: "_Element", without: tuple[str, ...]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local_name(child) not in without:
            yield from _texts(child, without)
        yield child.tail or ""


def facts(element: "_Element", without: tuple[str, ...] = ()) -> Iterator[Fact]:
    """Yield what the elements of one level say, the levels `without` left out.

    The category is the name of an element, or its type if it is one of those that TBX
    in the style DCA and TMX type. A group is about its first element; the others become
    `context source`.
    """
    for child in element:
        name = local_name(child)
        if name == "termGrp":
            yield from facts(child, without)
        elif name.endswith("Grp"):
            yield from _group(child)
        elif name not in without:
            category = child.get("type", name) if name in _TYPED else name
            fact = Fact(category, text_of(child), child.get("target", ""))
            if fact.text or fact.target:
                yield fact


def _group(element: "_Element") -> Iterator[Fact]:
    first, *rest = [*facts(element)] or [Fact("", "")]
    if first.category:
        yield first
        for fact in rest:
            yield replace(fact, category=f"{first.category} {fact.category}")


def tag_of(path: Path, element: "_Element") -> str:
    """Return the language of an element as the file says it.

    Raises:
        FileError: If it says none.
    """
    tag = element.get(_XML_LANG) or element.get("lang") or ""
    if not tag.strip():
        raise error_at(path, element, "no xml:lang", "a language: zh, en")
    return tag


def add_statuses(rows: list[dict[str, str]]) -> None:
    """Give a status to the terms of a concept that have none.

    The first of a language is preferred if no other is, the rest admitted.
    """
    stated = {row["language"] for row in rows if row.get("status") == "preferred"}
    for row in rows:
        if "status" not in row:
            known = row["language"] in stated
            row["status"] = "admitted" if known else "preferred"
            stated.add(row["language"])


def plain(text: str) -> str:
    """Return a text as XML is read: white space is a space, and none at the ends."""
    return _SPACE.sub(" ", text).strip(" ")


def normal_language(tag: str) -> str:
    """Return `zh` for zh-CN and `en` for EN-GB, any other tag in its usual case."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    language = _LANGUAGES.get(first.lower(), first.lower())
    if language in _BARE:
        return language
    cases = {2: str.upper, 4: str.title}
    return "-".join([language, *(cases.get(len(p), str.lower)(p) for p in rest)])


def check_holdable(path: Path, text: str, name: str) -> None:
    """Raise `FileError` if a text has a character that XML 1.0 cannot hold.

    `name` says of what: `the term 'Alpha'`.
    """
    if found := _NOT_XML.search(text):
        what = f"XML cannot hold U+{ord(found[0]):04X} in {name}"
        raise FileError(path, what, cure="take the character out")


def escaped(text: str) -> str:
    """Return a text as it stands in an element or an attribute."""
    for each, reference in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\t", "&#9;"),
        ("\n", "&#10;"),
        ("\r", "&#13;"),
    ):
        text = text.replace(each, reference)
    return text


def own_note(cells: dict[str, str]) -> str:
    """Return the note that holds what a format has no place for.

    White space that reading would change, `;` and `%` become `%` and two digits.
    """
    pairs = (
        f"{name}={_UNSAFE.sub(lambda found: quote(found[0]), value)}"
        for name, value in cells.items()
    )
    return f"{MARK} {'; '.join(pairs)}"


def own_cells(
    path: Path, element: "_Element", note: str, names: tuple[str, ...]
) -> dict[str, str]:
    """Read such a note; the values are as they were.

    Raises:
        FileError: If it is not of this form, or has a name not in `names`.
    """
    cells: dict[str, str] = {}
    for part in note.removeprefix(MARK).split(";"):
        name, _, value = part.strip(" ").partition("=")
        value = unquote(value)
        known = name in names and name not in cells and "=" in part
        if not known or _NOT_XML.search(value):
            what = f"{part.strip()!r} in a note {MARK}"
            cure = f"name=value; each name once; known: {', '.join(names)}"
            raise error_at(path, element, what, cure)
        cells[name] = value
    return cells
