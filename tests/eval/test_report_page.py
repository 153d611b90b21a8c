"""The report as a reader meets it: in a real Chromium, on a phone and on a wide screen, light and dark.

With DOSSIER_SCREENSHOTS set to a folder, the screens are kept there.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from eval.report import write_report
from tests.browser import AA, contrasts, start
from tests.eval.sample_runs import sample_run
from tests.eval.test_report import hostile_run

pytestmark = pytest.mark.browser

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
SIZES = {"phone": PHONE, "desk": DESK}
PARTS = ("short", "caution", "plots", "figures", "questions", "settings")

_OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
_TOO_WIDE = """[...document.querySelectorAll('body *')].filter((each) =>
    !each.closest('.wide') && !each.closest('.skip') && each.getBoundingClientRect().right > innerWidth + 0.5
).map((each) => each.outerHTML.slice(0, 200))"""
_WITH_TEXT = """nodes => nodes.forEach((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (own && !node.closest('style, title, desc')) node.dataset.text = '';
})"""


@dataclass
class Opened:
    """A report in a browser, what it asked for and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def keep_screens(self, name: str) -> None:
        folder = os.environ.get("DOSSIER_SCREENSHOTS")
        for part in PARTS if folder else ():
            self.page.evaluate("part => document.getElementById(part).scrollIntoView()", part)
            self.page.screenshot(path=Path(str(folder)) / f"{name}-{part}.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = start(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    runs = (("sample", sample_run(folder, 48)), ("hostile", hostile_run()))
    return {name: write_report(run, folder / f"{name}.html") for name, run in runs}


def opened(
    browser: Browser,
    report: Path,
    size: str = "desk",
    scheme: Literal["light", "dark"] = "light",
    *,
    script: bool = True,
) -> Opened:
    page = browser.new_context(viewport=SIZES[size], color_scheme=scheme, java_script_enabled=script).new_page()
    made = Opened(page)
    page.on("request", lambda request: made.asked.append(request.url))
    page.on("console", lambda message: made.complaints.append(message.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.goto(report.as_uri())
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_fits_its_screen_asks_for_nothing_and_can_be_read(
    browser: Browser, reports: dict[str, Path], size: str, scheme: Literal["light", "dark"]
) -> None:
    shown = opened(browser, reports["sample"], size, scheme)
    shown.keep_screens(f"report-{size}-{scheme}")
    shown.page.evaluate(_OPEN_ALL)
    assert shown.page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    assert shown.page.evaluate(_TOO_WIDE) == []
    shown.page.locator("body *").evaluate_all(_WITH_TEXT)
    texts = shown.page.locator("[data-text]")
    assert texts.count() > 1000
    assert min(contrasts(texts)) >= AA
    assert shown.asked == [reports["sample"].as_uri()]
    assert shown.complaints == []


def test_questions_are_chosen_by_outcome_language_and_support_without_a_script(
    browser: Browser, reports: dict[str, Path]
) -> None:
    page = opened(browser, reports["sample"], script=False).page
    listed = page.locator(".question:visible")
    expect(listed).to_have_count(48)
    page.get_by_label("Not answered", exact=False).first.check()
    missed = listed.count()
    assert 0 < missed < 48
    expect(page.locator(".question:visible .badge", has_text="Not answered")).to_have_count(missed)
    page.get_by_role("radio", name="French").check()
    assert listed.count() < missed
    page.get_by_label("All 48").check()
    page.get_by_role("group", name="Language").get_by_label("All").check()
    page.get_by_label("Only with one that is not supported").check()
    expect(listed).to_have_count(page.locator(".question.unsupported").count())


def test_how_many_questions_are_shown_stands_above_them(browser: Browser, reports: dict[str, Path]) -> None:
    page = opened(browser, reports["sample"], "phone").page
    page.get_by_label("Only with one that is not supported").check()
    told, first = page.locator(".shown").bounding_box(), page.locator(".question:visible").first.bounding_box()
    assert told
    assert first
    assert told["y"] + told["height"] <= first["y"]
    expect(page.locator(".shown")).to_contain_text("of 48 questions")


def test_a_question_is_opened_by_key_and_shows_its_quote_in_place(browser: Browser, reports: dict[str, Path]) -> None:
    page = opened(browser, reports["sample"], "phone").page
    question = page.locator(".question.unsupported").first
    expect(question.locator("blockquote").first).to_be_hidden()
    question.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(question.locator("blockquote mark").first).to_be_visible()
    expect(question.get_by_text("✗ Not supported").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_hostile_text_stays_text(browser: Browser, reports: dict[str, Path], size: str) -> None:
    shown = opened(browser, reports["hostile"], size)
    shown.page.evaluate(_OPEN_ALL)
    assert shown.page.evaluate("window.ran") is None
    expect(shown.page.locator("script, img, iframe, body link")).to_have_count(0)
    expect(shown.page.locator(".question h3").first).to_contain_text("<script>window.ran = 1</script><img src=")
    assert shown.page.evaluate(_TOO_WIDE) == []
    assert (shown.asked, shown.complaints) == ([reports["hostile"].as_uri()], [])
