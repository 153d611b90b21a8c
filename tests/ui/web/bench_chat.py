"""How soon the chat shows evidence, and whether typing lags while an answer streams: `make bench BENCH=chat`.

Milliseconds depend on what else the machine does; what a page is given to do does not, so that is counted, too.

A real Chromium on a library of 10,000 passages. The question is encoded and searched for as always; the vectors of the
passages are made up, and so is what the model writes, since neither takes any of the time that is measured.
"""

import tempfile
import time
from collections import abc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import CDPSession, Page, expect, sync_playwright
from rich.console import Console
from rich.table import Table

from documents import Article
from embeddings import Encoder, load_encoder
from rag import Library, PassageSize, Prompt, SearchSettings
from tests.browser import start
from tests.fakes import FakeGenerator
from ui.web.serve import launch

PASSAGES = 10_000
QUESTIONS = 20
KEYS = 120
_PER_ARTICLE = 20
_TOKEN_S = 0.05  # between two pieces of text, as a model of this size writes on two cores
_WORDS = (
    "river",
    "bridge",
    "mayor",
    "school",
    "train",
    "harbour",
    "council",
    "budget",
    "vote",
    "tunnel",
    "island",
    "tax",
)

# From the key to the first passage of the new question on the screen, in the page's own clock.
_WATCH = """() => {
    const box = document.querySelector("#question textarea");
    window.seen = new Promise((tell) => {
        box.addEventListener("keydown", (event) => {
            const asked = document.querySelectorAll(".exchange").length;
            const look = () => {
                const shown = document.querySelector("#sources section:not([hidden]) .passage");
                const about = document.querySelector("#sources section:not([hidden]) .about");
                if (shown && about?.textContent === window.asked) tell(performance.now() - event.timeStamp);
                else requestAnimationFrame(look);
            };
            look();
        }, { once: true });
    });
}"""

# From each key to the frame that shows it, the tasks that hold the page up for more than 50 ms, and what changes in it.
_KEYS = """() => {
    window.lags = [];
    window.long = [];
    window.changes = window.nodes = 0;
    new MutationObserver((changes) => {
        window.changes += changes.length;
        for (const change of changes) window.nodes += change.addedNodes.length + change.removedNodes.length;
    }).observe(document.getElementById("desk"), { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: "longtask" });
    document.querySelector("#question textarea").addEventListener("keydown", (event) => {
        requestAnimationFrame(() => setTimeout(() => window.lags.push(performance.now() - event.timeStamp)));
    });
}"""


class HalfRealEncoder:
    """Encodes questions as the real one does; passages get vectors by chance."""

    def __init__(self, real: Encoder) -> None:
        self._real = real
        self._chance = np.random.default_rng(7)
        self.fingerprint = real.fingerprint
        self.max_tokens = real.max_tokens

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._real.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = self._chance.normal(size=(len(texts), self.fingerprint.dimension)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def count_tokens(self, text: str) -> int:
        return len(text.split())


class SteadyGenerator(FakeGenerator):
    """Writes the same long answer at the pace of a small model, as often as it is asked."""

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = lambda: False
    ) -> abc.Generator[str, None, None]:
        del prompt, max_tokens
        for number in range(400):
            if should_stop():
                return
            time.sleep(_TOKEN_S)
            yield f"{_WORDS[number % len(_WORDS)]}{'.' if number % 15 == 14 else ''} "


