"""Where an article can be read in its own place, as far as what it says of itself can be trusted with a link."""

from pathlib import PurePath
from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address when it leads to a web page, None for every other scheme and for anything malformed.

    Browsers drop white space and control characters from an address, so one that holds any could mean
    something else than what was checked.
    """
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        return None
    return url if _host(url) else None


def site(url: str) -> str:
    """The host of a web address, to show where a link leads."""
    return _host(url).removeprefix("www.")


def file_name(path: str) -> str:
    """The last part of a path; where it lies is nobody's business who only reads."""
    return PurePath(path).name


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""
