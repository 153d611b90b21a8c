"""Answers of other systems in a file of one JSON object a line: the question, the answer, what it was made from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.faithfulness import Faithfulness, Scorer
from eval.intervals import Floats, interval, ratio
from eval.rows import DatasetError, Row, records

FORM = (
    "One JSON object a line: question, answer, evidence (a list of texts), and if you like language; or, as RAGAS "
    "has them, user_input, response, retrieved_contexts."
)

_BLOCKS = 2_000
_QUESTION = ("question", "user_input")
_ANSWER = ("answer", "response")
_EVIDENCE = ("evidence", "retrieved_contexts", "contexts")


@dataclass(frozen=True, slots=True)
class Triple:
    """One answer.

    Attributes:
        line: where it stands in its file, from 1.
        question: what was asked.
        answer: what came back.
        evidence: the texts that it was made from.
        language: ISO 639-1, of the answer; "" where the file does not say.
    """

    line: int
    question: str
    answer: str
    evidence: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class ScoredTriple:
    """An answer and what the check found."""

    triple: Triple
    faithfulness: Faithfulness

    def to_dict(self) -> dict[str, Any]:
        """As plain values, one of the rows that `dossier eval score --json` prints."""
        return {"line": self.triple.line, "question": self.triple.question, **self.faithfulness.to_dict()}


@dataclass(frozen=True, slots=True)
class FileSummary:
    """All answers of a file together.

    Attributes:
        rows: how many there are.
        abstained: those that claim nothing.
        sentences: that claim something, of all answers.
        supported: those of them that their evidence supports.
        score: the share of these; None when nothing was claimed.
        interval: its 95 % interval, resampling answers; None for fewer than two that claim something.
        judge: who was asked, "" for nobody.
        embedding: the model that compared sentences.
    """

    rows: int
    abstained: int
    sentences: int
    supported: int
    score: float | None
    interval: tuple[float, float] | None
    judge: str
    embedding: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "interval": list(self.interval) if self.interval else None}


def load_triples(path: Path) -> tuple[Triple, ...]:
    """Read answers.

    Raises:
        DatasetError: the file cannot be read, holds none, or a line is none; the message says which and why.
    """
    return tuple(_triple(row) for row in rows_in(path, FORM))


def rows_in(path: Path, form: str) -> Iterator[Row]:
    """The records of a file of one JSON object a line.

    Raises:
        DatasetError: the file cannot be read, holds none, or a line is no object.
    """
    empty = True
    try:
        for number, value in records(path):
            empty = False
            yield Row.of(f"{path.name}, line {number}", value, form, number)
    except OSError as problem:
        raise DatasetError(f"{path} cannot be read: {problem.strerror}.", help=form) from problem
    if empty:
        raise DatasetError(f"{path.name} is empty.", help=form)


def score_triples(triples: Iterable[Triple], scorer: Scorer) -> Iterator[ScoredTriple]:
    """Check each answer against its own evidence.

    Raises:
        ModelError: the encoder or the judge failed.
    """
    for triple in triples:
        found = scorer.score(triple.question, triple.answer, triple.evidence, triple.language)
        yield ScoredTriple(triple, found)


def summarise(scored: Sequence[ScoredTriple], scorer: Scorer) -> FileSummary:
    """Add up what a scorer found."""
    found = [each.faithfulness.sentences for each in scored]
    shares = [(sum(sentence.supported for sentence in each), len(each)) for each in found if each]
    supported, sentences = (sum(column) for column in zip(*shares, strict=True)) if shares else (0, 0)
    return FileSummary(
        rows=len(scored),
        abstained=sum(each.faithfulness.abstained for each in scored),
        sentences=sentences,
        supported=supported,
        score=supported / sentences if sentences else None,
        interval=interval(ratio, _in_blocks(np.array(shares, np.float64))) if shares else None,
        judge=scorer.judge,
        embedding=scorer.embedding,
    )


def _in_blocks(shares: Floats) -> Floats:
    """The shares of many answers, added up in blocks: drawing these costs less, and says as much."""
    return np.add.reduceat(shares, range(0, len(shares), 1 + len(shares) // _BLOCKS))


def _triple(row: Row) -> Triple:
    for names in (_QUESTION, _ANSWER, _EVIDENCE):
        if not any(map(row.has, names)):
            raise row.wrong(f"{names[0]!r} is missing")
    return Triple(
        line=row.number,
        question=row.text(*_QUESTION),
        answer=row.text(*_ANSWER),
        evidence=row.texts(*_EVIDENCE),
        language=row.language("language"),
    )
