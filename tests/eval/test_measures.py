"""Each measure against values worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.measures import MEASURES, faults, shares_of
from eval.records import NONE, Record, RunSettings, Share
from rag import Timing
from tests.eval.made import (
    ARTICLE,
    COST_AT,
    QUESTION,
    TEXT,
    UNANSWERABLE,
    answer,
    citation,
    faithfulness,
    outcome,
    record,
    settings,
)

SILENT = answer("")


def test_a_right_answer() -> None:
    shares = shares_of(outcome())
    assert {name: str(shares[name]) for name in ("handled_well", "answer_right", "language_right")} == {
        "handled_well": "100% 1/1",
        "answer_right": "100% 1/1",
        "language_right": "100% 1/1",
    }
    assert shares["token_f1"].hits == pytest.approx(2 * 2 / (4 + 2))
    assert shares["copied"] == shares["false_abstentions"] == Share(0, 1)
    assert shares["faithful"] == shares["citation_recall"] == shares["citation_precision"] == Share(1, 1)
    assert shares["gold_precision"] == shares["gold_recall"] == shares["verbatim"] == Share(1, 1)
    assert shares["false_answers"] == shares["near_misses"] == NONE
    assert [shares[name].hits for name in ("retrieve_s", "first_token_s", "total_s", "tokens")] == [0.1, 1.0, 2.0, 6]


def test_an_abstention_where_the_articles_answer() -> None:
    shares = shares_of(outcome(said=SILENT))
    assert shares["handled_well"] == shares["answer_right"] == shares["token_f1"] == Share(0, 1)
    assert shares["false_abstentions"] == Share(1, 1)
    for name in ("copied", "faithful", "citation_recall", "gold_precision", "gold_recall", "tokens"):
        assert not shares[name].of, name
    assert faults(shares) == ("abstains where the articles answer",)


def test_an_abstention_holds_no_answer_even_when_it_names_one() -> None:
    named = replace(SILENT, text="The articles do not say that it cost 12 million.")
    assert shares_of(outcome(said=named))["answer_right"] == Share(0, 1)


def test_an_answer_where_the_articles_have_none() -> None:
    shares = shares_of(outcome(UNANSWERABLE))
    assert shares["false_answers"] == Share(1, 1)
    assert shares["handled_well"] == Share(0, 1)
    for name in ("answer_right", "token_f1", "false_abstentions", "gold_precision", "recall@5", "near_misses"):
        assert not shares[name].of, name
    assert faults(shares) == ("answers what the articles do not say",)
    near = shares_of(outcome(replace(UNANSWERABLE, tags=("near-miss",))))
    assert near["near_misses"] == Share(1, 1)
    silent = shares_of(outcome(UNANSWERABLE, SILENT))
    assert (silent["false_answers"], silent["handled_well"]) == (Share(0, 1), Share(1, 1))
    assert faults(silent) == ()


def test_one_thing_alone_is_not_enough() -> None:
    wrong = outcome(said=answer("It cost 13 million. [1]", citation(*COST_AT)))
    foreign = outcome(said=answer("Le pont a coûté 12 million à la ville. [1]", citation(*COST_AT)))
    unsupported = outcome(scored=faithfulness(1, 2))
    long = replace(ARTICLE, text=f"{TEXT} " * 4)
    passage = replace(outcome().answer.evidence[0].passage, article=long, end=len(long.text))
    evidence = (replace(outcome().answer.evidence[0], passage=passage),)
    copied = outcome(said=replace(answer(long.text, citation(*COST_AT)), evidence=evidence))
    assert [faults(shares_of(each)) for each in (wrong, foreign, unsupported, copied)] == [
        ("does not hold the expected answer",),
        ("is in another language than asked for",),
        ("says what the evidence does not",),
        ("repeats a passage instead of answering",),
    ]
    assert [shares_of(each)["handled_well"] for each in (wrong, foreign, unsupported, copied)] == [Share(0, 1)] * 4


def test_the_language_is_the_one_that_was_asked_for() -> None:
    french = answer("Le pont a coûté 12 million à la ville. [1]", citation(*COST_AT))
    assert shares_of(outcome(replace(QUESTION, answer_language="fr"), french))["language_right"] == Share(1, 1)


def test_two_facts_count_in_the_words_too() -> None:
    both = replace(QUESTION, also=("2019",))
    assert shares_of(outcome(both))["answer_right"] == Share(0, 1)
    assert shares_of(outcome(both))["token_f1"].hits == pytest.approx(2 * 2 / (4 + 3))


def test_citations_are_counted_one_by_one() -> None:
    two = answer("It cost 12 million. [1] [2]", citation(0, 26), citation(*COST_AT))
    shares = shares_of(outcome(said=two))
    assert (shares["gold_precision"], shares["gold_recall"]) == (Share(1, 2), Share(1, 1))
    beside = shares_of(outcome(said=answer("It cost 12 million.", citation(0, 26))))
    assert (beside["gold_precision"], beside["gold_recall"]) == (Share(0, 1), Share(0, 1))


def test_rankings_are_measured_by_each_method() -> None:
    shares = shares_of(outcome(found=("other", "the fact")))
    assert (shares["recall@1"], shares["recall@5"], shares["MRR@10"]) == (Share(0, 1), Share(1, 1), Share(0.5, 1))
    assert shares["nDCG@10"].hits == pytest.approx(0.6309297535714575)
    assert shares["recall@1 dense"] == shares["recall@1 words"] == Share(0, 1)


def test_a_model_that_was_not_asked_has_no_first_word() -> None:
    shares = shares_of(outcome(said=answer("", times=Timing(0.1, None, 0.2))))
    assert (shares["first_token_s"], shares["total_s"]) == (NONE, Share(0.2, 1))


def test_every_measure_names_its_source_and_is_named_once() -> None:
    assert all(measure.source and measure.title for measure in MEASURES.values())
    assert [measure.name for measure in MEASURES.values()] == list(MEASURES)
    assert len({measure.title for measure in MEASURES.values()}) == len(MEASURES)
    assert [name for name, measure in MEASURES.items() if measure.judged and measure.unit != "share"] == []


def test_a_share_shows_its_counts() -> None:
    assert [str(share) for share in (Share(12, 14), Share(0, 4), Share(2.3456, 4), NONE)] == [
        "86% 12/14",
        "0% 0/4",
        "59% 2.3/4",
        "-",
    ]


def test_records_and_settings_come_back_as_they_were() -> None:
    for made in (record(), record(2, replace(UNANSWERABLE, tags=("near-miss",), without=("x",)), SILENT)):
        assert Record.from_dict(made.to_dict()) == made
    assert RunSettings.from_dict(settings(3).to_dict()) == settings(3)
    assert record().times == {"retrieve_s": 0.1, "first_token_s": 1.0, "total_s": 2.0}


def test_the_page_explains_every_measure() -> None:
    page = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    unnamed = [name for name in MEASURES if f"`{name.removesuffix(' dense').removesuffix(' words')}`" not in page]
    assert unnamed == []
