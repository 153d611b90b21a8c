"""A browser, a library with a fake model, and the chat around it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from documents import Article
from rag import Library
from rag.generate import Generator
from tests.browser import start
from tests.fakes import FakeEncoder, FakeGenerator
from tests.ui.web.chats import Chat
from tests.ui.web.pages import Build, Opened, served, watched
from ui.web.serve import launch

expect.set_options(timeout=60_000)  # where other programs have the cores, a page takes its time


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """One for all pages, so that Gradio's scripts are read once; each page is a session of its own."""
    with sync_playwright() as playwright:
        browser = start(playwright)
        yield browser.new_context()
        browser.close()


@pytest.fixture
def address_of() -> Iterator[Callable[[Library], str]]:
    """Serve the chat of a library, for tests that open its page in a browser of their own."""
    running = {}

    def served_at(library: Library) -> str:
        if library not in running:
            running[library] = launch(library, wait=False)
        return str(running[library].local_url)

    yield served_at
    for server in running.values():
        server.close()


@pytest.fixture
def open_chat(context: BrowserContext, address_of: Callable[[Library], str]) -> Iterator[Callable[[Library], Chat]]:
    def opened(library: Library) -> Chat:
        chat = Chat(context.new_page())
        watched(chat, address_of(library))
        expect(chat.page.locator(".welcome")).to_be_visible()
        return chat

    yield opened
    for page in context.pages:
        page.close()


@pytest.fixture
def open_place(context: BrowserContext) -> Iterator[Callable[[Build], Opened]]:
    """Open a page that is made of one place."""
    with ExitStack() as sites:

        def opened(build: Build) -> Opened:
            shown = Opened(context.new_page())
            watched(shown, sites.enter_context(served(build)))
            return shown

        yield opened
        for page in context.pages:
            page.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library around fake models."""
    with Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=FakeGenerator()) as made:
        yield made


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
