"""The plots of a report: SVG that takes its colours from the page, with a title and a description for who cannot see.

What a plot shows always stands in a table beside it, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.typing import RcKeyType

from eval.classification import Bin
from eval.records import Figure
from eval.svg import ACCENT, INK, LINE, MUTED, SECOND, Described, page_svg

_STYLE: dict[RcKeyType, object] = {
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "xtick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.color": LINE,
    "ytick.labelcolor": INK,
    "figure.constrained_layout.w_pad": 0.08,
    "legend.frameon": False,
    "legend.borderaxespad": 0,
}

_MARKS = ((ACCENT, "o"), (SECOND, "D"), (MUTED, "s"))
_WIDTH = 3.5  # inches: a narrow phone shows it at nine tenths, so that words stay readable
_ROW, _FRAME = 0.3, 0.75
_FASTEST = 1e-3
_STEPS = 8  # bars of a histogram for each tenfold
_TICKS = {0.001: "1 ms", 0.01: "10 ms", 0.1: "0.1 s", 1: "1 s", 10: "10 s", 100: "100 s", 1000: "1,000 s"}


@dataclass(frozen=True, slots=True)
class Series:
    """Figures in [0, 1] by what they are of; at most as many series in a plot as there are marks."""

    name: str
    figures: Mapping[str, Figure]


@rc_context(_STYLE)
def intervals(described: Described, series: Sequence[Series]) -> str:
    """Shares with their intervals, one row for each label, a mark of its own for each series.

    Returns:
        An svg element.
    """
    labels = list(dict.fromkeys(label for one in series for label in one.figures))
    canvas = Canvas((_WIDTH, _FRAME + _ROW * len(labels) * (0.7 + 0.3 * len(series))), layout="constrained")
    axes = canvas.subplots()
    for number, one in enumerate(series):
        beside = 0.3 * (number - (len(series) - 1) / 2)
        _interval_marks(axes, [(labels.index(label) + beside, f) for label, f in one.figures.items()], number, one.name)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    _share_axis(axes, "x")
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    if len(series) > 1:
        canvas.legend(loc="outside upper left", ncols=len(series), handletextpad=0.3, columnspacing=1.2)
    return page_svg(canvas, described)


@rc_context(_STYLE)
def reliability_diagram(described: Described, bins: Sequence[Bin]) -> str:
    """How often scores come true: a mark on the dashed line keeps what it promises; below it, how many there are.

    Returns:
        An svg element.
    """
    canvas = Canvas((_WIDTH, 3.4), layout="constrained")
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    means = [b.mean for b in bins]
    above.plot([0, 1], [0, 1], color=MUTED, linestyle=(0, (3, 3)), linewidth=1)
    above.vlines(means, [b.low for b in bins], [b.high for b in bins], color=ACCENT, linewidth=1.8)
    above.plot(means, [b.share for b in bins], color=ACCENT, marker="o", markersize=6, linestyle="none")
    above.set_ylabel("counted as true")
    _share_axis(above, "y")
    below.bar([(b.left + b.right) / 2 for b in bins], [b.count for b in bins], width=0.09, color=MUTED)
    below.set_ylabel("sentences")
    below.set_xlabel("support that the check gave")
    below.locator_params(axis="y", integer=True, nbins=2)
    _share_axis(below, "x")
    canvas.align_ylabels()
    return page_svg(canvas, described)


@rc_context(_STYLE)
def latencies(described: Described, times: Mapping[str, Sequence[float]]) -> str:
    """How long things took: a histogram for each, over one logarithmic scale, with its median.

    Args:
        described: what the plot says.
        times: seconds of each question, by what was waited for, at least one each.

    Returns:
        An svg element.
    """
    known = np.clip(np.concatenate([np.asarray(values, float) for values in times.values()]), _FASTEST, None)
    first, last = np.floor(np.log10(known.min()) * _STEPS) - 1, np.ceil(np.log10(known.max()) * _STEPS) + 1
    edges = 10 ** (np.arange(first, last + 1) / _STEPS)
    canvas = Canvas((_WIDTH, 0.5 + 0.85 * len(times)), layout="constrained")
    rows = canvas.subplots(len(times), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (name, values) in zip(rows, times.items(), strict=True):
        middle = float(np.median(values))
        axes.hist(np.clip(values, _FASTEST, None), edges, color=ACCENT, rwidth=0.9)
        axes.axvline(max(middle, _FASTEST), color=SECOND, linewidth=1.8)
        axes.set_title(f"{name}: median {seconds(middle)}", loc="left", fontsize=9)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    rows[-1].set_xscale("log")
    ticks = {at: label for at, label in _TICKS.items() if edges[0] <= at <= edges[-1]}
    rows[-1].set_xticks(list(ticks), list(ticks.values()))
    rows[-1].minorticks_off()
    return page_svg(canvas, described)


def seconds(value: float) -> str:
    """A time as people say it: 45 ms, 1.25 s, 34 s."""
    if value < 0.1:  # noqa: PLR2004 - below that, hundredths of a second say little
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"  # noqa: PLR2004 - three digits at most


def _interval_marks(axes: Axes, placed: Sequence[tuple[float, Figure]], number: int, name: str) -> None:
    colour, mark = _MARKS[number]
    for row, figure in placed:
        if figure.low is not None and figure.high is not None:
            axes.plot([figure.low, figure.high], [row, row], color=colour, linewidth=1.8, solid_capstyle="round")
    known = [(figure.value, row) for row, figure in placed if figure.value is not None]
    values, rows = zip(*known, strict=True) if known else ((), ())
    axes.plot(values, rows, color=colour, marker=mark, markersize=6, linestyle="none", label=name, clip_on=False)


def _share_axis(axes: Axes, axis: str) -> None:
    """An axis from none to all, a little wider so that marks at its ends are whole."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set(**{f"{axis}lim": (-0.03, 1.03), f"{axis}ticks": ticks, f"{axis}ticklabels": [f"{t:.0%}" for t in ticks]})
    axes.grid(axis="x" if axis == "x" else "y")
