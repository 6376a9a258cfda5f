"""The command line as a process: encodings, pipes, signals, cost."""

import os
import resource
import signal
import subprocess
import sys

import pytest

NEWSMT = (sys.executable, "-m", "toolkit")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The Clear and Bright drive – began.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "jsonl", "html"])
def test_output_is_utf_8_in_the_c_locale(form, article, terms, newsmt_process):
    arguments = ("check", article, "--glossary", terms, "--format", form)
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    outcome = newsmt_process(*arguments, LC_ALL="C", LANG="C", **plain)
    assert (outcome.status, outcome.err) == (1, "")
    assert "清朗" in outcome.out
    assert outcome == newsmt_process(*arguments, LC_ALL="C.UTF-8")


def test_input_and_errors_in_the_c_locale(newsmt_process, terms, tmp_path):
    outcome = newsmt_process(
        *("check", "-", "--glossary", terms, "--format", "jsonl"),
        stdin="净 Clear and Bright –\n".encode(),
        LC_ALL="C",
        PYTHONUTF8="0",
    )
    assert (outcome.status, outcome.err) == (1, "")
    outcome = newsmt_process("check", tmp_path / "无.txt", LC_ALL="C")
    assert outcome.status == 2
    assert outcome.err == f"{tmp_path / '无.txt'}: no such file or folder\n"


@POSIX
def test_a_reader_that_has_seen_enough(tmp_path, terms):
    path = tmp_path / "a.txt"
    path.write_text("The Clear and Bright drive began.\n" * 5000)
    arguments = ("check", path, "--glossary", terms, "--format", "jsonl")
    process = subprocess.Popen(
        [*NEWSMT, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@POSIX
def test_an_interrupted_command(terms):
    arguments = ("check", "-", "--glossary", str(terms), "--format", "jsonl")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([*NEWSMT, *arguments], stderr=subprocess.PIPE, **pipes)
    with process:
        for _ in range(80):  # more findings than a buffer holds, fewer than a pipe
            process.stdin.write(b"The Clear and Bright drive began.\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 130
    assert err.strip() == "interrupted"


def test_help_is_cheap(newsmt_process):
    newsmt_process("--help")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(3):
        newsmt_process("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent / 3 < 0.3, "the budget is 0.1 s; slow machines get more"


def test_without_arguments_there_is_help(newsmt_process):
    outcome = newsmt_process()
    assert outcome.status == 0
    assert outcome.out.startswith("Usage: newsmt")
