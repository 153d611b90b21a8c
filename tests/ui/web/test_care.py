"""The page for everybody: no serious problem for screen readers, keyboards alone, small and large screens, offline."""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, ViewportSize, expect

from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, GUESS, QUESTION, LibraryOpener, Opener, Server
from tests.ui.web.pages import PHONE, wait_for_colours

pytestmark = pytest.mark.browser

WALL = ViewportSize(width=2560, height=1440)
WIDTHS = {"phone": PHONE, "wall": WALL}
PLACES = {"chat": 0, "articles": 1, "settings": 2}
MARKS = {"chat": "#question textarea", "articles": ".shelf-pager", "settings": "#choices .settings"}
"""What is to be seen in a place that is whole."""
GRAVE = ("serious", "critical")


def grave_problems(page: Page) -> list[str]:
    """What axe finds in a page that keeps somebody from using it, each with the first place where."""
    response = Axe().run(page).response
    assert len(response["passes"]) > 5, "it looked at the page"
    found = [problem for problem in response["violations"] if problem["impact"] in GRAVE]
    firsts = [problem["nodes"][0] for problem in found]
    return [f"{first['html'][:200]}: {first['failureSummary']}" for first in firsts]


def dress(page: Page, *, dark: bool, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
    wait_for_colours(page)


def go_to(page: Page, place: str) -> None:
    tab = page.get_by_role("tab").nth(PLACES[place])
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.locator(MARKS[place])).to_be_visible()
    wait_for_colours(page)


def test_axe_finds_nothing_grave(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(f"{ANSWER} {GUESS}"), BRIDGE))
    chat.answer_to(QUESTION)
    found = {}
    for place, (name, size), dark in product(PLACES, WIDTHS.items(), (False, True)):
        go_to(chat.page, place)
        dress(chat.page, dark=dark, size=size)
        found[place, name, dark] = grave_problems(chat.page)
    assert found == {screen: [] for screen in found}


def test_axe_finds_nothing_grave_in_an_open_article(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.answer_to(QUESTION)
    chat.last.locator("a.mark").first.click()
    expect(chat.page.locator("#reader mark").first).to_be_visible()
    for dark in (False, True):
        dress(chat.page, dark=dark, size=PHONE)
        assert grave_problems(chat.page) == []


def test_axe_finds_nothing_grave_before_anything_is_asked(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator()))
    assert grave_problems(chat.page) == []


@pytest.mark.parametrize("language", ["en", "fr", "sv", "vi"])
def test_nothing_is_wider_than_the_screen(
    context: BrowserContext, address_of: Server, open_library: LibraryOpener, language: str
) -> None:
    address = address_of(open_library(FakeGenerator(ANSWER), BRIDGE))
    browser = context.browser
    assert browser is not None
    with browser.new_context(locale=language, viewport=PHONE) as own:
        page = own.new_page()
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".timing")).to_be_visible()
        for place in PLACES:
            go_to(page, place)
            wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], place
            cut = page.evaluate(
                """() => [...document.querySelectorAll("button, select, label, h2, p")]
                    .filter((node) => node.offsetParent && node.getBoundingClientRect().right > innerWidth + 1)
                    .map((node) => node.outerHTML.slice(0, 120))"""
            )
            assert cut == [], place


def test_the_keyboard_alone_asks_checks_and_comes_back(open_chat: Opener, open_library: LibraryOpener) -> None:
    """From the question to its mark, into the article and back, without a mouse."""
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    page = chat.page
    page.locator("body").click(position={"x": 2, "y": 300})
    page.keyboard.press("/")
    expect(chat.box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chat.wait_for_answer()
    mark = chat.last.locator("a.mark").first
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        if mark.evaluate("node => node === document.activeElement"):
            break
    expect(mark).to_be_focused()
    outline = mark.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline != "none", "who moves by keyboard sees where"
    page.keyboard.press("Enter")
    current = page.locator("#reader mark[aria-current]").first
    expect(current).to_be_in_viewport()
    expect(current).to_have_text(ANSWER)
    page.keyboard.press("Escape")
    expect(page.locator("#reader mark")).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("/")
    expect(chat.box).to_be_focused()


def test_a_slash_goes_to_the_question_from_every_place_but_not_while_writing(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE))
    go_to(chat.page, "settings")
    chat.page.keyboard.press("/")
    expect(chat.box).to_be_focused()
    expect(chat.box).to_have_value("")
    chat.page.keyboard.type("1/2")
    expect(chat.box).to_have_value("1/2")


def test_the_first_stop_of_the_keyboard_skips_to_the_question(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE))
    skip = chat.page.get_by_role("link", name="Skip to the question")
    skip.focus()
    chat.page.keyboard.press("Shift+Tab")  # nothing comes before it
    assert chat.page.evaluate("document.activeElement === document.body")
    chat.page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    chat.page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    assert "#" not in chat.page.url


def test_each_place_has_headings_in_order_and_names_for_what_is_pressed(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.answer_to(QUESTION)
    assert chat.page.locator("h1:visible").count() == 1
    for place in PLACES:
        go_to(chat.page, place)
        levels = chat.page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4')].filter((h) => h.offsetParent).map((h) => +h.tagName[1])"
        )
        assert all(after - before <= 1 for before, after in pairwise(levels)), (place, levels)
        nameless = chat.page.evaluate(
            """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
                .filter((node) => node.offsetParent)
                .filter((node) => !(node.textContent.trim() || node.ariaLabel || node.title || node.labels?.length))
                .map((node) => node.outerHTML.slice(0, 160))"""
        )
        assert nameless == [], place


@pytest.fixture
def sealed(
    context: BrowserContext, address_of: Server, open_library: LibraryOpener
) -> Iterator[tuple[Page, str, list[str]]]:
    """A page in a browser that has no network but the chat itself, and what it tried to reach."""
    address = address_of(open_library(FakeGenerator(ANSWER), BRIDGE))
    asked: list[str] = []

    def only_the_chat(route: Route) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort("internetdisconnected")

    browser = context.browser
    assert browser is not None
    with browser.new_context() as own:
        page = own.new_page()
        page.route("**/*", only_the_chat)
        yield page, address, asked


def test_it_works_without_a_network_and_asks_nobody_else(sealed: tuple[Page, str, list[str]]) -> None:
    page, address, asked = sealed
    page.goto(address)
    page.locator("#question textarea").fill(QUESTION)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".timing")).to_be_visible()
    for place in PLACES:
        go_to(page, place)
    assert asked == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_is_dark_where_the_system_is(
    context: BrowserContext, address_of: Server, open_library: LibraryOpener, scheme: Any, dark: bool
) -> None:
    address = address_of(open_library(FakeGenerator(), BRIDGE))
    browser = context.browser
    assert browser is not None
    with browser.new_context(color_scheme=scheme) as own:
        page = own.new_page()
        page.goto(address)
        expect(page.locator(".welcome")).to_be_visible()
        red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert (red + green + blue < 200) is dark
