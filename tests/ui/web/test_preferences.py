"""What users set is kept, each user's own, and what is not allowed never gets in."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Database
from ui.web.memory import open_memory
from ui.web.preferences import MOST_PASSAGES, Preferences, change, load, save


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Database]:
    opened = open_memory(tmp_path)
    yield opened
    opened.close()


def test_each_user_has_preferences_of_their_own(memory: Database) -> None:
    change(memory, "linh", passages=6, language="vi")
    change(memory, "åsa", strictness="strike")
    assert load(memory, "linh") == Preferences(passages=6, language="vi")
    assert load(memory, "åsa") == Preferences(strictness="strike")
    assert load(memory, "") == Preferences()


def test_one_change_leaves_the_others(memory: Database, tmp_path: Path) -> None:
    change(memory, "", length="full")
    assert change(memory, "", passages=2) == Preferences(passages=2, length="full")
    again = open_memory(tmp_path)
    assert load(again, "") == Preferences(passages=2, length="full")
    again.close()


@pytest.mark.parametrize(
    "values",
    [
        {"passages": 0},
        {"passages": MOST_PASSAGES + 1},
        {"passages": "4"},
        {"strictness": "<b>"},
        {"length": None},
        {"language": "xx"},
        {"model": 3},
        {"unknown": 1},
    ],
)
def test_what_is_not_allowed_changes_nothing(memory: Database, values: dict[str, Any]) -> None:
    before = change(memory, "", passages=3, strictness="strike", length="full", language="sv", model="some")
    assert change(memory, "", **values) == before


@pytest.mark.parametrize("record", ["", "{", "[]", "null", '{"passages": 99}'])
def test_what_cannot_be_read_is_the_default(memory: Database, record: str) -> None:
    with memory.writing() as db:
        db.execute("INSERT INTO preferences VALUES ('', ?)", (record,))
    assert load(memory, "") == Preferences()


@given(
    st.dictionaries(
        st.sampled_from(["passages", "strictness", "length", "language", "model"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
    )
)
def test_whatever_a_record_holds_is_read_as_something_valid(record: dict[str, Any]) -> None:
    read = Preferences().updated(record)
    assert 1 <= read.passages <= MOST_PASSAGES
    assert Preferences().updated(asdict(read)) == read


def test_saving_keeps_everything(memory: Database) -> None:
    wanted = Preferences(5, "strike", "full", "fr", "a model")
    save(memory, "x", wanted)
    assert load(memory, "x") == wanted
