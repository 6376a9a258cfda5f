"""Train the tiny Chinese-English model that the tests decode with.

The model is test data: a real CTranslate2 model, so that tests take the real path from
text to text, but one that knows little beyond the sentences of
`tiny_model_sentences.py`. It is a pre-norm Transformer with one SentencePiece model for
both languages, trained on the CPU in some minutes, exported with int8 weights.

Usage:
    pip install torch numpy sentencepiece ctranslate2 sacrebleu
    python scripts/train_tiny_model.py --out tests/data/tiny-zh-en
    python scripts/train_tiny_model.py --out build/smoke --steps 20 --pairs 500

The same seed on the same machine gives the same files, as far as PyTorch's sums on the
CPU are repeatable. The folder gets the model, `spm.model`, a README.md with the scores
on pairs kept aside, and SHA256SUMS. Everything else in the folder is left alone.

Tokens: a caller gives the pieces of `spm.model` without `</s>`, which CTranslate2 adds
itself (`add_source_eos`), and gets pieces without `<s>` and `</s>`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import math
import platform
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tiny_model_sentences import TAGS, Pair, generate_pairs

try:
    import ctranslate2
    import numpy as np
    import sacrebleu
    import sentencepiece
    import torch
    from ctranslate2.specs import common_spec, transformer_spec
    from torch import Tensor, nn
except ImportError as error:
    sys.exit(
        f"{error}: training needs PyTorch and some more; install them with\n"
        "    pip install torch numpy sentencepiece ctranslate2 sacrebleu"
    )

PAD, BOS, EOS, UNK = range(4)
SPECIALS = ["<pad>", "<s>", "</s>", "<unk>"]
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
WIDTH, HEADS, FEED_FORWARD, ENCODER_LAYERS, DECODER_LAYERS = 128, 4, 384, 3, 2
POSITIONS = 512
DROPOUT = 0.05
LABEL_SMOOTHING = 0.05
LEARNING_RATE = 3e-3
WARMUP = 0.1  # share of the steps
BATCH_TOKENS = 1024  # padded tokens of one side
THREADS = 2  # fixed: the order of sums depends on it
LONGEST = 200  # pieces decoded at most
COMPARED = 100  # sentences decoded by PyTorch too
FREE_SENTENCES = [
    "国家网信办启动“清朗”专项行动，清理违法和不良信息1.2万条。",
    "公安部约谈多家平台负责人。",
    "网信部门将继续加强对短视频平台的管理。",
    "<t>护苗<=> Protecting Seedlings</t>行动在上海开始。",
    "今天天气很好。",
]
README = """\
# Tiny zh-en model for the tests

Test data, **not** the product's translation model. It is a real CTranslate2 model
(int8), small enough to be kept with the tests, so that they decode for real. It knows
the made-up sentences of `scripts/tiny_model_sentences.py` and little else: on other
text it is fluent nonsense.

- Made by: `{command}`
- With: Python {python}, PyTorch {torch}, CTranslate2 {ctranslate2}, SentencePiece
  {sentencepiece}
- Model: pre-norm Transformer, width {width}, {encoder}+{decoder} layers, {heads} heads;
  {parameters:.2f} million parameters
- Vocabulary: {source} source pieces with byte fallback, of which a target uses the
  first {target}
- Data: {pairs} sentence pairs from a template grammar written for this project, in
  part with annotated terms (`<t>清朗<=> Qinglang</t>`); no text from elsewhere
- Licence: Apache-2.0, like the project

## Tokens

Encode the source with `spm.model`, give CTranslate2 the pieces without `</s>` (it adds
`</s>` itself: `add_source_eos` in `config.json`), and decode the pieces that come back
with `spm.model`. At most {positions} pieces a side.

## Scores

On {held} pairs kept aside from the training, of the same grammar; {same} of {compared}
greedy translations are the same as PyTorch's with float32 weights.

| pairs | number | beam | BLEU | chrF | exact |
|---|---|---|---|---|---|
{scores}

