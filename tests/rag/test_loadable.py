"""What every generator with weights must do, over the fake one and over a real model."""

import threading

import pytest

from documents.errors import ModelError
from rag import Loadable, Prompt, load_generator
from rag.generate import Generator
from tests.fakes import LoadableGenerator

PROMPT = Prompt("Answer in one short sentence.", (), "Which river flows through Paris?")
MODEL = "qwen2.5-coder-0.5b-instruct"


@pytest.fixture(params=["fake", pytest.param(MODEL, marks=pytest.mark.model)])
def generator(request: pytest.FixtureRequest) -> Generator:
    replies = ["The river Seine flows through Paris."] * 4
    made = LoadableGenerator("fake", *replies) if request.param == "fake" else load_generator(request.param)
    loadable(made).close()
    return made


def loadable(generator: Generator) -> Loadable:
    assert isinstance(generator, Loadable)
    return generator


def test_its_weights_come_into_memory_and_leave_it(generator: Generator) -> None:
    weights = loadable(generator)
    assert (weights.weights, weights.loading) == (0, None)
    weights.load()
    assert weights.weights > 0
    weights.close()
    weights.close()
    assert weights.weights == 0


def test_a_question_brings_them_back(generator: Generator) -> None:
    assert list(generator.stream(PROMPT, max_tokens=3))
    loadable(generator).close()
    assert list(generator.stream(PROMPT, max_tokens=3))
    assert loadable(generator).weights > 0


def test_closing_waits_for_the_answer_of_another_thread(generator: Generator) -> None:
    pieces = generator.stream(PROMPT, max_tokens=5)
    next(pieces)
    closing = threading.Thread(target=loadable(generator).close)
    closing.start()
    closing.join(0.3)
    assert loadable(generator).weights > 0
    list(pieces)
    closing.join(30)
    assert loadable(generator).weights == 0


def test_who_closes_it_in_the_middle_of_their_own_answer_is_told_so(generator: Generator) -> None:
    pieces = generator.stream(PROMPT, max_tokens=5)
    next(pieces)
    with pytest.raises(ModelError, match="not read to its end"):
        loadable(generator).close()
    assert list(pieces)
    loadable(generator).close()
    assert loadable(generator).weights == 0


def test_being_asked_aside_brings_them_back_too(generator: Generator) -> None:
    generator.log_odds(PROMPT, ["Yes"], ["No"])
    assert loadable(generator).weights > 0
