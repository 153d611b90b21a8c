"""A question's way to a whole exchange: the library's events, heard one by one, when it is the question's turn."""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import cast

from rag import DossierError, Event, Filters, Length, Library, Turn
from ui.web.exchange import Exchange
from ui.web.problems import problem_of
from ui.web.texts import Texts
from ui.web.turns import Turns

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What a question is asked with.

    Attributes:
        exchange: the question, not asked yet.
        history: the conversation before it.
        k: how many passages the model reads.
        length: how long the answer is to be.
        who: the browser; those that ask more do not get more turns.
        t: the words for what goes wrong.
    """

    exchange: Exchange
    history: tuple[Turn, ...] = ()
    k: int = 4
    length: Length = "short"
    who: str = ""
    t: Texts = Texts("en")  # noqa: RUF009 - frozen

    @property
    def scope(self) -> Filters | None:
        """Which articles may answer."""
        return self.exchange.scope


def answer(
    library: Library, turns: Turns, asked: Asked, should_stop: Callable[[], bool]
) -> Generator[Exchange, None, None]:
    """An exchange, again with each thing that becomes known; the last one is over, unless it was stopped.

    The evidence needs no model and waits for nobody; the answer waits for its turn.

    Args:
        library: answers.
        turns: the queue in front of its model.
        asked: the question.
        should_stop: whether nobody waits for the answer any more.
    """
    exchange = asked.exchange
    try:
        for exchange in _heard(library, turns, asked, should_stop):
            yield exchange
    except Exception as error:
        if not isinstance(error, DossierError):
            logger.exception("a question failed")
        yield exchange.failed(problem_of(error, asked.t))


def _heard(library: Library, turns: Turns, asked: Asked, should_stop: Callable[[], bool]) -> Iterator[Exchange]:
    exchange = asked.exchange
    yield exchange
    events = library.stream(
        exchange.question,
        history=asked.history,
        filters=asked.scope,
        k=asked.k,
        length=asked.length,
        should_stop=should_stop,
    )
    with closing(cast("Generator[Event, None, None]", events)):
        exchange = exchange.after(next(events))
        yield exchange
        with turns.take(asked.who) as turn:
            for place in turn.wait(should_stop):
                exchange = replace(exchange, ahead=place)
                yield exchange
            if should_stop():
                return
            for event in events:
                exchange = exchange.after(event)
                yield exchange
