"""CTranslate2 models with SentencePiece vocabularies, such as converted OPUS-MT.

A model is a folder: `model.bin`, `config.json` and the vocabularies as the CTranslate2
converter wrote them, and beside them the subword models, either one for both sides or
`source.spm` and `target.spm`.

The output of a segment does not depend on its neighbours: padding changes CTranslate2's
sums, so a batch holds only sources of one length. A window of segments is decoded at a
time, longest first, each different text once, and given back in the order it came in.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from toolkit.cores import available_cores
from toolkit.corpus import Segment
from toolkit.engines import ENGINES, Decoding, Hypothesis
from toolkit.errors import EngineError
from toolkit.files import read_lines

WINDOW = 8192
"""Segments sorted by length together; more make fuller batches and use more memory."""
_JOINT = ("spm.model", "sentencepiece.model", "sentencepiece.bpe.model", "spiece.model")
_LANGUAGE_TOKENS = (("zho_Hans", "eng_Latn"), ("__zh__", "__en__"), ("zh_CN", "en_XX"))
"""Tokens that tell multilingual models (NLLB, M2M100, mBART) the two languages."""
_ANNOTATION = ("<t>", "<=>", "</t>")
_UNLIMITED = 0
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Tokens:
    """How a model wants its input written.

    Attributes:
        prefix: Tokens before the source: its language, in multilingual models.
        suffix: Tokens after the source: the end token, if the model does not add it.
        target: Tokens the hypothesis must begin with: its language.
        annotations: Whether the vocabulary knows the marks of term annotations.
    """

    prefix: tuple[str, ...]
    suffix: tuple[str, ...]
    target: tuple[str, ...]
    annotations: bool


@dataclass(frozen=True, slots=True)
class CTranslate2:
    """An opened model and its subword models."""

    folder: Path
    decoding: Decoding
    translator: Any
    source: Any
    target: Any
    tokens: Tokens

    @property
    def name(self) -> str:
        """The name of the model's folder."""
        return self.folder.resolve().name

    @property
    def signature(self) -> str:
        """The model and what changes its output; batch size and workers do not."""
        compute = self.translator.compute_type
        return f"ctranslate2:{self.name}|beam:{self.decoding.beam}|compute:{compute}"

    @property
    def description(self) -> str:
        """Name the model and how it was decoded."""
        return f"CTranslate2 model {self.name}, beam {self.decoding.beam}"

    @property
    def files(self) -> tuple[Path, ...]:
        """The folder of the model."""
        return (self.folder,)

    @property
    def takes_annotations(self) -> bool:
        """Whether the vocabulary has the marks of annotations."""
        return self.tokens.annotations

    def translate(self, segments: Iterable[Segment]) -> Iterator[Hypothesis]:
        """Yield the best hypothesis for each segment, a window at a time."""
        stream = iter(segments)
        while window := [segment.text for segment in islice(stream, WINDOW)]:
            known = self._decode(list(dict.fromkeys(window)))
            yield from (known[text] for text in window)

    def _decode(self, texts: list[str]) -> dict[str, Hypothesis]:
        pieces = self.source.encode(texts, out_type=str)
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, tokens in enumerate(pieces):
            by_length[len(tokens)].append(index)
        pending = [
            (text, future)
            for length in sorted(by_length, reverse=True)
            for text, future in self._submit(texts, pieces, by_length[length], length)
        ]
        return {text: self._finish(text, future) for text, future in pending}

    def _submit(
        self, texts: list[str], pieces: list[list[str]], group: list[int], length: int
    ) -> Iterator[tuple[str, Any]]:
        """Start decoding sources of one length; an empty one has an empty translation.

        Raises:
            EngineError: If CTranslate2 refuses.
        """
        tokens = self.tokens
        size = max(1, self.decoding.batch // max(1, length))
        for start in range(0, len(group), size):
            batch = group[start : start + size]
            futures = self.translator.translate_batch(
                [[*tokens.prefix, *pieces[i], *tokens.suffix] for i in batch],
                target_prefix=[list(tokens.target)] * len(batch),
                beam_size=self.decoding.beam,
                max_batch_size=_UNLIMITED,
                max_input_length=_UNLIMITED,
                max_decoding_length=3 * length + 20,
                return_scores=True,
                asynchronous=True,
            )
            yield from zip((texts[i] for i in batch), futures, strict=True)

    def _finish(self, text: str, future: Any) -> Hypothesis:  # noqa: ANN401 (its own)
        try:
            result = future.result()
        except (RuntimeError, ValueError) as error:
            reason = f"{self.folder}: cannot translate {text[:_QUOTED]!r}: {error}"
            raise EngineError(reason) from error
        pieces = result.hypotheses[0]
        drop = len(self.tokens.target) if pieces[:1] == [*self.tokens.target] else 0
        return Hypothesis(self.target.decode(pieces[drop:]), result.scores[0])


def load(argument: str, decoding: Decoding) -> CTranslate2:
    """Open the model in the folder called `argument`.

    Raises:
        EngineError: If it is no folder, a part is missing, or a part is broken.
    """
    import ctranslate2  # noqa: PLC0415 (replay runs without it)

    folder = Path(argument)
    if not folder.is_dir():
        raise EngineError(f"{folder}: no such folder (a converted CTranslate2 model)")
    source, target = _subwords(folder)
    tokens = _tokens(folder)
    try:
        translator = ctranslate2.Translator(
            str(folder),
            device="cpu",
            compute_type=decoding.compute,
            inter_threads=decoding.workers or available_cores(),
            intra_threads=1,
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError(f"{folder}: cannot be opened as a model: {error}") from error
    return CTranslate2(folder, decoding, translator, source, target, tokens)


def _subwords(folder: Path) -> tuple[Any, Any]:
    joint = [folder / name for name in _JOINT if (folder / name).exists()]
    pair = [folder / "source.spm", folder / "target.spm"]
    paths = joint[:1] * 2 if joint else pair
    for path in paths:
        if not path.exists():
            expected = f"source.spm and target.spm, or one of {', '.join(_JOINT)}"
            raise EngineError(f"{folder}: no {path.name} (it needs {expected})")
    return _subword(paths[0]), _subword(paths[1])


def _subword(path: Path) -> Any:  # noqa: ANN401 (sentencepiece has no types)
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415

    try:
        return SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise EngineError(f"{path}: no SentencePiece model: {error}") from error


def _tokens(folder: Path) -> Tokens:
    config = _json(folder / "config.json")
    if not isinstance(config, dict):
        raise EngineError(f"{folder / 'config.json'}: no JSON object")
    vocabulary = _vocabulary(folder)
    end = () if config.get("add_source_eos") else (config.get("eos_token", "</s>"),)
    annotations = vocabulary.issuperset(_ANNOTATION)
    for source, target in _LANGUAGE_TOKENS:
        if source in vocabulary and target in vocabulary:
            return Tokens((source,), end, (target,), annotations)
    return Tokens((), end, (), annotations)


def _vocabulary(folder: Path) -> frozenset[str]:
    """The source vocabulary, which is a JSON list or, from old converters, lines."""
    for name in ("shared_vocabulary", "source_vocabulary"):
        path = folder / f"{name}.json"
        if path.exists():
            pieces = _json(path)
            if isinstance(pieces, list) and all(isinstance(p, str) for p in pieces):
                return frozenset(pieces)
            raise EngineError(f"{path}: no list of texts")
        if (folder / f"{name}.txt").exists():
            lines = read_lines(folder / f"{name}.txt")
            return frozenset(line.removesuffix("\n") for line in lines)
    raise EngineError(f"{folder}: no vocabulary (shared_vocabulary.json)")


def _json(path: Path) -> Any:  # noqa: ANN401 (whatever the file holds)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EngineError(f"{path}: no such file (part of every model)") from error
    except (OSError, ValueError) as error:
        raise EngineError(f"{path}: cannot be read: {error}") from error


ENGINES.add("ctranslate2", load)
