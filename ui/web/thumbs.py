"""Answers that somebody judged, as questions of an evaluation: what was good once can be asked again."""

from collections.abc import Iterable

from documents import detect
from eval.draft_file import Drafted
from eval.questions import GoldQuote, Question
from ui.web.exchange import Exchange

UP, DOWN, FOLLOW_UP = "thumb-up", "thumb-down", "follow-up"


def drafted(exchanges: Iterable[Exchange]) -> list[Drafted]:
    """The judged exchanges as lines of a set of questions, each question once; the latest judgement counts.

    A good answer's quotes are where the articles say so, and a good abstention says that none does. Of a bad answer
    nothing but the question is taken over: what would have been right, only a person can write down.
    """
    latest = {exchange.question: exchange for exchange in exchanges if exchange.thumb is not None and exchange.answer}
    return [_drafted(number, exchange) for number, exchange in enumerate(latest.values(), start=1)]


def _drafted(number: int, exchange: Exchange) -> Drafted:
    good, answer = bool(exchange.thumb), exchange.answer
    abstained = answer is not None and answer.abstained
    tags = (UP if good else DOWN, *((FOLLOW_UP,) if exchange.number > 1 else ()))
    question = Question(
        id=f"thumb-{number}",
        question=exchange.question,
        language=answer.language if answer else detect(exchange.question, default="en"),
        answers=(),
        quotes=_quotes(exchange) if good and not abstained else (),
        answerable=not (good and abstained),
        tags=tags,
        split="dev",
    )
    return Drafted(question, exchange.note)


def _quotes(exchange: Exchange) -> tuple[GoldQuote, ...]:
    """Each quote once, by its words: where they stand may change when an article is read anew."""
    found = (GoldQuote(quote.article.id, quote.quote) for quote in exchange.citations if quote.quote)
    return tuple(dict.fromkeys(found))
