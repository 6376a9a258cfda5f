from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.errors import FileError
from toolkit.findings import Severity
from toolkit.formats.glossary import load_glossary
from toolkit.formats.glossary.cells import COLUMNS, CONCEPT_COLUMNS
from toolkit.formats.glossary.editing import open_draft, save_draft, save_merged
from toolkit.formats.glossary.lint import lint
from toolkit.terminology.difference import merge
from toolkit.terminology.glossary import Concept, Glossary, Status, Term

HEAD = "\t".join(COLUMNS) + "\n"
CAC = "cac\tzh\t网信办\tpreferred\t\tnoun\ncac\ten\tCAC\tpreferred\t\tnoun\n"
SUN = "sun\tzh\t太阳行动\tpreferred\t\tnoun\nsun\ten\tSun\tpreferred\t\tnoun\n"
CONCEPTS = "concept\tdomain\tenforce\tdefinition\tnote\n"
ABOUT = {"cac": "cac\torgans\trequired\t\t\n", "sun": "sun\tsky\tadvised\tHot.\t\n"}
SMALL = "concept\tlanguage\tterm\tstatus\tkind\tpos\n"


@pytest.fixture
def folder(tmp_path):
    """A glossary of two files with one concept each, and the file of concepts."""
    root = tmp_path / "terms"
    root.mkdir()
    (root / "organs.tsv").write_bytes((SMALL + CAC).encode())
    (root / "sky.tsv").write_bytes((SMALL + SUN).encode())
    (root / "concepts.tsv").write_bytes((CONCEPTS + "".join(ABOUT.values())).encode())
    return root


def pair(zh, en, **cells):
    return [
        {"language": language, "term": term} | cells
        for language, term in (("zh", zh), ("en", en))
    ]


def add(path, concept, terms, demote="", **about):
    draft = open_draft(path)
    draft.add(concept, terms, about, demote=demote)
    return save_draft(draft)


def change(path, place, **cells):
    draft = open_draft(path)
    draft.change(draft.find(*place), cells)
    return save_draft(draft)


def remove(path, concept, *place):
    draft = open_draft(path)
    if place:
        draft.find(concept, *place).remove()
    else:
        draft.remove(concept)
    return save_draft(draft)


def rows(path):
    return path.read_bytes().decode().split("\n")


def test_a_term_goes_behind_its_language(folder):
    add(folder, "cac", [{"language": "zh", "term": "国信办", "pos": "noun"}])
    assert rows(folder / "organs.tsv")[1:4] == [
        "cac\tzh\t网信办\tpreferred\t\tnoun",
        "cac\tzh\t国信办\tadmitted\t\tnoun",
        "cac\ten\tCAC\tpreferred\t\tnoun",
    ]


def test_a_concept_goes_to_the_end_of_its_domain(folder):
    add(folder, "moon", pair("月亮行动", "Moon"), domain="sky", definition="Cold.")
    assert rows(folder / "sky.tsv")[-3:] == [
        "moon\tzh\t月亮行动\tpreferred\t\t",
        "moon\ten\tMoon\tpreferred\t\t",
        "",
    ]
    assert rows(folder / "concepts.tsv")[-2] == "moon\tsky\trequired\tCold.\t"


def test_a_domain_without_a_file_gets_one(folder):
    add(folder, "sea", pair("大海行动", "Sea"), domain="water")
    assert rows(folder / "water.tsv")[0] == HEAD[:-1]
    assert load_glossary([folder]).concepts["sea"].domain == "water"


def test_a_glossary_begins_in_an_empty_folder(tmp_path):
    add(tmp_path, "sea", pair("大海行动", "Sea"), domain="water", note="")
    assert rows(tmp_path / "concepts.tsv")[0] == "\t".join(CONCEPT_COLUMNS)
    assert not lint([tmp_path])


def test_the_end_of_a_file_stays_without_a_line_feed(folder):
    path = folder / "sky.tsv"
    before = (SMALL + SUN).removesuffix("\n").encode()
    path.write_bytes(before)
    add(folder, "moon", pair("月亮行动", "Moon"), domain="sky")
    assert rows(path)[-1] == "moon\ten\tMoon\tpreferred\t\t"
    remove(folder, "moon")
    assert path.read_bytes() == before


