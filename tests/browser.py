"""What tests of pages share: how Chromium is started, and how well a text can be read."""

from typing import Any

from playwright.sync_api import Browser, Locator, Playwright

from tests.conftest import CHROMIUM

AA = 4.5
"""The contrast that WCAG 2 asks of small text."""

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in what the eye takes for bright

_COLOURS = """nodes => nodes.map((node) => {
    const behind = [];
    for (let at = node; at; at = at.parentElement) behind.push(getComputedStyle(at).backgroundColor);
    const opaque = behind.find((color) => !/rgba|transparent/.test(color));
    const own = getComputedStyle(node);
    const front = node instanceof SVGElement ? own.fill : own.color;
    return [front, opaque].map((color) => color.match(/\\d+/g).slice(0, 3).map(Number));
})"""


def start(playwright: Playwright) -> Browser:
    """Debian's Chromium, quiet."""
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_ARGUMENTS))


def contrasts(texts: Locator) -> list[float]:
    """How much each text stands out from what is behind it, as WCAG 2 reckons it: from 1 to 21."""
    return [_contrast(colours) for colours in texts.evaluate_all(_COLOURS)]


def _contrast(colours: Any) -> float:
    darker, lighter = sorted(sum(w * _linear(c) for w, c in zip(_WEIGHTS, rgb, strict=True)) for rgb in colours)
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
