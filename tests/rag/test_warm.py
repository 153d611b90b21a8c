"""Reading ahead: everything once, the newest first, and never in the way of a question."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from rag import Filters, Library, Readiness, StateSettings
from rag.generate import Prepared, Prompt, load_generator, never
from rag.judge_prompts import ANSWER_HEAD, RELEVANCE_HEAD
from rag.prompt import NOT_FOUND, SYSTEM
from tests.fakes import JUDGE_OF_ANSWERS, FakeEncoder, FakeGenerator
from tests.rag.parts import files_in, write_articles

RIVER = "The river rose in 2019.\n"
SCHOOL = "The school opened in 2024.\n"


class Recorder(FakeGenerator):
    """Keeps the order in which it was told to read; the first `busy` times a question is in the way."""

    def __init__(self, *replies: str, busy: int = 0) -> None:
        super().__init__(*replies)
        self.order: list[str] = []
        self.busy = busy

    def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
        if self.busy:
            self.busy -= 1
            return Prepared.LATER
        self.order.append(passage)
        return super().prepare(system, passage, should_stop=should_stop)


def opened(folder: Path, generator: FakeGenerator) -> Library:
    return Library.open(folder, encoder=FakeEncoder(), generator=generator)


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("warm", "background"):
        monkeypatch.setattr(f"rag.{module}._PAUSE_S", 0.02)


def test_every_passage_is_read_once_the_newest_first(tmp_path: Path) -> None:
    articles, generator = write_articles(tmp_path / "articles", river=RIVER), Recorder()
    with opened(tmp_path / "library", generator) as library:
        library.add(articles)
        library.add(write_articles(articles, school=SCHOOL))
        seen: list[Readiness] = []
        assert library.readiness() == Readiness(0, 2)
        assert library.warm(seen.append) == Readiness(2, 2)
        assert seen == [Readiness(0, 2), Readiness(1, 2), Readiness(2, 2)]
        assert ["school" in text for text in generator.order] == [True, False]
        library.warm()
        assert len(generator.order) == 2


def test_a_question_in_the_way_is_waited_for(tmp_path: Path) -> None:
    generator = Recorder(busy=3)
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))
        assert library.warm() == Readiness(2, 2)


def test_the_question_finds_what_was_read_ahead(tmp_path: Path) -> None:
    generator = Recorder(NOT_FOUND)
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        library.warm()
        library.ask("When did the river rise?")
        assert all(generator.is_prepared(generator.prompts[0].system, p) for p in generator.prompts[0].passages)


def test_reading_in_the_background_takes_in_what_is_added_later(tmp_path: Path) -> None:
    generator = Recorder(busy=1)
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        assert library.reading_ahead is None
        library.read_ahead()
        assert until(lambda: library.reading_ahead == Readiness(1, 1))
        library.add(write_articles(tmp_path / "articles", school=SCHOOL))
        assert until(lambda: library.reading_ahead == Readiness(2, 2))
        assert len(generator.prepared) == 2


def test_the_encoder_is_loaded_before_anything_is_read(tmp_path: Path) -> None:
    encoder, generator = FakeEncoder(), Recorder()
    with Library.open(tmp_path / "library", encoder=encoder, generator=generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        encoder.encoded.clear()
        library.read_ahead()
        assert until(lambda: len(generator.order) == 1)
        assert encoder.encoded[0] == ""
        assert until(lambda: encoder.encoded[1:] == [RIVER.strip()])  # behind the passage, for the check of answers


def test_only_one_process_reads_ahead_and_another_takes_over(tmp_path: Path) -> None:
    generator = Recorder()
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        with FileLock(library.folder / "reading.lock"):
            library.read_ahead()
            time.sleep(0.3)
            assert generator.order == []
        assert until(lambda: len(generator.order) == 1)


def test_closing_ends_reading(tmp_path: Path) -> None:
    library = opened(tmp_path / "library", Recorder())
    library.read_ahead()
    library.close()
    assert not any(thread.name == "dossier-reads-ahead" for thread in threading.enumerate())


def test_closing_breaks_off_the_passage_that_is_being_read(tmp_path: Path) -> None:
    class Long(Recorder):
        def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
            super().prepare(system, passage, should_stop=should_stop)
            return Prepared.LATER if until(should_stop, 60) else Prepared.DONE

    generator = Long()
    library = opened(tmp_path / "library", generator)
    library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))
    library.read_ahead()
    assert until(lambda: len(generator.order) == 1)
    began = time.monotonic()
    library.close()
    assert time.monotonic() - began < 30
    assert len(generator.order) == 1


def test_closing_waits_for_a_model_that_is_being_loaded_as_long_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, loaded = threading.Event(), threading.Event()
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)

    class Slow(FakeEncoder):
        def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            loading.set()
            loaded.wait(60)
            return super().encode_queries(texts)

    library = Library.open(tmp_path / "library", encoder=Slow(), generator=Recorder())
    library.add(write_articles(tmp_path / "articles", river=RIVER))
    library.read_ahead()
    assert loading.wait(20)
    library.close(wait_s=0.1)
    (reader,) = (thread for thread in threading.enumerate() if thread.name == "dossier-reads-ahead")
    loaded.set()
    reader.join(20)
    assert not reader.is_alive()
    assert failed == []


def test_without_room_reading_ends(tmp_path: Path) -> None:
    class Full(Recorder):
        def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
            return (
                Prepared.NOT_KEPT
                if len(self.prepared) == 1
                else super().prepare(system, passage, should_stop=should_stop)
            )

    with opened(tmp_path / "library", Full()) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))
        assert library.warm() == Readiness(1, 2)


def test_without_room_nothing_is_said_to_be_going_on(tmp_path: Path) -> None:
    class Full(Recorder):
        def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
            super().prepare(system, passage, should_stop=should_stop)
            return Prepared.NOT_KEPT

    generator = Full()
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        library.read_ahead()
        assert until(lambda: len(generator.order) == 1)
        assert until(lambda: library.reading_ahead is None)


def test_what_the_check_of_answers_needs_is_read_first(tmp_path: Path) -> None:
    generator = Recorder()
    generator.name = JUDGE_OF_ANSWERS
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        assert library.warm() == Readiness(1, 1)
        assert generator.order[0] == ""
        assert all(generator.is_prepared(head) for head in (ANSWER_HEAD, RELEVANCE_HEAD))


def test_an_article_that_is_removed_meanwhile_is_not_read(tmp_path: Path) -> None:
    generator = Recorder()
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))

        def remove_the_other(state: Readiness) -> None:
            if state.ready:
                (read,) = generator.order
                library.remove(*(each.id for each in library.articles() if each.title not in read))

        assert library.warm(remove_the_other) == Readiness(1, 1)
        assert len(generator.order) == len(generator.prepared) == 1
        assert len(files_in(tmp_path / "cache")) == 1


def test_of_one_that_is_removed_while_it_is_read_nothing_is_kept(tmp_path: Path) -> None:
    class Removing(Recorder):
        def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
            library.remove(*(each.id for each in library.articles()))
            return super().prepare(system, passage, should_stop=should_stop)

    generator, seen = Removing(), list[Readiness]()
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        assert library.warm(seen.append) == Readiness(0, 0)
        assert len(generator.order) == 1
        assert generator.prepared == set()
        assert files_in(tmp_path / "cache") == []
        assert seen[-1].ready == 0


@pytest.mark.parametrize("background", [False, True])
def test_vectors_are_made_where_only_they_are_missing(tmp_path: Path, *, background: bool) -> None:
    generator = Recorder()
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))
        library.warm()
        made = sorted(files_in(tmp_path / "cache"))
        assert len(made) == 2
        made[0].unlink()
        if background:
            library.read_ahead()
        else:
            seen: list[Readiness] = []
            assert library.warm(seen.append) == Readiness(2, 2)
            assert all(state == Readiness(2, 2) for state in seen)
        assert until(lambda: sorted(files_in(tmp_path / "cache")) == made)
        assert until(lambda: not background or library.reading_ahead == Readiness(2, 2))


@pytest.mark.parametrize("background", [False, True])
def test_where_another_encoder_made_the_librarys_vectors_reading_goes_on_without(
    tmp_path: Path, *, background: bool
) -> None:
    generator = Recorder(busy=10**9)
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        if background:
            library.read_ahead()
            assert until(lambda: library.reading_ahead == Readiness(0, 1))
        newer = FakeEncoder("newer")
        with Library.open(tmp_path / "library", encoder=newer, generator=FakeGenerator(), reembed=True) as again:
            again.add(write_articles(tmp_path / "articles", school=SCHOOL))
        generator.busy = 0
        if background:
            assert until(lambda: library.reading_ahead == Readiness(2, 2))
        else:
            assert library.warm() == Readiness(2, 2)
            assert files_in(tmp_path / "cache") == []


@pytest.mark.model
def test_a_question_does_not_wait_for_reading_ahead(tmp_path: Path) -> None:
    generator = load_generator("qwen2.5-coder-0.5b-instruct", states=StateSettings(folder=tmp_path))
    short = Prompt(SYSTEM, ("Article: Ferry\nThe ferry Aurora sails at noon.\n",), "Question: When does it sail?")
    expected = list(generator.stream(short, max_tokens=12))  # loaded, and its state is kept
    long = "Article: Long\n" + "The bridge over the river opened in the year 2019. " * 120
    outcome: list[Prepared] = []
    reading = threading.Thread(target=lambda: outcome.append(generator.prepare(SYSTEM, long)))
    reading.start()
    time.sleep(0.3)
    assert list(generator.stream(short, max_tokens=12)) == expected
    reading.join()
    assert outcome == [Prepared.LATER]
    assert not generator.is_prepared(SYSTEM, long)
    assert generator.prepare(SYSTEM, long, should_stop=lambda: True) is Prepared.LATER
    assert not generator.is_prepared(SYSTEM, long)


def test_how_far_each_article_is_read_is_told_by_its_id(tmp_path: Path) -> None:
    articles, generator = write_articles(tmp_path / "articles", river=RIVER), Recorder()
    with opened(tmp_path / "library", generator) as library:
        (river,) = library.add(articles).added
        library.warm()
        (school,) = library.add(write_articles(articles, school=SCHOOL)).added
        assert library.readiness_of([river, school, "unknown"]) == {
            river: Readiness(1, 1),
            school: Readiness(0, 1),
            "unknown": Readiness(0, 0),
        }


def test_what_one_question_may_need_is_read_and_nothing_else(tmp_path: Path) -> None:
    generator, encoder = Recorder(), FakeEncoder()
    with Library.open(tmp_path / "library", encoder=encoder, generator=generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL))
        river = next(article.id for article in library.articles() if article.title == "river")
        for _ in range(2):
            library.prepare("Which river?", filters=Filters(articles=(river,)))
        assert ["river" in text for text in generator.order] == [True]
        encoder.encoded.clear()
        library.ask("Which river?", filters=Filters(articles=(river,)))
        assert RIVER.strip() not in encoder.encoded


def test_for_one_question_the_check_of_answers_is_made_ready_too_and_others_are_waited_for(tmp_path: Path) -> None:
    generator = Recorder(busy=3)
    generator.name = JUDGE_OF_ANSWERS
    with opened(tmp_path / "library", generator) as library:
        library.add(write_articles(tmp_path / "articles", river=RIVER))
        library.prepare("Which river?")
        assert all(generator.is_prepared(head) for head in (ANSWER_HEAD, RELEVANCE_HEAD))
        assert ["river" in text for text in generator.order] == [False, False, True]
