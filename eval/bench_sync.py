"""How fast and in how much memory a folder of many small files is taken in: `python -m eval.bench_sync [FILES]`.

Vectors are made up from words: what is measured is everything around the model, which any machine pays for each file.
A tenth of the files is synced first, and then all of them: memory is bounded when ten times as many take hardly more.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from embeddings import Fingerprint
from rag import AddReport, Library

FILES = 10_000
_WORDS = 150  # of a file
_TENTH = 10
_DIMENSION = 384  # of the default encoder
_VOCABULARY = 20_000


class WordEncoder:
    """Makes vectors from the lengths of words, in no time."""

    max_tokens = 512
    fingerprint = Fingerprint("words", "none", "", "", _DIMENSION)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length."""
        rows = np.zeros((len(texts), _DIMENSION), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for place, word in enumerate(text.split()):
                row[(place * len(word)) % _DIMENSION] += 1
        rows[:, 0] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As passages."""
        return self.encode_passages(texts)

    def count_tokens(self, text: str) -> int:
        """Its words."""
        return len(text.split())


@dataclass(frozen=True, slots=True)
class Step:
    """One sync: what it found, how long it and the processor took, and the most memory of the process until then."""

    name: str
    files: int
    seconds: float
    processor_s: float
    peak_mb: float


def measure(files: int, folder: Path) -> Iterator[Step]:
    """Sync a folder that is new, that is as it was, and of which four tenths have changed in four ways."""
    draw = random.Random(files)  # noqa: S311 - the same files every time
    articles = folder / "articles"
    for number in range(files):
        _write(articles / f"{number % 100:02}" / f"{number:05}.txt", draw)
    with Library.open(folder / "library", encoder=WordEncoder(), passages=None) as library:
        yield _timed("all new", files, lambda: library.sync(articles))
        yield _timed("unchanged", files, lambda: library.sync(articles))
        _change(articles, files, draw)
        yield _timed("a tenth each new, changed, moved, gone", files, lambda: library.sync(articles))


def _change(articles: Path, files: int, draw: random.Random) -> None:
    tenth = files // _TENTH
    paths = sorted(articles.rglob("*.txt"))
    draw.shuffle(paths)
    for path in paths[:tenth]:
        _write(path, draw)
    for path in paths[tenth : 2 * tenth]:
        path.rename(articles / f"moved-{path.name}")
    for path in paths[2 * tenth : 3 * tenth]:
        path.unlink()
    for number in range(tenth):
        _write(articles / "new" / f"{number:05}.txt", draw)


def _write(path: Path, draw: random.Random) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    words = [f"w{draw.randrange(_VOCABULARY)}" for _ in range(_WORDS)]
    lines = [" ".join(words[start : start + 15]).capitalize() + "." for start in range(0, _WORDS, 15)]
    path.write_text(f"Report {draw.randrange(10**9)}\n\n" + " ".join(lines), encoding="utf-8")


def _timed(name: str, files: int, sync: Callable[[], AddReport]) -> Step:
    started, computed = time.perf_counter(), time.process_time()
    sync()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
    return Step(name, files, time.perf_counter() - started, time.process_time() - computed, peak)


def table(steps: Sequence[Step]) -> Table:
    """The steps, a line each."""
    shown = Table(title=f"Syncing files of {_WORDS} words, without a model", box=None)
    for column in ("files", "the folder is", "seconds", "of the processor", "files a second", "peak MB"):
        shown.add_column(column, justify="left" if column == "the folder is" else "right")
    for step in steps:
        times = (f"{step.seconds:.1f}", f"{step.processor_s:.1f}", f"{step.files / step.seconds:,.0f}")
        shown.add_row(f"{step.files:,}", step.name, *times, f"{step.peak_mb:,.0f}")
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print.

    Args:
        arguments: how many files; that of the process by default.
    """
    given = sys.argv[1:] if arguments is None else arguments
    files = int(given[0]) if given else FILES
    steps: list[Step] = []
    for count in (files // _TENTH, files):
        with tempfile.TemporaryDirectory() as folder:
            steps += measure(count, Path(folder))
    Console().print(table(steps))


if __name__ == "__main__":
    main()
