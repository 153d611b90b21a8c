"""Which passages answer a question: the model is asked of each, where what it wrote is in doubt.

The encoder puts a passage in another language than the question, or one that tells the answer in passing, behind
others that are about the same subject. The model, which reads question and passage together, puts it first: of 54
questions in another language than their article, the passage that answers led 34 times by the encoder's order and 49
times by the model's. But its word takes nearly a second for each passage, so it is asked only where nothing was
supported of what it wrote from the nearest ones.

The method is pointwise reranking by the likelihood of a yes (Nogueira et al., "Document ranking with a pretrained
sequence-to-sequence model", 2020), without training and with the passage's kept state.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from documents import Passage
from rag.answer import Evidence
from rag.generate import Generator
from rag.judge import NO, YES
from rag.judge_prompts import relevance_prompt

POOL = 8
"""How many of the passages found are looked at."""

# Log-odds and counts were chosen on 54 dev and practice questions that are answered and 38 that are not, which have a
# passage of the least ones 53 and 13 times, and one of the sure ones 36 times and once.
_LEAST = 0.5
_SURE = 2.0  # no further passage is looked at: four are, in place of eight, and as often the right one leads
_CLEARLY = 1.0  # by so much another passage must be likelier
_MOST = 2  # passages that are given back; the right one is among them 51 times


class Relevance:
    """What a model says of passages and one question; each is asked about once.

    Args:
        question: as asked.
        generator: is asked.
    """

    def __init__(self, question: str, generator: Generator) -> None:
        self._question = question
        self._generator = generator
        self._known: dict[Passage, float | None] = {}

    def is_sure(self, passage: Passage) -> bool:
        """Whether it is sure that a passage answers the question.

        Raises:
            ModelError: the model failed.
        """
        return self._log_odds(passage) >= _SURE

    def is_outdone(self, passage: Passage, others: Iterable[Passage], should_stop: Callable[[], bool]) -> bool:
        """Whether one of some passages answers the question, by its word, and clearly better than this one.

        Nothing is asked of the others where it is sure of this one.

        Args:
            passage: see above.
            others: in the order in which they are looked at.
            should_stop: once true, no further passage is looked at.

        Raises:
            ModelError: the model failed.
        """
        if self.is_sure(passage):
            return False
        least = max(_LEAST, self._log_odds(passage) + _CLEARLY)
        return any(self._log_odds(other) >= least for other in takewhile(lambda _: not should_stop(), others))

    def best(self, evidence: Sequence[Evidence], should_stop: Callable[[], bool]) -> list[Evidence]:
        """The passages that most likely answer the question, at most two, the likeliest first.

        Args:
            evidence: passages, best first; only the first `POOL` are looked at, and none behind one of which it is
                sure.
            should_stop: once true, no further passage is looked at.

        Raises:
            ModelError: the model failed.
        """
        found: list[tuple[float, Evidence]] = []
        for item in evidence[:POOL]:
            if should_stop():
                break
            odds = self._log_odds(item.passage)
            if odds >= _LEAST:
                found.append((odds, item))
            if odds >= _SURE:
                break
        return [item for _, item in sorted(found, key=lambda each: -each[0])[:_MOST]]

    def _log_odds(self, passage: Passage) -> float:
        """How much likelier a yes is than a no; minus infinity where the model cannot tell."""
        if passage not in self._known:
            self._known[passage] = self._generator.log_odds(relevance_prompt(passage, self._question), YES, NO)
        odds = self._known[passage]
        return -math.inf if odds is None else odds
