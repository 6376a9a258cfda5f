"""TMX: translation units become concepts, and broken files one line."""

import pytest

from tests.conftest import DATA
from toolkit.errors import FileError
from toolkit.formats.glossary import GLOSSARY_FORMATS, format_of
from toolkit.formats.glossary.tmx import load
from toolkit.formats.glossary.xml import entries
from toolkit.terminology.glossary import Status, Term

MEMORY = DATA / "exchange" / "tmx_memory.tmx"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><body>\n'
TAIL = "</body></tmx>"


def unit(zh="清朗", en="Qinglang", attributes=""):
    return (
        f'<tu {attributes}><tuv xml:lang="zh"><seg>{zh}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n'
    )


def test_units_become_concepts():
    qinglang, jingwang, campaign = load(MEMORY)
    assert (qinglang.id, qinglang.domain) == ("qinglang", "internet")
    assert qinglang.note == "A yearly series.; x-project: CAC"
    assert qinglang.terms == (
        Term("清朗", "zh"),
        Term("Qinglang", "en"),
        Term("Clear and Bright", "en", Status.ADMITTED, note="Shenzhen Daily"),
        Term("Clearness", "en", Status.DEPRECATED, note="status: checked"),
    )
    assert jingwang.id == "tmx_2"
    assert jingwang.terms == (Term("净网", "zh", note="xml:lang: zh-CN"),)
    assert campaign.terms == (
        Term("campaign", "en", note="status: checked; xml:lang: EN-US"),
        Term("campagne", "fr"),
    )


def test_it_is_only_read():
    assert format_of(MEMORY) is GLOSSARY_FORMATS["tmx"]
    assert GLOSSARY_FORMATS["tmx"].save is None


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        pytest.param('a<ph x="1">&lt;br/&gt;</ph> b', "a b", id="placeholder"),
        pytest.param("a <ph><sub>note</sub></ph>b", "a b", id="text of markup"),
        pytest.param("<it pos='begin'>[</it>a<ut>]</ut>", "a", id="unpaired"),
        pytest.param("<hi>a<hi>b</hi></hi>c", "abc", id="emphasis"),
        pytest.param("a<!-- no --> &amp; b", "a & b", id="comment"),
        pytest.param("<![CDATA[a <b>]]>", "a <b>", id="character data"),
        pytest.param("\n  a\u2028b  c\n", "a\u2028b c", id="white space"),
    ],
)
def test_text_of_segments(segment, text, tmp_path):
    path = tmp_path / "a.tmx"
    path.write_bytes(f"{HEAD}{unit(en=segment)}{TAIL}".encode())
    (concept,) = load(path)
    assert concept.preferred("en").text == text


BROKEN = [
    pytest.param(b"", "broken XML", id="nothing"),
    pytest.param(f"{HEAD}{unit()}".encode(), ":4: .*complete", id="truncated"),
    pytest.param(b"<martif/>", ":1: <martif>.*<tmx>", id="wrong root"),
    pytest.param(
        f'<!DOCTYPE tmx [<!ENTITY x "a">]>{HEAD[39:]}{unit("&x;")}{TAIL}'.encode(),
        "declares entities",
        id="entities",
    ),
    pytest.param(
        f"{HEAD}{unit()}{TAIL}".encode("gbk"), ":3: .*UTF-8", id="wrong encoding"
    ),
    pytest.param(f"{HEAD}{unit(en=chr(0))}{TAIL}".encode(), ":3: ", id="NUL byte"),
    pytest.param(
        (HEAD + unit(attributes='tuid="a"') * 2 + TAIL).encode(),
        ":4: tuid 'a' again",
        id="duplicate ids",
    ),
    pytest.param(f"{HEAD}{unit('', ' ')}{TAIL}".encode(), ":3: no text", id="no text"),
    pytest.param(f"{HEAD}<tu/>{TAIL}".encode(), ":3: no text in 'tmx_1'", id="no tuv"),
    pytest.param(
        f"{HEAD}<tu><tuv><seg>a</seg></tuv></tu>{TAIL}".encode(),
        ":3: no xml:lang",
        id="no language",
    ),
    pytest.param(
        f'{HEAD}<tu><tuv xml:lang="en"/></tu>{TAIL}'.encode(),
        ":3: 0 segments",
        id="no segment",
    ),
    pytest.param(
        f"{HEAD}{unit(en='a' * 20_000_000)}{TAIL}".encode(),
        ":3: broken XML: .*too long",
        id="a segment of 20 megabytes",
    ),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_broken_files(content, message, tmp_path):
    path = tmp_path / "broken.tmx"
    path.write_bytes(content)
    with pytest.raises(FileError, match=message) as error:
        load(path)
    assert "\n" not in str(error.value)


def test_no_line_is_better_than_a_wrong_one(tmp_path):
    """The parser counts to 65,535; the number of the unit is always right."""
    path = tmp_path / "long.tmx"
    path.write_text(HEAD + "\n" * 70_000 + unit("", "") + TAIL, encoding="utf-8")
    with pytest.raises(FileError, match=r"long\.tmx: no text in 'tmx_1'"):
        load(path)


def test_memory_does_not_grow_with_the_file(tmp_path):
    """Elements are forgotten as soon as they are read."""
    path = tmp_path / "many.tmx"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        stream.writelines(unit(f"词{n}") for n in range(5000))
        stream.write(TAIL)
    most = 0
    for element in entries(path, ("tmx",), ("tu",)):
        most = max(most, len(element.getparent()))
    assert most < 500
