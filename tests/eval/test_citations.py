"""What citations are worth, against values worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article
from eval.citations import citation_precision, citation_recall, gives_the_quote, is_verbatim, states_the_fact
from eval.questions import GoldQuote
from eval.records import Share
from rag import Citation
from tests.eval.made import ARTICLE, COST, COST_AT, QUESTION, TEXT, citation


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(27, 46, True), (0, 28, True), (45, 63, True), (0, 27, False), (46, 63, False), (0, 63, True)],
)
def test_a_place_gives_the_quote_when_they_share_a_character(start: int, end: int, *, expected: bool) -> None:
    assert TEXT[slice(*COST_AT)] == COST.text
    assert gives_the_quote(ARTICLE, start, end, [COST]) is expected


def test_the_same_words_in_another_article_are_not_the_quote() -> None:
    other = replace(ARTICLE, path="/samples/other.md", id="a2")
    assert not gives_the_quote(other, *COST_AT, [COST])
    assert not gives_the_quote(ARTICLE, *COST_AT, [])
    assert gives_the_quote(replace(other, url="bridge.md"), *COST_AT, [COST])


def test_gold_words_count_wherever_they_stand() -> None:
    twice = Article(id="a3", text="It rained. It rained.", title="", path="rain.md")
    assert gives_the_quote(twice, 11, 21, [GoldQuote("rain.md", "It rained.")])


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(27, 46, True), (45, 63, True), (0, 27, False), (46, 63, False)]
)
def test_a_gold_quote_may_be_a_place_instead_of_words(start: int, end: int, *, expected: bool) -> None:
    place = GoldQuote("bridge.md", start=COST_AT[0], end=COST_AT[1])
    assert gives_the_quote(ARTICLE, start, end, [place]) is expected
    assert not gives_the_quote(ARTICLE, start, end, [replace(place, file="other.md")])


FRENCH = Article(id="f1", text="Le pont a coûté 12 million. Il est long. Il date de 2019.", title="", path="fr.md")


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (citation(*COST_AT), True),  # the gold quote
        (citation(0, 28), True),  # a letter of it
        (citation(0, 26), False),
        (citation(0, 27, FRENCH), True),  # elsewhere, but it holds the answer
        (citation(28, 40, FRENCH), False),
        (citation(41, 57, FRENCH), False),
    ],
)
def test_a_citation_states_the_fact(cited: Citation, *, expected: bool) -> None:
    assert states_the_fact(cited, QUESTION) is expected


def test_a_citation_may_state_the_second_fact() -> None:
    assert states_the_fact(citation(41, 57, FRENCH), replace(QUESTION, also=("2019",)))


def test_verbatim_means_the_stored_text_to_the_letter() -> None:
    assert is_verbatim(citation(*COST_AT), ARTICLE)
    assert not is_verbatim(citation(*COST_AT), Article(id="a1", text=TEXT.replace("12", "13"), title=""))
    assert not is_verbatim(citation(5, 5), ARTICLE)


def needs(text: str, cited: Sequence[str]) -> bool:
    """A sentence is supported when each of its letters is cited."""
    return set(text) <= set(cited)


STATEMENTS = [
    ("a", ["a", "b"]),  # b is not needed
    ("ab", ["a", "b"]),  # both are
    ("c", ["a"]),  # not supported
    ("c", []),  # nor this
    ("a", ["a", "a"]),  # either would do: both support it alone
]


def test_alce_by_hand() -> None:
    assert citation_recall(STATEMENTS, needs) == Share(3, 5)
    assert citation_precision(STATEMENTS, needs) == Share(1 + 2 + 0 + 0 + 2, 2 + 2 + 1 + 0 + 2)


def test_alce_of_nothing() -> None:
    assert (citation_recall([], needs), citation_precision([], needs)) == (Share(0, 0), Share(0, 0))


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=2), st.lists(st.sampled_from("abc"), max_size=3))))
def test_an_unsupported_sentence_gives_no_credit_for_its_citations(statements: list[tuple[str, list[str]]]) -> None:
    unsupported = [(text, cited) for text, cited in statements if not needs(text, cited)]
    assert citation_precision(unsupported, needs).hits == citation_recall(unsupported, needs).hits == 0
    assert citation_precision(statements, needs).hits <= sum(len(cited) for _, cited in statements)
