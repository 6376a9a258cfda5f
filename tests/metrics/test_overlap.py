import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from toolkit.metrics import METRICS, Sample
from toolkit.pipeline import Scorer

THEIRS = {
    "bleu": BLEU,
    "chrf": CHRF,
    "chrf++": lambda: CHRF(word_order=2),
    "ter": TER,
}
WORDS = st.sampled_from(["the", "The", "net", "nets", "cyber-", "China's", "2,5", "."])
SENTENCES = st.lists(WORDS, max_size=8).map(" ".join)
CORPORA = st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=5)


@pytest.mark.parametrize("name", THEIRS)
@given(corpus=CORPORA)
@settings(deadline=None, max_examples=40)
def test_is_what_sacrebleu_says(name, corpus):
    tally = METRICS[name].start("")
    for hypothesis, reference in corpus:
        tally.add(Sample(hypothesis, reference))
    hypotheses, references = map(list, zip(*corpus, strict=True))
    scorer = THEIRS[name]()
    score = scorer.corpus_score(hypotheses, [references]).score
    assert tally.value().value == pytest.approx(score, abs=1e-9)
    assert tally.value().signature == str(scorer.get_signature())


def test_bleu_of_a_corpus_is_not_the_mean():
    tally = METRICS["bleu"].start("")
    same = "one two three four five"
    tally.add(Sample(same, same))
    tally.add(Sample("no", "six seven eight nine ten"))
    assert tally.value().value < 50
    assert tally.value().value > 0


def test_ter_can_exceed_its_scale():
    tally = METRICS["ter"].start("")
    tally.add(Sample("a b c d", "x"))
    assert tally.value().value == 400


def test_the_scorer_runs_all_and_leaves_out_what_had_nothing():
    scorer = Scorer([], "glossary@1")
    scorer.add(Sample("Fine.", "Fine."))
    scores = scorer.scores("weak-mt")
    assert {score.metric for score in scores} == set(THEIRS)
    assert {(score.system, score.level) for score in scores} == {("weak-mt", "corpus")}


def test_the_scorer_leaves_out_segments_without_a_reference():
    scorer = Scorer(["chrf"], "glossary@1")
    scorer.add(Sample("Fine.", "Fine."))
    scorer.add(Sample("Bad."))
    (score,) = scorer.scores("weak-mt")
    assert score.value == 100
