"""A question's way to a whole exchange: the library's events, heard one by one."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag import DossierError, Library, Turn
from ui.web.exchange import Exchange, Problem

logger = logging.getLogger(__name__)

_UNEXPECTED = Problem(
    "Something went wrong that Dossier does not know about.",
    "The log in the terminal says what. You can go on asking.",
)


def answer(
    library: Library, exchange: Exchange, history: Sequence[Turn], should_stop: Callable[[], bool]
) -> Iterator[Exchange]:
    """An exchange, again with each thing that becomes known; the last one is over, unless it was stopped.

    Args:
        library: answers.
        exchange: the question, not asked yet.
        history: the conversation before it.
        should_stop: whether nobody waits for the answer any more.
    """
    exchange = replace(exchange, begun=True)
    yield exchange
    try:
        for event in library.stream(exchange.question, history=history, should_stop=should_stop):
            exchange = exchange.after(event)
            yield exchange
    except DossierError as error:
        yield exchange.failed(Problem(error.message, error.help))
    except Exception:
        logger.exception("a question failed")
        yield exchange.failed(_UNEXPECTED)
