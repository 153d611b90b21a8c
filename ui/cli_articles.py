"""The commands about what is in a library: add, remove, list, show and status."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ui import cli_common
from ui.cli_common import JsonOption, LibraryOption
from ui.cli_warm import reading
from ui.terminal import clean, describe, link, one_line

if TYPE_CHECKING:
    from rag import AddReport, Status
    from rag import Progress as Step


def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL", show_default=False, help="Files, folders and addresses of pages."),
    ],
    *,
    library: LibraryOption = None,
) -> None:
    """Add articles: text, Markdown and HTML files, whole folders, pages of the web.

    What has not changed since it was added is skipped, what has changed is replaced. A source that cannot be
    read is named on standard error and stops nothing; the exit code is 3 then, and 1 when there is nothing to add.

    \b
    Examples:
      dossier add ~/Downloads/articles
      dossier add report.html notes.md --library press
      dossier add https://example.org/article
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    with cli_common.open_library(library) as opened, _bar() as progress:
        report = opened.add(*sources, progress=progress)
    for note in _notes(report):
        cli_common.notes().print(Text(note), soft_wrap=True)
    cli_common.results().print(_counts(report), soft_wrap=True)
    if not _usable(report):
        raise typer.Exit(cli_common.FAILED)
    if report.problems:
        raise typer.Exit(cli_common.PARTLY)


def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|PATH", show_default=False, help="Ids of articles, files and folders that were added."
        ),
    ],
    *,
    library: LibraryOption = None,
) -> None:
    """Take articles out of the library. Their files stay where they are.

    \b
    Examples:
      dossier remove ~/Downloads/articles/old.txt
      dossier remove $(dossier list --json | jq -r '.[] | select(.source == "VNA") | .id')
    """  # noqa: D301 - as above
    with cli_common.open_library(library) as opened:
        removed = opened.remove(*names)
    for article in removed:
        cli_common.results().print(Text(f"Removed {article.id}  {describe(article)}"), soft_wrap=True)


def list_articles(*, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List the articles, in the order in which they were added.

    \b
    Examples:
      dossier list
      dossier list --json | jq -r '.[] | [.id, .title] | @tsv'
    """  # noqa: D301 - as above
    with cli_common.open_library(library) as opened:
        articles = opened.articles()
    if as_json:
        cli_common.print_json([asdict(article) for article in articles])
        return
    out = cli_common.results()
    if not articles:
        cli_common.notes().print("The library is empty. Add articles with: dossier add PATH", soft_wrap=True)
    for article in articles:
        known = (article.id, article.language, article.date or "-", article.title, article.source or "-")
        out.print(Text("  ".join(one_line(part) for part in known)), soft_wrap=True)


def show(
    article_id: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="The whole id, as dossier list shows it.")
    ],
    *,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Show an article: what is known of it, and its text.

    With --json the text is verbatim, and the sections (body, headline, teaser, caption, other) say which of its
    stretches are what. Without it, characters that a terminal would obey are left out.

    \b
    Examples:
      dossier show 5b0f4d6e21ac
      dossier show 5b0f4d6e21ac --json | jq -r .text
    """  # noqa: D301 - as above
    with cli_common.open_library(library) as opened:
        article = opened.article(article_id)
        summary = next(known for known in opened.articles() if known.id == article.id)
    if as_json:
        sections = [asdict(section) for section in article.sections]
        cli_common.print_json(asdict(summary) | {"text": article.text, "sections": sections})
        return
    out = cli_common.results()
    for line in (describe(article), link(article)):
        if line:
            out.print(Text(line, style="dim"), soft_wrap=True)
    out.print()
    out.print(Text(clean(article.text)), soft_wrap=True)


def status(*, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Show where the library is, what it holds, and which models it uses.

    \b
    Examples:
      dossier status
      dossier status --library press --json
    """  # noqa: D301 - as above
    with cli_common.open_library(library) as opened:
        found, read = opened.status(), opened.readiness()
    if as_json:
        cli_common.print_json(asdict(found) | {"folder": str(found.folder), "reading": asdict(read) if read else None})
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in (_facts(found) | {"reading": reading(read)}).items():
        table.add_row(name, Text(one_line(value), overflow="fold"))
    cli_common.results().print(table)


def _facts(found: "Status") -> dict[str, object]:
    languages = (f"{language} {count}" for language, count in found.languages.items())
    return {
        "library": found.folder,
        "articles": found.articles,
        "passages": found.passages,
        "languages": ", ".join(languages) or "-",
        "size": f"{(found.store_bytes + found.index_bytes) / 1e6:,.1f} MB",
        "embedding": found.embedding.name if found.embedding else "none yet",
    }


@contextmanager
def _bar() -> Iterator[Callable[["Step"], None]]:
    """A progress bar on standard error, from the first source on; nothing where nobody watches."""
    console = cli_common.notes()
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


def _notes(report: "AddReport") -> Iterator[str]:
    """What was not added, and why, a line each."""
    for problem in report.problems:
        yield f"Not added: {clean(str(problem))}"
    if report.passed_over:
        kinds = (f"{count} {one_line(suffix) or 'without an ending'}" for suffix, count in report.passed_over.items())
        yield f"Passed over, because Dossier does not read files of their kind: {', '.join(kinds)}"
    if not (report.problems or _usable(report)):
        yield "Nothing to add: no text, Markdown or HTML file was found."


def _usable(report: "AddReport") -> bool:
    """Whether anything that was named is in the library now."""
    return bool(report.added or report.replaced or report.unchanged)


def _counts(report: "AddReport") -> str:
    counts = {
        "added": len(report.added),
        "replaced": len(report.replaced),
        "unchanged": len(report.unchanged),
        "not added": len(report.problems),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "added")
