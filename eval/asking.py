"""Asking a library one question of an evaluation, and measuring all that comes back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from documents import Article, Passage
from embeddings import Encoder
from eval.citations import citation_precision, citation_recall, gives_the_quote, is_verbatim
from eval.datasets import rest_of
from eval.faithfulness import Faithfulness, Scorer
from eval.measures import DEPTH, METHODS, Method, shares_of
from eval.outcomes import Outcome, Ranking
from eval.questions import Question, names_of
from eval.records import Record, Share
from rag import Answer, ArticleSummary, Citation, Evidence, Filters, Generator, Sentence

_FACT = "the fact"
"""What every passage with a gold quote is called in a ranking: where several give the fact, each is enough."""


class Asked(Protocol):
    """What is asked: a `Library`, or what behaves like one."""

    @property
    def encoder(self) -> Encoder:
        """Makes the vectors."""

    @property
    def generator(self) -> Generator:
        """Writes the drafts."""

    def articles(self) -> list[ArticleSummary]:
        """All articles without their texts."""

    def article(self, article_id: str) -> Article:
        """One article with its text."""

    def retrieve(
        self, question: str, *, k: int = 5, filters: Filters | None = None, method: Method = "hybrid"
    ) -> tuple[Evidence, ...]:
        """The passages that may answer a question, best first."""

    def prepare(self, question: str, *, filters: Filters | None = None, k: int = 4) -> None:
        """Have the model read the passages that a question may need."""

    def ask(self, question: str, *, filters: Filters | None = None, k: int = 4) -> Answer:
        """The answer to a question."""


class Asker:
    """Asks one library, and measures its answers.

    Args:
        library: is asked.
        scorer: checks the sentences of the answers.
        k: how many passages the model reads.
    """

    def __init__(self, library: Asked, scorer: Scorer, k: int) -> None:
        self._library = library
        self._scorer = scorer
        self._k = k

    def read_ahead(self, question: Question) -> None:
        """Have the model read the passages of a question, as it does while nobody asks; those it knows cost nothing.

        So the times are those of a library that has been read, whichever question comes first.
        """
        self._library.prepare(question.question, k=self._k, filters=self._filters(question))

    def ask(self, question: Question) -> Record:
        """Ask a question once, and measure the answer."""
        answer = self._library.ask(question.question, k=self._k, filters=self._filters(question))
        support = Support(self._scorer, answer)
        faithfulness = support.by_all()
        tokens = self._library.generator.count_tokens(answer.text)
        outcome = Outcome(
            question=question,
            answer=answer,
            faithfulness=faithfulness,
            recall=citation_recall(support.statements, support.holds),
            precision=citation_precision(support.statements, support.holds),
            verbatim=self._verbatim(answer),
            rankings={method: self._ranking(question, method) for method in METHODS},
            tokens=tokens,
        )
        return Record(
            question=question,
            answer=answer.to_dict(),
            faithfulness=faithfulness,
            own=support.by_own(),
            shares=shares_of(outcome),
            tokens=tokens,
            article_language=self._article_language(question),
        )

    def _verbatim(self, answer: Answer) -> Share:
        stored = (self._library.article(citation.article.id) for citation in answer.citations)
        return Share(sum(map(is_verbatim, answer.citations, stored)), len(answer.citations))

    def _ranking(self, question: Question, method: Method) -> Ranking:
        """What a search finds: passages where the quotes are known, articles where only these are."""
        if not question.quotes and not question.articles:
            return Ranking((), frozenset())
        found = self._library.retrieve(question.question, k=DEPTH, filters=self._filters(question), method=method)
        return ranking(question, found)

    def _filters(self, question: Question) -> Filters | None:
        return rest_of(self._summaries, question)

    def _article_language(self, question: Question) -> str:
        gold = (*(quote.file for quote in question.quotes), *question.articles)
        return next((self._languages[name] for name in gold if name in self._languages), "")

    @cached_property
    def _summaries(self) -> list[ArticleSummary]:
        return self._library.articles()

    @cached_property
    def _languages(self) -> dict[str, str]:
        """The language of each article, by every name that a question may call it by."""
        return {name: summary.language for summary in self._summaries for name in names_of(summary)}


class Support:
    """Whether the sentences of an answer are supported, by all the evidence and by what they cite.

    Args:
        scorer: decides.
        answer: a question's.
    """

    def __init__(self, scorer: Scorer, answer: Answer) -> None:
        self._scorer = scorer
        self._answer = answer

    @property
    def statements(self) -> list[tuple[str, list[Citation]]]:
        """The sentences that are shown as fact, each with what it cites."""
        shown = (sentence for sentence in self._answer.sentences if sentence.supported)
        return [(sentence.text, self._cited(sentence)) for sentence in shown]

    def by_all(self) -> Faithfulness:
        """The sentences against all the evidence."""
        evidence = [item.passage for item in self._answer.evidence]
        texts = [text for text, _ in self.statements]
        return self._scorer.score(self._answer.question, texts, evidence, self._answer.language)

    def by_own(self) -> Faithfulness:
        """The sentences, each against what it cites."""
        return self._against(self.statements)

    def holds(self, text: str, cited: Sequence[Citation]) -> bool:
        """Whether citations, read together, support a sentence."""
        return all(sentence.supported for sentence in self._against([(text, cited)]).sentences)

    def _against(self, statements: Sequence[tuple[str, Sequence[Citation]]]) -> Faithfulness:
        quoted = [(text, [Passage(each.article, each.start, each.end) for each in cited]) for text, cited in statements]
        return self._scorer.score_cited(self._answer.question, quoted, self._answer.language)

    def _cited(self, sentence: Sentence) -> list[Citation]:
        return [citation for citation in self._answer.citations if citation.number in sentence.citations]


def ranking(question: Question, found: Sequence[Evidence]) -> Ranking:
    """A search's result by the names that count: of gold quotes, where they are known, else of gold articles."""
    if question.quotes:
        names = (
            _FACT if _gives(item, question) else f"{item.passage.article.id}:{item.passage.start}" for item in found
        )
        return Ranking(tuple(dict.fromkeys(names)), frozenset((_FACT,)))
    wanted = frozenset(question.articles)
    called = (min(names_of(item.passage.article) & wanted, default=item.passage.article.id) for item in found)
    return Ranking(tuple(dict.fromkeys(called)), wanted)


def _gives(item: Evidence, question: Question) -> bool:
    passage = item.passage
    return gives_the_quote(passage.article, passage.start, passage.end, question.quotes)
