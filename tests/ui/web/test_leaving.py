"""Answers that are left while they grow: each is kept once, in the conversation that it was asked in."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from rag import Database, Library
from tests.fakes import FakeEncoder, FakeGenerator
from tests.ui.web.chats import ANSWER, BRIDGE, QUESTION
from ui.web.chat import ChatPlace
from ui.web.context import Context, Shared
from ui.web.conversations import Conversations
from ui.web.exchange import Conversation
from ui.web.memory import open_memory
from ui.web.turns import Turns

ANA = gr.Request(username="ana", session_hash="page", headers={})


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Database]:
    opened = open_memory(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def place(tmp_path: Path, memory: Database) -> Iterator[ChatPlace]:
    with Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=FakeGenerator(ANSWER)) as library:
        library.add(BRIDGE)
        with gr.Blocks():
            yield ChatPlace(Context(library, memory, Turns()), Shared.made())


def asked(place: ChatPlace, conversation: Conversation, page: gr.Request = ANA) -> Any:
    values = {place._conversation: conversation, place._question: QUESTION, place.drawer.search: ""}
    return place._asked({place._shared.scope: None, place._editing: None, **values}, page)


def stored(memory: Database) -> dict[str, list[str]]:
    conversations = Conversations(memory, "ana")
    loaded = (conversations.load(each.id) for each in conversations.listed())
    return {each.title: [exchange.question for exchange in each.exchanges] for each in loaded if each}


def stored_questions(memory: Database) -> list[list[str]]:
    conversations = Conversations(memory, "ana")
    loaded = (conversations.load(each.id) for each in conversations.listed())
    return [[exchange.question for exchange in each.exchanges] for each in loaded if each]


def another(memory: Database) -> Conversation:
    other = Conversation()
    other.ask("Another?")
    other.stop()
    Conversations(memory, "ana").keep(other, other.exchanges[-1])
    return other


def open_instead(place: ChatPlace, conversation: Conversation, other: Conversation) -> None:
    event: Any = SimpleNamespace(id=other.id)
    place._open(conversation, "", ANA, event)


def test_a_page_that_is_closed_at_once_leaves_its_question(place: ChatPlace, memory: Database) -> None:
    conversation = Conversation()
    growing = asked(place, conversation)
    next(growing)
    growing.close()
    assert not conversation.busy
    assert stored(memory) == {QUESTION: [QUESTION]}


def test_a_page_that_is_gone_leaves_its_own_answer_alone(place: ChatPlace, memory: Database) -> None:
    """Two windows that go on with one conversation."""
    kept = another(memory)
    here, there = (Conversations(memory, "ana").load(kept.id) or Conversation() for _ in range(2))
    gone = gr.Request(username="ana", session_hash="another page", headers={})
    growing, left = asked(place, here), asked(place, there, gone)
    next(growing)
    next(left)
    place.close(gone)
    assert here.busy
    assert not there.busy
    list(left)
    place.close(ANA)
    assert not here.busy, "it was still known to grow"
    list(growing)
    assert sorted(map(len, stored_questions(memory))) == [2, 2]


@pytest.mark.parametrize("steps", range(1, 7))
def test_a_conversation_that_is_opened_meanwhile_stays_as_it_was(
    place: ChatPlace, memory: Database, steps: int
) -> None:
    conversation, other = Conversation(), another(memory)
    growing = asked(place, conversation)
    for _ in zip(range(steps), growing, strict=False):
        pass
    open_instead(place, conversation, other)
    list(growing)
    assert conversation == other
    assert stored(memory) == {QUESTION: [QUESTION], "Another?": ["Another?"]}


def test_one_that_is_opened_while_the_end_is_drawn_takes_nothing_and_loses_nothing(
    place: ChatPlace, memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, other = Conversation(), another(memory)
    draw = place._newest

    def opened_first(current: Conversation, who: Any) -> Any:
        if current.last and current.last.answer:
            monkeypatch.setattr(place, "_newest", draw)
            open_instead(place, conversation, other)
        return draw(current, who)

    monkeypatch.setattr(place, "_newest", opened_first)
    assert list(asked(place, conversation))
    assert conversation == other
    assert stored(memory) == {QUESTION: [QUESTION], "Another?": ["Another?"]}
    kept = [Conversations(memory, "ana").load(each.id) for each in Conversations(memory, "ana").listed()]
    assert any(each and each.exchanges[-1].answer for each in kept)