def test_a_byte_order_mark_stays(folder):
    path = folder / "sky.tsv"
    path.write_bytes(("\ufeff" + SMALL + SUN).encode())
    change(folder, ("sun", "en", "Sun"), pos="proper noun")
    assert path.read_bytes() == (
        ("\ufeff" + SMALL + SUN)
        .encode()
        .replace(b"Sun\tpreferred\t\tnoun", b"Sun\tpreferred\t\tproper noun")
    )


def test_rows_that_nobody_understands_stay_as_they_are(folder):
    path = folder / "sky.tsv"
    path.write_bytes((SMALL + "broken\n" + SUN).encode())
    add(folder, "sun", [{"language": "en", "term": "Sunny"}])
    assert rows(path)[1] == "broken"
    assert rows(path)[4] == "sun\ten\tSunny\tadmitted\t\t"


def test_another_term_becomes_the_preferred_one(folder):
    terms = [{"language": "en", "term": "Sunny"}]
    add(folder, "sun", terms, demote="admitted")
    assert rows(folder / "sky.tsv")[2:4] == [
        "sun\ten\tSun\tadmitted\t\tnoun",
        "sun\ten\tSunny\tpreferred\t\t",
    ]


def test_an_interrupted_addition_is_completed(folder):
    row = "moon\tsky\trequired\tCold.\t\n"
    (folder / "concepts.tsv").write_text(CONCEPTS + "".join(ABOUT.values()) + row)
    assert load_glossary([folder]).concepts.keys() == {"cac", "sun"}
    add(folder, "moon", pair("月亮行动", "Moon"), domain="sky", definition="Cold.")
    assert rows(folder / "concepts.tsv").count(row[:-1]) == 1
    assert not lint([folder])


SUN_EN = ("sun", "en", "Sun")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        pytest.param(
            lambda path: add(path, "sun", pair("", "Sunny", status="preferred")[1:]),
            "sky.tsv:4: refused: sun has two preferred terms in en",
            id="a second preferred term",
        ),
        pytest.param(
            lambda path: add(path, "moon", pair("月亮", "Moon")[:1], domain="sky"),
            "sky.tsv:4: refused: moon has no term in en",
            id="a missing language",
        ),
        pytest.param(
            lambda path: add(path, "moon", pair("月亮", "Moon")),
            "terms: no file for domain ''",
            id="no domain",
        ),
        pytest.param(
            lambda path: add(path, "moon", pair("月亮", "Moon"), domain="Concepts"),
            "terms: no file for domain 'Concepts'",
            id="the domain of the concepts",
        ),
        pytest.param(
            lambda path: add(path, "sun", pair("太阳行动", "x")),
            "sky.tsv:2: '太阳行动' is there already",
            id="a term again",
        ),
        pytest.param(
            lambda path: add(path, "sun", pair("日", "x"), definition="Warm."),
            "sky.tsv:2: concept 'sun' is there already",
            id="a concept again",
        ),
        pytest.param(
            lambda path: change(path, SUN_EN, source="x"),
            "sky.tsv:1: no column 'source'",
            id="a column that is not there",
        ),
        pytest.param(
            lambda path: change(path, SUN_EN, kind="tiny"),
            "sky.tsv:3: refused: unknown kind 'tiny'",
            id="an unknown kind",
        ),
        pytest.param(
            lambda path: change(path, SUN_EN, term="a\nb"),
            "sky.tsv: term 'a\\\\nb'",
            id="two lines",
        ),
        pytest.param(
            lambda path: change(path, SUN_EN, term=" a"),
            "sky.tsv:3: refused: white space around the term ' a'",
            id="stray white space",
        ),
        pytest.param(
            lambda path: change(path, SUN_EN, term="a\udcff"),
            "sky.tsv: term 'a\\\\udcff'",
            id="bytes that are no text",
        ),
        pytest.param(
            lambda path: change(path, ("sun", "en", "Son"), kind=""),
            "sky.tsv:2: sun has no term 'Son' in en .it has: Sun",
            id="an unknown term",
        ),
        pytest.param(
            lambda path: change(path, ("son", "en", "Son"), kind=""),
            "terms: no concept 'son'",
            id="an unknown concept",
        ),
        pytest.param(
            lambda path: remove(path, *SUN_EN),
            "sky.tsv:2: refused: sun has no term in en",
            id="the only term of a language",
        ),
        pytest.param(
            lambda path: open_draft(path / "none.tsv"),
            "none.tsv: no such file or folder",
            id="no such file",
        ),
        pytest.param(
            lambda path: add(
                path, "sun", [{"language": "fr", "term": "x"}], demote="admitted"
            ),
            "terms: sun has no other preferred term in fr",
            id="nothing to demote",
        ),
    ],
)
def test_a_refused_edit_changes_nothing(folder, tree, edit, message):
    before = tree(folder)
    with pytest.raises(FileError, match=message):
        edit(folder)
    assert tree(folder) == before


