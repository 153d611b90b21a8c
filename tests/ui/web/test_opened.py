"""A page that is loaded anew has the conversation open that it had before; another page begins its own."""

import pytest
from playwright.sync_api import expect

from documents import Article
from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION, Chat, LibraryOpener, Opener, WaitingGenerator

pytestmark = pytest.mark.browser

OTHER = Article("", "The bridge opened in 2024.", "Another bridge", "2024-05-02", "Courier", "en", None, "other.md")
MAYOR = "Where did the mayor speak at the school?"
SPOKE = "The mayor spoke at the school."


def conversations(chat: Chat) -> list[str]:
    return chat.page.locator("#kept .name").all_inner_texts()


def test_a_conversation_goes_on_where_it_was_with_its_scope(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = FakeGenerator(ANSWER, SPOKE)
    library = open_library(generator, BRIDGE, OTHER)
    chat = open_chat(library)
    chat.page.get_by_role("button", name="Scope", exact=True).click()
    chat.page.locator(".scope-form").get_by_label("Gazette").check()
    chat.page.get_by_role("button", name="Use this scope").click()
    expect(chat.page.locator(".chip bdi")).to_have_text(["Gazette"])
    chat.answer_to(QUESTION)

    chat.page.reload()
    expect(chat.last.locator(".question")).to_have_text(QUESTION)
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")
    expect(chat.page.locator(".chip bdi")).to_have_text(["Gazette"])
    expect(chat.page.locator('#kept [aria-current="true"] .name')).to_have_text(QUESTION)
    chat.answer_to(MAYOR)
    assert QUESTION in generator.prompts[1].question, "the conversation so far goes with the next question"
    assert "2024" not in str(generator.prompts[1]), "the scope holds for it"
    assert conversations(chat) == [QUESTION]

    expect(open_chat(library).page.locator(".exchange")).to_have_count(0)
    assert chat.errors == []


def test_a_new_conversation_stays_new(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.answer_to(QUESTION)
    chat.page.locator("#anew").click()
    expect(chat.page.locator(".welcome")).to_be_visible()
    chat.page.reload()
    expect(chat.page.locator("#kept .name")).to_have_text([QUESTION])
    expect(chat.page.locator(".welcome")).to_be_visible()
    expect(chat.page.locator(".exchange")).to_have_count(0)


def test_an_answer_that_was_growing_is_there_as_far_as_it_came(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(f"{ANSWER} {SPOKE}", SPOKE, words=9)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".mark")).to_be_visible()
    chat.page.reload()
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")
    expect(chat.last).to_contain_text("Stopped.")
    generator.let_on.set()
    chat.answer_to(MAYOR)
    assert conversations(chat) == [QUESTION], "it goes on, and is not begun a second time"


def test_a_tab_that_is_copied_does_not_stop_what_grows_in_the_first(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER, SPOKE)
    library = open_library(generator, BRIDGE)
    chat, copy = open_chat(library), open_chat(library)
    generator.let_on.set()
    chat.answer_to(QUESTION)
    generator.let_on.clear()
    chat.ask(MAYOR)
    expect(chat.last.locator(".draft")).to_be_visible()

    remembered = chat.page.evaluate("sessionStorage.getItem('conversation')")
    copy.page.evaluate("id => sessionStorage.setItem('conversation', id)", remembered)
    copy.page.reload()
    expect(copy.page.locator(".exchange .question")).to_have_text([QUESTION])
    generator.let_on.set()
    expect(chat.page.locator(".timing")).to_have_count(2)
    expect(chat.last.locator(".sentence")).to_have_text(f"{SPOKE}1")
    assert (chat.errors, copy.errors) == ([], [])
