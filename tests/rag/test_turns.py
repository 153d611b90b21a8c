"""One model, many who want it: questions wait for each other, reading ahead makes way."""

import threading
from collections.abc import Callable

import pytest

from documents.errors import ModelError
from rag.turns import Turns


def test_questions_of_two_threads_take_turns() -> None:
    turns, order = Turns(), []
    first_has_it, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with turns.question():
            first_has_it.set()
            go_on.wait(5)
            order.append("first")

    def second() -> None:
        with turns.question():
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    first_has_it.wait(5)
    threads[1].start()
    while not turns.somebody_waits:
        pass
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert order == ["first", "second"]


def test_a_thread_that_would_wait_for_itself_is_told_so() -> None:
    turns = Turns()
    with turns.question(), pytest.raises(ModelError, match="not read to its end"), turns.question():
        pass
    with turns.question():
        pass


def test_reading_ahead_goes_without_while_a_question_has_the_model() -> None:
    turns = Turns()
    with turns.question(), turns.spare_time() as free:
        assert not free
    with turns.spare_time() as free:
        assert free
    with turns.question():
        pass


def test_the_model_is_given_back_after_a_failure() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broke"), turns.question():
        raise ValueError("broke")
    with turns.question():
        pass


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_any_thread_may_ask_aside_while_a_turn_is_open() -> None:
    turns, done = Turns(), threading.Event()

    def other() -> None:
        with turns.aside():
            done.set()

    with turns.question():
        in_thread(other)
        assert done.wait(5)


def test_who_asks_aside_waits_for_the_step_and_is_seen_to_wait() -> None:
    turns, order, done = Turns(), [], threading.Event()

    def other() -> None:
        with turns.aside():
            order.append("aside")
        done.set()

    with turns.question():
        with turns.step():
            in_thread(other)
            while not turns.somebody_waits:
                pass
            order.append("step")
        assert done.wait(5)
    assert order == ["step", "aside"]
    assert not turns.somebody_waits
