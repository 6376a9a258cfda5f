"""An engine that reads hypotheses somebody else wrote, from a text file.

It reports on systems that cannot run here, and makes tests fast and repeatable.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.corpus import Segment
from toolkit.engines import ENGINES, Decoding, Hypothesis
from toolkit.errors import AlignmentError, FileError
from toolkit.files import bare, count_lines, read_lines


@dataclass(frozen=True, slots=True)
class Replay:
    """Recorded hypotheses, one on each line of a file."""

    path: Path
    takes_annotations: bool = False

    @property
    def name(self) -> str:
        """The name of the file, without its suffix."""
        return self.path.stem

    @property
    def signature(self) -> str:
        """The name of the file; the run has its hash."""
        return f"replay:{self.path.name}"

    @property
    def description(self) -> str:
        """Say that no engine was at work."""
        return f"recorded hypotheses of {self.name}; nothing was translated here"

    @property
    def files(self) -> tuple[Path, ...]:
        """The file of hypotheses."""
        return (self.path,)

    def translate(self, segments: Iterable[Segment]) -> Iterator[Hypothesis]:
        """Yield the lines of the file.

        Raises:
            AlignmentError: If the file does not have one line for each segment.
        """
        lines = read_lines(self.path)
        count = 0
        for count, _ in enumerate(segments, 1):
            line = next(lines, None)
            if line is None:
                rest = sum(1 for _ in segments)
                raise self._misaligned(count + rest, count - 1)
            yield Hypothesis(bare(line))
        if next(lines, None) is not None:
            raise self._misaligned(count, count_lines(self.path))

    def _misaligned(self, segments: int, lines: int) -> AlignmentError:
        return AlignmentError("the source", segments, str(self.path), lines)


def load(argument: str, _: Decoding) -> Replay:
    """Find the file called `argument`."""
    path = Path(argument)
    if not path.is_file():
        raise FileError(path, "no such file", cure="a file of recorded hypotheses")
    return Replay(path)


ENGINES.add("replay", load)
