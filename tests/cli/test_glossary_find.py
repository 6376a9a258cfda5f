import json

import pytest

HEADER = "concept\tlanguage\tterm\tstatus\tpos\twhen\n"


@pytest.fixture
def many(tmp_path):
    """A glossary of 25 concepts, all of them of the net."""
    rows = "".join(
        f"c{n}\tzh\t净网{chr(0x4E00 + n)}\tpreferred\tnoun\tquoted=yes\n"
        f"c{n}\ten\tclean net {n}\tpreferred\tnoun\t\n"
        for n in range(25)
    )
    path = tmp_path / "many.tsv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize("query", ["净网", "jingwang", "clean net", "claen nets"])
def test_at_most_twenty_and_a_hint(query, newsmt, many):
    outcome = newsmt("glossary", "find", query, "--glossary", many)
    assert outcome.status == 0
    assert outcome.out.count("(required)") == 20
    assert outcome.err == "5 more (say more of the term)\n"


def test_find_as_json(newsmt, many):
    outcome = newsmt("glossary", "find", "clean net 7", "--glossary", many, *JSON)
    (found,) = json.loads(outcome.out)
    assert (found["id"], found["found"], found["how"]) == ("c7", "clean net 7", "text")
    assert found["terms"][0]["when"] == {"quoted": True}


def test_find_nothing_as_json(newsmt, many):
    outcome = newsmt("glossary", "find", "nonsense", "--glossary", many, *JSON)
    assert (outcome.status, json.loads(outcome.out)) == (1, [])


def test_show_says_everything(newsmt, many):
    outcome = newsmt("glossary", "show", "c0", "--glossary", many)
    assert "净网一  (noun; quoted=yes)" in outcome.out
    shown = json.loads(newsmt("glossary", "show", "c0", "--glossary", many, *JSON).out)
    assert [term["language"] for term in shown["terms"]] == ["zh", "en"]


JSON = ("--format", "json")
DOUBTFUL = (
    "a\tzh\t甲乙丙\tpreferred\t\t\na\ten\tAlpha\tpreferred\t\t\n"
    "b\tzh\t乙丙\tpreferred\t\t\nb\ten\tAlpha\tpreferred\t\t\n"
)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            [], (["014"], "1 warning (1 below --level warning)", 0), id="default"
        ),
        pytest.param(
            ["--level", "info"], (["018", "014"], "1 warning, 1 info", 0), id="all"
        ),
        pytest.param(
            ["--level", "error"],
            ([], "no faults (2 below --level error)", 0),
            id="errors alone",
        ),
        pytest.param(
            ["--level", "error", "--fail-on", "warning"],
            ([], "no faults (2 below --level error)", 1),
            id="what is not shown can fail",
        ),
    ],
)
def test_lint_level(arguments, expected, newsmt, tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(HEADER + DOUBTFUL, encoding="utf-8")
    outcome = newsmt("glossary", "lint", path, *arguments)
    codes = [line.split("GLOSS")[1][:3] for line in outcome.out.splitlines()]
    assert (codes, outcome.err.strip(), outcome.status) == expected
