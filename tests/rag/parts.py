"""What the tests of the library share: entries made by hand, and libraries with fake models."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents import Article, Passage, content_hash, words
from embeddings import Fingerprint
from rag import Library
from rag.store import Entry
from tests.fakes import FakeEncoder, FakeGenerator

RIVER = "The river rose\n\nThe river rose by two metres in 2024. The mayor closed the old bridge for a week."
SCHOOL = "A new school\n\nThe school by the train line opened in 2019. It cost nine million."

FLOOD = "The river rose by two metres in 2024. The mayor closed the old bridge for a week, and the school too. " * 3
TRAIN = "The train to the school has run since 2024. It is never late, says the mayor, who takes it every day. " * 3

FINGERPRINT = Fingerprint("hand-made", "0" * 64, "", "", 4)


def unit(*numbers: float) -> NDArray[np.float32]:
    vector = np.array(numbers, np.float32)
    return vector / np.linalg.norm(vector)


def unit_rows(count: int, dimension: int = 4, seed: int = 7) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def entry(
    text: str = "The river rose.",
    *,
    origin: str = "/articles/river.txt",
    spans: Sequence[tuple[int, int]] | None = None,
    vectors: NDArray[np.float32] | None = None,
    fingerprint: Fingerprint = FINGERPRINT,
    **fields: Any,
) -> Entry:
    """An entry of one passage, or of the given ones."""
    article = Article(id="", text=text, **{"title": "", "path": origin, **fields})
    spans = [(0, len(text))] if spans is None else spans
    passages = tuple(Passage(article, start, end) for start, end in spans)
    return Entry(
        article=article,
        origin=origin,
        content_hash=content_hash(text.encode()),
        passages=passages,
        words=tuple(" ".join(words(passage.text)) for passage in passages),
        vectors=unit_rows(len(spans), fingerprint.dimension) if vectors is None else vectors,
        fingerprint=fingerprint,
    )


def open_library(folder: Path, encoder: FakeEncoder | None = None) -> Library:
    return Library.open(folder, encoder=encoder or FakeEncoder(), generator=FakeGenerator())


def write_articles(folder: Path, **texts: str) -> Path:
    """A folder with a file NAME.txt for each text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def titles(library: Library) -> set[str]:
    return {article.title for article in library.articles()}


def files_in(folder: Path) -> list[Path]:
    """All files in a folder and below it."""
    return [path for path in folder.rglob("*") if path.is_file()]
