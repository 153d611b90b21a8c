"""The nearest passages by vector: what an index must do, and the one made of FAISS.

An index holds nothing of its own. It is made from the store, saved only to start faster, and whatever is
wrong with a saved one, a fresh one is made in its place.
"""

import hashlib
import json
import math
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np

from embeddings.encoder import Fingerprint
from rag.store import Ids, Scores, Stamp, Store, Vectors

TRAINED_ABOVE = 50_000
"""Up to this many vectors a search compares them all: exact, and 6 ms for 50,000 of 384 numbers."""

_RETRAIN_GROWTH = 4  # cells chosen for n vectors serve well until there are four times as many
_SAMPLES_AT_LEAST = 39  # a cell, below which FAISS warns
_SAMPLES_PER_CELL = 64  # more hardly moves the cells
_BATCH = 4_096  # vectors read from the store at a time
_SEED = 20_240
_MAGIC = b"dossier index 2"


class Index(Protocol):
    """Finds the stored vectors nearest to a query by cosine; vectors are of unit length."""

    @property
    def count(self) -> int:
        """How many vectors it holds."""

    def ids(self) -> Ids:
        """The ids it holds, ascending."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors, shape (len(ids), dimension), under ids it does not hold yet."""

    def remove(self, ids: Ids) -> None:
        """Forget vectors; unknown ids are passed over."""

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Scores, Ids]:
        """The k nearest of each query, best first, among the allowed ids or among all.

        Returns:
            Cosines and ids, each of shape (len(vectors), k); where fewer were found the id is -1.
        """

    def save(self, path: Path, stamp: Stamp) -> None:
        """Write it down as the index of this state of the store."""


