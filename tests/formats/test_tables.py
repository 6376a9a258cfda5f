"""Tables: the text column is replaced or one added, the rest stays what it is."""

import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import FileError
from toolkit.formats import Reading, find_inputs

SEPARATORS = [
    pytest.param("a.csv", ",", id="csv"),
    pytest.param("a.tsv", "\t", id="tsv"),
]
CELL = st.text(st.sampled_from("天ab ,\"'\t\n01.;\u2028"), max_size=8)


def entry_of(path, content):
    if isinstance(content, pl.DataFrame):
        content.write_parquet(path)
    else:
        path.write_bytes(content.encode())
    return find_inputs([path])[0]


def rewritten(path, content, change=str.upper, **columns):
    entry, reading = entry_of(path, content), Reading(columns=columns)
    texts = (change(paragraph.text) for paragraph in entry.read(reading))
    target = path.with_name("out" + path.suffix)
    entry.format.rewrite(entry, reading, texts, target)
    return target


def rows_of(path, separator=","):
    text = path.read_bytes().decode()
    if separator == "\t":
        return [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def table_text(rows, separator):
    if separator == "\t":  # there is no quoting
        bare = str.maketrans("\t\n", "  ")
        lines = ("\t".join(cell.translate(bare) for cell in row) for row in rows)
        return "".join(line + "\n" for line in lines)
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "separator"), SEPARATORS)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_own_texts_give_the_same_cells(name, separator, rows, tmp_path_factory):
    rows = [("x", "0.10", "fine"), *rows]
    content = table_text([("no", "n", "text"), *rows], separator)
    path = tmp_path_factory.mktemp("table") / name
    target = rewritten(path, content, lambda text: text)
    assert rows_of(target, separator) == rows_of(path, separator)


@pytest.mark.parametrize(("name", "separator"), SEPARATORS)
def test_cells_are_texts_and_stay_so(name, separator, tmp_path):
    rows = [["n", "text", "z"], ["007", "a", "1.50"], ["1e5", "b", "NA"]]
    target = rewritten(tmp_path / name, table_text(rows, separator))
    expected = [["n", "text", "z"], ["007", "A", "1.50"], ["1e5", "B", "NA"]]
    assert rows_of(target, separator) == expected


def test_line_breaks_in_a_cell_divide_paragraphs(tmp_path):
    content = 'id,text\n7,"a\nb\n\n""c"""\n8,d\n'
    entry = entry_of(tmp_path / "a.csv", content)
    paragraphs = list(entry.read(Reading()))
    places = [(p.article.id, p.number, p.text) for p in paragraphs]
    assert places == [("7", 1, "a"), ("7", 2, "b"), ("7", 3, '"c"'), ("8", 1, "d")]
    target = rewritten(tmp_path / "a.csv", content)
    assert rows_of(target)[1:] == [["7", 'A\nB\n\n"C"'], ["8", "D"]]


def test_a_title_is_translated_with_its_text(tmp_path):
    target = rewritten(tmp_path / "a.csv", "title,text\nt,a\n,b\n")
    assert rows_of(target) == [["title", "text"], ["T", "A"], ["", "B"]]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({"source": "zh"}, [["zh", "en"], ["A", "old"]], id="in its place"),
        pytest.param(
            {"source": "zh", "target": "en"},
            [["zh", "en"], ["a", "A"]],
            id="over another",
        ),
        pytest.param(
            {"source": "zh", "target": "new"},
            [["zh", "en", "new"], ["a", "old", "A"]],
            id="into a new one",
        ),
    ],
)
def test_the_user_says_where_the_translation_goes(columns, expected, tmp_path):
    target = rewritten(tmp_path / "a.csv", "zh,en\na,old\n", **columns)
    assert rows_of(target) == expected


