"""Test sets: the shipped ones are sound, broken ones say where."""

import re
import shutil

import pytest

from toolkit.errors import AlignmentError, FileError
from toolkit.files import count_lines
from toolkit.formats import Reading, find_inputs, is_test_set
from toolkit.formats.glossary import load_glossary
from toolkit.formats.testset import find_test_sets, load_test_set
from toolkit.shipped import shipped

SHIPPED = find_test_sets([shipped("test_sets")])


@pytest.fixture(params=SHIPPED, ids=lambda path: path.name)
def shipped_set(request):
    return load_test_set(request.param)


def test_there_are_enough_articles_and_segments():
    sets = [load_test_set(path) for path in SHIPPED]
    assert len(sets) >= 2
    assert sum(len(each.articles) for each in sets) >= 8
    assert sum(len(each.segments) for each in sets) >= 160


def test_each_segment_has_one_reference_and_one_hypothesis(shipped_set):
    count = len(shipped_set.segments)
    assert len(shipped_set.references) == count
    assert shipped_set.systems
    assert {count_lines(path) for path in shipped_set.systems.values()} == {count}


def test_shipped_texts_are_whole(shipped_set):
    for segment, reference in zip(
        shipped_set.segments, shipped_set.references, strict=True
    ):
        assert re.search("[\u4e00-\u9fff]", segment.text)
        assert re.search("[A-Za-z]", reference)
        assert segment.text == segment.text.strip()
        assert reference == reference.strip()


def test_shipped_sets_say_what_they_are(shipped_set):
    assert shipped_set.meta["licence"] == "CC0-1.0"
    assert shipped_set.meta["name"] == shipped_set.path.name
    assert (shipped_set.meta["source"], shipped_set.meta["target"]) == ("zh", "en")
    assert set(shipped_set.meta["systems"]) == set(shipped_set.systems)
    assert (shipped_set.path / "README.md").is_file()


def test_shipped_articles_have_a_day_and_a_headline(shipped_set):
    for article in shipped_set.articles:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", article.date)
        own = [p for p in shipped_set.paragraphs if p.article == article]
        assert own[0].number == 0
        assert [p.number for p in own] == list(range(len(own)))


def test_shipped_sets_bring_terms(shipped_set):
    assert len(load_glossary(shipped_set.glossaries)) > 0


def test_places_lead_to_the_source(shipped_set):
    path = shipped_set.path / "segments.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for segment in shipped_set.segments:
        assert segment.article.file == str(path)
        rest = lines[segment.line - 1][segment.column - 1 :]
        assert rest.split("\t")[0] == segment.text


FILES = {
    "meta.toml": 'name="s"\nsource="zh"\ntarget="en"\nlicence="CC0-1.0"\n'
    'origin="ours"\ndescription="d"\n',
    "articles.tsv": "article\tdate\na\t2024-05-06\nb\t2024-05\n",
    "segments.tsv": "article\tparagraph\tsource\treference\n"
    "a\t0\t甲\tA\na\t1\t乙。\tB.\na\t1\t丙。\tC.\nb\t1\t丁。\tD.\n",
    "systems/one.txt": "1\n2\n3\n4\n",
}


@pytest.fixture
def own_set(tmp_path):
    folder = tmp_path / "set"
    (folder / "systems").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_paragraphs_and_segments(own_set):
    paragraphs = load_test_set(own_set).paragraphs
    assert [(p.article.id, p.number, p.text, p.line) for p in paragraphs] == [
        ("a", 0, "甲", 1),
        ("a", 1, "乙。丙。", 2),
        ("b", 1, "丁。", 1),
    ]
    numbers = [s.number for p in paragraphs for s in p.segments]
    assert numbers == [1, 2, 3, 1]
    assert [a.date for a in load_test_set(own_set).articles] == [
        "2024-05-06",
        "2024-05",
    ]


def test_a_translation_is_a_text_file_for_each_article(own_set, tmp_path, tree):
    entry = find_inputs([own_set])[0]
    texts = (f"<{p.text}>" for p in entry.read(Reading()))
    entry.format.rewrite(entry, Reading(), texts, tmp_path / "out" / entry.relative)
    assert tree(tmp_path / "out") == {
        "set/a.txt": "<甲>\n<乙。丙。>\n".encode(),
        "set/b.txt": "<丁。>\n".encode(),
    }