def test_faults_from_before_do_not_matter(folder):
    path = folder / "sky.tsv"
    path.write_text(SMALL + SUN + SUN.replace("Sun", "Zon"), encoding="utf-8")
    assert any(fault.severity is Severity.ERROR for fault in lint([folder]))
    add(folder, "moon", pair("月亮行动", "Moon"), domain="organs")
    with pytest.raises(FileError, match="two preferred"):
        add(folder, "sun", pair("日子行动", "Solar", status="preferred"))


def test_a_change_by_someone_else_is_not_lost(folder):
    draft = open_draft(folder)
    draft.remove("sun")
    mine = SMALL + SUN.replace("Sun", "Mine")
    (folder / "sky.tsv").write_text(mine, encoding="utf-8")
    with pytest.raises(FileError, match="changed by someone else"):
        save_draft(draft)
    assert (folder / "sky.tsv").read_text(encoding="utf-8") == mine


def test_one_of_several_rows_is_named_by_its_line(folder):
    path = folder / "sky.tsv"
    row = "sun\tzh\t太阳\tpreferred\tshort\t\n"
    path.write_text(SMALL + row + SUN + row, encoding="utf-8")
    with pytest.raises(FileError, match="--line 2 or --line 5"):
        change(folder, ("sun", "zh", "太阳"), pos="noun")
    change(folder, ("sun", "zh", "太阳", 5), pos="noun")
    assert rows(path)[4] == row[:-1] + "noun"


def test_one_file_may_be_edited_alone(folder):
    path = folder / "sky.tsv"
    add(path, "moon", pair("月亮行动", "Moon"))
    assert rows(folder / "concepts.tsv")[-2] == "moon\tsky\trequired\t\t"
    remove(path, "moon")
    assert rows(path) == (SMALL + SUN).split("\n")


def test_a_description_stays_while_another_file_has_terms(folder):
    (folder / "more.tsv").write_text(SMALL + SUN, encoding="utf-8")
    remove(folder / "sky.tsv", "sun")
    assert ABOUT["sun"][:-1] in rows(folder / "concepts.tsv")


def test_the_concept_is_described_in_its_own_file(folder):
    draft = open_draft(folder)
    draft.redescribe("sun", {"definition": "Warm."})
    save_draft(draft)
    assert rows(folder / "concepts.tsv")[2] == "sun\tsky\tadvised\tWarm.\t"


def test_a_definition_needs_a_place(tmp_path):
    path = tmp_path / "sky.tsv"
    path.write_text(SMALL + SUN, encoding="utf-8")
    with pytest.raises(FileError, match=r"concepts.tsv: no such file"):
        add(path, "moon", pair("月亮行动", "Moon"), definition="Cold.")


def test_permissions_and_links_stay(folder, tmp_path):
    real = tmp_path / "elsewhere.tsv"
    (folder / "sky.tsv").rename(real)
    real.chmod(0o664)
    (folder / "sky.tsv").symlink_to(real)
    change(folder, SUN_EN, pos="proper noun")
    assert (folder / "sky.tsv").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o664
    assert "proper noun" in real.read_text(encoding="utf-8")


WORDS = st.sampled_from(["alpha", "beta", "gamma"])
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\0")).map(
    str.strip
)
NOTES = st.sampled_from(["", "see there", "见第一章", 'as in "so"', "a;b|c"])
ENDS = st.sampled_from(["", "\n"])


@st.composite
def glossaries(draw):
    """Text of a file in which everything is right, with odd but harmless cells."""
    lines = ["concept\tlanguage\tterm\tstatus\tnote"]
    for number in range(draw(st.integers(1, 4))):
        for language, term in (("zh", f"第{number}个行动"), ("en", f"Term {number} x")):
            note = draw(CELLS)
            assume("\ufeff" not in note)
            lines.append(f"c{number}\t{language}\t{term}\tpreferred\t{note}")
    return "\n".join(lines) + draw(ENDS)


