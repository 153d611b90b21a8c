"""How long a reader waits: plain prompts against passage states, and with and without guessing, in one run.

Every question has passages of its own, so nothing but what is being measured is read twice.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from eval.libraries import sample_library
from rag import CellType, EngineOptions, Evidence, Generator, Prompt, StateSettings, load_generator

MODELS = ("qwen2.5-coder-1.5b-instruct", "qwen2.5-coder-0.5b-instruct")
PASSAGES = (1, 2, 4, 8)
QUESTIONS = 5
LENGTHS = range(100, 141)
"""Tokens of the passages: about 120, as libraries have them."""

_SYSTEM = "Use only what the articles below say."
_ASK = "Question: What does the last article say?\nAnswer in English, in one complete sentence."
_COPY = "Copy the first two sentences of the last article, word for word."
_WIDTH = 132  # of the table; a narrower terminal would cut the spreads off
_INTO_READING_S = 1.0  # when a question comes, a passage being read ahead is about here
_COMPARED = 4  # passages, where cells are compared
_ANSWER_TOKENS, _COPIED_TOKENS = 32, 64

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds of one question: to the first token, and to the last; `tokens` of them were written."""

    first_s: float
    total_s: float
    tokens: int

    @property
    def rate(self) -> float:
        """Tokens a second after the first."""
        return (self.tokens - 1) / max(self.total_s - self.first_s, 1e-9)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is compared: a model, how it reads, how much it guesses."""

    model: str
    states: bool
    guess: int = 3
    cells: CellType = "f16"
    passages: tuple[int, ...] = PASSAGES


@dataclass(frozen=True, slots=True)
class Measured:
    """What the questions waited, by number of passages; the process's memory and the median state, in MB."""

    waited: dict[int, list[Waited]]
    resident_mb: float
    state_mb: float


def main() -> None:
    """Measure, each setting in a process of its own, and print the tables."""
    texts = passages()
    console = Console(width=_WIDTH)
    for model in MODELS:
        measured = {states: _apart(measure, Setting(model, states), texts) for states in (False, True)}
        console.print(_reading_table(model, measured[False], measured[True]))
        small = _apart(measure, Setting(model, states=True, cells="q8_0", passages=(_COMPARED,)), texts)
        console.print(_cells_table(model, measured[True], small))
        alone, meanwhile = _apart(measure_interrupted, Setting(model, states=True), texts)
        console.print(
            f"{model}: first token, {_COMPARED} passages: {_spread(alone)} alone, "
            f"{_spread(meanwhile)} while a passage is being read ahead"
        )
        plain, guessed = (_apart(measure_copies, Setting(model, states=True, guess=guess), texts) for guess in (0, 3))
        console.print(
            f"{model}: copying, tokens a second: {plain:.1f} without guessing, {guessed:.1f} with, "
            f"{guessed / plain:.2f} times\n"
        )


def passages() -> list[str]:
    """Passages of the sample articles, as prompts hold them."""
    with sample_library() as library:
        found: dict[tuple[str, int], Evidence] = {}
        for article in library.articles():
            for evidence in library.retrieve(article.title, k=8):
                found.setdefault((evidence.passage.article.id, evidence.passage.start), evidence)
    count = load_generator(MODELS[0]).count_tokens
    texts = (f"Article: {e.passage.article.title}\n{e.passage.text}\n\n" for e in found.values())
    return [text for text in texts if count(text) in LENGTHS]


