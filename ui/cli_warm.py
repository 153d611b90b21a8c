"""The command warm, and how far the model has read."""

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ui import cli_common
from ui.cli_common import LibraryOption

if TYPE_CHECKING:
    from rag import Library, Readiness


def warm(*, library: LibraryOption = None) -> None:
    """Let the model read all passages now, so that every answer starts at once.

    What is read is kept on disk, and read once: about four seconds for a passage on two cores. The chat does the
    same in the background while nobody asks. Ctrl-C stops it; what was read by then stays.

    \b
    Examples:
      dossier warm
      dossier warm --library press
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    console = cli_common.notes()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        cli_common.open_library(library) as opened,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("Reading", total=None)

        def advance(read: "Readiness") -> None:
            bar.update(task, completed=read.ready, total=read.total)

        opened.warm(advance)
        told = reading(opened)
    cli_common.results().print(told, soft_wrap=True)


def reading(library: "Library") -> str:
    """How the model reads this library's passages, and how many it has read, in words.

    A model that is not on this machine is not fetched for it.
    """
    from embeddings import list_models  # noqa: PLC0415 - only what this command needs

    if not any(model.default and model.cached for model in list_models() if model.entry.kind == "generator"):
        return "no model yet: dossier models pull"
    read = library.readiness()
    if not read.ready and (why := library.generator.why_plain):
        return f"every prompt from its beginning: {why}"
    return f"passage states, {read.ready} of {read.total} passages read"
