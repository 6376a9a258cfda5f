"""`newsmt glossary convert`."""

import re
import shutil

import pytest

from toolkit.formats.glossary import GLOSSARY_FORMATS, read_glossary
from toolkit.formats.glossary.cells import COLUMNS

HEAD = "\t".join(COLUMNS[:4]) + "\n"


@pytest.fixture
def convert(newsmt):
    def run(*arguments):
        return newsmt("glossary", "convert", *arguments)

    return run


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "new/out.tsv", "folder"])
def test_there_and_back(name, convert, terms, glossary, tmp_path):
    out = tmp_path / name
    assert convert(terms, "-o", out) == (0, "", "")
    assert convert(out, "-o", tmp_path / "back" / "again.tsv") == (0, "", "")
    assert read_glossary(tmp_path / "back" / "again.tsv") == glossary


@pytest.mark.parametrize(
    "form", [name for name, each in GLOSSARY_FORMATS.items() if each.save]
)
def test_every_format_by_name(form, convert, terms, tmp_path):
    outcome = convert(terms, "-o", tmp_path / "out", "--to", form)
    assert (outcome.status, outcome.out) == (0, "")
    assert (tmp_path / "out").exists()


def test_losses_are_printed_beside(convert, terms, tmp_path):
    outcome = convert(terms, "-o", tmp_path / "deepl.tsv", "--to", "deepl")
    assert (outcome.status, outcome.out) == (0, "")
    lines = outcome.err.split("\n")
    assert "deprecated terms: 2 left out (Clear and Bright, Office of the Web)" in lines
    assert (tmp_path / "deepl.tsv").read_text(encoding="utf-8") == (
        "清朗\tQinglang\n网络办\tthe Net Office\n海浪队\tWave Team\n"
    )


def test_later_ones_win(convert, terms, tmp_path):
    mine = tmp_path / "mine.tsv"
    mine.write_text(HEAD + "wave\tzh\t海浪队\tpreferred\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    assert convert(terms, mine, "-o", out).status == 0
    glossary = read_glossary(out)
    assert list(glossary.concepts) == ["qinglang", "agency", "wave"]
    assert len(glossary.concepts["wave"].terms) == 1


def test_the_format_of_the_input_by_name(convert, tmp_path):
    path = tmp_path / "in.dat"
    path.write_text("zh,en\n甲,A\n", encoding="utf-8")
    assert convert(path, "-o", tmp_path / "out.tsv", "--from", "csv").status == 0
    assert list(read_glossary(tmp_path / "out.tsv").concepts) == ["a"]


BAD = [
    ("none.csv -o out.csv", "none.csv: no such file or folder"),
    ("bad.csv -o out.csv", "bad.csv:1: unknown column 'a'"),
    ("bad.xlsx -o out.csv", r"bad.xlsx: no workbook, or not all of it \(an .xlsx"),
    ("good.tsv bad.utx -o old.csv", "bad.utx:1: no header of UTX"),
    ("good.tsv -o out.doc", r"out.doc: no format for '.doc' \(--to .*csv, deepl"),
    ("good.tsv -o out --to doc", "unknown glossary format 'doc' .known: csv, deepl"),
    ("good.tsv -o out --from doc", "unknown glossary format 'doc' .known: csv, deepl"),
    ("good.tsv -o out.csv --from deepl", "good.tsv: a format that is only written"),
    ("good.tsv -o good.tsv", r"good.tsv: part of the input good.tsv \(another name"),
    ("good.tsv -o ./folder/../good.tsv", ".*good.tsv: part of the input good.tsv"),
    ("folder/a.tsv -o folder", "folder: part of the input folder/a.tsv"),
    ("folder -o folder", "folder: part of the input folder"),
    ("folder -o folder/b.tsv", "folder/b.tsv: part of the input folder"),
    ("link.csv -o old.csv", "old.csv: part of the input link.csv"),
    ("good.tsv -o folder --to csv", "folder: a folder .name a file"),
    ("good.tsv -o -", "-: no place for a glossary"),
    ("good.tsv -o good.tsv/x.csv", "good.tsv/x.csv: cannot be written"),
    ("note.csv -o out.tsv", "out.tsv: concept 'a', 'A': the note has a tab"),
    ("note.csv -o out", "out/terms.tsv: concept 'a', 'A': the note has a tab"),
    ("good.tsv", "newsmt glossary convert: Missing option '-o'"),
    ("-o out.csv", r"newsmt glossary convert: Missing argument 'IN\.\.\.'"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the files of the cases above and go there."""
    good = HEAD + "a\ten\tA\tpreferred\n"
    files = {
        "good.tsv": good,
        "folder/a.tsv": good,
        "bad.csv": "a,b\n",
        "bad.xlsx": "PK\3\4",
        "bad.utx": "甲\tA\n",
        "old.csv": good.replace("\t", ","),
        "note.csv": "concept,language,term,status,note\na,en,A,preferred,x\ty\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "link.csv").hardlink_to(tmp_path / "old.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=lambda case: case)
def test_mistakes_are_one_line(arguments, message, convert, folder, tree):
    before = tree(folder)
    outcome = convert(*arguments.split())
    assert (outcome.status, outcome.out) == (2, "")
    assert re.match(message, outcome.err), outcome.err
    assert outcome.err.count("\n") == 1
    assert tree(folder) == before
    assert not (folder / "out").exists()


def test_a_format_that_is_only_read(convert, terms, tmp_path):
    read_only = [name for name, each in GLOSSARY_FORMATS.items() if not each.save]
    for name in read_only:
        outcome = convert(terms, "-o", tmp_path / "out", "--to", name)
        assert outcome.status == 2
        assert "a format that is only read (--to FORMAT, known: " in outcome.err


def test_a_file_is_replaced_and_others_stay(convert, terms, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("old")
    assert convert(terms, "-o", out).status == 0
    assert out.read_text(encoding="utf-8").startswith("concept,language,")
    shutil.copy(out, tmp_path / "copy.csv")
    assert convert(tmp_path / "copy.csv", "-o", out).status == 0
    assert out.read_bytes() == (tmp_path / "copy.csv").read_bytes()