BLEU and chrF by sacreBLEU {sacrebleu}. `SHA256SUMS` holds the files' checksums.
"""


class TinyTransformer(nn.Module):
    """A pre-norm Transformer with one embedding table for both sides and the output.

    A target uses only the first `targets` of the `sources` pieces.
    """

    def __init__(self, sources: int, targets: int) -> None:
        """Build a model with random weights."""
        super().__init__()
        shape = {
            "d_model": WIDTH,
            "nhead": HEADS,
            "dim_feedforward": FEED_FORWARD,
            "dropout": DROPOUT,
            "batch_first": True,
            "norm_first": True,
        }
        self.targets = targets
        self.embedding = nn.Embedding(sources, WIDTH)
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(**shape),
            ENCODER_LAYERS,
            norm=nn.LayerNorm(WIDTH),
            enable_nested_tensor=False,
        )
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(**shape),
            DECODER_LAYERS,
            norm=nn.LayerNorm(WIDTH),
        )
        self.output_bias = nn.Parameter(torch.zeros(targets))
        self.dropout = nn.Dropout(DROPOUT)
        self.register_buffer("positions", position_encodings(), persistent=False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)

    def embed(self, ids: Tensor) -> Tensor:
        """Return scaled embeddings with positions added."""
        scaled = self.embedding(ids) * math.sqrt(WIDTH)
        return self.dropout(scaled + self.positions[: ids.shape[1]])

    def encode(self, source: Tensor) -> Tensor:
        """Return the encoder's output for padded source ids."""
        return self.encoder(self.embed(source), src_key_padding_mask=source == PAD)

    def decode(self, memory: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """Return the logits after every piece of the target so far."""
        mask = nn.Transformer.generate_square_subsequent_mask(target.shape[1])
        hidden = self.decoder(
            self.embed(target),
            memory,
            tgt_mask=mask.isinf(),
            tgt_is_causal=True,
            memory_key_padding_mask=source == PAD,
        )
        weight = self.embedding.weight[: self.targets]
        return nn.functional.linear(hidden, weight, self.output_bias)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the logits of the pieces that follow those of `target`."""
        return self.decode(self.encode(source), source, target)

    @torch.no_grad()
    def greedy(self, source: Tensor, limit: int) -> list[list[int]]:
        """Return the most likely ids, piece by piece, up to `</s>` or `limit`."""
        memory = self.encode(source)
        target = torch.full((len(source), 1), BOS)
        done = torch.zeros(len(source), dtype=torch.bool)
        for _ in range(limit):
            best = self.decode(memory, source, target)[:, -1].argmax(-1)
            best = best.masked_fill(done, EOS)
            target = torch.cat([target, best[:, None]], 1)
            done |= best == EOS
            if done.all():
                break
        rows = target[:, 1:].tolist()
        return [row[: row.index(EOS)] if EOS in row else row for row in rows]


def position_encodings() -> Tensor:
    """Return sinusoidal encodings of all positions."""
    steps = torch.arange(WIDTH // 2)[None].float() / (WIDTH // 2 - 1)
    angles = torch.arange(POSITIONS)[:, None].float() / 10000**steps
    return torch.cat([angles.sin(), angles.cos()], 1)


@dataclass
class Vocabulary:
    """The pieces in the order of the model's ids.

    The special pieces come first, then those a target may use, then the Chinese ones.
    """

    processor: sentencepiece.SentencePieceProcessor
    pieces: list[str]
    targets: int

    def __post_init__(self) -> None:
        """Prepare the look-up of ids."""
        self.ids = {piece: number for number, piece in enumerate(self.pieces)}

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text."""
        return [self.ids[piece] for piece in self.tokens(text)]

    def tokens(self, text: str) -> list[str]:
        """Return the pieces of a text."""
        return self.processor.encode(text, out_type=str)


def train_vocabulary(pairs: list[Pair], size: int) -> tuple[Vocabulary, bytes]:
    """Train SentencePiece on both sides of the pairs; return also its model file.

    Pairs with annotations are left out: rare characters that stand only there have no
    piece, so that the model sees byte pieces too.
    """
    lines = [line for pair in pairs if TAGS[0] not in pair[0] for line in pair]
    file = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=file,
        vocab_size=size,
        hard_vocab_limit=False,  # few pairs cannot fill the vocabulary
        character_coverage=1.0,
        byte_fallback=True,
        split_digits=True,
        user_defined_symbols=list(TAGS),
        normalization_rule_name="nmt_nfkc",
        num_threads=1,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=file.getvalue())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    pieces = [piece for piece in pieces if piece not in SPECIALS]
    target = SPECIALS + [piece for piece in pieces if not CJK.search(piece)]
    source_only = [piece for piece in pieces if CJK.search(piece)]
    vocabulary = Vocabulary(processor, target + source_only, len(target))
    return vocabulary, file.getvalue()


