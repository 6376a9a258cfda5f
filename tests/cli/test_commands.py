"""The commands end to end, on small texts and the shipped test sets."""

import json
import re
import shutil

import pytest

from toolkit.checks import CHECKS
from toolkit.cli import main
from toolkit.metrics import METRICS

SOURCE = "清朗行动开始。天气很好。\n\n网络办发布通知。\n"
RECORDED = "The Clear and Bright drive began.\nFine.\nThe Net Office spoke.\n"
TRANSLATED = "The Clear and Bright drive began. Fine.\n\nThe Net Office spoke.\n"
RUN_FILES = {
    "findings.jsonl",
    "report.html",
    "run.json",
    "scores.json",
    "segments.parquet",
}


@pytest.fixture
def article(terms):
    path = terms.parents[1] / "in" / "a.zh.txt"
    path.parent.mkdir()
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture
def weak(tmp_path):
    path = tmp_path / "weak.txt"
    path.write_text(RECORDED)
    return f"replay:{path}"


def commands(group=main, prefix=()):
    context = main.make_context("newsmt", [], resilient_parsing=True)
    yield prefix
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name)


COMMANDS = list(commands())


def test_the_commands_there_are():
    names = {" ".join(command) for command in COMMANDS}
    expected = "run translate check score report explain glossary model testset"
    assert set(expected.split()) <= {name.partition(" ")[0] for name in names}
    assert {"glossary lint", "glossary find", "glossary show"} <= names
    assert {"glossary stats", "model info", "testset list", "testset validate"} <= names


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c) or "newsmt")
def test_every_command_has_help(command, newsmt):
    outcome = newsmt(*command, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(" ".join(("Usage: newsmt", *command)))
    assert newsmt(*command, "-h").out == outcome.out
    assert all(len(line) <= 100 for line in outcome.out.split("\n"))


def test_version(newsmt):
    assert re.fullmatch(r"newsmt, version \d+\.\d+\.\d+\n", newsmt("--version").out)


def test_translate(newsmt, article, weak, tmp_path, tree):
    outcome = newsmt(
        "translate", article.parent, "--engine", weak, "-o", tmp_path / "out"
    )
    assert outcome.status == 0
    assert tree(tmp_path / "out") == {"a.zh.txt": TRANSLATED.encode()}


def test_translate_with_a_model(newsmt, article, tiny_model, tmp_path):
    outcome = newsmt(
        *("translate", article, "--model", tiny_model, "-o", tmp_path / "out"),
        *("--beam", 1, "--batch", 64, "--workers", 1, "--compute-type", "int8"),
    )
    assert outcome.status == 0
    text = (tmp_path / "out" / "a.zh.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert [bool(line) for line in lines] == [True, False, True, False]


def test_translate_keeps_other_fields(newsmt, weak, tmp_path):
    path = tmp_path / "a.jsonl"
    body = json.dumps("清朗行动开始。天气很好。\n网络办发布通知。", ensure_ascii=False)
    path.write_text(f'{{"n": 1.0, "zh": {body}}}\n', encoding="utf-8")
    columns = ("--column", "source=zh", "--column", "target=en")
    options = ("--engine", weak, "-o", tmp_path / "out", *columns)
    assert newsmt("translate", path, *options).status == 0
    text = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8")
    english = TRANSLATED.replace("\n\n", "\n").removesuffix("\n")
    assert text == f'{{"n":1.0,"zh":{body},"en":{json.dumps(english)}}}\n'


@pytest.mark.parametrize("exists", [True, False], ids=["an old folder", "a new one"])
def test_translate_publishes_all_files_or_none(exists, newsmt, article, weak, tree):
    (article.parent / "b.txt").write_bytes(b"\xff\n")
    out = article.parents[1] / "out"
    if exists:
        out.mkdir()
        (out / "a.zh.txt").write_text("old")
    outcome = newsmt("translate", article.parent, "--engine", weak, "-o", out)
    assert outcome.status == 2
    assert out.exists() is exists
    assert not exists or tree(out) == {"a.zh.txt": b"old"}


@pytest.mark.parametrize("place", [".", "out"], ids=["the folder itself", "below it"])
def test_translate_does_not_write_where_it_reads(place, newsmt, article, weak, tree):
    before = tree(article.parent)
    out = article.parent / place
    outcome = newsmt("translate", article.parent, "--engine", weak, "-o", out)
    assert outcome.status == 2
    assert tree(article.parent) == before


def test_run_and_report(newsmt, article, weak, terms, tmp_path):
    out = tmp_path / "out"
    options = ("--engine", weak, "--glossary", terms, "-o", out)
    outcome = newsmt("run", article, *options)
    assert outcome.status == 0
    assert outcome.out.endswith(f"{out / 'report.html'}\n")
    assert {path.name for path in out.iterdir()} == {*RUN_FILES, "articles"}
    assert (out / "articles" / "a.zh.txt").read_text() == TRANSLATED
    again = newsmt("report", out)
    assert (again.status, again.out) == (0, outcome.out.rpartition(str(out))[0])
    page = newsmt("report", out, "--format", "html")
    assert page.out == (out / "report.html").read_text(encoding="utf-8")
    lines = newsmt("report", out, "--format", "jsonl").out
    assert lines == (out / "findings.jsonl").read_text(encoding="utf-8")
    found = json.loads(newsmt("report", out, "--format", "json").out)
    assert found["findings"] == [json.loads(line) for line in lines.split("\n") if line]
    assert found["scores"] == json.loads((out / "scores.json").read_text())


@pytest.mark.parametrize(
    ("options", "status"),
    [
        pytest.param([], 0, id="findings are no failure"),
        pytest.param(["--fail-on", "error"], 1, id="unless asked for"),
        pytest.param(["--fail-on", "error", "--ignore", "TERM002"], 0, id="none left"),
    ],
)
def test_exit_status_of_a_run(options, status, newsmt, article, weak):
    fixed = ("--engine", weak, "-o", article.parents[1] / "out")
    own = ("--glossary", article.parents[1] / "terms")
    assert newsmt("run", article, *fixed, *own, *options).status == status


def test_run_on_a_test_set_takes_its_terms(newsmt, campaigns, tmp_path):
    engine = f"replay:{campaigns / 'systems' / 'house.txt'}"
    outcome = newsmt(
        *("run", campaigns, "--engine", engine, "-o", tmp_path / "out"),
        *("--metric", "chrf", "--metric", "term_accuracy"),
    )
    assert outcome.status == 0
    scores = json.loads((tmp_path / "out" / "scores.json").read_text())
    assert [(each["system"], each["metric"]) for each in scores] == [
        ("house", "chrf"),
        ("house", "term_accuracy"),
    ]
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert any(concept.startswith("campaigns_") for concept in record["concepts"])


@pytest.fixture
def parallel(tmp_path):
    texts = {
        "src.txt": "清朗行动开始。\n",
        "ref.txt": "The Qinglang drive begins.\n",
        "one.txt": "The Qinglang drive begins.\n",
        "two.txt": "Clear and Bright.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_score(newsmt, parallel, terms):
    outcome = newsmt(
        *("score", parallel / "one.txt", parallel / "two.txt", "--format", "json"),
        *("--ref", parallel / "ref.txt", "--src", parallel / "src.txt"),
        *("--glossary", terms, "--metric", "chrf", "--metric", "term_accuracy"),
    )
    assert outcome.status == 0
    scores = json.loads(outcome.out)
    keys = ["system", "metric", "level", "value", "signature", "low", "high"]
    assert [list(score) for score in scores] == [keys] * 4
    values = {(each["system"], each["metric"]): each["value"] for each in scores}
    assert values["one", "chrf"] == pytest.approx(100)
    assert values["one", "term_accuracy"] == 1
    assert values["two", "term_accuracy"] == 0


@pytest.mark.parametrize("name", ["[bold]", "[red]x[blue]", "<b>"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_names_of_systems_are_no_markup(name, form, newsmt, parallel):
    path = (parallel / "one.txt").rename(parallel / f"{name}.txt")
    options = ("--ref", parallel / "ref.txt", "--metric", "chrf", "--format", form)
    outcome = newsmt("score", path, *options)
    assert outcome.status == 0
    assert name in outcome.out


def test_score_of_a_test_set(newsmt, campaigns):
    outcome = newsmt("score", campaigns, "--metric", "chrf", "--format", "jsonl")
    systems = [json.loads(line)["system"] for line in outcome.out.splitlines()]
    assert systems == ["house", "weak-mt"]


@pytest.mark.parametrize("name", [*CHECKS, *(c.code for c in CHECKS.values())])
def test_explain_a_check(name, newsmt):
    outcome = newsmt("explain", name)
    assert outcome.status == 0
    assert "Bad:" in outcome.out
    assert "Good:" in outcome.out


@pytest.mark.parametrize("name", METRICS)
def test_explain_a_metric(name, newsmt):
    outcome = newsmt("explain", name)
    assert outcome.status == 0
    assert f"{METRICS[name].direction} is better" in outcome.out
    assert "Source:" in outcome.out


def test_explain_lists_everything(newsmt):
    lines = newsmt("explain").out.splitlines()
    assert len(lines) == len(CHECKS) + len(METRICS)
    assert lines[0].startswith("TERM001 missing-term ")


def test_glossary_lint_of_the_shipped_one(newsmt):
    outcome = newsmt("glossary", "lint")
    assert outcome.status == 0, outcome.out


def test_glossary_lint_shows_every_fault(newsmt, tmp_path):
    path = tmp_path / "a.tsv"
    rows = "a\tzh\t甲\tforbiden\na\ten\tA\tgood\n"
    path.write_text("concept\tlanguage\tterm\tstatus\n" + rows, encoding="utf-8")
    outcome = newsmt("glossary", "lint", path)
    assert outcome.status == 1
    assert f"{path}:2: " in outcome.out
    assert "'forbiden'" in outcome.out
    assert f"{path}:3: " in outcome.out


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        pytest.param("清朗", "qinglang", id="Chinese"),
        pytest.param("net office", "agency", id="English, in small letters"),
        pytest.param("網絡辦", "agency", id="Traditional"),
        pytest.param("Squad", "wave", id="a part of a term"),
    ],
)
def test_glossary_find(text, concept, newsmt, terms):
    outcome = newsmt("glossary", "find", text, "--glossary", terms)
    assert outcome.status == 0
    assert outcome.out.startswith(f"{concept} (")
    shown = newsmt("glossary", "show", concept, "--glossary", terms)
    assert (shown.status, shown.out) == (0, outcome.out)


def test_glossary_find_of_nothing(newsmt, terms):
    outcome = newsmt("glossary", "find", "nonsense", "--glossary", terms)
    assert outcome == (1, "", "no term with 'nonsense'\n")


def test_glossary_stats(newsmt, terms):
    counts = json.loads(newsmt("glossary", "stats", terms, "--format", "json").out)
    assert (counts["concepts"], counts["terms"]) == (3, 9)
    assert counts["languages"] == {"en": 6, "zh": 3}
    assert "concepts: 3\n" in newsmt("glossary", "stats", terms).out


def test_glossary_stats_of_the_shipped_one(newsmt):
    counts = json.loads(newsmt("glossary", "stats", "--format", "json").out)
    assert counts["concepts"] >= 100


def test_model_info(newsmt, tiny_model):
    outcome = newsmt("model", "info", tiny_model)
    assert outcome.status == 0
    assert "name: tiny-zh-en\n" in outcome.out
    assert re.search("sha256: [0-9a-f]{64}\n", outcome.out)


def test_testset_list_and_validate(newsmt):
    listed = newsmt("testset", "list")
    assert listed.status == 0
    assert re.search(r"campaigns: \d+ articles, \d+ segments, .*weak-mt", listed.out)
    valid = newsmt("testset", "validate")
    assert valid.status == 0
    assert len(valid.out.splitlines()) == len(listed.out.splitlines()) >= 2


def test_testset_validate_says_what_is_wrong(newsmt, campaigns, tmp_path):
    folder = shutil.copytree(campaigns, tmp_path / "set")
    with (folder / "systems" / "house.txt").open("a") as stream:
        stream.write("One more.\n")
    outcome = newsmt("testset", "validate", folder)
    assert outcome.status == 2
    assert f"{folder / 'systems' / 'house.txt'}: " in outcome.err
    assert outcome.err.count("\n") == 1


def test_files_of_a_folder_that_are_not_read_are_named(newsmt, article, weak, tmp_path):
    (article.parent / "notes.md").write_text("Fine.\n")
    (article.parent / ".hidden.md").write_text("Fine.\n")
    outcome = newsmt(
        "translate", article.parent, "--engine", weak, "-o", tmp_path / "t"
    )
    assert outcome.status == 0
    notes = article.parent / "notes.md"
    assert outcome.err == f"not read, for their suffix: {notes}\n"


def test_a_page_of_scores_speaks_of_no_findings(newsmt, tmp_path):
    (tmp_path / "a.txt").write_text("Fine.\n")
    arguments = ("score", tmp_path / "a.txt", "--ref", tmp_path / "a.txt")
    outcome = newsmt(*arguments, "--metric", "chrf", "--format", "html")
    assert outcome.status == 0
    assert "chrf" in outcome.out
    assert "findings" not in outcome.out


def test_the_name_of_a_glossary_changes_with_its_concepts(newsmt, tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    rows = "a\tzh\t甲\tpreferred\na\ten\tA\tpreferred\n"
    header = "concept\tlanguage\tterm\tstatus\n"
    (folder / "words.tsv").write_text(header + rows, encoding="utf-8")
    (tmp_path / "fine.txt").write_text("Fine.\n")
    names = []
    for enforce in ("required", "advised"):
        concepts = f"concept\tdomain\tenforce\na\twords\t{enforce}\n"
        (folder / "concepts.tsv").write_text(concepts)
        outcome = newsmt("check", tmp_path / "fine.txt", "--glossary", folder)
        names += re.findall(r"words@\w+", outcome.out)
    assert len(set(names)) == 2
