"""With passwords: nobody reads, asks or changes anything who has not signed in, and users have their own things."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag import Library
from tests.fakes import FakeEncoder, FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION, LibraryOpener
from tests.ui.web.test_care import grave_problems
from ui.web.access import Access
from ui.web.auth import Users
from ui.web.conversations import Conversations
from ui.web.exchange import Conversation
from ui.web.memory import open_memory
from ui.web.serve import launch
from ui.web.sign_in import POLICY, Sessions, SignIn

pytestmark = pytest.mark.browser

USERS = Users({"ana": "first word", "linh": "mật khẩu"})


@pytest.fixture
def address(open_library: LibraryOpener) -> Iterator[str]:
    served = launch(open_library(FakeGenerator(ANSWER, ANSWER), BRIDGE), Access(users=USERS), wait=False)
    yield served.local_url
    served.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one chat for all who are not let in."""
    folder = tmp_path_factory.mktemp("door") / "press"
    with Library.open(folder, encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        library.add(BRIDGE)
        served = launch(library, Access(users=USERS), wait=False)
        yield served.local_url
        served.close()


@pytest.fixture
def open_page(context: BrowserContext, address: str) -> Iterator[Callable[[], Page]]:
    """Pages of browsers that do not know each other."""
    browser = context.browser
    assert browser is not None
    with ExitStack() as stack:

        def opened() -> Page:
            page = stack.enter_context(browser.new_context()).new_page()
            page.goto(address)
            return page

        yield opened


def sign_in(page: Page, user: str, password: str) -> None:
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "config"),
        ("GET", "gradio_api/heartbeat/x"),
        ("POST", "gradio_api/cancel"),
        ("POST", "login"),
        ("GET", "theme.css"),
        ("POST", "sign-out"),
        ("GET", "gradio_api/info"),
        ("GET", "gradio_api/queue/data?session_hash=x"),
        ("GET", "gradio_api/queue/status"),
        ("POST", "gradio_api/queue/join"),
        ("POST", "gradio_api/component_server"),
        ("POST", "gradio_api/upload"),
        ("POST", "gradio_api/run/predict"),
        ("GET", "gradio_api/file=/etc/hostname"),
        ("GET", "monitoring"),
    ],
)
def test_nothing_is_answered_to_who_has_not_signed_in(door: str, method: str, path: str) -> None:
    body = {"data": [], "fn_index": 0, "session_hash": "x", "component_id": 1, "fn_name": "ask"}
    response = httpx.request(method, door + path, json=body if method == "POST" else None, timeout=10)
    assert response.status_code == 401, response.text
    assert BRIDGE.title not in response.text


def test_the_page_tells_nothing_of_the_library(door: str) -> None:
    response = httpx.get(door, timeout=10)
    assert response.status_code == 401
    assert response.headers["content-security-policy"] == POLICY
    assert "press" not in response.text
    assert "gradio" not in response.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"user": "ana"},
        {"user": "ana", "password": "second word"},
        {"user": "nobody", "password": ""},
        {"user": "<b>", "password": "x"},
    ],
)
def test_a_wrong_password_opens_nothing_and_takes_its_time(door: str, form: dict[str, str]) -> None:
    with httpx.Client(base_url=door, timeout=10) as client:
        response = client.post("/sign-in", data=form)
        assert response.status_code == 401
        assert response.elapsed.total_seconds() >= 1
        assert 'role="alert"' in response.text
        assert not client.cookies
        assert client.get("/config").status_code == 401


def test_a_form_that_is_too_long_is_not_read(door: str) -> None:
    response = httpx.post(f"{door}sign-in", data={"user": "a" * 10_000, "password": "x"}, timeout=10)
    assert response.status_code == 413


def test_a_form_in_chunks_is_not_read(door: str) -> None:
    """Whatever length it says it has."""
    url = httpx.URL(door)
    head = f"POST /sign-in HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nContent-Length: 10\r\nConnection: close\r\n"
    form = f"Transfer-Encoding: chunked\r\n\r\n{10_000:x}\r\n{'a' * 10_000}\r\n0\r\n\r\n"
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        line.sendall((head + form).encode())
        told = line.recv(12)
    assert told in (b"HTTP/1.1 413", b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx'),
        ("application/x-www-form-urlencoded", b"a=1&b=2&c=3&d=4&e=5&f=6"),
    ],
)
def test_what_is_no_form_is_refused_and_no_failure(door: str, kind: str, body: bytes) -> None:
    response = httpx.post(f"{door}sign-in", content=body, headers={"content-type": kind}, timeout=10)
    assert response.status_code == 400


def test_no_websocket_goes_around_the_door() -> None:
    told: list[str] = []

    async def app(*_: Any) -> None:
        told.append("let in")

    async def receive() -> Any:
        return {}

    async def send(message: Any) -> None:
        told.append(message["type"])

    asyncio.run(SignIn(app, USERS, Sessions())({"type": "websocket", "path": "/"}, receive, send))
    assert told == ["websocket.close"]