@settings(deadline=None, max_examples=50)  # a deadline fails on a busy machine
@given(glossaries(), WORDS, NOTES, st.booleans())
def test_adding_and_removing_gives_the_same_bytes(text, word, note, is_new):
    concept = "new" if is_new else "c0"
    terms = pair("巡航小组" + "甲乙丙"[len(word) - 4 :], f"{word} patrol", note=note)
    with TemporaryDirectory() as name:
        path = Path(name) / "terms.tsv"
        path.write_bytes(text.encode())
        add(path, concept, terms)
        added = path.read_bytes().decode().split("\n")
        new = tuple(f"{concept}\t{e['language']}\t{e['term']}\t" for e in terms)
        assert [row for row in added if not row.startswith(new)] == text.split("\n")
        if is_new:
            remove(path, concept)
        for cells in () if is_new else terms:
            remove(path, concept, cells["language"], cells["term"])
        assert path.read_bytes() == text.encode()


@settings(deadline=None, max_examples=50)
@given(glossaries(), NOTES)
def test_setting_changes_one_line(text, note):
    with TemporaryDirectory() as name:
        path = Path(name) / "terms.tsv"
        path.write_bytes(text.encode())
        change(path, ("c0", "en", "Term 0 x"), note=note)
        old, new = text.split("\n"), path.read_bytes().decode().split("\n")
        assert new[2] == f"c0\ten\tTerm 0 x\tpreferred\t{note}"
        assert [*new[:2], *new[3:]] == [*old[:2], *old[3:]]


def written(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def merged(base, ours, theirs):
    glossary, conflicts = merge(
        *(load_glossary([path]) for path in (base, ours, theirs))
    )
    assert not conflicts
    return glossary


@pytest.fixture
def three(tmp_path):
    """A base, ours with another Chinese term, theirs with another concept and pos."""
    base = written(tmp_path / "base.tsv", SMALL + SUN)
    ours = SMALL + SUN + "sun\tzh\t太阳\tadmitted\tfull\tnoun"
    theirs = (
        SMALL
        + SUN.replace("Sun\tpreferred\t\tnoun", "Sun\tpreferred\t\tproper noun")
        + CAC
    )
    return (
        base,
        written(tmp_path / "ours.tsv", ours),
        written(tmp_path / "theirs.tsv", theirs),
    )


def test_merging_touches_the_rows_that_differ(three, tmp_path):
    expected = (
        SMALL
        + SUN.replace("Sun\tpreferred\t\tnoun", "Sun\tpreferred\t\tproper noun")
        + "sun\tzh\t太阳\tadmitted\tfull\tnoun\n"
        + CAC.removesuffix("\n")
    )
    for out in (tmp_path / "deep" / "new.tsv", three[1]):
        assert not save_merged(merged(*three), three[1], out)
        assert out.read_bytes() == expected.encode()


def test_a_merged_folder_is_written_to_a_new_place(folder, tmp_path, tree):
    theirs = tmp_path / "theirs"
    for name, text in tree(folder).items():
        written(theirs / name, text.decode())
    add(theirs, "sea", pair("大海行动", "Sea"), domain="water")
    remove(theirs, "cac")
    before = tree(folder)
    save_merged(merged(folder, folder, theirs), folder, tmp_path / "out")
    assert tree(folder) == before
    assert tree(tmp_path / "out") == tree(theirs)
    save_merged(merged(folder, folder, theirs), folder, folder)
    assert tree(folder) == tree(theirs)


def test_another_glossary_is_not_written_over(folder, tmp_path):
    out = tmp_path / "out"
    written(out / "strange.tsv", SMALL)
    glossary = load_glossary([folder])
    with pytest.raises(FileError, match=r"strange\.tsv: another glossary"):
        save_merged(glossary, folder, out)
    with pytest.raises(FileError, match="a file"):
        save_merged(glossary, folder, out / "strange.tsv")
    written(out / "concepts.tsv", CONCEPTS)
    with pytest.raises(FileError, match=r"concepts\.tsv: another glossary"):
        save_merged(glossary, folder / "sky.tsv", out / "sky.tsv")


def test_what_a_file_cannot_hold_is_an_error(three, folder, tree):
    glossary = merged(three[0], three[1], folder)
    before = tree(folder.parent)
    with pytest.raises(FileError, match=r"concepts\.tsv: no such file"):
        save_merged(glossary, three[1], three[1])
    term = Term("日\u3000子", "zh", Status.ADMITTED, pos="quality")
    glossary = Glossary({"sun": Concept("sun", (term,))})
    with pytest.raises(FileError, match="unknown pos 'quality'"):
        save_merged(glossary, three[1], three[1])
    assert tree(folder.parent) == before
