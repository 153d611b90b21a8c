"""Judged answers become a set of questions that the evaluation reads."""

from dataclasses import replace
from pathlib import Path

import pytest

from documents import Article, Passage
from eval.datasets import load_dataset
from eval.questions import GoldQuote
from rag import Answer, Citation, Evidence, ModelNames, Sentence, Timing
from tests.ui.cli.shell import Shell
from ui.web.conversations import Conversations
from ui.web.exchange import Conversation, Exchange
from ui.web.memory import open_memory
from ui.web.thumbs import drafted

ARTICLE = Article("a1", "The bridge opened in 2019. It is red.", "A bridge", language="en")
ANSWER = Answer(
    question="When?",
    language="en",
    text="The bridge opened in 2019. [1]",
    sentences=(Sentence("The bridge opened in 2019.", (1,), 0.9, supported=True),),
    citations=(Citation(1, ARTICLE, 0, 26), Citation(2, ARTICLE, 0, 26)),
    evidence=(Evidence(Passage(ARTICLE, 0, 36), 0.9),),
    abstained=False,
    timing=Timing(0.1, 0.5, 1.0),
    model=ModelNames("llm", "embedding"),
)
GOOD = replace(Exchange(1, "When did the bridge open?").after(ANSWER), thumb=True, note="right")
BAD = replace(Exchange(2, "And its colour?").after(ANSWER), thumb=False, note="It is red.")
NONE = replace(Exchange(1, "What did it cost?").after(replace(ANSWER, abstained=True, citations=())), thumb=True)


def test_a_good_answer_gives_its_quotes_and_a_bad_one_its_question_alone() -> None:
    good, bad, none = (line.question for line in drafted([GOOD, BAD, NONE]))
    assert good.quotes == (GoldQuote("a1", "The bridge opened in 2019."),)
    assert (good.tags, good.answerable) == (("thumb-up",), True)
    assert (bad.quotes, bad.tags, bad.answerable) == ((), ("thumb-down", "follow-up"), True)
    assert (none.quotes, none.tags, none.answerable) == ((), ("thumb-up",), False)


def test_a_question_that_was_judged_again_stands_there_once_and_one_without_an_answer_not_at_all() -> None:
    lines = drafted([GOOD, replace(GOOD, thumb=False), replace(GOOD, question="Else?", answer=None)])
    assert [(line.question.question, line.question.tags) for line in lines] == [(GOOD.question, ("thumb-down",))]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(monkeypatch, capsys, tmp_path)


def test_the_command_writes_a_set_that_the_evaluation_reads(shell: Shell, tmp_path: Path) -> None:
    library, out = tmp_path / "library", tmp_path / "judged.jsonl"
    library.mkdir(exist_ok=True)
    nothing = shell.run("eval", "thumbs", library, "--out", out)
    assert (nothing.code, nothing.out, out.exists()) == (1, "", False)
    memory = open_memory(library)
    for exchange in (GOOD, NONE):
        conversation = Conversation(exchanges=[exchange])
        Conversations(memory, "anna").keep(conversation, exchange)
    memory.close()
    ended = shell.run("eval", "thumbs", library, "--out", out)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(f"then run: dossier eval --set {out} --library {library}\n")
    questions = load_dataset(str(out)).questions
    assert [each.question for each in questions] == [GOOD.question, NONE.question]
    assert questions[0].quotes == (GoldQuote("a1", "The bridge opened in 2019."),)
    assert '"note": "right"' in out.read_text(encoding="utf-8")
