"""What can be taken back for a while: each act is offered under a name that only its browser knows."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_KEPT_S = 1_800.0
_MOST = 100  # removed articles are held in memory


@dataclass(frozen=True, slots=True)
class Offer:
    """A way back.

    Attributes:
        take_back: undoes the act.
        let_go: called instead, once nobody can ask for it any more.
        until: when that is, by the monotonic clock.
    """

    take_back: Callable[[], None]
    let_go: Callable[[], None]
    until: float


class Undo:
    """All offers of a server; those that are too many lapse with the next one that is made, old ones with any look.

    Args:
        clock: tells the time, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._offers: dict[str, Offer] = {}

    def offer(self, take_back: Callable[[], None], let_go: Callable[[], None] = lambda: None) -> str:
        """Remember how an act is undone; what comes back is asked for to undo it."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._offers[token] = Offer(take_back, let_go, self._clock() + _KEPT_S)
        self.lapse()
        return token

    def lapse(self) -> None:
        """Let go of what is old or too much."""
        with self._lock:
            now = self._clock()
            fresh = [name for name, offer in self._offers.items() if offer.until > now][-_MOST:]
            lapsed = [name for name in self._offers if name not in fresh]
            gone = [self._offers.pop(each) for each in lapsed]
        for offer in gone:
            offer.let_go()

    def take_back(self, token: str) -> bool:
        """Undo an act; False when it is no longer offered.

        An act that could not be undone, for whatever it raises, is offered still.
        """
        with self._lock:
            offer = self._offers.pop(token, None)
        if offer is None:
            return False
        try:
            offer.take_back()
        except BaseException:
            with self._lock:
                self._offers[token] = offer
            raise
        return True

    def dismiss(self, token: str) -> None:
        """Offer an act no longer, since nobody wants it undone."""
        with self._lock:
            offer = self._offers.pop(token, None)
        if offer is not None:
            offer.let_go()
