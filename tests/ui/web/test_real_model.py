"""The main paths of the chat with the real models: what is shown as fact can be checked, whatever the model writes.

No test looks for words of an answer beside the numbers asked for; each states what must hold of any answer.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from rag import Library
from tests.browser import AA, contrasts
from tests.ui.web.chats import Chat, Opener
from tests.ui.web.pages import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.model]

SAMPLES = Path(__file__).parents[3] / "documents" / "samples"
FILES = ("en-03-channel-tunnel.md", "fr-02-viaduc-de-millau.md", "sv-02-vasa.md", "vi-01-vinh-ha-long.md")
QUESTIONS = {
    "en": "When did the Channel Tunnel open?",
    "fr": "Combien pèse le tablier du viaduc de Millau ?",
    "sv": "Hur många kanoner bar skeppet Vasa?",
    "vi": "Vịnh Hạ Long rộng bao nhiêu?",
}
WAIT_S = 300  # the first answer loads the model, on a machine that may be busy
ZEPPELIN = "The Zeppelin museum\n\nThe Zeppelin museum of Orleby opened in 1987 and shows 31 airships."


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library for all, so that each model is loaded once."""
    with Library.open(tmp_path_factory.mktemp("real") / "samples") as library:
        library.add(*(SAMPLES / name for name in FILES))
        yield library


def check(chat: Chat) -> None:
    """Every sentence of the newest answer has a mark; each opens an article at its quote, character for character."""
    sentences = chat.last.locator(".sentence")
    assert sentences.count() or "abstained" in (chat.last.locator(".answer").get_attribute("class") or "")
    for sentence in sentences.all():
        assert sentence.locator("a.mark").count()
    for mark in chat.last.locator("a.mark").all():
        mark.click()
        name = f"{mark.get_attribute('data-exchange')}-{mark.get_attribute('data-number')}"
        quote = chat.page.locator(f"#card-{name} .card-quote").text_content()
        chosen = chat.page.locator("#reader mark[aria-current]")
        expect(chosen.first).to_be_in_viewport()
        assert "".join(chosen.all_text_contents()) == quote
        assert quote in (chat.page.locator("#reader .text").text_content() or "")
    assert (chat.outside, chat.errors) == ([], [])


@pytest.mark.parametrize("language", QUESTIONS)
def test_each_language_is_answered_in_itself_with_quotes_that_can_be_checked(
    open_chat: Opener, samples: Library, language: str
) -> None:
    chat = open_chat(samples)
    chat.answer_to(QUESTIONS[language], WAIT_S)
    assert chat.last.locator(".answer").get_attribute("lang") == language
    expect(chat.last.locator(".sentence").first).to_be_visible()
    check(chat)
    mark = chat.last.locator("a.mark").first
    chat.page.keyboard.press("Escape")
    chat.page.mouse.move(0, 0)  # the click left the pointer on the mark
    mark.hover()
    expect(chat.page.locator("#hover-card")).to_be_visible()
    name = f"#card-{mark.get_attribute('data-exchange')}-{mark.get_attribute('data-number')}"
    assert chat.page.locator("#hover-card").text_content() == chat.page.locator(name).text_content()


STOP_AT_ONCE = """() => {
    const press = () => {
        const stop = document.querySelector("#stop");
        if (stop?.checkVisibility()) stop.click();
        else setTimeout(press, 20);
    };
    press();
}"""
"""Presses the button from within the page: between two commands from outside the answer may be complete."""


def is_stopped(chat: Chat, question: str) -> bool:
    """Whether an answer ended by the press; a short one may be complete before the server hears of it."""
    chat.page.evaluate(STOP_AT_ONCE)
    chat.ask(question)
    expect(chat.last.locator(".question")).to_contain_text(question)
    expect(chat.last).to_contain_text(re.compile(r"Stopped\.|all after"), timeout=WAIT_S * 1000)
    return "Stopped." in chat.last.inner_text()


def test_an_answer_is_stopped_and_the_next_question_follows_up(open_chat: Opener, samples: Library) -> None:
    chat = open_chat(samples)
    assert any(is_stopped(chat, question) for question in QUESTIONS.values())
    chat.answer_to("When did the Channel Tunnel open?", WAIT_S)
    chat.answer_to("And how long is it?", WAIT_S)
    check(chat)


def test_a_scope_leaves_only_its_articles_and_an_upload_answers_until_it_is_removed(
    open_chat: Opener, samples: Library
) -> None:
    chat = open_chat(samples)
    page = chat.page
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name="Add articles").click()
    page.locator(".drop input").set_input_files(
        [FilePayload(name="zeppelin.txt", mimeType="text/plain", buffer=ZEPPELIN.encode())]
    )
    expect(page.locator("td.col-title a", has_text="Zeppelin")).to_be_visible(timeout=60_000)
    page.get_by_label("Select The Zeppelin museum").check()
    page.get_by_role("button", name="Ask only these").click()
    page.get_by_role("tab", name="Chat").click()
    expect(page.locator(".chip bdi")).to_have_text(["The Zeppelin museum"])
    chat.answer_to("How many airships does the Zeppelin museum of Orleby show?", WAIT_S)
    assert set(page.locator("#sources section:not([hidden]) .title").all_text_contents()) == {"The Zeppelin museum"}
    check(chat)
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name="Remove The Zeppelin museum").click()
    expect(page.locator("td.col-title a", has_text="Zeppelin")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("td.col-title a", has_text="Zeppelin")).to_be_visible()
    assert chat.errors == []


def test_two_users_at_once_on_a_phone_and_in_the_dark(open_chat: Opener, samples: Library) -> None:
    both = open_chat(samples), open_chat(samples)
    both[1].page.set_viewport_size(PHONE)
    both[1].page.evaluate("document.body.classList.add('dark')")
    for chat, question in zip(both, itertools.islice(QUESTIONS.values(), 2), strict=True):
        chat.ask(question)
    for chat in both:
        chat.wait_for_answer(WAIT_S)
        check(chat)
    phone = both[1].page
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert min(contrasts(both[1].last.locator(".sentence"))) >= AA
