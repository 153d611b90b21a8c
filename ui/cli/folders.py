"""The commands about folders and files: sync, watch and export."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.common import LibraryOption, MadeLibraryOption
from ui.cli.report import progress_bar, tell
from ui.cli.terminal import one_line

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False, help="With all that lies below.")]


def sync(folder: FolderArgument, *, library: MadeLibraryOption = None) -> None:
    """Make the library hold what a folder holds: new files are added, changed ones replaced, gone ones removed.

    A file that was moved or renamed keeps its id. Articles from elsewhere stay. A file that cannot be read is named on
    standard error and stops nothing; what it held before stays, and the exit code is 3. Stopped half-way, the next
    sync goes on from there. A folder that is suddenly empty removes nothing: its disk may not be there.

    \b
    Examples:
      dossier sync ~/press
      dossier sync ~/press --library press
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    with common.library_in(library, make=True) as opened, progress_bar() as progress:
        report = opened.sync(folder, progress=progress)
    tell(report)
    if report.problems:
        raise typer.Exit(common.PARTLY)


def watch(folder: FolderArgument, *, library: MadeLibraryOption = None) -> None:
    """Sync a folder now, and again each time its files have changed, until Ctrl-C.

    \b
    Examples:
      dossier watch ~/press
    """  # noqa: D301 - as above
    with common.library_in(library, make=True) as opened, progress_bar() as progress:
        for report in opened.watch(folder, progress=progress):
            if report.changed or report.problems or not report.unchanged:
                common.results().print(time.strftime("%Y-%m-%d %H:%M:%S"))
                tell(report)


def export(
    to: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl|FOLDER", show_default=False, help="A file for lines of JSON, or a folder for Markdown."
        ),
    ],
    *,
    library: LibraryOption = None,
) -> None:
    """Write all articles with everything that is known of them.

    A file that ends in .jsonl gets one line of JSON for each article; anything else is a folder, which gets one
    Markdown file for each, with the facts as front matter. Both can be added to a library again.

    \b
    Examples:
      dossier export press.jsonl
      dossier export ~/press-as-markdown
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        count = opened.export(to)
    common.results().print(Text(f"{count:,} articles written to {one_line(to)}"), soft_wrap=True)
