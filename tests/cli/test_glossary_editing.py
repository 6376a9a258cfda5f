import json
import re

import pytest

from toolkit.formats.glossary import load_glossary

BAD = ("glossary", "add", "wave", "en", "Foam Team", "--status", "deprecated")
BRIGHT = "Bright\tdeprecated\tyours"


def test_add_set_and_remove_say_which_rows_they_touch(newsmt, terms):
    before = terms.read_bytes()
    done = newsmt(*BAD, "--source", "x", "--glossary", terms)
    row = "wave | en | Foam Team | deprecated | x"
    assert done == (0, f"{terms}:11: added: {row}\n", "")
    place = ("wave", "en", "Foam Team", "--glossary", terms)
    done = newsmt("glossary", "set", *place, "--evidence", "predicted")
    assert done == (0, f"{terms}:11: changed: {row} | predicted\n", "")
    done = newsmt("glossary", "remove", *place)
    assert done == (0, f"{terms}:11: removed: {row} | predicted\n", "")
    assert terms.read_bytes() == before


def test_a_concept_is_added_and_removed(newsmt, terms):
    before = terms.read_bytes()
    glossary = ("--glossary", terms)
    pairs = ("zh", "太阳行动", "en", "Sun Drive", "zh", "太阳")
    assert newsmt("glossary", "add", "sun", *pairs, *glossary).status == 0
    (zh, en, other) = load_glossary([terms]).concepts["sun"].terms
    assert [each.status for each in (zh, en, other)] == [
        *("preferred", "preferred", "admitted")
    ]
    done = newsmt("glossary", "remove", "sun", *glossary)
    assert done.out.count("removed") == 3
    assert terms.read_bytes() == before


def test_a_folder_has_a_file_of_concepts(newsmt, tmp_path):
    place = ("--glossary", tmp_path)
    pairs = ("zh", "太阳行动", "en", "Sun Drive")
    about = ("--domain", "sky", "--enforce", "advised", "--definition", "Hot.")
    done = newsmt("glossary", "add", "sun", *pairs, *about, *place)
    assert done.out.startswith(
        f"{tmp_path / 'concepts.tsv'}:2: added: sun | sky | advised | Hot.\n"
    )
    done = newsmt("glossary", "set", "sun", "--definition", "Warm.", *place)
    assert (done.status, done.err) == (0, "")
    assert load_glossary([tmp_path]).concepts["sun"].definition == "Warm."
    done = newsmt("glossary", "set", "sun", "--definition", "Warm.", *place)
    assert done == (0, "", "nothing changed\n")


def test_new_warnings_are_shown(newsmt, terms):
    done = newsmt("glossary", "add", "wave", "en", "surf squad", "--glossary", terms)
    assert done.status == 0
    assert "again, as in line 10" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (BAD, "deprecated without a source"),
        (("glossary", "add", "wave", "en"), "Missing argument|no term after 'en'"),
        (("glossary", "add", "wave", "en", "x", "zh"), "no term after 'zh'"),
        (("glossary", "set", "wave"), "nothing to set"),
        (("glossary", "set", "wave", "en", "--note", "x"), "no TERM after LANGUAGE"),
        (("glossary", "set", "wave", "--kind", "x"), "--kind needs LANGUAGE TERM"),
        (("glossary", "set", "wave", "--rename", "x"), "--rename needs LANGUAGE TERM"),
        (("glossary", "set", "wave", "--note", "x"), r"concepts\.tsv: no such file"),
        (
            ("glossary", "set", "wave", "en", "Wave Team", "--domain", "x"),
            "--domain is for CONCEPT alone",
        ),
        (
            ("glossary", "set", "wave", "en", "Wave Team", "--evidence", "Z"),
            "refused: unknown evidence 'Z'",
        ),
        (("glossary", "remove", "wave", "en"), "no TERM after LANGUAGE"),
        (("glossary", "remove", "nothing"), "no concept 'nothing'"),
        (("glossary", "remove", "wave", "zh", "海浪队"), "has no term in zh"),
    ],
)
def test_mistakes_are_one_line(newsmt, terms, arguments, message):
    before = terms.read_bytes()
    done = newsmt(*arguments, "--glossary", terms)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert re.search(message, done.err)
    assert terms.read_bytes() == before


def test_the_shipped_glossary_must_be_writable(newsmt, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    done = newsmt("glossary", "remove", "cac")
    assert done.status == 2
    assert done.err.endswith("glossaries: cannot be written (--glossary PATH)\n")


@pytest.fixture
def other(terms):
    """A copy of the small glossary in which a name and a source are others."""
    path = terms.with_name("other.tsv")
    text = terms.read_text(encoding="utf-8").replace("Surf Squad", "Surf Team")
    path.write_text(text.replace("Bright\tdeprecated\tours", BRIGHT), "utf-8")
    return path


def test_diff(newsmt, terms, other):
    done = newsmt("glossary", "diff", terms, other)
    assert done.out.split("\n") == [
        "~ qinglang  en  Clear and Bright  source: 'ours' -> 'yours'",
        "- wave  en  Surf Squad  (admitted)",
        "+ wave  en  Surf Team  (admitted)",
        "",
    ]
    assert done.status == 1
    assert newsmt("glossary", "diff", terms, terms) == (0, "", "")


def test_diff_as_json(newsmt, terms, other):
    done = newsmt("glossary", "diff", terms, other, "--format", "json")
    assert done.status == 1
    assert json.loads(done.out)[1] == {
        "what": "removed",
        "concept": "wave",
        "language": "en",
        "term": "Surf Squad",
        "field": "status",
        "old": "admitted",
        "new": "",
    }
    done = newsmt("glossary", "diff", terms, terms, "--format", "json")
    assert (done.status, json.loads(done.out)) == (0, [])


def test_diff_of_nothing(newsmt, terms, tmp_path):
    done = newsmt("glossary", "diff", terms, tmp_path / "none.tsv")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_merge(newsmt, terms, other, tmp_path):
    ours = terms.with_name("ours.tsv")
    ours.write_bytes(terms.read_bytes().replace(b"Wave Team", b"Waves"))
    out = tmp_path / "out.tsv"
    assert newsmt("glossary", "merge", terms, ours, other, "-o", out) == (0, "", "")
    expected = other.read_bytes().replace(b"Wave Team", b"Waves")
    assert sorted(out.read_bytes().split(b"\n")) == sorted(expected.split(b"\n"))
    assert newsmt("glossary", "merge", terms, ours, other, "-o", ours).status == 0
    assert ours.read_bytes() == out.read_bytes()


def test_conflicts_are_shown_and_nothing_is_written(newsmt, terms, other, tmp_path):
    ours = terms.with_name("ours.tsv")
    ours.write_bytes(other.read_bytes().replace(b"yours", b"mine"))
    out = tmp_path / "out.tsv"
    done = newsmt("glossary", "merge", terms, ours, other, "-o", out)
    assert done == (
        1,
        "! qinglang  en  Clear and Bright  source: ours 'mine', theirs 'yours'\n",
        "nothing written: 1 in conflict\n",
    )
    assert not out.exists()


@pytest.mark.parametrize("verb", ["add", "set", "remove", "diff", "merge"])
def test_help(newsmt, verb):
    done = newsmt("glossary", verb, "--help")
    assert done.status == 0
    assert verb in {"diff", "merge"} or "--glossary PATH" in done.out
