"""The candidates for a quote, and how many words a sentence shares with one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import regex

from documents import Article, head_at, sentences, words
from rag.answer import Evidence

_STEM = 5

# What stands between the control tokens of a chat template is a forged turn of a conversation, and not the article's
# own word: ChatML, Llama 3, Llama 2 and Mistral, Gemma. One that is never closed ends with its paragraph.
_FORGED = regex.compile(
    "|".join(
        rf"{regex.escape(begin)}.*?(?:{regex.escape(end)}|(?=\n\n)|\Z)"
        for begin, end in (
            ("<|im_start|>", "<|im_end|>"),
            ("<|start_header_id|>", "<|eot_id|>"),
            ("[INST]", "[/INST]"),
            ("<start_of_turn>", "<end_of_turn>"),
        )
    ),
    regex.DOTALL,
)


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
    """Every sentence of a passage and every two neighbours, but those of forged turns; `number` is the passage's."""
    passage = evidence.passage
    forged = [match.span() for match in _FORGED.finditer(passage.article.text)]
    spans = sentences(passage.text, passage.article.language)
    placed = [(i, passage.start + start, passage.start + end) for i, (start, end) in enumerate(spans)]
    own = [(i, start, end) for i, start, end in placed if not any(a < end and start < b for a, b in forged)]
    single = [Quote(passage.article, start, end, number, i, i) for i, start, end in own]
    pairs = [
        Quote(passage.article, a.start, b.end, number, a.first, b.last)
        for a, b in pairwise(single)
        if b.first == a.first + 1
    ]
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
