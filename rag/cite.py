"""A draft sentence to the quote that supports it, or to none: citations are made and checked here, by code.

Every sentence of the evidence, and every pair of neighbours, is a candidate quote. Candidates are ranked by
how many of the draft's hard facts they hold, then by likeness: cosine of the vectors (across languages) and
shared words. How well the best one supports the draft is weighed in `rag/support.py`, where there is doubt with
the model's own word; a number, date or code that it lacks makes the draft unsupported, however alike it is.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby

import numpy as np
from numpy.typing import NDArray

from documents import QUESTION_MARKS, subject_at, teaser_at, words
from embeddings import Encoder
from rag.answer import Citation, Evidence, Sentence
from rag.aspects import answers_another, find_aspects
from rag.echo import is_echo
from rag.facts import Fact, FactSource, find_facts, source_in
from rag.judge import Judge
from rag.prompt import one_line
from rag.quotes import Quote, candidates, overlap, stems_of, weights_of
from rag.sentence_vectors import encode_sentences
from rag.signals import Claim, Signals, read_signals
from rag.support import NO_MODEL, SUPPORTED, in_doubt, weigh

_OVERLAP_RANK, _MISSING_SOFT = 0.1, 0.05  # in units of cosine, when candidates are ranked
_TOPIC_COST = 0.15  # of a fact that the question names and the article holds, but far from the quote
_STRANGER_COST = 0.3  # of a name that the question and the sentence have, and the article, in their language, has not
_PAIR_COST = 0.01  # of a pair over its better half, so that a second sentence is quoted only for a reason
_FRAGMENT = 3  # words; what has no more may be no sentence
_FRAGMENT_PARTS = 6  # of words such as "JADES-GS-z14-0"; a Chinese sentence, written without spaces, has more
_BATCH = 64  # sentences whose vectors are made in one call


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of one sentence found.

    Attributes:
        quote: the best candidate, None when there is no evidence at all.
        support: in [0, 1].
        missing: the hard facts that the quote and its neighbours do not hold.
        signals: what the support was weighed from, None without a quote.
        log_odds: what the model said of it, None when it was not asked.
        threshold: the support from which on a sentence may be shown as fact.
    """

    quote: Quote | None
    support: float
    missing: tuple[Fact, ...] = ()
    signals: Signals | None = None
    log_odds: float | None = None
    threshold: float = SUPPORTED

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown as fact."""
        return self.quote is not None and self.support >= self.threshold


class Checker:
    """Checks the sentences of one answer against its evidence.

    Args:
        evidence: the passages that the model was shown.
        encoder: for likeness across languages; one that keeps vectors of sentences is quicker (`KeepingEncoder`).
        language: ISO 639-1, of the answer.
        question: what was asked. What it names is what the answer is about; such a fact may stand anywhere in
            the quoted article.
        judge: asked about the sentences that `when` chooses; None asks nobody.
        when: by default where facts, words and vectors leave doubt.
        threshold: the support from which on a sentence may be shown as fact.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        evidence: Sequence[Evidence],
        encoder: Encoder,
        language: str,
        question: str = "",
        judge: Judge | None = None,
        *,
        when: Callable[[Signals], bool] = in_doubt,
        threshold: float = SUPPORTED,
    ) -> None:
        self._threshold = threshold
        self._question = question
        self._asked = FactSource(question, language)
        self._asked_for = find_aspects(question, language)
        self._whole: dict[tuple[str, int | None], FactSource] = {}
        self._encoder = encoder
        self._language = language
        self._judge = judge
        self._when = when
        self._passages = [item.passage.text for item in evidence]
        articles = [item.passage.article for item in evidence]
        self._origins = tuple(f"{each.source}, {each.date}" for each in articles if each.source and each.date)
        self._quotes = [quote for i, item in enumerate(evidence) for quote in candidates(item, i)]
        singles = ((i, quote) for i, quote in enumerate(self._quotes) if quote.first == quote.last)
        self._places = {(quote.passage, quote.first): i for i, quote in singles}

    def check(self, sentence: str) -> Verdict:
        """The best quote for a sentence and how well it supports it.

        Raises:
            ModelError: the model failed.
        """
        return next(self.check_all([sentence]))

    def check_all(self, sentences: Sequence[str]) -> Iterator[Verdict]:
        """The same for many sentences, one after the other; their vectors are made together, which is quicker.

        Raises:
            ModelError: the model failed.
        """
        for start in range(0, len(sentences), _BATCH):
            batch = sentences[start : start + _BATCH]
            if not self._quotes:
                yield from (Verdict(None, 0.0) for _ in batch)
                continue
            claimed = [self._claimed(sentence) for sentence in batch]
            vectors = self._encoder.encode_passages(claimed)
            yield from map(self._check, batch, claimed, vectors)

    def _claimed(self, sentence: str) -> str:
        """What a sentence means: "1885" means nothing but as the answer to what was asked."""
        bare = len(sentence.split()) <= _FRAGMENT and len(words(sentence)) <= _FRAGMENT_PARTS
        return f"{self._question} {sentence}".lstrip() if bare else sentence

    def _check(self, sentence: str, claimed: str, vector: NDArray[np.float32]) -> Verdict:
        claim = Claim(sentence, self._language, find_facts(sentence, self._language))
        cosines = self._vectors @ vector
        best = self._best(claim, cosines)
        missing = self._missing(claim.facts, self._sources[best])
        far = self._missing(missing, self._near[best])
        left = [fact for fact in far if not self._is_topic(fact, self._quotes[best])]
        signals = read_signals(
            claim,
            self._quotes[best],
            cosine=float(cosines[best]),
            missing=left,
            source=self._near[best],
            likest=self._likest(best, cosines).text,
        )
        # A question says nothing, so nothing can support it; models repeat what they were asked. And who asks how deep
        # a lake is must not be told how long: of all numbers near the right one, models like the first.
        if _asks(sentence) or self._misses(sentence):
            return Verdict(self._quotes[best], 0.0, (), signals)
        odds = self._ask(signals, self._shown(best, missing), claimed)
        chance = weigh(signals, self._judge.name if self._judge else NO_MODEL, odds)
        chance *= (1 - _TOPIC_COST) ** (len(far) - len(left))
        if not signals.foreign:
            chance *= (1 - _STRANGER_COST) ** self._strangers(sentence, self._quotes[best])
        return Verdict(self._quotes[best], chance, tuple(left), signals, odds, self._threshold)

    def _misses(self, sentence: str) -> bool:
        """Whether a sentence answers something else than was asked, or nothing, as the head of an article does."""
        told = find_aspects(sentence, self._language)
        head = sentence.rstrip(" .").endswith(self._origins)
        return head or answers_another(self._asked_for, told) or is_echo(self._question, sentence, self._language)

    def _best(self, claim: Claim, cosines: NDArray[np.float32]) -> int:
        """The number of the best candidate: by the hard facts that it lacks, then by likeness.

        Looking for names is slow, and they count for likeness only. So candidates are taken in the order of what
        they could reach at most, until the next one cannot be better.
        """
        names = [fact for fact in claim.facts if fact.kind == "name"]
        hard = [fact for fact in claim.facts if fact.kind != "name"]
        ranks = self._ranks(claim.text, hard, cosines)
        best, top = -1, (-math.inf, -math.inf, -math.inf)
        for i in sorted(range(len(ranks)), key=ranks.__getitem__, reverse=True):
            if ranks[i] < top:
                break
            lacking, far, likeness = ranks[i]
            rank = lacking, far, likeness - _MISSING_SOFT * len(self._missing(names, self._sources[i]))
            if (rank, -i) > (top, -best):
                best, top = i, rank
        return best

    def _ranks(self, text: str, hard: Sequence[Fact], cosines: NDArray[np.float32]) -> list[tuple[float, float, float]]:
        """How good each candidate is if it holds every name."""
        weights = weights_of(stems_of(text), self._rarity)
        found: list[tuple[float, float, float]] = []
        for i, quote in enumerate(self._quotes):
            missing = self._missing(hard, self._sources[i]) if hard else []
            far = self._missing(missing, self._near[i]) if missing else []
            left = sum(not self._is_topic(fact, quote) for fact in far)
            soft = sum(fact.is_year for fact in missing)
            likeness = float(cosines[i]) + _OVERLAP_RANK * overlap(weights, self._stems[i])
            likeness -= _MISSING_SOFT * soft + _PAIR_COST * (quote.last > quote.first)
            found.append((-left, soft - len(missing), likeness))
        return found

    def _ask(self, signals: Signals, shown: Quote, sentence: str) -> float | None:
        """What the model says where it is to be asked."""
        if self._judge is None or not self._when(signals):
            return None
        return self._judge.log_odds(shown.head.title, shown.text, sentence)

    def _shown(self, best: int, missing: Sequence[Fact]) -> Quote:
        """What the model is shown: the quote, with its neighbours where they hold what it lacks itself."""
        quote = self._quotes[best]
        near = self._neighbours(quote) if missing else [quote]
        return replace(quote, start=min(n.start for n in near), end=max(n.end for n in near))

    def _likest(self, best: int, cosines: NDArray[np.float32]) -> Quote:
        """The best quote, or the likelier half of a pair."""
        pair = self._quotes[best]
        halves = (self._places[pair.passage, number] for number in range(pair.first, pair.last + 1))
        return self._quotes[max(halves, key=lambda i: cosines[i])]

    @cached_property
    def _asked_names(self) -> list[Fact]:
        return [fact for fact in find_facts(self._question, self._language) if fact.kind == "name"]

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
        passages = [[quote.text for quote in own] for _, own in groupby(single, key=lambda quote: quote.passage)]
        vectors = chain.from_iterable(encode_sentences(self._encoder, passages))
        where = {(quote.passage, quote.first): vector for quote, vector in zip(single, vectors, strict=True)}
        rows = [where[quote.passage, quote.first] + where[quote.passage, quote.last] for quote in self._quotes]
        stacked = np.stack(rows)
        return np.asarray(stacked / np.linalg.norm(stacked, axis=1, keepdims=True), np.float32)

    def _missing(self, facts: Sequence[Fact], source: FactSource) -> list[Fact]:
        return [fact for fact in facts if not source.holds(fact, self._language)]

    def _is_topic(self, fact: Fact, quote: Quote) -> bool:
        """Whether a fact is what the question is about, and the article, or the teaser, is about it too."""
        return self._asked.holds(fact, self._language) and self._subject(quote).holds(fact, self._language)

    def _strangers(self, sentence: str, quote: Quote) -> int:
        """How many names of the question a sentence says again that the article does not know.

        One at the beginning of the sentence is known for a name by the question alone.
        """
        said = FactSource(sentence, self._language)
        again = [name for name in self._asked_names if said.holds(name, self._language)]
        return len(self._missing(again, self._subject(quote))) if again else 0

    def _subject(self, quote: Quote) -> FactSource:
        """The whole article that is quoted, or the teaser."""
        teaser = teaser_at(quote.article, quote.start)
        place = (quote.article.id, teaser.start if teaser else None)
        if place not in self._whole:
            self._whole[place] = source_in(quote.head, subject_at(quote.article, quote.start))
        return self._whole[place]

    def _neighbourhood(self, quote: Quote) -> FactSource:
        """The quote with its neighbours, as a source of facts."""
        near = self._neighbours(quote)
        return self._source(quote, min(other.start for other in near), max(other.end for other in near))

    def _neighbours(self, quote: Quote) -> list[Quote]:
        """The sentences of the quote, the one before and the one behind it, of the same passage."""
        places = ((quote.passage, number) for number in range(quote.first - 1, quote.last + 2))
        return [self._quotes[self._places[place]] for place in places if place in self._places]

    def _source(self, quote: Quote, start: int, end: int) -> FactSource:
        return source_in(quote.head, quote.article.text[start:end], self._passages[quote.passage])


