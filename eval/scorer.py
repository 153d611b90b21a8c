"""How good the scorer itself is: labelled pairs of a source and a claim, and how well scores tell them apart.

A scorer that nobody has scored is an opinion. So it is measured on the pairs that docs/datasets.md describes, or on
any labelled file, beside two baselines that everyone has: how many words are shared, and how alike the vectors are.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from documents import Passage, detect
from eval.classification import auroc, balanced_accuracy, calibration_error
from eval.faithfulness import Scorer
from eval.pairs import load_pairs
from eval.rows import Row
from eval.triples import rows_in
from rag import SUPPORTED, Verdict, weigh

FORM = (
    "One JSON object a line: source (a text), claim (a sentence), label (true or false, 1 or 0, yes or no, supported "
    "or unsupported), and if you like language, that of the claim."
)
_WORDS = {"supported": True, "unsupported": False}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim beside a source, and whether the source supports all of it.

    Attributes:
        source: the text, or a passage of an article.
        claim: one sentence, or several.
        label: whether somebody found it supported.
        language: ISO 639-1, of the claim.
    """

    source: str | Passage
    claim: str
    label: bool
    language: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say of one claim; of several sentences the least.

    Attributes:
        labelled: the claim.
        support: with the judge, where there is one.
        alone: the support without it.
        overlap: the share of its words that the best quote has.
        cosine: of its vector and that quote's.
    """

    labelled: Labelled
    support: float
    alone: float
    overlap: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How well scores tell supported claims from others.

    Attributes:
        pairs: how many were scored.
        auroc: None where all have the same label.
        balanced_accuracy: None there too.
        ece: expected calibration error; None for scores that are no chances.
    """

    pairs: int
    auroc: float | None
    balanced_accuracy: float | None
    ece: float | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way of scoring, over labelled claims in their order."""

    name: str
    scores: Sequence[float]
    threshold: float = SUPPORTED
    calibrated: bool = True

    def quality(self, labels: Sequence[bool], counts: Sequence[bool] | None = None) -> Quality:
        """How good it is, over all or over those that count."""
        rows = zip(self.scores, labels, counts or [True] * len(labels), strict=True)
        kept = [(score, label) for score, label, here in rows if here]
        scores, truth = [score for score, _ in kept], [label for _, label in kept]
        both = len(set(truth)) > 1
        return Quality(
            pairs=len(kept),
            auroc=auroc(scores, truth) if both else None,
            balanced_accuracy=balanced_accuracy(scores, truth, self.threshold) if both else None,
            ece=calibration_error(scores, truth) if self.calibrated and kept else None,
        )


def built_in() -> list[Labelled]:
    """The test half of the pairs that come with Dossier."""
    pairs = load_pairs(split="test")
    return [Labelled(pair.quote, pair.claim, pair.supported, pair.language) for pair in pairs]


def load_labels(path: Path) -> list[Labelled]:
    """Read labelled claims.

    Raises:
        DatasetError: the file cannot be read, holds none, or a line is none; the message says which and why.
    """
    return [_labelled(row) for row in rows_in(path, FORM)]


def check_labelled(labelled: Iterable[Labelled], scorer: Scorer) -> Iterator[Checked]:
    """Score each claim against its source.

    Raises:
        ModelError: the encoder or the judge failed.
    """
    for each in labelled:
        verdicts = scorer.verdicts(each.claim, each.source, each.language)
        yield Checked(
            each,
            support=_least(verdicts, lambda verdict: verdict.support),
            alone=_least(verdicts, lambda verdict: weigh(verdict.signals) if verdict.signals else 0.0),
            overlap=_least(verdicts, lambda verdict: verdict.signals.overlap if verdict.signals else 0.0),
            cosine=_least(verdicts, lambda verdict: verdict.signals.cosine if verdict.signals else 0.0),
        )


def ways_of(checked: Sequence[Checked], judge: str) -> list[Way]:
    """Two baselines and the check, without and with the judge of this name; "" is none.

    The baselines get the threshold that is best for them on these very claims, so they are flattered.
    """
    labels = [each.labelled.label for each in checked]
    baselines = {
        "word overlap alone": [each.overlap for each in checked],
        "cosine alone": [each.cosine for each in checked],
    }
    ways = [Way(name, scores, best_threshold(scores, labels), calibrated=False) for name, scores in baselines.items()]
    ways.append(Way("facts, words and vectors", [each.alone for each in checked]))
    if judge:
        ways.append(Way(f"the same, with {judge}", [each.support for each in checked]))
    return ways


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which on calling a claim supported gives the best balanced accuracy."""
    true = sorted(score for score, label in zip(scores, labels, strict=True) if label)
    false = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    if not true or not false:
        return SUPPORTED
    return max(true, key=lambda t: bisect_left(false, t) / len(false) - bisect_left(true, t) / len(true))


def groups_of(labelled: Sequence[Labelled]) -> dict[str, list[bool]]:
    """For each language, which of the claims are in it."""
    return {code: [each.language == code for each in labelled] for code in sorted({each.language for each in labelled})}


def report_dict(checked: Sequence[Checked]) -> dict[str, Any]:
    """The quality of the scores as plain values, what `dossier eval scorer --json` prints."""
    labelled = [each.labelled for each in checked]
    labels, way = [each.label for each in labelled], Way("support", [each.support for each in checked])
    by_language = {code: asdict(way.quality(labels, here)) for code, here in groups_of(labelled).items()}
    return {**asdict(way.quality(labels)), "by_language": by_language}


def _least(verdicts: Sequence[Verdict], value: Callable[[Verdict], float]) -> float:
    return min(map(value, verdicts), default=0.0)


def _labelled(row: Row) -> Labelled:
    if not row.has("source"):
        raise row.wrong("'source' is missing")
    source, claim = row.text("source"), row.needed("claim")
    language = row.language("language") or detect(claim, default=detect(source, default="en"))
    return Labelled(source, claim, _label(row), language)


def _label(row: Row) -> bool:
    word = _WORDS.get(str(row.fields.get("label")).strip().casefold())
    return row.flag("label") if word is None else word
