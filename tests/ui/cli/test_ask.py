"""The command ask, with fakes for models."""

import re
from io import StringIO

import pytest
from rich.console import Console

from rag import Answer, ModelNames, Sentence, Timing
from tests.ui.cli.shell import BRIDGE, TRAIN, Shell
from ui.cli.terminal import AnswerPrinter

QUESTION = "Did the bridge over the river open in 2019?"
REPLY = "The bridge over the river opened in 2019."
GUESS = "The bridge over the river cost 99 million in 1875."


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.write("bridge.txt", BRIDGE)
    shell.write("train.txt", TRAIN)
    assert shell.run("add", shell.folder).code == 0
    return shell


def test_ask_prints_titles_then_sentences_then_quotes(filled: Shell) -> None:
    ended = filled.ask(QUESTION, REPLY)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        f"{REPLY} [1]",
        "",
        f"[1] “{REPLY}”",
        "    bridge",
        f"    {filled.folder / 'bridge.txt'}",
    ]
    assert "Reading: bridge" in ended.err


def test_a_model_that_does_not_exist_is_told_before_anything_is_looked_for(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_MODEL", "nonsense")
    ended = filled.ask(QUESTION, REPLY)
    assert ended.code == 1
    assert "There is no model 'nonsense'" in ended.err
    assert "Reading" not in ended.err


def test_a_question_without_quotes_is_one_question(filled: Shell) -> None:
    filled.generator.replies = [REPLY, REPLY]
    assert filled.run("ask", *QUESTION.split()).out == filled.run("ask", QUESTION).out
    first, second = filled.generator.prompts
    assert first == second
    assert QUESTION in first.question


def test_ask_says_how_many_sentences_it_left_out(filled: Shell) -> None:
    ended = filled.ask(QUESTION, f"{REPLY} {GUESS}")
    assert "1875" not in ended.out + ended.err
    told = "1 sentence was left out: no passage that was found supports it (shown with --drafts)"
    assert ended.err.endswith(f"\n{told}\n")


@pytest.mark.parametrize("confirmed", [f"{REPLY} ", ""])
def test_drafts_shows_what_was_left_out_marked_and_apart_from_the_answer(filled: Shell, confirmed: str) -> None:
    ended = filled.ask(QUESTION, confirmed + GUESS, "--drafts")
    assert ended.out == filled.ask(QUESTION, confirmed + GUESS).out
    assert "1875" not in ended.out
    assert ended.err.endswith(f"\nLeft out: {GUESS} (not in the quote: 99 million, 1875)\n")


def test_a_sentence_without_facts_that_no_quote_supports_says_so(filled: Shell) -> None:
    guess = "Nobody ever liked its colour."
    assert filled.ask(QUESTION, guess, "--drafts").err.endswith(f"\nLeft out: {guess} (no quote supports it)\n")


def test_what_was_left_out_is_struck_through_on_a_terminal_and_tells_it_nothing() -> None:
    out, missing = StringIO(), ("9\x1b[2J\u202e", "7")
    notes = Console(file=out, force_terminal=True, color_system="standard", width=200)
    hostile = Sentence("It \x1b]0;owned\x07cost\r\n 9\u202e.", (), 0.1, supported=False, missing=missing)
    answer = Answer("What?", "en", "Nothing.", (hostile,), (), (), True, Timing(0, 0, 0), ModelNames("", ""))  # noqa: FBT003
    AnswerPrinter(Console(file=StringIO()), notes, drafts=True).show([answer])
    printed = out.getvalue()
    assert re.sub(r"\x1b\[[\d;]*m", "", printed) == "\nLeft out: It ]0;ownedcost 9. (not in the quote: 9[2J, 7)\n"
    assert re.findall(r"\x1b\[[\d;]*9m([^\x1b]*)", printed) == ["It ]0;ownedcost 9."]


def test_drafts_of_an_answer_that_is_all_confirmed_adds_nothing(filled: Shell) -> None:
    assert filled.ask(QUESTION, REPLY, "--drafts") == filled.ask(QUESTION, REPLY)


def test_drafts_says_so_when_the_model_wrote_nothing(filled: Shell) -> None:
    ended = filled.ask(QUESTION, "NOT FOUND", "--drafts")
    assert ended.err.endswith("\nNothing was left out: the model wrote nothing.\n")
    assert ended.out == filled.ask(QUESTION, "NOT FOUND").out


def test_ask_json_is_the_answer_and_nothing_else(filled: Shell) -> None:
    answer = filled.ask(QUESTION, REPLY, "--json").json
    assert list(answer) == [
        "question",
        "language",
        "text",
        "abstained",
        "sentences",
        "citations",
        "evidence",
        "timing",
        "model",
    ]
    (citation,) = answer["citations"]
    text = filled.run("show", citation["article"]["id"], "--json").json["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"] == REPLY
    assert answer["model"] == {"llm": "fake-generator", "embedding": "fake-encoder"}


def test_an_abstention_is_an_answer(filled: Shell) -> None:
    ended = filled.ask(QUESTION, "NOT FOUND")
    assert ended.code == 0
    assert ended.out.startswith("The articles do not answer this.")
    assert "- The bridge over the river" in ended.out  # the nearest passage
    assert filled.ask(QUESTION, "NOT FOUND", "--json").json["abstained"] is True


def test_ask_of_an_empty_library_says_how_to_begin(shell: Shell) -> None:
    shell.empty_library()
    ended = shell.ask(QUESTION, REPLY)
    assert (ended.code, ended.out) == (1, "")
    assert "dossier add" in ended.err
