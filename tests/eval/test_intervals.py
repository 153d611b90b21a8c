"""Intervals and differences: facts worked out by hand, and what must hold for all numbers."""

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.intervals import Floats, beyond_chance, difference, interval, middle, ratio


def shares(hits: int, of: int) -> Floats:
    """So many questions with a hit, and the rest without."""
    return np.array([(1, 1)] * hits + [(0, 1)] * (of - hits), np.float64)


def column(*values: float) -> Floats:
    return np.array(values, np.float64).reshape(-1, 1)


def test_a_ratio_adds_up_before_it_divides() -> None:
    values = np.array([(1, 1), (0, 3)], np.float64)
    assert ratio(np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 2.0]]), values).tolist() == [0.25, 1.0, 0.0]
    assert np.isnan(ratio(np.array([[0.0, 0.0]]), values)).all()


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.integers(0, 3)), min_size=1).filter(lambda d: any(n for _, n in d)))
def test_the_middle_is_the_median_of_what_was_drawn(drawn: list[tuple[float, int]]) -> None:
    expected = median([value for value, times in drawn for _ in range(times)])
    weights = np.array([[float(times) for _, times in drawn]])
    assert middle(weights, column(*(value for value, _ in drawn)))[0] == pytest.approx(expected)


def test_an_interval_is_as_wide_as_it_should_be() -> None:
    low, high = interval(ratio, shares(50, 100)) or (0, 0)
    assert (low, high) == pytest.approx((0.5 - 1.96 * 0.05, 0.5 + 1.96 * 0.05), abs=0.02)
    assert interval(ratio, shares(50, 100)) == (low, high)  # drawn with a fixed seed


def test_where_all_agree_the_interval_is_exact_and_not_empty() -> None:
    assert interval(ratio, shares(20, 20)) == pytest.approx((0.025 ** (1 / 20), 1))  # 0.83
    assert interval(ratio, shares(0, 20)) == pytest.approx((0, 1 - 0.025 ** (1 / 20)))
    assert interval(middle, column(2, 2, 2)) == (2, 2)


def test_of_one_question_nothing_is_known_about_the_next() -> None:
    assert interval(ratio, shares(1, 1)) is None
    assert interval(middle, column(1)) is None


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    truth, questions, tries = 0.7, 60, 300
    drawn = np.random.default_rng(1).random((tries, questions)) < truth
    held = 0
    for row in drawn:
        low, high = interval(ratio, shares(int(row.sum()), questions)) or (0, 0)
        held += low <= truth <= high
    assert 0.90 <= held / tries <= 0.98


def test_equal_runs_do_not_differ() -> None:
    found = difference(ratio, shares(5, 9), shares(5, 9))
    assert found is not None
    assert (found.value, found.low, found.high, found.changed, found.count) == (0, 0, 0, 0, 9)
    assert (found.p_less, found.p_more) == (1, 1)


@pytest.mark.parametrize(("worse", "chance"), [(1, 1 / 2), (3, 1 / 8), (5, 1 / 32)])
def test_chance_alone_makes_some_questions_worse_as_a_coin_would(worse: int, chance: float) -> None:
    first, second = shares(40, 40), shares(40 - worse, 40)
    found = difference(ratio, first, second)
    assert found is not None
    assert found.value == pytest.approx(-worse / 40)
    assert found.changed == worse
    assert found.p_less == pytest.approx(chance, abs=0.03)
    assert found.p_more > 0.9


def test_a_run_that_says_nothing_has_no_figure_to_compare() -> None:
    silent = np.zeros((4, 2))
    assert difference(ratio, shares(3, 4), silent) is None
    assert difference(ratio, np.zeros((0, 2)), np.zeros((0, 2))) is None


_values = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


@given(_values)
def test_a_difference_turned_round_has_the_other_sign(drawn: list[tuple[int, int]]) -> None:
    first = np.array([(min(one, 3), 3) for one, _ in drawn], np.float64)
    second = np.array([(other, 3) for _, other in drawn], np.float64)
    there, back = difference(ratio, first, second), difference(ratio, second, first)
    assert there is not None
    assert back is not None
    assert there.value == pytest.approx(-back.value)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low - 1e-9 <= there.high


def test_medians_are_compared_too() -> None:
    found = difference(middle, column(1, 2, 3), column(2, 3, 4))
    assert found is not None
    assert found.value == 1


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ([], []),
        ([0.04], [True]),
        ([0.04, 0.9], [False, False]),
        ([0.04, 0.04], [True, True]),
        ([0.03, 0.01, 0.9], [True, True, False]),
        ([0.03, 0.9, 0.9], [False, False, False]),
        ([0.05, 0.05, 0.05, 0.05], [True] * 4),
    ],
)
def test_benjamini_and_hochberg_by_hand(chances: list[float], expected: list[bool]) -> None:
    assert beyond_chance(chances) == expected
