"""What can be taken back: once, by who was told its name, for a while."""

import pytest

from ui.web.undo import Undo


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_act_is_taken_back_once() -> None:
    done: list[str] = []
    undo = Undo()
    token = undo.offer(lambda: done.append("back"), lambda: done.append("gone"))
    assert not undo.take_back("another")
    assert undo.take_back(token)
    assert not undo.take_back(token)
    undo.dismiss(token)
    assert done == ["back"]


def test_what_is_dismissed_or_old_is_let_go_of() -> None:
    done: list[str] = []
    clock = Clock()
    undo = Undo(clock)
    undo.dismiss(undo.offer(lambda: None, lambda: done.append("dismissed")))
    old = undo.offer(lambda: None, lambda: done.append("old"))
    clock.now = 3_600
    undo.offer(lambda: None)
    assert done == ["dismissed", "old"]
    assert not undo.take_back(old)


def test_what_is_old_is_let_go_of_also_where_nothing_more_is_done() -> None:
    done: list[str] = []
    clock = Clock()
    undo = Undo(clock)
    undo.offer(lambda: None, lambda: done.append("old"))
    undo.lapse()
    assert done == []
    clock.now = 3_600
    undo.lapse()
    undo.lapse()
    assert done == ["old"]


def test_no_more_than_a_hundred_are_kept() -> None:
    done: list[int] = []
    undo = Undo()
    for number in range(103):
        undo.offer(lambda: None, lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == [0, 1, 2]


def test_what_could_not_be_undone_is_offered_still() -> None:
    tries: list[int] = []

    def fails_once() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")

    undo = Undo()
    token = undo.offer(fails_once)
    with pytest.raises(OSError, match="full"):
        undo.take_back(token)
    assert undo.take_back(token)
