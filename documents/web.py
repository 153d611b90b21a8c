"""Web pages: fetched within bounds, and never from this machine's own network."""

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from documents.address import addresses
from documents.article import Article
from documents.decode import decode_declared
from documents.display import printable
from documents.errors import ArticleError
from documents.load import SIZE_LIMIT
from documents.parse import parse

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
_TIMEOUT = 20.0  # seconds for one step: connecting, or the next bytes
_DEADLINE = 120.0  # seconds for a whole page
_KINDS = ("text/", "application/xhtml+xml", "application/xml")
_HEADERS = {"User-Agent": "Dossier/0.1", "Accept": "text/html, text/plain;q=0.9", "Accept-Encoding": "gzip"}


def load_url(url: str) -> Article:
    """Fetch a web page and make an article of it.

    Raises:
        ArticleError: when it cannot be fetched or holds no text.
    """
    return parse(fetch(url), url=url)


def fetch(url: str, *, limit: int = SIZE_LIMIT) -> bytes:
    """Fetch a web page.

    Args:
        url: an http or https address. Addresses of this machine and of private networks are refused, also behind
            redirects, unless the environment sets DOSSIER_ALLOW_PRIVATE=1.
        limit: largest number of bytes accepted, after decompression.

    Returns:
        The page; as UTF-8 when the server says which other encoding it sent.

    Raises:
        ArticleError: when the address is refused, nothing answers, or the answer is no text.
    """
    import httpx  # noqa: PLC0415 - 0.1 s, and only for web pages

    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, headers=_HEADERS) as client:
            return _followed(client, url, limit)
    # httpx passes on what others make of odd names: IDNAError and UnicodeEncodeError, which are ValueErrors.
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ArticleError(f"{printable(url)} cannot be fetched: {printable(error)}.") from error


def _followed(client: "httpx.Client", url: str, limit: int) -> bytes:
    """The page at the end of the redirects."""
    import httpx  # noqa: PLC0415 - as above

    deadline = time.monotonic() + _DEADLINE
    target = httpx.URL(url)
    for _ in range(_REDIRECTS + 1):
        with _answer(client, target) as response:
            if not response.has_redirect_location:
                return _body(response, url, limit, deadline)
            target = target.join(response.headers["location"])
    raise ArticleError(f"{printable(url)} leads through more than {_REDIRECTS} redirects.")


@contextmanager
def _answer(client: "httpx.Client", url: "httpx.URL") -> Iterator["httpx.Response"]:
    """Ask the first checked address that accepts a connection, under the name that the page is known by."""
    import httpx  # noqa: PLC0415 - as above

    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise ArticleError(
            f"{printable(url)} is not a web address that can be fetched.",
            help="It must begin with http:// or https:// and hold no user name or password.",
        )
    port = url.port or (443 if url.scheme == "https" else 80)
    places = addresses(url.host, port, url.scheme)
    for place in places:
        request = client.build_request("GET", url)
        if place is not None:
            request.url = url.copy_with(host=place)
            request.extensions["sni_hostname"] = url.host
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if place == places[-1]:
                raise
            continue
        try:
            yield response
        finally:
            response.close()
        return


def _body(response: "httpx.Response", url: str, limit: int, deadline: float) -> bytes:
    if response.is_error:
        raise ArticleError(f"{printable(url)} answers {response.status_code} {printable(response.reason_phrase)}.")
    kind = response.headers.get("content-type", "text/html").lower()
    if not kind.startswith(_KINDS):
        raise ArticleError(f"{printable(url)} is {printable(kind)}.", help="Dossier fetches web pages and plain text.")
    data = b"".join(_bounded(response, url, limit, deadline))
    charset = response.charset_encoding
    text = decode_declared(data, charset) if charset else None
    return data if text is None else text.encode()


def _bounded(response: "httpx.Response", url: str, limit: int, deadline: float) -> Iterator[bytes]:
    """Decompressed pieces; a small answer that unfolds without end is stopped like a large one."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "deflate"):
        raise ArticleError(f"{printable(url)} is compressed as {printable(encoding)}, which was not asked for.")
    unfold = zlib.decompressobj(47) if encoding != "identity" else None  # 47: gzip or zlib, told by its head
    size = 0
    for raw in response.iter_raw():
        try:
            piece = unfold.decompress(raw, limit + 1) if unfold else raw
        except zlib.error as error:
            raise ArticleError(f"{printable(url)} is damaged: {error}.") from error
        size += len(piece)
        if size > limit:
            raise ArticleError(f"{printable(url)} has more than {limit:,} bytes, the limit.")
        if time.monotonic() > deadline:
            raise ArticleError(f"{printable(url)} takes longer than {_DEADLINE:.0f} s to arrive.")
        yield piece
