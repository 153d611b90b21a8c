"""What the word of a model on answers is fitted on, with a model and a library that are known."""

from dataclasses import replace
from pathlib import Path

import pytest

import eval.fit_answers as fitting
from eval.fit_answers import Written, rows, written
from eval.questions import Question
from eval.records import Record
from eval.runs import Run
from rag import Library
from tests.eval.made import settings
from tests.eval.town import ARTICLES, QUESTIONS
from tests.fakes import FakeEncoder, FakeGenerator

BRIDGE, COST, TRAIN, MAYOR = QUESTIONS


def record(number: int, *sentences: str) -> Record:
    """A question and what was written to it, shown or not."""
    answer = {"sentences": [{"text": text} for text in sentences]}
    return Record(QUESTIONS[number], answer, None, None, {}, 0)  # type: ignore[arg-type]


def run(monkeypatch: pytest.MonkeyPatch, *records: Record) -> Path:
    monkeypatch.setattr(fitting, "load_run", lambda folder: Run(folder, settings(0), records))
    return Path("run")


def test_every_sentence_of_a_dev_question_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    test = replace(TRAIN, split="test")
    other = replace(record(2, "Since 2024."), question=test)
    folder = run(monkeypatch, record(0, "In 2019.", "In 1850."), record(0, "In 2019."), other)
    assert set(written(folder, 10)) == {Written(BRIDGE, "In 2019."), Written(BRIDGE, "In 1850.")}
    assert len(written(folder, 1)) == 1


def test_of_a_set_without_a_dev_part_all_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(record(2, "Since 2024."), question=replace(TRAIN, split="test"))
    assert len(written(run(monkeypatch, other), 10)) == 1


@pytest.mark.parametrize(
    ("question", "text", "right"),
    [
        (BRIDGE, "It opened in 2019.", True),
        (BRIDGE, "It opened in 2018.", False),
        (MAYOR, "The mayor did in 2019.", False),
    ],
)
def test_right_is_what_holds_the_answer_and_nothing_where_there_is_none(
    question: Question, text: str, *, right: bool
) -> None:
    assert Written(question, text).right is right


def test_a_sentence_is_checked_against_what_its_library_finds_and_the_model_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, encoder = FakeGenerator(), FakeEncoder()
    model.odds = 2.5
    monkeypatch.setattr(fitting, "load_generator", lambda _: model)
    monkeypatch.setattr(fitting, "load_encoder", lambda: encoder)
    with Library.open(tmp_path, encoder=encoder, generator=model) as library:
        library.add(*ARTICLES)
        sentences = [
            Written(BRIDGE, "The bridge over the river opened in 2019."),
            Written(BRIDGE, "The bridge over the river opened in 1850."),  # nobody is asked of it
        ]
        ((features, right),) = rows(sentences, library, "fake")
    assert (features["log odds"], right) == (2.5, True)
    assert "Question: When did the bridge over the river open?" in model.judged[0].question
