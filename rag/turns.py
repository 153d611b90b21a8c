"""Who has the model: one question at a time, and reading ahead only while nobody asks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import ModelError


class Turns:
    """Hands one model from thread to thread."""

    def __init__(self) -> None:
        self._model = threading.Lock()
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
        with self._counting:
            self._waiting += 1
        try:
            self._model.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._owner = None
            self._model.release()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The model for a moment: at once for the thread that has it, as a question for others."""
        if self._owner == threading.get_ident():
            yield
        else:
            with self.question():
                yield

    @contextmanager
    def spare_time(self) -> Iterator[bool]:
        """The model, if nobody has it or wants it; whoever gets False goes without."""
        free = not self.somebody_waits and self._model.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._model.release()
