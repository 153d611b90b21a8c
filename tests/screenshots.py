"""Writes pictures of every place of the chat: `python -m tests.screenshots` or `make screenshots`.

The sample articles are asked with the real models. Three pictures go to docs/images, for the README; the others, of
each place, light, dark, on a phone and in each language of the interface, to build/screenshots, for looking at.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy, rmtree

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from rag import Library
from tests.browser import start
from ui.web.serve import launch
from ui.web.texts import LANGUAGES

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "documents" / "samples"
FOLDER = ROOT / "build" / "screenshots"
IMAGES = ROOT / "docs" / "images"

DESK, PHONE, WALL = (
    ViewportSize(width=1280, height=800),
    ViewportSize(width=360, height=740),
    ViewportSize(width=2560, height=1440),
)
FOR_README = {"answer-desk-light": "chat", "articles-desk-light": "articles", "settings-desk-light": "settings"}
PLACES = {"articles": 1, "settings": 2}

QUESTION = "When did the European Parliament approve the AI Act, and by how many votes?"
QUESTIONS = {
    "en": "Who may still be identified remotely by biometrics?",
    "fr": "Qui a conçu le viaduc de Millau ?",
    "sv": "När sjönk regalskeppet Vasa?",
    "vi": "Tuyến metro số 1 Bến Thành – Suối Tiên khai trương khi nào?",
}
UNANSWERED = "Who won the football match in Lisbon yesterday?"
_SLOW_MS = 300_000  # an answer on a busy machine


def main() -> int:
    """Write all pictures."""
    rmtree(FOLDER / "samples", ignore_errors=True)  # with its conversations
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        Library.open(FOLDER / "samples") as library,
        sync_playwright() as playwright,
        _running(library) as address,
    ):
        browser = start(playwright)
        _conversation(browser, address)
        for language in LANGUAGES:
            _interface(browser, address, language)
        browser.close()
    for name, image in FOR_README.items():
        copy(FOLDER / f"{name}.png", IMAGES / f"{image}.png")
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}, {len(FOR_README)} of them in {IMAGES}\n")
    return 0


@contextmanager
def _running(library: Library) -> Iterator[str]:
    library.add(SAMPLES)
    served = launch(library, wait=False)
    try:
        yield served.local_url
    finally:
        served.close()


@contextmanager
def _page(browser: Browser, address: str, language: str) -> Iterator[Page]:
    with browser.new_context(locale=language, viewport=DESK) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language, timeout=_SLOW_MS)
        expect(page.locator(".welcome")).to_be_visible(timeout=_SLOW_MS)
        yield page


def _conversation(browser: Browser, address: str) -> None:
    """What happens around one answer."""
    with _page(browser, address, "en") as page:
        expect(page.locator("#banner .banner")).to_have_count(0, timeout=_SLOW_MS)
        _ask(page, QUESTION)
        _shoot(page, "sources", DESK, PHONE, WALL)
        page.locator("a.mark").first.hover()
        page.wait_for_timeout(500)
        page.screenshot(path=FOLDER / "card-desk-light.png")
        page.locator("a.mark").first.click()
        page.mouse.move(0, 0)
        expect(page.locator("#reader mark").first).to_be_visible()
        _shoot(page, "answer", DESK, PHONE, WALL)
        page.keyboard.press("Escape")
        _ask(page, UNANSWERED)
        _shoot(page, "abstention", DESK, PHONE)
        for place in PLACES:
            _go_to(page, place)
            _shoot(page, place, DESK, PHONE, WALL)


def _interface(browser: Browser, address: str, language: str) -> None:
    """All places in one language."""
    with _page(browser, address, language) as page:
        _shoot(page, f"welcome-{language}", DESK, PHONE)
        _ask(page, QUESTIONS[language])
        _shoot(page, f"answer-{language}", DESK, PHONE)
        for place in PLACES:
            _go_to(page, place)
            _shoot(page, f"{place}-{language}", DESK, PHONE)


def _ask(page: Page, question: str) -> None:
    before = page.locator(".timing").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".timing")).to_have_count(before + 1, timeout=_SLOW_MS)


def _go_to(page: Page, place: str) -> None:
    page.set_viewport_size(DESK)
    page.get_by_role("tab").nth(PLACES[place]).click()
    page.wait_for_timeout(600)


def _shoot(page: Page, name: str, *sizes: ViewportSize) -> None:
    """The page as it is: light and dark on a desk, light on other screens."""
    screens = {360: "phone", 1280: "desk", 2560: "wall"}
    for size in sizes:
        page.set_viewport_size(size)
        for scheme in ("dark", "light") if size is DESK else ("light",):
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
            page.wait_for_timeout(500)  # colours change over a moment
            page.screenshot(path=FOLDER / f"{name}-{screens[size['width']]}-{scheme}.png")
    page.set_viewport_size(DESK)


if __name__ == "__main__":
    sys.exit(main())
