"""Which questions are asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions import GoldQuote, Question
from eval.selection import Selection, answerable_by, spread
from rag import Library
from tests.eval.made import QUESTION
from tests.fakes import FakeEncoder, FakeGenerator

MANY = [
    replace(QUESTION, id=str(number), split="test" if number % 2 else "dev", tags=("number",) * (number > 5))
    for number in range(10)
]


def ids(questions: list[Question]) -> str:
    return "".join(question.id for question in questions)


def test_a_few_questions_are_taken_from_all_over_the_set() -> None:
    assert ids(spread(MANY, 3)) == "036"
    assert spread(MANY, None) == MANY
    assert spread(MANY, 20) == MANY
    assert spread([], 3) == []


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "0123456789"),
        (Selection(split="dev"), "02468"),
        (Selection(tags=("number",)), "6789"),
        (Selection(tags=("number", "date")), ""),
        (Selection(split="test", tags=("number",)), "79"),
        (Selection(split="dev", limit=2), "04"),
    ],
)
def test_a_selection_narrows(selection: Selection, expected: str) -> None:
    assert ids(selection.of(MANY)) == expected


@given(st.integers(1, 12))
def test_a_sample_is_drawn_the_same_way_each_time_and_keeps_the_order(count: int) -> None:
    drawn = Selection(sample=count).of(MANY)
    assert drawn == Selection(sample=count).of(MANY)
    assert ids(drawn) == "".join(sorted(set(ids(drawn))))
    assert len(drawn) == min(count, 10)


def real(number: int, *files: str) -> Question:
    quotes = tuple(GoldQuote(file, start=0, end=9) for file in files)
    return replace(QUESTION, id=f"r{number}", quotes=quotes, answerable=bool(files), tags=("real",))


def test_questions_on_real_articles_are_asked_when_all_of_these_are_there(tmp_path: Path) -> None:
    listed = [*MANY, real(1, "000.txt"), real(2, "000.txt", "001.txt"), real(3)]
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        for name, expected in (("other.txt", MANY), ("000.txt", MANY), ("001.txt", listed)):
            (tmp_path / name).write_text(f"The bridge {name} opened in 2019.", encoding="utf-8")
            library.add(tmp_path / name)
            assert answerable_by(library, listed) == expected
