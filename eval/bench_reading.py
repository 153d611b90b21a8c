"""How long a reader waits: plain prompts against passage states, and with and without guessing, in one run.

Every question has passages of its own, so nothing but what is being measured is read twice.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from eval.run import sample_library
from rag import EngineOptions, Evidence, Prompt, StateSettings, load_generator

MODELS = ("qwen2.5-coder-1.5b-instruct", "qwen2.5-coder-0.5b-instruct")
PASSAGES = (1, 2, 4, 8)
QUESTIONS = 5
_SYSTEM = "Use only what the articles below say."
_ASK = "Question: What does the last article say?\nAnswer in English, in one complete sentence."
_COPY = "Copy the first two sentences of the last article, word for word."
_WIDTH = 132  # of the table; a narrower terminal would cut the spreads off
_ANSWER_TOKENS, _COPIED_TOKENS = 32, 64


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


def main() -> None:
    """Measure, each setting in a process of its own, and print the tables."""
    texts = passages()
    console = Console(width=_WIDTH)
    for model in MODELS:
        measured = {states: _apart(Setting(model, states), texts) for states in (False, True)}
        console.print(_reading_table(model, measured[False], measured[True]))
        plain, guessed = (_apart_copies(Setting(model, states=True, guess=guess), texts) for guess in (0, 3))
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
    return [f"Article: {e.passage.article.title}\n{e.passage.text}\n\n" for e in found.values()]


def measure(setting: Setting, texts: list[str]) -> tuple[dict[int, list[Waited]], float]:
    """Ask QUESTIONS questions with each number of passages.

    Returns:
        What each waited, by number of passages, and the process's resident memory in MB.
    """
    generator = load_generator(setting.model, states=_states(setting), options=EngineOptions(guess=setting.guess))
    waited = {}
    for count in PASSAGES:
        prompts = [_prompt(texts, number, count, _ASK) for number in range(QUESTIONS)]
        for prompt in prompts:
            for passage in prompt.passages if setting.states else ():
                generator.prepare(_SYSTEM, passage)
        waited[count] = [_ask(generator.stream(prompt, max_tokens=_ANSWER_TOKENS)) for prompt in prompts]
    return waited, _resident_mb()


def measure_copies(setting: Setting, texts: list[str]) -> float:
    """Tokens a second, the median, of answers that quote their passage."""
    generator = load_generator(setting.model, states=_states(setting), options=EngineOptions(guess=setting.guess))
    prompts = [_prompt(texts, number, 2, _COPY) for number in range(QUESTIONS)]
    return median(_ask(generator.stream(prompt, max_tokens=_COPIED_TOKENS)).rate for prompt in prompts)


def _states(setting: Setting) -> StateSettings:
    return StateSettings(enabled=setting.states)


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


def _apart(setting: Setting, texts: list[str]) -> tuple[dict[int, list[Waited]], float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, setting, texts).result()


def _apart_copies(setting: Setting, texts: list[str]) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure_copies, setting, texts).result()


def _reading_table(
    model: str, plain: tuple[dict[int, list[Waited]], float], states: tuple[dict[int, list[Waited]], float]
) -> Table:
    table = Table(
        title=f"{model}: seconds, medians of {QUESTIONS} (least to most); "
        f"memory {plain[1]:,.0f} MB plain, {states[1]:,.0f} MB with states",
        box=None,
        header_style="bold",
    )
    for column in ("passages", "first token, plain", "with states", "times sooner", "whole, plain", "with states"):
        table.add_column(column, justify="right")
    table.add_column("tokens/s", justify="right")
    for count in PASSAGES:
        slow, quick = plain[0][count], states[0][count]
        sooner = median(w.first_s for w in slow) / median(w.first_s for w in quick)
        firsts = (_spread([w.first_s for w in waited]) for waited in (slow, quick))
        totals = (_spread([w.total_s for w in waited]) for waited in (slow, quick))
        rate = median(w.rate for w in quick)
        table.add_row(str(count), *firsts, f"{sooner:.1f}", *totals, f"{rate:.1f}")
    return table


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
