"""CTranslate2 models, with a real one: it decodes, and neighbours change nothing."""

import hashlib
import json
import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.corpus import Article, Segment
from toolkit.engines import Decoding, ctranslate2, load_engine
from toolkit.engines.ctranslate2 import _tokens
from toolkit.errors import EngineError

ARTICLE = Article("a", "a.txt", "zh")
TEXTS = [
    "清朗行动开始。",
    "国家网信办表示，清朗专项行动取得成效。",
    "记者获悉，去年全国关闭违法网站4600余家。",
    "好。",
    "他说：“这是一个好消息。”",
    "2024年5月，净网行动在北京开始。",
    "天气很好，孩子们在河边放风筝。",
    "Breaking news 2024",
    "护苗行动继续。",
    "谁？",
    "涉及𠀀字和😀的句子。",
    "网络主播被约谈，平台被责令整改，相关账号被关闭。",
]


@pytest.fixture(scope="module")
def engine(tiny_model):
    return load_engine(f"ctranslate2:{tiny_model}", Decoding(workers=2))


@pytest.fixture(scope="module")
def alone(engine):
    """Each text decoded by itself."""
    return {text: decoded(engine, [text])[0] for text in TEXTS}


@pytest.fixture
def copy(tiny_model, tmp_path):
    """A copy of the model, to change."""
    return shutil.copytree(tiny_model, tmp_path / "model")


def decoded(engine, texts):
    segments = (Segment(ARTICLE, number, text) for number, text in enumerate(texts, 1))
    return list(engine.translate(segments))


def opened(folder, **options):
    return load_engine(f"ctranslate2:{folder}", Decoding(**{"workers": 1, **options}))


def test_the_model_is_the_one_that_was_made(tiny_model):
    sums = (tiny_model / "SHA256SUMS").read_text().split("\n")
    named = dict(reversed(line.split("  ")) for line in sums if line)
    for name, expected in named.items():
        digest = hashlib.sha256((tiny_model / name).read_bytes()).hexdigest()
        assert digest == expected, name
    files = {path.name for path in tiny_model.iterdir()}
    assert files == {*named, "SHA256SUMS"}
    assert sum(path.stat().st_size for path in tiny_model.iterdir()) <= 3_000_000


def test_it_decodes(engine):
    hypothesis = decoded(engine, ["清朗行动开始。"])[0]
    assert hypothesis.text.split()
    assert hypothesis.text.isascii()
    assert "▁" not in hypothesis.text
    assert "</s>" not in hypothesis.text
    assert -5 < hypothesis.score < 0


def test_different_sources_have_different_translations(alone):
    assert len({hypothesis.text for hypothesis in alone.values()}) > len(TEXTS) / 2


@given(st.lists(st.sampled_from(TEXTS), max_size=40))
@settings(deadline=None, max_examples=25)
def test_neighbours_change_nothing(engine, alone, texts):
    assert decoded(engine, texts) == [alone[text] for text in texts]


def test_hundreds_of_neighbours_change_nothing(engine, alone):
    texts = [*TEXTS, *(text[:cut] for text in TEXTS for cut in range(1, len(text)))]
    random.Random(7).shuffle(texts)
    found = dict(zip(texts, decoded(engine, texts), strict=True))
    assert {text: found[text] for text in TEXTS} == alone


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"batch": 1}, id="one segment a batch"),
        pytest.param({"batch": 40}, id="small batches"),
        pytest.param({"batch": 100_000}, id="one batch"),
        pytest.param({"workers": 1}, id="one worker"),
        pytest.param({"workers": 3}, id="more workers than cores"),
    ],
)
def test_batches_and_workers_change_nothing(options, tiny_model, alone):
    engine = opened(tiny_model, **options)
    assert decoded(engine, TEXTS * 2) == [alone[text] for text in TEXTS * 2]


@pytest.mark.parametrize("window", [1, 2, 5, 100])
def test_windows_change_nothing(window, engine, alone, monkeypatch):
    monkeypatch.setattr(ctranslate2, "WINDOW", window)
    assert decoded(engine, TEXTS * 2) == [alone[text] for text in TEXTS * 2]


