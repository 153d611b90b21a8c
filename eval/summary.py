"""The figures of a run: each measure over all questions, over those of each language, over each pair of languages."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.table import Table

from eval.intervals import SEED, Floats, Statistic, interval, middle, ratio
from eval.measures import MEASURES, Measure
from eval.records import NONE, Figure, Record, Share

ALL = "all"


def figures(records: Sequence[Record], seed: int = SEED) -> dict[str, Figure]:
    """Every measure over some questions, by its name."""
    return {
        name: figure(measure, [record.shares.get(name, NONE) for record in records], seed)
        for name, measure in MEASURES.items()
    }


def figure(measure: Measure, shares: Iterable[Share], seed: int = SEED) -> Figure:
    """One measure over the questions that it applies to, with its interval."""
    statistic, values = values_of(measure, [share for share in shares if share.of])
    if not len(values):
        return Figure(measure.name, None, 0, None, None)
    value = float(statistic(np.ones((1, len(values))), values)[0])
    low, high = interval(statistic, values, seed) or (None, None)
    return Figure(measure.name, value, len(values), low, high)


def values_of(measure: Measure, shares: Sequence[Share]) -> tuple[Statistic, Floats]:
    """How the figure of a measure is computed, and what of: one row for each question."""
    if measure.unit == "share":
        return ratio, np.array([(share.hits, share.of) for share in shares], np.float64).reshape(-1, 2)
    return middle, np.array([share.hits for share in shares], np.float64).reshape(-1, 1)


def total(name: str, records: Iterable[Record]) -> Share:
    """The parts of all questions in a measure, added up."""
    parts = [record.shares.get(name, NONE) for record in records]
    return Share(sum(part.hits for part in parts), sum(part.of for part in parts))


def by_language(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The questions of each language."""
    return _grouped(records, [record.question.language for record in records])


def by_pair(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The questions of each pair of languages, "sv → fr" for Swedish ones that a French article answers."""
    known = [record for record in records if record.article_language]
    return _grouped(known, [f"{record.question.language} → {record.article_language}" for record in known])


def summary(records: Sequence[Record], seed: int = SEED) -> dict[str, Any]:
    """The figures as plain values, what `summary.json` holds."""
    return {
        "questions": len(records),
        "figures": _plain(records, seed),
        "by_language": {name: _plain(group, seed) for name, group in by_language(records).items()},
        "by_pair": {name: _plain(group, seed) for name, group in by_pair(records).items()},
    }


def table(records: Sequence[Record], seed: int = SEED) -> Table:
    """The figures over all, with intervals, and for each language; times are medians."""
    columns = by_language(records)
    shown = Table(title="Answers, by language of the question", box=None, header_style="bold")
    for name in ("", ALL, "95 %", *columns):
        shown.add_column(name, justify="right" if name else "left", overflow="fold")
    overall = figures(records, seed)
    shown.add_row("questions", str(len(records)), "", *(str(len(group)) for group in columns.values()))
    for name, measure in MEASURES.items():
        if overall[name].count:
            cells = (cell(measure, group) for group in (records, *columns.values()))
            first, *rest = cells
            shown.add_row(measure.title, first, ends(measure, overall[name].low, overall[name].high), *rest)
    return shown


def cell(measure: Measure, records: Sequence[Record]) -> str:
    """A figure with its counts."""
    if measure.unit == "share":
        return str(total(measure.name, records))
    return short(measure, figure(measure, [record.shares.get(measure.name, NONE) for record in records]).value)


def short(measure: Measure, value: float | None, sign: str = "") -> str:
    """A figure as it is written, shares in hundredths; with "+" as sign a difference."""
    if value is None:
        return "-"
    if measure.unit == "share":
        return f"{100 * value:{sign}.1f}"
    return f"{value:{sign}.2f}" if measure.unit == "s" else f"{value:{sign}.0f}"


def ends(measure: Measure, low: float | None, high: float | None) -> str:
    """An interval as it is written."""
    if low is None or high is None:
        return ""
    if measure.unit == "share":
        return f"{100 * low:.0f}–{100 * high:.0f}"
    return f"{low:.2f}–{high:.2f}" if measure.unit == "s" else f"{low:.0f}–{high:.0f}"


def _plain(records: Sequence[Record], seed: int) -> dict[str, Any]:
    return {name: asdict(each) for name, each in figures(records, seed).items()}


def _grouped(records: Sequence[Record], names: Sequence[str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {name: [] for name in sorted(set(names))}
    for name, record in zip(names, records, strict=True):
        groups[name].append(record)
    return groups
