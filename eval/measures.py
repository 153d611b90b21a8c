"""What an answer is worth: each measure is one pure function, and a summary of many answers adds them up."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import regex

from documents import Article, detect, words
from eval.number_forms import pattern
from eval.questions import GoldQuote, Question
from rag import Answer, Citation

_TELLING = 4
"""Words from which on a language can be told: two or three are often a name or a number with its unit."""

_MARKS = regex.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Measured:
    """One question, measured.

    Attributes:
        id: of the question.
        language: of the question.
        answerable: whether the articles hold the answer.
        near_miss: the articles hold no answer, but much about what was asked.
        abstained: whether Dossier said that they do not.
        answer_right: the answer holds one of the gold answers, and one of each part when two things were asked.
        quote_right: a citation overlaps a gold quote.
        language_right: the answer is in the language of the question.
        supported: sentences that may be shown as fact.
        sentences: all that the model wrote.
        verbatim: citations that stand in the stored article, to the letter.
        stating: citations that state what was asked.
        citations: all that were given.
        retrieve_s: seconds to the evidence.
        first_token_s: seconds to the first draft token; None when the model was not asked.
        total_s: seconds to the whole answer.
    """

    id: str
    language: str
    answerable: bool
    near_miss: bool
    abstained: bool
    answer_right: bool
    quote_right: bool
    language_right: bool
    supported: int
    sentences: int
    verbatim: int
    stating: int
    citations: int
    retrieve_s: float
    first_token_s: float | None
    total_s: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; of none there is no share."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{self.hits / self.of:.0%} {self.hits}/{self.of}" if self.of else "-"


@dataclass(frozen=True, slots=True)
class Summary:
    """Many outcomes, added up. Times are medians in seconds, None where nothing was timed.

    Attributes:
        questions: how many were asked.
        answer_right: of the answerable questions.
        quote_right: of the answerable questions.
        false_answers: answers among the questions that the articles do not answer.
        near_misses: such answers, of the questions that come near to what the articles say.
        false_abstentions: abstentions among the answerable questions.
        language_right: of all questions, abstentions too.
        supported: of all sentences that the model wrote.
        verbatim: of all citations.
        citation_precision: see the function of that name.
        citation_recall: see the function of that name.
        retrieve_s: to the evidence.
        first_token_s: to the first draft token, of the questions that the model was asked.
        total_s: to the whole answer.
    """

    questions: int
    answer_right: Share
    quote_right: Share
    false_answers: Share
    near_misses: Share
    false_abstentions: Share
    language_right: Share
    supported: Share
    verbatim: Share
    citation_precision: Share
    citation_recall: Share
    retrieve_s: float | None
    first_token_s: float | None
    total_s: float | None


def normalise(text: str) -> str:
    """A text as answers are compared: Unicode forms, upper case and kinds of space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers stands in the text, its numbers in whatever form; 11 does not stand in 2011."""
    haystack = normalise(text)
    return any(regex.search(pattern(normalise(answer)), haystack) for answer in answers)


def answer_is_right(text: str, question: Question) -> bool:
    """Whether an answer holds what was asked for; both parts, when two things were."""
    return contains_answer(text, question.answers) and (not question.also or contains_answer(text, question.also))


def quote_is_right(citations: Sequence[Citation], gold: Sequence[GoldQuote]) -> bool:
    """Whether a citation comes from a gold quote's file and shares a character with the quote's place in it."""
    return any(
        citation.start < end and start < citation.end
        for citation in citations
        for quote in gold
        if Path(citation.article.path or "").name == quote.file
        for start, end in _places(quote, citation.article.text)
    )


def states_the_fact(citation: Citation, question: Question) -> bool:
    """Whether a citation overlaps a gold quote or itself holds a gold answer, of either part of the question."""
    gold = (*question.answers, *question.also)
    return quote_is_right([citation], question.quotes) or contains_answer(citation.quote, gold)


def citation_precision(outcomes: Sequence[Measured]) -> Share:
    """Citations that state the fact, of all that were given where an answerable question was answered."""
    answered = _answered(outcomes)
    return Share(sum(outcome.stating for outcome in answered), sum(outcome.citations for outcome in answered))


def citation_recall(outcomes: Sequence[Measured]) -> Share:
    """Answers with a citation that states the fact, of all that were given to answerable questions."""
    return _share(outcome.stating > 0 for outcome in _answered(outcomes))


def is_verbatim(citation: Citation, stored: Article) -> bool:
    """Whether the quote is not empty and stands at its offsets in the article as the library keeps it."""
    return bool(citation.quote) and stored.text[citation.start : citation.end] == citation.quote


def language_is_right(text: str, language: str) -> bool:
    """Whether a text is in a language; one too short to tell ("Philippe Jost.") is not held against it."""
    return len(words(_MARKS.sub("", text))) < _TELLING or detect(text, default=language) == language


def measure(question: Question, answer: Answer, stored: Sequence[Article]) -> Measured:
    """Every measure of one answer.

    Args:
        question: what was asked.
        answer: what came back.
        stored: for each of its citations, the article as the library keeps it.
    """
    return Measured(
        id=question.id,
        language=question.language,
        answerable=question.answerable,
        near_miss="near-miss" in question.tags,
        abstained=answer.abstained,
        answer_right=not answer.abstained and answer_is_right(answer.text, question),
        quote_right=quote_is_right(answer.citations, question.quotes),
        language_right=language_is_right(answer.text, question.language),
        supported=sum(sentence.supported for sentence in answer.sentences),
        sentences=len(answer.sentences),
        verbatim=sum(map(is_verbatim, answer.citations, stored)),
        stating=sum(states_the_fact(citation, question) for citation in answer.citations),
        citations=len(answer.citations),
        retrieve_s=answer.timing.retrieve_s,
        first_token_s=answer.timing.first_token_s,
        total_s=answer.timing.total_s,
    )


def summarise(outcomes: Sequence[Measured]) -> Summary:
    """Add up outcomes."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    return Summary(
        questions=len(outcomes),
        answer_right=_share(outcome.answer_right for outcome in answerable),
        quote_right=_share(outcome.quote_right for outcome in answerable),
        false_answers=_share(not outcome.abstained for outcome in others),
        near_misses=_share(not outcome.abstained for outcome in others if outcome.near_miss),
        false_abstentions=_share(outcome.abstained for outcome in answerable),
        language_right=_share(outcome.language_right for outcome in outcomes),
        supported=Share(sum(o.supported for o in outcomes), sum(o.sentences for o in outcomes)),
        verbatim=Share(sum(o.verbatim for o in outcomes), sum(o.citations for o in outcomes)),
        citation_precision=citation_precision(outcomes),
        citation_recall=citation_recall(outcomes),
        retrieve_s=_median(outcome.retrieve_s for outcome in outcomes),
        first_token_s=_median(outcome.first_token_s for outcome in outcomes),
        total_s=_median(outcome.total_s for outcome in outcomes),
    )


def _answered(outcomes: Sequence[Measured]) -> list[Measured]:
    return [outcome for outcome in outcomes if outcome.answerable and not outcome.abstained]


def _places(quote: GoldQuote, text: str) -> Iterator[tuple[int, int]]:
    if quote.text is None:
        yield quote.start, quote.end
        return
    start = text.find(quote.text)
    while start >= 0:
        yield start, start + len(quote.text)
        start = text.find(quote.text, start + 1)


def _share(hits: Iterator[bool]) -> Share:
    listed = list(hits)
    return Share(sum(listed), len(listed))


def _median(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
