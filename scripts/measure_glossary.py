"""Measure loading, lint and matching with a generated glossary, beside the automaton.

    python scripts/measure_glossary.py --concepts 50000 --text FILE

FILE is Chinese text, one segment a line. The concepts are made up: Chinese terms of two
to six characters that occur in FILE or not, each with two English terms. Times are CPU
seconds of this process, so that other work on the machine counts little.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.files import read_lines
from toolkit.formats.glossary import load_glossary
from toolkit.formats.glossary.lint import lint
from toolkit.terminology.matching import TermMatcher

ROUNDS = 10
HEADER = "concept\tlanguage\tterm\tstatus\tpos\n"


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--concepts", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    segments = [line.strip() for line in read_lines(arguments.text)] * ROUNDS
    size = sum(map(len, segments)) / 1e6
    terms = chinese_terms(segments, arguments.concepts, random.Random(arguments.seed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.tsv"
        path.write_text(HEADER + "".join(rows(terms)), encoding="utf-8")
        with timed("load"):
            glossary = load_glossary([path])
        with timed("lint"):
            lint([path])
    with timed("build the Chinese matcher"):
        matcher = TermMatcher(glossary, "zh")
    with timed("build the English matcher"):
        TermMatcher(glossary, "en")
    raw = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest)
    with timed("raw automaton", size):
        for segment in segments:
            raw.find_matches_as_indexes(segment)
    with timed("matcher", size):
        found = sum(len(matcher.find(segment)) for segment in segments)
    print(f"{found} matches in {size:.2f} Mchar")


def chinese_terms(segments: list[str], number: int, rng: random.Random) -> list[str]:
    """Return different strings of two to six characters, some from the text."""
    letters = sorted({c for segment in segments for c in segment if "一" <= c <= "龥"})
    terms: dict[str, None] = {}
    while len(terms) < number:
        length = rng.randint(2, 6)
        term = "".join(rng.choices(letters, k=length))
        if rng.random() < 0.01:
            segment = rng.choice(segments)
            start = rng.randrange(max(1, len(segment) - length))
            term = segment[start : start + length]
        if len(term) > 1 and all("一" <= c <= "龥" for c in term):
            terms[term] = None
    return list(terms)


def rows(terms: list[str]) -> Iterator[str]:
    """Yield the rows of a glossary of these terms."""
    for number, term in enumerate(terms):
        yield f"c{number}\tzh\t{term}\tpreferred\t\n"
        yield f"c{number}\ten\tmade up name {number:x}\tpreferred\tnoun\n"
        yield f"c{number}\ten\tmake up form {number:x}\tdeprecated\tverb\n"


@contextmanager
def timed(what: str, megabytes: float | None = None) -> Iterator[None]:
    """Print how long a block took, and how much text it read in a second."""
    start = time.process_time()
    yield
    seconds = time.process_time() - start
    rate = f", {megabytes / seconds:.1f} Mchar/s" if megabytes else ""
    print(f"{what}: {seconds:.2f} s{rate}")


if __name__ == "__main__":
    main()