def test_it_reads_no_further_than_its_window(engine, monkeypatch):
    monkeypatch.setattr(ctranslate2, "WINDOW", 3)
    taken = []

    def source():
        for number, text in enumerate(TEXTS, 1):
            taken.append(number)
            yield Segment(ARTICLE, number, text)

    next(engine.translate(source()))
    assert len(taken) == 3


def test_a_resumed_run_gives_the_same(tiny_model, alone):
    texts = TEXTS * 2
    parts = [decoded(opened(tiny_model), part) for part in (texts[:7], texts[7:])]
    assert [*parts[0], *parts[1]] == [alone[text] for text in texts]


def test_two_subword_files(copy, alone):
    shutil.copy(copy / "spm.model", copy / "source.spm")
    (copy / "spm.model").rename(copy / "target.spm")
    assert decoded(opened(copy), TEXTS) == [alone[text] for text in TEXTS]


def test_the_end_token_is_added_where_the_model_does_not(copy, alone):
    config = json.loads((copy / "config.json").read_text())
    assert config["add_source_eos"] is True
    (copy / "config.json").write_text(json.dumps(config | {"add_source_eos": False}))
    assert opened(copy).tokens.suffix == ("</s>",)
    assert decoded(opened(copy), TEXTS) == [alone[text] for text in TEXTS]


@pytest.mark.parametrize(
    "text", [pytest.param("", id="nothing"), pytest.param("\u3000 ", id="white space")]
)
def test_an_empty_source_is_translated_by_nothing(text, engine, alone):
    hypotheses = decoded(engine, [TEXTS[0], text, TEXTS[1]])
    expected = [alone[TEXTS[0]].text, "", alone[TEXTS[1]].text]
    assert [each.text for each in hypotheses] == expected


def test_the_beam_is_in_the_signature(tiny_model):
    signature = opened(tiny_model, beam=3, compute="int8").signature
    assert signature.startswith("ctranslate2:tiny-zh-en|beam:3|compute:int8")
    assert opened(tiny_model, workers=2).signature == opened(tiny_model).signature
    assert opened(tiny_model, batch=9).signature == opened(tiny_model).signature


def test_an_unknown_compute_type_is_refused(tiny_model):
    with pytest.raises(EngineError, match="cannot be opened as a model") as caught:
        opened(tiny_model, compute="int3")
    assert "\n" not in str(caught.value)


def remove(name):
    return lambda folder: (folder / name).unlink()


def cut(name, size):
    def shorten(folder):
        (folder / name).write_bytes((folder / name).read_bytes()[:size])

    return shorten


def put(name, content):
    return lambda folder: (folder / name).write_text(content)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(
            remove("model.bin"),
            "cannot be opened as a model: .*model.bin",
            id="no weights",
        ),
        pytest.param(
            cut("model.bin", 10),
            "cannot be opened as a model",
            id="a few bytes of weights",
        ),
        pytest.param(
            cut("model.bin", 1_000_000),
            "cannot be opened as a model",
            id="half the weights",
        ),
        pytest.param(
            put("model.bin", ""), "cannot be opened as a model", id="empty weights"
        ),
        pytest.param(
            put("model.bin", "x" * 5000),
            "cannot be opened as a model",
            id="other weights",
        ),
        pytest.param(
            remove("spm.model"),
            "no source.spm .it needs source.spm and",
            id="no subwords",
        ),
        pytest.param(
            put("spm.model", ""),
            "spm.model: no SentencePiece model",
            id="empty subwords",
        ),
        pytest.param(
            put("spm.model", "x" * 5000),
            "spm.model: no SentencePiece model",
            id="other subwords",
        ),
        pytest.param(
            remove("config.json"), "config.json: no such file", id="no config"
        ),
        pytest.param(
            put("config.json", "{"), "config.json: cannot be read", id="a broken config"
        ),
        pytest.param(
            put("config.json", "[]"), "config.json: no JSON object", id="an odd config"
        ),
        pytest.param(
            put("source_vocabulary.json", "5"),
            "vocabulary.json: no list of texts",
            id="a number for a vocabulary",
        ),
        pytest.param(
            put("source_vocabulary.json", "[5]"),
            "vocabulary.json: no list of texts",
            id="numbers for words",
        ),
        pytest.param(
            remove("source_vocabulary.json"), "no vocabulary", id="no vocabulary"
        ),
        pytest.param(
            put("source_vocabulary.json", "["),
            "vocabulary.json: cannot be read",
            id="half a vocabulary",
        ),
        pytest.param(
            remove("target_vocabulary.json"),
            "cannot be opened as a model",
            id="no target vocabulary",
        ),
    ],
)
def test_broken_models(spoil, message, copy):
    spoil(copy)
    with pytest.raises(EngineError, match=message) as caught:
        opened(copy)
    assert str(caught.value).startswith(str(copy))
    assert "\n" not in str(caught.value)


