"""How good scores of a yes-or-no question are. Each measure is a pure function of scores and labels."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a true one scores above a false one, ties counting half: 1 is perfect, 0.5 is chance.

    The area under the ROC curve, as Mann and Whitney's U (Fawcett, "An introduction to ROC analysis", 2006).

    Raises:
        ValueError: there is none of one kind.
    """
    true = [score for score, label in zip(scores, labels, strict=True) if label]
    false = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    if not true or not false:
        raise ValueError(f"AUROC of {len(true)} true and {len(false)} false ones")
    wins = sum(bisect_left(false, score) + bisect_right(false, score) for score in true) / 2
    return wins / (len(true) * len(false))


def balanced_accuracy(scores: Sequence[float], labels: Sequence[bool], threshold: float) -> float:
    """The mean of two shares: of the true ones at or above the threshold, and of the false ones below it.

    Raises:
        ValueError: there is none of one kind.
    """
    true = [score >= threshold for score, label in zip(scores, labels, strict=True) if label]
    false = [score < threshold for score, label in zip(scores, labels, strict=True) if not label]
    if not true or not false:
        raise ValueError(f"balanced accuracy of {len(true)} true and {len(false)} false ones")
    return (sum(true) / len(true) + sum(false) / len(false)) / 2


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores that lie between two bounds, and how many of them came true.

    Attributes:
        left: the lower bound, which belongs to it.
        right: the upper bound, which does not, but for 1.
        mean: of the scores.
        share: of the true ones.
        count: how many scores there are, at least one.
        low: lower end of the 95 % interval of the share.
        high: upper end.
    """

    left: float
    right: float
    mean: float
    share: float
    count: int
    low: float
    high: float


def reliability(scores: Sequence[float], labels: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """Scores in bins of equal width, without the empty ones: what a reliability diagram shows.

    DeGroot and Fienberg, "The Comparison and Evaluation of Forecasters" (1983).

    Args:
        scores: in [0, 1].
        labels: one for each score.
        bins: how many; a score of 1 belongs to the last.
    """
    filled: dict[int, list[tuple[float, bool]]] = {}
    for score, label in zip(scores, labels, strict=True):
        filled.setdefault(min(int(score * bins), bins - 1), []).append((score, label))
    found = []
    for number, members in sorted(filled.items()):
        count, true = len(members), sum(label for _, label in members)
        mean = sum(score for score, _ in members) / count
        found.append(Bin(number / bins, (number + 1) / bins, mean, true / count, count, *wilson(true, count)))
    return tuple(found)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, good for few and for shares of 0 and 1, where resampling sees no doubt.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
    """
    share, z = hits / of, 1.959964
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def calibration_error(scores: Sequence[float], labels: Sequence[bool], bins: int = 10) -> float:
    """ECE: how far the share of true ones lies from the mean score, over bins of equal width, weighted by size.

    Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017), with scores as probabilities of "true".

    Args:
        scores: in [0, 1].
        labels: one for each score.
        bins: how many; a score of 1 belongs to the last.

    Raises:
        ValueError: there are no scores.
    """
    if not scores:
        raise ValueError("calibration of no scores")
    gaps = (abs(each.share - each.mean) * each.count for each in reliability(scores, labels, bins))
    return sum(gaps) / len(scores)
