"""Two runs of the same questions: what differs, by how much, and whether by more than chance."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rich.table import Table

from eval.intervals import Difference, beyond_chance, difference
from eval.measures import MEASURES, Measure, faults
from eval.records import NONE, Figure, Record
from eval.runs import Run, RunError, different
from eval.summary import ends, figure, short, values_of

Verdict = Literal["worse", "better", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in both runs.

    Attributes:
        measure: which.
        first: its figure in the first run, over the questions that both asked.
        second: in the second run.
        difference: the second less the first.
        verdict: "worse" or "better" where the difference is beyond chance, of measures that are judged.
    """

    measure: Measure
    first: Figure
    second: Figure
    difference: Difference
    verdict: Verdict = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that the two runs handled differently.

    Attributes:
        id: of the question.
        question: its words.
        scores: the measures that changed.
        before: what was wrong with the first run's answer; empty for nothing.
        after: with the second's.
        first: the first run's answer.
        second: the second's.
    """

    id: str
    question: str
    scores: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        questions: how many both asked.
        left_out: how many only one of them asked.
        settings: in which the runs differ, each with both values.
        rows: one for each measure that both have.
        changed: questions of which a score changed.
        reworded: how many more answers differ in their words alone.
    """

    questions: int
    left_out: int
    settings: tuple[tuple[str, str, str], ...]
    rows: tuple[Row, ...]
    changed: tuple[Changed, ...]
    reworded: int

    @property
    def worse(self) -> tuple[str, ...]:
        """The measures that got worse by more than chance."""
        return tuple(row.measure.name for row in self.rows if row.verdict == "worse")

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {
            "questions": self.questions,
            "left_out": self.left_out,
            "settings": [{"name": name, "first": one, "second": other} for name, one, other in self.settings],
            "worse": list(self.worse),
            "better": [row.measure.name for row in self.rows if row.verdict == "better"],
            "figures": [_plain(row) for row in self.rows],
            "changed": [asdict(each) for each in self.changed],
            "reworded": self.reworded,
        }


def compare(first: Run, second: Run) -> Comparison:
    """Compare two runs, question by question.

    Raises:
        RunError: they share no question.
    """
    known = {record.question.id: record for record in first.records}
    pairs = [(known[r.question.id], r) for r in second.records if _is_same(known.get(r.question.id), r)]
    if not pairs:
        raise RunError(f"{first.folder} and {second.folder} share no question.", help="Compare runs of the same set.")
    changed = [found for pair in pairs if (found := _changed(*pair)).scores]
    reworded = sum(one.answer["text"] != other.answer["text"] for one, other in pairs if not _changes(one, other))
    return Comparison(
        questions=len(pairs),
        left_out=len(first.records) + len(second.records) - 2 * len(pairs),
        settings=tuple(different(first.settings, second.settings)),
        rows=tuple(_judged([row for name in MEASURES if (row := _row(name, pairs, second.settings.seed))])),
        changed=tuple(changed),
        reworded=reworded,
    )


def table(comparison: Comparison) -> Table:
    """The figures of both runs, the difference and what to think of it."""
    shown = Table(title=f"{comparison.questions} questions in both runs", box=None, header_style="bold")
    for name in ("", "first", "second", "difference", "95 %", "changed", ""):
        shown.add_column(name, justify="right" if name else "left", overflow="fold")
    for row in comparison.rows:
        measure, found = row.measure, row.difference
        cells = (short(measure, row.first.value), short(measure, row.second.value), short(measure, found.value, "+"))
        interval = ends(measure, found.low, found.high)
        shown.add_row(measure.title, *cells, interval, str(found.changed), row.verdict.upper())
    return shown


def _is_same(known: Record | None, record: Record) -> bool:
    return known is not None and known.question.question == record.question.question


def _row(name: str, pairs: Sequence[tuple[Record, Record]], seed: int) -> Row | None:
    measure = MEASURES[name]
    parts = [(one.shares.get(name, NONE), other.shares.get(name, NONE)) for one, other in pairs]
    # A median needs a value on both sides; a share of nothing adds nothing.
    parts = [
        (one, other) for one, other in parts if (one.of or other.of if measure.unit == "share" else one.of and other.of)
    ]
    firsts, seconds = [one for one, _ in parts], [other for _, other in parts]
    statistic, values = values_of(measure, firsts)
    found = difference(statistic, values, values_of(measure, seconds)[1], seed)
    return Row(measure, figure(measure, firsts, seed), figure(measure, seconds, seed), found) if found else None


def _judged(rows: Sequence[Row]) -> list[Row]:
    """The rows with their verdicts; where nothing changed there is nothing to judge."""
    open_ones = [row for row in rows if row.measure.judged and row.difference.changed]
    worse = beyond_chance([_chance(row, "worse") for row in open_ones])
    better = beyond_chance([_chance(row, "better") for row in open_ones])
    verdicts: dict[str, Verdict] = {
        row.measure.name: "worse" if is_worse else "better" if is_better else ""
        for row, is_worse, is_better in zip(open_ones, worse, better, strict=True)
    }
    return [Row(r.measure, r.first, r.second, r.difference, verdicts.get(r.measure.name, "")) for r in rows]


def _chance(row: Row, way: Literal["worse", "better"]) -> float:
    """How likely chance alone makes it so much worse, or better."""
    down = (row.measure.better == "more") == (way == "worse")
    return row.difference.p_less if down else row.difference.p_more


def _changes(one: Record, other: Record) -> tuple[str, ...]:
    """The judged measures in which two answers differ."""
    judged = (name for name, measure in MEASURES.items() if measure.judged)
    return tuple(name for name in judged if one.shares.get(name, NONE) != other.shares.get(name, NONE))


def _changed(one: Record, other: Record) -> Changed:
    return Changed(
        id=one.question.id,
        question=one.question.question,
        scores=_changes(one, other),
        before=faults(one.shares),
        after=faults(other.shares),
        first=one.answer["text"],
        second=other.answer["text"],
    )


def _plain(row: Row) -> dict[str, Any]:
    return {
        "name": row.measure.name,
        "title": row.measure.title,
        "first": row.first.value,
        "second": row.second.value,
        "difference": row.difference.value,
        "low": row.difference.low,
        "high": row.difference.high,
        "p_less": row.difference.p_less,
        "p_more": row.difference.p_more,
        "count": row.difference.count,
        "changed": row.difference.changed,
        "verdict": row.verdict,
    }
