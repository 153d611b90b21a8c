"""RSS and Atom: what a feed announces."""

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from documents.display import printable
from documents.errors import ArticleError
from documents.links import Link, web_address
from documents.published import iso_date
from documents.reply import Reply

FEED_SIZE = 8_000_000  # bytes; the longest feeds, with whole articles in them, have some 2 MB

_MOST_TAGS = 300_000  # a broken feed is read by a patient parser, which takes 0.1 ms for each
_KINDS = ("application/rss+xml", "application/atom+xml")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds now: its name, "" when it has none, and the articles it announces, in its order."""

    title: str
    links: tuple[Link, ...]


def read_feed(reply: Reply) -> Feed:
    """Read a feed, also one that is not well-formed.

    Args:
        reply: what the server answered.

    Raises:
        ArticleError: it is no feed.
    """
    import feedparser  # noqa: PLC0415 - 0.1 s, and only for feeds

    name = printable(reply.url)
    if (tags := reply.body.count(b"<")) > _MOST_TAGS:
        raise ArticleError(f"{name} has {tags:,} tags; a feed may have {_MOST_TAGS:,}.")
    try:
        parsed = feedparser.parse(
            io.BytesIO(reply.body),  # never a string: that could name a file
            response_headers={"content-type": reply.kind, "content-location": reply.url},
            resolve_relative_uris=False,  # in texts, of which none is used
            sanitize_html=False,
        )
    except Exception as error:  # what it makes of odd addresses and characters
        raise ArticleError(f"{name} cannot be read as a feed: {printable(error)}.") from error
    if not parsed.get("version"):
        raise ArticleError(f"{name} is neither RSS nor Atom.", help="Name the address of the feed itself.")
    links = {link.url: link for link in _links(parsed.entries, reply.url)}
    return Feed(_one_line(parsed.feed.get("title")) or "", tuple(links.values()))


def announced_feed(reply: Reply) -> str | None:
    """The address of the first feed that a web page says it has."""
    finder = _Finder()
    with suppress(AssertionError):  # what the parser makes of odd declarations
        finder.feed(reply.page(reply.url)[:_HEAD].decode("utf-8", "replace"))
    return next((url for written in finder.found if (url := web_address(written, reply.url))), None)


_HEAD = 200_000  # bytes; links stand in the head of a page


class _Finder(HTMLParser):
    """Notes the feeds of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        alternate = tag == "link" and "alternate" in known.get("rel", "").lower().split()
        if alternate and known.get("type", "").lower() in _KINDS and known.get("href"):
            self.found.append(known["href"])


def _said(entry: dict[str, Any], name: str) -> str:
    """A value of an entry as it stands there: its own `get` would take one date for another."""
    return str(dict.get(entry, name) or "")


def _links(entries: list[dict[str, Any]], base: str) -> Iterator[Link]:
    for entry in entries:
        url = web_address(_said(entry, "link"), base)
        if url is not None:
            written = _said(entry, "updated") or _said(entry, "published")
            version = written[:_LONGEST_NAME].encode("utf-8", "backslashreplace").decode()
            yield Link(url, version, _date(entry), _one_line(_said(entry, "author")))


def _date(entry: dict[str, Any]) -> str | None:
    """The day of publication where the publisher is: not that of Greenwich, which may be another."""
    written = _said(entry, "published") or _said(entry, "updated")
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, OverflowError):
        return iso_date(written[:_LONGEST_NAME])


def _one_line(value: object) -> str | None:
    """A name as one line, None for what is none, or too long for one."""
    text = " ".join(str(value or "").split())
    return text if text and len(text) <= _LONGEST_NAME and text.isprintable() else None
