"""A browser, a library with a fake model, and the chat around it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Request, expect, sync_playwright

from documents import Article
from rag import Library
from rag.generate import Generator
from tests.browser import start
from tests.fakes import FakeEncoder
from tests.ui.web.chats import DESK, Chat
from ui.web.serve import launch

expect.set_options(timeout=20_000)  # where other programs have the cores, a page takes its time


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """One for all pages, so that Gradio's scripts are read once; each page is a session of its own."""
    with sync_playwright() as playwright:
        browser = start(playwright)
        yield browser.new_context()
        browser.close()


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