def test_roles_may_have_other_names(tmp_path):
    entry = entry_of(tmp_path / "a.csv", "key,when,head,zh\n7,2024-05,t,a\n")
    roles = {"id": "key", "date": "when", "title": "head", "source": "zh"}
    paragraphs = list(entry.read(Reading(columns=roles)))
    assert [(p.number, p.text) for p in paragraphs] == [(0, "t"), (1, "a")]
    assert {(p.article.id, p.article.date) for p in paragraphs} == {("7", "2024-05")}


def test_a_byte_order_mark_and_carriage_returns_are_no_text(tmp_path):
    entry = entry_of(tmp_path / "a.csv", "\ufeffid,text\r\n1,a\r\n")
    paragraphs = list(entry.read(Reading()))
    assert [(p.article.id, p.text) for p in paragraphs] == [("1", "a")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "empty CSV", id="nothing"),
        pytest.param("id,text\n", "an empty file (a header and rows)", id="no rows"),
        pytest.param("id,text\n1,\n", "an empty file (it needs some text)", id="blank"),
        pytest.param(
            "id,body\n1,a\n",
            "no column 'source or text' (there are: id, body",
            id="no text",
        ),
        pytest.param(
            "id,text\n1,a,b\n", "2: 3 cells (2, as in the header)", id="a long row"
        ),
        pytest.param(
            "id,text\n1,a\n2\n", "3: 1 cells (2, as in the header)", id="a short row"
        ),
        pytest.param('id,text\n1,"a\n', "could not parse", id="an open quote"),
        pytest.param(
            "text,date\na,20240101\n", "date '20240101' is no date", id="date"
        ),
        pytest.param(
            "text,date\na,2024-02-30\n", "date '2024-02-30' is no date", id="no day"
        ),
    ],
)
def test_bad_tables(content, message, tmp_path):
    entry = entry_of(tmp_path / "a.csv", content)
    with pytest.raises(FileError) as caught:
        list(entry.read(Reading()))
    place = f"{tmp_path / 'a.csv'}:"
    assert str(caught.value).removeprefix(place).strip().startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "separator"), SEPARATORS)
def test_a_column_twice_is_refused(name, separator, tmp_path):
    entry = entry_of(tmp_path / name, table_text([["text"] * 2, "ab"], separator))
    with pytest.raises(FileError, match=r":1: a column twice \(one name each\)"):
        list(entry.read(Reading()))


@pytest.mark.parametrize("cell", ['"open', '"shut"', '""', 'a"b', '"'])
def test_quotes_in_tsv_are_text(cell, tmp_path):
    target = rewritten(tmp_path / "a.tsv", f"n\ttext\n{cell}\t{cell}\n1\tb\n")
    expected = [["n", "text"], [cell, cell.upper()], ["1", "B"]]
    assert rows_of(target, "\t") == expected


