"""Whatever happens to kept states, the next answer is the one that an untouched disk would give."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from embeddings import resolve_generator
from rag.generate import Prompt
from rag.llama import LlamaGenerator
from rag.settings import StateSettings
from tests.rag.writers import Writers, writers

pytestmark = pytest.mark.model

MODELS = "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct"
FAULTS = 100
LIMIT = 2**30
HEAD = "Answer from the articles, in a few words.\n"
PASSAGES = (
    "Article: Timetable\nThe ferry Aurora sails to Gotland at noon.\n",
    "Article: Weather\nIt rained in Visby on Monday.\n",
    "Article: Harbour\nThe harbour of Nynäshamn was built in 1901.\n",
)
TAIL = "Question: Which ferry sails to Gotland?\nAnswer:"

WRITER = """
import itertools, sys
from pathlib import Path
from rag.state_cache import StateCache

def write():
    folder = Path(sys.argv[1])
    cache = StateCache(folder, 2**30)
    states = [(path.stem, cache.get(path.stem)) for path in folder.rglob("*.state")]
    for key, state in itertools.cycle((key, state) for key, state in states if state):
        cache.drop(key)
        cache.put(key, state)
"""


def open_generator(model: str, folder: Path, limit: int) -> LlamaGenerator:
    """A generator with states of its own folder."""
    return LlamaGenerator(resolve_generator(model), states=StateSettings(folder=folder, limit=limit))


class Disk:
    """A folder of states, what can befall it, and who reads from it."""

    def __init__(self, folder: Path, draw: random.Random, writers: Writers) -> None:
        self._folder = folder
        self._draw = draw
        self._writers = writers
        self._generators = {model: open_generator(model, folder, LIMIT) for model in MODELS}
        self._narrow = open_generator(MODELS[0], folder, 1_200_000)  # hardly any room: each state pushes out another
        self._asks = self._generators[MODELS[0]]
        self.model = MODELS[0]

    def answer(self, order: Sequence[str]) -> str:
        """What the model that asks just now writes about passages in this order."""
        return "".join(self._asks.stream(Prompt(HEAD, tuple(order), TAIL), max_tokens=12))

    def befall(self) -> str:
        """One fault; its name."""
        faults: list[tuple[Callable[[], None], int]] = [
            (self.kill_a_writer, 20),
            (self.truncate, 25),
            (self.flip_a_byte, 20),
            (self.exchange_two, 10),
            (self.fill_the_limit, 10),
            (self.change_the_model, 5),
            (self.remove_a_folder, 10),
        ]
        fault = self._draw.choices([each for each, _ in faults], [weight for _, weight in faults])[0]
        fault()
        return fault.__name__

    def kill_a_writer(self) -> None:
        """Kill -9 of a process that writes these very states all the time."""
        self._one()
        self._writers.kill(1, after_s=self._draw.uniform(0, 0.2))

    def truncate(self) -> None:
        """Cut the end off a state."""
        path = self._one()
        path.write_bytes(path.read_bytes()[: self._draw.randrange(path.stat().st_size)])

    def flip_a_byte(self) -> None:
        """Change a byte of a state."""
        path = self._one()
        data = bytearray(path.read_bytes())
        data[self._draw.randrange(len(data))] ^= self._draw.randrange(1, 256)
        path.write_bytes(data)

    def exchange_two(self) -> None:
        """Give a state the name of another, perhaps of another model."""
        self._one().write_bytes(self._one().read_bytes())

    def fill_the_limit(self) -> None:
        """From now on, or from now on no longer, there is room for hardly anything."""
        wide = self._generators[MODELS[0]]
        self._asks = wide if self._asks is self._narrow else self._narrow
        self.model = MODELS[0]

    def change_the_model(self) -> None:
        """Ask another model, which finds the states of the first."""
        self.model = MODELS[1 - MODELS.index(self.model)]
        self._asks = self._generators[self.model]

    def remove_a_folder(self) -> None:
        """Take states away."""
        for path in self._one().parent.iterdir():
            path.unlink()

    def _one(self) -> Path:
        files = sorted(self._folder.rglob("*.state"))
        if not files:
            self.answer(PASSAGES)
            files = sorted(self._folder.rglob("*.state"))
        return self._draw.choice(files)


def _undisturbed(folder: Path) -> Iterator[tuple[tuple[str, tuple[str, ...]], str]]:
    """What each model writes about the passages in each order, from states that nothing befalls."""
    for model in MODELS:
        generator = open_generator(model, folder, LIMIT)
        for order in permutations(PASSAGES):
            yield (model, order), "".join(generator.stream(Prompt(HEAD, order, TAIL), max_tokens=12))
        generator.close()


def test_a_hundred_faults_change_no_answer(tmp_path: Path) -> None:
    draw = random.Random(100)  # noqa: S311 - the same draws every time
    untouched = dict(_undisturbed(tmp_path / "untouched"))
    seen: Counter[str] = Counter()
    with writers(WRITER, tmp_path / "states") as killed:
        disk = Disk(tmp_path / "states", draw, killed)
        for _ in range(FAULTS):
            seen[disk.befall()] += 1
            order = tuple(draw.sample(PASSAGES, len(PASSAGES)))
            assert disk.answer(order) == untouched[disk.model, order], (seen, disk.model, order)
    assert len(seen) == 7, seen
