"""The queue in front of the model: fair, visible, and never stuck."""

import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.web.turns import Turn, Turns


def never() -> bool:
    return False


def places(*turns: Turn) -> list[int]:
    return [turn.place for turn in turns]


def test_browsers_are_served_as_they_came() -> None:
    turns = Turns()
    first, second, third = (turns.take(who) for who in "abc")
    assert places(first, second, third) == [0, 1, 2]
    turns.leave(first)
    assert places(first, second, third) == [-1, 0, 1]


def test_who_asks_much_takes_one_place_at_a_time() -> None:
    turns = Turns()
    a1, a2, a3, b1, c1, b2 = (turns.take(who) for who in ("a", "a", "a", "b", "c", "b"))
    assert places(a1, b1, c1, a2, b2, a3) == [0, 1, 2, 3, 4, 5]


def test_who_gives_up_makes_the_others_places_better() -> None:
    turns = Turns()
    _, second, third = (turns.take(who) for who in "abc")
    turns.leave(second)
    assert places(second, third) == [-1, 1]
    turns.leave(second)
    assert third.place == 1


def test_waiting_tells_every_new_place_and_ends_at_the_turn() -> None:
    turns = Turns()
    first, second, third = (turns.take(who) for who in "abc")
    told = third.wait(never)
    assert next(told) == 2
    turns.leave(second)
    assert next(told) == 1
    threading.Timer(0.05, turns.leave, [first]).start()
    assert list(told) == [0]


def test_whoever_does_not_wait_is_not_kept() -> None:
    turns = Turns()
    turns.take("a")
    stop = threading.Event()
    with turns.take("b") as second:
        told = second.wait(stop.is_set)
        assert next(told) == 1
        stop.set()
        assert list(told) == []
    assert second.place == -1


def test_a_failure_gives_the_turn_back() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.take("a"):
        dict[str, int]()["missing"]
    assert turns.take("b").place == 0


@given(st.lists(st.one_of(st.sampled_from("abcd"), st.integers(0, 5)), max_size=40))
def test_no_other_is_served_more_than_twice_while_a_browser_waits(steps: list[str | int]) -> None:
    """However they come (a letter) and go (a place in the line), the places are always 0 to n."""
    turns = Turns()
    there: list[Turn] = []
    others_served: dict[str, Counter[str]] = {}
    running = None
    for step in [*steps, *[0] * len(steps)]:
        if isinstance(step, str):
            there.append(turns.take(step))
        elif step < len(there):
            turns.leave(there.pop(step))
        assert sorted(places(*there)) == list(range(len(there)))
        there.sort(key=lambda turn: turn.place)
        waiting = {turn.who for turn in there[1:]}
        if there and there[0] is not running:
            running = there[0]
            others_served[running.who] = Counter()
            for who in waiting - {running.who}:
                others_served[who][running.who] += 1
        others_served = {who: others_served.get(who, Counter()) for who in waiting}
        assert all(count <= 2 for counts in others_served.values() for count in counts.values())
    assert there == []


def test_many_threads_never_have_the_model_at_once() -> None:
    turns, inside, seen = Turns(), threading.Semaphore(1), []

    def ask(name: str) -> None:
        with turns.take(name) as turn:
            *_, last = turn.wait(never)
            assert last == 0
            assert inside.acquire(blocking=False)
            seen.append(name)
            inside.release()

    threads = [threading.Thread(target=ask, args=(f"{i % 5}",)) for i in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(seen) == 40
