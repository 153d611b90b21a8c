"""A cache of states loses nothing but time: what is read back is what was written, or nothing."""

import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.state_cache import StateCache, state_key
from tests.rag.writers import writers


def cache(folder: Path, limit: int = 1_000_000) -> StateCache:
    return StateCache(folder, limit)


def only_file(folder: Path) -> Path:
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    return path


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    assert kept.put(state_key("a"), b"cells")
    assert kept.get(state_key("a")) == b"cells"
    assert state_key("a") in kept
    assert cache(tmp_path).get(state_key("a")) == b"cells"


def test_what_a_state_begins_with_is_told_without_using_it(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.put(state_key("a"), b"cells")
    os.utime(only_file(tmp_path), (1, 1))
    assert kept.begins(state_key("a"), b"ce")
    assert not kept.begins(state_key("a"), b"co")
    assert not kept.begins(state_key("b"), b"ce")
    assert only_file(tmp_path).stat().st_mtime == 1


def test_what_was_not_kept_is_not_there(tmp_path: Path) -> None:
    assert cache(tmp_path / "never made").get(state_key("a")) is None
    assert state_key("a") not in cache(tmp_path)


@given(st.lists(st.text()), st.lists(st.text()))
def test_two_keys_agree_only_when_all_their_parts_do(one: list[str], other: list[str]) -> None:
    assert (state_key(*one) == state_key(*other)) == (one == other)


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_dropped(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("states")
    kept, key = cache(folder), state_key("a")
    kept.put(key, b"cells of a passage" * 20)
    path = only_file(folder)
    raw = bytearray(path.read_bytes())
    if data.draw(st.booleans(), label="cut off"):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    else:
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    assert kept.get(key) is None
    assert key not in kept


def test_a_file_under_anothers_name_is_not_taken_for_it(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.put(state_key("a"), b"cells of a")
    kept.put(state_key("b"), b"cells of b")
    kept._path(state_key("a")).replace(kept._path(state_key("b")))
    assert kept.get(state_key("b")) is None


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    kept = cache(tmp_path, limit=3_500)
    for age, name in ((30, "old"), (20, "middle"), (10, "young")):
        kept.put(state_key(name), bytes(1_000))
        os.utime(kept._path(state_key(name)), (time.time() - age,) * 2)
    assert kept.get(state_key("old")) is not None  # used just now, so "middle" is the oldest
    kept.put(state_key("new"), bytes(1_000))
    assert [state_key(name) in kept for name in ("old", "middle", "young", "new")] == [True, False, True, True]


@settings(max_examples=30)
@given(st.lists(st.integers(0, 600), max_size=20))
def test_the_limit_holds_whatever_is_kept(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    kept = cache(tmp_path_factory.mktemp("states"), limit=1_000)
    for number, size in enumerate(sizes):
        kept.put(state_key(str(number)), bytes(size))
        assert kept.use().size <= 1_000


def test_a_state_over_the_limit_is_not_kept(tmp_path: Path) -> None:
    assert not cache(tmp_path, limit=100).put(state_key("a"), bytes(200))
    assert cache(tmp_path).use().states == 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = cache(tmp_path / "file" / "states")
    assert not kept.put(state_key("a"), b"cells")
    assert kept.get(state_key("a")) is None


WRITER = """
import itertools, sys
from pathlib import Path
from rag.state_cache import StateCache, state_key

def write():
    kept = StateCache(Path(sys.argv[1]), 3_000_000)
    for number in itertools.cycle(range(40)):
        kept.put(state_key(str(number)), str(number).encode() * 100_000)
"""


def test_killed_writers_leave_whole_states_or_none(tmp_path: Path) -> None:
    moments = random.Random(7)  # noqa: S311 - not for secrets
    kept, whole = cache(tmp_path, limit=3_000_000), 0
    with writers(WRITER, tmp_path) as two:
        for _ in range(20):
            two.kill(2, after_s=moments.uniform(0.05, 0.2))
            for number in range(40):
                state = kept.get(state_key(str(number)))
                assert state in (None, str(number).encode() * 100_000)
                whole += state is not None
    assert whole, "the kills came before anything was written"
    assert kept.put(state_key("after"), bytes(1_000_000))
    assert kept.use().size <= 3_000_000
