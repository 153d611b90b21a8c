"""A model that repeats itself is stopped; honest repetition is not."""

import pytest

from rag.stop import Loops


def stopped_at(tokens: list[int]) -> int | None:
    loops = Loops()
    return next((i for i, token in enumerate(tokens) if loops.closed_by(token, b"word")), None)


def test_a_digit_written_six_times_is_a_loop() -> None:
    assert stopped_at([1, 2, 7, 7, 7, 7, 7, 7, 7]) == 7


def test_a_phrase_written_three_times_is_a_loop() -> None:
    phrase = [10, 11, 12, 13]
    assert stopped_at([1, *phrase * 4]) == 12


def test_a_phrase_written_twice_is_not() -> None:
    assert stopped_at([1, 2, 3, 4, 1, 2, 3, 4, 5]) is None


def test_text_without_repetition_goes_on() -> None:
    assert stopped_at(list(range(500))) is None


@pytest.mark.parametrize("number", ["5,000,000,000", "5.000.000.000 ", "5 000 000 000", "1000000", "0.000000001"])
def test_large_numbers_are_no_loops(number: str) -> None:
    loops = Loops()
    assert not any(loops.closed_by(ord(digit), digit.encode()) for digit in number)


def test_a_number_without_end_is_a_loop() -> None:
    loops = Loops()
    assert [loops.closed_by(7, b"7") for _ in range(20)].index(True) == 15
