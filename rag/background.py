"""The thread that reads passages ahead while nobody asks (`rag/warm.py` says what is read)."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from filelock import FileLock, Timeout

from documents.errors import DossierError
from rag.folder import Folder
from rag.generate import Generator, Prepared
from rag.sentence_vectors import KeepingEncoder
from rag.store import Stamp, Store
from rag.warm import Ahead, Readiness, readiness

_log = logging.getLogger(__name__)

_PAUSE_S = 2.0  # between two looks for something to read


class BackgroundReader:
    """A thread that reads ahead while nobody asks, in one process of all that use a library.

    Args:
        folder: the library's, for the lock.
        store: has the passages; new ones are noticed.
        generator: reads them.
        first: done before anything is read: what the first question will need sooner.
        encoder: see `warm`; asked for with each look for something to read.

    Attributes:
        progress: how far it has come, None while it has not begun or another process reads in its place.
    """

    def __init__(
        self,
        folder: Folder,
        store: Store,
        generator: Callable[[], Generator],
        first: Callable[[], object],
        encoder: Callable[[], KeepingEncoder | None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._store = store
        self._generator = generator
        self._first = first
        self._encoder = encoder
        self.progress: Readiness | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dossier-reads-ahead", daemon=True)

    def start(self) -> None:
        """Begin; the model is loaded by the thread."""
        self._thread.start()

    def stop(self, wait_s: float | None = None) -> None:
        """End, in the middle of a passage too: what was read of it is read again another time.

        Args:
            wait_s: how long to wait while a model is loaded, which cannot be broken off; None waits to its end.
        """
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(wait_s)

    def _run(self) -> None:
        try:
            self._read_on()
        except DossierError as error:
            self.progress = None
            # Questions go on without: they read what they need, and say themselves what is wrong with the model.
            _log.warning("Reading ahead has ended: %s", error)
        except Exception:
            if not self._end.is_set():  # else the library was closed while a model was loaded
                raise

    def _read_on(self) -> None:
        if self._store.count():
            self._first()
        while not self._end.is_set():
            # Another process reads ahead for this library; when it ends, this one takes over.
            with suppress(Timeout), FileLock(self._folder.reading_lock).acquire(timeout=0):
                self._read_ahead()
            self._end.wait(_PAUSE_S)

    def _read_ahead(self) -> None:
        done = counted = None
        while not self._end.is_set():
            stamp = self._store.stamp()
            if stamp != counted:
                self.progress, counted = readiness(self._store, self._generator()), stamp
            if stamp != done and self._read_all(stamp):
                done = stamp
            self._end.wait(_PAUSE_S)

    def _read_all(self, stamp: Stamp) -> bool:
        """Read until all is read or something is written; False when there may be more to do."""
        ahead = Ahead(self._store, self._generator(), self._encoder(), self._end)
        for task in ahead.tasks():
            outcome = ahead.read(task)
            if outcome is Prepared.NOT_KEPT:
                self.progress = None  # and none will be made
                return True
            if outcome is Prepared.DONE and self.progress:
                self.progress = replace(self.progress, ready=self.progress.ready + task.is_new)
            if self._store.stamp() != stamp:
                return False
        return not self._end.is_set()
