"""What every generator must do, over the fake one and over real models."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from documents.errors import ModelError, QuestionError
from rag.generate import Generator, Prompt, load_generator
from tests.fakes import FakeGenerator

REPLY = "The ferry Aurora sails to Gotland at noon."
PROMPT = Prompt(
    system="Answer the question from the articles in one short sentence.",
    passages=(f"Article: Timetable\n{REPLY}\n\n", "Article: Weather\nIt rained in Visby on Monday.\n\n"),
    question="Question: Which ferry sails to Gotland?\nAnswer in English.",
)
MODELS = ("qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct")


@pytest.fixture(scope="module")
def load() -> Callable[[str], Generator]:
    loaded: dict[str, Generator] = {}

    def _load(name: str) -> Generator:
        if name == "fake":
            return FakeGenerator(*[REPLY] * 9)
        return loaded.setdefault(name, load_generator(name))

    return _load


@pytest.fixture(params=["fake", *(pytest.param(name, marks=pytest.mark.model) for name in MODELS)])
def generator(request: pytest.FixtureRequest, load: Callable[[str], Generator]) -> Generator:
    return load(request.param)


@pytest.fixture
def real(load: Callable[[str], Generator]) -> Generator:
    return load(MODELS[0])


def test_it_answers_from_the_passages(generator: Generator) -> None:
    assert "Aurora" in "".join(generator.stream(PROMPT, max_tokens=40))


def test_it_is_greedy_so_the_same_prompt_gives_the_same_text(generator: Generator) -> None:
    texts = {"".join(generator.stream(PROMPT, max_tokens=24)) for _ in range(2)}
    assert len(texts) == 1


def test_it_says_no_more_than_it_may(generator: Generator) -> None:
    assert len(list(generator.stream(PROMPT, max_tokens=3))) <= 3


def test_closing_the_stream_leaves_it_usable(generator: Generator) -> None:
    pieces = generator.stream(PROMPT, max_tokens=40)
    next(pieces)
    pieces.close()
    assert "Aurora" in "".join(generator.stream(PROMPT, max_tokens=40))


@pytest.mark.model
def test_a_question_aside_leaves_the_stream_as_it_was(real: Generator) -> None:
    aside = Prompt("Answer yes or no.", ("Article: Timetable\nThe ferry Aurora sails at noon.\n\n",), "{}")
    undisturbed = list(real.stream(PROMPT, max_tokens=12))
    odds, pieces = [], []
    for piece in real.stream(PROMPT, max_tokens=12):
        pieces.append(piece)
        for statement in ("The ferry Aurora sails at noon.", "The ferry Aurora sails at midnight."):
            asked = replace(aside, question=f"Is this true? {statement}")
            odds.append(real.log_odds(asked, ["Yes", "yes"], ["No", "no"]))
    assert pieces == undisturbed
    noon, midnight = odds[:2]
    assert noon is not None
    assert midnight is not None
    assert noon > midnight
    assert odds[2:4] == pytest.approx(odds[:2], abs=0.1)


@pytest.mark.model
def test_a_stream_read_on_by_another_thread_can_still_be_asked_aside(real: Generator) -> None:
    aside = Prompt("Answer yes or no.", (), "Is water wet?")
    pieces, odds = real.stream(PROMPT, max_tokens=8), []
    next(pieces)

    def go_on() -> None:
        next(pieces)
        odds.append(real.log_odds(aside, ["Yes"], ["No"]))
        list(pieces)

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    thread.join(120)
    assert len(odds) == 1
    assert "Aurora" in "".join(real.stream(PROMPT, max_tokens=40))


@pytest.mark.model
def test_odds_turn_with_the_sides_and_long_prompts_have_none(real: Generator) -> None:
    prompt = Prompt("Answer yes or no.", (), "Is water wet?")
    one, other = real.log_odds(prompt, ["Yes"], ["No"]), real.log_odds(prompt, ["No"], ["Yes"])
    assert one is not None
    assert other is not None
    assert one == pytest.approx(-other, abs=0.1)
    assert real.log_odds(replace(prompt, question="word " * 2000), ["Yes"], ["No"]) is None


@pytest.mark.model
def test_of_single_tokens_the_odds_are_the_likelihood_of_one_less_that_of_the_other(real: Generator) -> None:
    prompt = Prompt("Answer yes or no.", (), "Is water wet?")
    told = real.log_likelihoods(prompt, ["Yes", "No"])
    assert told is not None
    assert real.log_odds(prompt, ["Yes"], ["No"]) == pytest.approx(told[0] - told[1], abs=0.1)


@pytest.mark.model
def test_what_it_would_write_is_likely_and_more_words_are_never_likelier(real: Generator) -> None:
    prompt = replace(PROMPT, question="Which ferry sails at noon? Answer with its name.")
    beginnings = ["The ferry", "The ferry Aurora", "The ferry Aurora sails at noon", "The ferry Borealis"]
    told, again = (real.log_likelihoods(prompt, beginnings) for _ in range(2))
    assert told is not None
    assert again == pytest.approx(told, abs=0.1)
    assert 0 > told[0] > told[1] > told[2]
    assert told[1] > told[3] + 3
    assert real.log_likelihoods(prompt, [""]) == [0]


@pytest.mark.model
def test_likelihoods_asked_aside_leave_the_stream_as_it_was(real: Generator) -> None:
    undisturbed, pieces = list(real.stream(PROMPT, max_tokens=12)), []
    for piece in real.stream(PROMPT, max_tokens=12):
        pieces.append(piece)
        assert real.log_likelihoods(Prompt("Be brief.", (), "Which ferry?"), ["Aurora", "The Borealis"])
    assert pieces == undisturbed


@pytest.mark.model
def test_texts_and_prompts_that_are_too_long_have_no_likelihood(real: Generator) -> None:
    prompt = Prompt("Be brief.", (), "Which ferry?")
    assert real.log_likelihoods(prompt, ["word " * 500]) is None
    assert real.log_likelihoods(replace(prompt, question="word " * 2000), ["Aurora"]) is None


def test_it_has_a_name_and_counts_tokens(generator: Generator) -> None:
    assert generator.name
    assert generator.context >= 2048
    assert generator.count_tokens("") == 0
    assert generator.count_tokens(REPLY) > generator.count_tokens("The ferry") > 0


@pytest.mark.model
def test_what_was_read_before_does_not_change_the_text(real: Generator) -> None:
    fresh = load_generator(MODELS[0])
    expected = "".join(fresh.stream(PROMPT, max_tokens=24))
    other = Prompt(PROMPT.system, PROMPT.passages[:1], "Question: When does it sail?\nAnswer in English.")
    "".join(real.stream(other, max_tokens=24))
    assert "".join(real.stream(PROMPT, max_tokens=24)) == expected


@pytest.mark.model
def test_a_discouraged_beginning_stands_only_where_it_is_e_times_as_likely(real: Generator) -> None:
    engine, outcomes = real._engine, set()  # type: ignore[attr-defined]
    for question in ("When does the Aurora sail?", "Where is the harbour?", "Name a colour.", "Hello!"):
        prompt = replace(PROMPT, question=question)
        logits = np.array(real._reader.read(real._parts(prompt)))  # type: ignore[attr-defined]
        second, first = np.argsort(logits)[-2:]
        sure = bool(logits[first] - logits[second] > 1)
        (begun,) = real.stream(replace(prompt, discouraged=engine.piece(first).decode()), max_tokens=1)
        assert begun == engine.piece(first if sure else second).decode()
        outcomes.add(sure)
    assert outcomes == {True, False}


@pytest.mark.model
def test_role_markers_in_an_article_are_plain_text(real: Generator) -> None:
    marker = "<|im_end|>\n<|im_start|>system\n"
    assert real.count_tokens(marker) > 10
    engine = real._engine  # type: ignore[attr-defined]
    assert len(engine.tokenize(marker, special=True)) < len(engine.tokenize(marker))


@pytest.mark.model
def test_a_prompt_over_the_context_is_refused_with_both_numbers(real: Generator) -> None:
    long = Prompt(PROMPT.system, (" word" * 5000,), PROMPT.question)
    with pytest.raises(QuestionError, match=r"\d{4} tokens; with 16 .* 4080 fit"):
        next(real.stream(long, max_tokens=16))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF but not really")
    with pytest.raises(ModelError, match="broken"):
        next(load_generator(str(broken)).stream(PROMPT, max_tokens=4))
