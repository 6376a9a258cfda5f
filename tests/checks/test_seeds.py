"""Two machine-translated articles, English only, against renderings judged by hand."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from toolkit.findings import Severity
from toolkit.formats import Reading, find_inputs
from toolkit.formats.glossary import load_glossary
from toolkit.pipeline import examine, select_checks, targets_only
from toolkit.shipped import shipped
from toolkit.terminology.comparison import TermComparer

SHARED = Path(__file__).parents[3] / "shared"
JUDGED = SHARED / "facts" / "seed_renderings.tsv"
ARTICLES = sorted((SHARED / "seeds").glob("*.txt"))
STRAIGHT = str.maketrans("“”’", '""\'')

pytestmark = pytest.mark.skipif(
    not (JUDGED.exists() and ARTICLES), reason="the articles are not at hand"
)


def judged_rows():
    header, *lines = JUDGED.read_text(encoding="utf-8").rstrip("\n").split("\n")
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def found_columns(level):
    """The columns of each line, by file and line, that a finding lies on."""
    comparer = TermComparer(load_glossary([shipped("glossaries")]))
    columns = defaultdict(set)
    for entry in find_inputs(ARTICLES):
        pairs = targets_only(entry.read(Reading("en", "target")))
        for examined in examine(pairs, comparer, select_checks(level=level)):
            for each in examined.findings:
                place = Path(each.file).name, each.line
                columns[place] |= set(range(each.column, each.end_column))
    return columns


def places(rendering):
    """Yield file, line and columns of each occurrence in the articles."""
    wanted = re.compile(re.escape(rendering.lower().translate(STRAIGHT)))
    for path in ARTICLES:
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            for match in wanted.finditer(line.lower().translate(STRAIGHT)):
                columns = range(match.start() + 1, match.end() + 1)
                yield (path.name, number), set(columns)


def is_found(row, columns):
    return any(columns[place] & wanted for place, wanted in places(row["rendering"]))


def judged(verdict):
    rows = [row for row in judged_rows() if row["verdict"] == verdict]
    assert rows, f"no row says {verdict}"
    return rows


@pytest.fixture(scope="module")
def warned():
    return found_columns(Severity.WARNING)


def test_what_must_be_found_is(warned):
    rows = judged("must")
    missed = [row["rendering"] for row in rows if not is_found(row, warned)]
    assert len(missed) <= 0.05 * len(rows), missed


def test_what_must_not_be_found_is_not(warned):
    rows = judged("must-not")
    assert [row["rendering"] for row in rows if is_found(row, warned)] == []


def test_mixed_renderings_are_found():
    columns = found_columns(Severity.INFO)
    rows = judged("inconsistency")
    concepts = {row["concept"] for row in rows}
    found = {row["concept"] for row in rows if is_found(row, columns)}
    assert len(found) >= 0.8 * len(concepts), sorted(concepts - found)
