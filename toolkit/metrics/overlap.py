"""Metrics that compare hypotheses with references, computed by sacreBLEU."""

from typing import TYPE_CHECKING

from toolkit.metrics import Direction, Sample, Value, metric

if TYPE_CHECKING:  # imported where it is used: it takes 0.1 s
    from sacrebleu.metrics.base import Metric


class _Corpus:
    """Collects the texts; sacreBLEU scores them together."""

    def __init__(self, _glossary: str) -> None:
        self._hypotheses: list[str] = []
        self._references: list[str] = []

    def add(self, sample: Sample) -> None:
        """Take in a segment with its reference."""
        self._hypotheses.append(sample.hypothesis)
        self._references.append(sample.reference or "")

    def value(self) -> Value | None:
        """Return sacreBLEU's corpus score and signature."""
        if not self._hypotheses:
            return None
        scorer = self._scorer()
        score = scorer.corpus_score(self._hypotheses, [self._references])
        return Value(score.score, str(scorer.get_signature()))

    def _scorer(self) -> "Metric":
        raise NotImplementedError


@metric("bleu", Direction.HIGHER, reference=True)
class Bleu(_Corpus):
    """N-gram precision of a corpus, with a brevity penalty.

    The score of the whole corpus, which is not the mean over its segments: from 0 to
    100, higher is better. The signature is sacreBLEU's.

    Source: Papineni et al. 2002, https://aclanthology.org/P02-1040;
    Post 2018, https://aclanthology.org/W18-6319
    """

    def _scorer(self) -> "Metric":
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415

        return BLEU()


@metric("chrf", Direction.HIGHER, reference=True)
class Chrf(_Corpus):
    """Character n-gram F-score of a corpus.

    From 0 to 100, higher is better. The signature is sacreBLEU's.

    Source: Popović 2015, https://aclanthology.org/W15-3049
    """

    def _scorer(self) -> "Metric":
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

        return CHRF()


@metric("chrf++", Direction.HIGHER, reference=True)
class ChrfPlusPlus(_Corpus):
    """Character and word n-gram F-score of a corpus.

    From 0 to 100, higher is better. The signature is sacreBLEU's.

    Source: Popović 2017, https://aclanthology.org/W17-4770
    """

    def _scorer(self) -> "Metric":
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

        return CHRF(word_order=2)


@metric("ter", Direction.LOWER, reference=True)
class Ter(_Corpus):
    """Edits that turn hypotheses into references, by the words of the references.

    From 0, lower is better; 100 is as many edits as words, and it can be more. The
    signature is sacreBLEU's.

    Source: Snover et al. 2006, https://aclanthology.org/2006.amta-papers.25
    """

    def _scorer(self) -> "Metric":
        from sacrebleu.metrics.ter import TER  # noqa: PLC0415

        return TER()