class CitationList:
    """Gives numbers to quotes, in the order of their first use; one number for one quote."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], Citation] = {}

    def cite(self, text: str, verdict: Verdict) -> tuple[Sentence, tuple[Citation, ...]]:
        """A checked sentence with its citation number, and the citations that are new with it."""
        missing = tuple(sorted(dict.fromkeys(fact.text for fact in verdict.missing), key=text.find))
        if not verdict.supported or verdict.quote is None:
            return Sentence(text, (), verdict.support, supported=False, missing=missing), ()
        number, new = self._number(verdict.quote)
        return Sentence(text, (number,), verdict.support, supported=True, missing=missing), new

    def cite_alone(self, quote: Quote) -> tuple[Sentence, tuple[Citation, ...]]:
        """A quote in place of a sentence, cited as itself; the sentence is without characters that no reader sees."""
        number, new = self._number(quote)
        return Sentence(one_line(quote.text), (number,), 1.0, supported=True), new

    def _number(self, quote: Quote) -> tuple[int, tuple[Citation, ...]]:
        """The number of a quote, and its citation if it is new."""
        key = (quote.article.id, quote.start, quote.end)
        new = key not in self._numbers
        if new:
            self._numbers[key] = Citation(len(self._numbers) + 1, quote.article, quote.start, quote.end)
        citation = self._numbers[key]
        return citation.number, (citation,) if new else ()


def _asks(sentence: str) -> bool:
    return sentence.rstrip(" \u00a0\u202f\"'”’»)").endswith(QUESTION_MARKS)
