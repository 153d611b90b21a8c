"""How good a ranking is. Each measure is a pure function of one question's ranking, in [0, 1]."""

from collections.abc import Collection, Iterable, Sequence
from statistics import fmean


def recall_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """R@k: the share of what is relevant that stands among the first k.

    Args:
        k: how far down the ranking counts, at least 1.
        ranked: ids, best first; one that stands there twice counts once.
        relevant: ids of all that is relevant, at least one.

    Raises:
        ValueError: k is below 1, or nothing is relevant: the measure then means nothing.
    """
    if k < 1 or not relevant:
        raise ValueError(f"R@{k} of {len(relevant)} relevant results")
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / the rank of the first relevant result, ranks from 1; 0 where none was found. Its mean is the MRR.

    Args:
        ranked: ids, best first.
        relevant: ids of all that is relevant.
    """
    return next((1 / rank for rank, found in enumerate(ranked, 1) if found in relevant), 0.0)


def mean(values: Iterable[float]) -> float:
    """The mean over questions; 0 for none, as where nothing was found."""
    listed = list(values)
    return fmean(listed) if listed else 0.0