def test_a_missing_column_says_which_there_are(tmp_path):
    entry = entry_of(tmp_path / "a.csv", "id,text\n1,a\n")
    with pytest.raises(FileError, match=r"no column 'zh' .there are: id, text; say"):
        list(entry.read(Reading(columns={"source": "zh"})))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("id,text\n1,天气\n".encode("gbk"), ":2: not UTF-8", id="GBK"),
        pytest.param(b"id,text\n1,a\0\n", ":2: bytes that are no text", id="binary"),
    ],
)
def test_bad_bytes_have_a_line(content, message, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        list(find_inputs([path])[0].read(Reading()))
    assert str(caught.value).startswith(f"{path}{message}")


def test_other_encodings_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,天气\n".encode("gbk"))
    with pytest.raises(FileError, match="tables are read as UTF-8 only"):
        list(find_inputs([path])[0].read(Reading(encoding="gbk")))


def test_parquet_keeps_other_columns_and_their_types(tmp_path):
    frame = pl.DataFrame(
        {
            "id": [7, 8],
            "date": [date(2024, 5, 6), None],
            "score": [0.5, None],
            "text": ["a\nb", "c"],
            "tags": [["x"], []],
            "more": [{"k": 1}, {"k": 2}],
        }
    )
    target = rewritten(tmp_path / "a.parquet", frame, source="text", target="en")
    result = pl.read_parquet(target)
    assert result.drop("en").equals(frame)
    assert result.drop("en").schema == frame.schema
    assert result["en"].to_list() == ["A\nB", "C"]


def test_parquet_dates_and_ids_need_not_be_texts(tmp_path):
    frame = pl.DataFrame({"id": [7], "date": [date(2024, 5, 6)], "text": ["a"]})
    article = next(entry_of(tmp_path / "a.parquet", frame).read(Reading())).article
    assert (article.id, article.date) == ("7", "2024-05-06")


def test_parquet_lists_are_paragraphs(tmp_path):
    frame = pl.DataFrame({"paragraphs": [["a", " ", "b"], [], ["c"]]})
    target = rewritten(tmp_path / "a.parquet", frame)
    assert pl.read_parquet(target)["paragraphs"].to_list() == [
        ["A", " ", "B"],
        [],
        ["C"],
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            {"title": ["t", None], "text": ["a", "b"]},
            {"title": ["T", None], "text": ["A", "B"]},
            id="titles with gaps",
        ),
        pytest.param(
            {"title": [None, None], "text": ["a", "b"]},
            {"title": [None, None], "text": ["A", "B"]},
            id="no title at all",
        ),
        pytest.param(
            {"title": [["t"], []], "text": ["a", "b"]},
            {"title": [["t"], []], "text": ["A", "B"]},
            id="lists are no titles",
        ),
        pytest.param({"text": ["a", None]}, {"text": ["A", None]}, id="a text missing"),
        pytest.param(
            {"paragraphs": [["a"], None]},
            {"paragraphs": [["A"], None]},
            id="a list, too",
        ),
        pytest.param(
            {"blob": [b"\xff"], "text": ["a"]},
            {"blob": [b"\xff"], "text": ["A"]},
            id="bytes beside the text",
        ),
    ],
)
def test_parquet_keeps_what_is_no_text(columns, expected, tmp_path):
    frame = pl.DataFrame(columns)
    result = pl.read_parquet(rewritten(tmp_path / "a.parquet", frame))
    assert result.to_dict(as_series=False) == expected
    assert result.schema == frame.schema


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        pytest.param({"text": [b"\xff"]}, "text: no texts", id="bytes"),
        pytest.param({"text": [{"a": 1}]}, "text: no texts", id="structures"),
        pytest.param(
            {"id": [b"1"], "text": ["a"]}, "id: no texts", id="a name of bytes"
        ),
        pytest.param(
            {"paragraphs": [["a", None]]}, "paragraphs: a list with gaps", id="gaps"
        ),
    ],
)
def test_parquet_of_other_things(columns, message, tmp_path):
    entry = entry_of(tmp_path / "a.parquet", pl.DataFrame(columns))
    with pytest.raises(FileError) as caught:
        list(entry.read(Reading()))
    assert str(caught.value) == f"{entry.path}: {message} (columns of texts)"


def test_broken_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"this is no table at all")
    with pytest.raises(FileError) as caught:
        list(find_inputs([path])[0].read(Reading()))
    assert str(caught.value).startswith(f"{path}: parquet: ")
    assert "\n" not in str(caught.value)


def test_many_rows_keep_their_order(tmp_path):
    count = 12_001
    rows = "".join(f"{number},t{number}\n" for number in range(count))
    target = rewritten(tmp_path / "a.csv", "id,text\n" + rows)
    assert rows_of(target)[1:] == [[str(n), f"T{n}"] for n in range(count)]


def test_names_of_files_are_no_patterns(tmp_path):
    (tmp_path / "b.csv").write_text("text\nwrong\n")
    entry = entry_of(tmp_path / "[ab].csv", "text\nright\n")
    assert [p.text for p in entry.read(Reading())] == ["right"]
