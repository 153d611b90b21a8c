"""What the places tell each other: articles are added, asked, checked and removed without leaving the page."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, FilePayload, Page, expect

from documents import Article
from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION, Chat, LibraryOpener, Opener
from tests.ui.web.hostile import ARTICLES, THEIRS

pytestmark = pytest.mark.browser

OTHER = Article(
    "", "The bridge over the river opened in 2024.", "Another bridge", "2024-05-02", "Courier", "en", None, "other.md"
)
OTHER_ANSWER = "The bridge over the river opened in 2024."


def go_to(chat: Chat, place: str) -> None:
    chat.page.get_by_role("tab", name=place).click()


def grave(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")]


def test_an_uploaded_article_answers_and_its_quote_stays_when_it_is_removed(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    library = open_library(FakeGenerator(ANSWER))
    chat = open_chat(library)
    go_to(chat, "Articles")
    chat.page.get_by_role("button", name="Add articles").click()
    text = f"A bridge\n\n{ANSWER}\n\nThe mayor spoke at the school."
    file = FilePayload(name="bridge.txt", mimeType="text/plain", buffer=text.encode())
    chat.page.locator(".drop input").set_input_files([file])
    expect(chat.page.locator("td.col-title a")).to_have_text("A bridge")
    go_to(chat, "Chat")
    expect(chat.page.locator(".welcome")).not_to_contain_text("no articles")
    assert ANSWER in chat.answer_to(QUESTION)
    chat.last.locator("a.mark").click()
    marks = chat.page.locator("#reader mark")
    expect(marks).to_have_text(ANSWER)
    expect(marks).to_be_in_viewport()
    assert chat.page.locator("#reader .text").evaluate("node => node.textContent") == text
    chat.page.keyboard.press("Escape")
    go_to(chat, "Articles")
    chat.page.get_by_role("button", name="Remove A bridge").click()
    expect(chat.page.locator(".shelf-empty")).to_be_visible()
    go_to(chat, "Chat")
    chat.last.locator("a.mark").click()
    expect(chat.page.locator("#reader .changed")).to_contain_text("no longer in the library")
    expect(chat.page.locator("#reader blockquote")).to_contain_text(ANSWER)
    go_to(chat, "Articles")
    chat.page.get_by_role("button", name="Undo").click()
    expect(chat.page.locator("td.col-title a")).to_have_text("A bridge")
    assert (chat.outside, chat.errors) == ([], [])


def test_articles_that_are_picked_are_the_only_ones_that_answer(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = FakeGenerator(OTHER_ANSWER, ANSWER)
    chat = open_chat(open_library(generator, BRIDGE, OTHER))
    go_to(chat, "Articles")
    chat.page.get_by_label("Select Another bridge").check()
    chat.page.get_by_role("button", name="Ask only these").click()
    go_to(chat, "Chat")
    expect(chat.page.locator(".chip bdi")).to_have_text(["Another bridge"])
    assert OTHER_ANSWER in chat.answer_to(QUESTION)
    assert ANSWER not in str(generator.prompts[0])
    chat.page.get_by_role("button", name="Take away: Another bridge").click()
    expect(chat.page.locator(".scope-all")).to_be_visible()
    chat.answer_to("And when did the other bridge over the river open?")
    assert ANSWER in str(generator.prompts[1])
    assert chat.errors == []


def test_a_scope_is_kept_with_its_conversation(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(OTHER_ANSWER), BRIDGE, OTHER))
    chat.page.get_by_role("button", name="Scope", exact=True).click()
    chat.page.locator(".scope-form").get_by_label("Courier").check()
    chat.page.get_by_role("button", name="Use this scope").click()
    expect(chat.page.locator(".chip bdi")).to_have_text(["Courier"])
    chat.answer_to(QUESTION)
    chat.page.get_by_role("button", name="New conversation").click()
    expect(chat.page.locator(".chip")).to_have_count(0)
    chat.page.locator("#drawer").get_by_text(QUESTION).click()
    expect(chat.page.locator(".chip bdi")).to_have_text(["Courier"])


def test_the_head_counts_the_articles_as_they_come_and_go(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE, OTHER))
    head = chat.page.locator("#masthead")
    expect(head).to_contain_text("2 articles")
    go_to(chat, "Articles")
    chat.page.get_by_role("button", name="Remove A bridge").click()
    expect(head).to_contain_text("1 article")
    chat.page.get_by_role("button", name="Undo").click()
    expect(head).to_contain_text("2 articles")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_grave_in_what_opens(open_chat: Opener, open_library: LibraryOpener, *, dark: bool) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE, OTHER))
    page = chat.page
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
    page.get_by_role("button", name="Scope", exact=True).click()
    expect(page.locator(".scope-form")).to_be_visible()
    assert grave(page) == []
    page.keyboard.press("Escape")
    go_to(chat, "Articles")
    page.get_by_label("Select A bridge").check()
    page.get_by_role("button", name="Add articles").click()
    page.locator(".drop input").set_input_files([FilePayload(name="no.png", mimeType="image/png", buffer=b"x")])
    expect(page.locator(".job-head")).to_contain_text("1 problem")
    page.wait_for_timeout(400)
    assert grave(page) == []
    page.get_by_role("button", name="Edit A bridge").click()
    expect(page.locator("#edit-title")).to_be_visible()
    assert grave(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("link", name="A bridge").click()
    expect(page.locator("#article-reader .text")).to_be_visible()
    assert grave(page) == []


def test_hostile_articles_do_nothing_in_any_place(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator("The river 3 rose.", "The river 7 rose."), *ARTICLES)
    chat = open_chat(library)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    chat.page.on("dialog", dismiss)
    for number in (3, 7):
        chat.answer_to(f"Did the river {number} rise?")
        for mark in chat.last.locator("a.mark").all():
            mark.hover()
            expect(chat.page.locator("#hover-card")).to_be_visible()
            mark.click()
            expect(chat.page.locator("#reader .opened")).to_be_visible()
            chat.page.keyboard.press("Escape")
    go_to(chat, "Articles")
    chat.page.get_by_label("Select all on this page").check()
    chat.page.get_by_role("button", name="Ask only these").click()
    go_to(chat, "Chat")
    expect(chat.page.locator(".chip bdi")).to_have_text(["20 articles"])
    expect(chat.page.locator(THEIRS)).to_have_count(0)
    assert chat.page.evaluate("window.ran") is None
    assert (chat.outside, chat.errors, dialogs) == ([], [], [])