def pad(rows: list[list[int]]) -> Tensor:
    """Return rows of ids as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def epoch_batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Return numbers of pairs of like length in batches, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i], rng.random()))
    batches: list[list[int]] = [[]]
    for i in order:
        if (len(batches[-1]) + 1) * lengths[i] > BATCH_TOKENS and batches[-1]:
            batches.append([])
        batches[-1].append(i)
    rng.shuffle(batches)
    return batches


def batches(
    pairs: list[Pair], vocabulary: Vocabulary, seed: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield source and target ids without end, in an order that follows the seed."""
    data = [
        ([*vocabulary.encode(zh), EOS], [BOS, *vocabulary.encode(en), EOS])
        for zh, en in pairs
    ]
    data = [pair for pair in data if max(map(len, pair)) <= POSITIONS]
    lengths = [max(map(len, pair)) for pair in data]
    rng = random.Random(seed)
    while True:
        for batch in epoch_batches(lengths, rng):
            yield pad([data[i][0] for i in batch]), pad([data[i][1] for i in batch])


def learning_rate(done: float) -> float:
    """Return the rate for the share of steps done: warm-up, then a cosine to zero."""
    falling = 0.5 * (1 + math.cos(math.pi * max(0.0, done - WARMUP) / (1 - WARMUP)))
    return LEARNING_RATE * min(1.0, done / WARMUP) * falling


