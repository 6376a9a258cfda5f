"""JSON Lines: texts are replaced, every other field stays as it was written."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import FileError
from toolkit.formats import Reading, find_inputs

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)
OTHER = st.dictionaries(
    st.text("xyz键", min_size=1, max_size=4), VALUES, min_size=1, max_size=4
)


def entry_of(folder, content):
    path = folder / "a.jsonl"
    path.write_bytes(content.encode())
    return find_inputs([path])[0]


def read(folder, content, reading=None):
    return list(entry_of(folder, content).read(reading or Reading()))


def rewritten(folder, content, change=str.upper, **columns):
    entry, reading = entry_of(folder, content), Reading(columns=columns)
    texts = (change(paragraph.text) for paragraph in entry.read(reading))
    entry.format.rewrite(entry, reading, texts, folder / "out.jsonl")
    return (folder / "out.jsonl").read_bytes().decode()


def dumped(value):
    """JSON with the digits of decimals."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(dumped, value)) + "]"
    if isinstance(value, dict):
        items = (f"{json.dumps(k)}: {dumped(v)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    return json.dumps(value, ensure_ascii=False)


def numbers_as_text(text):
    return json.loads(text, parse_float=str, parse_int=str)


@given(OTHER)
@settings(deadline=None, max_examples=80)
def test_other_fields_survive_with_their_digits_and_order(tmp_path_factory, other):
    line = dumped(other | {"text": "ab"})
    result = rewritten(tmp_path_factory.mktemp("jsonl"), line + "\n")
    expected = numbers_as_text(line) | {"text": "AB"}
    assert numbers_as_text(result) == expected
    assert list(numbers_as_text(result)) == list(expected)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("1.0", id="a whole float"),
        pytest.param("0.10", id="a last zero"),
        pytest.param("1e400", id="beyond floats"),
        pytest.param("1E-7", id="a capital exponent"),
        pytest.param("-0", id="minus zero"),
        pytest.param("123456789012345678901234567890", id="beyond 64 bits"),
        pytest.param("0.1234567890123456789", id="beyond a float's digits"),
        pytest.param('"\\u6e05\\n"', id="escapes"),
        pytest.param('"\u2028"', id="U+2028"),
        pytest.param('{"b": [1, {"a":null}]}', id="what is inside of it"),
    ],
)
def test_a_field_survives_as_it_is_written(raw, tmp_path):
    result = rewritten(tmp_path, f'{{"x": {raw}, "text": "a"}}\n')
    assert raw in result
    assert result.endswith('"text":"A"}\n')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param('{"text":"a\\nb"}\n', '{"text":"A\\nB"}\n', id="lines"),
        pytest.param(
            '{"text":"a\\n\\nb\\n"}\n', '{"text":"A\\n\\nB\\n"}\n', id="blanks"
        ),
        pytest.param(
            '{"paragraphs":["a","b"]}\n', '{"paragraphs":["A","B"]}\n', id="a list"
        ),
        pytest.param(
            '{"paragraphs":["a"," ",""]}\n',
            '{"paragraphs":["A"," ",""]}\n',
            id="a list with blanks",
        ),
        pytest.param(
            '{"title":"t","text":"a"}\n', '{"title":"T","text":"A"}\n', id="a title"
        ),
        pytest.param(
            '{"text":"a"}\n\n{"text":"b"}', '{"text":"A"}\n\n{"text":"B"}', id="ends"
        ),
        pytest.param(
            '{"text":"a"}\n{"text":""}\n', '{"text":"A"}\n{"text":""}\n', id="no text"
        ),
        pytest.param(
            '{"text":"a"}\n{"id":"x","text":"b"}\n',
            '{"text":"A"}\n{"id":"x","text":"B"}\n',
            id="lines need not have the same fields",
        ),
        pytest.param(
            '{"title":5,"text":"a"}\n', '{"title":5,"text":"A"}\n', id="number title"
        ),
        pytest.param(
            '{"title":["t"],"text":"a"}\n', '{"title":["t"],"text":"A"}\n', id="titles"
        ),
        pytest.param(
            '{"title":null,"text":"a"}\n',
            '{"title":null,"text":"A"}\n',
            id="null title",
        ),
        pytest.param(
            '{"text":null}\n{"text":"a"}\n', '{"text":null}\n{"text":"A"}\n', id="null"
        ),
        pytest.param(
            '{"text":"a"}\r\n\r\n{"text":"b"}\r\n',
            '{"text":"A"}\r\n\r\n{"text":"B"}\r\n',
            id="carriage returns",
        ),
    ],
)
def test_the_text_keeps_its_shape(content, expected, tmp_path):
    assert rewritten(tmp_path, content) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({"source": "zh"}, {"zh": "A", "en": "old"}, id="in its place"),
        pytest.param(
            {"source": "zh", "target": "en"}, {"zh": "a", "en": "A"}, id="over another"
        ),
        pytest.param(
            {"source": "zh", "target": "new"},
            {"zh": "a", "en": "old", "new": "A"},
            id="into a new one",
        ),
    ],
)
def test_the_user_says_where_the_translation_goes(columns, expected, tmp_path):
    content = '{"zh":"a","en":"old"}\n'
    assert json.loads(rewritten(tmp_path, content, **columns)) == expected


