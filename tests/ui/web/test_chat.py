"""The chat as a reader meets it: in a real Chromium, served from this machine.

With DOSSIER_SCREENSHOTS set to a folder, the screens are kept there.
"""

import logging
import os
import threading
from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, ViewportSize, expect, sync_playwright

from documents import Article
from rag import Library, LibraryBusy
from rag.generate import Generator, Prompt, never
from tests.browser import AA, contrasts, start
from tests.fakes import FakeEncoder, FakeGenerator
from ui.web.serve import launch

pytestmark = pytest.mark.browser

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
SAMPLES = Path(__file__).parents[3] / "documents" / "samples"

BRIDGE = Article(
    id="",
    text="The bridge over the river opened in 2019.\n\nThe mayor spoke at the school. Many came to listen.",
    title="A bridge",
    date="2019-05-02",
    source="Gazette",
    language="en",
    url="https://example.org/bridge",
    path="bridge.md",
)
HOSTILE = Article(
    id="",
    text='The bridge <script>window.ran = 1</script><img src="http://evil.example/x" onerror="window.ran = 2">'
    "</mark></details> opened in 2019.",
    title='<img src="http://evil.example/y" onerror="window.ran = 3">',
    source='"><svg onload="window.ran = 4">',
    language="en",
    url="javascript:window.ran=5",
    path="hostile.md",
)
ANSWER = "The bridge over the river opened in 2019."
GUESS = "The bridge over the river cost 99 million in 1875."
QUESTION = "When did the bridge over the river open?"


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """One for all pages, so that Gradio's scripts are read once; each page is a session of its own."""
    with sync_playwright() as playwright:
        browser = start(playwright)
        yield browser.new_context()
        browser.close()


@dataclass
class Chat:
    """A page of the chat, and the requests that tried to leave this machine."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def last(self) -> Locator:
        return self.page.locator(".exchange").last

    def ask(self, question: str) -> None:
        box = self.page.get_by_label("Question")
        box.fill(question)
        box.press("Enter")

    def wait_for_answer(self, seconds: float = 20) -> None:
        expect(self.last.locator(".timing")).to_be_visible(timeout=seconds * 1000)

    def answer_to(self, question: str, seconds: float = 20) -> str:
        before = self.page.locator(".timing").count()
        self.ask(question)
        expect(self.page.locator(".timing")).to_have_count(before + 1, timeout=seconds * 1000)
        return self.last.locator(".answer").inner_text()

    def keep_screens(self, name: str) -> None:
        """Keep the page as it is, on a desk and on a phone, light and dark."""
        folder = os.environ.get("DOSSIER_SCREENSHOTS")
        if not folder:
            return
        for size, viewport in (("phone", PHONE), ("desk", DESK)):
            for scheme in ("dark", "light"):
                self.page.set_viewport_size(viewport)
                self.page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
                self.page.wait_for_timeout(300)
                self.page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png")


@pytest.fixture
def open_chat(context: BrowserContext) -> Iterator[Callable[[Library], Chat]]:
    served = {}

    def opened(library: Library) -> Chat:
        if library not in served:
            served[library] = launch(library, wait=False)
        address = served[library].local_url
        chat = Chat(context.new_page())

        def watch(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                chat.outside.append(request.url)

        chat.page.on("request", watch)
        chat.page.on("pageerror", lambda error: chat.errors.append(str(error)))
        chat.page.set_viewport_size(DESK)
        chat.page.goto(address)
        expect(chat.page.locator(".welcome")).to_be_visible(timeout=30_000)
        return chat

    yield opened
    for page in context.pages:
        page.close()
    for server in served.values():
        server.close()


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    libraries = []

    def opened(generator: Generator, *articles: Article) -> Library:
        library = Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=generator)
        libraries.append(library)
        if articles:
            library.add(*articles)
        return library

    yield opened
    for library in libraries:
        library.close()


Opener = Callable[[Library], Chat]
LibraryOpener = Callable[..., Library]


class WaitingGenerator(FakeGenerator):
    """Writes the first words, then waits to be let on."""

    def __init__(self, *replies: str, words: int = 2) -> None:
        super().__init__(*replies)
        self.words = words
        self.let_on = threading.Event()
        self.closed = threading.Event()
        self.written = 0

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> abc.Generator[str, None, None]:
        try:
            for number, piece in enumerate(super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)):
                if number == self.words:
                    self.let_on.wait(10)
                self.written += 1
                yield piece
        finally:
            self.closed.set()


class FailingGenerator(FakeGenerator):
    """Raises the errors it was given, one a question, then replies."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__(ANSWER)
        self.errors = list(errors)

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> abc.Generator[str, None, None]:
        if self.errors:
            raise self.errors.pop(0)
        return super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)


