"""The questions of an evaluation, as they stand in a file of one JSON object a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

Split = Literal["dev", "test"]

QUESTIONS = Path(str(files("eval"))) / "data" / "questions.jsonl"
"""Questions on the sample articles, and on articles that are not part of the project."""

REAL = "real"
"""The tag of questions on articles that are not part of the project."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Where the article made from `file` answers a question.

    Attributes:
        file: its name without the folders.
        text: the words, verbatim, in a sample article; None in an article that is not part of the project.
        start: where they begin in the text of such an article, in characters.
        end: where they end.
    """

    file: str
    text: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what a right answer to it holds.

    Attributes:
        id: names the question within its file.
        question: as it is asked.
        language: ISO 639-1, of the question and so of the answer.
        answers: the ways to write the answer; one of them must stand in it.
        quotes: where the articles say so.
        answerable: False when no article holds the answer.
        tags: what is hard about it.
        split: dev questions may be looked at while working, test questions only counted.
        also: when two things are asked, the ways to write the second; one of them must stand in the answer too.
    """

    id: str
    question: str
    language: str
    answers: tuple[str, ...]
    quotes: tuple[GoldQuote, ...]
    answerable: bool
    tags: tuple[str, ...]
    split: Split
    also: tuple[str, ...] = ()


def load_questions(path: Path = QUESTIONS, *, split: Split | None = None) -> tuple[Question, ...]:
    """Read questions.

    Args:
        path: UTF-8, one JSON object a line.
        split: only those of this part; all without it.

    Raises:
        ValueError: a line is not a question, names an id twice, or says that there is an answer and gives none.
    """
    found: dict[str, Question] = {}
    for number, record in records(path):
        try:
            question = _question(record)
        except (KeyError, TypeError, ValueError) as problem:
            raise ValueError(f"{path.name}, line {number}: {_reason(problem)}") from problem
        if question.id in found:
            raise ValueError(f"{path.name}, line {number}: the id {question.id!r} is taken")
        found[question.id] = question
    return tuple(question for question in found.values() if split in (None, question.split))


def records(path: Path) -> Iterator[tuple[int, Any]]:
    """The objects of a file of one JSON object a line, each with the number of its line.

    Raises:
        ValueError: a line is not JSON.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as problem:
                raise ValueError(f"{path.name}, line {number}: not JSON ({problem.msg})") from problem


def _question(record: dict[str, Any]) -> Question:
    question = Question(
        id=str(record["id"]),
        question=str(record["question"]),
        language=str(record["language"]),
        answers=tuple(map(str, record["answers"])),
        quotes=tuple(map(_quote, record["quotes"])),
        answerable=bool(record["answerable"]),
        tags=tuple(map(str, record["tags"])),
        split=record["split"],
        also=tuple(map(str, record.get("also", ()))),
    )
    if question.split not in ("dev", "test"):
        raise ValueError(f"split is {question.split!r}, not dev or test")
    if question.answerable != bool(question.answers and question.quotes):
        raise ValueError("an answerable question has answers and quotes, another has neither")
    if question.also and not question.answerable:
        raise ValueError("a question that has no answer has no second part either")
    return question


def _quote(record: dict[str, Any]) -> GoldQuote:
    file = str(record["file"])
    if "start" not in record:
        return GoldQuote(file, str(record["text"]))
    quote = GoldQuote(file, start=int(record["start"]), end=int(record["end"]))
    if "text" in record or not 0 <= quote.start < quote.end:
        raise ValueError("a quote is given by its text, or by where it starts and where it ends")
    return quote


def _reason(problem: Exception) -> str:
    return f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
