"""How good a ranking is. Each measure is a pure function of one question's ranking, in [0, 1]."""

from collections.abc import Collection, Iterable, Sequence
from math import log2
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
    _check("R", k, relevant)
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / the rank of the first relevant result, ranks from 1; 0 where none was found. Its mean is the MRR.

    Args:
        ranked: ids, best first.
        relevant: ids of all that is relevant.
    """
    return next((1 / rank for rank, found in enumerate(ranked, 1) if found in relevant), 0.0)


def ndcg_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """nDCG@k (Järvelin and Kekäläinen, 2002), where a result is relevant or not: gains, less the further down.

    A relevant result at rank r gains 1 / log2(r + 1), and the sum is divided by that of the best ranking.

    Args:
        k: how far down the ranking counts, at least 1.
        ranked: ids, best first; one that stands there twice gains once, where it first stands.
        relevant: ids of all that is relevant, at least one.

    Raises:
        ValueError: k is below 1, or nothing is relevant: the measure then means nothing.
    """
    _check("nDCG", k, relevant)
    first = {found: rank for rank, found in reversed(list(enumerate(ranked[:k], 1)))}
    gained = sum(1 / log2(rank + 1) for found, rank in first.items() if found in relevant)
    return gained / sum(1 / log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))


def mean(values: Iterable[float]) -> float:
    """The mean over questions; 0 for none, as where nothing was found."""
    listed = list(values)
    return fmean(listed) if listed else 0.0


def _check(measure: str, k: int, relevant: Collection[str]) -> None:
    if k < 1 or not relevant:
        raise ValueError(f"{measure}@{k} of {len(relevant)} relevant results")
