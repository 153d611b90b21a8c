"""What stays in sight while a page is scrolled, and that nothing lies beneath it, measured in a real Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from documents import Article
from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, QUESTION, LibraryOpener, Opener
from tests.ui.web.pages import DESK, PHONE

pytestmark = pytest.mark.browser

SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
RAIN = "Rain fell again and again, day after day, all over the hills and villages of the valley of {}.\n\n"


def rain(paragraphs: int) -> str:
    return "".join(RAIN.format(number) for number in range(paragraphs))


def stand_still(part: Locator) -> None:
    """Wait until a part of the page has not moved for half a second."""
    part.evaluate(
        """async (node) => {
            const top = () => node.getBoundingClientRect().top;
            for (let before = top(), still = 0; still < 5; ) {
                await new Promise((go) => setTimeout(go, 100));
                still = top() === before ? still + 1 : 0;
                before = top();
            }
        }"""
    )


def edges(part: Locator) -> tuple[float, float]:
    """Where a part of the page begins and ends on the screen."""
    found: Any = part.evaluate("node => [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom]")
    return found[0], found[1]


def tabs(page: Page) -> Locator:
    return page.locator("#places > .tab-wrapper")


@pytest.mark.parametrize("size", SIZES)
def test_the_places_can_be_reached_from_the_end_of_the_settings(
    open_chat: Opener, open_library: LibraryOpener, size: ViewportSize
) -> None:
    chat = open_chat(open_library(FakeGenerator()))
    chat.page.set_viewport_size({**size, "height": 620})
    chat.page.get_by_role("tab", name="Settings").click()
    last = chat.page.locator(".model").last
    last.evaluate("node => node.scrollIntoView({ block: 'center' })")  # the list is drawn anew now and then
    stand_still(last)
    top, bottom = edges(tabs(chat.page))
    assert 0 <= top < bottom <= 100
    assert edges(last)[1] <= 620
    chat.keep("settings-end")
    chat.page.get_by_role("tab", name="Chat").click()
    expect(chat.box).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("before", "whole"), [(0, True), (3, True), (60, False)])
def test_a_jump_to_a_quote_leaves_nothing_of_it_or_of_the_title_beneath_the_bar(
    open_chat: Opener, open_library: LibraryOpener, size: ViewportSize, before: int, *, whole: bool
) -> None:
    text = f"{rain(before)}{ANSWER}\n\n{rain(60)}"
    article = Article("", text, "A bridge", "2019-05-02", "Gazette", "en", None, "bridge.md")
    chat = open_chat(open_library(FakeGenerator(ANSWER), article))
    chat.page.set_viewport_size(size)
    chat.answer_to(QUESTION)
    chat.last.locator("a.mark").click()
    mark = chat.page.locator("#reader mark[aria-current]").first
    expect(mark).to_have_text(ANSWER)
    stand_still(mark)
    start, end = edges(mark)
    bar = edges(chat.page.locator("#reader .reader-bar"))
    title = edges(chat.page.locator("#reader .title"))
    assert bar[0] >= edges(tabs(chat.page))[1] - 1, "the bar stands below the places"
    assert bar[1] <= start < end <= size["height"]
    assert title[0] >= bar[1] if whole else title[1] <= bar[0]
    chat.keep(f"quote-{before}-{size['width']}")
