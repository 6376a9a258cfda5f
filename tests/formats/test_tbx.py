"""TBX: what is written is read again, and what others write is understood."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.conftest import DATA
from toolkit.errors import FileError
from toolkit.formats.glossary import GLOSSARY_FORMATS, format_of
from toolkit.formats.glossary import xml as safe_xml
from toolkit.formats.glossary.tbx import load, save
from toolkit.shipped import shipped
from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import (
    ANYWHERE,
    Concept,
    Enforce,
    Glossary,
    Kind,
    Rules,
    Status,
    Term,
)

EXCHANGE = DATA / "exchange"
NAMESPACES = {
    "tbx": "urn:iso:std:iso:30042:ed-2",
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
BASIC = '<tbx type="TBX-Basic" style="dct" xml:lang="en"><text><body>'
TAIL = "</body></text></tbx>"

LETTERS = "aZ天é\u0301\u2028\u0085\u00a0 \t\n\r;%=|<>&\"'\\:]𠮷\ufffd-"
TEXT = st.one_of(
    st.text(st.sampled_from(LETTERS), max_size=8),
    st.sampled_from(["newsmt: evidence=A", " newsmt:x", "note: a; b", "]]>", "&amp;"]),
    st.text(st.characters(codec="utf-8"), max_size=5).filter(
        lambda text: not safe_xml._NOT_XML.search(text)
    ),
)
WORD = TEXT.filter(lambda text: fold(text).text and safe_xml.plain(text))
DATE = st.sampled_from(["", "1998", "2018-03", "2018-03-17"])
VALUES = st.lists(
    TEXT.filter(lambda text: text and not {*text} & {*"|;"}), max_size=2
).map(tuple)
RULES = st.just(ANYWHERE) | st.builds(
    Rules, st.booleans(), VALUES, VALUES, st.booleans()
)
POS = st.sampled_from(["", "noun", "proper noun", "verb", "adjective", "phrase"])
LANGUAGE = st.sampled_from(["zh", "en", "fr", "zh-Hant", "en-GB", "EN", "sr-Latn"])
TERM = st.builds(
    Term,
    text=WORD,
    language=LANGUAGE,
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    pos=POS,
    exact_case=st.booleans(),
    valid_from=DATE,
    valid_to=DATE,
    rules=RULES,
    source=TEXT,
    evidence=st.sampled_from(["", "1", "2", "3"]),
    note=TEXT,
).map(
    lambda term: replace(
        term,
        evidence={
            True: {"": "", "1": "attested", "2": "predicted", "3": ""},
            False: {"": "", "1": "A", "2": "B", "3": "C"},
        }[term.status is Status.DEPRECATED][term.evidence],
    )
)
CONCEPT = st.builds(
    Concept,
    id=st.sampled_from(["a", "b_2", "concept_1", "3", "天 地", "<&>"]) | WORD,
    terms=st.lists(TERM, min_size=1, max_size=5).map(tuple),
    domain=TEXT,
    enforce=st.sampled_from(Enforce),
    definition=TEXT,
    note=TEXT,
)
GLOSSARY = st.lists(CONCEPT, max_size=3).map(
    lambda concepts: Glossary({concept.id: concept for concept in concepts})
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(glossary=GLOSSARY)
def test_what_is_written_is_read_again(glossary, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "round.tbx"
    assert save(glossary, path) == []
    again = load(path)
    assert again == glossary
    assert [*again.concepts] == [*glossary.concepts]


def test_the_shipped_glossary_makes_the_round_trip(tmp_path):
    native = GLOSSARY_FORMATS["native"].load
    glossary = native(shipped("glossaries"))
    assert save(glossary, tmp_path / "all.tbx") == []
    assert load(tmp_path / "all.tbx") == glossary


def test_rules_that_are_read_are_the_same_object(tmp_path):
    term = Term("Alpha", "en")
    save(Glossary({"a": Concept("a", (term,))}), tmp_path / "a.tbx")
    (concept,) = load(tmp_path / "a.tbx")
    assert concept.terms[0].rules is ANYWHERE


@pytest.fixture
def written(tmp_path):
    """Write a concept and return its element."""

    def write(concept):
        save(Glossary({concept.id: concept}), tmp_path / "one.tbx")
        root = etree.parse(tmp_path / "one.tbx").getroot()
        assert root.tag == f"{{{NAMESPACES['tbx']}}}tbx"
        assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dct")
        (entry,) = root.iterfind(".//tbx:conceptEntry", NAMESPACES)
        return entry

    return write


def values(element, name):
    return [each.text for each in element.iterfind(f".//{name}", NAMESPACES)]


def test_what_is_written_is_basic_in_the_style_dct(written):
    short = Term("Qinglang", "en", kind=Kind.SHORT, source="CAC", note="so")
    old = Term("Qing", "en", Status.SUPERSEDED, pos="proper noun", valid_to="2018")
    concept = Concept("q", (Term("清朗", "zh"), short, old), "net", note="yearly")
    entry = written(replace(concept, definition="A campaign."))
    assert entry.get("id") == "q"
    assert values(entry, "min:subjectField") == ["net"]
    assert values(entry, "basic:definition") == ["A campaign."]
    languages = entry.findall("tbx:langSec", NAMESPACES)
    assert [each.get(safe_xml._XML_LANG) for each in languages] == ["zh", "en"]
    assert values(languages[1], "tbx:term") == ["Qinglang", "Qing"]
    assert values(languages[1], "min:administrativeStatus") == [
        "preferredTerm-admn-sts",
        "supersededTerm-admn-sts",
    ]
    assert values(languages[1], "min:partOfSpeech") == ["noun"]
    assert values(languages[1], "basic:termType") == ["shortForm", "fullForm"]
    assert values(languages[1], "basic:source") == ["CAC"]
    notes = ["so", "newsmt: valid_to=2018; pos=proper noun"]
    assert values(languages[1], "tbx:note") == notes


def test_our_note_is_for_people_too(written):
    rules = Rules(quoted=True, followed_by=("行动", "专项行动"))
    term = Term("清朗", "zh", valid_from="2018-03", evidence="A", rules=rules)
    first = Term("清朗 (清亮)", "zh", Status.ADMITTED, Kind.FIRST_MENTION)
    entry = written(Concept("3", (term, first), enforce=Enforce.ADVISED))
    assert entry.get("id") == "concept_1", "ids of XML begin with a letter"
    assert values(entry, "tbx:note") == [
        "newsmt: id=3; enforce=advised",
        "newsmt: valid_from=2018-03; quoted=yes; followed_by=行动|专项行动; evidence=A",
        "newsmt: kind=first-mention",
    ]


def test_what_lines_would_change_is_kept_and_shown(written):
    entry = written(Concept("a", (Term("a  b", "en", note="x\n50 %; y"),)))
    assert values(entry, "tbx:term") == ["a b"]
    assert values(entry, "tbx:note") == [
        "x 50 %; y",
        "newsmt: term=a %20b; note=x%0A50 %25%3B y",
    ]


def test_a_concept_without_terms_is_left_out_and_named(tmp_path):
    full, empty = Concept("a", (Term("Alpha", "en"),)), Concept("b", ())
    losses = save(Glossary({"a": full, "b": empty}), tmp_path / "a.tbx")
    assert losses == ["concepts without terms: b"]
    assert load(tmp_path / "a.tbx") == Glossary({"a": full})


@pytest.mark.parametrize(
    ("concept", "named"),
    [
        pytest.param(
            Concept("a", (Term("Al\x0bpha", "en"),)),
            "U+000B in the term 'Al\\x0bpha' of concept 'a'",
            id="control character in a term",
        ),
        pytest.param(
            Concept("a", (Term("Alpha", "en", note="\ufffe"),)),
            "U+FFFE in the note of the term 'Alpha' of concept 'a'",
            id="no character at all in a note",
        ),
        pytest.param(
            Concept("a", (Term("Alpha", "en"),), definition="\x1f"),
            "U+001F in the definition of concept 'a'",
            id="in a definition",
        ),
        pytest.param(
            Concept("a\x08", (Term("Alpha", "en"),)),
            "U+0008 in concept 'a\\x08'",
            id="in an id",
        ),
        pytest.param(
            Concept("a", (Term("\ud800b", "en"),)), "'a'", id="half a character"
        ),
    ],
)
def test_what_xml_cannot_hold_leaves_the_file_untouched(concept, named, tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text("as it was")
    good = Concept("good", (Term("Good", "en"),))
    with pytest.raises(FileError) as error:
        save(Glossary({"good": good, concept.id: concept}), path)
    assert named in str(error.value)
    assert "\n" not in str(error.value)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [
        ("a.tbx", "as it was")
    ]


def test_the_style_dca():
    (concept,) = load(EXCHANGE / "tbx_dca.tbx")
    assert (concept.id, concept.domain) == ("c1", "internet")
    assert concept.definition == "A campaign to clean up the internet."
    assert concept.note.split("; ") == [
        "transactionType: origination",
        "transactionType date: 2021-05-08",
        "xGraphic: logo <https://example.org/logo.png>",
        "A yearly series.",
        "definition source (en): CAC",
    ]
    context = "context: The Qinglang campaign began.; context source: Xinhua"
    assert concept.terms == (
        Term("清朗", "zh", pos="proper noun", note="xml:lang: zh-CN"),
        Term("Qinglang", "en", kind=Kind.SHORT, source="China Daily", note=context),
        Term("Clear and Bright", "en", Status.ADMITTED, note="Shenzhen Daily"),
        Term("Clearness", "en", Status.DEPRECATED, note="grammaticalGender: neuter"),
    )


def test_the_version_of_2008():
    kyiv, who = load(EXCHANGE / "tbx_2008.tbx")
    assert (kyiv.id, kyiv.domain) == ("kyiv", "world")
    assert kyiv.terms == (
        Term("基辅", "zh"),
        Term("Kyiv", "en", pos="proper noun"),
        Term("Kiev", "en", Status.SUPERSEDED),
    )
    assert (who.id, who.definition) == ("tbx_2", "The UN agency for health.")
    acronym = Term(
        *("WHO", "en", Status.ADMITTED, Kind.ABBREVIATION),
        note="termType: acronym",
    )
    assert who.terms == (
        Term("World Health Organization", "en"),
        acronym,
        Term("世界卫生组织", "zh"),
        Term("世卫", "zh", Status.ADMITTED, Kind.SHORT),
    )


def test_groups_of_terms_and_a_status_that_we_do_not_have():
    (concept,) = load(EXCHANGE / "tbx_2008_groups.tbx")
    (term,) = concept.terms
    assert (term.text, term.pos, term.status) == ("draft law", "noun", "preferred")
    assert term.note == (
        "administrativeStatus: legalTerm-admn-sts; "
        "administrativeStatus source: State Council"
    )


@pytest.mark.parametrize(
    ("value", "status", "note"),
    [
        pytest.param("preferredTerm-admn-sts", "preferred", "", id="TBX-Basic"),
        pytest.param("deprecatedTerm", "deprecated", "", id="without the end"),
        pytest.param("supersededtermadmnsts", "superseded", "", id="without hyphens"),
        pytest.param("Admitted", "admitted", "", id="bare"),
        pytest.param(
            "forbidden", "deprecated", "administrativeStatus: forbidden", id="forbidden"
        ),
        pytest.param(
            "obsolete", "superseded", "administrativeStatus: obsolete", id="obsolete"
        ),
        pytest.param("new", "preferred", "administrativeStatus: new", id="unknown"),
    ],
)
def test_statuses(value, status, note, tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(
        f"{BASIC}<conceptEntry id='a'><langSec xml:lang='en'><termSec><term>A</term>"
        f"<administrativeStatus>{value}</administrativeStatus></termSec></langSec>"
        f"</conceptEntry>{TAIL}"
    )
    (concept,) = load(path)
    assert concept.terms == (Term("A", "en", Status(status), note=note),)


def entry(inside="<term>Alpha</term>", id_="a"):
    return (
        f'<conceptEntry id="{id_}"><langSec xml:lang="en"><termSec>{inside}</termSec>'
        "</langSec></conceptEntry>\n"
    )


def document(*entries):
    return f"{HEAD}\n{BASIC}\n{''.join(entries)}{TAIL}"


def typed(document_type, term):
    """Return a document that has a document type."""
    text = document(entry(f"<term>{term}</term>"))
    return text.replace(HEAD, f"{HEAD}<!DOCTYPE tbx {document_type}>").encode()


def laughs():
    """Return entities each of which is ten of the one before."""
    tens = (f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'[<!ENTITY e0 "ha">{"".join(tens)}]'


BROKEN = [
    pytest.param(b"", "broken XML: no", id="nothing"),
    pytest.param(b"concept\tlanguage\n", ":1: broken XML", id="no XML"),
    pytest.param(document(entry())[:-9].encode(), ":4: .*complete", id="truncated"),
    pytest.param(document(entry())[:150].encode(), ":3: .*complete", id="cut in a tag"),
    pytest.param(b"<html><body/></html>", ":1: <html>.*<tbx> or <martif>", id="root"),
    pytest.param(typed(laughs(), "&e9;"), "[Ee]ntit", id="billion laughs"),
    pytest.param(
        typed('[<!ENTITY x "a">]', "&x;"), "declares entities", id="internal entity"
    ),
    pytest.param(
        typed('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"),
        "declares entities",
        id="external entity",
    ),
    pytest.param(
        typed('[<!ENTITY % x SYSTEM "http://localhost/x"> %x;]', "a"),
        "declares entities",
        id="external parameter entity",
    ),
    pytest.param(
        typed('SYSTEM "x.dtd"', "&x;"),
        ":3: unknown entity &x;",
        id="an entity of the document type",
    ),
    pytest.param(
        document(entry("<term>&x;</term>")).encode(), ":3: .*'x'", id="unknown entity"
    ),
    pytest.param(
        document(entry("<term>中文</term>")).encode("gbk"),
        ":3: .*save it as UTF-8",
        id="other encoding than declared",
    ),
    pytest.param(
        document(entry()).replace("UTF-8", "utf-9").encode(),
        ":1: .*utf-9",
        id="unknown encoding",
    ),
    pytest.param(
        document(entry("<term>a\0b</term>")).encode(), ":3: .*0x0", id="NUL byte"
    ),
    pytest.param(bytes(5000), "broken XML", id="only NUL bytes"),
    pytest.param(
        document(entry("<term>a&#8;</term>")).encode(), ":3: ", id="control character"
    ),
    pytest.param(
        document(entry(), entry("<term>b</term>")).encode(),
        ":4: concept 'a' again",
        id="duplicate ids",
    ),
    pytest.param(
        document(entry("<term> </term>")).encode(), ":3: no term", id="empty term"
    ),
    pytest.param(document(entry("")).encode(), ":3: no term", id="no term"),
    pytest.param(
        document(entry("<term>a</term><term>b</term>")).encode(),
        ":3: two terms",
        id="two terms",
    ),
    pytest.param(
        document(entry("<term>\u200b</term>")).encode(),
        ":3: nothing but marks",
        id="only marks",
    ),
    pytest.param(
        document('<conceptEntry id="a"/>').encode(), ":3: .*no terms", id="no terms"
    ),
    pytest.param(
        document(entry()).replace(' xml:lang="en"><term', "><term").encode(),
        ":3: no xml:lang",
        id="no language",
    ),
    pytest.param(b"<tbx>" * 300 + b"</tbx>" * 300, "broken XML.*depth", id="too deep"),
    pytest.param(
        document(entry("<term>a</term><note>newsmt: color=red</note>")).encode(),
        ":3: 'color=red' in a note newsmt: .*known: term",
        id="unknown name in our note",
    ),
    pytest.param(
        document(entry("<term>a</term><note>newsmt: place=x</note>")).encode(),
        ":3: place 'x' .*number",
        id="a place that is no number",
    ),
    pytest.param(
        document(entry("<term>a</term><note>newsmt: source=%00</note>")).encode(),
        ":3: 'source=%00' in a note",
        id="NUL in our note",
    ),
    pytest.param(
        document(entry("<term>a</term><note>newsmt: valid_from=May</note>")).encode(),
        ":3: valid_from 'May' is no date",
        id="a date that is none",
    ),
    pytest.param(
        document(entry("<term>a</term><note>newsmt: case</note>")).encode(),
        ":3: 'case' in a note",
        id="our note torn",
    ),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_broken_files(content, message, tmp_path):
    path = tmp_path / "broken.tbx"
    path.write_bytes(content)
    with pytest.raises(FileError, match=message) as error:
        load(path)
    assert str(error.value).startswith(f"{path}")
    assert "\n" not in str(error.value)
    assert "HUGE" not in str(error.value), "no option of ours"


def test_a_line_of_100_megabytes_is_refused_early(tmp_path):
    path = tmp_path / "long.tbx"
    with path.open("wb") as stream:
        stream.write(f"{HEAD}{BASIC}<conceptEntry id='a'><note>".encode())
        for _ in range(100):
            stream.write(b"a" * 1_000_000)
    with pytest.raises(FileError, match=r":1: broken XML: .*too long"):
        load(path)


def test_an_entry_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_xml, "LIMIT", 2**20)
    path = tmp_path / "long.tbx"
    path.write_text(f"{BASIC}<conceptEntry>{'<note>a</note>' * 100_000}")
    with pytest.raises(FileError, match=r":1: more than 1 MB without the end"):
        load(path)


def test_many_entries_in_one_line_are_none_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_xml, "LIMIT", 2**16)
    path = tmp_path / "long.tbx"
    path.write_text(
        f"{BASIC}{''.join(entry(id_=f'a{n}').strip() for n in range(2000))}{TAIL}"
    )
    assert len(load(path)) == 2000


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("none.tbx", "no such file", id="no file"),
        pytest.param("", "a folder", id="a folder"),
    ],
)
def test_what_is_no_file(name, what, tmp_path):
    with pytest.raises(FileError, match=what):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        pytest.param("UTF-8", "utf-8-sig", id="byte order mark"),
        pytest.param("UTF-16", "utf-16", id="UTF-16"),
        pytest.param("GB18030", "gb18030", id="GB 18030"),
    ],
)
def test_encodings_that_are_declared(declared, encoding, tmp_path):
    path = tmp_path / "a.tbx"
    text = document(entry("<term>中文</term>")).replace("UTF-8", declared)
    path.write_bytes(text.encode(encoding))
    (concept,) = load(path)
    assert concept.terms[0].text == "中文"


def test_the_suffix_decides():
    assert format_of(EXCHANGE / "tbx_dca.tbx") is GLOSSARY_FORMATS["tbx"]


def test_another_tool_finds_the_same_terms():
    """translate-toolkit reads the version of 2008 only."""
    tbx = pytest.importorskip("translate.storage.tbx")
    with (EXCHANGE / "tbx_2008.tbx").open("rb") as stream:
        store = tbx.tbxfile(stream, sourcelanguage="zh", targetlanguage="en")
    theirs = [
        {term.text for term in unit.get_source_terms() + unit.get_target_terms()}
        for unit in store.units
    ]
    ours = [
        {term.text for term in concept.terms}
        for concept in load(EXCHANGE / "tbx_2008.tbx")
    ]
    assert theirs == ours
