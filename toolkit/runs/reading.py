"""Read the folder of a run."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from toolkit.corpus import Article, Pair, Segment
from toolkit.errors import FileError
from toolkit.files import unreadable
from toolkit.findings import Finding, Score
from toolkit.formats import RECORD
from toolkit.reports import Content, Report

SCHEMA = 1
"""Version of the shape of a run's files; a reader of another version refuses."""
_TEXTS = ("article", "file", "source", "hypothesis", "reference")


class Record(TypedDict):
    """What reports need of run.json."""

    description: str
    engine: str
    model: str
    glossary: str
    instruction_set: str
    system: str
    inputs: list[dict[str, str]]
    concepts: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, read back.

    Attributes:
        folder: Where it is.
        record: What run.json says.
        scores: The scores.
    """

    folder: Path
    record: Record
    scores: tuple[Score, ...]

    def report(self) -> Report:
        """Return the run as a report."""
        record = self.record
        facts = {
            "description": record["description"],
            "engine": record["engine"],
            "model": record["model"],
            "glossary": record["glossary"],
            "instruction set": record["instruction_set"],
        }
        inputs = ", ".join(entry["path"] for entry in record["inputs"])
        return Report(
            Content.RUN,
            f"{self.record['system']} on {inputs}",
            facts,
            self.scores,
            self.segments(),
            self.record["concepts"],
        )

    def segments(self) -> Iterator[tuple[Pair, list[Finding]]]:
        """Yield each segment, and with the last of an article all its findings."""
        findings = groupby(_findings(self.folder), key=lambda f: f.article)
        waiting = next(findings, None)
        for key, pairs in groupby(_stored_pairs(self.folder), key=_article):
            last: Pair | None = None
            for pair in pairs:
                if last:
                    yield last, []
                last = pair
            found: list[Finding] = []
            if waiting and waiting[0] == key:
                found = list(waiting[1])
                waiting = next(findings, None)
            if last:
                yield last, found


def load_run(folder: Path) -> Run:
    """Read the run in `folder`.

    Raises:
        FileError: If it is none, or one of another version.
    """
    path = folder / RECORD
    if not path.is_file():
        raise FileError(folder, "no run in this folder", cure="newsmt run ... -o OUT")
    schema = _decode(path, dict[str, Any]).get("schema")
    if schema != SCHEMA:
        cure = f"schema {SCHEMA}; run it again"
        raise FileError(path, f"a run of schema {schema}", cure=cure)
    record = _decode(path, Record)
    return Run(folder, record, tuple(_decode(folder / "scores.json", list[Score])))


def _decode(path: Path, type_: Any) -> Any:  # noqa: ANN401 (msgspec's own)
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except OSError as error:
        raise unreadable(path, error) from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FileError(path, f"not as a run writes it: {error}") from error


def _findings(folder: Path) -> Iterator[Finding]:
    decoder = msgspec.json.Decoder(Finding)
    path = folder / "findings.jsonl"
    try:
        with path.open("rb") as stream:
            for line in stream:
                yield decoder.decode(line)
    except OSError as error:
        raise unreadable(path, error) from error
    except msgspec.DecodeError as error:
        raise FileError(path, f"not as a run writes it: {error}") from error


def _stored_pairs(folder: Path) -> Iterator[Pair]:
    import polars as pl  # noqa: PLC0415 (0.15 s)

    path = folder / "segments.parquet"
    try:
        table = pl.scan_parquet(path, glob=False)
        types = table.collect_schema()
        if any(types[name] != pl.String for name in _TEXTS):
            raise FileError(path, "not as a run writes it")
        for frame in table.collect_batches():
            for row in frame.iter_rows(named=True):
                article = Article(row["article"], row["file"], "en", row["date"] or "")
                number, line, column = row["segment"], row["line"], row["column"]
                target = Segment(article, number, row["hypothesis"] or "", line, column)
                source = None
                if row["source"] is not None:
                    source = Segment(article, number, row["source"])
                yield Pair(target, source, row["reference"], row["paragraph"])
    except (OSError, KeyError, pl.exceptions.PolarsError) as error:
        raise FileError(path, "not as a run writes it") from error


def _article(pair: Pair) -> str:
    return pair.target.article.id
