"""How commands that take in articles show how far they are and what came of it."""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from ui.cli import common
from ui.cli.terminal import clean, one_line

if TYPE_CHECKING:
    from rag import AddReport
    from rag import Progress as Step


@contextmanager
def progress_bar() -> Iterator[Callable[["Step"], None]]:
    """A progress bar on standard error, from the first source on; nothing where nobody watches."""
    console = common.notes()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("Adding", total=None)

    def advance(step: "Step") -> None:
        bar.start()
        bar.update(task, description=one_line(Path(step.path).name)[:40], completed=step.done, total=step.total)

    try:
        yield advance
    finally:
        bar.stop()


def tell(report: "AddReport") -> None:
    """Print what came of it: counts as the result, and what was not taken in as notes."""
    for problem in report.problems:
        if os.environ.get(common.DEBUG_VARIABLE):
            traceback.print_exception(problem)
        common.notes().print(Text(f"Not added: {clean(str(problem))}"), soft_wrap=True)
    if report.passed_over:
        kinds = (f"{count} {one_line(suffix) or 'without an ending'}" for suffix, count in report.passed_over.items())
        what = f"Passed over, because Dossier does not read files of their kind: {', '.join(kinds)}"
        common.notes().print(Text(what), soft_wrap=True)
    common.results().print(Text(counts(report)), soft_wrap=True)


def counts(report: "AddReport") -> str:
    """What came of the sources, in numbers."""
    numbers = {
        "added": len(report.added),
        "replaced": len(report.replaced),
        "moved": len(report.moved),
        "removed": len(report.removed),
        "unchanged": len(report.unchanged),
        "not added": len(report.problems),
    }
    return ", ".join(f"{count:,} {what}" for what, count in numbers.items() if count or what == "added")
