"""Each question of a run as the report shows it: what came of it, and every sentence with its quote in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.answers import answer_is_right
from eval.faithfulness import ScoredSentence
from eval.measures import faults
from eval.records import Record
from eval.report_text import Excerpt, Piece, excerpt, marked, mentions


@dataclass(frozen=True, slots=True)
class Case:
    """What can come of a question.

    Attributes:
        key: names it on the page.
        title: says it in words.
        sign: "good", "bad" or "" where it is neither.
    """

    key: str
    title: str
    sign: str


RIGHT = Case("right", "Right", "good")
WRONG = Case("wrong", "Expected answer missing", "bad")
OPEN = Case("open", "Answered, nothing to compare with", "")
MISSED = Case("missed", "Not answered", "bad")
KEPT = Case("kept", "Rightly not answered", "good")
FALSE = Case("false", "False answer", "bad")
CASES = (RIGHT, WRONG, OPEN, MISSED, KEPT, FALSE)


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence of an answer.

    Attributes:
        scored: what the check says of it against all the evidence.
        own: the same against its own citations only; None where that is not known.
        pieces: its text, facts that were not found marked.
        place: the quote in its passage; None without one.
        article: which the quote is from; None where no citation of the run names it.
    """

    scored: ScoredSentence
    own: ScoredSentence | None
    pieces: tuple[Piece, ...]
    place: Excerpt | None
    article: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found, with the quotes of all sentences marked; `article` as for `ShownSentence`."""

    score: float
    pieces: tuple[Piece, ...]
    article: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with all that there is to say of it.

    Attributes:
        number: from 1, in the order of the run.
        record: as it was written down.
        case: what came of it.
        faults: why it does not count as handled well; empty where it does.
        sentences: those shown as the answer.
        left_out: those that the model wrote and that were not shown.
        passages: what was found, best first.
    """

    number: int
    record: Record
    case: Case
    faults: tuple[str, ...]
    sentences: tuple[ShownSentence, ...]
    left_out: tuple[dict[str, Any], ...]
    passages: tuple[Passage, ...]

    @property
    def supported(self) -> int:
        """How many of the sentences shown are supported."""
        return sum(sentence.scored.supported for sentence in self.sentences)


def case_of(record: Record) -> Case:
    """What came of a question."""
    question, abstained = record.question, record.answer["abstained"]
    if not question.answerable:
        return KEPT if abstained else FALSE
    if abstained:
        return MISSED
    if not question.answers:
        return OPEN
    return RIGHT if answer_is_right(record.answer["text"], question) else WRONG


def shown_questions(records: Sequence[Record]) -> list[ShownQuestion]:
    """Records, ready to be shown."""
    cited = (citation["article"] for record in records for citation in record.answer["citations"])
    articles = {article["id"]: article for article in cited}
    return [_shown(number, record, articles) for number, record in enumerate(records, 1)]


def _shown(number: int, record: Record, articles: Mapping[str, dict[str, Any]]) -> ShownQuestion:
    passages = tuple(_passages(record, articles))
    return ShownQuestion(
        number=number,
        record=record,
        case=case_of(record),
        faults=faults(record.shares),
        sentences=tuple(_sentences(record, passages)),
        left_out=tuple(each for each in record.answer["sentences"] if not each["supported"]),
        passages=passages,
    )


def _sentences(record: Record, passages: Sequence[Passage]) -> Iterator[ShownSentence]:
    own = {sentence.text: sentence for sentence in record.own.sentences}
    for scored in record.faithfulness.sentences:
        pieces = marked(scored.text, mentions(scored.text, scored.missing))
        known = scored.evidence is not None and scored.evidence < len(passages)
        article = passages[scored.evidence or 0].article if known else None
        yield ShownSentence(scored, own.get(scored.text), pieces, _place(scored, record), article)


def _place(scored: ScoredSentence, record: Record) -> Excerpt | None:
    found = record.answer["evidence"]
    if scored.evidence is not None and scored.evidence < len(found):
        text = found[scored.evidence]["text"]
        if text[scored.start : scored.end] == scored.quote:
            return excerpt(text, scored.start, scored.end)
    return excerpt(scored.quote, 0, len(scored.quote)) if scored.quote else None


def _passages(record: Record, articles: Mapping[str, dict[str, Any]]) -> Iterator[Passage]:
    for number, found in enumerate(record.answer["evidence"]):
        spans = [(each.start, each.end) for each in record.faithfulness.sentences if each.evidence == number]
        yield Passage(found["score"], marked(found["text"], spans), articles.get(found["article_id"]))
