"""When a small model has to be stopped: it repeats itself."""

from collections import deque

PERIOD = 24
REPEATS = 3


class Loops:
    """Sees a greedy model that writes the same tokens over and over.

    A loop is a run of 1 to PERIOD tokens written REPEATS times in a row (a single token: twice as often,
    since digits, dots and dashes repeat in honest text).
    """

    def __init__(self) -> None:
        self._recent: deque[int] = deque(maxlen=PERIOD * REPEATS)

    def closed_by(self, token: int) -> bool:
        """Whether `token`, the next one, completes a loop."""
        self._recent.append(token)
        tail = list(self._recent)
        return any(_repeats(tail, period) for period in range(1, PERIOD + 1))


def _repeats(tail: list[int], period: int) -> bool:
    length = period * (REPEATS * 2 if period == 1 else REPEATS)
    if len(tail) < length:
        return False
    run = tail[-length:]
    return run[period:] == run[:-period]
