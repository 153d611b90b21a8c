"""How near a question is to the texts of each language, whatever they say; what that costs an answer, it gets back.

To a multilingual encoder two texts of one language are near each other before they agree in anything: passages in the
question's own language push out one in another that answers it (Roy et al., "LAReQA: Language-agnostic answer
retrieval from a multilingual pool", EMNLP 2020). The level of a language is the question's cosine with the mean of the
language's passages, what any of its texts has for nothing. Differences between levels are taken out of the cosines,
as Yang et al. take the language's own direction out of the vectors ("A simple and effective method to eliminate the
self language bias in multilingual representations", EMNLP 2021); here no vector changes, so nothing has to be stored.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.store import Ids, Scores, Stamp, Store, Vectors

MOST = 0.06
"""The most that is added to a cosine: a few passages that are all about one thing have a level of that thing."""

_LANGUAGES = 8  # each is searched by itself; all further ones, the rarest, together
_SAMPLE = 1_024  # passages of a language tell its mean well enough


@dataclass(frozen=True)
class Levels:
    """The passages of a store by language.

    Attributes:
        ids: of all passages that are searched, ascending.
        group: for each of them the number of its language.
        means: of the vectors of each language, shape (languages, dimension).
    """

    ids: Ids
    group: NDArray[np.int64]
    means: Vectors

    @cached_property
    def members(self) -> list[Ids]:
        """The ids of the passages of each language, ascending."""
        return [self.ids[self.group == number] for number in range(len(self.means))]

    def lifts(self, question: Vectors, ids: Ids) -> Scores:
        """What the passages' cosines with a question lack for their language's sake.

        Args:
            question: its vector, shape (dimension,).
            ids: of passages; those that are not known lack nothing.

        Returns:
            For each id a number between 0 and `MOST`; 0 in the language that is nearest.
        """
        if len(self.means) < 2:  # noqa: PLR2004 - one language has no other to be compared with
            return np.zeros(len(ids), np.float32)
        levels = self.means @ question
        lifts = np.minimum(levels.max() - levels, MOST)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[places] == ids, lifts[self.group[places]], 0).astype(np.float32)

    def parts(self, allowed: Ids | None) -> Iterator[Ids | None]:
        """The passages of each language that may answer, to be searched one after the other."""
        if len(self.means) < 2:  # noqa: PLR2004 - same
            yield allowed
            return
        for members in self.members:
            part = members if allowed is None else np.intersect1d(members, allowed, assume_unique=True)
            if len(part):
                yield part


_NONE = Levels(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 1), np.float32))


class LevelKeeper:
    """The levels of one store, made anew when it has changed.

    Args:
        store: where the passages are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._levels = _NONE

    def now(self) -> Levels:
        """Those of the present state."""
        with self._lock:
            stamp = self._store.stamp()
            if stamp != self._stamp:
                self._levels = _measured(self._store)
                self._stamp = stamp
            return self._levels


def _measured(store: Store) -> Levels:
    ids, languages = store.passage_languages()
    if not languages:
        return _NONE
    group = _numbered(languages)
    means = [_mean(store, ids[group == number]) for number in range(int(group.max()) + 1)]
    return Levels(ids, group, np.array(means, np.float32))


def _numbered(languages: Sequence[str]) -> NDArray[np.int64]:
    """The number of each passage's language, that with the most passages first."""
    names, group, counts = np.unique(np.array(languages, dtype=np.str_), return_inverse=True, return_counts=True)
    rank = np.empty(len(names), np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.minimum(np.arange(len(names)), _LANGUAGES - 1)
    numbers: NDArray[np.int64] = rank[group]
    return numbers


def _mean(store: Store, ids: Ids) -> Vectors:
    """The mean vector of these passages, by a sample that is spread over them evenly."""
    chosen = ids[np.unique(np.linspace(0, len(ids) - 1, min(len(ids), _SAMPLE)).astype(np.int64))]
    _, vectors = store.vectors(chosen.tolist())
    mean: Vectors = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    return mean
