"""The laws of a vector index, over FAISS's two kinds and a plain one; and FAISS following its store."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.index import FaissIndex, Index, in_step
from rag.keeper import IndexKeeper
from rag.sqlite_store import SqliteStore
from rag.store import Ids, Scores, Stamp, Vectors
from tests.rag.parts import FINGERPRINT, entry, unit_rows

DIMENSION = 16
COUNT = 400
VECTORS = unit_rows(COUNT, DIMENSION)
IDS = np.arange(COUNT, dtype=np.int64) * 3 + 10
LONGER = replace(FINGERPRINT, dimension=DIMENSION)
STAMP = Stamp("a write", FINGERPRINT)


class PlainIndex:
    """Every vector compared with every query, in NumPy: what the others must agree with."""

    def __init__(self) -> None:
        self._rows: dict[int, np.ndarray] = {}

    @property
    def count(self) -> int:
        return len(self._rows)

    def ids(self) -> Ids:
        return np.array(sorted(self._rows), np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._rows.update(zip(ids.tolist(), vectors, strict=True))

    def remove(self, ids: Ids) -> None:
        for each in ids.tolist():
            self._rows.pop(each, None)

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Scores, Ids]:
        held = [i for i in self._rows if allowed is None or i in allowed]
        scores = np.full((len(vectors), k), -np.inf, np.float32)
        found = np.full((len(vectors), k), -1, np.int64)
        for row, query in enumerate(vectors):
            best = sorted(((float(self._rows[i] @ query), i) for i in held), reverse=True)[:k]
            for rank, (score, i) in enumerate(best):
                scores[row, rank], found[row, rank] = score, i
        return scores, found

    def save(self, path: Path, stamp: Stamp) -> None:
        path.write_text(str(stamp))


INDEXES: dict[str, Callable[[], Index]] = {
    "plain": PlainIndex,
    "flat": lambda: FaissIndex.flat(DIMENSION),
    "trained": lambda: FaissIndex.trained(VECTORS, COUNT),
}


@pytest.fixture(params=INDEXES)
def index(request: pytest.FixtureRequest) -> Index:
    return INDEXES[request.param]()


def test_a_stored_vector_finds_itself_first_with_score_one(index: Index) -> None:
    index.add(IDS, VECTORS)
    scores, ids = index.search(VECTORS, 1)
    np.testing.assert_array_equal(ids[:, 0], IDS)
    np.testing.assert_allclose(scores[:, 0], 1.0, atol=0.02 if _is_trained(index) else 1e-5)


def test_scores_fall_and_are_cosines(index: Index) -> None:
    index.add(IDS, VECTORS)
    scores, ids = index.search(VECTORS[:20], 10)
    assert (np.diff(scores, axis=1) <= 0).all()
    exact = np.einsum("qd,qkd->qk", VECTORS[:20], VECTORS[(ids - 10) // 3])
    np.testing.assert_allclose(scores, exact, atol=0.02 if _is_trained(index) else 1e-5)


def test_removed_vectors_are_gone_and_unknown_ids_passed_over(index: Index) -> None:
    index.add(IDS, VECTORS)
    index.remove(np.array([IDS[0], IDS[7], 1_000_000]))
    assert index.count == COUNT - 2
    assert IDS[7] not in index.ids()
    _, ids = index.search(VECTORS[[0, 7]], 5)
    assert not np.isin(ids, IDS[[0, 7]]).any()


def test_only_allowed_vectors_are_found_wherever_they_lie(index: Index) -> None:
    index.add(IDS, VECTORS)
    allowed = IDS[[3, 200, 399]]
    _, ids = index.search(VECTORS[:50], 3, allowed)
    for row in ids:
        assert sorted(row) == sorted(allowed)


def test_asking_for_more_than_there_is(index: Index) -> None:
    index.add(IDS[:2], VECTORS[:2])
    _, ids = index.search(VECTORS[:1], 5)
    assert ids.shape == (1, 5)
    assert ids[0, 0] == IDS[0]
    assert (ids[0] == -1).sum() >= 3
    assert (index.search(VECTORS[:1], 5, np.array([], np.int64))[1] == -1).all()


def test_trained_finds_nearly_all_that_exact_finds() -> None:
    flat, trained = FaissIndex.flat(DIMENSION), FaissIndex.trained(VECTORS, COUNT)
    for each in (flat, trained):
        each.add(IDS, VECTORS)
    queries = VECTORS[:100] + 0.05 * unit_rows(100, DIMENSION, seed=8)
    exact, found = flat.search(queries, 1)[1], trained.search(queries, 1)[1]
    assert (exact == found).mean() >= 0.95


def test_a_saved_index_comes_back(store: SqliteStore, tmp_path: Path) -> None:
    for kind in ("flat", "trained"):
        index = INDEXES[kind]()
        index.add(IDS, VECTORS)
        index.save(tmp_path / kind, store.stamp())
        loaded = FaissIndex.load(tmp_path / kind, store)
        assert loaded is not None
        np.testing.assert_array_equal(loaded.ids(), IDS)
        np.testing.assert_array_equal(loaded.search(VECTORS, 3)[1], index.search(VECTORS, 3)[1])
        assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []


def test_an_index_that_does_not_belong_is_not_loaded(store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = FaissIndex.flat(DIMENSION)
    index.add(IDS, VECTORS)
    _fill(store, 0, 1)
    stamp = store.stamp()
    _fill(store, 1, 2)
    index.save(path, stamp)
    assert FaissIndex.load(path, store) is not None
    for other in (STAMP, replace(stamp, fingerprint=None), replace(stamp, fingerprint=FINGERPRINT)):
        index.save(path, other)
        assert FaissIndex.load(path, store) is None
    assert FaissIndex.load(tmp_path / "missing", store) is None


def test_no_damage_to_the_file_gets_through(store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = FaissIndex.flat(DIMENSION)
    index.add(IDS[:20], VECTORS[:20])
    index.save(path, store.stamp())
    assert FaissIndex.load(path, store) is not None
    whole = path.read_bytes()
    random = np.random.default_rng(3)
    body = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for place in random.integers(body, len(whole), 50):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        path.write_bytes(broken)
        assert FaissIndex.load(path, store) is None
    for length in [0, 1, 20, body, body + 5, len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert FaissIndex.load(path, store) is None
    empty = hashlib.sha256(b"").hexdigest()
    stamps: list[object] = [None, {}, {"write": "a write"}, {"write": "a write", "fingerprint": {"x": 1}}]
    for head in ([], {}, {"stamp": None, "hash": 3}, *({"stamp": stamp, "hash": empty} for stamp in stamps)):
        path.write_bytes(b"dossier index 2\n" + json.dumps(head).encode() + b"\n")
        assert FaissIndex.load(path, store) is None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "library.sqlite")) as made:
        yield made


def _fill(store: SqliteStore, first: int, last: int) -> list[str]:
    return [
        store.put(entry(f"text {n}", origin=f"/{n}", vectors=VECTORS[n : n + 1], fingerprint=LONGER))
        for n in range(first, last)
    ]


def _agree(keeper: IndexKeeper, store: SqliteStore) -> None:
    ids, vectors = store.vectors(store.passage_ids().tolist())
    np.testing.assert_array_equal(keeper.search(vectors, 1)[1][:, 0], ids)


def test_the_index_follows_what_others_write(store: SqliteStore, tmp_path: Path) -> None:
    keeper = IndexKeeper(store, tmp_path / "index")
    articles = _fill(store, 0, 5)
    _agree(keeper, store)
    with closing(SqliteStore(tmp_path / "library.sqlite")) as other:
        _fill(other, 5, 9)
        other.remove(articles[1:3])
    _agree(keeper, store)


def test_a_saved_index_is_brought_up_to_date(store: SqliteStore, tmp_path: Path) -> None:
    _fill(store, 0, 5)
    first = IndexKeeper(store, tmp_path / "index")
    assert first.refresh()
    first.save()
    assert not first.refresh()
    store.remove(_fill(store, 5, 8)[:1])
    _agree(IndexKeeper(store, tmp_path / "index"), store)


def test_whatever_stands_in_the_file_the_index_is_right(store: SqliteStore, tmp_path: Path) -> None:
    _fill(store, 0, 5)
    path = tmp_path / "index"
    IndexKeeper(store, path).save()
    whole = path.read_bytes()
    for broken in (whole[:-9], b"", b"rubbish", whole[:100] + b"\0" * 40 + whole[140:]):
        path.write_bytes(broken)
        keeper = IndexKeeper(store, path)
        _agree(keeper, store)
        keeper.save()
        assert path.read_bytes() != broken


def test_cells_are_trained_when_there_are_many_and_again_when_there_are_far_more(
    store: SqliteStore, tmp_path: Path
) -> None:
    keeper = IndexKeeper(store, tmp_path / "index", trained_above=20)
    kinds = []
    for first, last in ((0, 20), (20, 30), (30, 130)):
        _fill(store, first, last)
        keeper.refresh()
        assert keeper._index is not None
        kinds.append(keeper._index._trained_for)
        _agree(keeper, store)
    assert kinds == [0, 30, 130]


def test_a_folder_that_takes_no_index_costs_no_answer(
    store: SqliteStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _fill(store, 0, 3)
    (tmp_path / "index").mkdir()
    keeper = IndexKeeper(store, tmp_path / "index")
    keeper.save()
    assert "index was not saved" in caplog.text
    _agree(keeper, store)


def test_an_empty_store_has_an_empty_index(store: SqliteStore) -> None:
    assert in_step(None, store, store.passage_ids()).count == 0


@pytest.mark.parametrize("open_meanwhile", [True, False])
def test_a_store_put_back_from_a_copy_gets_an_index_of_its_own(tmp_path: Path, open_meanwhile: bool) -> None:
    file, copy, path = tmp_path / "library.sqlite", tmp_path / "copy.sqlite", tmp_path / "index"
    with closing(SqliteStore(file)) as store:
        _fill(store, 0, 1)
    shutil.copy(file, copy)
    with closing(SqliteStore(file)) as store:
        _fill(store, 1, 2)
        keeper = IndexKeeper(store, path)
        keeper.save()
    shutil.copy(copy, file)
    with closing(SqliteStore(file)) as store:
        _fill(store, 2, 4)  # one passage gets the id that another had before
        if open_meanwhile:
            keeper._store = store
        else:
            keeper = IndexKeeper(store, path)
        _agree(keeper, store)
        scores, _ = keeper.search(store.vectors(store.passage_ids().tolist())[1], 1)
        np.testing.assert_allclose(scores, 1.0, atol=1e-5)


def test_an_index_is_of_one_state_whatever_is_written_meanwhile(store: SqliteStore, tmp_path: Path) -> None:
    _fill(store, 0, 1)
    keeper = IndexKeeper(store, tmp_path / "index")
    with closing(SqliteStore(tmp_path / "library.sqlite")) as other:
        stamp = store.stamp

        def stamp_before_a_write() -> Stamp:
            found = stamp()
            _fill(other, other.count(), other.count() + 1)
            return found

        store.stamp = stamp_before_a_write  # type: ignore[method-assign]
        keeper.refresh()
    assert keeper._stamp is not None
    assert keeper._index is not None
    writes = [token for (token,) in store._all("SELECT token FROM writes ORDER BY number")]
    assert keeper._index.count == writes.index(keeper._stamp.write)


def _is_trained(index: Index) -> bool:
    return isinstance(index, FaissIndex) and index._trained_for > 0
