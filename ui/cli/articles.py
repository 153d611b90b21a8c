"""The commands about what is in a library: add, remove, list and show."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.common import JsonOption, LibraryOption, MadeLibraryOption
from ui.cli.feeds import FeedsOption, MostOption, SitemapsOption, added
from ui.cli.report import progress_bar, tell
from ui.cli.terminal import clean, describe, link, one_line, place_line

if TYPE_CHECKING:
    from documents import Article
    from rag import FeedKind

_LISTED = ("id", "title", "source", "date", "language", "url", "path")
_SHOWN = ("text", "sections", "author", "modified", "rubric", "pages", "places")
"""Keys of an article in JSON, in this order."""


def add(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|URL", show_default=False, help="Files, folders and addresses of pages."),
    ] = None,
    *,
    feeds: FeedsOption = None,
    sitemaps: SitemapsOption = None,
    most: MostOption = 1_000,
    library: MadeLibraryOption = None,
) -> None:
    """Add articles: files of text, pages, PDF, office and mail, archives, whole folders, pages of the web.

    What has not changed since it was added is skipped, what has changed is replaced. A source that cannot be
    read is named on standard error and stops nothing; the exit code is 3 then, and 1 when there is nothing to add.
    A text file with an address in each line stands for their pages. Feeds and sitemaps are followed from now on:
    dossier update adds what is new. Pages are fetched a second apart on each site, as its robots.txt allows.

    \b
    Examples:
      dossier add ~/Downloads/articles
      dossier add report.html notes.md --library press
      dossier add https://example.org/article addresses.txt
      dossier add --feed https://example.org/rss.xml
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    follow: list[tuple[FeedKind, str]] = [("feed", url) for url in feeds or ()]
    follow += [("sitemap", url) for url in sitemaps or ()]
    if not (sources or follow):
        raise typer.BadParameter("Name a file, a folder or an address.")
    with common.library_in(library, make=True) as opened:  # what fails in here leaves no empty library behind
        with progress_bar() as progress:
            report = added(opened, sources or (), follow, most, progress)
        done = report.added or report.replaced or report.unchanged
        usable = bool(done or (follow and not report.problems))  # a feed may have nothing yet
        tell(report)
        if not (usable or report.problems):
            common.notes().print("Nothing to add: no file was found that Dossier reads.", soft_wrap=True)
        if not usable:
            raise typer.Exit(common.FAILED)
    if report.problems:
        raise typer.Exit(common.PARTLY)


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
    """Take articles out of the library, with everything that was made of them. Their files stay where they are.

    Gone are the text, its passages and vectors, the words it was found by, what was edited, and what was kept of it
    for later answers. An id stands for the article in all its places, a file or address for what came from there.

    \b
    Examples:
      dossier remove ~/Downloads/articles/old.txt
      dossier remove $(dossier list --json | jq -r '.[] | select(.source == "VNA") | .id')
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        removed = opened.remove(*names)
    for each in removed:
        vectors = "1 passage with its vector" if each.vectors == 1 else f"{each.vectors} passages with their vectors"
        states = "1 state" if each.states == 1 else f"{each.states} states"
        line = f"Removed {each.article.id}  {describe(each.article)}  ({vectors}, {states} of the model)"
        common.results().print(Text(line), soft_wrap=True)


def list_articles(*, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List the articles, in the order in which they were added.

    \b
    Examples:
      dossier list
      dossier list --json | jq -r '.[] | [.id, .title] | @tsv'
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        articles = opened.articles()
    if as_json:
        common.print_json([asdict(article) for article in articles])
        return
    out = common.results()
    if not articles:
        hint = common.with_library("The library is empty. Add articles with: dossier add PATH", library)
        common.notes().print(one_line(hint), soft_wrap=True)
        return
    width = max(len(article.id) for article in articles)
    out.print(_listed("id".ljust(width), "language", "date", "title", "source"), soft_wrap=True)
    for article in articles:
        more = len(article.places)
        places = f"(and {more} more place{'s' * (more > 1)})" if more else ""
        known = (article.id.ljust(width), article.language, article.date or "-", article.title, article.source or "-")
        out.print(_listed(*known, places), soft_wrap=True)


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
    stretches are what. Without it, what was not taken for the story stands behind a mark such as [teaser], and
    characters that a terminal would obey are left out.

    \b
    Examples:
      dossier show 5b0f4d6e21ac
      dossier show 5b0f4d6e21ac --json | jq -r .text
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        article = opened.article(article_id)
        passages = len(opened.passages(article_id))
    if as_json:
        known = asdict(article)
        values = {name: known[name] for name in _LISTED} | {"passages": passages}
        values |= {name: known[name] for name in _SHOWN} | {"provenance": dict(article.provenance)}
        common.print_json(values)
        return
    out = common.results()
    for line in (describe(article), link(article), *_origins(article), *map(place_line, article.places)):
        if line:
            out.print(Text(line, style="dim"), soft_wrap=True)
    out.print()
    out.print(_marked(article), soft_wrap=True)


def _listed(article_id: str, language: str, date: str, title: str, source: str, places: str = "") -> Text:
    """A line of the list: what is short stands in columns, a title of any length before its source."""
    head = f"{article_id}  {one_line(language):<8}  {one_line(date):<10}"
    return Text("  ".join(filter(None, (head, one_line(title), one_line(source), places))))


def _marked(article: "Article") -> Text:
    """The text, each stretch that is not the story behind a mark that says what it was taken for."""
    shown, position = Text(), 0
    for section in article.sections:
        shown.append(clean(article.text[position : section.start]))
        told = section.kind in ("body", "headline")
        style = "" if told else "dim"
        shown.append("" if told else f"[{section.kind}] ", style)
        shown.append(clean(article.text[section.start : section.end]), style)
        position = section.end
    return shown.append(clean(article.text[position:]))


def _origins(article: "Article") -> Iterator[str]:
    """What else is known, and where it comes from, a line each."""
    for name, origin in article.provenance:
        if value := getattr(article, name, None):
            yield f"{name}: {one_line(value)} ({one_line(origin)})"
