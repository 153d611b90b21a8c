import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from documents import ArticleError, fetch, load_url
from documents.address import ALLOW_PRIVATE, addresses, is_public
from documents.unreachable import CHECK, why_unreachable

PAGE = "<!doctype html><html><body><article>" + "<p>Bron i Malmö öppnades i går av drottningen.</p>" * 5
BOMB = gzip.compress(bytes(3_000_000))

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    "/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode("latin-1")),
    "/gzip": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, BOMB),
    "/damaged": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip"),
    "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"?"),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
    "/missing": (404, {"Content-Type": "text/html"}, b"gone"),
    "/moved": (302, {"Location": "/page"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/inwards": (302, {"Location": "http://10.0.0.1/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/no-name": (302, {"Location": "http://xn--/"}, b""),
    "/no-port": (302, {"Location": "http://a.example:port/"}, b""),
    "/host": (200, {"Content-Type": "text/plain"}, b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        body = self.headers["Host"].encode() if self.path == "/host" else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield httpd.server_address[1]
        httpd.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", ALLOW_PRIVATE):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site(server: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test server, with this machine's addresses allowed."""
    monkeypatch.setenv(ALLOW_PRIVATE, "1")
    return f"http://127.0.0.1:{server}"


@pytest.fixture
def public(server: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test server under a name that seems to be on the open internet."""
    monkeypatch.setattr("documents.address.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: _answer("127.0.0.1", host, port))
    return f"http://news.example:{server}"


def _answer(address: str, host: str, port: int) -> list[tuple[Any, ...]]:
    place = "10.0.0.1" if host == "10.0.0.1" else address
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]


@pytest.mark.parametrize("path", ["/page", "/latin", "/gzip", "/moved"])
def test_a_page_becomes_an_article(site: str, path: str) -> None:
    article = load_url(site + path)
    assert article.text.startswith("Bron i Malmö öppnades i går")
    assert (article.language, article.url, article.path) == ("sv", site + path, None)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/bomb", "more than 1,000,000 bytes"),
        ("/damaged", "is damaged"),
        ("/brotli", "compressed as br"),
        ("/pdf", "is application/pdf"),
        ("/missing", "answers 404 Not Found"),
        ("/circle", "more than 5 redirects"),
        ("/file", "is not a web address"),
        ("/no-name", "cannot be fetched"),
        ("/no-port", "cannot be fetched"),
    ],
)
def test_what_is_refused(site: str, path: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        fetch(site + path, limit=1_000_000)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "a.example", "http://", "http://u:p@a.example/"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ArticleError, match="not a web address"):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example:port/", "http://xn--/", "http://a.example/\udcff", "http://\udcff.example/", "http://[::/"],
)
def test_an_address_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(ArticleError, match="cannot be f"):
        fetch(url)


def test_this_machine_is_refused_unless_allowed(server: int) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "2130706433"):
        with pytest.raises(ArticleError, match=f"{ALLOW_PRIVATE}=1|was not found"):
            fetch(f"http://{host}:{server}/page")


def test_a_redirect_to_a_private_address_is_refused(public: str) -> None:
    with pytest.raises(ArticleError, match=r"10\.0\.0\.1 is on this machine or a private network"):
        fetch(f"{public}/inwards")


def test_the_checked_address_is_asked_under_the_page_s_name(public: str) -> None:
    assert fetch(f"{public}/host").decode() == public.removeprefix("http://")


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW_PRIVATE, "1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(ArticleError, match="cannot be fetched"):
            fetch(f"http://127.0.0.1:{free.getsockname()[1]}/")


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [*_answer("93.184.215.14", "", 80), *_answer("192.168.1.1", "", 80)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(ArticleError, match=r"192\.168\.1\.1"):
        addresses("news.example", 80, "http")


def test_a_proxy_resolves_names_but_not_literal_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    assert addresses("news.example", 443, "https") == [None]
    with pytest.raises(ArticleError):
        addresses("127.0.0.1", 443, "https")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - as an address to reach
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_host_that_nobody_knows_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ArticleError) as caught:
        fetch("http://no-such-host.invalid/")
    assert str(caught.value) == f"The host no-such-host.invalid was not found. {CHECK}"
    assert isinstance(caught.value.__cause__, socket.gaierror)


def test_a_host_that_takes_no_connections_is_told_in_plain_words(site: str) -> None:
    del site  # lets this machine be asked
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    with pytest.raises(ArticleError) as caught:
        fetch(url)
    assert str(caught.value) == f"{url} cannot be fetched: the host takes no connections there. {CHECK}"


def test_what_lies_behind_an_error_of_a_library_is_told() -> None:
    wrapped = RuntimeError("[Errno -2] Name or service not known")
    wrapped.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert why_unreachable(wrapped) == "the host name was not found"
    assert why_unreachable(RuntimeError()) == "RuntimeError"
