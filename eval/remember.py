"""Vectors and judgements that were asked for a moment ago: the same evidence is looked at many times."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings import Encoder, WrappedEncoder
from rag import Judge

_KEPT = 4_096  # with vectors of 384 numbers, 6 MB

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Recent(Generic[K, V]):
    """What was used last, up to a number."""

    def __init__(self) -> None:
        self._kept: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def __getitem__(self, key: K) -> V:
        self._kept.move_to_end(key)
        return self._kept[key]

    def keep(self, key: K, value: V) -> None:
        self._kept[key] = value
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


class RememberingEncoder(WrappedEncoder):
    """An encoder that makes the vector of a text once, as long as it is not too long ago.

    Args:
        encoder: makes them.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._queries: _Recent[str, NDArray[np.float32]] = _Recent()
        self._passages: _Recent[str, NDArray[np.float32]] = _Recent()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (len(texts), dimension)."""
        return _vectors(self._queries, texts, self.encoder.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimension)."""
        return _vectors(self._passages, texts, self.encoder.encode_passages)


class RememberingJudge:
    """A judge that is not asked the same twice, as long as it is not too long ago.

    Args:
        judge: is asked.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._recent: _Recent[tuple[str, str, str], float | None] = _Recent()

    @property
    def name(self) -> str:
        """The judge's name."""
        return self._judge.name

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """What the judge says; see `Judge`."""
        asked = (title, quote, sentence)
        if asked not in self._recent:
            self._recent.keep(asked, self._judge.log_odds(*asked))
        return self._recent[asked]


def _vectors(
    recent: _Recent[str, NDArray[np.float32]],
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The vectors of texts; only those are made that are not known."""
    rows = {text: recent[text] for text in texts if text in recent}
    new = list(dict.fromkeys(text for text in texts if text not in rows))
    for text, vector in zip(new, encode(new), strict=True):
        rows[text] = vector.copy()  # a row alone would keep all of them in memory
        recent.keep(text, rows[text])
    return np.stack([rows[text] for text in texts]) if texts else encode([])
