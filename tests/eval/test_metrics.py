"""Measures of a ranking, against values worked out by hand."""

import pytest

from eval.metrics import mean, recall_at, reciprocal_rank


@pytest.mark.parametrize(
    ("k", "ranked", "relevant", "expected"),
    [
        (1, "abc", "a", 1.0),
        (1, "abc", "b", 0.0),
        (2, "abc", "b", 1.0),
        (2, "abc", "ac", 0.5),
        (3, "abc", "ac", 1.0),
        (5, "abc", "xy", 0.0),
        (5, "", "x", 0.0),
        (3, "aab", "a", 1.0),  # one result that stands there twice is found once
        (3, "aab", "ac", 0.5),
    ],
)
def test_recall(k: int, ranked: str, relevant: str, expected: float) -> None:
    assert recall_at(k, list(ranked), set(relevant)) == expected


@pytest.mark.parametrize(("k", "relevant"), [(0, {"a"}), (1, set())])
def test_recall_of_nothing_means_nothing(k: int, relevant: set[str]) -> None:
    with pytest.raises(ValueError, match=f"R@{k}"):
        recall_at(k, ["a"], relevant)


@pytest.mark.parametrize(
    ("ranked", "relevant", "expected"), [("abc", "a", 1.0), ("abc", "cb", 0.5), ("abc", "c", 1 / 3), ("abc", "x", 0.0)]
)
def test_reciprocal_rank(ranked: str, relevant: str, expected: float) -> None:
    assert reciprocal_rank(list(ranked), set(relevant)) == pytest.approx(expected)


def test_mean() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    assert mean(iter([])) == 0.0
