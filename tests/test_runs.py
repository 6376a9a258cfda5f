"""A run as a folder: what is in it, the same bytes again, nothing half done."""

import json
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from toolkit.engines import load_engine
from toolkit.errors import AlignmentError, FileError
from toolkit.findings import Severity
from toolkit.formats import Reading, find_inputs
from toolkit.formats.glossary import load_glossary
from toolkit.formats.testset import load_test_set
from toolkit.pipeline import select_checks
from toolkit.runs import SCHEMA, Plan, load_run, own_glossaries, write_run
from toolkit.shipped import shipped

FILES = {"findings.jsonl", "report.html", "run.json", "scores.json", "segments.parquet"}
KEYS = (
    "code check severity category file article system segment side start end line "
    "column end_column text message suggestions concept evidence fix fingerprint"
)
COLUMNS = (
    "file article date paragraph segment line column source hypothesis reference "
    "engine score terms"
)
SOURCE = "清朗行动\r\n\n清朗行动由网络办开展。海浪队来了。\n海浪队走了。天气很好。"
RECORDED = """\
Clear and Bright
The Qinglang drive is led by the Office of the Web.
The Wave Team came.
Surf Squad left.
Fine weather.
"""


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "in" / "news" / "a.zh.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(SOURCE.encode())
    return path


@pytest.fixture
def recorded(tmp_path):
    path = tmp_path / "weak.txt"
    path.write_text(RECORDED)
    return path


@pytest.fixture
def plan(article, recorded, glossary):
    def make(inputs=(article.parents[1],), engine=recorded):
        return Plan(
            tuple(find_inputs(inputs)),
            Reading(),
            load_engine(f"replay:{engine}"),
            glossary,
            "small@1",
            select_checks(level=Severity.INFO),
        )

    return make