def library(folder: Path) -> Library:
    """10,000 passages in articles of 20."""
    chance = np.random.default_rng(3)
    made = Library.open(
        folder,
        encoder=HalfRealEncoder(load_encoder()),
        generator=SteadyGenerator(),
        passages=PassageSize(60, 80),
        search=SearchSettings(min_score=-1),  # vectors by chance are near nothing
    )
    articles = []
    for number in range(PASSAGES // _PER_ARTICLE):
        texts = (" ".join(chance.choice(_WORDS, 58)).capitalize() + f" {number}." for _ in range(_PER_ARTICLE))
        articles.append(Article("", "\n\n".join(texts), f"Article {number}", language="en", path=f"{number}.md"))
    made.add(*articles)
    return made


def evidence_times(page: Page) -> list[float]:
    """Milliseconds from Enter to the evidence of each question."""
    times = []
    for number in range(QUESTIONS):
        question = f"What did the {_WORDS[number % len(_WORDS)]} council say about the bridge {number}?"
        page.locator("#anew").click()
        expect(page.locator(".exchange")).to_have_count(0, timeout=60_000)
        page.locator("#question textarea").fill(question)
        page.evaluate("question => { window.asked = question; }", question)
        page.evaluate(_WATCH)
        page.wait_for_timeout(150)
        page.locator("#question textarea").press("Enter")
        times.append(float(page.evaluate("window.seen")))
    return times


@dataclass(frozen=True)
class Typed:
    """What was seen while keys were pressed.

    Attributes:
        lags: milliseconds from each key to the frame that shows it.
        long: milliseconds of each task that held the page up for more than 50.
        busy_ms: of the processor, in the page's own thread, as much as it had for ten seconds.
        received: bytes that came from the server, for ten seconds.
        changes: of the conversation and what is beside it, for ten seconds.
        nodes: of the page, added or removed, for ten seconds.
    """

    lags: list[float]
    long: list[float]
    busy_ms: float
    received: float
    changes: float
    nodes: float


def typing(page: Page, *, streaming: bool) -> Typed:
    """Press keys, with nothing else going on or while an answer streams."""
    page.locator("#anew").click()
    expect(page.locator(".exchange")).to_have_count(0, timeout=60_000)
    if streaming:
        page.locator("#question textarea").fill("What did the mayor say?")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".draft")).to_be_visible(timeout=20_000)
    received: list[int] = []
    engine = page.context.new_cdp_session(page)
    engine.send("Network.enable")
    engine.on("Network.dataReceived", lambda event: received.append(event["dataLength"]))
    engine.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(_KEYS)
    busy, began = _busy(engine), time.monotonic()
    page.locator("#question textarea").press_sequentially("x" * KEYS, delay=60)
    share = 10 / (time.monotonic() - began)
    if streaming:
        expect(page.locator("#stop")).to_be_visible()
    lags, long, changes, nodes = page.evaluate("[window.lags, window.long, window.changes, window.nodes]")
    return Typed(lags, long, (_busy(engine) - busy) * share, sum(received) * share, changes * share, nodes * share)


def _busy(engine: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in engine.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def main() -> None:
    """Measure, and print a table."""
    table = _table(f"The chat in a browser, {PASSAGES:,} passages, ms", "median", "95 of 100", "slowest", "long tasks")
    counts = _table("What ten seconds bring to the page", "ms of the processor", "bytes", "changes", "nodes")
    typed = {}
    with tempfile.TemporaryDirectory() as folder, library(Path(folder) / "press") as made:
        server = launch(made, wait=False)
        with sync_playwright() as playwright:
            page = start(playwright).new_page()
            page.goto(server.local_url)
            expect(page.locator(".welcome")).to_be_visible(timeout=60_000)
            page.wait_for_timeout(3_000)
            table.add_row("Enter to evidence", *_row(evidence_times(page)), "")
            for name, streaming in (("key, nothing else", False), ("key, while an answer streams", True)):
                seen = typed[streaming] = typing(page, streaming=streaming)
                table.add_row(name, *_row(seen.lags), f"{len(seen.long)}, {sum(seen.long):.0f}")
                counted = seen.busy_ms, seen.received, seen.changes, seen.nodes
                counts.add_row(name, *(f"{value:,.0f}" for value in counted))
        server.close()
    ratio = median(typed[True].lags) / median(typed[False].lags)
    console = Console(width=110)
    console.print(table)
    console.print(counts)
    console.print(f"A key while an answer streams takes {ratio:.1f} times as long as without.")


def _table(title: str, *columns: str) -> Table:
    table = Table("what", title=title, box=None, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _row(times: Sequence[float]) -> list[str]:
    ordered = sorted(times)
    return [f"{value:.0f}" for value in (median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])]


if __name__ == "__main__":
    main()
