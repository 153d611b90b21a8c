"""Who is answered: browsers that call this machine by a name of its own, and for changes only our own page."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.web.access import HOST, Access
from ui.web.auth import Users
from ui.web.guard import POLICY, middleware


async def done(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.method)


def asked(
    name: str,
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
    host: str = HOST,
    names: tuple[str, ...] = (),
) -> tuple[int, str]:
    app = Starlette(
        routes=[Route("/", done, methods=["GET", "POST", "DELETE"])], middleware=middleware(Access(host, names=names))
    )
    response = TestClient(app).request(method, "/", headers={"host": name, **(headers or {})})
    return response.status_code, response.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["127.0.0.1:7860", "localhost:7860", "LOCALHOST", "127.0.0.1", "[::1]:7860"])
def test_this_machine_is_answered_by_its_names(name: str) -> None:
    assert asked(name) == (200, POLICY)


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:7860", "192.168.1.5", "", "localhost.evil.example", "[", "a b"]
)
def test_another_name_is_refused(name: str) -> None:
    """A page elsewhere can give its own name the address of this machine."""
    assert asked(name) == (400, POLICY)


def test_beyond_this_machine_addresses_and_own_names_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Newsroom")
    monkeypatch.setattr("socket.getfqdn", lambda: "newsroom.lan")
    names = ("192.168.1.5:7860", "newsroom", "newsroom.local:7860", "newsroom.lan", "[fe80::1]", "evil.example")
    assert [asked(name, host="0.0.0.0")[0] for name in names] == [200, 200, 200, 200, 200, 400]  # noqa: S104
    assert asked("archive.example.org", host="10.0.0.7", names=("archive.example.org",))[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:7860"}, 200),
        ({"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "http://127.0.0.1:9000"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://evil.example:7860"}, 403),
        ({"origin": "http://127.0.0.1:7860@evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:7860"}, 403),
    ],
)
def test_only_our_own_page_may_change_anything(headers: dict[str, str], status: int) -> None:
    assert asked("127.0.0.1:7860", headers, method="POST")[0] == status
    assert asked("127.0.0.1:7860", headers, method="DELETE")[0] == status
    assert asked("127.0.0.1:7860", headers)[0] == 200, "a link elsewhere may lead here"


@pytest.mark.parametrize(
    ("host", "only"),
    [("127.0.0.1", True), ("127.0.0.2", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],  # noqa: S104
)
def test_what_other_machines_reach(host: str, only: bool) -> None:
    assert Access(host).is_local is only
    assert Access(host).is_open is not only
    assert not Access(host, users=Users({"ana": "one"})).is_open
