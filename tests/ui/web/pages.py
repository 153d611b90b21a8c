"""A place of the page by itself in a real Chromium, and what a hostile text would have made it do."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import gradio as gr
from playwright.sync_api import Dialog, Page, Request, ViewportSize

from ui.web.access import HOST
from ui.web.guard import middleware
from ui.web.templates import ASSETS

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)


@dataclass
class Opened:
    """A page, the requests that tried to leave this machine, what went wrong in scripts, and dialogs that opened."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def harm(self) -> list[str]:
        return [*self.outside, *self.errors, *self.dialogs]

    def keep(self, name: str) -> None:
        """Keep the page as it is, on a desk and on a phone, light and dark, where DOSSIER_SCREENSHOTS says."""
        folder = os.environ.get("DOSSIER_SCREENSHOTS")
        if not folder:
            return
        before = self.page.viewport_size
        for size, viewport in (("phone", PHONE), ("desk", DESK)):
            for scheme in ("dark", "light"):
                self.page.set_viewport_size(viewport)
                self.page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
                self.page.wait_for_timeout(250)
                self.page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png")
        if before:
            self.page.set_viewport_size(before)


def wait_for_colours(page: Page) -> None:
    """Until no colour is on its way to another; what turns for ever may go on."""
    page.wait_for_function(
        """() => document.getAnimations().every((each) =>
            each.playState !== "running" || each.effect.getTiming().iterations === Infinity)"""
    )


Build = Callable[[], gr.Blocks]


@contextmanager
def served(build: Build) -> Iterator[str]:
    """The address of a page that is made of one place."""
    blocks = build()
    blocks.launch(
        server_name=HOST,
        prevent_thread_lock=True,
        quiet=True,
        footer_links=[],
        ssr_mode=False,
        css_paths=sorted(ASSETS.glob("*.css")),
        app_kwargs={"middleware": middleware()},
    )
    try:
        yield str(blocks.local_url)
    finally:
        blocks.close()


def watched(shown: Opened, address: str) -> None:
    """Open an address in a page, and note what it does."""

    def watch(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            shown.outside.append(request.url)

    def dismiss(dialog: Dialog) -> None:
        shown.dialogs.append(dialog.message)
        dialog.dismiss()

    shown.page.on("request", watch)
    shown.page.on("pageerror", lambda error: shown.errors.append(str(error)))
    shown.page.on("dialog", dismiss)
    shown.page.set_viewport_size(DESK)
    shown.page.goto(address)