def test_a_cut_target_vocabulary(copy):
    path = copy / "target_vocabulary.json"
    path.write_text(json.dumps(json.loads(path.read_text())[:9]))
    with pytest.raises(EngineError, match=r"cannot translate '清朗行动开始。': "):
        decoded(opened(copy), TEXTS[:1])


def test_a_source_beyond_the_positions_of_the_model(engine):
    with pytest.raises(EngineError, match=r"cannot translate '𠀀{40}': ") as caught:
        decoded(engine, [TEXTS[0], "𠀀" * 600])
    assert "\n" not in str(caught.value)


def test_one_of_two_subword_files_is_not_enough(copy):
    (copy / "spm.model").rename(copy / "source.spm")
    with pytest.raises(EngineError, match=r"no target.spm"):
        opened(copy)


def test_a_file_is_no_model(tiny_model):
    with pytest.raises(EngineError, match="no such folder"):
        opened(tiny_model / "model.bin")


@pytest.mark.parametrize(
    ("vocabulary", "prefix", "target"),
    [
        pytest.param(["a", "b"], (), (), id="one pair of languages"),
        pytest.param(["zho_Hans", "eng_Latn"], ("zho_Hans",), ("eng_Latn",), id="NLLB"),
        pytest.param(["__zh__", "__en__"], ("__zh__",), ("__en__",), id="M2M100"),
        pytest.param(["zh_CN", "en_XX"], ("zh_CN",), ("en_XX",), id="mBART"),
        pytest.param(["zho_Hans", "a"], (), (), id="both languages are needed"),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "shared_vocabulary.json",
        "shared_vocabulary.txt",
        "source_vocabulary.json",
        "source_vocabulary.txt",
    ],
)
def test_language_tokens(vocabulary, prefix, target, name, tmp_path):
    (tmp_path / "config.json").write_text('{"add_source_eos": true}')
    is_json = name.endswith(".json")
    text = json.dumps(vocabulary) if is_json else "\n".join(vocabulary) + "\n"
    (tmp_path / name).write_text(text)
    tokens = _tokens(tmp_path)
    assert (tokens.prefix, tokens.suffix, tokens.target) == (prefix, (), target)


@pytest.mark.parametrize(
    ("config", "suffix"),
    [
        pytest.param({"add_source_eos": True}, (), id="the model adds it"),
        pytest.param({"add_source_eos": False}, ("</s>",), id="the model does not"),
        pytest.param({}, ("</s>",), id="the model says nothing"),
        pytest.param({"eos_token": "<end>"}, ("<end>",), id="it has another name"),
    ],
)
def test_end_token(config, suffix, tmp_path):
    (tmp_path / "config.json").write_text(json.dumps(config))
    (tmp_path / "shared_vocabulary.json").write_text("[]")
    assert _tokens(tmp_path).suffix == suffix


@pytest.mark.parametrize(
    ("vocabulary", "expected"),
    [
        pytest.param(["<t>", "<=>", "</t>", "a"], True, id="all marks"),
        pytest.param(["<t>", "</t>"], False, id="one is missing"),
    ],
)
def test_annotations(vocabulary, expected, tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "shared_vocabulary.json").write_text(json.dumps(vocabulary))
    assert _tokens(tmp_path).annotations is expected
