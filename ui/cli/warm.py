"""The command warm, and how far the model has read."""

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ui.cli import common
from ui.cli.common import LibraryOption

if TYPE_CHECKING:
    from rag import Readiness


def warm(*, library: LibraryOption = None) -> None:
    """Let the model read all passages now, so that every answer starts at once.

    What is read is kept on disk, and read once: about four seconds for a passage on two cores. The chat does the
    same in the background while nobody asks. Ctrl-C stops it; what was read by then stays.

    \b
    Examples:
      dossier warm
      dossier warm --library press
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    common.check_model()
    console = common.notes()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        common.library_in(library) as opened,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("Reading", total=None)

        def advance(read: "Readiness") -> None:
            bar.update(task, completed=read.ready, total=read.total)

        read = opened.warm(advance)
    common.results().print(reading(read), soft_wrap=True)


def reading(read: "Readiness | None") -> str:
    """How the model reads a library's passages, and how many it has read, in words.

    Args:
        read: what the library says; None when its model is not on this machine.
    """
    if read is None:
        return "no model yet: dossier models pull"
    if read.why_plain:
        return f"every prompt from its beginning: {read.why_plain}"
    return f"passage states, {read.ready} of {read.total} passages read"