def test_a_title_is_paragraph_zero_and_the_rest_count_from_one(tmp_path):
    content = '{"id":7,"title":"t","date":"2024-05-06T07:08","text":"a\\n\\nb"}\n'
    paragraphs = read(tmp_path, content)
    assert [(p.number, p.text, p.line) for p in paragraphs] == [
        (0, "t", 1),
        (1, "a", 1),
        (2, "b", 1),
    ]
    assert {p.article.id for p in paragraphs} == {"7"}
    assert paragraphs[0].article.date == "2024-05-06"
    assert {s.column for p in paragraphs for s in p.segments} == {None}


def test_lines_with_one_id_are_one_article(tmp_path):
    content = '{"id":"x","text":"a"}\n{"id":"x","text":"b"}\n{"id":"y","text":"c"}\n'
    paragraphs = read(tmp_path, content)
    places = [(p.article.id, p.number, p.segments[0].number) for p in paragraphs]
    assert places == [("x", 1, 1), ("x", 2, 2), ("y", 1, 1)]


def test_lines_without_an_id_are_numbered(tmp_path):
    paragraphs = read(tmp_path, '{"text":"a"}\n\n{"id":"","text":"b"}\n')
    assert [p.article.id for p in paragraphs] == ["a:1", "a:2"]
    assert [p.line for p in paragraphs] == [1, 3]


@pytest.mark.parametrize("raw", ["1e400", "1.0", "-0", "12345678901234567890123"])
def test_an_id_that_is_a_number_stays_as_it_is_written(raw, tmp_path):
    (paragraph,) = read(tmp_path, f'{{"id":{raw},"text":"a"}}\n')
    assert paragraph.article.id == raw


def test_the_target_side_is_looked_for_under_its_own_names(tmp_path):
    content = '{"text":"zh","hypothesis":"en"}\n'
    target = Reading("en", "target")
    assert [p.text for p in read(tmp_path, content, target)] == ["en"]
    assert [p.text for p in read(tmp_path, content)] == ["zh"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(
            "[1]", "no JSON object: Expected `object`, got `array`", id="list"
        ),
        pytest.param('{"text":', "no JSON object: Input data was truncated", id="half"),
        pytest.param("Fine.", "no JSON object", id="not JSON"),
        pytest.param('{"text":"a"} x', "no JSON object", id="more behind it"),
        pytest.param(
            '{"body":"a"}', "no column 'source or text' (there are: body", id="key"
        ),
        pytest.param('{"text":5}', "text is neither a text nor a list", id="a number"),
        pytest.param('{"text":["a",5]}', "text is neither a text nor", id="in a list"),
        pytest.param(
            '{"text":"a","date":"May 5"}', "date 'May 5' is no date", id="date"
        ),
        pytest.param(
            '{"text":"a","date":"2024-13-01"}', "date '2024-13-01' is no", id="no month"
        ),
        pytest.param(
            '{"text":"a","date":"2024-02-30"}', "date '2024-02-30' is no", id="no day"
        ),
    ],
)
def test_bad_lines_are_named(line, message, tmp_path):
    with pytest.raises(FileError) as caught:
        read(tmp_path, f'{{"text":"fine"}}\n\n{line}\n')
    assert str(caught.value).startswith(f"{tmp_path / 'a.jsonl'}:3: {message}")


def test_a_named_field_that_is_missing_is_an_error(tmp_path):
    reading = Reading(columns={"id": "key"})
    with pytest.raises(
        FileError, match=r"a.jsonl:1: no column 'key' \(there are: text"
    ):
        read(tmp_path, '{"text":"a"}\n', reading)


def test_an_empty_name_switches_a_field_off(tmp_path):
    reading = Reading(columns={"date": "", "title": ""})
    paragraphs = read(tmp_path, '{"title":"t","date":"?","text":"a"}\n', reading)
    assert [(p.text, p.article.date) for p in paragraphs] == [("a", "")]
