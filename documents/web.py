"""One web address, fetched within bounds, and never from this machine's own network."""

import codecs
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from documents.address import addresses
from documents.article import Article
from documents.display import printable
from documents.errors import ArticleError
from documents.load import SIZE_LIMIT
from documents.reply import Bounds, Reply, Validators
from documents.unreachable import CHECK, is_unreachable, why_unreachable
from documents.watch import Watch

if TYPE_CHECKING:
    import httpx

AGENT = "Dossier"
"""The name that rules for robots are looked up by."""

_REDIRECTS = 5
_HEADERS = {
    "User-Agent": f"{AGENT}/0.1",
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip",
}
_LONGEST_VALIDATOR = 1_000  # characters; a server may send what it likes, and it is kept and sent back


def load_url(url: str) -> Article:
    """Fetch a web page or document and make an article of it; see `fetch` for what is refused.

    Raises:
        ArticleError: when it cannot be fetched or holds no text.
    """
    reply = get(url)
    reply.check(url)
    return reply.article(url)


def fetch(url: str, *, limit: int = SIZE_LIMIT) -> bytes:
    """Fetch one web page that a person named; `Fetcher` fetches many, politely.

    Args:
        url: an http or https address. Addresses of this machine and of private networks are refused, also behind
            redirects, unless the environment sets DOSSIER_ALLOW_PRIVATE=1.
        limit: largest number of bytes accepted, after decompression.

    Returns:
        The page; as UTF-8 when the server says which other encoding it sent.

    Raises:
        ArticleError: when the address is refused, nothing answers, or the answer is no text.
    """
    reply = get(url, bounds=Bounds(size=limit))
    reply.check(url)
    return reply.page(url)


def get(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
    before: Callable[[str], None] = lambda _: None,
) -> Reply:
    """Ask for an address and follow redirects; see `fetch` for what is refused.

    Args:
        url: an http or https address.
        headers: those of a conditional request.
        bounds: how much the answer may take.
        before: called with each address before it is asked; what it raises ends the matter.

    Returns:
        The answer, also when it is an error.

    Raises:
        ArticleError: the address is refused, nothing answers, or the answer is too large, too slow or damaged.
    """
    import httpx  # noqa: PLC0415 - 0.1 s, and only for web pages

    bounds = bounds or Bounds()
    watch = Watch(bounds.whole_s)
    try:
        with httpx.Client(
            timeout=bounds.step_s,
            headers={**_HEADERS, **(headers or {})},
            # A connection is known by its address: kept, it would carry a name that its certificate is not for.
            limits=httpx.Limits(max_keepalive_connections=0),
            verify=_trusted(),
        ) as client:
            reply = _followed(client, url, bounds, before, watch)
    # httpx passes on what others make of odd names: IDNAError and UnicodeEncodeError, which are ValueErrors.
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        if watch.over:
            raise _too_long(url, bounds) from error
        reason, hint = printable(why_unreachable(error)), CHECK if is_unreachable(error) else ""
        raise ArticleError(f"{printable(url)} cannot be fetched: {reason}.", help=hint) from error
    if watch.over:  # a body without a length seems whole when it is cut off
        raise _too_long(url, bounds)
    return reply


def _too_long(url: str, bounds: Bounds) -> ArticleError:
    return ArticleError(f"{printable(url)} takes longer than {bounds.whole_s:g} s to arrive.")


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust; reading all certificates takes longer than many a page."""
    import httpx  # noqa: PLC0415 - as above

    return httpx.create_ssl_context()


def _followed(client: "httpx.Client", url: str, bounds: Bounds, before: Callable[[str], None], watch: Watch) -> Reply:
    """The answer at the end of the redirects."""
    import httpx  # noqa: PLC0415 - as above

    target = httpx.URL(url)
    for _ in range(_REDIRECTS + 1):
        if target.scheme not in ("http", "https") or not target.host or target.userinfo:
            raise ArticleError(
                f"{printable(target)} is not a web address that can be fetched.",
                help="It must begin with http:// or https:// and hold no user name or password.",
            )
        before(str(target))
        with watch, _answer(client, target, watch) as response:
            if not response.has_redirect_location:
                return _reply(response, target, url, bounds)
            target = target.join(response.headers["location"])
    raise ArticleError(f"{printable(url)} leads through more than {_REDIRECTS} redirects.")


@contextmanager
def _answer(client: "httpx.Client", url: "httpx.URL", watch: Watch) -> Iterator["httpx.Response"]:
    """Ask the first checked address that accepts a connection, under the name that the page is known by."""
    import httpx  # noqa: PLC0415 - as above

    port = url.port or (443 if url.scheme == "https" else 80)
    places = addresses(url.host, port, url.scheme)
    for place in places:
        request = client.build_request("GET", url)
        request.extensions["trace"] = watch.trace
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


def _reply(response: "httpx.Response", target: "httpx.URL", url: str, bounds: Bounds) -> Reply:
    good = response.is_success
    return Reply(
        url=str(target),
        status=response.status_code,
        reason=response.reason_phrase,
        kind=response.headers.get("content-type", "").lower(),
        charset=_known(response.charset_encoding),
        body=b"".join(_bounded(response, url, bounds.size)) if good else b"",
        validators=Validators(*(_validator(response.headers.get(name)) for name in ("etag", "last-modified"))),
        retry_after=response.headers.get("retry-after"),
    )


def _validator(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _known(charset: str | None) -> str | None:
    try:
        return codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        return None


def _bounded(response: "httpx.Response", url: str, limit: int) -> Iterator[bytes]:
    """Decompressed pieces; a small answer that unfolds without end is stopped like a large one."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
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
        yield piece
    if unfold and size and not unfold.eof:
        raise ArticleError(f"{printable(url)} is damaged: it ends in the middle.")
