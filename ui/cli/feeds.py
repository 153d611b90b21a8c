"""The commands about feeds and sitemaps: update, feeds list, feeds remove; and what add does with them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.common import JsonOption, LibraryOption
from ui.cli.report import progress_bar, tell
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from rag import AddReport, FeedKind, Library, Progress, Update

FeedsOption = Annotated[
    list[str] | None,
    typer.Option("--feed", metavar="URL", show_default=False, help="Follow an RSS or Atom feed; may be repeated."),
]
SitemapsOption = Annotated[
    list[str] | None,
    typer.Option("--sitemap", metavar="URL", show_default=False, help="Follow a sitemap, or that of a site."),
]
MostOption = Annotated[
    int, typer.Option("--most", metavar="N", min=1, help="Pages taken of a feed or sitemap at once, newest first.")
]

feeds = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""See and end what the library follows: feeds and sitemaps.

    \b
    Examples:
      dossier feeds list
    """,
)


def added(
    library: "Library",
    sources: Sequence[str],
    follow: "Sequence[tuple[FeedKind, str]]",
    most: int,
    progress: "Callable[[Progress], None]",
) -> "AddReport":
    """Add sources, then follow feeds and sitemaps; one that cannot be followed stops nothing.

    Args:
        library: is added to.
        sources: files, folders and addresses.
        follow: kinds, "feed" or "sitemap", and addresses.
        most: how many pages of one are taken.
        progress: told of each source and page.
    """
    from rag import ArticleError  # noqa: PLC0415 - help starts without it

    report = library.add(*sources, progress=progress)
    for kind, url in follow:
        try:
            report = _joined(report, library.feeds.follow(url, kind=kind, most=most, progress=progress))
        except ArticleError as problem:
            report = replace(report, problems=(*report.problems, problem))
    return report


def update(
    *,
    pages: Annotated[
        bool, typer.Option("--pages", help="Ask for every page of the library too whether it has changed.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Look at all feeds and sitemaps that the library follows, and add what is new or has changed.

    Pages are asked for one at a time, a second apart on each site, as its robots.txt allows, and sent only when they
    have changed. A page whose article was removed does not come back. What cannot be had is named on standard error;
    the exit code is 3 then. Stopped half-way, the next update goes on from there.

    \b
    Examples:
      dossier update
      dossier update --pages --library press
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    with common.library_in(library) as opened, progress_bar() as progress:
        followed = opened.feeds.followed()
        result = opened.feeds.update(every_page=pages, progress=progress)
    if not (followed or pages):
        _tell_nothing(library)
    _tell_left_out(result)
    tell(result.report)
    if result.report.problems:
        raise typer.Exit(common.PARTLY)


@feeds.command("list")
def list_feeds(*, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List the feeds and sitemaps that the library follows.

    \b
    Examples:
      dossier feeds list
      dossier feeds list --json | jq -r '.[].url'
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        followed = opened.feeds.followed()
    if as_json:
        common.print_json([asdict(feed) for feed in followed])
        return
    if not followed:
        _tell_nothing(library)
    for feed in followed:
        waiting = f", {feed.waiting:,} not fetched" if feed.waiting else ""
        pages = f"{feed.pages:,} {'page' if feed.pages == 1 else 'pages'}{waiting}"
        known = (feed.kind, feed.url, feed.title or "-", pages, feed.checked_at or "-")
        common.results().print(Text("  ".join(one_line(part) for part in known)), soft_wrap=True)


@feeds.command("remove")
def remove_feeds(
    urls: Annotated[list[str], typer.Argument(metavar="URL", show_default=False, help="As dossier feeds list shows.")],
    *,
    library: LibraryOption = None,
) -> None:
    """Follow feeds or sitemaps no longer. The articles that came from them stay.

    \b
    Examples:
      dossier feeds remove https://example.org/rss.xml
    """  # noqa: D301 - as above
    with common.library_in(library) as opened:
        for url in urls:
            opened.feeds.unfollow(url)
            common.results().print(Text(f"No longer followed: {one_line(url)}"), soft_wrap=True)


def _joined(report: "AddReport", looked: "Update") -> "AddReport":
    """Both reports as one."""
    _tell_left_out(looked)
    both: dict[str, Any] = {}
    for field in fields(report):
        one, other = getattr(report, field.name), getattr(looked.report, field.name)
        both[field.name] = one | other if isinstance(one, dict) else one + other
    return replace(report, **both)


def _tell_nothing(library: Path | None) -> None:
    hint = common.with_library("The library follows nothing. Begin with: dossier add --feed URL", library)
    common.notes().print(one_line(hint), soft_wrap=True)


def _tell_left_out(looked: "Update") -> None:
    if looked.left_out:
        pages = "page is known, and was" if looked.left_out == 1 else "pages are known, and were"
        what = f"{looked.left_out:,} more {pages} passed over: add the feed again with --most N to take more."
        common.notes().print(what, soft_wrap=True)