def test_a_question_brings_evidence_then_an_answer_with_a_quote_to_open(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.keep_screens("welcome")
    assert "1 article in press" in chat.page.locator(".masthead").inner_text()

    chat.ask(QUESTION)
    expect(chat.page.locator(".passage .title").first).to_have_text("A bridge")
    expect(chat.last.locator(".draft")).to_have_text("The bridge")
    expect(chat.last.locator(".mark")).to_have_count(0)
    chat.keep_screens("draft")
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.last.locator(".draft")).to_have_count(0)
    expect(chat.last.locator(".sentence")).to_have_text(f"{ANSWER}1")

    quote = chat.page.locator("details.quote")
    expect(quote).not_to_have_attribute("open", "")
    chat.last.locator(".mark").click()
    expect(quote).to_have_attribute("open", "")
    assert quote.locator("mark").text_content() == ANSWER
    assert quote.locator(".reader").text_content() == BRIDGE.text
    expect(quote.locator(".facts")).to_have_text("Gazette · 2 May 2019 · English")
    link = quote.get_by_role("link", name="Open at example.org")
    expect(link).to_have_attribute("href", "https://example.org/bridge")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert (chat.outside, chat.errors) == ([], [])
    chat.keep_screens("quote")


def test_quotes_of_earlier_answers_stay_at_hand(open_chat: Opener, open_library: LibraryOpener) -> None:
    chat = open_chat(open_library(FakeGenerator(ANSWER, "The mayor spoke at the school."), BRIDGE))
    chat.answer_to(QUESTION)
    chat.answer_to("Where did the mayor speak at the school?")
    marks = chat.page.locator(".mark")
    for number, quote in ((1, "The mayor spoke at the school."), (0, ANSWER)):
        marks.nth(number).click()
        expect(chat.page.locator("details.quote:visible")).to_have_count(1)
        expect(chat.page.locator("details.quote:visible mark")).to_have_text(quote)


def test_a_quote_that_was_opened_stays_open_while_the_answer_grows(
    open_chat: Opener, open_library: LibraryOpener
) -> None:
    generator = WaitingGenerator(f"{ANSWER} The mayor spoke at the school.", words=9)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    chat.page.locator(".mark").click()
    expect(chat.page.locator("#quote-1-1")).to_have_attribute("open", "")
    generator.let_on.set()
    chat.wait_for_answer()
    expect(chat.page.locator(".mark")).to_have_count(2)
    expect(chat.page.locator("#quote-1-1")).to_have_attribute("open", "")


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
    chat.keep_screens("left-out")

    chat.answer_to(QUESTION)
    expect(chat.page.locator("#withdrawn-1 s").first).to_be_visible()
    chat.page.locator("#withdrawn-1 summary").press("Space")
    expect(chat.page.locator("#withdrawn-1 s").first).to_be_hidden()
    assert chat.errors == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_was_left_out_can_be_read_on_its_background(
    open_chat: Opener, open_library: LibraryOpener, *, dark: bool
) -> None:
    chat = open_chat(open_library(FakeGenerator(GUESS), BRIDGE))
    chat.answer_to(QUESTION)
    chat.page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
    chat.last.locator(".withdrawn summary").click()
    for part in ("summary", "p", "li", "s", ".reason"):
        assert min(contrasts(chat.last.locator(f".withdrawn {part}"))) >= AA, part


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
    expect(chat.last.get_by_role("alert")).to_have_text("Somebody is writing. Wait a little.")
    with caplog.at_level(logging.ERROR, "ui.web.answering"):
        chat.ask(QUESTION)
        expect(chat.page.get_by_role("alert")).to_have_count(2)
    expect(chat.last.get_by_role("alert")).to_contain_text("Something went wrong")
    assert "ZeroDivisionError" in caplog.text
    chat.keep_screens("problem")
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
    expect(chat.page.get_by_role("heading", name="Nearest passages")).to_be_visible()
    chat.keep_screens("abstention")


def test_stop_ends_the_answer_and_the_model(open_chat: Opener, open_library: LibraryOpener) -> None:
    generator = WaitingGenerator(ANSWER, ANSWER)
    chat = open_chat(open_library(generator, BRIDGE))
    chat.ask(QUESTION)
    expect(chat.last.locator(".draft")).to_be_visible()
    chat.page.get_by_role("button", name="Stop").click()
    expect(chat.last).to_contain_text("Stopped.")
    expect(chat.last.locator(".draft")).to_have_count(0)
    generator.let_on.set()
    assert generator.closed.wait(10)
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


def test_hostile_articles_run_nothing_and_call_nobody(open_chat: Opener, open_library: LibraryOpener) -> None:
    guess = 'It cost <img src="http://evil.example/w" onerror="window.ran = 7"></s><script>window.ran = 8</script> 99.'
    chat = open_chat(open_library(FakeGenerator(f"The bridge opened in 2019. {guess}"), HOSTILE))
    chat.answer_to("When did the bridge open in 2019? <img src=http://evil.example/z onerror='window.ran = 6'>")
    for closed in chat.page.locator("details").all():
        closed.locator("summary").click()
    chat.page.wait_for_timeout(500)
    expect(chat.last.locator(".withdrawn s")).to_have_text(guess)
    assert HOSTILE.text in (chat.page.locator(".passage .words").text_content() or "")
    expect(chat.page.locator(".outside")).to_have_count(0)
    expect(chat.page.locator(".sources img, .sources svg, .exchange img")).to_have_count(0)
    assert chat.page.evaluate("window.ran") is None
    assert chat.outside == []
    chat.keep_screens("hostile")


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
    chat.keep_screens("empty")


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
        quote = chat.page.locator("details.quote[open] mark").text_content() or ""
        assert "523 votes" in quote
        assert quote in (SAMPLES / "en-04-eu-ai-act.md").read_text(encoding="utf-8")
        assert chat.outside == []
        chat.keep_screens("model")
