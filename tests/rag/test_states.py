"""Prompts put together from states, with a real model: what they must have in common with plain ones."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from documents.errors import ModelError
from embeddings import resolve_generator
from rag.engine import PASSAGE, PROMPT, Engine, ReadingStopped, build
from rag.generate import Prepared, Prompt
from rag.llama import LlamaGenerator
from rag.reader import Part, PlainReader, PromptParts
from rag.settings import EngineOptions, StateSettings
from rag.state_cache import StateCache
from rag.states import StateReader, StateStore

pytestmark = pytest.mark.model

MODEL = "qwen2.5-coder-0.5b-instruct"
HEAD = "Answer from the articles.\n"
PASSAGES = (
    "Article: Timetable\nThe ferry Aurora sails to Gotland at noon.\n",
    "Article: Weather\nIt rained in Visby on Monday.\n",
)
QUESTIONS = ("Which ferry sails to Gotland?", "Repeat the articles word for word.", "Count.")
TAIL = "Question: Which ferry sails to Gotland?\nAnswer:"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(resolve_generator(MODEL))


def parts(engine: Engine, passages: tuple[str, ...] = PASSAGES) -> PromptParts:
    def part(text: str) -> Part:
        return Part(text, engine.tokenize(text))

    return PromptParts(part(HEAD), tuple(map(part, passages)), part(TAIL))


def kept(folder: Path, weights: str = "weights") -> StateStore:
    return StateStore(StateCache(folder, 2**30), weights, build("f16"))


def states(engine: Engine, folder: Path) -> StateReader:
    return StateReader(engine, kept(folder))


def test_with_one_passage_the_logits_are_those_of_the_plain_prompt(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine, PASSAGES[:1])
    plain = PlainReader(engine).read(prompt).copy()
    engine.clear()
    made = states(engine, tmp_path).read(prompt).copy()
    kept = states(engine, tmp_path).read(prompt).copy()
    assert np.abs(made - plain).max() < 0.05 * np.abs(plain).max()
    assert made.argmax() == plain.argmax()
    np.testing.assert_array_equal(kept, made)


def test_states_read_back_give_the_logits_of_states_just_made(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    made = states(engine, tmp_path).read(prompt).copy()
    kept = states(engine, tmp_path).read(prompt).copy()
    np.testing.assert_allclose(kept, made, atol=1e-3)


def test_moved_cells_are_those_of_a_passage_read_at_its_place(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    joined = states(engine, tmp_path).read(prompt).copy()
    engine.clear()
    room = 300  # all of it stands so much farther on, for the heads before the passages
    end = room + len(prompt.head)
    engine.decode(prompt.head.tokens, room, PROMPT)
    for passage in prompt.passages:
        engine.forget(PASSAGE)
        engine.decode(prompt.head.tokens, end - len(prompt.head), PASSAGE)
        engine.decode(passage.tokens, end, PASSAGE)
        engine.copy(PASSAGE, PROMPT, end, end + len(passage))
        engine.forget(PASSAGE)
        end += len(passage)
    in_place = engine.decode(prompt.tail.tokens, end, PROMPT)
    rounding = 0.05 * np.abs(in_place).max()  # a plain prompt moved by as much differs by as much
    np.testing.assert_allclose(joined, in_place, atol=rounding)


def test_a_passage_is_read_once_whatever_stands_before_it(engine: Engine, tmp_path: Path) -> None:
    reader = states(engine, tmp_path)
    reader.read(parts(engine))
    count = len(list(tmp_path.rglob("*.state")))
    assert count == 1 + len(PASSAGES)
    reader.read(parts(engine, PASSAGES[::-1]))
    assert len(list(tmp_path.rglob("*.state"))) == count


def behind(engine: Engine, prompt: PromptParts) -> PromptParts:
    """The first passage behind another head, of another length than the one that it is read behind."""
    other = "Answer, briefly and to the point, from the articles that follow, and from nothing else.\n"
    head = Part(other, engine.tokenize(other))
    return PromptParts(head, prompt.passages[:1], prompt.tail, read_behind=prompt.head)


def test_behind_another_head_a_passage_is_not_read_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt, reader, decode = parts(engine), states(engine, tmp_path), engine.decode
    reader.read(prompt)
    read: list[Sequence[int]] = []

    def spy(tokens: Sequence[int], start: int, sequence: int = PROMPT) -> NDArray[np.float32]:
        read.append(tokens)
        return decode(tokens, start, sequence)

    monkeypatch.setattr(engine, "decode", spy)
    other = behind(engine, prompt)
    reader.read(other)
    assert read == [other.head.tokens, other.tail.tokens]
    reader.read(other)
    assert read[2:] == [other.tail.tokens]


def test_a_passage_behind_another_head_is_nearly_what_it_is_when_read_there(engine: Engine, tmp_path: Path) -> None:
    joined = behind(engine, parts(engine))
    exact = PlainReader(engine).read(joined).copy()
    engine.clear()
    bare = PlainReader(engine).read(PromptParts(joined.head, (), joined.tail)).copy()
    engine.clear()
    moved = states(engine, tmp_path).read(joined).copy()
    np.testing.assert_array_equal(states(engine, tmp_path).read(joined), moved)
    assert np.abs(moved - exact).mean() < 0.5 * np.abs(bare - exact).mean()


def test_other_weights_have_states_of_their_own(engine: Engine, tmp_path: Path) -> None:
    states(engine, tmp_path).read(parts(engine))
    assert kept(tmp_path).has(HEAD, PASSAGES[0])
    assert not kept(tmp_path, "other weights").has(HEAD, PASSAGES[0])


def test_reading_ahead_stops_at_once_and_leaves_no_trace(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    expected = states(engine, tmp_path / "one").read(prompt).copy()
    reader = states(engine, tmp_path / "two")
    reader.make(prompt.head, prompt.passages[0])
    with pytest.raises(ReadingStopped), engine.stopping_when(lambda: True):
        reader.make(prompt.head, prompt.passages[1])
    assert not kept(tmp_path / "two").has(HEAD, PASSAGES[1])
    np.testing.assert_allclose(reader.read(prompt), expected, atol=1e-3)


def test_an_interrupt_ends_reading_and_is_passed_on(engine: Engine, tmp_path: Path) -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), engine.stopping_when(interrupt):
        states(engine, tmp_path).read(parts(engine))
    assert states(engine, tmp_path).read(parts(engine)).size


def test_a_state_that_is_whole_but_foreign_is_made_anew(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    reader = states(engine, tmp_path)
    expected = reader.read(prompt).copy()
    cache = StateCache(tmp_path, 2**30)
    for path in tmp_path.rglob("*.state"):
        cache.put(path.stem, b"not the cells of any model")
    np.testing.assert_allclose(reader.read(prompt), expected, atol=1e-3)


def test_a_state_that_is_never_accepted_is_an_error_and_no_endless_loop(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    many = PromptParts(prompt.head, prompt.passages * (engine.options.context // len(prompt.passages[0])), prompt.tail)
    with pytest.raises(ModelError, match="room"):
        states(engine, tmp_path).read(many)


def test_without_a_disk_to_write_to_the_answer_is_the_same(engine: Engine, tmp_path: Path) -> None:
    prompt = parts(engine)
    expected = states(engine, tmp_path / "states").read(prompt).copy()
    (tmp_path / "file").write_text("in the way")
    np.testing.assert_allclose(states(engine, tmp_path / "file").read(prompt), expected, atol=1e-3)


def test_states_can_be_switched_off(tmp_path: Path) -> None:
    generator = LlamaGenerator(resolve_generator(MODEL), states=StateSettings(enabled=False, folder=tmp_path))
    prompt = Prompt(HEAD, PASSAGES, TAIL)
    assert "Aurora" in "".join(generator.stream(prompt, max_tokens=16))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("guess", [3, 7])
def test_guessing_from_the_prompt_changes_no_token(unguessed: dict[str, list[str]], tmp_path: Path, guess: int) -> None:
    assert _written(guess, tmp_path) == unguessed


@pytest.fixture(scope="module")
def unguessed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return _written(0, tmp_path_factory.mktemp("states"))


def _written(guess: int, folder: Path) -> dict[str, list[str]]:
    """What is written to each question when so many tokens are guessed."""
    generator = LlamaGenerator(
        resolve_generator(MODEL), options=EngineOptions(guess=guess), states=StateSettings(folder=folder)
    )
    prompts = {question: Prompt(HEAD, PASSAGES, f"Question: {question}\n") for question in QUESTIONS}
    written = {question: list(generator.stream(prompt, max_tokens=60)) for question, prompt in prompts.items()}
    generator.close()
    return written


def test_a_full_cache_is_not_read_into_ahead(tmp_path: Path) -> None:
    generator = LlamaGenerator(resolve_generator(MODEL), states=StateSettings(folder=tmp_path, limit=10_000))
    (tmp_path / "aa").mkdir()
    (tmp_path / "aa" / "other.state").write_bytes(bytes(9_000))
    assert generator.prepare(HEAD, PASSAGES[0]) is Prepared.NOT_KEPT
    assert "_engine" not in generator.__dict__
