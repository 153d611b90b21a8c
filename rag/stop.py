"""When a small model has to be stopped: it repeats itself."""

from collections import deque

PERIOD = 24
REPEATS, NUMBER_REPEATS = 3, 16


class Loops:
    """Sees a greedy model that writes the same tokens over and over.

    A loop is a run of 1 to PERIOD tokens written REPEATS times in a row; a single token may stand twice as
    often. Digits, and the marks and spaces between them, repeat in honest numbers ("5 000 000 000"), so a run of
    nothing else needs NUMBER_REPEATS.
    """

    def __init__(self) -> None:
        self._recent: deque[tuple[int, bool]] = deque(maxlen=PERIOD * REPEATS)

    def closed_by(self, token: int, piece: bytes) -> bool:
        """Whether the next token, which stands for `piece`, completes a loop."""
        self._recent.append((token, not piece.strip(b"0123456789.,- ")))
        tail = list(self._recent)
        return any(_repeats(tail, period) for period in range(1, PERIOD + 1))


def _repeats(tail: list[tuple[int, bool]], period: int) -> bool:
    if all(numeric for _, numeric in tail[-period:]):
        repeats = NUMBER_REPEATS
    else:
        repeats = REPEATS * 2 if period == 1 else REPEATS
    run = tail[-period * repeats :]
    return len(run) == period * repeats and run[period:] == run[:-period]
