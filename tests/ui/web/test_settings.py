"""The settings in a real browser: each choice counts at once, and is still there after a reload."""

import pytest
from playwright.sync_api import BrowserContext, expect

from rag import DossierError
from tests.fakes import FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, GUESS, QUESTION, Chat, LibraryOpener, Opener, Server
from ui.web.memory import open_memory
from ui.web.preferences import Preferences, load

pytestmark = pytest.mark.browser

PLACES = {
    "en": ["Chat", "Articles", "Settings"],
    "fr": ["Questions", "Articles", "Réglages"],
    "sv": ["Frågor", "Artiklar", "Inställningar"],
    "vi": ["Hỏi đáp", "Bài báo", "Cài đặt"],
}


def open_settings(chat: Chat) -> None:
    chat.page.get_by_role("tab").nth(2).click()
    expect(chat.page.locator("#choices .settings")).to_be_visible()


def test_each_choice_is_kept_at_once(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator(), BRIDGE)
    chat = open_chat(library)
    open_settings(chat)
    chat.page.get_by_label("Passages to read for each question").select_option("6")
    expect(chat.page.get_by_text("Saved.")).to_be_visible()
    chat.page.get_by_label("Show them struck through, with the reason").check()
    chat.page.get_by_label("Full: with what belongs to it").check()
    memory = open_memory(library.folder)
    wanted = Preferences(6, "strike", "full")
    for _ in range(50):
        if load(memory, "") == wanted:
            break
        chat.page.wait_for_timeout(100)
    assert load(memory, "") == wanted
    memory.close()
    chat.page.reload()
    open_settings(chat)
    expect(chat.page.get_by_label("Passages to read for each question")).to_have_value("6")
    expect(chat.page.get_by_label("Show them struck through, with the reason")).to_be_checked()
    assert chat.errors == []
    chat.keep("settings")


def test_strictness_shows_in_answers_that_are_there_already(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(f"{ANSWER} {GUESS}"), BRIDGE))
    chat.answer_to(QUESTION)
    expect(chat.last.locator(".answer s")).to_have_count(0)
    open_settings(chat)
    chat.page.get_by_label("Show them struck through, with the reason").check()
    expect(chat.page.get_by_text("Saved.")).to_be_visible()
    chat.page.get_by_role("tab", name="Chat").click()
    expect(chat.last.locator(".answer s")).to_have_text(GUESS)


def test_the_language_changes_everywhere_and_the_focus_stays(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE))
    open_settings(chat)
    for language, places in PLACES.items():
        chat.page.locator("#setting-language").select_option(language)
        expect(chat.page.get_by_role("tab")).to_have_text(places)
        expect(chat.page.locator("html")).to_have_attribute("lang", language)
        expect(chat.page.locator("#setting-language")).to_be_focused()
        chat.keep(f"settings-{language}")
    chat.page.reload()
    expect(chat.page.get_by_role("tab")).to_have_text(PLACES["vi"])


@pytest.mark.parametrize("language", PLACES)
def test_the_page_speaks_the_language_of_the_browser(
    context: BrowserContext, address_of: Server, open_library: LibraryOpener, language: str
) -> None:
    address = address_of(open_library(FakeGenerator(), BRIDGE))
    browser = context.browser
    assert browser is not None
    with browser.new_context(locale=language) as own:
        page = own.new_page()
        page.goto(address)
        expect(page.get_by_role("tab")).to_have_text(PLACES[language])
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_models_are_listed_with_what_can_be_done(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(), BRIDGE))
    open_settings(chat)
    running = chat.page.locator(".model.running")
    expect(running).to_have_count(1)
    expect(running).to_contain_text("fake-generator")
    expect(running).to_contain_text("Running")
    expect(running.get_by_role("button")).to_have_count(0)
    expect(chat.page.locator(".models")).to_contain_text("of memory now")


def test_what_went_wrong_with_a_model_is_copied_where_the_browser_has_no_clipboard(
    open_chat: Opener, open_library: LibraryOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over http from another machine."""

    def fail(*_: object) -> None:
        raise DossierError("The disk is full.")

    monkeypatch.setattr("ui.web.models.pull", fail)
    chat = open_chat(open_library(FakeGenerator(), BRIDGE))
    chat.page.evaluate(
        """() => {
            Object.defineProperty(navigator, "clipboard", { value: undefined });
            document.addEventListener("copy", () => (window.copied = getSelection().toString()));
        }"""
    )
    open_settings(chat)
    chat.page.locator('[data-deed="fetch"]').first.click()
    chat.page.locator('.model [data-do="details"]').click()
    expect(chat.page.locator('.model [data-do="details"]')).to_have_text("Details copied")
    assert chat.page.evaluate("window.copied") == "The disk is full."
    assert chat.errors == []


def test_a_choice_that_the_page_does_not_offer_changes_nothing(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FakeGenerator(), BRIDGE)
    chat = open_chat(library)
    open_settings(chat)
    with chat.page.expect_response(lambda response: '"99"' in (response.request.post_data or "")):
        chat.page.evaluate(
            """() => {
                const select = document.querySelector("#setting-passages");
                select.innerHTML = "<option value='99'>99</option>";
                select.dispatchEvent(new Event("change", { bubbles: true }));
            }"""
        )
    chat.page.get_by_label("Full: with what belongs to it").check()
    expect(chat.page.get_by_text("Saved.")).to_be_visible()
    memory = open_memory(library.folder)
    assert load(memory, "") == Preferences(length="full")
    memory.close()
