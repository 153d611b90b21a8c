"""The chat as a reader meets it: a page in a real Chromium, served from this machine, around a fake model.

With DOSSIER_SCREENSHOTS set to a folder, the screens are kept there.
"""

import threading
from collections import abc
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from documents import Article
from rag import Library
from rag.generate import Prompt, never
from tests.fakes import FakeGenerator
from tests.ui.web.pages import Opened

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


@dataclass
class Chat(Opened):
    """A page of the chat."""

    @property
    def box(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def last(self) -> Locator:
        return self.page.locator(".exchange").last

    def ask(self, question: str) -> None:
        self.box.fill(question)
        self.box.press("Enter")

    def wait_for_answer(self, seconds: float = 60) -> None:
        expect(self.last.locator(".timing")).to_be_visible(timeout=seconds * 1000)

    def answer_to(self, question: str, seconds: float = 60) -> str:
        before = self.page.locator(".timing").count()
        self.ask(question)
        expect(self.page.locator(".timing")).to_have_count(before + 1, timeout=seconds * 1000)
        return self.last.locator(".answer").inner_text()


Opener = Callable[[Library], Chat]
LibraryOpener = Callable[..., Library]
Server = Callable[[Library], str]


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
                    self.let_on.wait(60)
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
