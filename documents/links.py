"""Addresses of articles: as feeds, sitemaps and lists in files name them."""

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

_LONGEST = 2_000  # characters of an address; sitemaps end at 2,048
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Link:
    """An article that somebody announces.

    Attributes:
        url: where it is.
        version: names its last change, in whatever form; "" when that is not said.
        date: when it was published, in ISO 8601, None when that is not said.
        author: who wrote it, None when that is not said.
    """

    url: str
    version: str = ""
    date: str | None = None
    author: str | None = None


def web_address(written: str, base: str = "") -> str | None:
    """An address in full, without the place on its page; None for what is no address of the web.

    Args:
        written: as it stands in a feed, a sitemap or a file.
        base: the address of where it stands, which it may be relative to.
    """
    try:
        parts = urlsplit(urldefrag(urljoin(base, written.strip())).url)
        url = parts.geturl()
        _ = parts.port
    except ValueError:
        return None
    named = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    if not named or len(url) > _LONGEST or not url.isprintable() or " " in url:
        return None
    return url


def listed_addresses(data: bytes) -> tuple[str, ...]:
    """The addresses in a text that is a list of them: one a line, with empty lines and `#` remarks between.

    Args:
        data: a file of any kind.

    Returns:
        Each address once, in order; () for a text that holds anything else.
    """
    try:
        lines = data.decode().removeprefix(_MARK).splitlines()
    except UnicodeDecodeError:
        return ()
    written = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    found = [web_address(line) for line in written]
    return tuple(dict.fromkeys(url for url in found if url)) if all(found) else ()
