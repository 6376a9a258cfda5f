"""A run as a folder: write one, read one.

    OUT/articles/          translated files, in the names and the tree of the input
    OUT/segments.parquet   one row a segment, with the terms in it
    OUT/findings.jsonl     one finding a line
    OUT/scores.json        the scores, where there are references or terms
    OUT/report.html        all of it to look at
    OUT/run.json           versions, options, hashes, times

Same input, model, glossary, package versions and instruction set: same bytes, but for
the times in run.json. Each file appears under its name when it is complete.
"""

from toolkit.runs.reading import SCHEMA, Run, load_run
from toolkit.runs.writing import Plan, own_glossaries, write_run

__all__ = ["SCHEMA", "Plan", "Run", "load_run", "own_glossaries", "write_run"]
