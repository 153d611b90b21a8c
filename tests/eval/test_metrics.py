"""Measures of a ranking, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import mean, ndcg_at, recall_at, reciprocal_rank


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


_IDEAL_OF_TWO = 1 + 0.6309297535714575  # 1 / log2(3)


@pytest.mark.parametrize(
    ("k", "ranked", "relevant", "expected"),
    [
        (10, "abc", "a", 1.0),
        (10, "abc", "b", 0.6309297535714575),
        (10, "abc", "c", 0.5),  # 1 / log2(4)
        (2, "abc", "c", 0.0),
        (10, "abc", "ac", 1.5 / _IDEAL_OF_TWO),
        (10, "ab", "abc", _IDEAL_OF_TWO / (_IDEAL_OF_TWO + 0.5)),
        (2, "ab", "abc", 1.0),  # two places hold no more than two
        (10, "aab", "a", 1.0),  # gains once
        (10, "aab", "b", 0.5),
        (10, "", "a", 0.0),
    ],
)
def test_ndcg(k: int, ranked: str, relevant: str, expected: float) -> None:
    assert ndcg_at(k, list(ranked), set(relevant)) == pytest.approx(expected)


@given(st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), min_size=1), st.integers(1, 8))
def test_ndcg_is_whole_for_the_best_ranking_and_grows_with_an_exchange(
    ranked: list[str], relevant: set[str], k: int
) -> None:
    assert 0 <= ndcg_at(k, ranked, relevant) <= 1 + 1e-12
    best = sorted(ranked, key=lambda found: found not in relevant)
    assert ndcg_at(k, best, relevant) == pytest.approx(1)
    up = ranked.index(next(found for found in ranked if found in relevant))
    moved = [ranked[up], *ranked[:up], *ranked[up + 1 :]]
    assert ndcg_at(k, moved, relevant) >= ndcg_at(k, ranked, relevant) - 1e-12


@pytest.mark.parametrize(("k", "relevant"), [(0, {"a"}), (1, set())])
def test_ndcg_of_nothing_means_nothing(k: int, relevant: set[str]) -> None:
    with pytest.raises(ValueError, match=f"nDCG@{k}"):
        ndcg_at(k, ["a"], relevant)


def test_mean() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    assert mean(iter([])) == 0.0
