"""What is asked of the model once more, with a model whose answers are known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from documents import Article, Passage
from rag.answer import Checked, Draft, Evidence
from rag.generate import Prompt
from rag.judge_prompts import RELEVANCE_HEAD
from rag.prompt import NOT_FOUND
from rag.rerank import POOL
from rag.support import ANSWERED, CERTAIN, LIKELY
from rag.writing import Asked, Writer
from tests.fakes import JUDGE_OF_ANSWERS, FakeEncoder, FakeGenerator

TEXTS = (
    "The school by the river opened in 2024.",
    "The bridge over the river opened in 2019.",
    "The mayor came by train.",
    "The train cost 12 million.",
)
EVIDENCE = [
    Evidence(Passage(Article(id=f"a{number}", text=text, title="News", language="en"), 0, len(text)), 0.9)
    for number, text in enumerate(TEXTS)
]
RIGHT = "The bridge over the river opened in 2019."
MIXED = "The bridge over the river opened in 2024."


def writer_of(
    model: FakeGenerator,
    nearest: list[Evidence],
    further: list[Evidence],
    question: str = "When did the bridge open?",
    *,
    stop: bool = False,
) -> Writer:
    return Writer(
        Asked(question, "en", (), "short"),
        evidence=nearest,
        further=further,
        model=model,
        encoder=FakeEncoder(),
        should_stop=lambda: stop and len(model.prompts) > 1,
    )


def written(model: FakeGenerator, evidence: list[Evidence] = EVIDENCE, *, stop: bool = False) -> list[Checked]:
    events = list(writer_of(model, evidence, [], stop=stop).write())
    assert {type(event) for event in events} <= {Draft, Checked}
    return [event for event in events if isinstance(event, Checked)]


def unsure(*replies: str) -> FakeGenerator:
    """A model that may say something else when its refusal is questioned."""
    model = FakeGenerator(*replies)
    model.unsure = True
    return model


def read(model: FakeGenerator) -> list[int]:
    """How many passages stood in each prompt."""
    return [len(prompt.passages) for prompt in model.prompts]


def test_a_supported_answer_is_not_asked_for_again() -> None:
    model = FakeGenerator(RIGHT)
    assert [event.sentence.supported for event in written(model)] == [True]
    assert read(model) == [4]


def test_when_nothing_is_supported_each_passage_is_read_alone_until_one_supports_what_is_said() -> None:
    model = FakeGenerator(MIXED, NOT_FOUND, RIGHT, "Never asked for.")
    shown = written(model)
    assert [(event.sentence.text, event.sentence.supported) for event in shown] == [(MIXED, False), (RIGHT, True)]
    assert [citation.quote for event in shown for citation in event.citations] == [TEXTS[1]]
    assert read(model) == [4, 1, 1]
    assert [TEXTS[number] in model.prompts[number + 1].passages[0] for number in (0, 1)] == [True, True]


def test_what_is_written_from_one_passage_is_checked_against_it_alone() -> None:
    model = FakeGenerator(MIXED, RIGHT, NOT_FOUND, NOT_FOUND)  # the second is true, but of the second passage
    assert [event.sentence.supported for event in written(model)] == [False, False]


def test_what_one_passage_does_not_support_another_may() -> None:
    model = FakeGenerator(MIXED, RIGHT, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False, False, True]


def test_three_passages_are_read_alone_at_most() -> None:
    model = FakeGenerator(MIXED, *[f"The bridge opened in {year}." for year in (1901, 1902, 1903, 1904)])
    assert not any(event.sentence.supported for event in written(model))
    assert read(model) == [4, 1, 1, 1]


def test_who_says_twice_that_the_articles_do_not_tell_is_believed() -> None:
    model = unsure(NOT_FOUND, NOT_FOUND, RIGHT)
    assert written(model) == []
    assert read(model) == [4, 4]
    assert [prompt.discouraged for prompt in model.prompts] == ["", NOT_FOUND]


def test_what_is_written_after_a_refusal_is_checked_like_all_else() -> None:
    model = unsure(NOT_FOUND, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [True]
    model = unsure(NOT_FOUND, MIXED, NOT_FOUND, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False, True]
    assert [bool(prompt.discouraged) for prompt in model.prompts] == [False, True, True, True]


def test_a_refusal_after_something_was_written_is_not_questioned() -> None:
    model = unsure(MIXED, NOT_FOUND, NOT_FOUND, RIGHT)
    written(model)
    assert not any(prompt.discouraged for prompt in model.prompts)


@pytest.mark.parametrize("count", [0, 1])
def test_one_passage_is_read_once_and_none_not_at_all(count: int) -> None:
    model = FakeGenerator(MIXED)
    written(model, EVIDENCE[1 : 1 + count])
    assert read(model) == [1] * count


def test_what_is_written_again_is_shown_once() -> None:
    model = FakeGenerator(MIXED, MIXED, MIXED, MIXED)
    assert [event.sentence.text for event in written(model)] == [MIXED]
    assert read(model) == [4, 1, 1, 1]


def test_a_question_that_was_stopped_is_not_asked_again() -> None:
    model = FakeGenerator(MIXED, MIXED, RIGHT)
    written(model, stop=True)
    assert read(model) == [4, 1]


def judging(model: FakeGenerator, odds: float) -> FakeGenerator:
    """The model as one whose word on answers counts."""
    model.odds, model.name = odds, JUDGE_OF_ANSWERS
    return model


@pytest.mark.parametrize("odds", [8.0, -8.0])
def test_a_supported_sentence_is_shown_when_it_answers_the_question(odds: float) -> None:
    model = judging(FakeGenerator(RIGHT), odds)
    shown = written(model)
    assert shown[0].sentence.supported is (odds > 0)
    assert "Question: When did the bridge open?" in model.judged[0].question


class Ranking(FakeGenerator):
    """Its word on a passage is what `relevant` has for it, -1 for all others; of sentences only MIXED is wrong."""

    def __init__(self, relevant: dict[str, float], *replies: str) -> None:
        super().__init__(*replies)
        judging(self, 8.0)
        self.relevant = relevant

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        said = super().log_odds(prompt, yes, no)
        if prompt.system != RELEVANCE_HEAD:
            return -8.0 if MIXED in prompt.question else said
        return next((odds for text, odds in self.relevant.items() if text in prompt.passages[0]), -1.0)

    @property
    def looked_at(self) -> list[str]:
        """The passages whose relevance it was asked for."""
        return [prompt.passages[0].split("\n")[1] for prompt in self.judged if prompt.system == RELEVANCE_HEAD]


def test_the_passage_that_answers_by_the_models_word_is_read_first_wherever_it_stands() -> None:
    model = Ranking({TEXTS[3]: 1.0, TEXTS[1]: 1.5}, MIXED, RIGHT)
    writer = writer_of(model, EVIDENCE[2:], EVIDENCE[:2])
    shown = [event for event in writer.write() if isinstance(event, Checked)]
    assert [(event.sentence.text, event.sentence.supported) for event in shown] == [(MIXED, False), (RIGHT, True)]
    assert model.looked_at == [TEXTS[number] for number in (2, 3, 0, 1)]
    assert TEXTS[1] in model.prompts[1].passages[0]
    assert [item.passage.text for item in writer.read_beyond] == [TEXTS[1]]


def test_passages_that_do_not_answer_by_its_word_are_not_read() -> None:
    model = Ranking({TEXTS[2]: 0.5}, MIXED, NOT_FOUND, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False]
    assert read(model) == [4, 1]


def test_nothing_is_ranked_when_the_nearest_passages_answer() -> None:
    model = Ranking({}, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [True]
    assert model.looked_at == []


def test_a_refusal_is_weighed_against_its_word_on_the_passages() -> None:
    model = Ranking({TEXTS[1]: 2.0}, NOT_FOUND, NOT_FOUND, RIGHT)
    model.unsure = True
    assert [event.sentence.supported for event in written(model)] == [True]
    assert read(model) == [4, 4, 1]


def test_only_so_many_passages_are_looked_at() -> None:
    whole = EVIDENCE[0].passage
    many = [Evidence(replace(whole, end=whole.end - number), 0.9) for number in range(POOL + 3)]
    model = Ranking({}, MIXED)
    assert not any(event.sentence.supported for event in written(model, many))
    assert len(model.looked_at) == POOL


def test_no_passage_is_looked_at_behind_one_that_surely_answers() -> None:
    model = Ranking({TEXTS[1]: 5.0, TEXTS[2]: 6.0}, MIXED, RIGHT)
    assert [event.sentence.supported for event in written(model)] == [False, True]
    assert model.looked_at == [TEXTS[0], TEXTS[1]]


@pytest.mark.parametrize(("relevance", "shown"), [(3.0, True), (1.0, False)])
def test_a_sentence_in_doubt_is_shown_where_its_passage_surely_answers(relevance: float, *, shown: bool) -> None:
    model = Ranking({TEXTS[1]: relevance}, RIGHT)
    model.odds = next(odds for odds in np.arange(0, 4, 0.05) if LIKELY + 0.02 < support(odds) < ANSWERED - 0.02)
    assert [event.sentence.supported for event in written(model)] == [shown]
    assert model.looked_at[0] == TEXTS[1]
    assert model.looked_at.count(TEXTS[1]) == 1


@pytest.mark.parametrize(("other", "shown"), [(1.9, True), (2.1, False)])
def test_a_sentence_that_is_not_certain_gives_way_to_a_passage_that_answers_clearly_better(
    other: float, *, shown: bool
) -> None:
    model = Ranking({TEXTS[1]: 1.0, TEXTS[2]: other}, RIGHT, NOT_FOUND, RIGHT)
    model.odds = next(odds for odds in np.arange(0, 6, 0.05) if ANSWERED + 0.02 < support(odds) < CERTAIN - 0.02)
    assert [event.sentence.supported for event in written(model)] == ([True] if shown else [False, True])
    assert TEXTS[2] in model.looked_at
    assert read(model) == ([4] if shown else [4, 1, 1])  # that one says nothing, so the quoted one has its turn


def test_nothing_is_asked_of_other_passages_where_its_own_surely_answers() -> None:
    model = Ranking({TEXTS[1]: 2.0, TEXTS[2]: 5.0}, RIGHT)
    model.odds = next(odds for odds in np.arange(0, 6, 0.05) if ANSWERED + 0.02 < support(odds) < CERTAIN - 0.02)
    assert [event.sentence.supported for event in written(model)] == [True]
    assert model.looked_at == [TEXTS[1]]


def support(odds: float) -> float:
    """Of RIGHT, when a model that judges answers says this of it."""
    (event,) = written(judging(FakeGenerator(RIGHT), odds))
    return event.sentence.support


def test_who_stopped_waits_for_no_ranking() -> None:
    model = Ranking({TEXTS[1]: 2.0}, MIXED, RIGHT)
    asked = Asked("When did the bridge open?", "en", (), "short")
    writer = Writer(
        asked,
        evidence=EVIDENCE,
        further=[],
        model=model,
        encoder=FakeEncoder(),
        should_stop=lambda: len(model.looked_at) == 1,
    )
    list(writer.write())
    assert (len(model.looked_at), read(model)) == (1, [4])


def test_a_passage_that_was_read_alone_is_not_read_alone_again() -> None:
    model = Ranking({TEXTS[0]: 3.0, TEXTS[1]: 3.0}, MIXED, RIGHT)
    writer = writer_of(model, EVIDENCE[:1], EVIDENCE[1:])
    assert [event.sentence.supported for event in writer.write() if isinstance(event, Checked)] == [False, True]
    assert model.looked_at == [TEXTS[1]]
    assert [TEXTS[number] in prompt.passages[0] for number, prompt in enumerate(model.prompts)] == [True, True]


def test_a_model_that_would_have_to_read_the_passages_anew_is_not_asked_about_them() -> None:
    model = Ranking({TEXTS[1]: 3.0}, MIXED, NOT_FOUND, RIGHT)
    model.why_plain = "passage states are switched off"
    assert [event.sentence.supported for event in written(model)] == [False, True]
    assert (model.looked_at, read(model)) == ([], [4, 1, 1])


def test_what_a_further_passage_says_is_held_against_the_nearest_ones() -> None:
    texts = ("Rain fell. The bridge at Lund cost 13 million euros.", "The bridge at Lund cost 12 million euros.")
    near, far = (
        Evidence(Passage(Article(id=text, text=text, title="News", language="en"), 0, len(text)), 0.9) for text in texts
    )
    model = Ranking({texts[1]: 3.0}, "The bridge at Lund cost 15 million euros.", texts[1])
    writer = writer_of(model, [near], [far], "What did the bridge at Lund cost?")
    events = [event for event in writer.write() if isinstance(event, Checked)]
    assert [citation.quote for event in events for citation in event.citations] == [texts[1], texts[0][11:]]
    assert events[-1].conflict is not None


def test_nobody_is_asked_about_a_number_that_is_nowhere() -> None:
    model = judging(FakeGenerator("The bridge over the river opened in 1850."), 8.0)
    assert not any(event.sentence.supported for event in written(model))
    assert {prompt.system for prompt in model.judged} == {RELEVANCE_HEAD}
