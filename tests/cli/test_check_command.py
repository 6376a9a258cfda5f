"""`newsmt check`: what it reads, what it shows, how it ends."""

import json
import os

import pytest

BAD = "The Clear and Bright drive began.\n"
GOOD = "The Qinglang drive began.\n"
SURF = "The Surf Squad came.\n"


@pytest.fixture
def check(newsmt, terms):
    def run(*arguments):
        return newsmt("check", "--glossary", terms, *arguments)

    return run


@pytest.fixture
def found(check):
    """Run the check and return codes with segments."""

    def run(*arguments):
        outcome = check(*arguments, "--format", "jsonl")
        findings = [json.loads(line) for line in outcome.out.split("\n") if line]
        return [(each["code"], each["segment"]) for each in findings]

    return run


@pytest.fixture
def write(tmp_path):
    def make(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_the_english_alone(found, write):
    assert found(write("a.txt", GOOD + BAD)) == [("TERM002", 2)]


def test_with_its_source(found, write):
    target = write("a.txt", "The drive.\n\nThe Qinglang drive.\n")
    source = write("b.txt", "清朗行动。\n\n清朗行动。\n")
    assert found(target, "--source", source) == [("TERM001", 1)]


def test_sources_belong_to_files_in_order(found, write):
    targets = [write("a.txt", "It.\n"), write("b.txt", "Rain.\n")]
    sources = [write("c.txt", "天气。\n"), write("d.txt", "清朗。\n")]
    options = [each for path in sources for each in ("--source", path)]
    assert found(*targets, *options) == [("TERM001", 1)]


def test_both_sides_in_one_file(found, write):
    lines = [{"zh": "清朗行动。", "en": "It."}, {"zh": "清朗。", "en": "Qinglang."}]
    path = write("a.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    columns = ("--column", "source=zh", "--column", "target=en")
    assert found(path, *columns) == [("TERM001", 1)]


def test_both_sides_in_a_table(found, write):
    path = write("a.csv", "id,zh,en\n1,清朗行动。,It.\n2,清朗。,Qinglang.\n")
    columns = ("--column", "source=zh", "--column", "target=en")
    assert found(path, *columns) == [("TERM001", 1)]


def test_a_folder(found, write):
    write("in/a.txt", GOOD)
    path = write("in/sub/b.txt", BAD)
    write("in/.hidden.txt", BAD)
    assert found(path.parents[1]) == [("TERM002", 1)]


def test_another_encoding(found, tmp_path):
    (tmp_path / "a.txt").write_bytes(f"天气。{BAD}".encode("gb18030"))
    assert found(tmp_path / "a.txt", "--encoding", "gb18030")


def test_another_format(found, write):
    path = write("a.txt", json.dumps({"text": BAD}) + "\n")
    assert found(path, "--input-format", "jsonl") == [("TERM002", 1)]


def test_places_are_those_of_the_file(check, write):
    path = write("a.txt", "\n\r\nFine. Now Clear and Bright goes on.\n")
    finding = json.loads(check(path, "--format", "json").out)[0]
    assert (finding["file"], finding["line"]) == (str(path), 3)
    assert (finding["column"], finding["end_column"]) == (11, 27)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param([], {"TERM002", "TERM003"}, id="all"),
        pytest.param(["--select", "TERM002"], {"TERM002"}, id="only a code"),
        pytest.param(["--select", "inconsistent-term"], {"TERM003"}, id="only a name"),
        pytest.param(["--ignore", "TERM002"], {"TERM003"}, id="not a code"),
        pytest.param(["--level", "error"], {"TERM002"}, id="errors"),
    ],
)
def test_what_is_looked_for(options, expected, found, write):
    path = write("a.txt", BAD + SURF + "The Wave Team went.\n")
    assert {code for code, _ in found(path, *options)} == expected


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        pytest.param(GOOD, [], 0, id="nothing found"),
        pytest.param(BAD, [], 1, id="an error"),
        pytest.param(BAD, ["--fail-on", "never"], 0, id="never"),
        pytest.param(SURF + "The Wave Team.\n", [], 0, id="a warning is no error"),
        pytest.param(SURF + "Wave Team.\n", ["--fail-on", "warning"], 1, id="or is it"),
        pytest.param(BAD, ["--fail-on", "warning"], 1, id="worse than asked for"),
    ],
)
def test_exit_status(text, options, status, check, write):
    assert check(write("a.txt", text), *options).status == status


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_a_file_gets_what_the_screen_would(form, check, write, tmp_path):
    path, target = write("a.txt", BAD), tmp_path / "new" / "report"
    shown = check(path, "--format", form)
    outcome = check(path, "--format", form, "-o", target)
    assert (outcome.status, outcome.out) == (1, "")
    assert target.read_text(encoding="utf-8") == shown.out != ""
    assert [each.name for each in target.parent.iterdir()] == ["report"]


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_gets_the_report_and_stays_a_pipe(check, write, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert check(write("a.txt", BAD), "-o", tmp_path / "pipe").status == 1
    assert b"Clear and Bright" in os.read(reader, 9999)
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_text_names_the_right_term(check, write):
    out = check(write("a.txt", BAD)).out
    assert "Clear and Bright (1)" in out
    assert "Qinglang" in out


def test_json_of_a_clean_file_is_an_empty_list(check, write):
    assert json.loads(check(write("a.txt", GOOD), "--format", "json").out) == []


def test_standard_input(newsmt_process, terms):
    outcome = newsmt_process(
        *("check", "-", "--glossary", terms, "--format", "jsonl"), stdin=BAD.encode()
    )
    finding = json.loads(outcome.out)
    assert (outcome.status, finding["file"], finding["line"]) == (1, "-", 1)


def test_later_glossaries_win(newsmt, terms, write):
    other = write(
        "other.tsv",
        "concept\tlanguage\tterm\tstatus\nqinglang\ten\tClear and Bright\tpreferred\n",
    )
    path = write("a.txt", BAD)
    both = ("--glossary", terms, "--glossary", other)
    assert newsmt("check", path, *both).status == 0
    assert newsmt("check", path, *both[2:], *both[:2]).status == 1
