"""Fetching as a polite reader does, against a site on this machine."""

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from documents import ArticleError, Validators
from documents.address import ALLOW_PRIVATE
from tests.documents.texts import CANAL
from tests.site import HASTY, Answer, FakeClock, Send, Site, drip, fetcher, flood, page


def test_a_page_that_is_known_is_not_sent_again(site: Site) -> None:
    reader = fetcher()
    first = reader.get(f"{site.url}/a")
    again = reader.get(f"{site.url}/a", first.validators)
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert site.requests[-1].headers["If-None-Match"] == first.validators.etag


def test_a_date_of_change_is_sent_back(site: Site) -> None:
    site.pages["/dated"] = Answer("x", headers={"Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"})
    reader = fetcher()
    known = reader.get(f"{site.url}/dated").validators
    assert known == Validators(None, "Sat, 21 Nov 2026 10:00:00 GMT")
    reader.get(f"{site.url}/dated", known)
    assert site.requests[-1].headers["If-Modified-Since"] == "Sat, 21 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("etag", ['"' + "x" * 2_000 + '"', '"å"'])
def test_a_version_that_cannot_be_sent_back_is_not_kept(site: Site, etag: str) -> None:
    site.pages["/odd"] = Answer("x", headers={"ETag": etag})
    assert fetcher().get(f"{site.url}/odd").validators == Validators()


def test_pages_of_one_site_are_a_pause_apart(site: Site) -> None:
    clock = FakeClock()
    reader = fetcher(clock)
    for path in ("/a", "/b", "/a"):
        reader.get(site.url + path)
    assert clock.slept == [1.0, 1.0]
    clock.now += 10
    reader.get(f"{site.url}/b")
    assert clock.slept == [1.0, 1.0]


def test_waiting_for_a_site_is_not_counted_as_its_slowness(site: Site) -> None:
    clock = FakeClock()
    clock.sleep = lambda seconds: time.sleep(HASTY.bounds.whole_s * 1.5 if seconds else 0)  # type: ignore[method-assign]
    reader = fetcher(clock, HASTY)
    reader.get(f"{site.url}/a")
    assert reader.get(f"{site.url}/b").status == 200


def test_two_sites_do_not_wait_for_each_other(site: Site) -> None:
    clock = FakeClock()
    reader = fetcher(clock)
    reader.get(f"{site.url}/a")
    reader.get(f"{site.url.replace('127.0.0.1', 'localhost')}/a")
    assert clock.slept == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_site_is_asked_again_when_it_says(site: Site, status: int) -> None:
    site.pages["/a"] = [Answer("", status=status, headers={"Retry-After": "20"}), page(CANAL)]
    clock = FakeClock()
    assert fetcher(clock).get(f"{site.url}/a").status == 200
    assert clock.slept == [20.0]


def test_a_busy_site_may_name_a_date(site: Site) -> None:
    clock = FakeClock()
    site.pages["/a"] = [Answer("", status=429, headers={"Retry-After": clock.in_the_future(30)}), page(CANAL)]
    fetcher(clock).get(f"{site.url}/a")
    assert clock.slept == [pytest.approx(30, abs=1)]


