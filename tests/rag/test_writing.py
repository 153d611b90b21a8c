"""What is asked of the model once more, with a model whose answers are known."""

import pytest

from documents import Article, Passage
from rag.answer import Checked, Draft, Evidence
from rag.judge import OF_ANSWERS
from rag.prompt import NOT_FOUND
from rag.support import judges
from rag.writing import Asked, Writer
from tests.fakes import FakeEncoder, FakeGenerator

TEXTS = (
    "The school by the river opened in 2024.",
    "The bridge over the river opened in 2019.",
    "The mayor came by train.",
    "The train cost 12 million.",
)
EVIDENCE = [
    Evidence(Passage(Article(id=f"a{number}", text=text, title="News", language="en"), 0, len(text)), 0.9)
    for number, text in enumerate(TEXTS)
]
RIGHT = "The bridge over the river opened in 2019."
MIXED = "The bridge over the river opened in 2024."


def written(model: FakeGenerator, evidence: list[Evidence] = EVIDENCE, **stop: object) -> list[Checked]:
    writer = Writer(
        Asked("When did the bridge open?", "en", (), "short"),
        evidence,
        model,
        FakeEncoder(),
        lambda: bool(stop) and len(model.prompts) > 1,
    )
    events = list(writer.write())
    assert {type(event) for event in events} <= {Draft, Checked}
    return [event for event in events if isinstance(event, Checked)]


def unsure(*replies: str) -> FakeGenerator:
    """A model that may say something else when its refusal is questioned."""
    model = FakeGenerator(*replies)
    model.unsure = True
    return model


def read(model: FakeGenerator) -> list[int]:
    """How many passages stood in each prompt."""
    return [len(prompt.passages) for prompt in model.prompts]


def test_a_supported_answer_is_not_asked_for_again() -> None:
    model = FakeGenerator(RIGHT)
    assert [event.sentence.supported for event in written(model)] == [True]
    assert read(model) == [4]


def test_when_nothing_is_supported_each_passage_is_read_alone_until_one_supports_what_is_said() -> None:
    model = FakeGenerator(MIXED, NOT_FOUND, RIGHT, "Never asked for.")
    shown = written(model)
    assert [(event.sentence.text, event.sentence.supported) for event in shown] == [(MIXED, False), (RIGHT, True)]
    assert [citation.quote for event in shown for citation in event.citations] == [TEXTS[1]]
    assert read(model) == [4, 1, 1]
    assert [TEXTS[number] in model.prompts[number + 1].passages[0] for number in (0, 1)] == [True, True]


def test_what_is_written_from_one_passage_is_checked_against_it_alone() -> None:
    model = FakeGenerator(MIXED, RIGHT, NOT_FOUND, NOT_FOUND)  # the second is true, but of the second passage
    assert [event.sentence.supported for event in written(model)] == [False, False]


def test_what_one_passage_does_not_support_another_may() -> None:
    model = FakeGenerator(MIXED, RIGHT, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False, False, True]


def test_three_passages_are_read_alone_at_most() -> None:
    model = FakeGenerator(MIXED, *[f"The bridge opened in {year}." for year in (1901, 1902, 1903, 1904)])
    assert not any(event.sentence.supported for event in written(model))
    assert read(model) == [4, 1, 1, 1]


def test_who_says_twice_that_the_articles_do_not_tell_is_believed() -> None:
    model = unsure(NOT_FOUND, NOT_FOUND, RIGHT)
    assert written(model) == []
    assert read(model) == [4, 4]
    assert [prompt.discouraged for prompt in model.prompts] == ["", NOT_FOUND]


def test_what_is_written_after_a_refusal_is_checked_like_all_else() -> None:
    model = unsure(NOT_FOUND, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [True]
    model = unsure(NOT_FOUND, MIXED, NOT_FOUND, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False, True]
    assert [bool(prompt.discouraged) for prompt in model.prompts] == [False, True, True, True]


def test_a_refusal_after_something_was_written_is_not_questioned() -> None:
    model = unsure(MIXED, NOT_FOUND, NOT_FOUND, RIGHT)
    written(model)
    assert not any(prompt.discouraged for prompt in model.prompts)


@pytest.mark.parametrize("count", [0, 1])
def test_one_passage_is_read_once_and_none_not_at_all(count: int) -> None:
    model = FakeGenerator(MIXED)
    written(model, EVIDENCE[1 : 1 + count])
    assert read(model) == [1] * count


def test_what_is_written_again_is_shown_once() -> None:
    model = FakeGenerator(MIXED, MIXED, MIXED, MIXED)
    assert [event.sentence.text for event in written(model)] == [MIXED]
    assert read(model) == [4, 1, 1, 1]


def test_a_question_that_was_stopped_is_not_asked_again() -> None:
    model = FakeGenerator(MIXED, MIXED, RIGHT)
    written(model, stop=True)
    assert read(model) == [4, 1]


def judging(model: FakeGenerator, odds: float) -> FakeGenerator:
    """The model as one whose word on answers counts."""
    (judge,) = (name for name in judges() if "1.5b" in name and name.endswith(OF_ANSWERS))
    model.odds, model.name = odds, judge.removesuffix(OF_ANSWERS)
    return model


@pytest.mark.parametrize("odds", [8.0, -8.0])
def test_a_supported_sentence_is_shown_when_it_answers_the_question(odds: float) -> None:
    model = judging(FakeGenerator(RIGHT), odds)
    shown = written(model)
    assert shown[0].sentence.supported is (odds > 0)
    assert "Question: When did the bridge open?" in model.judged[0].question


def test_nobody_is_asked_about_a_number_that_is_nowhere() -> None:
    model = judging(FakeGenerator("The bridge over the river opened in 1850."), 8.0)
    assert not any(event.sentence.supported for event in written(model))
    assert model.judged == []
