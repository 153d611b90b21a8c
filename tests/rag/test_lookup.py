"""Guesses come from what stood behind the same words before."""

from hypothesis import given
from hypothesis import strategies as st

from rag.lookup import PromptLookup


def guess(tokens: list[int], length: int = 3) -> list[int]:
    return PromptLookup(tokens, length).guess()


def test_what_followed_the_same_words_is_guessed() -> None:
    assert guess([1, 2, 3, 4, 5, 9, 1, 2]) == [3, 4, 5]


def test_the_longer_and_the_later_match_wins() -> None:
    assert guess([7, 1, 2, 50, 8, 1, 2, 60, 7, 1, 2]) == [50, 8, 1]
    assert guess([1, 2, 50, 1, 2, 60, 1, 2]) == [60, 1, 2]


def test_one_word_in_common_is_no_hint() -> None:
    assert guess([1, 2, 3, 9, 2]) == []


def test_nothing_is_guessed_without_room_or_text() -> None:
    assert guess([1, 2, 3, 1, 2], length=0) == []
    assert guess([]) == []


@given(st.lists(st.integers(0, 3)), st.integers(0, 5))
def test_a_guess_stands_behind_the_last_two_words_somewhere_before(tokens: list[int], length: int) -> None:
    guessed = guess(tokens, length)
    assert len(guessed) <= length
    if guessed:
        needle = [*tokens[-2:], *guessed]
        assert any(tokens[i : i + len(needle)] == needle for i in range(len(tokens)))
