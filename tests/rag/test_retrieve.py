"""Ranking by vector, by words and by both: against slow reference versions, and on what each is there for."""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from documents import Article, Passage, words
from embeddings import Fingerprint
from rag.keeper import IndexKeeper
from rag.levels import LevelKeeper
from rag.retrieve import Corpus, Method, coverage, fuse, rarity, retrieve, searchable
from rag.settings import SearchSettings
from rag.sqlite_store import SqliteStore
from rag.store import Filters
from tests.fakes import FakeEncoder
from tests.rag.parts import entry


class SameForAll:
    """An encoder to which all texts are one: what then decides is the words."""

    fingerprint = Fingerprint("same", "0" * 64, "", "", 2)
    max_tokens = 100

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))

    encode_passages = encode_queries

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def _corpus(folder: Path, encoder: FakeEncoder | SameForAll, texts: Sequence[str]) -> Corpus:
    store = SqliteStore(folder / "library.sqlite")
    for number, text in enumerate(texts):
        vectors = encoder.encode_passages([text])
        store.put(entry(text, origin=f"/{number}", vectors=vectors, fingerprint=encoder.fingerprint))
    return Corpus(store, IndexKeeper(store, folder / "index"), encoder, LevelKeeper(store))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Eighty texts of words as frequent as words are: the n-th has a share of 1/n."""
    draw = random.Random(5)  # noqa: S311 - the same draws every time
    vocabulary = [f"w{n}" for n in range(60)]
    shares = [1 / n for n in range(1, 61)]
    return [" ".join(draw.choices(vocabulary, shares, k=draw.randint(3, 40))) for _ in range(80)]


@pytest.fixture
def corpus(tmp_path: Path, texts: list[str]) -> Iterator[Corpus]:
    made = _corpus(tmp_path, SameForAll(), texts)
    with closing(made.store):
        yield made


def slow_bm25(question: str, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Okapi BM25 by its definition, with FTS5's constants and its floor for words that most texts hold."""
    tokens = [words(text) for text in texts]
    average = sum(map(len, tokens)) / len(tokens)
    holding = Counter(word for held in tokens for word in set(held))
    scores = []
    for held in tokens:
        counts = Counter(held)
        score = 0.0
        for word in set(words(question)):
            inverse = math.log((len(texts) - holding[word] + 0.5) / (holding[word] + 0.5))
            often = counts[word] * (k1 + 1) / (counts[word] + k1 * (1 - b + b * len(held) / average))
            score += max(inverse, 1e-6) * often
        scores.append(score)
    return scores


@pytest.mark.parametrize("question", ["w0 w1", "w59", "w30 W31 w32 nowhere", "w5 w5 w40"])
def test_word_search_is_bm25(corpus: Corpus, texts: list[str], question: str) -> None:
    reference = slow_bm25(question, texts)
    found = corpus.store.search_words(sorted(set(words(question))), len(texts))
    assert {passage_id for passage_id, _ in found} == {n + 1 for n, score in enumerate(reference) if score > 0}
    for passage_id, score in found:
        assert score == pytest.approx(reference[passage_id - 1], rel=1e-6, abs=1e-9)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def slow_coverage(question: str, text: str, texts: Sequence[str]) -> float:
    held = [set(words(each)) for each in texts]
    total = covered = 0.0
    for word in set(words(question)):
        count = sum(word in each for each in held)
        weight = math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) ** 3
        total += weight
        covered += weight if word in set(words(text)) else 0.0
    return covered / total


@pytest.mark.parametrize("question", ["w0 w1", "w59 w58", "w30 W31 w32 nowhere"])
def test_hybrid_is_cosine_plus_weighted_coverage(corpus: Corpus, texts: list[str], question: str) -> None:
    found = retrieve(question, 80, corpus)
    assert len(found) == len(texts)
    for evidence in found:
        expected = 1 + 0.04 * slow_coverage(question, evidence.passage.text, texts)
        assert evidence.score == pytest.approx(expected, abs=1e-5)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_rare_number_decides_where_vectors_cannot_tell(tmp_path: Path) -> None:
    texts = [f"Resolution {n}-NQ/TW was signed on the same day as the others." for n in range(40, 80)]
    corpus = _corpus(tmp_path, SameForAll(), texts)
    with closing(corpus.store):
        (best,) = retrieve("Vem undertecknade resolution 57-NQ/TW?", 1, corpus)
        assert "57-NQ/TW" in best.passage.text


