"""Lines end at a line feed, errors say where, nothing is half written."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import FileError
from toolkit.files import (
    count_lines,
    read_lines,
    read_text,
    replacing,
    staging,
    written,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param(b"", [], id="no bytes, no lines"),
        pytest.param(b"a\nb\n", ["a\n", "b\n"], id="line feeds end lines"),
        pytest.param(b"a\nb", ["a\n", "b"], id="a last line may lack one"),
        pytest.param(b"\n\n", ["\n", "\n"], id="blank lines are lines"),
        pytest.param(b"a\r\nb\r\n", ["a\r\n", "b\r\n"], id="carriage returns stay"),
        pytest.param(b"a\rb\n", ["a\rb\n"], id="alone they end nothing"),
        pytest.param("a\u2028b\n".encode(), ["a\u2028b\n"], id="U+2028 ends nothing"),
        pytest.param("a\u0085b\n".encode(), ["a\u0085b\n"], id="nor does U+0085"),
        pytest.param(b"a\x0b\x0c\x1cb\n", ["a\x0b\x0c\x1cb\n"], id="nor do controls"),
        pytest.param("\ufeffa\n".encode(), ["a\n"], id="a byte order mark is no text"),
        pytest.param(
            "a\n\ufeffb\n".encode(), ["a\n", "\ufeffb\n"], id="elsewhere it is"
        ),
    ],
)
def test_lines(content, lines, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert list(read_lines(path)) == lines
    assert count_lines(path) == len(lines)


@given(TEXT)
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("files") / "a.txt"
    with written(path) as stream:
        stream.write(text)
    assert read_text(path) == text.removeprefix("\ufeff")
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"]
)
def test_another_encoding_is_read_when_it_is_named(encoding, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("天气\n明朗\n".encode(encoding))
    assert list(read_lines(path, encoding)) == ["天气\n", "明朗\n"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            "Fine.\n\n天气明朗\n".encode("gb18030"),
            ":3: not UTF-8 (it can be read as GBK: say --encoding gb18030)",
            id="GBK is recognised, with its line",
        ),
        pytest.param(
            b"Fine.\n" * 30_000 + "天气\n".encode("gbk"),
            ":30001: not UTF-8 (it can be read as GBK: say --encoding gb18030)",
            id="also far into the file",
        ),
        pytest.param(
            "天气\n".encode("utf-16"),
            ":1: not UTF-8 (say --encoding utf-16)",
            id="UTF-16 is recognised",
        ),
        pytest.param(
            "天气\n".encode("utf-32"),
            ":1: not UTF-8 (say --encoding utf-32)",
            id="UTF-32 is not mistaken for it",
        ),
        pytest.param(
            b"fine\na\0b\n", ":2: bytes that are no text", id="a zero byte is no text"
        ),
        pytest.param(
            b"fine\nfine\n\xff\0\x89\n",
            ":3: bytes that are no text",
            id="nor is it among other bytes",
        ),
        pytest.param(
            b"fine\nbad \xff\n",
            ":2: not UTF-8 (save it as UTF-8, or say --encoding)",
            id="nothing is guessed that does not fit",
        ),
    ],
)
def test_bad_bytes(content, message, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        list(read_lines(path))
    assert str(caught.value) == f"{path}{message}"


def test_lines_before_a_bad_one_are_not_held_back(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"fine\n" * 100_000 + b"\xff\n")
    lines = read_lines(path)
    assert next(lines) == "fine\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("none.txt", "none.txt: no such file or folder", id="missing"),
        pytest.param(".", ": a folder (name a file)", id="a folder"),
    ],
)
def test_what_cannot_be_opened(name, message, tmp_path):
    with pytest.raises(FileError) as caught:
        read_text(tmp_path / name)
    assert str(caught.value).endswith(message)


def test_an_unknown_encoding_names_known_ones(tmp_path):
    with pytest.raises(FileError, match=r"unknown encoding 'utf-9' \(utf-8, gb18030"):
        list(read_lines(tmp_path / "a.txt", "utf-9"))


@pytest.mark.parametrize("encoding", ["hex", "rot13", "undefined", ""])
def test_what_is_no_encoding_of_texts_is_unknown(encoding, tmp_path):
    (tmp_path / "a.txt").write_text("Fine.\n")
    with pytest.raises(FileError, match=r"--encoding: unknown encoding"):
        read_text(tmp_path / "a.txt", encoding)


@pytest.mark.parametrize("content", ["Fine.\n", "Good.\n\n", "天气\n"])
def test_a_file_that_is_not_in_the_encoding_named(content, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileError, match=r"a\.txt(:\d)?: not UTF-16"):
        read_text(path, "utf-16")


class GoneWrongError(Exception):
    """Something that goes wrong while a file is written."""


def write_half(path):
    with written(path) as stream:
        stream.write("half")
        stream.flush()
        assert not path.exists() or path.read_text() != "half"
        raise GoneWrongError


def test_a_failure_leaves_nothing_behind(tmp_path):
    with pytest.raises(GoneWrongError):
        write_half(tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(GoneWrongError):
        write_half(path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "old"


def test_the_final_name_appears_at_the_end(tmp_path):
    path = tmp_path / "a.txt"
    with written(path) as stream:
        stream.write("whole\r\n")
        stream.flush()
        assert not path.exists()
    assert path.read_bytes() == b"whole\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_missing_folders_are_made(tmp_path):
    with written(tmp_path / "a" / "b" / "c.txt") as stream:
        stream.write("x")
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == "x"


def test_a_folder_is_not_written_over(tmp_path):
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(FileError) as caught, written(path) as stream:
        stream.write("x")
    assert str(caught.value).startswith(f"{path}: a folder (")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("file/new.txt", id="below a file"),
        pytest.param("x" * 300, id="a name that is too long"),
    ],
)
def test_what_cannot_be_written(name, tmp_path):
    (tmp_path / "file").write_text("mine")
    with (
        pytest.raises(FileError, match="cannot be written: ") as caught,
        written(tmp_path / name) as stream,
    ):
        stream.write("x")
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_the_folder_of_now_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileError, match=r"^\.: a folder"), written(Path()) as stream:
        stream.write("x")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_stays_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with written(path) as stream:
        stream.write("x\n")
    assert os.read(reader, 9) == b"x\n"
    os.close(reader)
    assert path.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


def test_files_are_staged_until_all_are_there(tmp_path):
    out = tmp_path / "out"
    (out / "sub").mkdir(parents=True)
    (out / "sub" / "a.txt").write_text("old")
    (out / "other.txt").write_text("mine")
    with staging(out) as folder:
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text("new")
        assert (out / "sub" / "a.txt").read_text() == "old"
    assert (out / "sub" / "a.txt").read_text() == "new"
    assert {each.name for each in out.iterdir()} == {"sub", "other.txt"}


def stage_half(out):
    with staging(out) as folder:
        (folder / "a.txt").write_text("new")
        raise GoneWrongError


@pytest.mark.parametrize("exists", [True, False], ids=["an old folder", "a new one"])
def test_staging_that_fails_leaves_the_folder_as_it_was(exists, tmp_path, tree):
    out = tmp_path / "out"
    if exists:
        out.mkdir()
        (out / "a.txt").write_text("old")
    with pytest.raises(GoneWrongError):
        stage_half(out)
    assert tree(tmp_path) == ({"out/a.txt": b"old"} if exists else {})
    assert out.exists() is exists


def test_errors_of_other_files_keep_their_name(tmp_path):
    other = tmp_path / "other.txt"
    with pytest.raises(FileNotFoundError) as caught, replacing(tmp_path / "a.txt"):
        other.read_text()
    assert os.fspath(caught.value.filename) == os.fspath(other)
