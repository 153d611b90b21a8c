"""Asking whether a quote supports a sentence: what a judge must do, and the two that are the language model.

The model is not asked for a text, only how likely a yes is.
"""

from collections.abc import Sequence
from typing import Protocol

from documents import Passage, head_at
from embeddings import Encoder
from rag.exchange import is_exchanged
from rag.generate import Generator
from rag.judge_prompts import answer_prompt, statement_prompt
from rag.support import judges

YES = ("Yes", "yes", " Yes", " yes", "YES")
NO = ("No", "no", " No", " no", "NO")

_PERHAPS = -1.0  # log-odds; below them it is a no in any case
EXCHANGED = -6.0
"""The log-odds of a sentence with exchanged roles: a no that nothing outweighs."""

OF_ANSWERS = " (answers)"
"""Behind the name of a model that judges answers; see `AnswerJudge`."""


class Judge(Protocol):
    """Whoever can say how likely it is that a quote supports a sentence."""

    @property
    def name(self) -> str:
        """Its name; `rag/support.py` has weights for the word of some."""

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """How much likelier it is that the quote supports the sentence than not.

        Args:
            title: of the article that is quoted, "" where it has none.
            quote: the words.
            sentence: what is checked.

        Returns:
            The logarithm of the odds, None when the judge cannot tell.

        Raises:
            ModelError: it failed.
        """


class ModelJudge:
    """Asks a language model on this machine.

    A yes does not count where the sentence has two things in each other's role (`rag/exchange.py`).

    Args:
        generator: the model.
        encoder: for words that may have each other's role; without one roles are not looked at, and its word is its yes
            or no alone.
    """

    def __init__(self, generator: Generator, encoder: Encoder | None = None) -> None:
        self._generator = generator
        self._encoder = encoder

    @property
    def name(self) -> str:
        """The model's name."""
        return self._generator.name

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """How much likelier the model finds a yes than a no; see `Judge`.

        Raises:
            ModelError: the model failed.
        """
        odds = self._generator.log_odds(statement_prompt(title, quote, sentence), YES, NO)
        if odds is None or odds < _PERHAPS or self._encoder is None:
            return odds
        return EXCHANGED if is_exchanged(self._generator, self._encoder, title, quote, sentence) else odds


class AnswerJudge:
    """Asks a language model on this machine whether a sentence answers a question rightly.

    That is more than support: a true sentence may answer something else, and "why did they leave?" assumes that they
    left. Whether the model judges its own words or another's makes no difference to what it is asked. It is shown the
    passage that the quote stands in, whose state is kept from writing; so it judges the answer, and not the quote,
    which facts, words and vectors have chosen.

    Args:
        generator: the model.
        question: what the sentences are to answer.
        passages: those that quotes are from.
    """

    def __init__(self, generator: Generator, question: str, passages: Sequence[Passage]) -> None:
        self._generator = generator
        self._question = question
        self._passages = passages

    @property
    def name(self) -> str:
        """The model's name, marked, as its word on answers has weights of its own."""
        return _name_of(self._generator)

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """How much likelier the model finds a yes than a no; see `Judge`.

        None too when the quote stands in none of the passages.

        Raises:
            ModelError: the model failed.
        """
        holding = [passage for passage in self._passages if quote in passage.text]
        if not holding:
            return None
        # Two articles may hold the same sentence.
        named = (passage for passage in holding if head_at(passage.article, passage.start).title == title)
        prompt = answer_prompt(next(named, holding[0]), self._question, sentence)
        return self._generator.log_odds(prompt, YES, NO)


def judges_answers(generator: Generator) -> bool:
    """Whether what a generator says of answers has a known weight."""
    return _name_of(generator) in judges()


def _name_of(generator: Generator) -> str:
    return f"{generator.name}{OF_ANSWERS}"
