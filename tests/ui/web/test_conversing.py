"""Conversations that are kept, in a real Chromium: found again, renamed, deleted, taken away, edited, judged."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, GUESS, QUESTION, Chat, LibraryOpener, Opener, WaitingGenerator
from tests.ui.web.pages import PHONE

pytestmark = pytest.mark.browser

MAYOR = "Where did the mayor speak at the school?"
SPOKE = "The mayor spoke at the school."


def names(chat: Chat) -> Locator:
    return chat.page.locator("#kept .name")


def more(chat: Chat, place: int, what: str) -> None:
    chat.page.locator("#kept .menu summary").nth(place).click()
    chat.page.locator("#kept li").nth(place).get_by_role("button", name=what, exact=True).click()


def copied(chat: Chat, form: str) -> str:
    chat.last.locator(".tools .menu summary").click()
    chat.last.get_by_role("button", name=form).click()
    expect(chat.last.locator(".tools .menu")).not_to_have_attribute("open", "")
    chat.page.wait_for_timeout(200)
    return str(chat.page.evaluate("navigator.clipboard.readText()"))


def test_a_conversation_is_kept_and_shown_again_without_the_model(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    library = open_library(FakeGenerator(f"{ANSWER} {GUESS}", SPOKE), BRIDGE)
    chat = open_chat(library)
    expect(chat.page.locator("#kept")).to_contain_text("Conversations are kept here.")
    chat.answer_to(QUESTION)
    chat.answer_to(MAYOR)
    expect(names(chat)).to_have_text([QUESTION])
    before = chat.last.locator(".answer").inner_text()

    library.remove(library.articles()[0].id)
    again = open_chat(library)
    again.page.locator("#kept .open").click()
    expect(again.page.locator(".exchange")).to_have_count(2)
    assert again.last.locator(".answer").inner_text() == before
    expect(again.page.locator(".exchange").first.locator(".count")).to_have_text("1 of 2 sentences are supported")
    again.last.locator(".mark").click()
    expect(again.page.locator("#reader .changed")).to_contain_text(SPOKE)
    assert again.errors == []


def test_conversations_are_searched_renamed_deleted_and_brought_back(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER, SPOKE), BRIDGE))
    chat.answer_to(QUESTION)
    chat.page.locator("#anew").click()
    expect(chat.page.locator(".welcome")).to_be_visible()
    chat.answer_to(MAYOR)
    expect(names(chat)).to_have_text([MAYOR, QUESTION])
    expect(chat.page.locator('#kept [aria-current="true"] .name')).to_have_text(MAYOR)

    chat.page.locator("#search textarea, #search input").fill("2019 opened")
    expect(names(chat)).to_have_text([QUESTION])
    chat.page.locator("#search textarea, #search input").fill("nothing of the kind")
    expect(chat.page.locator("#kept")).to_contain_text("No conversation holds these words.")
    chat.page.locator("#search textarea, #search input").fill("")
    expect(names(chat)).to_have_count(2)

    more(chat, 1, "Rename")
    field = chat.page.locator(".renaming input:visible")
    expect(field).to_be_focused()
    field.fill("The <b>bridge</b>")
    field.press("Enter")
    expect(names(chat)).to_have_text([MAYOR, "The <b>bridge</b>"])

    more(chat, 0, "Delete")
    expect(names(chat)).to_have_text(["The <b>bridge</b>"])
    expect(chat.page.locator(".welcome")).to_be_visible()
    chat.page.locator(".notice").get_by_role("button", name="Undo").click()
    expect(names(chat)).to_have_text([MAYOR, "The <b>bridge</b>"])
    expect(chat.page.locator(".notice")).to_have_count(0)
    chat.keep("conversations")
    assert chat.errors == []


def test_a_conversation_is_taken_away_as_a_file(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.answer_to(QUESTION)
    for form, ending, holds in (
        ("text", "txt", "[1] “"),
        ("Markdown", "md", "## When did the bridge"),
        ("HTML", "html", "<!doctype"),
    ):
        with chat.page.expect_download() as downloading:
            more(chat, 0, f"Export as {form}")
        assert downloading.value.suggested_filename == f"When-did-the-bridge-over-the-river-open.{ending}"
        text = Path(downloading.value.path()).read_text(encoding="utf-8")
        for words in (holds, ANSWER, "https://example.org/bridge"):
            assert words in text, form


def test_an_answer_is_copied_with_its_citations(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.answer_to(QUESTION)
    text = f"{QUESTION}\n\n{ANSWER} [1]\n\n[1] “{ANSWER}” (A bridge, Gazette, 2 May 2019, https://example.org/bridge)\n"
    assert copied(chat, "As text") == text
    assert "1. “The bridge over the river opened in 2019.” [A bridge](<https://example.org/bridge>)" in copied(
        chat, "As Markdown"
    )
    assert copied(chat, "As HTML") == text
    html = chat.page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
    assert '<a href="https://example.org/bridge">A bridge</a>' in html


def test_a_question_is_edited_from_its_point_and_the_last_one_asked_again(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = FakeGenerator(ANSWER, SPOKE, ANSWER, SPOKE)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.answer_to(QUESTION)
    chat.answer_to(MAYOR)
    first = chat.page.locator(".exchange").first
    expect(first.get_by_role("button", name="Ask again")).to_have_count(0)
    first.get_by_role("button", name="Edit the question").click()
    expect(chat.box).to_have_value(QUESTION)
    expect(chat.page.locator(".editing")).to_contain_text("replaces question 1")
    chat.box.press("Escape")
    expect(chat.page.locator(".editing")).to_have_count(0)
    expect(chat.page.locator(".exchange")).to_have_count(2)

    first.get_by_role("button", name="Edit the question").click()
    expect(chat.box).to_have_value(QUESTION)
    chat.ask("When was the bridge over the river opened?")
    expect(chat.page.locator(".exchange")).to_have_count(1)
    chat.wait_for_answer()
    assert QUESTION not in generator.prompts[-1].question
    expect(names(chat)).to_have_count(1)

    chat.last.get_by_role("button", name="Ask again").click()
    expect(chat.last.locator(".sentence")).to_have_text(f"{SPOKE}1")
    chat.wait_for_answer()
    expect(chat.page.locator(".exchange")).to_have_count(1)
    assert len(generator.prompts) == 4
    assert chat.errors == []


def test_a_thumb_and_its_note_are_kept(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator(ANSWER), BRIDGE)
    chat = open_chat(library)
    chat.answer_to(QUESTION)
    chat.last.get_by_role("button", name="Bad answer").click()
    expect(chat.last.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")
    note = chat.last.get_by_label("Why? (optional)")
    note.fill('It says "opened" <b>only</b>.')
    note.press("Enter")
    expect(chat.last.locator(".noting [role=status]")).to_have_text("Kept")
    again = open_chat(library)
    again.page.locator("#kept .open").click()
    expect(again.last.get_by_label("Why? (optional)")).to_have_value('It says "opened" <b>only</b>.')
    again.last.get_by_role("button", name="Bad answer").click()
    expect(again.last.locator(".noting")).to_have_count(0)
    assert (chat.errors, again.errors) == ([], [])


def test_leaving_a_question_keeps_what_was_confirmed(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(f"{ANSWER} {SPOKE}", words=9)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".mark")).to_be_visible()
    chat.page.locator("#anew").click()
    expect(chat.page.locator(".welcome")).to_be_visible()
    generator.let_on.set()
    assert generator.closed.wait(60)
    chat.page.locator("#kept .open").click()
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")
    expect(chat.last).to_contain_text("Stopped.")


def test_slash_goes_to_the_question_and_the_list_opens_on_a_phone(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.answer_to(QUESTION)
    chat.page.evaluate("document.activeElement.blur()")
    chat.page.keyboard.press("/")
    expect(chat.box).to_be_focused()
    chat.page.keyboard.type("a/b")
    expect(chat.box).to_have_value("a/b")
    chat.page.set_viewport_size(PHONE)
    expect(chat.page.locator("#kept")).to_be_hidden()
    chat.page.locator("#listing").click()
    expect(names(chat)).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator("#kept")).to_be_hidden()
    expect(chat.page.locator("#listing")).to_be_focused()
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_growing_answer_is_in_nobody_elses_page(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator(ANSWER), BRIDGE)
    chat, other = open_chat(library), open_chat(library)
    chat.answer_to(QUESTION)
    expect(other.page.locator(".exchange")).to_have_count(0)
