"""Answers of anyone against their evidence, with vectors that can be computed by hand."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import Article, Passage
from eval.faithfulness import Faithfulness, ScoredSentence, Scorer
from rag import ModelJudge
from rag.support import COPIED, VETO, judges
from tests.fakes import FakeEncoder, FakeGenerator

BRIDGE = "The bridge opened in 2019. It cost 12 million. The mayor spoke at the school."
TRAIN = "The train to the school has run since 2024."
QUESTION = "What did the bridge cost?"


def score(answer: str, *evidence: str | Passage, question: str = QUESTION, language: str = "en") -> Faithfulness:
    return Scorer(FakeEncoder()).score(question, answer, evidence or (TRAIN, BRIDGE), language)


def only(found: Faithfulness) -> ScoredSentence:
    (sentence,) = found.sentences
    return sentence


def test_each_sentence_gets_the_best_quote_of_all_evidence() -> None:
    found = score("It cost 12 million [2]. The train has run since 2023 [1].")
    first, second = found.sentences
    assert (first.text, first.supported, first.evidence, first.quote) == (
        "It cost 12 million.",
        True,
        1,
        BRIDGE[first.start : first.end],
    )
    assert "It cost 12 million." in first.quote
    assert (second.supported, second.evidence, second.missing) == (False, 0, ("2023",))
    assert second.reason == "not found: 2023"
    assert second.support <= VETO
    assert (found.score, found.abstained) == (0.5, False)


def test_an_answer_that_copies_its_evidence_is_faithful() -> None:
    found = score(BRIDGE)
    assert found.score == 1.0
    assert {sentence.support for sentence in found.sentences} == {COPIED}
    assert {sentence.reason for sentence in found.sentences} == {"repeats the quote"}


@pytest.mark.parametrize("answer", ["", "\n", "NOT FOUND", "I don't know.", "The text does not mention it."])
def test_what_claims_nothing_has_no_score(answer: str) -> None:
    found = score(answer)
    assert (found.score, found.abstained, found.sentences) == (None, True, ())


@pytest.mark.parametrize("evidence", [(), ("",), ("  \n",), ("<p></p>",)])
def test_without_evidence_nothing_is_supported(evidence: tuple[str, ...]) -> None:
    found = Scorer(FakeEncoder()).score(QUESTION, "It cost 12 million.", evidence)
    assert only(found) == ScoredSentence("It cost 12 million.", 0.0, supported=False, reason="no evidence")
    assert found.score == 0.0


def test_a_quote_stands_in_the_evidence_as_it_was_given_markup_and_all() -> None:
    given = "<h1>News</h1><p>The bridge opened in 2019.</p><p>It cost <b>12</b>&nbsp;mil\u200blion.\x00</p>"
    sentence = only(score("It cost 12 million.", given))
    assert sentence.supported
    assert sentence.quote == given[sentence.start : sentence.end] == "It cost <b>12</b>&nbsp;mil\u200blion."


def test_a_passage_is_evidence_too_and_places_count_from_its_beginning() -> None:
    article = Article(id="a", text=f"{TRAIN} {BRIDGE}", title="News", language="en")
    passage = Passage(article, len(TRAIN) + 1, len(article.text))
    sentence = only(score("It cost 12 million.", passage))
    assert passage.text[sentence.start : sentence.end] == sentence.quote == "It cost 12 million."


def test_sentences_that_are_known_are_not_cut_again() -> None:
    found = Scorer(FakeEncoder()).score(QUESTION, ["The bridge opened in 2019. It cost 12 million."], [BRIDGE], "en")
    assert only(found).supported


def test_a_sentence_is_checked_against_its_own_citations_only() -> None:
    cited = [("It cost 12 million.", [BRIDGE]), ("It cost 12 million.", [TRAIN]), ("The mayor spoke.", [])]
    found = Scorer(FakeEncoder()).score_cited(QUESTION, cited, "en")
    assert [sentence.supported for sentence in found.sentences] == [True, False, False]
    assert [sentence.reason for sentence in found.sentences] == [
        "repeats the quote",
        "not found: 12 million",
        "no evidence",
    ]
    assert not found.abstained


def test_a_headline_names_what_its_text_does_not() -> None:
    text = "It cost 12 million. The mayor spoke at the school."
    assert not only(score("The Millau bridge cost 12 million.", text)).supported
    assert only(score("The Millau bridge cost 12 million.", f"The Millau bridge\n\n{text}")).supported


def test_the_judge_decides_where_there_is_doubt_and_is_asked_once() -> None:
    model = FakeGenerator()
    model.odds, model.name = -8.0, min((name for name in judges() if "1.5b" in name), key=len)
    scorer = Scorer(FakeEncoder(), ModelJudge(model, FakeEncoder()))
    for _ in range(2):
        sentence = only(scorer.score(QUESTION, "Only the mayor spoke at the school.", [BRIDGE], "en"))
        assert not sentence.supported
        assert sentence.reason == "the judge finds that the quote does not say it"
    assert len(model.judged) == 1
    assert model.judged[0].question.startswith("Source: The mayor spoke")


def test_what_was_encoded_a_moment_ago_is_not_encoded_again() -> None:
    encoder = FakeEncoder()
    scorer = Scorer(encoder)
    once = scorer.score(QUESTION, "It cost 12 million.", [BRIDGE], "en")
    made = list(encoder.encoded)
    assert scorer.score(QUESTION, "It cost 12 million.", [BRIDGE, BRIDGE], "en") == once
    assert encoder.encoded == made
    assert len(set(made)) == len(made)


def test_an_answer_in_another_language_than_its_evidence_is_checked_across_them() -> None:
    found = Scorer(FakeEncoder()).score(
        "Combien le pont a-t-il coûté ?", "Le pont a coûté 13 millions d'euros.", [BRIDGE]
    )
    assert only(found).missing == ("13 millions",)
    found = Scorer(FakeEncoder()).score("Quand ?", "Le pont a été ouvert au public en 2019 par le maire.", [BRIDGE])
    assert only(found).missing == ()


def test_hundreds_of_sentences_and_long_evidence_take_seconds() -> None:
    text = " ".join(f"The mayor spoke {i} times at the school of Anna Lind in {1900 + i}." for i in range(50))
    answer = text.replace("spoke", "gave a speech") + " It was late." * 300
    started = time.perf_counter()
    found = score(answer, *[f"{text} {i}" for i in range(10)])
    assert len(found.sentences) == 350
    assert time.perf_counter() - started < 60


@settings(deadline=None)  # the first text loads what tells languages
@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=3))
def test_any_text_can_be_scored_and_every_quote_is_verbatim(answer: str, evidence: list[str]) -> None:
    found = Scorer(FakeEncoder()).score("", answer, evidence)
    assert found.abstained is (found.sentences == ())
    for sentence in found.sentences:
        assert 0 <= sentence.support <= 1
        if sentence.evidence is not None:
            assert evidence[sentence.evidence][sentence.start : sentence.end] == sentence.quote
    again = Faithfulness.from_dict(json.loads(json.dumps(found.to_dict())))
    assert again == found
