"""Questions are read whole or refused with the line that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions import GoldQuote, Question, load_questions
from eval.samples import SAMPLE_ARTICLES

RECORD: dict[str, Any] = {
    "id": "fr-q01",
    "question": "Combien ?",
    "language": "fr",
    "answers": ["17", "dix-sept"],
    "quotes": [{"file": "a.md", "text": "dix-sept États"}],
    "answerable": True,
    "tags": ["number"],
    "split": "dev",
}
NOT_ANSWERABLE = {"answerable": False, "answers": [], "quotes": []}


def write(folder: Path, *records: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_is_read_whole(tmp_path: Path) -> None:
    assert load_questions(write(tmp_path, RECORD, "")) == (
        Question(
            id="fr-q01",
            question="Combien ?",
            language="fr",
            answers=("17", "dix-sept"),
            quotes=(GoldQuote("a.md", "dix-sept États"),),
            answerable=True,
            tags=("number",),
            split="dev",
        ),
    )


def test_a_split_is_a_part(tmp_path: Path) -> None:
    path = write(tmp_path, RECORD, RECORD | {"id": "2", "split": "test"} | NOT_ANSWERABLE)
    assert [question.id for question in load_questions(path, split="dev")] == ["fr-q01"]
    assert [question.id for question in load_questions(path, split="test")] == ["2"]
    assert len(load_questions(path)) == 2


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{", "line 2: not JSON"),
        ({"id": "2"}, "line 2: 'question' is missing"),
        (RECORD, "line 2: the id 'fr-q01' is taken"),
        (RECORD | {"id": "2", "split": "train"}, "line 2: split is 'train'"),
        (RECORD | {"id": "2", "answers": []}, "line 2: an answerable question has answers"),
        (RECORD | {"id": "2", "answerable": False}, "line 2: an answerable question has answers"),
    ],
)
def test_what_is_no_question_is_named_by_its_line(tmp_path: Path, record: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_questions(write(tmp_path, RECORD, record))


def test_the_sample_questions_are_about_the_sample_articles() -> None:
    questions = load_questions()
    assert {question.split for question in questions} == {"dev", "test"}
    assert {question.answerable for question in questions} == {True, False}
    for question in questions:
        for quote in question.quotes:
            text = (SAMPLE_ARTICLES / quote.file).read_text(encoding="utf-8")
            assert quote.text in text, (question.id, quote.file)
