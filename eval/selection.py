"""Which questions of a set are asked."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.intervals import SEED
from eval.questions import REAL, Question, Split
from rag import Library

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions of a set are asked; all without any of these.

    Attributes:
        split: only those of this part.
        tags: only those that have all of them.
        limit: at most so many, at even steps through the set, so that every language has its part.
        sample: at most so many, drawn at random, the same ones every time.
    """

    split: Split | None = None
    tags: tuple[str, ...] = ()
    limit: int | None = None
    sample: int | None = None

    def of(self, questions: Sequence[Question]) -> list[Question]:
        """The questions that are asked, in the order of the set."""
        fit = [q for q in questions if self.split in (None, q.split) and set(self.tags) <= set(q.tags)]
        return spread(_sampled(fit, self.sample), self.limit)


def spread(questions: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` questions, at even steps from the first on."""
    count = len(questions) if limit is None else min(limit, len(questions))
    return [questions[i * len(questions) // count] for i in range(count)]


def answerable_by(library: Library, questions: Sequence[Question]) -> list[Question]:
    """The questions without those on real articles, unless the library holds all of these that are quoted."""
    held = {Path(article.path).name for article in library.articles() if article.path}
    real = [question for question in questions if REAL in question.tags]
    if held.issuperset(quote.file for question in real for quote in question.quotes):
        return list(questions)
    return [question for question in questions if question not in real]


def _sampled(questions: Sequence[T], count: int | None) -> list[T]:
    if count is None or count >= len(questions):
        return list(questions)
    drawn = random.Random(SEED).sample(range(len(questions)), count)  # noqa: S311 - no secret depends on it
    return [questions[i] for i in sorted(drawn)]
