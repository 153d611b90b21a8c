"""What a library remembers of the web: the feeds it follows, and which version of each page it has seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from documents import Link, Validators
from rag.database import Database

FeedKind = Literal["feed", "sitemap"]

_ATTEMPTS = 3  # a page that cannot be had so many times is not asked for again


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed or sitemap that a library follows.

    Attributes:
        url: where it is.
        kind: which of the two.
        title: what it calls itself, "" when it does not.
        most: how many of its pages are taken at once, the newest first.
        checked_at: when it was last looked at, in ISO 8601.
        pages: how many pages are known through it.
        waiting: how many of them are still to be fetched.
    """

    url: str
    kind: FeedKind
    title: str
    most: int
    checked_at: str | None
    pages: int
    waiting: int


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is remembered of a page: its version, and what a feed said of it."""

    validators: Validators
    date: str | None
    author: str | None


class WebMemory:
    """The tables `feeds`, `pages` and `closed_sites` of a library's file; every verb is whole or not at all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feeds(self) -> list[Followed]:
        """All that is followed, in the order of their addresses."""
        count = "SELECT count(*) FROM pages WHERE feed = feeds.url"
        found = self._database.all(
            f"SELECT url, kind, title, most, checked_at, ({count}), ({count} AND waiting) "  # noqa: S608 - constants
            "FROM feeds ORDER BY url"
        )
        return [Followed(*row) for row in found]

    def feed_validators(self, url: str) -> Validators:
        """What a feed's last version may be asked about with."""
        row = self._database.one("SELECT etag, last_modified FROM feeds WHERE url = ?", url)
        return Validators(*row) if row else Validators()

    def announce(self, feed: Followed, validators: Validators, links: Sequence[Link]) -> None:
        """Write down what a feed holds now, so that a stop before all is fetched loses nothing.

        Pages that are new, or that the feed says have changed, wait to be fetched from then on.
        """
        with self._database.writing() as db:
            values = (feed.url, feed.kind, feed.title, feed.most, validators.etag, validators.last_modified, _now())
            db.execute(_FEED, values)
            rows = [(link.url, feed.url, link.version, link.date, link.author) for link in links]
            db.executemany(_ANNOUNCE, rows)

    def checked(self, url: str) -> None:
        """Write down that a feed has nothing new."""
        with self._database.writing() as db:
            db.execute("UPDATE feeds SET checked_at = ? WHERE url = ?", (_now(), url))

    def forget(self, url: str) -> bool:
        """Follow a feed no longer; False when it was not followed. What came from it stays."""
        with self._database.writing() as db:
            db.execute("UPDATE pages SET waiting = 0 WHERE feed = ?", (url,))
            return db.execute("DELETE FROM feeds WHERE url = ?", (url,)).rowcount > 0

    def waiting(self, feed: str) -> list[str]:
        """Pages of a feed that are to be fetched, the newest first."""
        found = self._database.all(
            "SELECT url FROM pages WHERE feed = ? AND waiting AND attempts < ? ORDER BY date DESC, url",
            feed,
            _ATTEMPTS,
        )
        return [url for (url,) in found]

    def page(self, url: str) -> KnownPage | None:
        """What is remembered of a page."""
        row = self._database.one("SELECT etag, last_modified, date, author FROM pages WHERE url = ?", url)
        return KnownPage(Validators(*row[:2]), *row[2:]) if row else None

    def pages(self) -> list[str]:
        """All pages that were fetched."""
        return [url for (url,) in self._database.all("SELECT url FROM pages WHERE NOT waiting ORDER BY url")]

    def settle(self, url: str, validators: Validators) -> None:
        """Write down that the library holds this version of a page."""
        with self._database.writing() as db:
            db.execute(_SETTLE, (url, validators.etag, validators.last_modified))

    def close_site(self, site: str, until: float) -> None:
        """Write down that a site asks to be left alone until a time, in seconds since 1970."""
        with self._database.writing() as db:
            db.execute("INSERT OR REPLACE INTO closed_sites (site, until) VALUES (?, ?)", (site, until))

    def closed_sites(self) -> dict[str, float]:
        """The sites that have asked to be left alone, and until when; the time may be over."""
        return dict(self._database.all("SELECT site, until FROM closed_sites"))

    def open_sites(self, sites: Sequence[str]) -> None:
        """Forget that these sites asked to be left alone."""
        with self._database.writing() as db:
            db.executemany("DELETE FROM closed_sites WHERE site = ?", [(site,) for site in sites])

    def failed(self, url: str) -> None:
        """Count a failure to fetch a page that waits."""
        with self._database.writing() as db:
            db.execute("UPDATE pages SET attempts = attempts + 1 WHERE url = ? AND waiting", (url,))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


_FEED = """INSERT INTO feeds (url, kind, title, most, etag, last_modified, checked_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET kind = excluded.kind, title = excluded.title, most = excluded.most,
    etag = excluded.etag, last_modified = excluded.last_modified, checked_at = excluded.checked_at"""

# A page that two feeds announce is looked after by the first. One that was added by its address is taken over as it is.
_ANNOUNCE = """INSERT INTO pages (url, feed, version, date, author, waiting) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (url) DO UPDATE SET
    waiting = waiting OR (version NOT IN ('', excluded.version) AND excluded.version != ''),
    attempts = CASE version WHEN excluded.version THEN attempts ELSE 0 END,
    feed = excluded.feed, version = excluded.version,
    date = coalesce(excluded.date, date), author = coalesce(excluded.author, author)
    WHERE feed IS NULL OR feed = excluded.feed"""

_SETTLE = """INSERT INTO pages (url, etag, last_modified) VALUES (?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
    waiting = 0, attempts = 0"""
