"""Recorded hypotheses: a line for each segment, no more and no less."""

import pytest

from toolkit.corpus import Article, Segment
from toolkit.engines import load_engine
from toolkit.errors import AlignmentError, FileError

ARTICLE = Article("a", "a.txt", "zh")


def replayed(tmp_path, content, count):
    path = tmp_path / "weak.txt"
    path.write_bytes(content)
    engine = load_engine(f"replay:{path}")
    segments = (Segment(ARTICLE, number, "字") for number in range(1, count + 1))
    return [hypothesis.text for hypothesis in engine.translate(segments)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"One.\nTwo.\n", ["One.", "Two."], id="a line each"),
        pytest.param(b"One.\nTwo.", ["One.", "Two."], id="no last line feed"),
        pytest.param(b"One.\r\nTwo.\r\n", ["One.", "Two."], id="carriage returns"),
        pytest.param(b"\n\n", ["", ""], id="blank lines are hypotheses"),
        pytest.param("a\u2028b\n".encode(), ["a\u2028b"], id="U+2028 ends none"),
    ],
)
def test_lines(content, expected, tmp_path):
    assert replayed(tmp_path, content, len(expected)) == expected


@pytest.mark.parametrize(
    ("lines", "segments"),
    [
        pytest.param(2, 3, id="one too few"),
        pytest.param(0, 3, id="none"),
        pytest.param(3, 2, id="one too many"),
        pytest.param(9, 1, id="many too many"),
        pytest.param(1, 0, id="nothing to translate"),
    ],
)
def test_both_counts_are_said(lines, segments, tmp_path):
    message = f"weak.txt: {lines} lines, but the source has {segments} "
    with pytest.raises(AlignmentError, match=message):
        replayed(tmp_path, b"x\n" * lines, segments)


def test_a_folder_is_no_recording(tmp_path):
    with pytest.raises(FileError, match="a file of recorded hypotheses"):
        load_engine(f"replay:{tmp_path}")


def test_bad_bytes_have_a_line(tmp_path):
    with pytest.raises(FileError, match=r"weak.txt:2: not UTF-8"):
        replayed(tmp_path, b"fine\n\xff\n", 2)


def test_its_name_is_the_system(tmp_path):
    (tmp_path / "weak.v2.txt").write_text("x\n")
    engine = load_engine(f"replay:{tmp_path / 'weak.v2.txt'}")
    assert (engine.name, engine.signature) == ("weak.v2", "replay:weak.v2.txt")
    assert not engine.takes_annotations
