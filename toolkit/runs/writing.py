"""Do a run and write its folder."""

import glob
import platform
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import IO

import msgspec

from toolkit import __version__
from toolkit.corpus import Article, Pair
from toolkit.engines import Engine
from toolkit.errors import FileError
from toolkit.files import STAGING, replacing, staging, written
from toolkit.formats import RECORD, Input, Reading, is_test_set
from toolkit.formats.testset import load_test_set
from toolkit.metrics import Sample
from toolkit.pipeline import (
    Examined,
    Scorer,
    Selection,
    Translation,
    by_input,
    examine,
    translate,
)
from toolkit.provenance import hash_of, instruction_set, package_versions
from toolkit.reports import RENDERERS
from toolkit.runs.reading import SCHEMA, load_run
from toolkit.terminology.comparison import TermComparer, TermUse
from toolkit.terminology.glossary import Glossary

FILES = ("segments.parquet", "findings.jsonl", "scores.json", "report.html")
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    Attributes:
        inputs: What to translate.
        reading: How to read it.
        engine: What translates it.
        glossary: The terms, the paths they come from and a hash over their bytes.
        selection: Which checks to run.
        metrics: Names of metrics; empty for all.
        options: What the user asked for, to be written down.
    """

    inputs: tuple[Input, ...]
    reading: Reading
    engine: Engine
    glossary: Glossary
    glossary_signature: str
    selection: Selection
    metrics: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Books:
    """What is written down while the segments pass."""

    rows: IO[str]
    findings: IO[str]
    scorer: Scorer
    concepts: set[str] = field(default_factory=set)
    severities: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    segments: int = 0


def own_glossaries(inputs: Iterable[Input]) -> list[Path]:
    """Return the files with terms that test sets among the inputs bring along."""
    sets = (load_test_set(each.path) for each in inputs if is_test_set(each.path))
    return [path for each in sets for path in each.glossaries]


def write_run(plan: Plan, out: Path) -> Counter[str]:
    """Translate, check and score, and write the folder `out`.

    Returns:
        How many findings there are of each severity.

    Raises:
        ToolkitError: If `out` holds something else, an input is bad or the engine
            fails. What was there of an earlier run is then still there.
    """
    _check_place(out)
    started = datetime.now(UTC)
    clock = time.perf_counter()
    with staging(out, last=RECORD) as folder:
        books = _write_texts(plan, folder)
        _write_table(folder / "rows.jsonl", folder / "segments.parquet")
        (folder / "rows.jsonl").unlink()
        _write_json(folder / "scores.json", books.scorer.scores(plan.engine.name))
        seconds = round(time.perf_counter() - clock, 3)
        times = {"started": started.isoformat(timespec="seconds"), "seconds": seconds}
        _write_json(folder / RECORD, _record(plan, books) | {"times": times})
        with written(folder / "report.html") as stream:
            RENDERERS["html"](load_run(folder).report(), stream)
        _clear(out)
    return books.severities


def _check_place(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise FileError(out, "a file", cure="-o names a folder")
    if not out.is_dir() or (out / RECORD).exists():
        return
    names = {path.name for path in out.iterdir()}
    interrupted = {name for name in names if name.startswith(STAGING)}
    ours = {"articles", *FILES} if interrupted else set()
    foreign = sorted(names - interrupted - ours)
    if foreign:
        cure = "name an empty folder, a new one or that of an earlier run"
        raise FileError(out, f"has other files in it: {foreign[0]}", cure=cure)


def _clear(out: Path) -> None:
    """Take away an earlier run, its record first: without that it is no run."""
    (out / RECORD).unlink(missing_ok=True)
    if (out / "articles").is_dir():
        shutil.rmtree(out / "articles")


def _write_texts(plan: Plan, folder: Path) -> _Books:
    """Translate every input, writing its file, its rows and its findings."""
    comparer = TermComparer(plan.glossary)
    with ExitStack() as stack:
        books = _Books(
            stack.enter_context(written(folder / "rows.jsonl")),
            stack.enter_context(written(folder / "findings.jsonl")),
            Scorer(plan.metrics, plan.glossary_signature),
        )
        paragraphs = (p for each in plan.inputs for p in each.read(plan.reading))
        stream = translate(paragraphs, plan.engine)
        for entry, translations in by_input(plan.inputs, stream):
            texts = _recorded(plan, entry, translations, comparer, books)
            target = folder / "articles" / entry.relative
            entry.format.rewrite(entry, plan.reading, texts, target)
    return books


def _recorded(
    plan: Plan,
    entry: Input,
    translations: Iterator[Translation],
    comparer: TermComparer,
    books: _Books,
) -> Iterator[str]:
    """Yield the translated paragraphs of a file, and write down what is in them."""
    references = None
    if is_test_set(entry.path):
        references = iter(load_test_set(entry.path).references)
    for article, group in groupby(translations, key=lambda t: t.paragraph.article):
        if article.id in books.articles:
            cure = "one id for each; --column id=NAME says where it is"
            what = f"article {article.id!r} comes twice"
            raise FileError(entry.path, what, cure=cure)
        books.articles.add(article.id)
        texts: list[str] = []
        scores: list[float | None] = []
        file = Path("articles", entry.format.translated(entry, article)).as_posix()
        pairs = _pairs(group, file, references, texts, scores)
        for number, examined in enumerate(
            examine(pairs, comparer, plan.selection, system=plan.engine.name)
        ):
            _write_down(books, article, examined, scores[number], plan)
        yield from texts


def _pairs(
    translations: Iterable[Translation],
    file: str,
    references: Iterator[str] | None,
    texts: list[str],
    scores: list[float | None],
) -> Iterator[Pair]:
    for each in translations:
        texts.append(each.text)
        scores.extend(hypothesis.score for hypothesis in each.hypotheses)
        yield from each.pairs(file, references)


def _write_down(
    books: _Books, article: Article, examined: Examined, score: float | None, plan: Plan
) -> None:
    pair, terms = examined.pair, examined.terms
    books.segments += 1
    books.scorer.add(Sample(pair.target.text, pair.reference, terms))
    books.concepts.update(m.concept.id for m in (*terms.source, *terms.target))
    row = {
        "file": pair.target.article.file,
        "article": article.id,
        "date": article.date or None,
        "paragraph": pair.paragraph,
        "segment": pair.target.number,
        "line": pair.target.line,
        "column": pair.target.column,
        "source": pair.source.text if pair.source else None,
        "hypothesis": pair.target.text,
        "reference": pair.reference,
        "engine": plan.engine.signature,
        "score": score,
        "terms": [_placed(use) for use in terms.uses],
    }
    books.rows.write(_ENCODER.encode(row).decode("utf-8") + "\n")
    for finding in examined.findings:
        books.severities[finding.severity] += 1
        books.findings.write(_ENCODER.encode(finding).decode("utf-8") + "\n")


def _placed(use: TermUse) -> dict[str, object]:
    """Say what became of a term, and how: by the engine itself, wrongly or not."""
    target = use.rendered or use.instead
    how = "engine" if use.rendered else "wrong" if use.instead else "missing"
    return {
        "concept": use.match.concept.id,
        "source_start": use.match.span.start,
        "source_end": use.match.span.end,
        "target_start": target.span.start if target else None,
        "target_end": target.span.end if target else None,
        "how": how,
    }


def _write_table(rows: Path, target: Path) -> None:
    import polars as pl  # noqa: PLC0415 (0.15 s)

    whole, text = pl.Int64(), pl.String()
    term: dict[str, pl.DataType] = {
        "concept": text,
        "source_start": whole,
        "source_end": whole,
    }
    term |= {"target_start": whole, "target_end": whole, "how": text}
    schema: dict[str, pl.DataType] = {
        **{"file": text, "article": text, "date": text, "paragraph": whole},
        **{"segment": whole, "line": whole, "column": whole, "source": text},
        **{
            "hypothesis": text,
            "reference": text,
            "engine": text,
            "score": pl.Float64(),
        },
        "terms": pl.List(pl.Struct(term)),
    }
    with replacing(target) as temporary:
        pl.scan_ndjson(glob.escape(str(rows.resolve())), schema=schema).sink_parquet(
            temporary
        )


def _write_json(path: Path, data: object) -> None:
    with written(path) as stream:
        text = msgspec.json.format(_ENCODER.encode(data), indent=2)
        stream.write(text.decode("utf-8") + "\n")


def _record(plan: Plan, books: _Books) -> dict[str, object]:
    names = plan.glossary.names
    return {
        "schema": SCHEMA,
        "newsmt": __version__,
        "python": platform.python_version(),
        "packages": package_versions(),
        "instruction_set": instruction_set(),
        "engine": plan.engine.signature,
        "system": plan.engine.name,
        "description": plan.engine.description,
        "model": " ".join(hash_of(path) for path in plan.engine.files),
        "glossary": plan.glossary_signature,
        "inputs": [
            {"path": str(entry.path), "sha256": hash_of(entry.path)}
            for entry in plan.inputs
        ],
        "options": dict(plan.options),
        "checks": [check.name for check in plan.selection.checks],
        "articles": len(books.articles),
        "segments": books.segments,
        "findings": {name: books.severities[name] for name in sorted(books.severities)},
        "concepts": {id_: names[id_] for id_ in sorted(books.concepts)},
    }
