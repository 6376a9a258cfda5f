"""What DeepL takes, and what is left out."""

import pytest
from generated_glossaries import ANY, full, glossaries
from hypothesis import given, settings

from toolkit.formats.glossary import deepl
from toolkit.terminology.glossary import Concept, Glossary, Rules, Status, Term


def of(*concepts):
    return Glossary(
        {f"c{n}": Concept(f"c{n}", terms) for n, terms in enumerate(concepts)}
    )


def written(glossary, path):
    losses = deepl.save(glossary, path)
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [tuple(line.split("\t")) for line in lines if line], losses


def test_sources_with_the_preferred_target(tmp_path):
    entries, losses = written(full(), tmp_path / "out.tsv")
    agency = "Cyberspace Administration of China"
    assert entries == [
        ("国家互联网信息办公室", agency),
        ("网信办", agency),
        ("海浪", "wave"),
    ]
    assert "deprecated terms: 1 left out (Net Letter Office)" in losses
    assert "superseded terms: 1 left out (SIIO)" in losses
    assert "admitted English terms: 1 left out (CAC)" in losses
    assert "terms in other languages: 1 left out (國家互聯網信息辦公室)" in losses


@pytest.mark.parametrize(
    ("glossary", "entries", "loss"),
    [
        pytest.param(
            of((Term("甲" * 342, "zh"), Term("A", "en"))),
            0,
            "entries with a side of more than 1,024 bytes: 1 left out (甲甲",
            id="source of 1,026 bytes",
        ),
        pytest.param(
            of((Term("甲", "zh"), Term("x" * 1025, "en"))),
            0,
            "entries with a side of more than 1,024 bytes: 1 left out (甲 = xx",
            id="target of 1,025 bytes",
        ),
        pytest.param(
            of(
                (Term("甲", "zh"), Term("A", "en")), (Term("甲", "zh"), Term("B", "en"))
            ),
            1,
            "further targets of a source (DeepL takes one): 1 left out (甲 = B)",
            id="one target a source",
        ),
        pytest.param(
            of((Term("甲\t乙", "zh"), Term("A", "en"))), 0, "terms with line", id="tab"
        ),
        pytest.param(
            of((Term("甲", "zh"), Term("A\u0085B", "en"))), 0, "terms with", id="C1"
        ),
        pytest.param(
            of((Term("甲", "zh"), Term("A\u2028B", "en"))), 0, "terms with", id="U+2028"
        ),
        pytest.param(
            of((Term("", "zh"), Term("A", "en"))), 0, "terms with", id="empty"
        ),
        pytest.param(
            of((Term("甲", "zh"), Term("A", "en", Status.ADMITTED))),
            0,
            "concepts without preferred English: 1 left out (c0)",
            id="nothing preferred",
        ),
        pytest.param(
            of((Term("通知", "zh", rules=Rules(quoted=True)), Term("A", "en"))),
            0,
            "terms that hold only in quotation marks or before certain words: 1",
            id="only in quotation marks",
        ),
        pytest.param(
            of(
                (
                    Term("部", "zh", rules=Rules(not_followed_by=("门",))),
                    Term("A", "en"),
                )
            ),
            1,
            "rules: 1 left out (部)",
            id="a rule that excludes",
        ),
    ],
)
def test_limits(glossary, entries, loss, tmp_path):
    found, losses = written(glossary, tmp_path / "out.tsv")
    assert len(found) == entries
    assert any(line.startswith(loss) for line in losses), losses


@pytest.mark.parametrize("size", [1024])
def test_as_long_as_it_may_be(size, tmp_path):
    term = "甲" * 341 + "a"
    assert len(term.encode()) == size
    entries, _ = written(of((Term(term, "zh"), Term("x" * size, "en"))), tmp_path / "o")
    assert entries == [(term, "x" * size)]


def test_the_same_twice_is_no_loss(tmp_path):
    glossary = of(
        (Term("甲", "zh"), Term("A", "en")), (Term("甲", "zh"), Term("A", "en"))
    )
    entries, losses = written(glossary, tmp_path / "out.tsv")
    assert entries == [("甲", "A")]
    assert not any("further" in line for line in losses)


def test_ten_mebibytes(tmp_path, monkeypatch):
    monkeypatch.setattr(deepl, "MOST_BYTES_IN_ALL", 12)
    concepts = [(Term(each, "zh"), Term("A", "en")) for each in "甲乙丙"]
    entries, losses = written(of(*concepts), tmp_path / "out.tsv")
    assert entries == [("甲", "A"), ("乙", "A")]
    assert "entries beyond 10 MiB in all: 1 left out (丙)" in losses


def test_many_losses_are_counted(tmp_path):
    bad = [Term(f"Bad {n}", "en", Status.DEPRECATED) for n in range(1200)]
    _, losses = written(of((Term("甲", "zh"), Term("A", "en"), *bad)), tmp_path / "o")
    assert losses[0] == "deprecated terms: 1,200 left out (Bad 0, Bad 1, Bad 2, ...)"


@given(glossaries(ANY))
@settings(max_examples=60, deadline=None)
def test_every_entry_is_one_deepl_takes(tmp_path_factory, glossary):
    entries, _ = written(glossary, tmp_path_factory.mktemp("deepl") / "out.tsv")
    assert all(len(entry) == 2 for entry in entries)
    sources = [source for source, _ in entries]
    assert len(set(sources)) == len(sources)
    for side in (side for entry in entries for side in entry):
        assert side == side.strip() != ""
        assert len(side.encode()) <= 1024
        assert not any(ord(c) < 32 or 128 <= ord(c) < 160 for c in side)
