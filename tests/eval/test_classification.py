"""Measures of scores, on numbers worked out by hand."""

import pytest

from eval.classification import auroc, balanced_accuracy, calibration_error, reliability, wilson


def test_auroc_counts_the_pairs_in_the_right_order() -> None:
    # True 0.9 and 0.4, false 0.6 and 0.4: 0.9 beats both, 0.4 loses to 0.6 and ties with 0.4: 2.5 of 4.
    assert auroc([0.9, 0.4, 0.6, 0.4], [True, True, False, False]) == 2.5 / 4
    assert auroc([0.2, 0.8], [True, False]) == 0
    assert auroc([0.8, 0.2], [True, False]) == 1


def test_balanced_accuracy_weighs_both_kinds_alike() -> None:
    # Of three true ones two reach 0.5, of one false one none stays below: (2/3 + 0) / 2.
    assert balanced_accuracy([0.9, 0.5, 0.1, 0.7], [True, True, True, False], 0.5) == pytest.approx(1 / 3)


def test_calibration_error_is_the_gap_in_each_bin_by_its_size() -> None:
    # Bin 0.8-0.9: mean 0.85, half true, gap 0.35 of two. Bin 0-0.1: mean 0, none true, no gap. Last bin: 1, true.
    scores, labels = [0.85, 0.85, 0.0, 1.0], [True, False, False, True]
    assert calibration_error(scores, labels) == pytest.approx(2 / 4 * 0.35)


def test_bins_say_how_many_came_true_and_empty_ones_are_left_out() -> None:
    low, high = reliability([0.31, 0.35, 1.0], [True, False, True])
    assert (low.left, low.right, round(low.mean, 9), low.share, low.count) == (0.3, 0.4, 0.33, 0.5, 2)
    assert (high.left, high.right, high.mean, high.share, high.count) == (0.9, 1.0, 1.0, 1.0, 1)
    assert (low.low, low.high) == wilson(1, 2)
    assert reliability([], []) == ()


def test_the_interval_of_a_share_is_wilsons() -> None:
    # Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(29, 29) == pytest.approx((0.8830, 1), abs=5e-5)


@pytest.mark.parametrize("labels", [[True, True], [False, False]])
def test_one_kind_alone_cannot_be_measured(labels: list[bool]) -> None:
    for measure in (auroc, lambda scores, given: balanced_accuracy(scores, given, 0.5)):
        with pytest.raises(ValueError, match=r"2 true|0 true"):
            measure([0.1, 0.2], labels)
    with pytest.raises(ValueError, match="no scores"):
        calibration_error([], [])
