"""Measure how well joined sentences are split again, and how fast.

    python scripts/measure_segmentation.py FILE --language zh --per-paragraph 6 --show

FILE holds one sentence a line. Lines that end like a sentence are joined to paragraphs,
without a space in Chinese and with one elsewhere, and split again. Boundaries are
counted inside paragraphs only: the end of a paragraph is no achievement.

The first row counts every line. Translators also write several sentences on one line,
and every boundary there counts as wrong, right as it is. The second row leaves out the
lines that do so in plain sight: a Chinese stop, outside quotes and brackets, with more
text behind it. It says nothing about false boundaries of exactly that kind.
"""

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.files import read_lines
from toolkit.segmentation import split_sentences

CLOSERS = "”’\"'」』）)》】"
COMPLETE = {
    "": re.compile(rf"[。！？!?…][{CLOSERS}]*\Z"),  # by what joins the lines
    " ": re.compile(rf"[.!?…][{CLOSERS}]*\Z"),
}
ENCLOSED = re.compile(r"“[^“”]*”|\"[^\"]*\"|（[^（）]*）|\([^()]*\)|《[^《》]*》")
INNER_STOP = re.compile(rf"[。！？!?](?=[^。！？!?…{CLOSERS}])")
SHOWN = 30
ROUNDS = 10


class Counts(NamedTuple):
    """Boundaries that were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    def __str__(self) -> str:
        """Return precision, recall and F1 with the counts behind them."""
        precision = self.right / ((self.right + self.wrong) or 1)
        recall = self.right / ((self.right + self.missed) or 1)
        f1 = 2 * self.right / ((2 * self.right + self.wrong + self.missed) or 1)
        return (
            f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


class Joined(NamedTuple):
    """A paragraph and the positions behind its sentences, but the last."""

    text: str
    ends: frozenset[int]


def join(lines: Sequence[str], size: int, separator: str) -> Iterator[Joined]:
    """Yield paragraphs of `size` lines."""
    for first in range(0, len(lines), size):
        group = lines[first : first + size]
        ends = [len(separator.join(group[:n])) for n in range(1, len(group))]
        yield Joined(separator.join(group), frozenset(ends))


def compare(paragraphs: Sequence[Joined], language: str, *, show: bool) -> Counts:
    """Count the boundaries of all paragraphs; with `show`, print the wrong ones."""
    right = wrong = missed = 0
    for text, ends in paragraphs:
        found = {span.end for span in split_sentences(text, language)[:-1]}
        right += len(found & ends)
        wrong += len(found - ends)
        missed += len(ends - found)
        for at in sorted(found ^ ends) if show else ():
            label = "wrong " if at in found else "missed"
            print(label, text[max(0, at - SHOWN) : at], "|", text[at : at + SHOWN])
    return Counts(right, wrong, missed)


def speed(paragraphs: Sequence[Joined], language: str) -> float:
    """Return the best of some rounds, in million code points a CPU second."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text, _ends in paragraphs:
            split_sentences(text, language)
        seconds.append(time.process_time() - start)
    return sum(len(text) for text, _ in paragraphs) / min(seconds) / 1e6


def is_one_sentence(line: str) -> bool:
    """Tell whether no stop outside quotes and brackets has text behind it."""
    return INNER_STOP.search(ENCLOSED.sub("_", line)) is None


def main() -> None:
    """Print the figures for one file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="one sentence a line")
    parser.add_argument("--language", default="zh", help="BCP 47 tag (default: zh)")
    parser.add_argument("--per-paragraph", type=int, default=6, metavar="N")
    parser.add_argument("--show", action="store_true", help="print wrong boundaries")
    options = parser.parse_args()
    language, size = options.language, options.per_paragraph
    separator = "" if language.partition("-")[0] == "zh" else " "
    lines = [line.strip() for line in read_lines(options.file)]
    lines = [line for line in lines if COMPLETE[separator].search(line)]
    paragraphs = list(join(lines, size, separator))
    print(len(lines), "lines", compare(paragraphs, language, show=options.show))
    if not separator:
        single = [line for line in lines if is_one_sentence(line)]
        joined = list(join(single, size, separator))
        print(
            len(single), "lines of one sentence", compare(joined, language, show=False)
        )
    print(f"{speed(paragraphs, language):.1f} Mchar/s")


if __name__ == "__main__":
    main()
