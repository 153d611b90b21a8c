"""A question is seen as asked at once, however long the server takes to hear of it."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION, Chat, LibraryOpener, Opener, WaitingGenerator
from ui.web.exchange import Conversation

pytestmark = pytest.mark.browser

SPOKE = "The mayor spoke at the school."
AT_ONCE = 1_000  # milliseconds


def sending(chat: Chat) -> Locator:
    return chat.page.locator(".sending")


def fails(*_: object) -> None:
    raise OSError


class Line:
    """The way from a page to the server: slow, until somebody lets it on."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.slow = True
        page.route("**/queue/join*", self._hold)

    def _hold(self, route: Route) -> None:
        if self.slow:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_on(self) -> None:
        self.slow = False
        for route in self.waiting:
            route.continue_()


def test_a_question_is_shown_and_its_box_is_empty_before_the_server_knows(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = FakeGenerator(ANSWER, SPOKE)
    chat = open_chat(open_library(generator, BRIDGE))
    line = Line(chat.page)
    chat.ask(QUESTION)
    expect(sending(chat)).to_be_visible(timeout=AT_ONCE)
    expect(sending(chat).locator(".question")).to_have_text(QUESTION)
    expect(sending(chat)).to_contain_text("Searching the articles")
    expect(chat.box).to_have_value("", timeout=AT_ONCE)
    expect(chat.page.locator(".welcome")).to_be_hidden()
    chat.keep("sending")

    chat.ask("Where did the mayor speak?")  # too early: it stays in the box
    line.let_on()
    chat.wait_for_answer()
    expect(sending(chat)).to_be_hidden()
    expect(chat.page.locator(".exchange")).to_have_count(1)
    expect(chat.last.locator(".question")).to_have_text(QUESTION)
    expect(chat.box).to_have_value("Where did the mayor speak?")
    chat.page.locator("#ask").click()
    expect(chat.page.locator(".timing")).to_have_count(2)
    expect(chat.box).to_have_value("")
    assert chat.errors == []


def test_while_an_answer_grows_the_next_question_stays_in_its_box(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".draft")).to_be_visible()
    chat.ask("Where did the mayor speak?")
    expect(sending(chat)).to_be_hidden()
    chat.page.wait_for_timeout(500)  # the server has been asked, and has declined
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.box).to_have_value("Where did the mayor speak?")
    expect(chat.page.locator(".exchange")).to_have_count(1)


def test_a_question_that_was_not_asked_is_in_its_box_again(
    open_chat: Opener, open_library: LibraryOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    with monkeypatch.context() as broken:
        broken.setattr(Conversation, "ask", fails)
        chat.ask(QUESTION)
        chat.page.wait_for_timeout(1_000)  # it was sent, and refused
        expect(chat.box).to_have_value(QUESTION)
        expect(sending(chat)).to_be_hidden()


def test_it_is_in_its_box_again_also_where_the_page_has_got_other_words_meanwhile(
    open_chat: Opener, open_library: LibraryOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    words = sending(chat).evaluate("node => node.outerHTML")
    line = Line(chat.page)
    with monkeypatch.context() as broken:
        broken.setattr(Conversation, "ask", fails)
        chat.ask(QUESTION)
        expect(chat.box).to_have_value("", timeout=AT_ONCE)
        sending(chat).evaluate("(node, words) => { node.outerHTML = words; }", words)
        line.let_on()
        expect(chat.box).to_have_value(QUESTION)
        expect(sending(chat)).to_be_hidden()


def test_an_answer_that_was_stopped_and_ends_late_leaves_the_next_question_alone(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER, SPOKE)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.page.evaluate("window.ended = 0; document.addEventListener('dossier:over', () => (window.ended += 1))")
    chat.ask(QUESTION)
    expect(chat.last.locator(".draft")).to_be_visible()
    chat.page.locator("#stop").click()
    expect(chat.last).to_contain_text("Stopped.")
    line = Line(chat.page)
    chat.ask("Where did the mayor speak?")
    expect(sending(chat)).to_be_visible(timeout=AT_ONCE)
    assert chat.page.evaluate("window.ended") == 0
    generator.let_on.set()
    chat.page.wait_for_function("window.ended === 1")
    expect(sending(chat)).to_be_visible(timeout=AT_ONCE)
    expect(chat.box).to_have_value("")
    line.let_on()
    chat.wait_for_answer()
    expect(chat.box).to_have_value("")
    expect(sending(chat)).to_be_hidden()
    expect(chat.page.locator(".exchange")).to_have_count(2)
