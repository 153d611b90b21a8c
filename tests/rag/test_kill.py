"""A writer killed at any moment leaves a library that opens, with every article that it reported."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rag.parts import open_library, write_articles

ROOT = Path(__file__).parents[2]
ARTICLES = 60
KILLS = 20

WRITER = """
import sys
from pathlib import Path
from tests.rag.parts import open_library

library = open_library(Path(sys.argv[1]))
print("open", flush=True)
library.add(sys.argv[2], progress=lambda event: print("reported", event.article_id, flush=True))
print("done", flush=True)
"""


def _write(folder: Path, version: int) -> Path:
    """Articles whose every passage says of which version it is."""
    sentence = f"The mayor opened bridge {{}} over river {{}} in version {version}."
    texts = {
        f"a{n:02}": f"Bridge {n}\n\n" + "\n\n".join(sentence.format(n, river) * 3 for river in range(8))
        for n in range(ARTICLES)
    }
    return write_articles(folder, **texts)


@contextmanager
def _writer(library: Path, articles: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that has opened the library and now adds the articles."""
    command = [sys.executable, "-c", WRITER, str(library), str(articles)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process


def _seconds_an_article(library: Path, articles: Path) -> float:
    with _writer(library, articles) as process:
        assert process.stdout is not None
        process.stdout.readline()  # with the first article, language detection is loaded
        started = time.monotonic()
        for _ in range(ARTICLES - 1):
            process.stdout.readline()
        seconds = (time.monotonic() - started) / (ARTICLES - 1)
        process.stdout.read()  # to the end, or the writer would find nobody to report to
        return seconds


def _killed(library: Path, articles: Path, after_articles: int, after_s: float) -> set[str]:
    """Add, kill so long after so many reports, and give the ids that were reported until then."""
    with _writer(library, articles) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after_articles)]
        time.sleep(after_s)
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    return {line.split()[1] for line in lines if line.startswith("reported") and line.endswith("\n")}


def _check(folder: Path, version: int, reported: set[str], before: set[str]) -> set[str]:
    """Hold the library to what was reported; its article ids."""
    with open_library(folder) as library:
        library._store.check()
        ids = {summary.id for summary in library.articles()}
        assert reported | before <= ids
        assert all(f"version {version}." in library.article(article_id).text for article_id in reported)
        passages = library._store.passages(library._store.passage_ids().tolist()).values()
        assert {passage.article.id for passage in passages} == ids
        keeper = library._index()
        keeper.refresh()
        assert keeper._index is not None
        assert keeper._index.ids().tolist() == library._store.passage_ids().tolist()
        return ids


def test_twenty_kills_lose_nothing_that_was_reported(tmp_path: Path) -> None:
    draw = random.Random(20)  # noqa: S311 - the same draws every time
    article_s = _seconds_an_article(tmp_path / "measured", _write(tmp_path / "articles", 0))
    interrupted, ids, folder = 0, set[str](), tmp_path
    for kill in range(KILLS):
        if kill % 4 == 0:  # else articles are replaced that an earlier run added
            folder, ids = tmp_path / f"library-{kill}", set()
        articles = _write(tmp_path / "articles", kill)
        # Counted in articles, since by the clock most kills would hit the start or the end of the process.
        after_articles, after_s = draw.randint(0, ARTICLES), draw.uniform(0, 2 * article_s)
        reported = _killed(folder, articles, after_articles, after_s)
        ids = _check(folder, kill, reported, ids)
        interrupted += 0 < len(reported) < ARTICLES
    assert interrupted >= KILLS // 2, "the kills came too early or too late to tell anything"
