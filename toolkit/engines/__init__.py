"""Engines: adapters that turn source segments into hypotheses.

An engine sees detokenised segments and returns detokenised hypotheses, one for each, in
order; subwords, batches and beams are its own affair. It takes a stream and looks ahead
no further than its window. Add one by adding a module that registers a factory under
the name users type before the colon: `replay:PATH`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolkit.corpus import Segment
from toolkit.errors import EngineError
from toolkit.registry import Registry


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for the best hypothesis.

    Attributes:
        beam: Hypotheses kept at each step; 1 is greedy.
        batch: Tokens in a batch, at most.
        compute: Type of number to compute in, as CTranslate2 names it.
        workers: Batches decoded at the same time, each on one core; 0: one for each
            core of the process.
    """

    beam: int = 2
    batch: int = 2048
    compute: str = "default"
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What an engine made of one segment.

    Attributes:
        text: The translation, detokenised.
        score: Logarithm of its probability by length, at most 0; None if unknown.
    """

    text: str
    score: float | None = None


class Engine(Protocol):
    """Anything that translates."""

    @property
    def name(self) -> str:
        """A short name for tables: the model's, or the recorded system's."""
        ...

    @property
    def signature(self) -> str:
        """Name, model and options: enough to get the same output again."""
        ...

    @property
    def description(self) -> str:
        """What it is, in words, for the reader of a report."""
        ...

    @property
    def files(self) -> tuple[Path, ...]:
        """The files and folders it reads, on which its output depends."""
        ...

    @property
    def takes_annotations(self) -> bool:
        """Whether a source may say what a term must become (`<t>清朗<=> Qinglang</t>`).

        What the engine cannot do natively is done around it.
        """
        ...

    def translate(self, segments: Iterable[Segment]) -> Iterator[Hypothesis]:
        """Yield one hypothesis for each segment, in order."""
        ...


ENGINES: Registry[Callable[[str, Decoding], Engine]] = Registry("engine", __name__)


def load_engine(spec: str, decoding: Decoding | None = None) -> Engine:
    """Open the engine that `spec`, NAME:ARGUMENT, names.

    Raises:
        UnknownNameError: If no engine has the name.
        EngineError: If the engine cannot use the argument.
    """
    name, colon, argument = spec.partition(":")
    factory = ENGINES[name]
    if not colon or not argument:
        raise EngineError(f"{name} of what? (write {name}:PATH)")
    return factory(argument, decoding or Decoding())
