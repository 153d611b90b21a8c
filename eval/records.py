"""What a run writes down: how it was set, each question with its answer and scores, the figures over all.

Everything has a form of plain values, so that a run can be read again, compared and shown without any model.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from eval.faithfulness import Faithfulness
from eval.questions import GoldQuote, Question


@dataclass(frozen=True, slots=True)
class Share:
    """So much of so many; of none there is no share. Adding shares up gives a figure over many questions."""

    hits: float
    of: int

    def __str__(self) -> str:
        return f"{self.hits / self.of:.0%} {round(self.hits, 1):g}/{self.of}" if self.of else "-"


NONE = Share(0, 0)
"""The part of a question that a measure does not apply to: it changes no sum."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over many questions.

    Attributes:
        name: of the measure, a key of `MEASURES`.
        value: None where it applies to no question.
        count: the questions that it applies to.
        low: lower end of the 95 % interval; None for fewer than two questions.
        high: upper end.
    """

    name: str
    value: float | None
    count: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Record:
    """One question of a run.

    Attributes:
        question: what was asked.
        answer: what came back, as `Answer.to_dict()`.
        faithfulness: the sentences shown, against all the evidence that was found.
        own: the same sentences, each against its own citations only.
        shares: what each measure says of this question, by its name; Share(0, 0) where it does not apply.
        tokens: how many of the generator's tokens the answer has as it is shown.
        article_language: ISO 639-1, of the article that holds the answer; "" where none is known.
    """

    question: Question
    answer: dict[str, Any]
    faithfulness: Faithfulness
    own: Faithfulness
    shares: dict[str, Share]
    tokens: int
    article_language: str = ""

    @property
    def times(self) -> dict[str, float | None]:
        """Seconds to the evidence (`retrieve_s`), the first word (`first_token_s`), the whole answer (`total_s`)."""
        return dict(self.answer["timing"])

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values, one line of `answers.jsonl`."""
        return {
            "question": asdict(self.question),
            "answer": self.answer,
            "faithfulness": self.faithfulness.to_dict(),
            "own": self.own.to_dict(),
            "shares": {name: [share.hits, share.of] for name, share in self.shares.items()},
            "tokens": self.tokens,
            "article_language": self.article_language,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Record":
        """The record that `to_dict` made these values of.

        Raises:
            KeyError, TypeError, ValueError: they are not those of a record.
        """
        return cls(
            question=_question(values["question"]),
            answer=dict(values["answer"]),
            faithfulness=Faithfulness.from_dict(values["faithfulness"]),
            own=Faithfulness.from_dict(values["own"]),
            shares={name: Share(hits, of) for name, (hits, of) in values["shares"].items()},
            tokens=int(values["tokens"]),
            article_language=str(values["article_language"]),
        )


@dataclass(frozen=True, slots=True)
class RunSettings:
    """All that an answer of a run depends on, and where and when it was made.

    Attributes:
        dataset: its name.
        fingerprint: of its questions and of the articles that are asked.
        questions: ids of those that are asked, in their order.
        model: "name" of the generator and "hash", the sha256 of its weights.
        embedding: "name" and "hash" of the embedding model.
        k: how many passages the model reads.
        passages: "target" and "maximum" of their length in tokens; empty when a library of the user's was asked.
        search: how passages are ranked and which are near enough, see `SearchSettings`.
        states: whether passages that were read once are read again.
        judge: what decides on faithfulness beside facts, words and vectors; "" for nothing.
        seed: of the resampling behind the intervals; answers are made greedily and need none.
        versions: of Dossier, Python and the packages that answers depend on.
        commit: of Dossier's source, with "+changes" where files differ from it; "" when it is not known.
        machine: "cores" and "memory" in bytes.
        started: when, ISO 8601 in UTC.
    """

    dataset: str
    fingerprint: str
    questions: tuple[str, ...]
    model: dict[str, str]
    embedding: dict[str, str]
    k: int
    passages: dict[str, int]
    search: dict[str, float]
    states: bool
    judge: str
    seed: int
    versions: dict[str, str]
    commit: str
    machine: dict[str, int]
    started: str

    def to_dict(self) -> dict[str, Any]:
        """The settings as plain values, what `settings.json` holds."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "RunSettings":
        """The settings that `to_dict` made these values of.

        Raises:
            KeyError: one is missing.
        """
        known = {field.name: values[field.name] for field in fields(cls)}
        return cls(**{**known, "questions": tuple(known["questions"])})


def _question(values: Mapping[str, Any]) -> Question:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Question(**{**plain, "quotes": tuple(GoldQuote(**quote) for quote in values["quotes"])})
