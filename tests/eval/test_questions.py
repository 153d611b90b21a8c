"""Questions are read whole or refused with the line that is wrong."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.measures import contains_answer
from eval.questions import GoldQuote, Question, load_questions
from eval.samples import load_articles

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


def test_a_question_may_have_two_parts_and_quotes_elsewhere(tmp_path: Path) -> None:
    (question,) = load_questions(
        write(tmp_path, RECORD | {"also": ["2019"], "quotes": [{"file": "b.txt", "start": 3, "end": 9}]})
    )
    assert question.also == ("2019",)
    assert question.quotes == (GoldQuote("b.txt", None, 3, 9),)


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
        (RECORD | {"id": "2", "also": ["x"]} | NOT_ANSWERABLE, "line 2: a question that has no answer"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md"}]}, "line 2: 'text' is missing"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md", "start": 3}]}, "line 2: 'end' is missing"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md", "start": 3, "end": 3}]}, "line 2: a quote is given by"),
        (
            RECORD | {"id": "2", "quotes": [{"file": "a.md", "text": "x", "start": 3, "end": 4}]},
            "line 2: a quote is given by",
        ),
    ],
)
def test_what_is_no_question_is_named_by_its_line(tmp_path: Path, record: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_questions(write(tmp_path, RECORD, record))


ALL = load_questions()


def test_there_are_as_many_questions_of_each_kind_in_each_language() -> None:
    for language in ("en", "fr", "sv", "vi"):
        asked = [question for question in ALL if question.language == language]
        assert Counter(question.split for question in asked) == {"dev": 14, "test": 18}
        for real, answered, near, off in ((False, 18, 3, 3), (True, 6, 1, 1)):
            part = [question for question in asked if ("real" in question.tags) == real]
            assert Counter(map(kind, part)) == {"answered": answered, "near-miss": near, "off-topic": off}
    assert len(ALL) == 128


def kind(question: Question) -> str:
    if question.answerable:
        return "answered"
    return "near-miss" if "near-miss" in question.tags else "off-topic"


def test_a_question_does_not_hold_its_answer() -> None:
    assert [q.id for q in ALL if contains_answer(q.question, q.answers) or contains_answer(q.question, q.also)] == []
    assert [q.id for q in ALL if ("two-part" in q.tags) != bool(q.also)] == []


def test_quotes_stand_in_the_sample_articles_or_in_articles_that_are_not_here() -> None:
    articles = load_articles()
    for question in ALL:
        for quote in question.quotes:
            if "real" in question.tags:
                assert quote.text is None, question.id
                assert quote.file not in articles
            else:
                assert quote.text, question.id
                assert quote.text in articles[quote.file].text, question.id