@pytest.fixture
def out(plan, tmp_path):
    """A finished run of the one article."""
    write_run(plan(), tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture(scope="module")
def set_run(campaigns, tmp_path_factory):
    """A finished run of a shipped test set, with the shipped glossary."""
    inputs = tuple(find_inputs([campaigns]))
    plan = Plan(
        inputs,
        Reading(),
        load_engine(f"replay:{campaigns / 'systems' / 'weak-mt.txt'}"),
        load_glossary([shipped("glossaries"), *own_glossaries(inputs)]),
        "shipped@1",
        select_checks(),
        ("bleu", "chrf", "term_accuracy"),
    )
    out = tmp_path_factory.mktemp("runs") / "set"
    write_run(plan, out)
    return out


def findings_in(out):
    lines = (out / "findings.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_the_files_of_a_run(out, tree):
    assert set(tree(out)) == {*FILES, "articles/news/a.zh.txt"}
    assert {path.name for path in out.iterdir()} == {*FILES, "articles"}


def test_the_files_of_a_run_on_a_test_set(set_run, campaigns, tree):
    articles = load_test_set(campaigns).articles
    names = {f"articles/campaigns/{article.id}.txt" for article in articles}
    assert set(tree(set_run)) == FILES | names


def test_the_translation_keeps_blank_lines_and_line_ends(out):
    text = (out / "articles" / "news" / "a.zh.txt").read_bytes().decode()
    sentences = RECORDED.split("\n")
    expected = [sentences[0] + "\r", "", " ".join(sentences[1:3])]
    assert text.split("\n") == [*expected, " ".join(sentences[3:5])]


def test_the_same_bytes_again(out, plan, tmp_path, tree):
    write_run(plan(), tmp_path / "again")
    first, second = tree(out), tree(tmp_path / "again")
    runs = [json.loads(each.pop("run.json")) for each in (first, second)]
    assert first == second
    for run in runs:
        assert set(run.pop("times")) == {"started", "seconds"}
    assert runs[0] == runs[1]


def test_an_earlier_run_is_replaced_as_a_whole(out, plan, tmp_path, tree):
    other = tmp_path / "b.txt"
    other.write_text("天气很好。\n", encoding="utf-8")
    (tmp_path / "one.txt").write_text("Fine weather.\n")
    write_run(plan([other], tmp_path / "one.txt"), out)
    assert set(tree(out)) == {*FILES, "articles/b.txt"}
    assert findings_in(out) == []


def test_findings_have_the_keys_of_the_contract(out):
    found = findings_in(out)
    assert found
    for finding in found:
        assert list(finding) == KEYS.split()
        assert finding["severity"] in {"error", "warning", "info"}
        assert re.fullmatch("[0-9a-f]{16}", finding["fingerprint"])
        assert finding["system"] == "weak"
    codes = {finding["code"] for finding in found}
    assert codes == {"TERM002", "TERM003"}


def test_findings_lead_to_the_text_in_the_translation(out, set_run):
    for folder in (out, set_run):
        found = [each for each in findings_in(folder) if each["side"] == "target"]
        assert found
        for finding in found:
            text = (folder / finding["file"]).read_bytes().decode("utf-8")
            line = text.split("\n")[finding["line"] - 1]
            cut = line[finding["column"] - 1 : finding["end_column"] - 1]
            assert cut == finding["text"] != ""


def test_findings_lead_to_the_text_of_their_segment(set_run):
    rows = pl.read_parquet(set_run / "segments.parquet").rows(named=True)
    texts = {(row["article"], row["segment"]): row for row in rows}
    side = {"source": "source", "target": "hypothesis"}
    for finding in findings_in(set_run):
        row = texts[finding["article"], finding["segment"]]
        text = row[side[finding["side"]]]
        assert text[finding["start"] : finding["end"]] == finding["text"]
        assert row["file"] == finding["file"] or finding["side"] == "source"


def test_segments(set_run, campaigns):
    test_set = load_test_set(campaigns)
    table = pl.read_parquet(set_run / "segments.parquet")
    assert table.columns == COLUMNS.split()
    assert table["source"].to_list() == [s.text for s in test_set.segments]
    assert tuple(table["reference"]) == test_set.references
    recorded = (campaigns / "systems" / "weak-mt.txt").read_text(encoding="utf-8")
    assert table["hypothesis"].to_list() == recorded.removesuffix("\n").split("\n")
    assert set(table["engine"]) == {"replay:weak-mt.txt"}
    dates = {article.id: article.date for article in test_set.articles}
    for row in table.rows(named=True):
        assert row["date"] == dates[row["article"]]


def test_terms_say_what_became_of_them(out):
    table = pl.read_parquet(out / "segments.parquet")
    rows = table.rows(named=True)
    found = [(term["concept"], term["how"]) for row in rows for term in row["terms"]]
    assert found == [
        ("qinglang", "wrong"),
        ("qinglang", "engine"),
        ("agency", "wrong"),
        ("wave", "engine"),
        ("wave", "engine"),
    ]
    term = rows[1]["terms"][0]
    assert rows[1]["source"][term["source_start"] : term["source_end"]] == "清朗"
    cut = rows[1]["hypothesis"][term["target_start"] : term["target_end"]]
    assert cut == "Qinglang"


def test_scores_have_the_keys_of_the_contract(set_run):
    scores = json.loads((set_run / "scores.json").read_text())
    keys = ["system", "metric", "level", "value", "signature", "low", "high"]
    assert [list(each) for each in scores] == [keys] * len(scores)
    assert [each["metric"] for each in scores] == ["bleu", "chrf", "term_accuracy"]


def test_without_references_only_terms_are_scored(out):
    scores = json.loads((out / "scores.json").read_text())
    assert [each["metric"] for each in scores] == ["term_accuracy"]
    assert scores[0]["value"] == pytest.approx(3 / 5)


def test_the_record(out, article):
    record = json.loads((out / "run.json").read_text())
    assert record["schema"] == SCHEMA
    assert record["engine"] == "replay:weak.txt"
    assert re.fullmatch("[0-9a-f]{64}", record["model"])
    assert record["glossary"] == "small@1"
    assert [each["path"] for each in record["inputs"]] == [str(article)]
    assert (record["articles"], record["segments"]) == (1, 5)
    assert record["findings"] == {"error": 2, "warning": 1}
    assert {"ctranslate2", "sacrebleu", "polars"} <= set(record["packages"])
    assert record["instruction_set"]


def test_the_counts_are_returned(plan, tmp_path):
    counts = write_run(plan(), tmp_path / "out")
    assert dict(counts) == {"error": 2, "warning": 1}


@pytest.fixture
def failing(request, plan, tmp_path):
    """A plan that fails in its second file, or at its very end."""
    folder = tmp_path / "failing"
    folder.mkdir()
    (folder / "a.txt").write_text("天气很好。\n", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff\n" if request.param == "bytes" else b"x\n")
    recorded = tmp_path / "recorded.txt"
    recorded.write_text(
        {"few": "One.\n", "bytes": "1\n2\n", "many": "1\n2\n3\n"}[request.param]
    )
    return plan([folder], recorded)


FAILURES = pytest.mark.parametrize("failing", ["few", "many", "bytes"], indirect=True)


@FAILURES
def test_a_failure_leaves_an_earlier_run_alone(failing, out, tree):
    before = tree(out)
    with pytest.raises((AlignmentError, FileError)):
        write_run(failing, out)
    assert tree(out) == before
    assert {path.name for path in out.iterdir()} == {*FILES, "articles"}


@FAILURES
def test_a_failure_leaves_no_file_in_a_new_folder(failing, tmp_path):
    with pytest.raises((AlignmentError, FileError)):
        write_run(failing, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", [".newsmt-abc/rows.jsonl", ".newsmt-abc/articles/a"])
def test_what_a_killed_run_left_blocks_no_other(name, plan, tmp_path):
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("half")
    write_run(plan(), tmp_path / "out")
    assert {each.name for each in (tmp_path / "out").iterdir()} >= FILES
    write_run(plan(), tmp_path / "out")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("mine.txt", id="a file"),
        pytest.param("mine/deep.txt", id="a folder"),
    ],
)
def test_a_folder_with_other_files_is_refused(name, plan, tmp_path, tree):
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(FileError, match="has other files in it"):
        write_run(plan(), tmp_path / "out")
    assert tree(tmp_path / "out") == {name: b"mine"}


def test_a_file_is_no_place_for_a_run(plan, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FileError, match=r"out: a file \(-o names a folder\)"):
        write_run(plan(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_run_is_read_back(out):
    run = load_run(out)
    segments = list(run.segments())
    found = [finding for _, findings in segments for finding in findings]
    assert [each.fingerprint for each in found] == [
        each["fingerprint"] for each in findings_in(out)
    ]
    texts = [pair.target.text for pair, _ in segments]
    assert texts == RECORDED.removesuffix("\n").split("\n")
    assert [pair.paragraph for pair, _ in segments] == [1, 2, 2, 3, 3]
    assert "".join(pair.source.text for pair, _ in segments) in "".join(SOURCE.split())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(
            "run.json",
            '{"schema": 999}',
            "run.json: a run of schema 999 ",
            id="another schema",
        ),
        pytest.param(
            "run.json", "{}", "run.json: a run of schema None", id="no schema"
        ),
        pytest.param(
            "run.json",
            '{"schema": 1}',
            "run.json: not as a run writes it: Object missing",
            id="a schema alone",
        ),
        pytest.param(
            "run.json", "[]", "run.json: not as a run writes it", id="no object"
        ),
        pytest.param("run.json", "{", "run.json: not as a run writes it", id="no JSON"),
        pytest.param("run.json", None, "no run in this folder", id="no record"),
        pytest.param("scores.json", None, "scores.json: no such file", id="no scores"),
        pytest.param("scores.json", "{}", "scores.json: not as a run", id="odd scores"),
        pytest.param(
            "findings.jsonl", None, "findings.jsonl: no such", id="no findings"
        ),
        pytest.param(
            "findings.jsonl", "{}\n", "findings.jsonl: not as", id="odd findings"
        ),
        pytest.param(
            "segments.parquet", None, "segments.parquet: not as", id="no segments"
        ),
        pytest.param(
            "segments.parquet", "x", "segments.parquet: not as", id="odd segments"
        ),
    ],
)
def test_broken_runs(name, content, message, out):
    if content is None:
        (out / name).unlink()
    else:
        (out / name).write_text(content)
    with pytest.raises(FileError, match=message) as caught:
        list(load_run(out).segments())
    assert str(caught.value).startswith(str(out))
    assert "\n" not in str(caught.value)


def test_a_real_engine(plan, tiny_model, tmp_path, tree):
    plan = replace(plan(), engine=load_engine(f"ctranslate2:{tiny_model}"))
    write_run(plan, tmp_path / "out")
    write_run(plan, tmp_path / "again")
    first, second = tree(tmp_path / "out"), tree(tmp_path / "again")
    for each in (first, second):
        del each["run.json"]
    assert first == second
    scores = pl.read_parquet(tmp_path / "out" / "segments.parquet")["score"]
    assert len(scores) == 5
    assert scores.is_between(-20, 0).all()


def test_an_interrupted_move_leaves_no_record(plan, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_run(plan(), out)
    move = Path.replace

    def stop(path, target):
        if Path(target) == out / "segments.parquet":
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_run(plan(), out)
    assert not (out / "run.json").exists()
