"""The candidates for a quote, and how many words a sentence shares with one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from documents import Article, head_at, sentences, words
from rag.answer import Evidence

_STEM = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """A candidate: `article.text[start:end]`, one sentence of a passage or two neighbouring ones.

    `first` and `last` number its sentences among those of its passage, `passage` the passage.
    """

    article: Article
    start: int
    end: int
    passage: int
    first: int
    last: int

    @property
    def text(self) -> str:
        """The quoted words, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def head(self) -> Article:
        """The article with the title and date that speak for the quote; see `head_at`."""
        return head_at(self.article, self.start)


def candidates(evidence: Evidence, number: int) -> list[Quote]:
    """Every sentence of a passage and every two neighbours; `number` is that of the passage."""
    passage = evidence.passage
    spans = sentences(passage.text, passage.article.language)
    spans = [(passage.start + start, passage.start + end) for start, end in spans]
    single = [Quote(passage.article, start, end, number, i, i) for i, (start, end) in enumerate(spans)]
    pairs = [Quote(passage.article, a.start, b.end, number, a.first, b.last) for a, b in pairwise(single)]
    return single + pairs


def stems_of(text: str) -> frozenset[str]:
    """The words of a text, cut off where endings begin to differ."""
    return frozenset(word[:_STEM] for word in words(text))


def weights_of(claimed: Iterable[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """How much each word of a sentence tells; one that nobody has tells as much as the rarest."""
    unknown = max(rarity.values(), default=1.0)
    return {stem: rarity.get(stem, unknown) for stem in claimed}


def overlap(weights: Mapping[str, float], quoted: frozenset[str]) -> float:
    """The share of a sentence's words that the quote has too, each by how much it tells, in [0, 1]."""
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in quoted) / total if total else 0.0
