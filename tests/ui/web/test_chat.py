"""Asking, reading the answer and stopping it, in a real Chromium."""

import logging
import os
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from rag import Library, LibraryBusy
from tests.browser import AA, contrasts
from tests.fakes import FakeGenerator
from tests.ui.web.chats import (
    ANSWER,
    BRIDGE,
    GUESS,
    HOSTILE,
    QUESTION,
    FailingGenerator,
    LibraryOpener,
    Opener,
    WaitingGenerator,
)
from tests.ui.web.pages import wait_for_colours
from ui.web.serve import launch

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[3] / "documents" / "samples"


def test_a_question_brings_evidence_then_an_answer_with_a_quote_to_open(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.keep("welcome")
    assert "press · 1 article" in chat.page.locator(".masthead").inner_text()

    chat.ask(QUESTION)
    expect(chat.page.locator(".passage .title").first).to_have_text("A bridge")
    expect(chat.last.locator(".draft")).to_have_text("The bridge")
    expect(chat.last.locator(".mark")).to_have_count(0)
    chat.keep("draft")
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.last.locator(".draft")).to_have_count(0)
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")

    expect(chat.last.locator(".count")).to_have_text("1 of 1 sentence is supported")
    chat.last.locator(".mark").click()
    opened = chat.page.locator("#reader article.opened")
    assert opened.locator("mark").text_content() == ANSWER
    assert opened.locator(".text").text_content() == BRIDGE.text
    expect(chat.page.locator("#sources")).to_be_hidden()
    assert (chat.outside, chat.errors) == ([], [])
    chat.keep("quote")


def test_quotes_of_earlier_answers_stay_at_hand(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER, "The mayor spoke at the school."), BRIDGE))
    chat.answer_to(QUESTION)
    chat.answer_to("Where did the mayor speak at the school?")
    marks = chat.page.locator(".mark")
    for number, quote in ((1, "The mayor spoke at the school."), (0, ANSWER)):
        marks.nth(number).click()
        expect(chat.page.locator("#reader mark")).to_have_text(quote)
        chat.page.locator(".reader-back").click()
        expect(chat.page.locator(".quote:visible .words")).to_have_text(quote)


def test_the_next_question_brings_its_own_evidence_where_an_article_is_open(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER, "The mayor spoke at the school."), BRIDGE))
    chat.answer_to(QUESTION)
    chat.page.locator(".mark").click()
    expect(chat.page.locator("#sources")).to_be_hidden()
    chat.answer_to("Where did the mayor speak at the school?")
    expect(chat.page.locator("#sources")).to_be_visible()
    expect(chat.page.locator("#reader mark").first).to_be_hidden()
    expect(chat.page.locator("#question textarea")).to_be_focused()


def test_an_article_that_was_opened_stays_open_while_the_answer_grows(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(f"{ANSWER} The mayor spoke at the school.", words=9)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    chat.page.locator(".mark").click()
    expect(chat.page.locator("#reader mark")).to_have_text(ANSWER)
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.page.locator(".mark")).to_have_count(2)
    expect(chat.page.locator("#reader mark").first).to_have_text(ANSWER)


def test_what_was_left_out_is_opened_by_key_and_stays_open_while_the_answer_grows(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(f"{GUESS} {ANSWER} It has 7 lanes.", ANSWER, words=11)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    summary = chat.last.locator(".withdrawn summary")
    expect(summary).to_have_text("1 sentence was left out: no passage that was found supports it")
    expect(chat.last.locator(".withdrawn s")).to_be_hidden()
    summary.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.last.locator(".withdrawn s")).to_have_text(GUESS)
    expect(chat.last.locator(".reason")).to_have_text("not in the quote: 99 million, 1875")
    expect(chat.last.locator(".withdrawn s")).to_be_visible()
    generator.let_on.set()
    chat.wait_for_answer()
    expect(summary).to_have_text("2 sentences were left out: no passage that was found supports them")
    expect(chat.last.locator(".withdrawn li").last).to_be_visible()
    expect(summary).to_be_focused()
    assert GUESS not in chat.last.locator(".answer").inner_text()
    chat.keep("left-out")

    chat.answer_to(QUESTION)
    expect(chat.page.locator("#withdrawn-1 s").first).to_be_visible()
    chat.page.locator("#withdrawn-1 summary").press("Space")
    expect(chat.page.locator("#withdrawn-1 s").first).to_be_hidden()
    assert chat.errors == []