def test_words_that_nearly_all_passages_hold_are_not_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieve._COMMON", 2)
    corpus = _corpus(tmp_path, FakeEncoder(), ["the mayor", "the zebra", "the bridge", "the river", "the school"])
    with closing(corpus.store):
        searched: list[list[str]] = []
        search_words = corpus.store.search_words

        def watched(words: Sequence[str], *rest: Any) -> list[tuple[int, float]]:
            searched.append(list(words))
            return search_words(words, *rest)

        monkeypatch.setattr(corpus.store, "search_words", watched)
        assert retrieve("the zebra", 1, corpus)[0].passage.text == "the zebra"
        assert len(retrieve("the", 3, corpus)) == 3
        assert searched == [["zebra"], []]


def test_words_in_another_language_do_not_move_the_vectors_ranking(tmp_path: Path) -> None:
    texts = ["the mayor opened the bridge", "the school", "thé au lait", "a river and a train in 2019"]
    corpus = _corpus(tmp_path, FakeEncoder(), texts)
    with closing(corpus.store):
        # Two words are shared by chance, "the" and "a"; the vectors know "mayor" and "bridge".
        question = "thể a xyz mayorx bridgex"
        dense = [each.passage.text for each in retrieve(question, 2, corpus, method="dense")]
        hybrid = [each.passage.text for each in retrieve(question, 2, corpus)]
        assert dense[0] == hybrid[0] == "the mayor opened the bridge"


@pytest.mark.parametrize("method", ["hybrid", "dense", "words"])
def test_filters_come_before_ranking(tmp_path: Path, method: Method) -> None:
    corpus = _corpus(tmp_path, FakeEncoder(), [f"mayor bridge {n}" for n in range(60)])
    with closing(corpus.store):
        last = corpus.store.articles()[-1].id
        found = retrieve("mayor bridge", 3, corpus, Filters(articles=(last,)), method)
        assert [each.passage.article.id for each in found] == [last]
        assert retrieve("mayor", 3, corpus, Filters(languages=("xx",)), method) == ()


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "'; DROP TABLE articles; --",
        "NEAR(a, b)",
        "words : x*",
        "AND OR NOT",
        "^{}[]()",
        "\0 a",
        "🙂",
        "?!",
        "a " * 900,
    ],
)
def test_any_question_is_harmless(corpus: Corpus, question: str) -> None:
    assert len(retrieve(question, 4, corpus)) == 4
    assert isinstance(retrieve(question, 4, corpus, method="words"), tuple)


@given(st.text(max_size=60))
def test_coverage_is_a_share(question: str) -> None:
    asked = set(words(question))
    weights = rarity({}, asked, 10)
    assert coverage(weights, []) == 0
    assert coverage(weights, asked) == pytest.approx(1.0 if asked else 0.0)


def test_a_rarer_word_weighs_more_and_an_unknown_one_most() -> None:
    weights = rarity({"common": 90, "rare": 2}, ["common", "rare", "unknown"], 100)
    assert 0 < weights["common"] < weights["rare"] < weights["unknown"]


def test_fuse_by_hand() -> None:
    fused = fuse(np.array([0.5, 0.6], np.float32), [1.0, 0.0], 0.2)
    np.testing.assert_allclose(fused, [0.7, 0.6], atol=1e-6)


def test_a_passage_is_found_by_its_headline_too() -> None:
    article = Article("1", "Flood\n\nIt rose by two metres.", "Flood")
    assert searchable(Passage(article, 7, 29)) == "Flood\nIt rose by two metres."
    assert searchable(Passage(article, 0, 29)) == article.text
    assert searchable(Passage(Article("2", "Untitled text.", ""), 0, 8)) == "Untitled"


def test_the_weight_of_words_is_a_setting(tmp_path: Path) -> None:
    texts = ["The river.", "The river Alder runs to the bridge by the school."]
    corpus = _corpus(tmp_path, FakeEncoder(), texts)
    with closing(corpus.store):
        for weight, first in ((0.0, texts[0]), (2.0, texts[1])):
            found = retrieve("river Alder", 2, replace(corpus, search=SearchSettings(word_weight=weight)))
            assert found[0].passage.text == first
