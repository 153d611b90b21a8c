"""How sure a figure is: intervals by resampling the questions, and whether two runs differ by more than chance.

Questions are drawn anew with replacement, as many as there were, and the figure is computed again (Efron and
Tibshirani, 1993, chapter 13: percentile intervals). Between two runs of the same questions each question is drawn
with both its answers. Whether chance alone could do as much is asked by exchanging the two answers of questions at
random (approximate randomisation: Noreen, 1989; as sacrebleu does).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Statistic = Callable[[Floats, Floats], Floats]
"""A figure, from how often each question was drawn, shape (draws, questions), and the values of the questions,
shape (questions, columns); shape (draws,), nan where a draw has no figure."""

SEED = 20_000
DRAWS = 2_000
CHANCE = 0.05
"""What an interval leaves out, half on each side; and the share of false alarms among the differences that are called
worse, and likewise among those that are called better."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of one run less that of another, over the questions that both asked.

    Attributes:
        value: the second run's less the first's.
        low: lower end of its 95 % interval.
        high: upper end.
        p_less: how often exchanging answers at random makes the difference as small or smaller.
        p_more: as large or larger.
        count: the questions in which the measure applies to either run.
        changed: those of them in which the two runs differ.
    """

    value: float
    low: float
    high: float
    p_less: float
    p_more: float
    count: int
    changed: int


def ratio(weights: Floats, values: Floats) -> Floats:
    """Hits of all, columns (hits, of)."""
    hits, of = (weights @ values).T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(hits / of, np.float64)


def middle(weights: Floats, values: Floats) -> Floats:
    """The median, one column; of an even number the mean of the two in the middle."""
    order = np.argsort(values[:, 0])
    below = 2 * np.cumsum(weights[:, order], axis=1)
    total = weights.sum(axis=1, keepdims=True)
    ranked = values[order, 0]
    return np.asarray((ranked[np.argmax(below >= total, axis=1)] + ranked[np.argmax(below > total, axis=1)]) / 2)


def interval(statistic: Statistic, values: Floats, seed: int = SEED) -> Interval | None:
    """The 95 % interval of a figure; None for fewer than two questions.

    Where all questions agree on a share of 0 or 1, drawing them anew can give nothing else and would claim to be
    certain: the end that is left open is then that of the exact binomial interval (Clopper and Pearson, 1934).

    Args:
        statistic: the figure.
        values: of each question that it applies to, shape (questions, columns).
        seed: of the draws.
    """
    count = len(values)
    if count < 2:  # noqa: PLR2004 - of one question nothing is known about the next
        return None
    low, high = _ends(statistic(_draws(count, seed), values))
    if statistic is ratio and low == high and low in (0, 1):
        open_end = float((CHANCE / 2) ** (1 / count))
        return (open_end, 1.0) if low else (0.0, 1 - open_end)
    return low, high


def difference(statistic: Statistic, first: Floats, second: Floats, seed: int = SEED) -> Difference | None:
    """How far the second run's figure lies from the first's, question by question.

    Args:
        statistic: the figure.
        first: values of the questions in one run, shape (questions, columns).
        second: those of the same questions in the other.
        seed: of the draws.

    Returns:
        The difference, None where one of the two has no figure.
    """
    once = np.ones((1, len(first)))
    value = float((statistic(once, second) - statistic(once, first))[0]) if len(first) else np.nan
    if np.isnan(value):
        return None
    weights = _draws(len(first), seed)
    low, high = _ends(statistic(weights, second) - statistic(weights, first))
    exchanged = _exchanged(statistic, first, second, seed)
    slack = 1e-9  # sums of the same numbers in another order
    return Difference(
        value=value,
        low=low,
        high=high,
        p_less=_share_of(exchanged <= value + slack),
        p_more=_share_of(exchanged >= value - slack),
        count=len(first),
        changed=int(np.any(~np.isclose(first, second), axis=1).sum()),
    )


def beyond_chance(chances: Sequence[float], level: float = CHANCE) -> list[bool]:
    """Which of many tests to believe, so that few of those are false alarms (Benjamini and Hochberg, 1995).

    Args:
        chances: the p-value of each test.
        level: the share of false alarms, in the mean, among those that are believed.
    """
    ranked = sorted(chances)
    held = [p for rank, p in enumerate(ranked, 1) if p <= level * rank / len(ranked)]
    return [bool(held) and p <= held[-1] for p in chances]


def _exchanged(statistic: Statistic, first: Floats, second: Floats, seed: int) -> Floats:
    """The difference after the two answers of each question have changed places or not, at random."""
    keep = _coins(len(first), seed)
    # Both answers of a question stand in one list; what is drawn from it is the first's or the second's.
    both = np.concatenate([first, second])
    stay, swap = np.concatenate([keep, 1 - keep], axis=1), np.concatenate([1 - keep, keep], axis=1)
    return np.asarray(statistic(swap, both) - statistic(stay, both), np.float64)


def _share_of(hits: NDArray[np.bool_]) -> float:
    """The observed order is one of all that could have been, hence the ones (Davison and Hinkley, 1997, 4.2)."""
    return float((hits.sum() + 1) / (len(hits) + 1))


def _ends(drawn: Floats) -> Interval:
    low, high = np.nanpercentile(drawn, [100 * CHANCE / 2, 100 * (1 - CHANCE / 2)])
    return float(low), float(high)


@lru_cache(maxsize=4)
def _draws(count: int, seed: int) -> Floats:
    """How often each question is drawn, shape (DRAWS, count)."""
    drawn = np.random.default_rng(seed).integers(0, count, size=(DRAWS, count))
    # Counted all at once, each draw in cells of its own: five times as quick as a multinomial generator.
    cells = np.bincount((drawn + count * np.arange(DRAWS)[:, None]).ravel(), minlength=DRAWS * count)
    return np.asarray(cells.reshape(DRAWS, count), np.float64)


@lru_cache(maxsize=4)
def _coins(count: int, seed: int) -> Floats:
    return np.asarray(np.random.default_rng(seed + 1).integers(0, 2, size=(DRAWS, count)), np.float64)
