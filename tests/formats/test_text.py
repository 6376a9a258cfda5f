"""Plain text: one paragraph on each line, every byte between texts kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.formats import Reading, find_inputs

LINE = st.text(
    st.sampled_from(
        "天气。！？，“”「」…—（）123.5 ab.C!?\"'\t\r\u2028\u0085\u3000\x0b"
    ),
    max_size=40,
)
CONTENT = st.lists(LINE, max_size=12).map("\n".join).filter(str.strip)


def entry_of(folder, content):
    path = folder / "a.zh.txt"
    path.write_bytes(content.encode())
    return find_inputs([path])[0]


def read(folder, content, reading=None):
    return list(entry_of(folder, content).read(reading or Reading()))


def rewritten(folder, content, change):
    """Rewrite a file, `change` applied to the text of each paragraph."""
    entry, reading = entry_of(folder, content), Reading()
    texts = (change(paragraph.text) for paragraph in entry.read(reading))
    entry.format.rewrite(entry, reading, texts, folder / "out" / "a.txt")
    return (folder / "out" / "a.txt").read_bytes().decode()


def without_return(text):
    return text.removesuffix("\r")


@given(CONTENT)
@settings(deadline=None, max_examples=150)
def test_own_paragraphs_give_the_same_bytes(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("text")
    assert rewritten(folder, content, without_return) == content


@given(CONTENT)
@settings(deadline=None, max_examples=60)
def test_lines_keep_their_number(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("text")
    result = rewritten(folder, content, lambda _: "X").split("\n")
    lines = content.split("\n")
    assert len(result) == len(lines)
    for old, new in zip(lines, result, strict=True):
        expected = "X" + "\r" * old.endswith("\r") if old.strip() else old
        assert new == expected


@given(CONTENT)
@settings(deadline=None, max_examples=150)
def test_line_and_column_lead_to_the_segment(tmp_path_factory, content):
    paragraphs = read(tmp_path_factory.mktemp("text"), content)
    lines = content.split("\n")
    for paragraph in paragraphs:
        assert paragraph.segments
        for segment in paragraph.segments:
            rest = lines[segment.line - 1][segment.column - 1 :]
            assert rest.startswith(segment.text)
            assert segment.text == segment.text.strip() != ""


@given(CONTENT)
@settings(deadline=None, max_examples=60)
def test_segments_hold_everything_but_white_space(tmp_path_factory, content):
    paragraphs = read(tmp_path_factory.mktemp("text"), content)
    held = "".join(segment.text for each in paragraphs for segment in each.segments)
    assert "".join(held.split()) == "".join(content.split())
    numbers = [segment.number for each in paragraphs for segment in each.segments]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("甲。\n\n乙。\n", "<\n\n<\n", id="blank lines stay"),
        pytest.param(" \n甲。\n\u3000\n", " \n<\n\u3000\n", id="also if not empty"),
        pytest.param(
            "甲。\r\n\r\n乙。\r\n", "<\r\n\r\n<\r\n", id="carriage returns stay"
        ),
        pytest.param("甲。\n乙。", "<\n<", id="a missing line feed stays missing"),
        pytest.param("\n\n甲。\n\n\n", "\n\n<\n\n\n", id="blank ends stay"),
        pytest.param("甲\u2028乙。\n", "<\n", id="U+2028 divides nothing"),
        pytest.param("\ufeff甲。\n", "<\n", id="a byte order mark goes"),
    ],
)
def test_rewrite(content, expected, tmp_path):
    assert rewritten(tmp_path, content, lambda _: "<") == expected


def test_paragraphs_are_counted_without_blank_lines_and_lines_with(tmp_path):
    paragraphs = read(tmp_path, "甲。乙。\n\n丙。\n")
    assert [(p.number, p.line, len(p.segments)) for p in paragraphs] == [
        (1, 1, 2),
        (2, 3, 1),
    ]
    assert [(s.number, s.column) for p in paragraphs for s in p.segments] == [
        (1, 1),
        (2, 3),
        (3, 1),
    ]


def test_the_article_is_named_after_its_file(tmp_path):
    article = read(tmp_path, "甲。\n")[0].article
    assert (article.id, article.language) == ("a", "zh")
    assert article.file == str(tmp_path / "a.zh.txt")


@pytest.mark.parametrize(
    ("content", "segments"),
    [
        pytest.param(
            "甲。乙。\n丙。\n", ["甲。乙。", "丙。"], id="a line is a segment"
        ),
        pytest.param("甲。\n\n丙。\n", ["甲。", "", "丙。"], id="blank ones too"),
        pytest.param("  甲。 \r\n", ["甲。"], id="without the white space around it"),
    ],
)
def test_by_line(content, segments, tmp_path):
    paragraphs = read(tmp_path, content, Reading(by_line=True))
    assert [[s.text for s in p.segments] for p in paragraphs] == [[s] for s in segments]


def test_by_line_columns_count_white_space(tmp_path):
    paragraph = read(tmp_path, "  甲。 \n", Reading(by_line=True))[0]
    assert paragraph.segments[0].column == 3


def test_another_encoding_becomes_utf_8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("天气。\n\n".encode("gb18030"))
    entry, reading = find_inputs([path])[0], Reading(encoding="gb18030")
    texts = (paragraph.text for paragraph in entry.read(reading))
    entry.format.rewrite(entry, reading, texts, tmp_path / "b.txt")
    assert (tmp_path / "b.txt").read_bytes() == "天气。\n\n".encode()


def test_over_long_sentences_are_divided(tmp_path):
    text = "天气明朗，" * 100 + "。"
    segments = read(tmp_path, text)[0].segments
    assert "".join(segment.text for segment in segments) == text
    assert max(len(segment.text) for segment in segments) <= 250
