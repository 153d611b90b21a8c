"""The model of a library while it runs: on its way into memory, or there, and how much of that it takes."""

import time
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

_TELLING = 0.05  # the share of a work after which its pace says when it will be over


@dataclass(frozen=True, slots=True)
class Running:
    """What the model that answers is doing.

    Attributes:
        name: the model's.
        state: absent: it is not on this machine; idle: it is loaded with the first question; fetching and loading: on
            its way; ready: in memory.
        done: bytes that are fetched, 0 in other states.
        total: bytes to fetch, None where unknown.
        left_s: seconds until it is fetched or loaded, None before its pace is known.
        weights: bytes of memory that its weights take, 0 while it is not loaded.
    """

    name: str
    state: Literal["absent", "idle", "fetching", "loading", "ready"]
    done: int = 0
    total: int | None = None
    left_s: float | None = None
    weights: int = 0

    @property
    def share(self) -> float | None:
        """How much of it is fetched, 0 to 1; None where that is unknown."""
        return self.done / self.total if self.total else None


@runtime_checkable
class Loadable(Protocol):
    """A generator whose weights come into memory when something first needs them, and can leave it again."""

    @property
    def weights(self) -> int:
        """Bytes of memory that the weights take, 0 while they are not loaded."""

    @property
    def loading(self) -> "Pace | None":
        """How far loading is, None while nothing is loaded."""

    def load(self) -> None:
        """Load the weights now, if they are not there."""

    def close(self) -> None:
        """Give the memory back once the present answer is written; the next question loads the weights again.

        Raises:
            ModelError: an answer that this thread began is not finished, so waiting for it would never end.
        """


class Pace:
    """How far a work is, and how long it still takes at its pace."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.share = 0.0

    def tell(self, share: float) -> None:
        """Say how far the work is: 0 to 1."""
        self.share = share

    @property
    def left_s(self) -> float | None:
        """Seconds until it is done, None before that can be said."""
        if self.share < _TELLING:
            return None
        return max(0.0, (time.monotonic() - self._began) * (1 - self.share) / self.share)


class Fetching:
    """Follows the fetch of a model; given to it as its progress.

    Attributes:
        done: bytes so far.
        total: bytes in all, None where unknown.
    """

    def __init__(self) -> None:
        self.done = 0
        self.total: int | None = None
        self._pace = Pace()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Say how far it is."""
        del what
        self.done, self.total = done, total
        if self.share is not None:
            self._pace.tell(self.share)

    @property
    def share(self) -> float | None:
        """How much is there, 0 to 1; None where that is unknown."""
        return self.done / self.total if self.total else None

    @property
    def left_s(self) -> float | None:
        """Seconds until all is there, None before that can be said."""
        return self._pace.left_s


def running(generator: object, name: str, fetching: Fetching | None, *, is_here: bool, getting: bool) -> Running:
    """What a model is doing.

    Args:
        generator: None before it was first needed.
        name: the model's, where there is no generator yet.
        fetching: how far its file is, if it is fetched.
        is_here: whether its file is on this machine.
        getting: whether it is made ready, with the encoder.
    """
    if fetching is not None:
        return Running(name, "fetching", fetching.done, fetching.total, fetching.left_s)
    weights, pace = (generator.weights, generator.loading) if isinstance(generator, Loadable) else (0, None)
    if getting or pace is not None:
        return Running(name, "loading", left_s=pace.left_s if pace is not None else None)
    if weights or (generator is not None and not isinstance(generator, Loadable)):
        return Running(name, "ready", weights=weights)
    return Running(name, "idle" if is_here or generator is not None else "absent")