def test_what_was_left_out_can_be_read_on_its_background(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(GUESS), BRIDGE))
    chat.answer_to(QUESTION)
    chat.last.locator(".withdrawn summary").click()
    for dark, part in product((False, True), ("summary", "p", "li", "s", ".reason")):
        chat.page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
        wait_for_colours(chat.page)
        assert min(contrasts(chat.last.locator(f".withdrawn {part}"))) >= AA, (dark, part)


def test_the_conversation_so_far_goes_with_the_question(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = FakeGenerator(ANSWER, ANSWER, ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.answer_to(QUESTION)
    chat.answer_to("And which river does the bridge cross?")
    assert QUESTION in generator.prompts[1].question
    chat.page.get_by_role("button", name="New conversation").click()
    expect(chat.page.locator(".exchange")).to_have_count(0)
    expect(chat.page.locator(".welcome")).to_be_visible()
    chat.answer_to("In which year did the bridge over the river open?")
    assert QUESTION not in generator.prompts[2].question


def test_a_question_that_fails_says_so_and_the_next_one_works(
    open_chat: Opener, open_library: LibraryOpener, caplog: pytest.LogCaptureFixture
) -> None:
    errors = (LibraryBusy("Somebody is writing.", help="Wait a little."), ZeroDivisionError("a <b>bug</b>"))
    chat = open_chat(open_library(FailingGenerator(*errors), BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".problem p")).to_have_text(
        ["Articles are being added or changed right now.", "Wait until that is done, then try again.", "Copy details"]
    )
    with caplog.at_level(logging.ERROR, "ui.web.answering"):
        chat.ask(QUESTION)
        expect(chat.page.get_by_role("alert")).to_have_count(2)
    expect(chat.last.get_by_role("alert")).to_contain_text("Something went wrong")
    assert "ZeroDivisionError" in caplog.text
    details = chat.last.locator(".details").text_content() or ""
    assert "ZeroDivisionError" in details
    assert "bug" not in details, "an unknown error may hold words of an article"
    chat.keep("problem")
    assert ANSWER in chat.answer_to(QUESTION)


def test_an_empty_question_is_answered_by_a_sentence(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    chat.ask("   ")
    expect(chat.last.get_by_role("alert")).to_contain_text("The question is empty.")
    assert ANSWER in chat.answer_to(QUESTION)


def test_what_the_articles_do_not_hold_is_an_abstention(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator("The bridge cost 12 million."), BRIDGE))
    answer = chat.answer_to("What did the bridge over the river cost?")
    assert "12" not in answer
    expect(chat.last.locator(".mark")).to_have_count(0)
    expect(chat.page.locator("#sources h2")).to_have_text("Nearest passages")
    expect(chat.last.locator(".nearest li")).to_have_text(["A bridge"])
    chat.keep("abstention")


def test_stop_ends_the_answer_and_the_model(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".draft")).to_be_visible()
    chat.page.locator("#stop").click()
    expect(chat.last).to_contain_text("Stopped.")
    expect(chat.last.locator(".draft")).to_have_count(0)
    generator.let_on.set()
    assert generator.closed.wait(60)
    assert generator.written <= 3, "two words before the stop, and the one that was being written"
    assert ANSWER in chat.answer_to(QUESTION)


def test_browsers_wait_for_each_other(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    library = open_library(generator, BRIDGE)
    first, second = open_chat(library), open_chat(library)
    first.ask(QUESTION)
    expect(first.last.locator(".draft")).to_be_visible()
    second.ask(QUESTION)
    expect(second.last.locator(".waiting")).to_be_visible()
    generator.let_on.set()
    first.wait_for_answer()
    second.wait_for_answer()
    assert len(generator.prompts) == 2


def test_a_closed_browser_leaves_the_model_to_the_next(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    library = open_library(generator, BRIDGE)
    gone = open_chat(library)
    gone.ask(QUESTION)
    expect(gone.last.locator(".draft")).to_be_visible()
    gone.page.close()
    generator.let_on.set()
    assert ANSWER in open_chat(library).answer_to(QUESTION)


def test_who_waits_has_the_evidence_and_is_told_the_place_and_who_leaves_is_not_waited_for(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    library = open_library(generator, BRIDGE)
    first, gone, third = open_chat(library), open_chat(library), open_chat(library)
    first.ask(QUESTION)
    expect(first.last.locator(".draft")).to_be_visible()
    gone.ask(QUESTION)
    expect(gone.last.locator(".waiting")).to_have_text("1 question is answered before this one")
    expect(gone.page.locator("#sources .passage .title").first).to_have_text("A bridge")
    third.ask(QUESTION)
    expect(third.last.locator(".waiting")).to_have_text("2 questions are answered before this one")
    gone.page.close()
    expect(third.last.locator(".waiting")).to_have_text("1 question is answered before this one")
    generator.let_on.set()
    third.wait_for_answer()
    assert len(generator.prompts) == 2


def test_a_question_that_is_left_while_it_grows_does_not_come_back(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".draft")).to_be_visible()
    chat.page.locator("#anew").click()
    expect(chat.page.locator(".exchange")).to_have_count(0)
    chat.ask(f"{QUESTION} Tell me.")
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.page.locator(".exchange")).to_have_count(1)
    expect(chat.last.locator(".question")).to_have_text(f"{QUESTION} Tell me.")
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")


def test_hostile_articles_run_nothing_and_call_nobody(open_chat: Opener, open_library: LibraryOpener) -> None:
    guess = 'It cost <img src="http://evil.example/w" onerror="window.ran = 7"></s><script>window.ran = 8</script> 99.'
    chat = open_chat(open_library(FakeGenerator(f"The bridge opened in 2019. {guess}"), HOSTILE))
    chat.answer_to("When did the bridge open in 2019? <img src=http://evil.example/z onerror='window.ran = 6'>")
    chat.last.locator(".withdrawn summary").click()
    chat.page.locator(".passage").first.click()
    expect(chat.page.locator("#reader .text")).to_be_visible()
    assert chat.page.locator("#reader .text").text_content() == HOSTILE.text
    chat.page.wait_for_timeout(500)
    expect(chat.last.locator(".withdrawn s")).to_have_text(guess)
    assert HOSTILE.text in (chat.page.locator(".passage .words").text_content() or "")
    expect(chat.page.locator(".outside")).to_have_count(0)
    expect(chat.page.locator(".sources img, .sources svg, .exchange img")).to_have_count(0)
    assert chat.page.evaluate("window.ran") is None
    assert chat.outside == []
    chat.keep("hostile")


def test_the_browser_is_told_to_call_nobody_and_run_no_attribute(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    """The second wall holds by itself: markup that slipped through could do nothing."""
    chat = open_chat(open_library(FakeGenerator(ANSWER), BRIDGE))
    refused = chat.page.evaluate(
        """() => new Promise((tell) => {
            const seen = [];
            document.addEventListener("securitypolicyviolation", (event) => {
                if (seen.push(event.effectiveDirective) === 2) tell(seen.sort());
            });
            document.querySelector("#sources").innerHTML =
                '<img src="http://evil.example/x"><img src="data:," onerror="window.ran = 1">';
        })"""
    )
    assert refused == ["img-src", "script-src-attr"]
    assert chat.page.evaluate("window.ran") is None


def test_an_empty_library_says_how_to_add_articles(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator()))
    expect(chat.page.locator(".welcome")).to_contain_text("dossier add")
    chat.ask(QUESTION)
    expect(chat.last.get_by_role("alert")).to_contain_text("no articles yet")
    chat.keep("empty")


@pytest.mark.parametrize("known", ["", "corp.example, localhost", "*"])
def test_a_proxy_is_not_asked_for_the_chat_itself(
    open_library: LibraryOpener, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", known)
    monkeypatch.setenv("no_proxy", "")
    launch(open_library(FakeGenerator()), wait=False).close()
    kept = {"*": "*", "": "127.0.0.1,localhost"}.get(known, "corp.example,localhost,127.0.0.1")
    assert os.environ["NO_PROXY"] == kept


def test_other_names_of_this_machine_are_refused(context: BrowserContext, open_library: LibraryOpener) -> None:
    served = launch(open_library(FakeGenerator()), wait=False)
    answers = {
        name: context.request.get(served.local_url, headers={"Host": name}).status
        for name in ("127.0.0.1", "localhost", "evil.example")
    }
    served.close()
    assert answers == {"127.0.0.1": 200, "localhost": 200, "evil.example": 400}


@pytest.mark.model
def test_the_real_models_answer_from_the_samples(open_chat: Opener, tmp_path: Path) -> None:
    with Library.open(tmp_path / "samples") as library:
        library.add(*(SAMPLES / name for name in ("en-04-eu-ai-act.md", "sv-02-vasa.md", "fr-02-viaduc-de-millau.md")))
        chat = open_chat(library)
        answer = chat.answer_to("When did the European Parliament approve the AI Act, and by how many votes?", 300)
        assert "523" in answer
        chat.last.locator(".mark").first.click()
        quote = chat.page.locator("#reader mark").first.text_content() or ""
        assert "523 votes" in quote
        assert quote in (SAMPLES / "en-04-eu-ai-act.md").read_text(encoding="utf-8")
        assert chat.outside == []
        chat.keep("model")
