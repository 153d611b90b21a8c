"""Which model a library uses, what it is doing, and that another can take its place."""

import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from rag import Answer, Event, Library, Prompt
from rag.background import BackgroundReader
from rag.llama import LlamaGenerator
from rag.running import Fetching, Pace, Running, running
from rag.settings import StateSettings
from tests.fakes import FakeEncoder, LoadableGenerator

BRIDGE = "The bridge over the river opened in 2019. The mayor spoke at the school."
QUESTION = "When did the bridge over the river open?"
ANSWER = "The bridge over the river opened in 2019."


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


def begun(library: Library) -> Generator[Event, None, None]:
    """The events of an answer whose first words are written."""
    events = cast("Generator[Event, None, None]", library.stream(QUESTION))
    next(events)  # what was found
    next(events)
    return events


def test_an_answer_that_is_being_written_is_finished_by_the_model_that_began_it(
    library: Library, first: LoadableGenerator
) -> None:
    events = begun(library)
    library.use(LoadableGenerator("second", ANSWER))
    assert first.closed == 0
    *_, answer = events
    assert isinstance(answer, Answer)
    assert answer.model.llm == "first"
    assert (first.closed, first.weights) == (1, 0)


def test_an_answer_that_is_written_anew_leaves_no_model_in_memory(library: Library, first: LoadableGenerator) -> None:
    first.replies[:0] = ["Le pont sur la rivière a été ouvert en 2019, et le maire a parlé à l'école."]
    events = begun(library)
    library.use(LoadableGenerator("second", ANSWER))
    assert isinstance([*events][-1], Answer)
    assert len(first.prompts) == 2
    assert (first.closed, first.weights) == (1, 0)


def test_an_answer_that_nobody_reads_on_leaves_no_model_in_memory(library: Library, first: LoadableGenerator) -> None:
    events = begun(library)
    library.use(LoadableGenerator("second", ANSWER))
    events.close()
    assert (first.closed, first.weights) == (1, 0)


def test_a_model_that_is_chosen_again_meanwhile_stays(library: Library, first: LoadableGenerator) -> None:
    events, second = begun(library), LoadableGenerator("second")
    library.use(second)
    library.use(first)
    assert isinstance([*events][-1], Answer)
    assert (first.closed, second.closed) == (0, 1)


def test_a_model_that_this_thread_is_answered_by_elsewhere_stays(library: Library, first: LoadableGenerator) -> None:
    elsewhere = first.stream(Prompt("", (), QUESTION), max_tokens=9)
    next(elsewhere)
    library.read_ahead()
    library.use(LoadableGenerator("second", ANSWER))
    assert library.ask(QUESTION).model.llm == "second"
    assert first.closed == 0


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
    stop, second, third = BackgroundReader.stop, LoadableGenerator("second"), LoadableGenerator("third")
    others: list[threading.Thread] = []

    def stop_meanwhile(reader: BackgroundReader, wait_s: float | None = None) -> None:
        stop(reader, wait_s)
        if not others:  # somebody else chooses while the first waits for the reader to end
            others.append(threading.Thread(target=library.use, args=[third]))
            others[0].start()
            others[0].join(0.2)

    monkeypatch.setattr(BackgroundReader, "stop", stop_meanwhile)
    library.read_ahead()
    library.use(second)
    others[0].join()
    assert library.running.name == "third"
    assert second.closed == 1
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


def test_why_a_model_reads_plainly_is_told_while_another_thread_closes_it() -> None:
    class Closing(dict[str, object]):
        """The generator's attributes; the engine is gone as soon as somebody has looked for it."""

        def __contains__(self, name: object) -> bool:
            return super().__contains__(name) and self.pop(str(name)) is not None

    generator = LlamaGenerator(Path("no such.gguf"), states=StateSettings(enabled=True))
    vars(generator)["_kept"] = object()
    generator.__dict__ = Closing(vars(generator), _engine=SimpleNamespace(why_not_joined="it slides"))
    assert generator.why_plain in ("", "it slides")


def test_of_two_who_load_the_models_the_first_to_end_ends_nothing(library: Library, first: LoadableGenerator) -> None:
    began, may_end = threading.Event(), threading.Event()

    def slowly() -> None:
        began.set()
        may_end.wait(5)

    first.load = slowly  # type: ignore[method-assign]
    slow = threading.Thread(target=library.load)
    slow.start()
    began.wait(5)
    first.load = lambda: None  # type: ignore[method-assign]
    library.load()
    states = [library.running.state]
    may_end.set()
    slow.join()
    assert [*states, library.running.state] == ["loading", "idle"]


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
