"""A mistake of the user is one line that says where, what and what would be right."""

import re

import pytest

GLOSSARY = "concept\tlanguage\tterm\tstatus\n"
FILES = {
    "fine.txt": b"Fine.\n",
    "two.txt": b"One.\nTwo.\n",
    "zh.txt": "天气很好。\n".encode(),
    "empty.txt": b"",
    "empty.tsv": b"",
    "blank.txt": b"\n \n\n",
    "gbk.txt": "Fine.\n天气很好。\n".encode("gbk"),
    "binary.txt": b"Fine.\n\x89\0\xff\n",
    "utf16.txt": "天气很好。\n".encode("utf-16"),
    "bad.jsonl": b'{"text":"Fine."}\n{"text":\n',
    "list.jsonl": b"[1, 2]\n",
    "other.jsonl": b'{"body":"Fine."}\n',
    "ragged.csv": b"id,text\n1,a,b\n",
    "twice.csv": b"text,text\na,b\n",
    "pairs.jsonl": '{"zh":"甲。","en":"A."}\n{"zh":"乙。","en":"B.\\nC."}\n'.encode()
    + '{"zh":"丙。\\n丁。","en":"D."}\n'.encode(),
    "old/run.json": b'{"schema": 1}',
    "table.parquet": b"no table",
    "status.tsv": f"{GLOSSARY}a\tzh\t甲\tpreferred\na\ten\tA\tforbiden\n".encode(),
    "column.tsv": b"concept\tlanguage\tterm\tstatus\tcolour\n",
    "cells.tsv": f"{GLOSSARY}a\ten\n".encode(),
    "folder/notes.md": b"Fine.\n",
    "model/config.json": b"{}",
    "model/spm.model": b"junk",
    "model/shared_vocabulary.json": b"[]",
    "set/meta.toml": b"name = 5\n",
    "out/mine.txt": b"mine\n",
    "kept/articles/mine.txt": b"mine\n",
    "tab.txt": b"a\tb\n",
    "zh.tsv": "text\n天气很好。\n".encode(),
    "return.csv": b"id,text\n1,a\rb\n",
    "short.csv": b"id,text\n1,a\n2\n",
    "title.jsonl": '{"title":"题","text":"甲。"}\n'.encode(),
    "way/zh.txt/x": b"",
}
CASES = [
    ("check none.txt", "none.txt: no such file or folder"),
    ("check zh.txt", "zh.txt: Chinese, where English is checked"),
    ("check zh.txt --source fine.txt", "zh.txt: Chinese, where English is checked"),
    ("check old", "old: the folder of a run"),
    ("check fine.txt -o fine.txt", "fine.txt: would be written over"),
    ("check return.csv", "return.csv: no table: new-line character"),
    ("check short.csv", r"short.csv:3: 1 cells \(2, as in the header\)"),
    ("check " + "x" * 300, "x*.*: File name too long"),
    ("score fine.txt --ref fine.txt -o fine.txt", "fine.txt: would be written over"),
    (
        "run zh.txt -o kept --engine replay:fine.txt",
        "kept: has other files in it: articles",
    ),
    (
        "translate zh.txt -o way --engine replay:fine.txt",
        "way/zh.txt: a folder is in the way of a file",
    ),
    (
        "translate zh.tsv -o new --engine replay:tab.txt",
        "zh.tsv: a tab or line break in a translation",
    ),
    (
        "translate title.jsonl -o new --column target=title --engine replay:two.txt",
        "title.jsonl:1: column 'title' is both title and text",
    ),
    ("check fine.txt --source none.txt", "none.txt: no such file or folder"),
    ("check folder", r"folder: no articles in this folder \(files .*\.txt"),
    ("check empty.txt", r"empty.txt: an empty file \(it needs some text\)"),
    ("check blank.txt", "blank.txt: an empty file"),
    ("check empty.txt --source zh.txt", "empty.txt: "),
    ("check fine.txt fine.txt", "fine.txt and fine.txt would both be written"),
    ("check fine.txt folder/../fine.txt", "folder/../fine.txt and fine.txt would both"),
    ("check - --column source=zh", "-: standard input cannot be read twice"),
    ("check fine.txt --encoding hex", "--encoding: unknown encoding 'hex'"),
    ("check fine.txt --encoding undefined", "--encoding: unknown encoding 'undef"),
    ("check fine.txt --encoding utf-16", "fine.txt: not UTF-16"),
    ("check twice.csv", "twice.csv:1: a column twice"),
    (
        "check pairs.jsonl --column source=zh --column target=en",
        "pairs.jsonl:2: the two sides of 'pairs:2' have unequal lines",
    ),
    ("check gbk.txt", r"gbk.txt:2: not UTF-8 \(.* GBK: say --encoding gb18030\)"),
    ("check binary.txt", "binary.txt:2: bytes that are no text"),
    ("check utf16.txt", r"utf16.txt:1: not UTF-8 \(say --encoding utf-16\)"),
    ("check fine.txt --encoding utf-9", "--encoding: unknown encoding 'utf-9' .utf-8"),
    ("check two.txt --source zh.txt", "two.txt: 2 lines, but zh.txt has 1 "),
    ("check fine.txt two.txt --source zh.txt", "--source: 2 files but 1 sources"),
    ("check bad.jsonl", r"bad.jsonl:2: no JSON object: .* \(one object in each line\)"),
    ("check list.jsonl", "list.jsonl:1: no JSON object"),
    ("check other.jsonl", "other.jsonl:1: no column .* body; say --column ROLE=NAME"),
    ("check bad.jsonl --column target=en", "bad.jsonl:1: no column 'en'"),
    ("check fine.txt --column colour=en", ".*'colour=en' is not ROLE=NAME"),
    ("check fine.txt --column target", ".*'target' is not ROLE=NAME"),
    ("check ragged.csv", r"ragged.csv:2: 3 cells \(2, as in the header\)"),
    ("check table.parquet", "table.parquet: "),
    ("check set", "set: a test set"),
    ("check fine.txt --input-format doc", "unknown input format 'doc' .known: csv"),
    ("check fine.txt --format pdf", r"unknown format 'pdf' \(known: html, json"),
    ("check fine.txt --select TERM999", r"unknown check 'TERM999' \(known: .*missing"),
    ("check fine.txt --ignore nothing", "unknown check 'nothing'"),
    ("check fine.txt --level fatal", "newsmt check: Invalid value for '--level'"),
    ("check fine.txt --fail-on fatal", "newsmt check: Invalid value for '--fail-on'"),
    ("check fine.txt --nonsense", "newsmt check: No such option '--nonsense'"),
    ("check", "newsmt check: Missing argument"),
    ("check fine.txt --glossary none.tsv", "none.tsv: no such file or folder"),
    ("check fine.txt --glossary folder", "folder: no glossary in it"),
    ("check fine.txt --glossary empty.tsv", "empty.tsv:1: no header"),
    (
        "check fine.txt --glossary status.tsv",
        "status.tsv:3: unknown status 'forbiden' .known: preferred, admitted, dep",
    ),
    ("check fine.txt --glossary column.tsv", "column.tsv:1: unknown column 'colour'"),
    ("check fine.txt --glossary cells.tsv", r"cells.tsv:2: 2 cells \(4, one for each"),
    ("check fine.txt -o folder", r"folder: a folder \(name a file\)"),
    ("check fine.txt -o .", r"\.: a folder \(name a file\)"),
    ("check fine.txt -o zh.txt/new", "zh.txt/new: cannot be written"),
    (f"check fine.txt -o {'x' * 300}", "x{300}: cannot be written: File name too"),
    ("run zh.txt -o new", r"no engine \(say --model DIR or --engine replay:FILE\)"),
    (
        "run zh.txt -o new --model model --engine replay:fine.txt",
        "both --model and --engine",
    ),
    ("run zh.txt --engine replay:fine.txt", "newsmt run: Missing option '-o'"),
    ("run zh.txt -o new --engine replay", "replay of what"),
    ("run zh.txt -o new --engine magic:wand", "unknown engine 'magic' .known: ctran"),
    ("run zh.txt -o new --engine replay:none.txt", "none.txt: no such file"),
    (
        "run zh.txt -o new --engine replay:two.txt",
        "two.txt: 2 lines, but the source has 1",
    ),
    (
        "run zh.txt -o new --engine replay:empty.txt",
        "empty.txt: 0 lines, but the source",
    ),
    ("run zh.txt -o new --engine replay:gbk.txt", "gbk.txt:2: not UTF-8"),
    ("run zh.txt -o new --model none", "none: no such folder"),
    ("run zh.txt -o new --model model", "model/spm.model: no SentencePiece model"),
    ("run zh.txt -o new --model folder", "folder: no source.spm"),
    (
        "run zh.txt -o new --engine replay:fine.txt --metric blue",
        "unknown metric 'blue' .known: bleu",
    ),
    (
        "run zh.txt -o new --engine replay:fine.txt --beam 0",
        "newsmt run: Invalid value for '--beam'",
    ),
    (
        "run zh.txt -o new --engine replay:fine.txt --glossary status.tsv",
        "status.tsv:3: unknown status",
    ),
    ("run gbk.txt -o new --engine replay:fine.txt", "gbk.txt:2: not UTF-8"),
    ("run set -o new --engine replay:fine.txt", "set/meta.toml: no name"),
    (
        "run zh.txt -o out --engine replay:fine.txt",
        "out: has other files in it",
    ),
    ("run zh.txt -o fine.txt --engine replay:fine.txt", "fine.txt: a file .-o names"),
    ("run zh.txt -o fine.txt/x --engine replay:fine.txt", "fine.txt/x: cannot be wr"),
    ("run - -o new --engine replay:fine.txt", "-: standard input cannot be read tw"),
    ("translate none.txt -o new --engine replay:fine.txt", "none.txt: no such file"),
    ("translate empty.txt -o new --engine replay:fine.txt", "empty.txt: an empty file"),
    ("translate zh.txt -o fine.txt --engine replay:fine.txt", "fine.txt: a file"),
    ("translate zh.txt -o . --engine replay:fine.txt", "zh.txt: would be written over"),
    ("translate - -o new --engine replay:fine.txt", "-: standard input cannot be re"),
    ("translate zh.txt -o new --model model", "model/spm.model: no Sent"),
    (
        "translate two.txt -o new --engine replay:fine.txt",
        "fine.txt: 1 lines, but the source has 2",
    ),
    ("score fine.txt", "nothing to compare with"),
    ("score - --ref fine.txt", "-: standard input cannot be read twice"),
    ("score fine.txt --ref -", "-: standard input cannot be read twice"),
    ("score empty.txt --ref empty.txt", r"empty.txt: an empty file \(one segment on"),
    ("score fine.txt --ref two.txt", "fine.txt: 1 lines, but two.txt has 2"),
    ("score fine.txt --ref zh.txt --metric blue", "unknown metric 'blue'"),
    ("score fine.txt --src zh.txt --metric bleu", r"--ref: bleu needs references"),
    ("score fine.txt --ref folder", r"folder: a folder \(name a file\)"),
    ("score none.txt --ref fine.txt", "none.txt: no such file"),
    ("score set --ref fine.txt", "set: has its own texts"),
    ("score set", "set/meta.toml: no name"),
    ("report none", "none: no run in this folder"),
    ("report folder", "folder: no run in this folder"),
    ("report old", "old/run.json: not as a run writes it: Object missing"),
    ("explain nonsense", r"unknown check or metric 'nonsense' \(known: bleu"),
    ("glossary show nonsense", "no concept 'nonsense'"),
    ("glossary stats none.tsv", "none.tsv: no such file"),
    ("glossary lint none.tsv", "none.tsv: no such file"),
    ("glossary nonsense", "newsmt glossary: No such command 'nonsense'"),
    ("model info none", "none: no such folder"),
    ("model info fine.txt", "fine.txt: no such folder"),
    ("testset list none", "none: no test set"),
    ("testset validate set", r"set/meta.toml: no name \(name = "),
    ("nonsense", "newsmt: No such command 'nonsense'"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the files above and go there."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("arguments", "message"), CASES, ids=lambda case: case)
def test_one_line_and_nothing_written(arguments, message, folder, newsmt, tree):
    before = tree(folder)
    outcome = newsmt(*arguments.split())
    assert outcome.status == 2
    assert re.match(message, outcome.err), outcome.err
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("\n")
    assert tree(folder) == before


@pytest.mark.parametrize("name", ["gbk.txt", "none.txt", "bad.jsonl", "ragged.csv"])
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_no_half_written_report(name, form, folder, newsmt, tree):
    before = tree(folder)
    outcome = newsmt("check", name, "--format", form, "-o", "report")
    assert (outcome.status, outcome.out) == (2, "")
    assert tree(folder) == before


@pytest.mark.usefixtures("folder")
def test_an_old_report_stays(newsmt, tmp_path):
    (tmp_path / "report").write_text("old")
    assert newsmt("check", "gbk.txt", "-o", "report").status == 2
    assert (tmp_path / "report").read_text() == "old"
