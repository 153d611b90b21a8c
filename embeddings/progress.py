"""How a download tells what it is doing: a callable, and the two that a terminal and a log file want."""

import sys
from types import TracebackType
from typing import Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from embeddings.cache import megabytes


class OnProgress(Protocol):
    """Called again and again while something is fetched."""

    def __call__(self, what: str, done: int, total: int | None, /) -> None:
        """Say how far it is.

        Args:
            what: what is being fetched or made, one line.
            done: bytes so far.
            total: bytes in all; None where unknown.
        """


class Bar:
    """A progress bar on standard error for each thing that is fetched; shown from the first report on.

    On a terminal it is drawn with rich; elsewhere each thing is one plain line, so that logs stay readable.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._said: set[str] = set()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Show how far `what` is."""
        if not self._stream.isatty():
            self._say_once(what, total)
            return
        if self._bar is None:
            self._bar = _rich_bar(self._stream)
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)

    def _say_once(self, what: str, total: int | None) -> None:
        if what not in self._said:
            self._said.add(what)
            print(f"{what} ({megabytes(total)})" if total else what, file=self._stream, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._tasks.clear()


def silent(what: str, done: int, total: int | None) -> None:
    """Report nothing."""


def _rich_bar(stream: TextIO) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Progress(*columns, console=Console(file=stream))
