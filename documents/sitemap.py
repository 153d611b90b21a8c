"""Sitemaps: a site's own list of its pages, or of further sitemaps."""

import io
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from documents.display import printable
from documents.errors import ArticleError
from documents.links import Link, listed_addresses, web_address
from documents.published import iso_date
from documents.reply import Reply

SITEMAP_SIZE = 52_428_800  # bytes, and
_MOST_PAGES = 50_000  # both by the protocol (sitemaps.org)

_LOOSE = re.compile(rb"&(?!#?\w{1,8};)")  # in an address that was written down as it is
_GZIP = b"\x1f\x8b"
_LONGEST = 2_100  # characters of an address or a date


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, further sitemaps, or in the wild both."""

    pages: tuple[Link, ...]
    sitemaps: tuple[Link, ...]


def read_sitemap(reply: Reply) -> Sitemap:
    """Read a sitemap: XML, or plain text with an address a line; compressed or not.

    Addresses on other sites are left out: nobody can speak for them.

    Args:
        reply: what the server answered.

    Raises:
        ArticleError: it is no sitemap, or larger than a sitemap may be.
    """
    name = printable(reply.url)
    data = _unfolded(reply.body, name)
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        found = [("url", Link(url)) for url in listed_addresses(data)]
    else:
        found = _read(data, reply.url)
    if not found:
        raise ArticleError(f"{name} is no sitemap, or an empty one.")
    own = [(kind, link) for kind, link in found if _host(link.url) == _host(reply.url)][:_MOST_PAGES]
    pages, sitemaps = ({link.url: link for kind, link in own if kind == wanted} for wanted in ("url", "sitemap"))
    return Sitemap(tuple(pages.values()), tuple(sitemaps.values()))


class _Reader:
    """Takes note of each `url` and `sitemap` as the parser passes it; a tree of 50 MB would take ten times as much."""

    def __init__(self, base: str) -> None:
        self.found: list[tuple[str, Link]] = []
        self._base = base
        self._open: list[str] = []
        self._values: dict[str, str] = {}

    def start(self, tag: str, attributes: object) -> None:
        del attributes
        self._open.append(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        # A picture of the page has a `loc` of its own, further inside.
        inside = self._open[-2:-1] in (["url"], ["sitemap"])
        name = self._open[-1] if self._open else ""
        if (name in ("loc", "lastmod") and inside) or name == "publication_date":
            self._values[name] = (self._values.get(name, "") + text)[:_LONGEST]

    def end(self, tag: str) -> None:
        del tag
        kind = self._open.pop() if self._open else ""
        if kind not in ("url", "sitemap"):
            return
        values, self._values = self._values, {}
        if len(self.found) < _MOST_PAGES and (url := web_address(values.get("loc", ""), self._base)) is not None:
            version, date = values.get("lastmod", "").strip(), iso_date(values.get("publication_date", ""))
            self.found.append((kind, Link(url, version, date)))

    def close(self) -> None:
        """There is nothing to hand over but `found`."""


def _read(data: bytes, base: str) -> list[tuple[str, Link]]:
    """What the XML lists; behind an error in it some may be lost, what stands before it is not."""
    from lxml import etree  # noqa: PLC0415 - only for sitemaps

    reader = _Reader(base)
    parser = etree.XMLParser(target=reader, recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    with suppress(etree.XMLSyntaxError, UnicodeDecodeError):  # libxml2 passes on references to half a character
        etree.parse(io.BytesIO(_LOOSE.sub(b"&amp;", data)), parser)
    return reader.found


def _unfolded(data: bytes, name: str) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        unfold = zlib.decompressobj(31)
        found = unfold.decompress(data, SITEMAP_SIZE + 1)
    except zlib.error as error:
        raise ArticleError(f"{name} is damaged: {error}.") from error
    if len(found) > SITEMAP_SIZE:
        raise ArticleError(f"{name} has more than {SITEMAP_SIZE:,} bytes, the limit of the protocol.")
    return found


def _host(url: str) -> str:
    return (urlsplit(url).netloc or "").lower().removeprefix("www.")
