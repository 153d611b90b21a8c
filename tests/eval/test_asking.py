"""Asking one question: what is relevant in a ranking, and which support counts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents import Article, Passage
from eval.asking import Support, ranking
from eval.citations import citation_precision, citation_recall
from eval.faithfulness import Scorer
from eval.outcomes import Ranking
from eval.questions import GoldQuote
from eval.records import Share
from rag import Citation, Evidence, Sentence
from tests.eval.made import QUESTION, answer
from tests.fakes import FakeEncoder

TEXT = "The bridge opened in 2019. It cost 12 million. The mayor spoke."
BRIDGE = Article(id="a1", text=TEXT, title="", language="en", path="/samples/bridge.md")
TRAIN = Article(id="a2", text="The train has run since 2024.", title="", language="en", url="town:train")


def found(*passages: tuple[Article, int, int]) -> list[Evidence]:
    return [Evidence(Passage(*each), 1.0) for each in passages]


OPENED, COST, MAYOR = (BRIDGE, 0, 26), (BRIDGE, 27, 46), (BRIDGE, 47, 63)
RUN = (TRAIN, 0, 29)


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([COST, RUN], ("the fact", "a2:0")),
        ([RUN, OPENED, COST], ("a2:0", "a1:0", "the fact")),
        ([RUN, COST, COST], ("a2:0", "the fact")),
        ([MAYOR], ("a1:47",)),
        ([], ()),
    ],
)
def test_a_passage_with_a_gold_quote_is_the_fact(
    passages: Sequence[tuple[Article, int, int]], expected: tuple[str, ...]
) -> None:
    assert ranking(QUESTION, found(*passages)) == Ranking(expected, frozenset({"the fact"}))


def test_where_several_places_give_the_fact_each_is_enough() -> None:
    two = replace(QUESTION, quotes=(*QUESTION.quotes, GoldQuote("town:train", "since 2024")))
    assert ranking(two, found(RUN, COST)) == Ranking(("the fact",), frozenset({"the fact"}))


def test_where_only_articles_are_known_they_are_what_is_found() -> None:
    named = replace(QUESTION, quotes=(), articles=("bridge.md", "town:train"))
    assert ranking(named, found(MAYOR, OPENED, RUN)) == Ranking(("bridge.md", "town:train"), frozenset(named.articles))
    other = replace(QUESTION, quotes=(), articles=("elsewhere.md",))
    assert ranking(other, found(MAYOR, OPENED, RUN)) == Ranking(("a1", "a2"), frozenset({"elsewhere.md"}))


def support(*sentences: tuple[str, tuple[int, ...]]) -> Support:
    """Of an answer whose citations are the opening, the cost, and the train."""
    cited = (OPENED, COST, RUN)
    made = answer(" ".join(text for text, _ in sentences))
    return Support(
        Scorer(FakeEncoder()),
        replace(
            made,
            sentences=tuple(Sentence(text, numbers, 0.9, supported=True) for text, numbers in sentences),
            citations=tuple(Citation(number, *each) for number, each in enumerate(cited, 1)),
            evidence=tuple(found((BRIDGE, 0, len(TEXT)), RUN)),
        ),
    )


def test_all_the_evidence_may_support_what_a_citation_does_not() -> None:
    made = support(("The bridge opened in 2019.", (1,)), ("It cost 12 million.", (3,)))
    assert [sentence.supported for sentence in made.by_all().sentences] == [True, True]
    assert [sentence.supported for sentence in made.by_own().sentences] == [True, False]
    assert citation_recall(made.statements, made.holds) == Share(1, 2)
    assert citation_precision(made.statements, made.holds) == Share(1, 2)


def test_a_citation_that_adds_nothing_is_not_needed() -> None:
    made = support(("The bridge opened in 2019.", (1, 3)))
    assert citation_recall(made.statements, made.holds) == Share(1, 1)
    assert citation_precision(made.statements, made.holds) == Share(1, 2)


def test_a_sentence_without_a_citation_is_supported_by_none() -> None:
    made = support(("The bridge opened in 2019.", ()))
    assert citation_recall(made.statements, made.holds) == Share(0, 1)
    assert [sentence.supported for sentence in made.by_own().sentences] == [False]


def test_sentences_that_were_left_out_are_not_scored() -> None:
    made = support(("The bridge opened in 2019.", (1,)))
    kept = made._answer.sentences
    left_out = replace(made._answer, sentences=(*kept, Sentence("It cost 90 million.", (), 0.1, supported=False)))
    assert len(Support(Scorer(FakeEncoder()), left_out).by_all().sentences) == 1
