"""Writing native glossaries, a file or a folder."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generated_glossaries import LINES, full, glossaries
from hypothesis import given, settings

from toolkit.errors import FileError
from toolkit.formats.glossary import load_glossary, read_glossary
from toolkit.formats.glossary.native import save, term_files
from toolkit.shipped import shipped
from toolkit.terminology.glossary import Concept, Glossary, Rules, Term


def of(*concepts):
    return Glossary({concept.id: concept for concept in concepts})


def one(**fields):
    return of(Concept("a", (replace(Term("Alpha", "en"), **fields),)))


@pytest.mark.parametrize("name", ["out.tsv", "out"])
def test_everything_comes_back(name, tmp_path):
    assert save(full(), tmp_path / name) == []
    assert read_glossary(tmp_path / name) == full()


@given(glossaries(LINES))
@settings(max_examples=60, deadline=None)
def test_round_trip(glossary):
    with TemporaryDirectory() as folder:
        for name in ("out.tsv", "out"):
            path = Path(folder, name[:3] + name[-3:], name)
            assert save(glossary, path) == []
            assert read_glossary(path) == glossary


def test_the_shipped_glossary_comes_back(tmp_path):
    glossary = load_glossary([shipped("glossaries")])
    assert save(glossary, tmp_path / "out") == []
    assert read_glossary(tmp_path / "out") == glossary
    assert save(glossary, tmp_path / "out") == [], "again"


def test_a_folder_has_a_file_for_each_domain(tmp_path):
    domains = ("party", "", "a/b", "concepts", "Party", "../up")
    glossary = of(
        *(Concept(f"c{n}", (Term("A", "en"),), d) for n, d in enumerate(domains))
    )
    save(glossary, tmp_path / "new" / "out")
    names = {path.name for path in term_files(tmp_path / "new" / "out")}
    assert names == {"party.tsv", "terms.tsv", "a_b.tsv", "conceptsterms.tsv", "up.tsv"}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_a_file_of_terms_alone_needs_no_concepts(tmp_path, tree):
    save(one(), tmp_path / "a.tsv")
    assert list(tree(tmp_path)) == ["a.tsv"]


def test_other_concepts_beside_it_stay(tmp_path):
    (tmp_path / "concepts.tsv").write_text("concept\tdomain\nold\tparty\n")
    save(full(), tmp_path / "new.tsv")
    assert "old\tparty\trequired\t\t\n" in (tmp_path / "concepts.tsv").read_text()
    assert read_glossary(tmp_path / "new.tsv") == full()


def test_concepts_without_terms_are_said(tmp_path):
    losses = save(of(Concept("a", ())), tmp_path / "out")
    assert losses == ["concepts without terms: 1 left out (a)"]
    assert read_glossary(tmp_path / "out") == Glossary()


@pytest.mark.parametrize(
    ("glossary", "message"),
    [
        pytest.param(one(note="a\tb"), "'Alpha': the note has a tab", id="tab"),
        pytest.param(one(source="a\nb"), "'Alpha': the source has a tab", id="line"),
        pytest.param(one(note=" a"), "white space around it", id="white space"),
        pytest.param(one(note="a\0"), "a character that is no text", id="NUL"),
        pytest.param(one(note="\ud800"), "a character that is no text", id="surrogate"),
        pytest.param(one(text=""), "no term (it must not be empty)", id="no term"),
        pytest.param(one(text="“”"), "nothing but marks in '“”'", id="marks"),
        pytest.param(one(language=""), "no language", id="no language"),
        pytest.param(one(pos="nuon"), "unknown pos 'nuon'", id="part of speech"),
        pytest.param(one(evidence="attested"), "unknown evidence", id="evidence"),
        pytest.param(one(valid_to="soon"), "valid_to 'soon' is no date", id="date"),
        pytest.param(
            one(rules=Rules(followed_by=("a|b",))), "rules that cannot", id="bar"
        ),
        pytest.param(
            one(rules=Rules(followed_by=("a;quoted=no",))), "rule quoted=no", id="rule"
        ),
        pytest.param(
            one(rules=Rules(followed_by=("",))), "rules that cannot", id="empty value"
        ),
        pytest.param(
            of(Concept("a", (Term("A", "en"),), definition="x\ty")),
            "the definition has a tab",
            id="definition",
        ),
    ],
)
@pytest.mark.parametrize("name", ["out.tsv", "out"])
def test_what_it_cannot_hold_names_the_term(name, glossary, message, tmp_path, tree):
    (tmp_path / "out.tsv").write_text("old")
    with pytest.raises(FileError) as error:
        save(glossary, tmp_path / name)
    text = str(error.value)
    assert text.startswith(f"{tmp_path}/"), text
    assert "concept 'a'" in text
    assert message in text
    assert "\n" not in text
    assert tree(tmp_path) == {"out.tsv": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv"]


def test_a_folder_with_other_terms_is_refused(tmp_path, tree):
    (tmp_path / "mine.tsv").write_text("concept\tlanguage\tterm\tstatus\n")
    before = tree(tmp_path)
    with pytest.raises(FileError, match=r"other terms in it: mine\.tsv \(name a new"):
        save(full(), tmp_path)
    assert tree(tmp_path) == before


def test_other_words_about_a_concept_are_not_overwritten(tmp_path, tree):
    (tmp_path / "concepts.tsv").write_text("concept\tdomain\ncac\tparty\n")
    before = tree(tmp_path)
    with pytest.raises(FileError, match="'cac' is described in another way there"):
        save(full(), tmp_path / "new.tsv")
    assert tree(tmp_path) == before


def test_the_name_of_the_concepts_is_taken(tmp_path):
    with pytest.raises(FileError, match="the name of the file with the concepts"):
        save(full(), tmp_path / "concepts.tsv")


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(FileError, match="cannot be written"):
        save(full(), tmp_path / "file" / "out")
