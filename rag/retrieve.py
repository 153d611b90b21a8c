"""From a question to the passages that may answer it: by vector, by words, and by both together.

Ranks of two lists say nothing about how good either list is, so fusing ranks lets a list of chance hits (a
question in another language than the articles) push out good ones. Scores are fused instead: the cosine,
plus a little for the words of the question that the passage holds, rare words first. A question in another
language shares hardly a word, so the words then add hardly anything; a name or a number it does share is
rare, and counts. Each language is searched by itself, and what its passages lack for being in it is given back
(`rag/levels.py`), so that the best one leads whatever language it is in.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from documents import Article, Passage, context_at, head_at, words
from embeddings import Encoder
from rag.answer import Evidence
from rag.levels import LevelKeeper
from rag.settings import SEARCH, SearchSettings
from rag.store import Filters, Ids, Scores, Store, Vectors

_SHARPNESS = 3  # power of a word's rarity: words shared by chance ("thể" is folded to "the") then add nothing

CANDIDATES = 4
"""How many times k each list gives, since the best of both together may stand low in each."""

# A word held by more passages than both, 2,000 and a fiftieth of all, picks none out, and takes long to rank:
# without such words 24 ms in place of 149, among 60,000 passages.
_COMMON, _COMMON_PART = 2_000, 50

_TITLE_LENGTH = 200  # characters; a longer one is no headline, and would crowd out the passage


class Nearest(Protocol):
    """Anything that finds the nearest vectors, such as `rag.index.Index` and `rag.keeper.IndexKeeper`."""

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Scores, Ids]:
        """Cosines and ids of the k nearest of each query, id -1 where there are fewer."""


Method = Literal["hybrid", "dense", "words"]
"""How passages are ranked. Hybrid is the one to use; the others are what it is measured against."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that is searched.

    Attributes:
        store: where passages, vectors and words are.
        index: finds the nearest vectors; may hold passages that the store has lost since.
        encoder: the one that made the store's vectors.
        levels: tells what a passage's language costs it.
        search: how all is weighed.
    """

    store: Store
    index: Nearest
    encoder: Encoder
    levels: LevelKeeper
    search: SearchSettings = SEARCH


Ranking = list[tuple[int, float]]
"""Ids of passages with their scores, best first."""


def shown_title(article: Article) -> str:
    """The headline, as far as passages are found by it."""
    return article.title[:_TITLE_LENGTH]


def searchable(passage: Passage) -> str:
    """What a passage is found by: its words behind the headline, since a paragraph rarely names its subject.

    Between them its chapter's heading or its table's header, without which a row is only numbers.
    """
    title = shown_title(head_at(passage.article, passage.start))
    above = context_at(passage.article, passage.start)
    parts = ("" if passage.text.startswith(title) else title, above, passage.text)
    return "\n".join(filter(None, parts))


def retrieve(
    question: str, k: int, corpus: Corpus, filters: Filters | None = None, method: Method = "hybrid"
) -> tuple[Evidence, ...]:
    """The k passages that may best answer a question, best first; fewer when there are no more.

    Args:
        question: in any language, not empty.
        k: at least 1.
        corpus: what is searched.
        filters: which articles may answer, applied before ranking.
        method: how passages are ranked. Scores of different methods do not compare.
    """
    found = _RANKINGS[method](question, k, corpus, filters)
    passages = corpus.store.passages([passage_id for passage_id, _ in found])
    return tuple(Evidence(passages[i], score) for i, score in found if i in passages)


def dense(question: str, k: int, corpus: Corpus, filters: Filters | None = None) -> Ranking:
    """The k passages whose vectors are nearest to the question's, with their cosines."""
    allowed = None if filters is None else corpus.store.passage_ids(filters)
    return _near(corpus.encoder.encode_queries([question]), k, corpus.index, allowed)


def lexical(question: str, k: int, corpus: Corpus, filters: Filters | None = None) -> Ranking:
    """The k passages that share words with the question, with their BM25 scores."""
    return corpus.store.search_words(sorted(set(words(question))), k, filters)


def hybrid(question: str, k: int, corpus: Corpus, filters: Filters | None = None) -> Ranking:
    """The k passages that are best by vector and words together, with their fused scores."""
    store, asked = corpus.store, sorted(set(words(question)))
    vector = corpus.encoder.encode_queries([question])
    frequencies, passages = store.frequencies(asked), store.count()
    telling = [word for word in asked if frequencies.get(word, 0) <= max(_COMMON, passages // _COMMON_PART)]
    levels = corpus.levels.now()
    allowed = None if filters is None else store.passage_ids(filters)
    near = [each for part in levels.parts(allowed) for each in _near(vector, CANDIDATES * k, corpus.index, part)]
    matching = store.search_words(telling, CANDIDATES * k, filters)
    # Scored from the store: exact where the index is not, and for passages that only the words found.
    ids, vectors = store.vectors(sorted({passage_id for passage_id, _ in near + matching}))
    held = store.words(ids.tolist())
    weights = rarity(frequencies, asked, passages)
    coverages = [coverage(weights, held.get(int(i), ())) for i in ids]
    cosines = vectors @ vector[0] + np.float32(corpus.search.language_weight) * levels.lifts(vector[0], ids)
    scores = fuse(cosines, coverages, corpus.search.word_weight)
    best = np.argsort(-scores, kind="stable")[:k]
    return [(int(ids[i]), float(scores[i])) for i in best]


def _near(vector: Vectors, k: int, index: Nearest, allowed: Ids | None) -> Ranking:
    scores, ids = index.search(vector, k, allowed)
    found = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
    return [(passage_id, score) for passage_id, score in found if passage_id >= 0]


def rarity(frequencies: Mapping[str, int], asked: Iterable[str], passages: int) -> dict[str, float]:
    """How much each word of a question tells, from how few of the passages hold it.

    A word that no passage holds is the rarest. So of a question in another language nearly all the weight
    lies on words that nothing can cover.

    Args:
        frequencies: in how many passages a word occurs; those that occur in none may be missing.
        asked: the words of the question.
        passages: how many there are.
    """
    counts = {word: frequencies.get(word, 0) for word in asked}
    return {
        word: math.log(1 + (passages - count + 0.5) / (count + 0.5)) ** _SHARPNESS for word, count in counts.items()
    }


def coverage(weights: Mapping[str, float], held: Iterable[str]) -> float:
    """The share of the question's weight that lies on words which the passage holds, in [0, 1]."""
    total = sum(weights.values())
    return sum(weights.get(word, 0.0) for word in held) / total if total else 0.0


def fuse(cosines: Scores, coverages: Iterable[float], weight: float = SEARCH.word_weight) -> Scores:
    """One score for each passage: nearness by vector, and a little for words in common."""
    return cosines + np.float32(weight) * np.fromiter(coverages, np.float32, len(cosines))


_RANKINGS = {"hybrid": hybrid, "dense": dense, "words": lexical}
