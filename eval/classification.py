"""How good scores of a yes-or-no question are. Each measure is a pure function of scores and labels."""

from collections.abc import Sequence


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a true one scores above a false one, ties counting half: 1 is perfect, 0.5 is chance.

    The area under the ROC curve, as Mann and Whitney's U (Fawcett, "An introduction to ROC analysis", 2006).

    Raises:
        ValueError: there is none of one kind.
    """
    true = [score for score, label in zip(scores, labels, strict=True) if label]
    false = [score for score, label in zip(scores, labels, strict=True) if not label]
    if not true or not false:
        raise ValueError(f"AUROC of {len(true)} true and {len(false)} false ones")
    wins = sum((t > f) + 0.5 * (t == f) for t in true for f in false)
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
    filled: dict[int, list[tuple[float, bool]]] = {}
    for score, label in zip(scores, labels, strict=True):
        filled.setdefault(min(int(score * bins), bins - 1), []).append((score, label))
    gaps = (abs(sum(score - label for score, label in members)) for members in filled.values())
    return sum(gaps) / len(scores)
