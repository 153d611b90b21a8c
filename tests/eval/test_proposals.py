"""A proposed question is kept only when its answer stands in the passage and the passage gives it again."""

import pytest

from documents import Article, Passage
from eval.proposals import SYSTEM, Dropped, Proposal, Proposer, is_copy, parsed, verbatim
from rag import Evidence
from tests.fakes import FakeEncoder, FakeGenerator

TEXT = "The bridge over the river opened in 2019. The mayor spoke at the school. It cost 1 200 million."
PASSAGE = Passage(Article(id="a", text=TEXT, title="The bridge", language="en"), 0, len(TEXT))
ASKED = "When did the bridge over the river open?"
SAID = "The bridge over the river opened in 2019."


def proposed(*replies: str, language: str = "en") -> Proposal | Dropped:
    return Proposer(FakeGenerator(*replies), FakeEncoder()).propose(PASSAGE, language)


def test_a_question_is_kept_when_its_passage_answers_it_again() -> None:
    generator = FakeGenerator(f"Question: {ASKED}\nAnswer: 2019.", f"{SAID} [1]")
    proposal = Proposer(generator, FakeEncoder()).propose(PASSAGE, "en")
    assert proposal == Proposal(ASKED, "en", ("2019",), SAID, PASSAGE)
    drafted, answered = generator.prompts
    assert (drafted.system, drafted.passages) == (SYSTEM, answered.passages)
    assert drafted.question.startswith("Write one question in English")
    assert answered.question.startswith(f"Question: {ASKED}")
    assert len(answered.passages) == 1


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        (["I cannot do that."], Dropped.NO_FACT),
        (["Question: Who?\nAnswer: the mayor"], Dropped.NO_FACT),
        ([f"Question: {ASKED}\nAnswer: 2020"], Dropped.NO_FACT),
        ([f"Question: {ASKED}\nAnswer: 201"], Dropped.NO_FACT),
        ([f"Question: {ASKED}\nAnswer: {TEXT}"], Dropped.NO_FACT),
        (["Question: Did the bridge over the river open in 2019?\nAnswer: 2019"], Dropped.TELLING),
        (["Question: The bridge over the river opened?\nAnswer: 2019"], Dropped.COPY),
        (["Question: Vilket år öppnade bron över floden, sade han?\nAnswer: 2019"], Dropped.FOREIGN),
        ([f"Question: {ASKED}\nAnswer: 2019", "NOT FOUND"], Dropped.NOT_ANSWERED),
        ([f"Question: {ASKED}\nAnswer: 2019", "It opened in 2020."], Dropped.NOT_ANSWERED),
        ([f"Question: {ASKED}\nAnswer: 2019", "The train of 17 May 2019 cost 44 million."], Dropped.NOT_ANSWERED),
    ],
)
def test_why_a_question_is_dropped(replies: list[str], reason: Dropped) -> None:
    assert proposed(*replies) is reason


def test_a_date_may_be_answered_in_another_form() -> None:
    text = "The bridge over the river opened on 1 December 1990. The mayor spoke at the school."
    passage = Passage(Article(id="a", text=text, title="", language="en"), 0, len(text))
    said = "The bridge over the river opened on December 1, 1990."
    proposer = Proposer(FakeGenerator(f"Question: {ASKED}\nAnswer: On 1 December 1990.", said), FakeEncoder())
    proposal = proposer.propose(passage, "en")
    assert isinstance(proposal, Proposal)
    assert (proposal.gold, proposal.sentence) == ("1 December 1990", said)
    assert proposal.answers == ("1 December 1990", "December 1, 1990", "1/12/1990", "1990-12-01")
    telling = FakeGenerator("Question: Who opened the bridge on December 1, 1990?\nAnswer: 1 December 1990")
    assert Proposer(telling, FakeEncoder()).propose(passage, "en") is Dropped.TELLING


def test_what_other_evidence_supports_is_told() -> None:
    proposal = Proposal(ASKED, "en", ("2019",), SAID, PASSAGE)
    proposer = Proposer(FakeGenerator(), FakeEncoder())
    assert proposer.is_supported(proposal, (Evidence(PASSAGE, 1.0),))
    assert not proposer.is_supported(proposal, ())
    other = Article(id="b", text="The train to the school has run since 2024.", title="", language="en")
    assert not proposer.is_supported(proposal, (Evidence(Passage(other, 0, len(other.text)), 1.0),))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Question: When?\nAnswer: 2019.", ("When?", "2019")),
        ("**Question:** When?\n\n**Answer:** “in 2019”", ("When?", "in 2019")),
        ("Q: When?\nA: 2019", ("When?", "2019")),
        ("Question : Quand ?\nRéponse : 2019", ("Quand ?", "2019")),
        ("Câu hỏi: Khi nào?\nTrả lời: 2019", ("Khi nào?", "2019")),
        ("When? 2019", ("When?", "2019")),
        ("Here you are:\nQuestion: Pont de Normandie : quand ?\n2019", ("Pont de Normandie : quand ?", "2019")),
        ("```\nQuestion: いつ？\nAnswer: 二千\n```", ("いつ？", "二千")),
        ("Question: When?", ("When?", "")),
        ("It opened in 2019.", ("", "")),
        ("", ("", "")),
    ],
)
def test_two_lines_are_read_however_they_are_marked(text: str, pair: tuple[str, str]) -> None:
    assert parsed(text) == pair


@pytest.mark.parametrize(
    ("answer", "gold"),
    [
        ("THE MAYOR", "The mayor"),
        ("1 200 million", "1 200 million"),
        ("1\u00a0200  million", "1 200 million"),
        ("200", "200"),
        ("20", ""),
        ("bridges", ""),
        ("bridg", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_gold_answer_is_the_passages_own_words(answer: str, gold: str) -> None:
    assert verbatim(answer, TEXT) == gold


def test_scripts_without_spaces_have_no_edges_of_words() -> None:
    assert verbatim("二千年", "橋は二千年に開いた。") == "二千年"


def test_a_copy_has_most_of_its_words_in_a_row() -> None:
    assert is_copy("The bridge over the river opened in what?", TEXT)
    assert not is_copy("In what year was it that the bridge over the river opened?", TEXT)
    assert not is_copy(ASKED, TEXT)
