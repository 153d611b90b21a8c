"""Which passages answer a question by a model's word, beyond what the answers of `test_writing.py` show."""

from collections.abc import Sequence

import pytest

from documents import Article, Passage
from rag.generate import Prompt
from rag.rerank import Relevance
from tests.fakes import FakeGenerator

TEXTS = ("The bridge opened in 2019.", "The bridge cost 12 million.", "The mayor spoke.")
PASSAGES = [
    Passage(Article(id=str(number), text=text, title="News", language="en"), 0, len(text))
    for number, text in enumerate(TEXTS)
]


class Words(FakeGenerator):
    """Its word on each passage is the next of some odds, in the order of the texts above."""

    def __init__(self, *odds: float | None) -> None:
        super().__init__()
        self.of = dict(zip(TEXTS, odds, strict=False))

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        super().log_odds(prompt, yes, no)
        return next(odds for text, odds in self.of.items() if text in prompt.passages[0])


def outdone(*odds: float | None) -> bool:
    return Relevance("When?", Words(*odds)).is_outdone(PASSAGES[0], PASSAGES[: len(odds)], lambda: False)


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ((0.0, 1.0), True),
        ((0.0, 0.9), False),
        ((1.9, 3.0), True),
        ((2.0, 9.0), False),  # it is sure of the first
        ((-3.0, -1.0), False),  # it finds that neither answers
        ((-3.0, 0.4), False),
        ((-3.0, -1.0, 0.5), True),
        ((None, None), False),
        ((None, 1.0), True),
        ((0.0,), False),  # nothing outdoes itself
        ((None,), False),
    ],
)
def test_a_passage_is_outdone_by_one_that_answers_clearly_better(
    odds: tuple[float | None, ...], *, expected: bool
) -> None:
    assert outdone(*odds) is expected


def test_who_stopped_waits_for_no_comparison() -> None:
    model = Words(0.0, 5.0, 5.0)
    relevance = Relevance("When?", model)
    assert not relevance.is_outdone(PASSAGES[0], PASSAGES[1:], lambda: len(model.judged) > 0)
    assert len(model.judged) == 1