class FaissIndex:
    """An index in memory: every vector as it is, or cells of shortened vectors when there are many.

    Args:
        faiss_index: FAISS's own, which takes ids.
        trained_for: how many vectors its cells were chosen for, 0 when it keeps every vector as it is.
        ids: those it holds already, ascending.
    """

    def __init__(self, faiss_index: Any, trained_for: int = 0, ids: Ids | None = None) -> None:  # noqa: ANN401
        self._faiss = faiss_index
        self._trained_for = trained_for
        self._ids = np.empty(0, np.int64) if ids is None else ids

    @classmethod
    def flat(cls, dimension: int) -> "FaissIndex":
        """An empty index that will keep every vector as it is."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def trained(cls, sample: Vectors, expected: int) -> "FaissIndex":
        """An empty index with cells chosen for as many vectors as are expected.

        A vector takes 8 bits a number, a quarter of its length, and a search reads one cell in 32.

        Args:
            sample: some of the vectors, shape (n, dimension).
            expected: how many there will be.
        """
        count = max(1, min(_cell_count(expected), len(sample) // _SAMPLES_AT_LEAST))
        index: Any = faiss.index_factory(sample.shape[1], f"IVF{count},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.cp.seed = _SEED
        index.train(np.ascontiguousarray(sample, np.float32))
        index.nprobe = max(8, count // 32)
        return cls(index, expected)

    @property
    def count(self) -> int:
        """How many vectors it holds."""
        return len(self._ids)

    def outgrown(self, count: int, trained_above: int) -> bool:
        """Whether an index made for this many vectors would be of another kind."""
        if not self._trained_for:
            return count > trained_above
        return count > _RETRAIN_GROWTH * self._trained_for

    def ids(self) -> Ids:
        """The ids it holds, ascending."""
        return self._ids

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors under ids it does not hold yet."""
        self._faiss.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.asarray(ids, np.int64))
        self._ids = np.sort(np.concatenate([self._ids, ids]), kind="stable")

    def remove(self, ids: Ids) -> None:
        """Forget vectors."""
        self._faiss.remove_ids(np.asarray(ids, np.int64))
        self._ids = np.setdiff1d(self._ids, ids, assume_unique=True)

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Scores, Ids]:
        """The k nearest of each query, best first."""
        options: dict[str, Any] = {}
        if allowed is not None:
            options["sel"] = faiss.IDSelectorBatch(np.asarray(allowed, np.int64))
        parameters: Any = faiss.SearchParameters
        if self._trained_for:
            parameters = faiss.SearchParametersIVF
            # Few allowed vectors may all lie in cells far from the query: with a filter every cell is read.
            options["nprobe"] = self._faiss.nprobe if allowed is None else self._faiss.nlist
        queries = np.ascontiguousarray(vectors, np.float32)
        scores, ids = self._faiss.search(queries, k, params=parameters(**options))
        return scores, ids

    def save(self, path: Path, stamp: Stamp) -> None:
        """Write it down beside the old file, then in its place: a killed process leaves one of them whole."""
        body = self._ids.tobytes() + faiss.serialize_index(self._faiss).tobytes()
        head = {
            "stamp": asdict(stamp),
            "count": self.count,
            "trained_for": self._trained_for,
            "hash": hashlib.sha256(body).hexdigest(),
        }
        fresh = path.with_name(f"{path.name}.new")
        with fresh.open("wb") as file:
            file.write(b"\n".join((_MAGIC, json.dumps(head).encode(), body)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path, store: Store) -> "FaissIndex | None":
        """The saved index of this store, perhaps of an earlier state; None when there is none to trust.

        Whatever is wrong with the file, nothing is lost with it, so nothing is said about it.
        """
        try:
            magic, line, body = path.read_bytes().split(b"\n", 2)
            head = json.loads(line)
            if magic != _MAGIC or hashlib.sha256(body).hexdigest() != head["hash"]:
                return None
            if not usable(_stamp(head["stamp"]), store):
                return None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        ids = np.frombuffer(body, np.int64, head["count"]).copy()
        faiss_index = faiss.deserialize_index(np.frombuffer(body, np.uint8, offset=ids.nbytes))
        return cls(faiss_index, head["trained_for"], ids)


def in_step(index: FaissIndex | None, store: Store, wanted: Ids, *, trained_above: int = TRAINED_ABOVE) -> FaissIndex:
    """The index with exactly the wanted passages: the given one with what changed, or a new one.

    Args:
        index: one that is `usable`, so that comparing ids tells all that changed; None when there is none.
        store: where the vectors are.
        wanted: ids of all its passages, ascending; those that are gone meanwhile are left out.
        trained_above: from how many vectors on cells are worth their training.
    """
    if index is None or index.outgrown(len(wanted), trained_above):
        index = _empty(store, wanted, trained_above)
    gone = np.setdiff1d(index.ids(), wanted, assume_unique=True)
    if len(gone):
        index.remove(gone)
    missing = np.setdiff1d(wanted, index.ids(), assume_unique=True)
    for start in range(0, len(missing), _BATCH):
        index.add(*store.vectors(missing[start : start + _BATCH].tolist()))
    return index


def _empty(store: Store, ids: Ids, trained_above: int) -> FaissIndex:
    fingerprint = store.stamp().fingerprint
    dimension = 1 if fingerprint is None else fingerprint.dimension  # nothing is stored yet
    if len(ids) <= trained_above:
        return FaissIndex.flat(dimension)
    size = min(len(ids), _SAMPLES_PER_CELL * _cell_count(len(ids)))
    chosen = np.random.default_rng(_SEED).choice(ids, size, replace=False)
    _, sample = store.vectors(np.sort(chosen).tolist())
    return FaissIndex.trained(sample, len(ids))


def _cell_count(expected: int) -> int:
    """Four cells for the root of n: finding the cells then costs about as much as searching in them."""
    return max(1, round(4 * math.sqrt(expected)))


def usable(stamp: Stamp, store: Store) -> bool:
    """Whether an index of this state serves the store: made by the same model, from a state that it grew from."""
    return stamp.fingerprint == store.stamp().fingerprint and store.grew_from(stamp)


def _stamp(saved: dict[str, Any]) -> Stamp:
    fingerprint = saved["fingerprint"]
    return Stamp(str(saved["write"]), None if fingerprint is None else Fingerprint(**fingerprint))
