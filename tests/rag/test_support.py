"""What is weighed for support, and what no likeness can outweigh."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article
from rag.facts import FactSource, find_facts
from rag.quotes import Quote
from rag.scope import wider
from rag.signals import Claim, Signals, read_signals
from rag.support import COPIED, SUPPORTED, VETO, in_doubt, is_open, judges, may_answer, support_features, weigh

ALIKE = Signals(
    foreign=False,
    cosine=0.95,
    overlap=0.9,
    held=1,
    held_names=1,
    lacking=0,
    lacking_names=0,
    swapped=False,
    denied=False,
    unit=False,
    scope=False,
)
MODEL, ANSWERS = sorted(name for name in judges() if "1.5b" in name)

signals = st.builds(
    Signals,
    foreign=st.booleans(),
    cosine=st.floats(-1, 1),
    overlap=st.floats(0, 1),
    held=st.integers(0, 2),
    held_names=st.integers(0, 2),
    lacking=st.integers(0, 2),
    lacking_names=st.integers(0, 2),
    swapped=st.booleans(),
    denied=st.booleans(),
    unit=st.booleans(),
    scope=st.booleans(),
    copied=st.booleans(),
)
odds = st.none() | st.floats(-100, 100)


@given(signals, st.sampled_from([MODEL, ANSWERS, "unknown"]), odds)
def test_support_is_a_chance(given: Signals, model: str, log_odds: float | None) -> None:
    assert 0 <= weigh(given, model, log_odds) <= 1


@given(signals, st.sampled_from([MODEL, ANSWERS, "unknown"]), odds)
def test_a_number_that_is_not_there_outweighs_everything(given: Signals, model: str, log_odds: float | None) -> None:
    assert weigh(replace(given, lacking=1), model, log_odds) <= VETO
    assert weigh(replace(given, unit=True), model, log_odds) <= VETO


@given(signals, st.sampled_from([MODEL, ANSWERS, "unknown"]), st.floats(-8, 7))
def test_a_surer_model_never_lowers_support(given: Signals, model: str, log_odds: float) -> None:
    assert weigh(given, model, log_odds) <= weigh(given, model, log_odds + 1)


def test_what_repeats_its_quote_may_still_answer_something_else() -> None:
    copied = replace(ALIKE, copied=True)
    assert weigh(copied) == COPIED
    assert weigh(copied, ANSWERS, 4.0) >= SUPPORTED
    assert weigh(copied, ANSWERS, -4.0) < SUPPORTED


@given(signals)
def test_whether_it_answers_is_asked_of_all_but_what_no_word_can_help(given: Signals) -> None:
    best = weigh(given, ANSWERS, 100.0)
    assert may_answer(given) or best < SUPPORTED or weigh(given) < 0.1
    assert not may_answer(given) or best > VETO


@pytest.mark.parametrize("change", [{"lacking_names": 1}, {"swapped": True}, {"scope": True}, {"cosine": 0.7}])
def test_each_sign_against_a_sentence_lowers_support(change: dict[str, Any]) -> None:
    assert weigh(replace(ALIKE, **change)) < weigh(ALIKE)


def test_a_repeated_sentence_with_one_negation_too_many_is_vetoed() -> None:
    assert weigh(replace(ALIKE, denied=True)) <= VETO
    assert weigh(replace(ALIKE, denied=True, overlap=0.4)) > VETO  # "no other" may be "the only one"


def test_across_languages_a_negation_counts_until_a_model_says_otherwise() -> None:
    foreign = replace(ALIKE, foreign=True, denied=True)
    assert weigh(foreign) <= VETO
    assert weigh(foreign, MODEL, 6.0) > VETO


def logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


@pytest.mark.parametrize(("said", "counts"), [(1.5, 1.5), (-3.0, -3.0), (50.0, 8.0), (-50.0, -8.0)])
def test_a_judge_without_weights_of_its_own_is_taken_at_its_word(said: float, counts: float) -> None:
    plain = replace(ALIKE, cosine=0.85)
    assert logit(weigh(plain, "some other judge", said)) == pytest.approx(logit(weigh(plain)) + counts)
    assert weigh(plain, "some other judge") == weigh(plain)
    assert weigh(plain, MODEL, said) != weigh(plain, "some other judge", said)


@given(signals, odds)
def test_no_judge_outweighs_what_is_refuted(given: Signals, log_odds: float | None) -> None:
    assert weigh(replace(given, lacking=1), "some other judge", log_odds) <= VETO
    assert weigh(replace(given, unit=True), "some other judge", log_odds) <= VETO


@given(signals)
def test_where_nothing_is_open_no_judge_changes_the_verdict(given: Signals) -> None:
    said = {weigh(given, "some other judge", value) >= SUPPORTED for value in (None, 8.0, -8.0)}
    assert is_open(given) or (len(said) == 1 and not in_doubt(given))


def test_every_feature_that_is_weighed_is_named_once_for_each_case() -> None:
    same, foreign = support_features(ALIKE, None), support_features(replace(ALIKE, foreign=True), 1.0)
    assert "cosine, same" in same
    assert "cosine, foreign" in foreign
    assert "log odds" not in same
    assert foreign["log odds"] == 1.0


def read(sentence: str, text: str, title: str = "A bridge") -> Signals:
    article = Article(id="a", text=text, title=title, language="en")
    facts, source = find_facts(sentence, "en"), FactSource(text, "en", title)
    missing = [fact for fact in facts if not source.holds(fact, "en")]
    quote = Quote(article, 0, len(text), 0, 0, 0)
    return read_signals(Claim(sentence, "en", facts), quote, cosine=0.9, missing=missing, source=source, likest=text)


def test_signals_are_what_one_counts_by_hand() -> None:
    found = read("The bridge cost 12 million in May 2021.", "The old bridge cost 12 million.")
    assert (found.held, found.lacking, found.denied, found.scope) == (1, 1, False, False)
    # Telling words: bridge, cost, 12, million, may, 2021; the quote has four of them.
    assert found.overlap == pytest.approx(4 / 6)
    assert read("Only the bridge was closed.", "The bridge was closed.").scope
    assert read("The bridge was not closed.", "The bridge was closed.").denied


@pytest.mark.parametrize(
    ("sentence", "quote", "copied"),
    [
        ("The mayor opened it in 2019.", "The mayor opened it in 2019.", True),
        ("A bridge opened in 2019 after a storm.", "It opened in 2019 after a storm.", True),  # the subject: its title
        ("The school opened in 2019 after a storm.", "It opened in 2019 after a storm.", False),
        ("The mayor opened it.", "The mayor opened it in 2019.", False),  # something is left out
        ("The mayor stole the money.", "It is not true that the mayor stole the money.", False),
        ("The bridge is unsafe.", "Opponents said that the bridge is unsafe.", False),
        ("...", "The mayor opened it in 2019.", False),
    ],
)
def test_a_copy_is_a_whole_sentence_of_the_quote_but_for_its_subject(
    sentence: str, quote: str, *, copied: bool
) -> None:
    assert read(sentence, quote).copied is copied


def test_a_copy_needs_no_weighing_unless_a_fact_is_missing() -> None:
    assert weigh(replace(ALIKE, copied=True)) == COPIED
    assert weigh(replace(ALIKE, copied=True, lacking=1)) <= VETO


@pytest.mark.parametrize(
    ("claim", "language", "quote", "source", "is_wider"),
    [
        ("Tunneln valdes enbart för flyget.", "sv", "Tunneln valdes bland annat för flyget.", "sv", True),
        ("Toutes les règles s'appliquent.", "fr", "Most of the rules apply.", "en", True),
        ("All the rules apply.", "en", "Tất cả các quy định có hiệu lực.", "vi", False),
        ("Pupils must pay.", "en", "Les élèves peuvent payer.", "fr", True),
        ("The first bridge.", "en", "Der erste Steg.", "de", False),  # a language without a list
        ("Il dit que le pont est ouvert.", "fr", "He says that the bridge is open.", "en", False),
        ("Le pont n'a que deux voies.", "fr", "The bridge has two lanes.", "en", True),
    ],
)
def test_a_word_of_scope_that_the_quote_lacks(
    claim: str, language: str, quote: str, source: str, *, is_wider: bool
) -> None:
    assert wider(claim, language, quote, source) is is_wider
