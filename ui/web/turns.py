"""A fair queue in front of one model: whose turn it is, and everybody's place in it.

Browsers are served in the order they came, one question each: who asks three at once waits with the second until all
the others that came meanwhile had theirs.
"""

import threading
from collections.abc import Callable, Iterator
from time import monotonic
from types import TracebackType
from typing import Self

_LOOK_S = 0.2  # between two looks whether somebody who waits still does
_AGAIN_S = 1.0  # before the same place is told again


class Turn:
    """One question's place in the queue; `Turns.take` gives it, leaving the `with` block gives it back.

    Attributes:
        who: whose question it is.
        since: the round in which it got in line.
    """

    def __init__(self, turns: "Turns", who: str, since: int) -> None:
        self._turns = turns
        self.who = who
        self.since = since

    @property
    def place(self) -> int:
        """How many questions come before this one: 0 when it is its turn, -1 when it has left the queue."""
        return self._turns.place(self)

    def wait(self, should_stop: Callable[[], bool]) -> Iterator[int]:
        """Wait for the turn: the place, now, whenever it has changed, and once a second while it has not.

        The last one is 0, unless nobody waits. Who is told nothing for long cannot notice that nobody listens.

        Args:
            should_stop: whether nobody waits any more; asked several times a second.
        """
        told, at = None, 0.0
        while not should_stop():
            place = self._turns.changed(self, told)
            if place != told or monotonic() - at > _AGAIN_S:
                yield place
                at = monotonic()
            told = place
            if place <= 0:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turns.leave(self)


class Turns:
    """The queue of one model. Threads may share it."""

    def __init__(self) -> None:
        self._changes = threading.Condition()
        self._running: Turn | None = None
        self._waiting: list[Turn] = []  # as they came
        self._round = 0  # the running question's; in each round every browser that waits is served once
        self._served: dict[str, int] = {}  # the round of each browser's last question

    def take(self, who: str) -> Turn:
        """Get in line.

        Args:
            who: the browser, or whoever else should not get more turns by asking more.
        """
        with self._changes:
            turn = Turn(self, who, self._round)
            self._waiting.append(turn)
            self._call()
        return turn

    def place(self, turn: Turn) -> int:
        """See `Turn.place`."""
        with self._changes:
            return self._place(turn)

    def changed(self, turn: Turn, told: int | None) -> int:
        """The place once it is another than was told, or after a moment."""
        with self._changes:
            self._changes.wait_for(lambda: self._place(turn) != told, timeout=_LOOK_S)
            return self._place(turn)

    def leave(self, turn: Turn) -> None:
        """Get out of the line, or let the next one have the model. Leaving twice does nothing."""
        with self._changes:
            if turn is self._running:
                self._running = None
            elif turn in self._waiting:
                self._waiting.remove(turn)
            self._call()

    def _place(self, turn: Turn) -> int:
        if turn is self._running:
            return 0
        line = [waiting for _, waiting in self._line()]
        return line.index(turn) + 1 if turn in line else -1

    def _line(self) -> list[tuple[int, Turn]]:
        """Those who wait, in the order they will be served, each with the round of that."""
        free = {who: last + 1 for who, last in self._served.items()}  # each browser's first round without a question
        line = []
        for turn in self._waiting:
            mine = max(turn.since, free.get(turn.who, 0))
            free[turn.who] = mine + 1
            line.append((mine, turn))
        return sorted(line, key=lambda entry: entry[0])

    def _call(self) -> None:
        """The next one, if the model is free; everybody looks at their place."""
        if self._running is None and self._waiting:
            self._round, self._running = self._line()[0]
            self._served[self._running.who] = self._round
            self._waiting.remove(self._running)
        elif self._running is None:
            self._round = 0
            self._served.clear()
        self._changes.notify_all()
