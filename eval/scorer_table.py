"""The quality of ways of scoring as tables, each overall figure with its 95 % interval."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from rich.table import Table

from eval.intervals import Floats, Interval, Statistic, interval
from eval.scorer import Quality, Way

_MOST = 2_000  # claims over which intervals are drawn; beyond, they are narrower than two digits show


def summary(ways: Sequence[Way], labels: Sequence[bool], groups: Mapping[str, Sequence[bool]]) -> Table:
    """AUROC, balanced accuracy and calibration error over all, balanced accuracy in each group.

    Args:
        ways: of scoring, over the same claims.
        labels: of the claims.
        groups: for each name, which claims belong there.
    """
    counts = [f"{name} ({sum(here)})" for name, here in groups.items()]
    found = table(f"{len(labels)} claims", "AUROC", "balanced accuracy", "ECE", *counts)
    for way in ways:
        over_all = way.quality(labels)
        parts = [way.quality(labels, here).balanced_accuracy for here in groups.values()]
        found.add_row(way.name, *_figures(over_all, way, labels), *map(_shown, parts))
    return found


def table(title: str, *columns: str) -> Table:
    """An empty table whose first column has no name."""
    made = Table(title=title, box=None, header_style="bold")
    made.add_column("")
    for column in columns:
        made.add_column(column, justify="right")
    return made


def _figures(quality: Quality, way: Way, labels: Sequence[bool]) -> list[str]:
    statistics: list[tuple[float | None, Statistic]] = [
        (quality.auroc, drawn_auroc),
        (quality.balanced_accuracy, partial(drawn_accuracy, threshold=way.threshold)),
        (quality.ece, drawn_error),
    ]
    values = np.array([way.scores, labels], np.float64).T
    return [
        _shown(value, interval(statistic, values) if value is not None and len(values) <= _MOST else None)
        for value, statistic in statistics
    ]


def drawn_auroc(weights: Floats, values: Floats) -> Floats:
    """`auroc`, each claim counting as often as it was drawn; see `intervals.Statistic`. Columns (score, label)."""
    scores, label = values[:, 0], values[:, 1] > 0
    true, false = weights[:, label], weights[:, ~label]
    difference = scores[label][:, None] - scores[~label][None, :]
    wins = ((true @ (0.5 + 0.5 * np.sign(difference))) * false).sum(axis=1)
    return _over(wins, true.sum(axis=1) * false.sum(axis=1))


def drawn_accuracy(weights: Floats, values: Floats, threshold: float) -> Floats:
    """`balanced_accuracy`, likewise."""
    above, label = values[:, 0] >= threshold, values[:, 1] > 0
    shares = [
        _over(weights[:, kind & right].sum(axis=1), weights[:, kind].sum(axis=1))
        for kind, right in ((label, above), (~label, ~above))
    ]
    return np.asarray((shares[0] + shares[1]) / 2, np.float64)


def drawn_error(weights: Floats, values: Floats) -> Floats:
    """`calibration_error`, likewise."""
    bins = np.minimum((values[:, 0] * 10).astype(int), 9)
    gaps = (values[:, 0] - values[:, 1])[:, None] * np.eye(10)[bins]
    return _over(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))


def _over(hits: Floats, of: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(hits / of, np.float64)


def _shown(value: float | None, ends: Interval | None = None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" + (f" [{ends[0]:.3f}, {ends[1]:.3f}]" if ends else "")
