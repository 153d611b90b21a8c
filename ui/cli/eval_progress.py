"""How far an evaluation is: a line for each answer, on a terminal a bar with the time that is left below them."""

from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from eval.records import Record

_SPEED_OVER = 600.0
"""Seconds over which the speed is taken: answers take seconds, and some take many."""


class EvalProgress:
    """Shows how far an evaluation is; see `eval.evaluation.Watcher`.

    Args:
        console: where to.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            speed_estimate_period=_SPEED_OVER,
            transient=True,
            disable=not console.is_terminal,
        )
        self._what, self._total, self._done, self._began = "", 0, 0, 0.0

    def begin(self, what: str, total: int) -> None:
        """So many steps of something follow."""
        self._what, self._total, self._done, self._began = what, total, 0, monotonic()
        for task in self._bar.task_ids:
            self._bar.remove_task(task)
        self._bar.add_task(what, total=total)
        if not self._console.is_terminal and total:
            self._say(f"{what}: {total}")

    def step(self, record: "Record | None" = None) -> None:
        """One step is done; with a record, a question was answered."""
        self._done += 1
        for task in self._bar.task_ids:
            self._bar.advance(task)
        if record is not None:
            left = "" if self._console.is_terminal else f", {self._left()} left"
            seconds = record.times["total_s"] or 0.0
            self._say(f"{self._done}/{self._total} {record.question.id} {verdict(record)}, {seconds:.1f} s{left}")

    def _left(self) -> str:
        seconds = (monotonic() - self._began) / self._done * (self._total - self._done)
        return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"  # noqa: PLR2004 - a minute and a half

    def _say(self, line: str) -> None:
        self._console.print(Text(one_line(line)), soft_wrap=True)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


def verdict(record: "Record") -> str:
    """An outcome in a few words."""
    from eval.measures import faults  # noqa: PLC0415 - help needs none of it

    return "; ".join(faults(record.shares)) or (
        "handled well" if record.question.answerable else "rightly not answered"
    )
