"""A draft sentence to the quote that supports it, or to none: citations are made and checked here, by code.

Every sentence of the evidence, and every pair of neighbours, is a candidate quote. Candidates are ranked by
how many of the draft's hard facts they hold, then by likeness: cosine of the vectors (across languages) and
shared words. A hard fact that the best quote and its neighbours do not hold makes the draft unsupported,
however alike it is.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from documents import Article
from embeddings import Encoder
from rag.answer import Citation, Evidence, Sentence
from rag.facts import Fact, FactSource, find_facts
from rag.negation import contradicts
from rag.quotes import Quote, candidates, overlap, stems_of

SUPPORTED = 0.5
"""Sentences with at least this support are shown as fact."""

# Likeness to support, a logistic curve through points read off sentences that were and were not supported;
# docs/decisions say how they were chosen.
_COSINE_SLOPE, _OVERLAP_SLOPE = 45.0, 4.0
_COSINE_MIDDLE, _OVERLAP_MIDDLE = 0.86, 0.35
# Across languages hardly a word is shared, and vectors lie farther apart. Of XQuAD's parallel sentences nine in ten
# have a cosine over 0.853 (English-Vietnamese) and 0.888 (English-Spanish); of the likest other sentences of the
# same paragraph one in twenty.
_FOREIGN_MIDDLE = 0.853
_HELD_FACT, _HELD_FACTS = 1.2, 2  # what a number, date or code that the quote holds adds, and how many count
_OVERLAP_RANK, _MISSING_SOFT = 0.1, 0.05  # in units of cosine, when candidates are ranked
# What a missing name may cost when quote and sentence differ in language: names of bodies are translated.
_FOREIGN_NAME_COST = 0.15
_TOPIC_COST = 0.15  # of a fact that the question names and the article holds, but far from the quote
_PAIR_COST = 0.01  # of a pair over its better half, so that a second sentence is quoted only for a reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of one sentence found.

    Attributes:
        quote: the best candidate, None when there is no evidence at all.
        support: in [0, 1].
        missing: the hard facts that the quote and its neighbours do not hold.
    """

    quote: Quote | None
    support: float
    missing: tuple[Fact, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown as fact."""
        return self.quote is not None and self.support >= SUPPORTED


class Checker:
    """Checks the sentences of one answer against its evidence.

    Args:
        evidence: the passages that the model was shown.
        encoder: for likeness across languages.
        language: ISO 639-1, of the answer.
        question: what was asked. What it names is what the answer is about; such a fact may stand anywhere in
            the quoted article.
    """

    def __init__(self, evidence: Sequence[Evidence], encoder: Encoder, language: str, question: str = "") -> None:
        self._asked = FactSource(question, language)
        self._whole: dict[str, FactSource] = {}
        self._encoder = encoder
        self._language = language
        self._passages = [item.passage.text for item in evidence]
        self._quotes = [quote for i, item in enumerate(evidence) for quote in candidates(item, i)]

    def check(self, sentence: str) -> Verdict:
        """The best quote for a sentence and how well it supports it."""
        if not self._quotes:
            return Verdict(None, 0.0)
        facts = find_facts(sentence, self._language)
        cosines = self._vectors @ self._encoder.encode_passages([sentence])[0]
        overlaps = [overlap(stems_of(sentence), stems, self._rarity) for stems in self._stems]
        missing = [self._missing(facts, source) for source in self._sources]
        far = [self._missing(lacks, near) for lacks, near in zip(missing, self._near, strict=True)]
        left = [
            [fact for fact in lacks if not self._is_topic(fact, quote.article)]
            for lacks, quote in zip(far, self._quotes, strict=True)
        ]

        def rank(i: int) -> tuple[int, int, float]:
            pair = self._quotes[i].last > self._quotes[i].first
            soft = sum(_is_soft(fact) for fact in missing[i])
            likeness = float(cosines[i]) + _OVERLAP_RANK * overlaps[i] - _MISSING_SOFT * soft - _PAIR_COST * pair
            return -_hard(left[i]), soft - len(missing[i]), likeness

        best = max(range(len(self._quotes)), key=rank)
        held = sum(fact.kind != "name" and fact not in missing[best] for fact in facts)
        likeness = _support(float(cosines[best]), overlaps[best], held, foreign=self._is_foreign(best))
        support = likeness * self._penalty(left[best], best) * (1 - _TOPIC_COST) ** (len(far[best]) - len(left[best]))
        if support and self._denied(sentence, best, cosines):
            support = 0.0
        return Verdict(self._quotes[best], support, tuple(left[best]))

    def _denied(self, sentence: str, best: int, cosines: NDArray[np.float32]) -> bool:
        """Whether the best quote, or the likelier half of a pair, denies the sentence, or the sentence it."""
        pair = self._quotes[best]
        halves = [i for i, q in enumerate(self._quotes) if q.passage == pair.passage and q.first == q.last]
        single = max((i for i in halves if pair.first <= self._quotes[i].first <= pair.last), key=lambda i: cosines[i])
        quote = self._quotes[single]
        return contradicts(sentence, self._language, quote.text, quote.article.language)

    @cached_property
    def _sources(self) -> list[FactSource]:
        return [self._source(quote, quote.start, quote.end) for quote in self._quotes]

    @cached_property
    def _near(self) -> list[FactSource]:
        return [self._neighbourhood(quote) for quote in self._quotes]

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [stems_of(quote.text) for quote in self._quotes]

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        """How much a word tells among these candidates: "the" stands in most of them, and tells nothing."""
        counts = Counter(stem for stems in self._stems for stem in stems)
        return {stem: math.log(len(self._stems) / count) for stem, count in counts.items()}

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """Vectors of the candidates, shape (candidates, dimension); a pair's is the mean of its sentences'."""
        single = [quote for quote in self._quotes if quote.first == quote.last]
        vectors = self._encoder.encode_passages([quote.text for quote in single])
        where = {(quote.passage, quote.first): vector for quote, vector in zip(single, vectors, strict=True)}
        rows = [where[quote.passage, quote.first] + where[quote.passage, quote.last] for quote in self._quotes]
        stacked = np.stack(rows)
        return np.asarray(stacked / np.linalg.norm(stacked, axis=1, keepdims=True), np.float32)

    def _missing(self, facts: Sequence[Fact], source: FactSource) -> list[Fact]:
        return [fact for fact in facts if not source.holds(fact, self._language)]

    def _is_topic(self, fact: Fact, article: Article) -> bool:
        """Whether a fact is what the question is about, and the article is about it too."""
        if not self._asked.holds(fact, self._language):
            return False
        if article.id not in self._whole:
            self._whole[article.id] = _fact_source(article, article.text)
        return self._whole[article.id].holds(fact, self._language)

    def _neighbourhood(self, quote: Quote) -> FactSource:
        """The quote with the sentence before and the sentence behind it, of the same passage."""
        near = [
            other
            for other in self._quotes
            if other.passage == quote.passage
            and other.first == other.last  # a pair that touches the quote reaches two sentences away
            and quote.first - 1 <= other.first <= quote.last + 1
        ]
        return self._source(quote, min(other.start for other in near), max(other.end for other in near))

    def _source(self, quote: Quote, start: int, end: int) -> FactSource:
        return _fact_source(quote.article, quote.article.text[start:end], self._passages[quote.passage])

    def _penalty(self, missing: Sequence[Fact], best: int) -> float:
        names = [fact for fact in missing if fact.kind == "name"]
        if len(names) < len(missing) or any(self._near[best].swapped(name, self._language) for name in names):
            return 0.0
        return max(0.0, 1 - _FOREIGN_NAME_COST * len(names)) if self._is_foreign(best) else float(not names)

    def _is_foreign(self, quote: int) -> bool:
        return self._quotes[quote].article.language != self._language


class CitationList:
    """Gives numbers to quotes, in the order of their first use; one number for one quote."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], Citation] = {}

    def cite(self, text: str, verdict: Verdict) -> tuple[Sentence, tuple[Citation, ...]]:
        """A checked sentence with its citation number, and the citations that are new with it."""
        if not verdict.supported or verdict.quote is None:
            return Sentence(text, (), verdict.support, supported=False), ()
        quote = verdict.quote
        key = (quote.article.id, quote.start, quote.end)
        new = key not in self._numbers
        if new:
            self._numbers[key] = Citation(len(self._numbers) + 1, quote.article, quote.start, quote.end)
        citation = self._numbers[key]
        sentence = Sentence(text, (citation.number,), verdict.support, supported=True)
        return sentence, (citation,) if new else ()


def _fact_source(article: Article, text: str, wider: str = "") -> FactSource:
    """A stretch of an article as a source of facts, with what the article's head says."""
    context = " ".join(part for part in (article.title, article.source) if part)
    return FactSource(text, article.language, context, article.date, wider)


def _hard(facts: Iterable[Fact]) -> int:
    """How many of the facts decide, whatever the wording: all but names."""
    return sum(fact.kind != "name" for fact in facts)


def _is_soft(fact: Fact) -> bool:
    """Whether a quote that lacks the fact may still be the best: its neighbours hold the year, or the name."""
    return fact.kind == "name" or fact.is_year


def _support(cosine: float, overlap: float, held: int, *, foreign: bool) -> float:
    middle, usual = (_FOREIGN_MIDDLE, 0.0) if foreign else (_COSINE_MIDDLE, _OVERLAP_MIDDLE)
    likeness = _COSINE_SLOPE * (cosine - middle) + _OVERLAP_SLOPE * (overlap - usual)
    return 1 / (1 + math.exp(-likeness - _HELD_FACT * min(held, _HELD_FACTS)))
