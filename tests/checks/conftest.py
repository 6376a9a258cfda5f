"""What tests of checks share: the checks at work on articles given as rows."""

from collections.abc import Callable, Sequence

import pytest

from toolkit.corpus import Article, Pair, Segment
from toolkit.findings import Finding, Severity
from toolkit.formats.glossary import load_glossary
from toolkit.pipeline import examine, select_checks
from toolkit.shipped import shipped
from toolkit.terminology.comparison import TermComparer
from toolkit.terminology.glossary import Glossary

Row = tuple[str | None, str]
Finder = Callable[..., list[Finding]]


def pairs_of(rows: Sequence[Row], date: str, first_line: int) -> list[Pair]:
    target = Article("news", "news.en.txt", "en", date)
    source = Article("news", "news.zh.txt", "zh", date)
    return [
        Pair(
            Segment(target, number, english, line, 1),
            None if chinese is None else Segment(source, number, chinese, line, 1),
        )
        for number, (chinese, english) in enumerate(rows, 1)
        for line in [first_line + number - 1]
    ]


def finder(glossary: Glossary) -> Finder:
    comparer = TermComparer(glossary)

    def find(
        *rows: Row,
        date: str = "",
        select: Sequence[str] = (),
        level: Severity = Severity.INFO,
        first_line: int = 1,
    ) -> list[Finding]:
        selection = select_checks(select, level=level)
        examined = examine(pairs_of(rows, date, first_line), comparer, selection)
        return [finding for each in examined for finding in each.findings]

    return find


@pytest.fixture(scope="session")
def find() -> Finder:
    """Run all checks with the shipped glossary on rows of source and target."""
    return finder(load_glossary([shipped("glossaries")]))


@pytest.fixture(scope="session")
def find_with() -> Callable[[Glossary], Finder]:
    """Make such a function for another glossary."""
    return finder
