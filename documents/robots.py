"""What a site's robots.txt lets programs fetch, by RFC 9309."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from documents.errors import ArticleError
from documents.reply import Bounds, Reply
from documents.web import AGENT, get

if TYPE_CHECKING:
    from protego import Protego

_SIZE = 500 * 1024  # bytes; RFC 9309 lets a reader stop there
_LONGEST_DELAY = 30.0  # seconds between two pages; some sites ask for hours
_DAY_S = 86_400
_FIRST_ERROR, _FIRST_FAULT, _TOO_MANY = 400, 500, 429


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's rules.

    Attributes:
        rules: as they were read; None where a site has none and so allows everything.
        sitemaps: the addresses of sitemaps that they name.
        delay_s: how long to wait between two pages, 0.0 when they do not say.
    """

    rules: "Protego | None" = field(default=None, repr=False, compare=False)
    sitemaps: tuple[str, ...] = ()
    delay_s: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether a program of our name may fetch an address of the site."""
        return self.rules is None or self.rules.can_fetch(url, AGENT)


def site_of(url: str) -> str:
    """The part of an address that rules hold for: scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def fetch_robots(site: str, bounds: Bounds) -> Robots:
    """The rules of a site, as `site_of` gives it.

    Raises:
        ArticleError: it cannot be told whether there are rules, and so nothing may be fetched.
    """
    url = f"{site}/robots.txt"
    reply = get(url, bounds=replace(bounds, size=4 * _SIZE))
    if reply.status >= _FIRST_FAULT or reply.status == _TOO_MANY:
        raise ArticleError(
            f"{url} answers {reply.status}, so it cannot be told what the site lets programs fetch.",
            help="Try again later.",
        )
    return Robots() if reply.status >= _FIRST_ERROR else read_robots(reply)


def read_robots(reply: Reply) -> Robots:
    """Rules from their text. Lines that make no sense are passed over, so anything can be read."""
    from protego import Protego  # noqa: PLC0415 - only for the web

    rules = Protego.parse(reply.body[:_SIZE].decode("utf-8-sig", "replace"))
    rate = rules.request_rate(AGENT)
    paces = (rules.crawl_delay(AGENT) or 0.0, min(rate.seconds, _DAY_S) / rate.requests if rate else 0.0)
    delay = max((min(pace, _LONGEST_DELAY) for pace in paces if pace > 0), default=0.0)  # not a number is not above 0
    return Robots(rules, tuple(dict.fromkeys(rules.sitemaps)), delay)
