"""The plots of a report: which there are, what each says in words, and its numbers as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from eval.answers import answer_is_right
from eval.classification import calibration_error, reliability
from eval.plots import Series, intervals, latencies, reliability_diagram, seconds
from eval.records import Record
from eval.report_figures import Cell, FigureTable, figures_table
from eval.report_groups import Groups, groups_of, label
from eval.runs import Run
from eval.summary import by_pair
from eval.svg import Described

_RETRIEVAL = {"both": "recall@5", "vectors": "recall@5 dense", "words": "recall@5 words"}
_TIMES = {"Evidence": "retrieve_s", "First word": "first_token_s", "Whole answer": "total_s"}


@dataclass(frozen=True, slots=True)
class ReportPlot:
    """A plot, what it says, and its numbers."""

    described: Described
    svg: Markup
    table: FigureTable


def plots(run: Run, groups: Groups) -> list[ReportPlot]:
    """Every plot that the run has numbers for; `groups` are the questions of all and of each language."""
    return [*_faithfulness(groups), *_latencies(run), *_reliability(run), *_retrieval(run)]


def _faithfulness(groups: Groups) -> Iterator[ReportPlot]:
    names = {"by all that was found": "faithful", "by what they cite": "citation_recall"}
    series = _series(groups, names)
    if not series:
        return
    described = Described(
        "plot-faithfulness",
        "Sentences that are supported, by language",
        "The share of the sentences shown as fact that the passages found support, and that their own citations "
        "support. Lines are 95% intervals; behind each language stands how many questions were answered.",
    )
    table = figures_table(described.title, groups, list(names.values()))
    yield ReportPlot(described, Markup(intervals(described, series)), table)  # noqa: S704 - matplotlib wrote it


def _reliability(run: Run) -> Iterator[ReportPlot]:
    scores, labels = support_and_truth(run.records)
    if not scores:
        return
    described = Described(
        "plot-reliability",
        "How reliable the support of a sentence is",
        "Every sentence that the model wrote, also those left out, by the support that the check gave it while "
        "answering. It counts as true when it, or the shown answer that it is part of, holds the expected one, so one "
        "that is true of something else counts as false. On the dashed line, support is as often right as it says; "
        f"the mean distance from it (ECE) is {calibration_error(scores, labels):.2f} over {len(scores):,} sentences. "
        "Lines are 95% intervals.",
    )
    bins = reliability(scores, labels)
    columns = tuple(map(Cell, ("Support", "Sentences", "Mean support", "Of right answers", "95% interval")))
    rows = tuple(
        (
            Cell(f"{b.left:.1f} to {b.right:.1f}"),
            Cell(f"{b.count:,}"),
            Cell(f"{b.mean:.2f}"),
            Cell(f"{b.share:.0%}"),
            Cell(f"{100 * b.low:.0f}–{100 * b.high:.0f}"),
        )
        for b in bins
    )
    drawn = Markup(reliability_diagram(described, bins))  # noqa: S704 - as above
    yield ReportPlot(described, drawn, FigureTable(described.title, columns, rows))


def _latencies(run: Run) -> Iterator[ReportPlot]:
    known = {
        name: [value for record in run.records if (value := record.times[key]) is not None]
        for name, key in _TIMES.items()
    }
    times = {name: values for name, values in known.items() if values}
    if not times:
        return
    described = Described(
        "plot-latencies",
        "How long answers took",
        "Questions by the seconds to the evidence, the first word and the whole answer, on a scale where each step is "
        "ten times the one before. The line is the median.",
    )
    columns = tuple(map(Cell, ("", "Questions", "Fastest", "Median", "95% are within", "Slowest")))
    rows = tuple(
        (Cell(name), Cell(f"{len(values):,}"), *(Cell(seconds(t)) for t in np.percentile(values, [0, 50, 95, 100])))
        for name, values in times.items()
    )
    drawn = Markup(latencies(described, times))  # noqa: S704 - as above
    yield ReportPlot(described, drawn, FigureTable(described.title, columns, rows))


def _retrieval(run: Run) -> Iterator[ReportPlot]:
    groups = groups_of(by_pair(run.records), run.settings.seed, lambda pair: " → ".join(map(label, pair.split(" → "))))
    series = _series(groups, _RETRIEVAL)
    if not series:
        return
    described = Described(
        "plot-retrieval",
        "What is relevant among the first five passages",
        "Recall@5 by the language of the question and that of the article that answers it: for the ranking that "
        "answers come from, and for the two that it is made of, by vectors alone and by words alone. Lines are 95% "
        "intervals; behind each pair stands how many questions there are.",
    )
    names = ["recall@1", *_RETRIEVAL.values(), "MRR@10", "nDCG@10"]
    drawn = Markup(intervals(described, series))  # noqa: S704 - as above
    yield ReportPlot(described, drawn, figures_table(described.title, groups, names))


def support_and_truth(records: Sequence[Record]) -> tuple[list[float], list[bool]]:
    """The support of every sentence that was written, and whether what it says was expected.

    Where a question's expected answer is not known, its sentences are left out.
    """
    scores, labels = [], []
    for record in records:
        if record.question.answerable and not record.question.answers:
            continue
        right = answer_is_right(record.answer["text"], record.question)
        for sentence in record.answer["sentences"]:
            scores.append(min(max(float(sentence["support"]), 0.0), 1.0))
            labels.append((sentence["supported"] and right) or answer_is_right(sentence["text"], record.question))
    return scores, labels


def _series(groups: Groups, names: Mapping[str, str]) -> list[Series]:
    """For each measure its figures; groups that the first measure does not apply to are left out."""
    first = next(iter(names.values()))
    counted = {
        f"{title} ({group.figure(first).count:,})".replace(" → ", "\n→ "): group
        for title, group in groups.items()
        if group.figure(first).count
    }
    shown = {title: {row: group.figure(name) for row, group in counted.items()} for title, name in names.items()}
    return [Series(title, figures) for title, figures in shown.items() if figures]
