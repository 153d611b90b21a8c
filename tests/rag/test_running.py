"""Which model a library uses, what it is doing, and that another can take its place."""

import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from rag import Answer, Library, Loadable, Prompt, load_generator
from rag.generate import never
from rag.llama import LlamaGenerator
from rag.running import Fetching, Pace, Running, running
from rag.warm import BackgroundReader
from tests.fakes import FakeEncoder, FakeGenerator

BRIDGE = "The bridge over the river opened in 2019. The mayor spoke at the school."
QUESTION = "When did the bridge over the river open?"
ANSWER = "The bridge over the river opened in 2019."


class LoadableGenerator(FakeGenerator):
    """A fake with weights, which come with the first use."""

    def __init__(self, name: str, *replies: str) -> None:
        super().__init__(*replies)
        self.name = name
        self.weights = 0
        self.loading: Pace | None = None
        self.closed = 0

    def load(self) -> None:
        self.weights = 500

    def close(self) -> None:
        self.weights = 0
        self.closed += 1

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> Generator[str, None, None]:
        self.load()
        yield from super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)


@pytest.fixture
def first() -> LoadableGenerator:
    return LoadableGenerator("first", ANSWER, ANSWER)


@pytest.fixture
def library(tmp_path: Path, first: LoadableGenerator) -> Iterator[Library]:
    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=first) as opened:
        opened.add(tmp_path / "bridge.txt")
        yield opened


def test_another_model_answers_from_now_on(library: Library, first: LoadableGenerator) -> None:
    assert library.ask(QUESTION).model.llm == "first"
    second = LoadableGenerator("second", ANSWER)
    library.use(second)
    assert library.ask(QUESTION).model.llm == "second"
    assert (first.closed, first.weights) == (1, 0), "two models would take the memory of two"
    assert library.running == Running("second", "ready", weights=500)


def test_the_same_model_again_changes_nothing(library: Library, first: LoadableGenerator) -> None:
    library.load()
    library.use(first)
    assert (first.closed, library.running.state) == (0, "ready")


def test_an_answer_that_is_being_written_is_finished_by_the_model_that_began_it(library: Library) -> None:
    events = library.stream(QUESTION)
    next(events)  # what was found
    next(events)  # the first words
    library.use(LoadableGenerator("second", ANSWER))
    *_, answer = events
    assert isinstance(answer, Answer)
    assert answer.model.llm == "first"


def test_the_other_model_reads_ahead_in_the_place_of_the_first(library: Library) -> None:
    library.read_ahead()
    second = LoadableGenerator("second")
    library.use(second)
    waited = threading.Event()
    for _ in range(100):
        if second.prepared:
            break
        waited.wait(0.1)
    assert second.prepared


def test_of_two_who_choose_a_model_at_once_one_reads_ahead(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, chosen = BackgroundReader.stop, [LoadableGenerator("third")]

    def stop_meanwhile(reader: BackgroundReader) -> None:
        stop(reader)
        if chosen:  # somebody else chooses while the first waits for the reader to end
            library.use(chosen.pop())

    monkeypatch.setattr(BackgroundReader, "stop", stop_meanwhile)
    library.read_ahead()
    library.use(LoadableGenerator("second"))
    library.close()
    assert "dossier-reads-ahead" not in {thread.name for thread in threading.enumerate()}


def test_the_memory_of_a_model_that_is_judging_is_not_given_back() -> None:
    class Memory:
        closed = False

        def close(self) -> None:
            self.closed = True

    generator, memory = LlamaGenerator(Path("some.gguf")), Memory()
    vars(generator)["_engine"] = memory
    closing = threading.Thread(target=generator.close)
    with generator._turns.aside():
        closing.start()
        closing.join(0.3)
        assert not memory.closed
    closing.join()
    assert memory.closed


def test_a_model_is_idle_until_it_is_needed_then_ready(library: Library) -> None:
    assert library.running == Running("first", "idle")
    library.load()
    assert library.running == Running("first", "ready", weights=500)


def test_a_model_that_is_not_here_is_absent_and_nothing_fetches_it(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", encoder=FakeEncoder()) as library:
        assert library.running.state == "absent"
        assert library.running.name


def test_a_model_that_does_not_exist_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_MODEL", "no such model")
    with Library.open(tmp_path / "library", encoder=FakeEncoder()) as library:
        assert library.running == Running("no such model", "absent")


def test_what_is_on_its_way_says_so() -> None:
    fetching = Fetching()
    fetching("some model", 25, 100)
    found = running(None, "some", fetching, is_here=False, getting=False)
    assert (found.state, found.done, found.total) == ("fetching", 25, 100)
    assert found.left_s is not None
    generator = LoadableGenerator("some")
    generator.loading = Pace()
    assert running(generator, "some", None, is_here=True, getting=False) == Running("some", "loading")
    generator.loading.tell(0.5)
    assert running(generator, "some", None, is_here=True, getting=True).left_s is not None
    assert running(None, "some", None, is_here=True, getting=True).state == "loading"


def test_the_time_left_follows_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("rag.running.time.monotonic", lambda: now[0])
    pace = Pace()
    assert pace.left_s is None
    now[0] = 3.0
    pace.tell(0.25)
    assert pace.left_s == pytest.approx(9.0)
    pace.tell(1.0)
    assert pace.left_s == 0


@pytest.mark.model
def test_a_real_model_comes_into_memory_and_leaves_it() -> None:
    generator = load_generator("qwen2.5-coder-0.5b-instruct")
    assert isinstance(generator, Loadable)
    generator.close()
    assert (generator.weights, generator.loading) == (0, None)
    generator.load()
    assert generator.weights > 300_000_000
    generator.close()
    assert generator.weights == 0
