"""With passwords: nobody reads, asks or changes anything who has not signed in, and users have their own things."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION, LibraryOpener
from ui.web.access import Access
from ui.web.auth import Users
from ui.web.serve import launch

pytestmark = pytest.mark.browser

USERS = Users({"ana": "first word", "linh": "mật khẩu"})


@pytest.fixture
def address(open_library: LibraryOpener) -> Iterator[str]:
    served = launch(open_library(FakeGenerator(ANSWER, ANSWER), BRIDGE), Access(users=USERS), wait=False)
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
    page.get_by_label("username", exact=False).fill(user)
    page.get_by_label("password", exact=False).fill(password)
    page.get_by_role("button", name="Login").click()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "config"),
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
def test_nothing_is_answered_to_who_has_not_signed_in(address: str, method: str, path: str) -> None:
    body = {"data": [], "fn_index": 0, "session_hash": "x", "component_id": 1, "fn_name": "ask"}
    response = httpx.request(method, address + path, json=body if method == "POST" else None, timeout=10)
    assert response.status_code == 401, response.text
    assert BRIDGE.title not in response.text


def test_the_first_page_tells_nothing_of_the_library(address: str) -> None:
    response = httpx.get(address, timeout=10)
    assert "press" not in response.text.split("window.gradio_config", 1)[-1].split("</script>")[0]
    assert BRIDGE.title not in response.text


def test_a_wrong_password_opens_nothing(open_page: Callable[[], Page]) -> None:
    page = open_page()
    sign_in(page, "ana", "second word")
    page.wait_for_timeout(1000)
    expect(page.locator("#question")).to_have_count(0)


def test_each_user_has_conversations_and_settings_of_their_own(open_page: Callable[[], Page]) -> None:
    ana = open_page()
    sign_in(ana, "ana", "first word")
    expect(ana.locator(".welcome")).to_be_visible(timeout=15_000)
    ana.locator("#question textarea").fill(QUESTION)
    ana.locator("#question textarea").press("Enter")
    expect(ana.locator(".timing")).to_be_visible(timeout=20_000)
    ana.get_by_role("tab", name="Settings").click()
    ana.locator("#setting-language").select_option("vi")
    expect(ana.locator("html")).to_have_attribute("lang", "vi")
    linh = open_page()
    sign_in(linh, "linh", "mật khẩu")
    expect(linh.locator(".welcome")).to_be_visible(timeout=15_000)
    expect(linh.locator("html")).to_have_attribute("lang", "en")
    expect(linh.locator("#kept")).not_to_contain_text(QUESTION)
    ana.reload()
    expect(ana.locator("html")).to_have_attribute("lang", "vi")
    expect(ana.locator("#kept")).to_contain_text(QUESTION)
