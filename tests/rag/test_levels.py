"""What another language costs a passage is given back: by numbers that can be computed by hand."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from documents import Passage
from embeddings import Fingerprint
from rag.levels import MOST, LevelKeeper, Levels
from rag.sqlite_store import SqliteStore
from rag.store import Ids, Vectors
from tests.rag.parts import entry

FINGERPRINT = Fingerprint("two numbers", "0" * 64, "", "", 2)


def at(degrees: float) -> Vectors:
    """The vector of unit length that stands at an angle."""
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "library.sqlite")) as opened:
        yield opened


def put(store: SqliteStore, language: str, *angles: float, passage_language: str = "") -> None:
    """An article with a passage at each angle."""
    text = "one two three four five six"
    made = entry(text, origin=f"/{language}-{angles}-{passage_language}", vectors=at(0)[None], fingerprint=FINGERPRINT)
    article = replace(made.article, language=language)
    passages = tuple(Passage(article, n, n + 3, passage_language) for n in range(len(angles)))
    vectors = np.array([at(each) for each in angles], np.float32)
    store.put(replace(made, article=article, passages=passages, words=("one",) * len(angles), vectors=vectors))


def test_a_language_gets_what_its_mean_lacks(store: SqliteStore) -> None:
    put(store, "en", 0, 2)  # its mean stands at 1 degree, and so does the question
    put(store, "sv", 9, 11)  # at 10
    levels = LevelKeeper(store).now()
    lifts = levels.lifts(at(1), ids(1, 2, 3, 4))
    lacking = np.cos(np.radians(1)) * (1 - np.cos(np.radians(9)))  # two vectors a degree from their mean shorten it
    assert lifts == pytest.approx([0, 0, lacking, lacking], abs=1e-6)


def test_never_more_than_the_most(store: SqliteStore) -> None:
    put(store, "en", 0)
    put(store, "sv", 80)
    assert LevelKeeper(store).now().lifts(at(0), ids(1, 2)) == pytest.approx([0, MOST])


def test_one_language_is_left_as_it_is(store: SqliteStore) -> None:
    put(store, "en", 0, 90)
    levels = LevelKeeper(store).now()
    assert not levels.lifts(at(0), ids(1, 2)).any()
    assert list(levels.parts(None)) == [None]  # and searched in one go


def test_a_passage_counts_as_its_own_language(store: SqliteStore) -> None:
    put(store, "en", 0)
    put(store, "en", 40, passage_language="sv")
    assert LevelKeeper(store).now().lifts(at(0), ids(1, 2)) == pytest.approx([0, MOST])


def test_what_is_not_known_lacks_nothing(store: SqliteStore) -> None:
    put(store, "en", 0)
    put(store, "sv", 40)
    assert not LevelKeeper(store).now().lifts(at(0), ids(0, 7)).any()


def test_an_empty_library_has_no_levels(store: SqliteStore) -> None:
    levels = LevelKeeper(store).now()
    assert not levels.lifts(at(0), ids(1)).any()
    assert list(levels.parts(ids())) == [pytest.approx(ids())]


def test_a_later_article_changes_them(store: SqliteStore) -> None:
    keeper = LevelKeeper(store)
    put(store, "en", 0)
    assert not keeper.now().lifts(at(0), ids(1, 2)).any()
    put(store, "sv", 40)
    assert keeper.now().lifts(at(0), ids(1, 2)) == pytest.approx([0, MOST])


def test_the_parts_are_all_that_may_answer_each_once(store: SqliteStore) -> None:
    for number in range(12):  # more languages than are searched by themselves
        put(store, f"l{number}", float(number), number + 0.5)
    levels = LevelKeeper(store).now()
    allowed = ids(2, 3, 5, 8, 13, 21)
    for wanted, given in ((allowed, allowed), (levels.ids, None)):
        parts: list[Ids] = [part for part in levels.parts(given) if part is not None]
        assert sorted(np.concatenate(parts).tolist()) == wanted.tolist()
    assert len(levels.means) < 12


def test_by_hand() -> None:
    levels = Levels(ids(4, 9), ids(0, 1), np.array([[1.0, 0.0], [0.97, 0.0]], np.float32))
    assert levels.lifts(at(0), ids(9, 4)) == pytest.approx([0.03, 0], abs=1e-6)
