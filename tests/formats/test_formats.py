"""What holds for every format, and which files a path stands for."""

import polars as pl
import pytest

from toolkit.errors import FileError, ToolkitError, UnknownNameError
from toolkit.formats import FORMATS, Reading, article_id, find_inputs

TEXTS = ["天气明朗。\n今天有风。", "她说：“好。”"]
META = """\
name = "s"
source = "zh"
target = "en"
licence = "CC0-1.0"
origin = "ours"
description = "two lines"
"""


def write_text(path):
    path.write_text("\n".join(TEXTS) + "\n", encoding="utf-8")


def write_json(path):
    lines = [f'{{"n":1.0,"text":"{t}"}}' for t in TEXTS]
    cells = "\n".join(line.replace("\n", "\\n") for line in lines)
    path.write_text(cells + "\n", encoding="utf-8")


def write_table(path):
    frame = pl.DataFrame({"n": ["1", "2"], "text": TEXTS})
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".tsv":  # there is no quoting, and so no line break in a cell
        rows = [("n", "text"), *((n, t.replace("\n", " ")) for n, t in frame.rows())]
        path.write_text(
            "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8"
        )
    else:
        frame.write_csv(path)


def write_set(path):
    path.mkdir(exist_ok=True)
    (path / "meta.toml").write_text(META)
    (path / "articles.tsv").write_text("article\tdate\na\t2024-05-06\n")
    rows = "article\tparagraph\tsource\treference\na\t0\t甲\tA\na\t1\t乙。\tB.\n"
    (path / "segments.tsv").write_text(rows, encoding="utf-8")


WRITERS = {
    "text": write_text,
    "jsonl": write_json,
    "csv": write_table,
    "tsv": write_table,
    "parquet": write_table,
    "testset": write_set,
}
FILES = [name for name in FORMATS if name != "testset"]


@pytest.fixture
def entry(request, tmp_path):
    """Write a file of a format and find it."""
    name = request.param
    suffix = next(iter(FORMATS[name].suffixes), "")
    path = tmp_path / f"a{suffix}"
    WRITERS[name](path)
    return find_inputs([path])[0]


def test_every_format_is_tested():
    assert set(FORMATS) == set(WRITERS)


def test_suffixes_are_unique():
    suffixes = [suffix for each in FORMATS.values() for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(s.startswith(".") and s == s.lower() for s in suffixes)


@pytest.mark.parametrize("entry", FILES, indirect=True)
def test_own_texts_give_the_same_file(entry, tmp_path):
    texts = (paragraph.text for paragraph in entry.read(Reading()))
    target = tmp_path / "out" / entry.path.name
    entry.format.rewrite(entry, Reading(), texts, target)
    if target.suffix == ".parquet":
        assert pl.read_parquet(target).equals(pl.read_parquet(entry.path))
    else:
        assert target.read_bytes() == entry.path.read_bytes()


@pytest.mark.parametrize("entry", list(FORMATS), indirect=True)
def test_what_is_read_keeps_its_promises(entry):
    paragraphs = list(entry.read(Reading()))
    places = [(p.article.id, s.number) for p in paragraphs for s in p.segments]
    assert len(places) == len(set(places))
    for paragraph in paragraphs:
        assert paragraph.article.language == "zh"
        assert paragraph.article.file.startswith(str(entry.path))
        assert paragraph.segments
        assert all(s.text and s.text in paragraph.text for s in paragraph.segments)
        assert all(s.article is paragraph.article for s in paragraph.segments)


@pytest.mark.parametrize("entry", list(FORMATS), indirect=True)
def test_it_reads_the_same_again(entry):
    assert list(entry.read(Reading())) == list(entry.read(Reading()))


@pytest.mark.parametrize("entry", list(FORMATS), indirect=True)
def test_a_failure_while_rewriting_leaves_nothing_behind(entry, tmp_path):
    def texts():
        yield "one"
        raise FileError("elsewhere", "gone")

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError, match="elsewhere: gone"):
        entry.format.rewrite(entry, Reading(), texts(), tmp_path / f"o{entry.id}")
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == [
        path for path in before if path.is_file()
    ]


