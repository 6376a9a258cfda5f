"""What holds for every form of report."""

import io
import json
import re
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from toolkit.corpus import Article, Pair, Segment
from toolkit.errors import UnknownNameError
from toolkit.findings import Score, Severity
from toolkit.pipeline import examine, select_checks
from toolkit.reports import (
    RENDERERS,
    Content,
    Report,
    Summary,
    counted,
    place_of,
)
from toolkit.terminology.comparison import TermComparer

SCRIPT = "<script>alert('清朗')</script>"
SOURCES = [
    "清朗行动由网络办开展，覆盖全国各地的网站、平台、主播和商家，时间长达三个月。" * 3,
    f"网络办{SCRIPT}发布通知。",
    "海浪队来了。",
]
TARGETS = [
    "The Clear and Bright drive is led by the Office of the Web and covers all. " * 3,
    f"The Office of the Web {SCRIPT} spoke & left.",
    "It came. Surf Squad left, Wave Team stayed.",
]
SCORES = (
    Score("weak", "bleu", "corpus", 12.34, "nrefs:1|case:mixed|version:2"),
    Score("weak", "term_accuracy", "corpus", 0.5, "terms:4|glossary:g@1"),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def report(glossary):
    def make(content=Content.FINDINGS, targets=TARGETS, *, bilingual=True):
        zh = Article(SCRIPT, "a.txt", "zh")
        en = Article(SCRIPT, "news/a.en.txt", "en", "2024-05-06")
        pairs = [
            Pair(
                Segment(en, number, target, number, 1),
                Segment(zh, number, source, number, 1) if bilingual else None,
                f"Reference {SCRIPT}",
                number - 1,
            )
            for number, (source, target) in enumerate(
                zip(SOURCES, targets, strict=False), 1
            )
        ]
        selection = select_checks(level=Severity.INFO)
        segments = (
            (each.pair, each.findings)
            for each in examine(pairs, TermComparer(glossary), selection)
        )
        scores = () if content is Content.FINDINGS else SCORES
        facts = {"glossary": "g@1", "engine": SCRIPT}
        return Report(content, "清朗.txt", facts, scores, segments, glossary.names)

    return make


def rendered(form, report, stream=None):
    stream = stream or io.StringIO()
    RENDERERS[form](report, stream)
    return stream.getvalue()


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("content", Content)
def test_every_form_shows_every_content(form, content, report):
    assert rendered(form, report(content)).strip()


@pytest.mark.parametrize("form", RENDERERS)
def test_every_form_is_the_same_again(form, report):
    assert rendered(form, report(Content.RUN)) == rendered(form, report(Content.RUN))


@pytest.mark.parametrize("form", RENDERERS)
def test_every_form_takes_segments_one_at_a_time(form, report):
    whole = report(Content.RUN)
    assert iter(whole.segments) is whole.segments
    rendered(form, whole)
    assert list(whole.segments) == []


def test_an_unknown_form_lists_the_known_ones():
    with pytest.raises(UnknownNameError, match=r"unknown format 'pdf' \(known: html, "):
        RENDERERS["pdf"]


def test_json_of_findings_is_a_list(report):
    found = json.loads(rendered("json", report()))
    codes = [(each["code"], each["segment"]) for each in found]
    assert codes[:6] == [("TERM002", 1)] * 6
    assert codes[6:] == [("TERM001", 2), ("TERM002", 2), ("TERM003", 3)]


def test_json_of_scores_is_a_list_with_the_keys_of_the_contract(report):
    found = json.loads(rendered("json", report(Content.SCORES)))
    keys = ["system", "metric", "level", "value", "signature", "low", "high"]
    assert [list(each) for each in found] == [keys, keys]
    assert found[0]["value"] == 12.34


def test_json_of_a_run_has_both(report):
    found = json.loads(rendered("json", report(Content.RUN)))
    assert list(found) == ["run", "scores", "findings"]
    assert len(found["scores"]) == 2


@pytest.mark.parametrize("content", Content)
def test_json_lines_has_what_json_has(content, report):
    found = json.loads(rendered("json", report(content)))
    items = found["findings"] if isinstance(found, dict) else found
    lines = rendered("jsonl", report(content)).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == items


def test_json_of_nothing_is_an_empty_list(report):
    assert json.loads(rendered("json", report(targets=[]))) == []
    assert rendered("jsonl", report(targets=[])) == ""


def test_json_shows_chinese_as_it_is(report):
    assert "清朗" in rendered("jsonl", report())


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("content", Content)
@pytest.mark.parametrize("bilingual", [True, False])
def test_no_line_is_wider_than_the_terminal(
    width, content, bilingual, report, monkeypatch
):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = rendered("text", report(content, bilingual=bilingual), Terminal())
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert max(cell_len(line) for line in plain.split("\n")) <= width


def test_a_file_has_a_table_as_wide_as_a_page_whole_lines_and_no_colours(
    report, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "40")
    text = rendered("text", report(Content.RUN))
    table, _, passages = text.partition("\n\n")
    assert 60 < max(cell_len(line) for line in table.split("\n")) <= 100
    assert passages
    assert "\x1b" not in text


def test_colours_on_a_terminal(report, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in rendered("text", report(), Terminal())


def test_text_says_what_stands_and_what_should(report):
    text = rendered("text", report(bilingual=False))
    for shown in (
        "TERM002",
        "Clear and Bright (3)",
        "Qinglang",
        "清朗",
        "1:5",
        "A ours",
    ):
        assert shown in text
    assert "清朗.txt: 7 errors, 1 warning in 3 segments" in " ".join(text.split())


def test_text_shows_the_fault_in_its_passage(report):
    text = rendered("text", report())
    assert "The Clear and Bright drive is led by" in text


def test_text_of_scores_has_signatures(report):
    text = rendered("text", report(Content.SCORES))
    assert re.search(r"weak +bleu +12\.3 +nrefs:1\|case:mixed\|version:2", text)
    assert re.search(r"weak +term_accuracy +0\.500 ", text)


@pytest.mark.parametrize("content", Content)
def test_html_escapes_every_text(content, report):
    text = rendered("html", report(content))
    page = Page(text)
    assert page.tags.count("script") == 1, "its own"
    assert "alert('清朗')</script>" not in text
    assert SCRIPT in "".join(page.texts)


@pytest.mark.parametrize("content", Content)
def test_html_loads_nothing(content, report):
    text = rendered("html", report(content))
    page = Page(text)
    loading = {"link", "img", "iframe", "object", "embed", "video", "audio", "base"}
    assert loading.isdisjoint(page.tags)
    for tag, name, value in page.attributes:
        assert name not in {"src", "srcset", "data", "action", "background"}, (
            tag,
            value,
        )
        assert name != "href" or value.startswith("#")
        assert not name.startswith("on"), "no code in attributes"
    assert "@import" not in text
    assert "url(" not in text
    assert "fetch(" not in text


def test_html_is_well_formed(report):
    page = Page(rendered("html", report(Content.RUN)))
    assert page.tags[:2] == ["html", "head"]
    assert ("meta", "charset", "utf-8") in page.attributes
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_html_marks_the_faults_in_the_text(report):
    text = rendered("html", report(Content.RUN))
    marked = re.findall(r'<mark class="(\w+)"[^>]*>([^<]*)</mark>', text)
    assert ("error", "Clear and Bright") in marked
    assert ("warning", "Surf Squad") in marked


def test_html_of_findings_leaves_out_segments_without(report):
    assert "Fine." in rendered("html", report(Content.RUN, ["Fine."], bilingual=False))
    assert "Fine." not in rendered("html", report(targets=["Fine."], bilingual=False))


def test_html_shows_a_limited_number_of_segments(report, monkeypatch):
    monkeypatch.setattr("toolkit.reports.page.SHOWN", 1)
    text = rendered("html", report(Content.RUN))
    assert "2 more segments are not shown here." in text
    assert text.count("<tr id=") == 1


def test_overlapping_faults_keep_the_text_whole(report):
    text = rendered("html", report(Content.RUN))
    cells = "".join(Page(text).texts)
    for target in TARGETS:
        assert target in cells


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({}, "no findings", id="nothing"),
        pytest.param({Severity.ERROR: 1}, "1 error", id="one"),
        pytest.param(
            {Severity.INFO: 2, Severity.ERROR: 2}, "2 errors, 2 info", id="worst first"
        ),
        pytest.param({Severity.WARNING: 0}, "no findings", id="a count of nothing"),
    ],
)
def test_counted(counts, expected):
    assert counted(counts) == expected


def test_summary_groups_by_concept_worst_first(report):
    summary = Summary()
    for pair, findings in report(bilingual=False).segments:
        summary.add(pair, findings)
    groups = summary.worst_first()
    assert summary.segments == 3
    counts = [(group.first.concept, group.count) for group in groups]
    assert counts == [("agency", 4), ("qinglang", 3), ("wave", 1)]
    assert groups[1].texts == {"Clear and Bright": 3}
    assert groups[1].places[0] == "news/a.en.txt:1:5"


def test_places_without_lines_are_articles_and_segments(glossary):
    article = Article("x", "a.parquet", "en")
    pairs = [Pair(Segment(article, 4, "The Clear and Bright drive."))]
    examined = next(examine(pairs, TermComparer(glossary), select_checks()))
    assert place_of(examined.findings[0]) == "x#4"
