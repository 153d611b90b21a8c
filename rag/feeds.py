"""The feeds and sitemaps that a library follows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import urlsplit

from documents import (
    FEED_SIZE,
    SITEMAP_SIZE,
    Link,
    Reply,
    Validators,
    announced_feed,
    read_feed,
    read_sitemap,
    web_address,
)
from documents.display import printable
from documents.errors import ArticleError, LibraryError
from rag.adding import AddReport, OnProgress, Progress, add
from rag.folder import Folder
from rag.pages import Pages
from rag.parts import Parts
from rag.sources import Listing
from rag.store import Store
from rag.web_memory import FeedKind, Followed

MOST = 1_000
"""How many pages of one feed or sitemap are taken at once, unless told otherwise."""

_MOST_SITEMAPS = 50  # of one site, at a second each
_MOST_LINKS = 200_000
_NOT_MODIFIED = 304

Summed = Callable[[Iterator[Progress], Listing, OnProgress | None], AddReport]


@dataclass(frozen=True, slots=True)
class Update:
    """What came of looking at feeds.

    Attributes:
        report: what became of their pages; what is wrong with a feed itself stands among the problems, first.
        feeds: how many feeds and sitemaps were looked at.
        left_out: how many pages of sitemaps were passed over, because they are more than may be taken at once.
    """

    report: AddReport
    feeds: int
    left_out: int = 0


class Feeds:
    """What a library follows; `Library.feeds` has the one of a library.

    Args:
        folder: of the library.
        store: is written to.
        parts: the models.
        summed: sums up what is done, and saves the index.
    """

    def __init__(self, folder: Folder, store: Store, parts: Parts, summed: Summed) -> None:
        self._folder = folder
        self._store = store
        self._parts = parts
        self._summed = summed

    def followed(self) -> list[Followed]:
        """All that is followed, in the order of their addresses."""
        with self._pages() as pages:
            return pages.memory.feeds()

    def follow(
        self, url: str, *, kind: FeedKind = "feed", most: int = MOST, progress: OnProgress | None = None
    ) -> Update:
        """Follow a feed or sitemap, and add the pages that it names.

        Args:
            url: of the feed, or of a page that says where its feed is; of the sitemap, or of the site it is about.
            kind: which of the two.
            most: how many pages are taken at once, now and with each update, the newest first.
            progress: told of each page when it is done.

        Raises:
            ArticleError: there is no feed or sitemap; then nothing is remembered.
            LibraryBusy: another process is writing.
        """
        address = web_address(url)
        if address is None:
            raise ArticleError(
                f"{printable(url)} is not a web address.", help="It must begin with http:// or https://."
            )
        with self._folder.writing(), self._pages() as pages:
            round_ = _Round(pages)
            feed = round_.begin(Followed(address, kind, "", max(most, 1), None, 0, 0))
            return self._fetched(pages, round_, pages.memory.waiting(feed), progress)

    def update(self, *, every_page: bool = False, progress: OnProgress | None = None) -> Update:
        """Look at all that is followed, and add the pages that are new or have changed.

        Args:
            every_page: ask for each page of the library too whether it has changed.
            progress: told of each page when it is done.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self._folder.writing(), self._pages() as pages:
            round_ = _Round(pages)
            followed = pages.memory.feeds()
            for feed in followed:
                round_.check(feed)
            urls = list(chain.from_iterable(pages.memory.waiting(feed.url) for feed in followed))
            if every_page:
                urls += [url for url in pages.memory.pages() if self._store.known(url)]
            return self._fetched(pages, round_, urls, progress)

    def unfollow(self, url: str) -> None:
        """Follow a feed or sitemap no longer. The articles that came from it stay.

        Raises:
            LibraryError: it is not followed.
        """
        with self._folder.writing(), self._pages() as pages:
            if not pages.memory.forget(url):
                raise LibraryError(
                    f"The library does not follow {printable(url)}.", help="See what it follows: dossier feeds list"
                )

    def _pages(self) -> Pages:
        return Pages(self._folder.store, self._store)

    def _fetched(self, pages: Pages, round_: "_Round", urls: Sequence[str], progress: OnProgress | None) -> Update:
        items = tuple(pages.item(url) for url in dict.fromkeys(urls))
        events = pages.settled(add(items, self._store, self._parts))
        report = self._summed(events, Listing(items, {}), progress)
        problems = (*round_.problems, *report.problems)
        return Update(replace(report, problems=problems), round_.feeds, round_.left_out)


class _Round:
    """One look at feeds; what they announce is written down before any of it is fetched."""

    def __init__(self, pages: Pages) -> None:
        self._fetcher, self._memory = pages.fetcher, pages.memory
        self.problems: list[ArticleError] = []
        self.feeds = 0
        self.left_out = 0

    def begin(self, feed: Followed) -> str:
        """Look at a feed for the first time; returns its own address, where a page only names it."""
        if feed.kind == "sitemap":
            self._take_sitemap(feed)
            return feed.url
        reply = self._fetcher.get(feed.url, size=FEED_SIZE)
        if "html" in reply.kind and (own := announced_feed(reply)):
            feed, reply = replace(feed, url=own), self._fetcher.get(own, size=FEED_SIZE)
        self._take_feed(feed, reply)
        return feed.url

    def check(self, feed: Followed) -> None:
        """Look at a feed again; what is wrong with it stops no other."""
        try:
            if feed.kind == "sitemap":
                self._take_sitemap(feed)
            else:
                validators = self._memory.feed_validators(feed.url)
                self._take_feed(feed, self._fetcher.get(feed.url, validators, size=FEED_SIZE))
        except ArticleError as problem:
            self.problems.append(problem)

    def _take_feed(self, feed: Followed, reply: Reply) -> None:
        self.feeds += 1
        if reply.status == _NOT_MODIFIED:
            self._memory.checked(feed.url)
            return
        read = read_feed(reply)
        self._announce(replace(feed, title=read.title), reply.validators, read.links)

    def _take_sitemap(self, feed: Followed) -> None:
        self.feeds += 1
        found = self._sitemap_links(feed)
        newest = sorted(found, key=lambda link: link.version, reverse=True)  # those that do not say, in their order
        self._announce(feed, Validators(), newest)

    def _announce(self, feed: Followed, validators: Validators, links: Sequence[Link]) -> None:
        self.left_out += max(0, len(links) - feed.most)
        self._memory.announce(feed, validators, links[: feed.most])

    def _sitemap_links(self, feed: Followed) -> list[Link]:
        """All pages of a sitemap and of those that it names; what is wrong with one of them stops no other."""
        waiting = [Link(url) for url in self._starts(feed.url)]
        seen: set[str] = set()
        pages: dict[str, Link] = {}
        while waiting and len(seen) < _MOST_SITEMAPS and len(pages) < _MOST_LINKS:
            link = waiting.pop(0)
            if link.url in seen:
                continue
            seen.add(link.url)
            try:
                read = read_sitemap(self._fetcher.get(link.url, size=SITEMAP_SIZE))
            except ArticleError as problem:
                if not pages and not waiting:
                    raise
                self.problems.append(problem)
                continue
            pages |= {page.url: page for page in read.pages}
            waiting += sorted(read.sitemaps, key=lambda each: each.version, reverse=True)
        return list(pages.values())

    def _starts(self, url: str) -> Sequence[str]:
        """Where to begin: for a site, what its robots.txt names, or the usual place."""
        if urlsplit(url).path.strip("/"):
            return (url,)
        named = (web_address(each, url) for each in self._fetcher.robots(url).sitemaps)
        return [each for each in named if each] or (web_address("/sitemap.xml", url) or url,)