def test_terms_and_systems_may_be_missing(own_set):
    shutil.rmtree(own_set / "systems")
    test_set = load_test_set(own_set)
    assert (test_set.systems, test_set.glossaries) == ({}, ())


def test_more_columns_are_allowed(own_set):
    rows = FILES["articles.tsv"].split("\n")
    text = "\n".join(row + "\tx" * bool(row) for row in rows)
    (own_set / "articles.tsv").write_text(text)
    assert len(load_test_set(own_set).articles) == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        pytest.param("meta.toml", 'name="s"\n', "", "meta.toml: no name", id="no name"),
        pytest.param("meta.toml", '"CC0-1.0"', '""', "no licence", id="no licence"),
        pytest.param("meta.toml", '"zh"', "5", "no source", id="a number for a tag"),
        pytest.param("meta.toml", "name=", "name", "meta.toml: no TOML", id="no TOML"),
        pytest.param("articles.tsv", "date", "day", ":1: wrong header", id="header"),
        pytest.param(
            "articles.tsv", "-06", "-36", ":2: '2024-05-36' is no date", id="date"
        ),
        pytest.param("articles.tsv", "b\t", "a\t", ":3: article 'a' twice", id="twice"),
        pytest.param(
            "articles.tsv",
            "b\t2024-05\n",
            "",
            "segments.tsv:5: article 'b' is not in articles.tsv",
            id="unknown article",
        ),
        pytest.param(
            "articles.tsv", "-05-06", "-02-30", ":2: '2024-02-30' is no", id="no day"
        ),
        pytest.param("articles.tsv", "b\t", "../b\t", ":3: article '../b'", id="above"),
        pytest.param("articles.tsv", "b\t", "c/b\t", ":3: article 'c/b'", id="below"),
        pytest.param("articles.tsv", "b\t", "..\t", ":3: article '..'", id="dots"),
        pytest.param("articles.tsv", "b\t", "/b\t", ":3: article '/b'", id="the root"),
        pytest.param("segments.tsv", "\tB.", "", ":3: 3 cells (4 cells", id="ragged"),
        pytest.param("segments.tsv", "B.", "", ":3: 4 cells", id="no reference"),
        pytest.param(
            "segments.tsv",
            "a\t1\t丙",
            "a\tone\t丙",
            ":4: paragraph 'one' is no number",
            id="number",
        ),
        pytest.param(
            "segments.tsv",
            "b\t1",
            "b\t1\t丁。\tD.\na\t2",
            ":6: article 'a' is torn apart",
            id="torn",
        ),
        pytest.param(
            "segments.tsv", FILES["segments.tsv"], "", ": an empty file", id="empty"
        ),
    ],
)
def test_broken_sets(name, old, new, message, own_set):
    text = (own_set / name).read_text(encoding="utf-8")
    assert old in text
    (own_set / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_test_set(own_set)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(own_set))


@pytest.mark.parametrize("name", ["articles.tsv", "segments.tsv"])
def test_missing_files(name, own_set):
    (own_set / name).unlink()
    with pytest.raises(FileError, match=f"{name}: no such file or folder"):
        load_test_set(own_set)


@pytest.mark.parametrize(
    ("lines", "count"), [("1\n2\n3\n", 3), ("1\n2\n3\n4\n5\n", 5), ("", 0)]
)
def test_a_system_has_a_line_for_each_segment(lines, count, own_set):
    (own_set / "systems" / "one.txt").write_text(lines)
    with pytest.raises(AlignmentError, match=f"one.txt: {count} lines, but .* has 4 "):
        load_test_set(own_set)


def test_find_test_sets(own_set, tmp_path):
    assert find_test_sets([own_set]) == [own_set]
    assert find_test_sets([tmp_path]) == [own_set]
    assert is_test_set(own_set)
    assert not is_test_set(tmp_path)
    with pytest.raises(FileError, match=r"no test set \(a folder with meta.toml\)"):
        find_test_sets([own_set / "systems"])