@pytest.mark.parametrize("entry", list(FORMATS), indirect=True)
def test_a_translation_stands_where_the_format_says(entry, tmp_path):
    paragraphs = list(entry.read(Reading()))
    target = tmp_path / "out" / entry.relative
    entry.format.rewrite(entry, Reading(), (p.text for p in paragraphs), target)
    for paragraph in paragraphs:
        place = entry.format.translated(entry, paragraph.article)
        assert (tmp_path / "out" / place).is_file()


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_an_error_that_names_it(name, tmp_path):
    path = tmp_path / f"a{FORMATS[name].suffixes[0]}"
    path.write_bytes(b"")
    with pytest.raises(FileError) as caught:
        list(find_inputs([path])[0].read(Reading()))
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        pytest.param("a.txt", "a", id="without the suffix"),
        pytest.param("a.zh.txt", "a", id="without the language"),
        pytest.param("a.en-US.txt", "a", id="nor its region"),
        pytest.param("a.zh-Hant.jsonl", "a", id="nor its script"),
        pytest.param("2024/a.zh.txt", "2024/a", id="with the folders"),
        pytest.param("v1.2.txt", "v1.2", id="other full stops stay"),
        pytest.param("zh.txt", "zh", id="a name is no language"),
    ],
)
def test_article_id(relative, expected, tmp_path):
    assert article_id((tmp_path / relative).relative_to(tmp_path)) == expected


@pytest.fixture
def folder(tmp_path):
    """Make a folder with a bit of everything in it."""
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.jsonl",
        "sub/deep/d.csv",
        "notes.md",
        "picture.png",
        ".hidden.txt",
        ".git/e.txt",
        "sub/.cache/f.txt",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    write_set(tmp_path / "in" / "sub" / "set")
    (tmp_path / "in" / "sub" / "set" / "systems").mkdir()
    (tmp_path / "in" / "sub" / "set" / "systems" / "s.txt").write_text("x\ny\n")
    return tmp_path / "in"


def test_a_folder_stands_for_its_articles_in_order(folder):
    found = [(entry.relative.as_posix(), entry.id) for entry in find_inputs([folder])]
    assert found == [
        ("a.TXT", "a"),
        ("b.txt", "b"),
        ("sub/c.jsonl", "sub/c"),
        ("sub/deep/d.csv", "sub/deep/d"),
        ("sub/set", "sub/set"),
    ]


def test_a_test_set_in_a_folder_is_one_input(folder):
    entry = find_inputs([folder])[-1]
    assert entry.format is FORMATS["testset"]
    assert [p.text for p in entry.read(Reading())] == ["甲", "乙。"]


def test_with_a_format_every_file_of_a_folder_is_read(folder):
    found = [entry.relative.name for entry in find_inputs([folder], "text")]
    expected = ["a.TXT", "b.txt", "notes.md", "picture.png", "c.jsonl", "d.csv", "set"]
    assert found == expected


def test_paths_keep_the_order_they_were_given_in(folder):
    paths = [folder / "b.txt", folder / "sub" / "c.jsonl", folder / "a.TXT"]
    assert [entry.path for entry in find_inputs(paths)] == paths


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        pytest.param("a.md", None, "text", id="an unknown suffix is text"),
        pytest.param("a", None, "text", id="so is none"),
        pytest.param("a.JSONL", None, "jsonl", id="capitals do not matter"),
        pytest.param("a.txt", "jsonl", "jsonl", id="the user knows better"),
        pytest.param("a.ndjson", None, "jsonl", id="a format has several suffixes"),
    ],
)
def test_the_format(name, given, expected, tmp_path):
    (tmp_path / name).write_text("x")
    assert find_inputs([tmp_path / name], given)[0].format is FORMATS[expected]


def test_an_unknown_format_lists_the_known_ones(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    known = r"unknown input format 'doc' \(known: csv, jsonl, parquet, te"
    with pytest.raises(UnknownNameError, match=known):
        find_inputs([tmp_path / "a.txt"], "doc")


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(FileError, match=r"none: no such file or folder"):
        find_inputs([tmp_path / "none"])


def test_a_folder_without_articles_is_an_error(tmp_path):
    (tmp_path / "notes.md").write_text("x")
    (tmp_path / ".a.txt").write_text("x")
    with pytest.raises(FileError, match=r"no articles in this folder \(files .csv"):
        find_inputs([tmp_path])


def test_two_files_must_not_share_a_translation(tmp_path):
    paths = [tmp_path / name / "a.txt" for name in ("x", "y")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("x")
    with pytest.raises(ToolkitError, match=r"would both be written as a.txt \(run"):
        find_inputs(paths)


def test_a_file_under_two_names_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(ToolkitError, match=r"b\.txt is named twice"):
        find_inputs([tmp_path / "a.txt", tmp_path / "b.txt"])


@pytest.mark.parametrize("name", [".set", ".hidden/set"])
def test_a_hidden_test_set_is_not_found(name, folder):
    before = find_inputs([folder])
    (folder / name).parent.mkdir(exist_ok=True)
    write_set(folder / name)
    assert find_inputs([folder]) == before


def test_a_file_given_twice_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ToolkitError, match=r"would both be written as a\.txt"):
        find_inputs([tmp_path / "a.txt", tmp_path / "a.txt"])