def test_nothing_is_kept_of_those_who_tried() -> None:
    form = b"user=ana&password=first+word"
    headers = [(b"content-length", b"%d" % len(form)), (b"content-type", b"application/x-www-form-urlencoded")]
    asked = {"type": "http", "method": "POST", "path": "/sign-in", "headers": headers, "client": ("10.0.0.1", 1)}
    asked |= {"server": ("127.0.0.1", 80), "scheme": "http", "query_string": b""}
    told: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": form}

    async def send(message: Any) -> None:
        told.append(message)

    async def app(*_: Any) -> None:
        raise AssertionError

    door = SignIn(app, USERS, Sessions())
    asyncio.run(door(asked, receive, send))
    assert told[0]["status"] == 303
    assert not door._doors


def test_a_made_up_token_opens_nothing(door: str) -> None:
    port = httpx.URL(door).port
    for token in ("", "x", "None", "first word"):
        cookies = {f"dossier-{port}": token}
        assert httpx.get(f"{door}config", cookies=cookies, timeout=10).status_code == 401


def test_the_token_is_out_of_reach_of_scripts(address: str) -> None:
    response = httpx.post(f"{address}sign-in", data={"user": "ana", "password": "first word"}, timeout=10)
    assert response.status_code == 303
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize(("language", "button"), [("en", "Sign in"), ("fr", "Se connecter"), ("vi", "Đăng nhập")])
def test_the_page_is_in_the_language_of_the_browser_and_axe_finds_nothing_grave(
    context: BrowserContext, address: str, language: str, button: str
) -> None:
    browser = context.browser
    assert browser is not None
    for scheme in ("light", "dark"):
        with browser.new_context(locale=language, color_scheme=scheme) as own:
            page = own.new_page()
            page.goto(address)
            expect(page.get_by_role("button")).to_have_text(button)
            assert grave_problems(page) == []


def test_who_signs_out_is_out(open_page: Callable[[], Page]) -> None:
    page = open_page()
    sign_in(page, "ana", "second word")
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, "ana", "first word")
    page.get_by_role("tab", name="Settings").click()
    expect(page.locator(".signed")).to_contain_text("Signed in as ana")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("User name")).to_be_visible()
    page.reload()
    expect(page.get_by_label("User name")).to_be_visible()


def test_each_user_has_conversations_and_settings_of_their_own(open_page: Callable[[], Page]) -> None:
    ana = open_page()
    sign_in(ana, "ana", "first word")
    expect(ana.locator(".welcome")).to_be_visible()
    ana.locator("#question textarea").fill(QUESTION)
    ana.locator("#question textarea").press("Enter")
    expect(ana.locator(".timing")).to_be_visible()
    ana.get_by_role("tab", name="Settings").click()
    ana.locator("#setting-language").select_option("vi")
    expect(ana.locator("html")).to_have_attribute("lang", "vi")
    linh = open_page()
    sign_in(linh, "linh", "mật khẩu")
    expect(linh.locator(".welcome")).to_be_visible()
    expect(linh.locator("html")).to_have_attribute("lang", "en")
    expect(linh.locator("#kept")).not_to_contain_text(QUESTION)
    ana.reload()
    expect(ana.locator("html")).to_have_attribute("lang", "vi")
    expect(ana.locator("#kept")).to_contain_text(QUESTION)


def test_whose_conversations_are_listed_says_the_request_and_no_page(open_library: LibraryOpener) -> None:
    """Who asks without having opened a page, or long after, is still who signed in."""
    library = open_library(FakeGenerator(), BRIDGE)
    memory = open_memory(library.folder)
    for owner in ("", "ana", "linh"):
        conversation = Conversation()
        conversation.ask(f"secret of {owner or 'nobody'}")
        conversation.stop()
        Conversations(memory, owner).keep(conversation, conversation.exchanges[-1])
    memory.close()
    served = launch(library, Access(users=USERS), wait=False)
    with httpx.Client(base_url=served.local_url, timeout=20) as client:
        client.post("/sign-in", data={"user": "ana", "password": "first word"})
        config = client.get("/config").json()
        search = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "search")
        event = next(each for each in config["dependencies"] if [search, "change"] in each["targets"])
        given = ["" if part == search else None for part in event["inputs"]]
        asked = {"data": given, "fn_index": event["id"], "session_hash": "new"}
        told = client.post("/gradio_api/run/predict", json=asked).text
    served.close()
    assert "secret of ana" in told
    assert "secret of nobody" not in told
    assert "secret of linh" not in told


def test_an_answer_is_kept_for_who_asked_though_the_page_is_not_known_any_more(open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator(ANSWER), BRIDGE)
    served = launch(library, Access(users=USERS), wait=False)
    with httpx.Client(base_url=served.local_url, timeout=20) as client:
        client.post("/sign-in", data={"user": "ana", "password": "first word"})
        config = client.get("/config").json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        event = next(each for each in config["dependencies"] if [box, "submit"] in each["targets"])
        given = [QUESTION if part == box else None for part in event["inputs"]]
        asked = {"data": given, "fn_index": event["id"], "session_hash": "new"}
        assert client.post("/gradio_api/queue/join", json=asked).status_code == 200
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "new"}) as told:
            assert any("process_completed" in line for line in told.iter_lines())
    served.close()
    memory = open_memory(library.folder)
    kept = {owner: [each.title for each in Conversations(memory, owner).listed()] for owner in ("", "ana", "linh")}
    memory.close()
    assert kept == {"": [], "ana": [QUESTION], "linh": []}
