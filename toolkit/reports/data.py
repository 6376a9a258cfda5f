"""JSON and JSON Lines: all fields under their own names, for programs.

JSON is a list of findings, or of scores, or for a run an object with both; JSON Lines
has one finding, or one score, on each line. Both are written as the segments pass.
"""

from collections.abc import Iterator
from typing import IO

import msgspec

from toolkit.findings import Finding, Score
from toolkit.reports import RENDERERS, Content, Report

_ENCODER = msgspec.json.Encoder()


def render_jsonl(report: Report, stream: IO[str]) -> None:
    """Write one finding, or one score, on each line."""
    for item in _items(report):
        stream.write(_json(item) + "\n")


def render_json(report: Report, stream: IO[str]) -> None:
    """Write a list, or an object for a run."""
    if report.content is Content.RUN:
        facts, scores = _json(dict(report.facts)), _json(report.scores)
        stream.write(f'{{"run": {facts},\n"scores": {scores},\n"findings": ')
        _write_list(_findings(report), stream)
        stream.write("}\n")
    else:
        _write_list(_items(report), stream)
        stream.write("\n")


def _items(report: Report) -> Iterator[Finding | Score]:
    if report.content is Content.SCORES:
        yield from report.scores
    else:
        yield from _findings(report)


def _findings(report: Report) -> Iterator[Finding]:
    for _, findings in report.segments:
        yield from findings


def _write_list(items: Iterator[Finding | Score], stream: IO[str]) -> None:
    stream.write("[")
    for index, item in enumerate(items):
        stream.write((",\n" if index else "\n") + _json(item))
    stream.write("\n]")


def _json(value: object) -> str:
    return _ENCODER.encode(value).decode("utf-8")


RENDERERS.add("json", render_json)
RENDERERS.add("jsonl", render_jsonl)