def measure(setting: Setting, texts: list[str]) -> Measured:
    """Ask QUESTIONS questions with each number of passages; states are made before, in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        generator = _generator(setting, Path(folder))
        waited = {}
        for count in setting.passages:
            prompts = [_prompt(texts, number, count, _ASK) for number in range(QUESTIONS)]
            for prompt in prompts:
                for passage in prompt.passages if setting.states else ():
                    generator.prepare(_SYSTEM, passage)
            waited[count] = [_ask(generator.stream(prompt, max_tokens=_ANSWER_TOKENS)) for prompt in prompts]
        sizes = [path.stat().st_size / 2**20 for path in Path(folder).rglob("*.state")]
        return Measured(waited, _resident_mb(), median(sizes) if sizes else 0.0)


def measure_copies(setting: Setting, texts: list[str]) -> float:
    """Tokens a second, the median, of answers that quote their passage."""
    with tempfile.TemporaryDirectory() as folder:
        generator = _generator(setting, Path(folder))
        prompts = [_prompt(texts, number, 2, _COPY) for number in range(QUESTIONS)]
        return median(_ask(generator.stream(prompt, max_tokens=_COPIED_TOKENS)).rate for prompt in prompts)


def measure_interrupted(setting: Setting, texts: list[str]) -> tuple[list[float], list[float]]:
    """Seconds to the first token when nothing else goes on, and when a passage is being read ahead."""
    with tempfile.TemporaryDirectory() as folder:
        generator = _generator(setting, Path(folder))
        prompts = [_prompt(texts, number, _COMPARED, _ASK) for number in range(QUESTIONS)]
        for prompt in prompts:
            for passage in prompt.passages:
                generator.prepare(_SYSTEM, passage)
        alone = [_ask(generator.stream(prompt, max_tokens=2)).first_s for prompt in prompts]
        with ThreadPoolExecutor(1) as background:
            meanwhile = []
            for number, prompt in enumerate(prompts):
                background.submit(generator.prepare, _SYSTEM, f"Article: {number}\n{' '.join(texts[:6])}")
                time.sleep(_INTO_READING_S)
                meanwhile.append(_ask(generator.stream(prompt, max_tokens=2)).first_s)
    return alone, meanwhile


def _generator(setting: Setting, folder: Path) -> Generator:
    states = StateSettings(enabled=setting.states, folder=folder)
    return load_generator(setting.model, states=states, options=EngineOptions(guess=setting.guess, cells=setting.cells))


def _prompt(texts: list[str], number: int, count: int, ask: str) -> Prompt:
    start = number * max(PASSAGES)
    return Prompt(_SYSTEM, tuple(texts[(start + i) % len(texts)] for i in range(count)), ask)


def _ask(pieces: Iterator[str]) -> Waited:
    started = time.perf_counter()
    first_s, tokens = 0.0, 0
    for _ in pieces:
        first_s = first_s or time.perf_counter() - started
        tokens += 1
    return Waited(first_s, time.perf_counter() - started, tokens)


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))


def _apart(measured: Callable[[Setting, list[str]], T], setting: Setting, texts: list[str]) -> T:
    """What a measurement gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measured, setting, texts).result()


def _cells_table(model: str, large: Measured, small: Measured) -> Table:
    """Cells of 16 and of 8 bits, with as many passages as answers usually have."""
    table = Table(title=f"{model}: cells, {_COMPARED} passages", box=None, header_style="bold")
    for column in ("cells", "first token", "tokens/s", "MB a passage", "memory, MB"):
        table.add_column(column, justify="right")
    for name, measured in (("16 bits", large), ("8 bits", small)):
        waited = measured.waited[_COMPARED]
        first, rate = _spread([w.first_s for w in waited]), median(w.rate for w in waited)
        table.add_row(name, first, f"{rate:.1f}", f"{measured.state_mb:.1f}", f"{measured.resident_mb:,.0f}")
    return table


def _reading_table(model: str, plain: Measured, states: Measured) -> Table:
    table = Table(
        title=f"{model}: seconds, medians of {QUESTIONS} (least to most); "
        f"memory {plain.resident_mb:,.0f} MB plain, {states.resident_mb:,.0f} MB with states",
        box=None,
        header_style="bold",
    )
    for column in ("passages", "first token, plain", "with states", "times sooner", "whole, plain", "with states"):
        table.add_column(column, justify="right")
    table.add_column("tokens/s", justify="right")
    for count in PASSAGES:
        slow, quick = plain.waited[count], states.waited[count]
        sooner = median(w.first_s for w in slow) / median(w.first_s for w in quick)
        firsts = (_spread([w.first_s for w in waited]) for waited in (slow, quick))
        totals = (_spread([w.total_s for w in waited]) for waited in (slow, quick))
        rate = median(w.rate for w in quick)
        table.add_row(str(count), *firsts, f"{sooner:.1f}", *totals, f"{rate:.1f}")
    return table


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