@pytest.mark.parametrize("asked", ["3600", "9" * 400, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_site_that_wants_a_long_pause_is_left_alone(site: Site, asked: str) -> None:
    site.pages["/a"] = Answer("", status=429, headers={"Retry-After": asked})
    clock = FakeClock()
    reader = fetcher(clock)
    with pytest.raises(ArticleError, match=r"429 Too Many Requests.*Try again in \d+ s"):
        reader.get(f"{site.url}/a")
    with pytest.raises(ArticleError, match=r"asked to be left alone for \d+ s"):
        reader.get(f"{site.url}/b")
    assert (site.paths(), clock.slept) == (["/a"], [])
    clock.now += 86_401
    assert reader.get(f"{site.url}/b").status == 200


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"Retry-After": "-1"}])
def test_a_site_that_stays_busy_is_given_up(site: Site, headers: dict[str, str]) -> None:
    site.pages["/a"] = Answer("", status=503, headers=headers)
    clock = FakeClock()
    with pytest.raises(ArticleError, match="answers 503"):
        fetcher(clock).get(f"{site.url}/a")
    assert site.paths() == ["/a"] * 3
    assert clock.slept == [5.0, 10.0]


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("send", "message"),
    [
        (drip(b"x", head=HEAD + b"\r\n"), "takes longer than 1 s"),
        (drip(b"X-More: y\r\n", head=HEAD), "takes longer than 1 s"),
        (drip(b"1\r\nx\r\n", head=CHUNKED), "takes longer than 1 s"),
        (drip(b"", head=b""), "cannot be fetched|takes longer"),
        (flood(HEAD + b"\r\n", b"x" * 10_000), "more than 1,000,000 bytes"),
        (flood(HEAD, b"X: " + b"y" * 1_000 + b"\r\n"), "cannot be fetched"),
        (flood(CHUNKED, b"2710\r\n" + b"x" * 10_000 + b"\r\n"), "more than 1,000,000 bytes"),
    ],
    ids=["slow body", "slow head", "slow chunks", "silence", "endless body", "endless head", "endless chunks"],
)
def test_slow_and_endless_answers_come_to_an_end(site: Site, send: Send, message: str) -> None:
    site.pages["/a"] = send
    begun = time.monotonic()
    with pytest.raises(ArticleError, match=message):
        fetcher(pace=HASTY).get(f"{site.url}/a")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"", "cannot be fetched"),
        (b"no http at all\r\n\r\n", "cannot be fetched"),
        (HEAD + b"Content-Length: 1000\r\n\r\nshort", "cannot be fetched"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nnot a number\r\n", "cannot be fetched"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 5_000, mtime=0)[:30], "ends in the middle"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(3_000_000)), "more than 1,000,000 bytes"),
        (b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe://\r\n\r\n", "cannot be fetched|not a web address|answers 404"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[::\r\n\r\n", "cannot be fetched"),
        (b"HTTP/1.1 302 Found\r\nLocation: ftp://a.example/\r\n\r\n", "not a web address"),
    ],
)
def test_broken_answers_are_told(site: Site, sent: bytes, message: str) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(sent)

    site.pages["/a"] = send
    with pytest.raises(ArticleError, match=message):
        fetcher().get(f"{site.url}/a")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("latin-1", "iso-8859-1"),
        ("utf-8", "iso-8859-1"),  # the claim is wrong: bytes that are UTF-8 are nothing else
        ("utf-8", "no-such-encoding"),
        ("utf-8", "\ufb00".encode().decode("latin-1")),
        ("cp1252", "us-ascii"),
        ("utf-16", "utf-16"),
    ],
)
def test_the_words_are_right_whatever_the_server_claims(site: Site, encoding: str, declared: str) -> None:
    site.pages["/a"] = Answer(CANAL.encode(encoding), f"text/plain; charset={declared}")
    reply = fetcher().get(f"{site.url}/a")
    assert reply.page("/a").decode().lstrip("\ufeff") == CANAL


def test_a_name_that_leads_elsewhere_a_moment_later_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the second answer for the name is an address of the inside."""
    monkeypatch.delenv(ALLOW_PRIVATE)
    monkeypatch.setattr("documents.address.is_public", lambda address: address == "127.0.0.1")
    places = iter(["127.0.0.1", "127.0.0.1", "0.0.0.0"])  # noqa: S104 - an address of the inside
    literal = socket.getaddrinfo

    def resolve(host: str, port: int, *kinds: Any, **more: Any) -> list[tuple[Any, ...]]:
        return list(literal(next(places) if host == "news.example" else host, port, *kinds, **more))

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    url = site.url.replace("127.0.0.1", "news.example")
    reader = fetcher()
    assert reader.get(f"{url}/a").status == 200  # two names were looked up, for the rules and for the page
    with pytest.raises(ArticleError, match=r"private network \(0\.0\.0\.0\)"):
        reader.get(f"{url}/b")


def test_a_redirect_into_this_machine_is_refused_where_it_is_not_allowed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ALLOW_PRIVATE, "0")
    with pytest.raises(ArticleError, match=f"private network.*{ALLOW_PRIVATE}=1"):
        fetcher().get(f"{site.url}/a")
    assert site.requests == []
