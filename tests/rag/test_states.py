"""Prompts put together from states, with a real model: what they must have in common with plain ones."""

from pathlib import Path

import numpy as np
import pytest

from embeddings import resolve_generator
from rag.engine import Engine
from rag.generate import Prompt
from rag.llama import LlamaGenerator
from rag.reader import PlainReader, PromptTokens
from rag.settings import StateSettings
from rag.state_cache import StateCache
from rag.states import StateReader

pytestmark = pytest.mark.model

MODEL = "qwen2.5-coder-0.5b-instruct"
HEAD = "Answer from the articles.\n"
PASSAGES = (
    "Article: Timetable\nThe ferry Aurora sails to Gotland at noon.\n",
    "Article: Weather\nIt rained in Visby on Monday.\n",
)
TAIL = "Question: Which ferry sails to Gotland?\nAnswer:"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(resolve_generator(MODEL))


def tokens(engine: Engine, passages: tuple[str, ...] = PASSAGES) -> PromptTokens:
    return PromptTokens(
        engine.tokenize(HEAD), tuple(engine.tokenize(passage) for passage in passages), engine.tokenize(TAIL)
    )


def states(engine: Engine, folder: Path, model: str = "weights") -> StateReader:
    return StateReader(engine, StateCache(folder, 2**30), model)


def test_with_one_passage_the_logits_are_those_of_the_plain_prompt(engine: Engine, tmp_path: Path) -> None:
    prompt = tokens(engine, PASSAGES[:1])
    plain = PlainReader(engine).read(prompt).copy()
    engine.clear()
    made = states(engine, tmp_path).read(prompt).copy()
    kept = states(engine, tmp_path).read(prompt).copy()
    assert np.abs(made - plain).max() < 0.05 * np.abs(plain).max()
    assert made.argmax() == plain.argmax()
    np.testing.assert_array_equal(kept, made)


def test_states_read_back_give_the_logits_of_states_just_made(engine: Engine, tmp_path: Path) -> None:
    prompt = tokens(engine)
    made = states(engine, tmp_path).read(prompt).copy()
    kept = states(engine, tmp_path).read(prompt).copy()
    np.testing.assert_allclose(kept, made, atol=1e-3)


def test_a_passage_is_read_once_whatever_stands_before_it(engine: Engine, tmp_path: Path) -> None:
    reader = states(engine, tmp_path)
    reader.read(tokens(engine))
    count = len(list(tmp_path.rglob("*.state")))
    assert count == 1 + len(PASSAGES)
    reader.read(tokens(engine, PASSAGES[::-1]))
    assert len(list(tmp_path.rglob("*.state"))) == count


def test_other_weights_have_states_of_their_own(engine: Engine, tmp_path: Path) -> None:
    prompt = tokens(engine)
    states(engine, tmp_path).read(prompt)
    assert states(engine, tmp_path).has(prompt.head, prompt.passages[0])
    assert not states(engine, tmp_path, "other weights").has(prompt.head, prompt.passages[0])


def test_a_state_that_is_whole_but_foreign_is_made_anew(engine: Engine, tmp_path: Path) -> None:
    prompt = tokens(engine)
    reader = states(engine, tmp_path)
    expected = reader.read(prompt).copy()
    cache = StateCache(tmp_path, 2**30)
    for path in tmp_path.rglob("*.state"):
        cache.put(path.stem, b"not the cells of any model")
    np.testing.assert_allclose(reader.read(prompt), expected, atol=1e-3)


def test_without_a_disk_to_write_to_the_answer_is_the_same(engine: Engine, tmp_path: Path) -> None:
    prompt = tokens(engine)
    expected = states(engine, tmp_path / "states").read(prompt).copy()
    (tmp_path / "file").write_text("in the way")
    np.testing.assert_allclose(states(engine, tmp_path / "file").read(prompt), expected, atol=1e-3)


def test_states_can_be_switched_off(tmp_path: Path) -> None:
    generator = LlamaGenerator(resolve_generator(MODEL), states=StateSettings(enabled=False, folder=tmp_path))
    prompt = Prompt(HEAD, PASSAGES, TAIL)
    assert "Aurora" in "".join(generator.stream(prompt, max_tokens=16))
    assert list(tmp_path.iterdir()) == []
