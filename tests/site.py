"""A web site on this machine, whose answers a test writes down, and a clock that does not wait."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from documents import Bounds, Fetcher, Pace
from documents.address import ALLOW_PRIVATE

PATIENT = Pace(pause_s=1.0, bounds=Bounds(size=1_000_000, step_s=5, whole_s=10))
HASTY = Pace(pause_s=1.0, bounds=Bounds(size=1_000_000, step_s=0.8, whole_s=1.0))

MONDAY, TUESDAY = "Mon, 16 Nov 2026 08:00:00 +0100", "Tue, 17 Nov 2026 08:00:00 +0100"


@dataclass(frozen=True)
class Answer:
    """What the site sends. With a version, a request that names it is answered 304."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    version: str = ""


Send = Callable[[BaseHTTPRequestHandler], None]
"""Writes an answer of any form, byte by byte."""


@dataclass(frozen=True)
class Request:
    """What the site was asked."""

    path: str
    headers: dict[str, str]


class Site:
    """The site: `pages` has an answer for each path, or several, of which each is given once and the last for ever."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Answer | Send | list[Answer | Send]] = {}
        self.requests: list[Request] = []

    def paths(self) -> list[str]:
        """What was asked for since the last call, in order; rules for robots are left out."""
        asked, self.requests = self.requests, []
        return [request.path for request in asked if request.path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append(Request(handler.path, dict(handler.headers)))
        found = self.pages.get(handler.path, Answer("gone", status=404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Answer):
            _send(handler, found)
        else:
            found(handler)


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that may be asked although it is on this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(ALLOW_PRIVATE, "1")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(ConnectionError, TimeoutError):  # a reader that has had enough
                site.answer(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


class FakeClock:
    """A clock whose sleep takes no time; `slept` has all waits."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def time(self) -> float:
        return 1_800_000_000.0 + self.now

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def in_the_future(self, seconds: float) -> str:
        """A date as it stands in a header."""
        return formatdate(self.time() + seconds, usegmt=True)


def fetcher(clock: FakeClock | None = None, pace: Pace = PATIENT) -> Fetcher:
    """A fetcher that waits on a fake clock."""
    return Fetcher(pace, clock or FakeClock())


def page(text: str, title: str = "A page") -> Answer:
    """A news page that says this."""
    return Answer(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p></article></body></html>",
        version=f'"{hash(text)}"',
    )


def rss(*items: tuple[str, str], version: str = "") -> Answer:
    """A feed of addresses and dates of publication."""
    entries = "".join(f"<item><link>{url}</link><pubDate>{date}</pubDate></item>" for url, date in items)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
    return Answer(body, "application/rss+xml", version=version or f'"{hash(body)}"')


def sitemap(*pages: tuple[str, str], of: str = "url") -> Answer:
    """A sitemap of addresses and dates of change; of "sitemap", an index."""
    entries = "".join(f"<{of}><loc>{url}</loc><lastmod>{date}</lastmod></{of}>" for url, date in pages)
    root = "urlset" if of == "url" else "sitemapindex"
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Answer(f'<?xml version="1.0"?><{root} xmlns="{namespace}">{entries}</{root}>', "application/xml")


def drip(piece: bytes, *, head: bytes = b"") -> Send:
    """Sends `head`, then a piece again and again in time, for as long as the reader stays."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(200):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.05)

    return send


def flood(head: bytes, piece: bytes) -> Send:
    """Sends `head`, then a piece again and again as fast as it goes."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(100_000):
            handler.wfile.write(piece)

    return send


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    same = answer.version and handler.headers["If-None-Match"] == answer.version
    body = b"" if same else answer.body.encode() if isinstance(answer.body, str) else answer.body
    handler.send_response(304 if same else answer.status)
    headers = {"Content-Type": answer.kind, "Content-Length": str(len(body)), **answer.headers}
    for name, value in (headers | ({"ETag": answer.version} if answer.version else {})).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