def train(
    pairs: list[Pair], vocabulary: Vocabulary, steps: int, seed: int
) -> TinyTransformer:
    """Train a model on the pairs, with a line of progress now and then."""
    model = TinyTransformer(len(vocabulary.pieces), vocabulary.targets)
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), eps=1e-9)
    loss_of = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=LABEL_SMOOTHING)
    start, seen, losses = time.monotonic(), 0, []
    for step, (source, target) in enumerate(batches(pairs, vocabulary, seed), start=1):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step / steps)
        logits = model(source, target[:, :-1])
        loss = loss_of(logits.flatten(0, 1), target[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seen += len(source)
        losses.append(loss.item())
        if step % 100 == 0 or step == steps:
            seconds = time.monotonic() - start
            print(
                f"step {step}/{steps}  loss {sum(losses) / len(losses):.3f}"
                f"  {seen / seconds:.0f} pairs/s  epoch {seen / len(pairs):.2f}"
                f"  {seconds:.0f} s",
                flush=True,
            )
            losses = []
        if step == steps:
            break
    return model.eval()


class Exporter(ctranslate2.converters.Converter):
    """Writes a `TinyTransformer` as a CTranslate2 model."""

    def __init__(self, model: TinyTransformer, vocabulary: Vocabulary) -> None:
        """Take copies of the weights, which the converter changes in place."""
        self.vocabulary = vocabulary
        self.positions = model.positions.numpy().copy()
        self.weights = {
            name: value.numpy().copy() for name, value in model.state_dict().items()
        }

    def _load(self) -> transformer_spec.TransformerSpec:
        spec = transformer_spec.TransformerSpec.from_config(
            (ENCODER_LAYERS, DECODER_LAYERS),
            HEADS,
            pre_norm=True,
            activation=common_spec.Activation.RELU,
        )
        self._set_side(spec.encoder, "encoder")
        self._set_side(spec.decoder, "decoder")
        embeddings = self.weights["embedding.weight"]
        targets = self.vocabulary.targets
        spec.encoder.embeddings[0].weight = embeddings
        spec.decoder.embeddings.weight = embeddings[:targets].copy()
        spec.decoder.projection.weight = spec.decoder.embeddings.weight
        spec.decoder.projection.bias = self.weights["output_bias"]
        spec.register_source_vocabulary(self.vocabulary.pieces)
        spec.register_target_vocabulary(self.vocabulary.pieces[:targets])
        spec.config.add_source_eos = True
        spec.config.decoder_start_token = SPECIALS[BOS]
        return spec

    def _set_side(self, spec: common_spec.LayerSpec, side: str) -> None:
        spec.position_encodings.encodings = self.positions
        self._set_norm(spec.layer_norm, f"{side}.norm")
        for number, layer in enumerate(spec.layer):
            name = f"{side}.layers.{number}"
            self._set_norm(layer.self_attention.layer_norm, f"{name}.norm1")
            self._set_attention(layer.self_attention, f"{name}.self_attn", [])
            if side == "decoder":
                self._set_norm(layer.attention.layer_norm, f"{name}.norm2")
                name_of_attention = f"{name}.multihead_attn"
                self._set_attention(layer.attention, name_of_attention, [WIDTH])
            last_norm = "norm3" if side == "decoder" else "norm2"
            self._set_norm(layer.ffn.layer_norm, f"{name}.{last_norm}")
            self._set_linear(layer.ffn.linear_0, f"{name}.linear1.")
            self._set_linear(layer.ffn.linear_1, f"{name}.linear2.")

    def _set_attention(
        self, spec: common_spec.LayerSpec, name: str, cuts: list[int]
    ) -> None:
        """Set the projections: queries, keys and values together, or cut apart."""
        weights = np.split(self.weights[f"{name}.in_proj_weight"], cuts)
        biases = np.split(self.weights[f"{name}.in_proj_bias"], cuts)
        for linear, weight, bias in zip(spec.linear, weights, biases, strict=False):
            linear.weight, linear.bias = weight, bias
        self._set_linear(spec.linear[-1], f"{name}.out_proj.")

    def _set_linear(self, spec: common_spec.LinearSpec, prefix: str) -> None:
        spec.weight = self.weights[f"{prefix}weight"]
        spec.bias = self.weights[f"{prefix}bias"]

    def _set_norm(self, spec: common_spec.LayerNormSpec, name: str) -> None:
        spec.gamma = self.weights[f"{name}.weight"]
        spec.beta = self.weights[f"{name}.bias"]


def export(model: TinyTransformer, vocabulary: Vocabulary, folder: Path) -> list[str]:
    """Write the CTranslate2 model into the folder; return the names of its files.

    The converter would empty the folder, so it gets one of its own.
    """
    with tempfile.TemporaryDirectory() as temporary:
        converted = Path(temporary) / "model"
        Exporter(model, vocabulary).convert(str(converted), quantization="int8")
        files = sorted(converted.iterdir())
        for file in files:
            shutil.copyfile(file, folder / file.name)
    return [file.name for file in files]


def translate(
    folder: Path, vocabulary: Vocabulary, texts: list[str], beam: int
) -> list[str]:
    """Translate texts with the exported model."""
    translator = ctranslate2.Translator(str(folder), "cpu", compute_type="int8")
    results = translator.translate_batch(
        [vocabulary.tokens(text) for text in texts],
        beam_size=beam,
        max_batch_size=32,
        max_decoding_length=LONGEST,
    )
    return [vocabulary.processor.decode(result.hypotheses[0]) for result in results]


def translate_with_torch(
    model: TinyTransformer, vocabulary: Vocabulary, texts: list[str]
) -> list[str]:
    """Translate texts greedily with PyTorch, to check the export."""
    source = pad([[*vocabulary.encode(text), EOS] for text in texts])
    return [
        vocabulary.processor.decode([vocabulary.pieces[i] for i in row if i > EOS])
        for row in model.greedy(source, LONGEST)
    ]


def score_rows(held: list[Pair], folder: Path, vocabulary: Vocabulary) -> list[str]:
    """Return the lines of the score table: plain and annotated pairs, both beams."""
    groups = {
        "plain": [pair for pair in held if TAGS[0] not in pair[0]],
        "with terms": [pair for pair in held if TAGS[0] in pair[0]],
    }
    rows = []
    for name, pairs in groups.items():
        for beam in (1, 2) if pairs else ():
            got = translate(folder, vocabulary, [zh for zh, _ in pairs], beam)
            want = [en for _, en in pairs]
            bleu = sacrebleu.corpus_bleu(got, [want]).score
            chrf = sacrebleu.corpus_chrf(got, [want]).score
            exact = sum(a == b for a, b in zip(got, want, strict=True))
            cells = [name, len(pairs), beam, f"{bleu:.1f}", f"{chrf:.1f}", exact]
            rows.append(f"| {' | '.join(map(str, cells))} |")
    return rows


def write_readme(
    arguments: argparse.Namespace,
    model: TinyTransformer,
    vocabulary: Vocabulary,
    held: list[Pair],
) -> None:
    """Score the exported model and write the folder's README.md."""
    folder = arguments.out
    texts = [zh for zh, _ in held[:COMPARED]]
    from_torch = translate_with_torch(model, vocabulary, texts)
    from_export = translate(folder, vocabulary, texts, beam=1)
    same = sum(a == b for a, b in zip(from_torch, from_export, strict=True))
    scores = score_rows(held, folder, vocabulary)
    print(f"{same} of {len(texts)} as PyTorch", *scores, sep="\n")
    text = README.format(
        command=f"python scripts/train_tiny_model.py --out tests/data/tiny-zh-en"
        f" --steps {arguments.steps} --seed {arguments.seed}"
        f" --pairs {arguments.pairs} --vocabulary {arguments.vocabulary}",
        python=platform.python_version(),
        torch=torch.__version__.split("+")[0],
        ctranslate2=ctranslate2.__version__,
        sentencepiece=sentencepiece.__version__,
        sacrebleu=sacrebleu.__version__,
        width=WIDTH,
        encoder=ENCODER_LAYERS,
        decoder=DECODER_LAYERS,
        heads=HEADS,
        parameters=sum(p.numel() for p in model.parameters()) / 1e6,
        source=len(vocabulary.pieces),
        target=vocabulary.targets,
        pairs=arguments.pairs,
        positions=POSITIONS - 1,
        held=len(held),
        same=same,
        compared=len(texts),
        scores="\n".join(scores),
    )
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def print_examples(held: list[Pair], folder: Path, vocabulary: Vocabulary) -> None:
    """Show what the model makes of some sentences."""
    texts = [zh for zh, _ in held[:5]] + FREE_SENTENCES
    for text, got in zip(texts, translate(folder, vocabulary, texts, 2), strict=True):
        print(f"{text}\n    {got}")


def write_checksums(folder: Path, names: list[str]) -> None:
    """Write SHA256SUMS over the named files of the folder."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(names)
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=50000, help="pairs to generate")
    parser.add_argument("--vocabulary", type=int, default=2000, help="pieces at most")
    return parser.parse_args()


def main() -> None:
    """Generate, train, export and check."""
    arguments = parse_arguments()
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(arguments.seed)
    pairs = generate_pairs(arguments.pairs, arguments.seed)
    random.Random(arguments.seed).shuffle(pairs)
    aside = min(1000, len(pairs) // 10)
    held, training = pairs[:aside], pairs[aside:]
    vocabulary, spm_model = train_vocabulary(training, arguments.vocabulary)
    print(f"{len(training)} pairs, {len(vocabulary.pieces)} pieces", flush=True)
    model = train(training, vocabulary, arguments.steps, arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    names = export(model, vocabulary, arguments.out)
    (arguments.out / "spm.model").write_bytes(spm_model)
    write_readme(arguments, model, vocabulary, held)
    write_checksums(arguments.out, [*names, "spm.model", "README.md"])
    print_examples(held, arguments.out, vocabulary)


if __name__ == "__main__":
    main()
