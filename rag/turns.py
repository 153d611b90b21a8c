"""Who has the model: one question at a time, and reading ahead only while nobody asks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import ModelError


class Turns:
    """Hands one model from thread to thread: a turn for each question, and within it one step after the other."""

    def __init__(self) -> None:
        self._model = threading.Lock()
        self._step = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._owner: int | None = None

    @property
    def somebody_waits(self) -> bool:
        """Whether a question wants the model now."""
        return self._waiting > 0

    @contextmanager
    def question(self) -> Iterator[None]:
        """The model, for a question: after those before it, and as soon as reading ahead has stopped.

        Raises:
            ModelError: an answer that this thread began is not finished, so waiting for it would never end.
        """
        if self._owner == threading.get_ident():
            raise ModelError(
                "The model is still writing an answer that this thread has not read to its end.",
                help="Read the other stream to its end, or close it: events.close().",
            )
        self._wait_for(self._model)
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._owner = None
            self._model.release()

    @contextmanager
    def step(self) -> Iterator[None]:
        """The model's memory, for as long as one call or one token takes; never held while somebody else decides.

        Whoever has a turn takes one step after the other, and in between others may ask aside. A stream may be read on
        by another thread than the one that began it, so this goes by what is done, not by who does it.
        """
        with self._step:
            yield

    @contextmanager
    def aside(self) -> Iterator[None]:
        """One step beside whatever is being written; reading ahead makes way for it."""
        self._wait_for(self._step)
        try:
            yield
        finally:
            self._step.release()

    def _wait_for(self, lock: threading.Lock) -> None:
        """Take a lock; reading ahead sees that somebody waits."""
        with self._counting:
            self._waiting += 1
        try:
            lock.acquire()
        finally:
            with self._counting:
                self._waiting -= 1

    @contextmanager
    def spare_time(self) -> Iterator[bool]:
        """The model, if nobody has it or wants it; whoever gets False goes without."""
        free = not self.somebody_waits and self._model.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._model.release()
