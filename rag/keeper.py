"""Keeps the vector index in step with the store, whoever writes to it."""

import logging
import threading
from pathlib import Path

from rag.index import TRAINED_ABOVE, FaissIndex, in_step, usable
from rag.store import Ids, Scores, Stamp, Store, Vectors

_log = logging.getLogger(__name__)


class IndexKeeper:
    """The index of one store, brought up to date before every search.

    Args:
        store: where the vectors are.
        path: where the index is saved.
        trained_above: from how many vectors on cells are worth their training.
    """

    def __init__(self, store: Store, path: Path, *, trained_above: int = TRAINED_ABOVE) -> None:
        self._store = store
        self._path = path
        self._trained_above = trained_above
        self._lock = threading.RLock()
        self._index: FaissIndex | None = None
        self._stamp: Stamp | None = None
        self._saved: Stamp | None = None

    def refresh(self) -> bool:
        """Take in what this or another process wrote; True when the saved file is now behind."""
        with self._lock:
            if self._store.stamp() != self._stamp:
                # Of one state: an index with passages of a later one would pass for the earlier one's.
                stamp, ids = self._store.contents()
                self._index = in_step(self._usable(), self._store, ids, trained_above=self._trained_above)
                self._stamp = stamp
            return self._saved != self._stamp

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Scores, Ids]:
        """The k nearest of each query in the present state of the store; see `rag.index.Index.search`."""
        with self._lock:
            self.refresh()
            assert self._index is not None  # noqa: S101 - refresh made it
            return self._index.search(vectors, k, allowed)

    def save(self) -> None:
        """Write the index down. Only a starting time is lost when the disk does not want it."""
        with self._lock:
            self.refresh()
            assert self._index is not None  # noqa: S101 - refresh made it
            assert self._stamp is not None  # noqa: S101 - same
            try:
                self._index.save(self._path, self._stamp)
            except OSError as error:
                _log.warning("The index was not saved, the next start makes it anew: %s", error)
            self._saved = self._stamp

    def _usable(self) -> FaissIndex | None:
        """What can be brought in step: the index in memory, else the saved one, None when neither belongs here."""
        if self._stamp is None:
            return FaissIndex.load(self._path, self._store)
        return self._index if usable(self._stamp, self._store) else None
