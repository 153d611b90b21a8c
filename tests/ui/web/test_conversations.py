"""What is kept of conversations: read back as it was stored, each owner's own, and whole after a kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import Place, PlaceKind, Section, SectionKind
from rag import Conflict, Database, Filters, LibraryError, ModelNames, Sentence, Timing
from ui.web.conversations import TITLE, Conversations, forget_deleted, judged
from ui.web.exchange import Conversation, Exchange, Origin, Outcome, Problem, Quote
from ui.web.memory import NAME, open_memory
from ui.web.records import from_json, to_json

ROOT = Path(__file__).parents[3]

TEXT = st.text(st.characters(codec=None), max_size=20)  # with NUL and halves of characters
SOME = st.none() | TEXT
COUNT = st.integers(0, 10_000)
SECONDS = st.floats(0, 1e6)
PLACES = st.builds(Place, TEXT, TEXT, SOME, SOME, SOME, SOME, st.sampled_from(PlaceKind))
ORIGINS = st.builds(
    Origin, TEXT, TEXT, SOME, SOME, TEXT, SOME, SOME, SOME, SOME, st.lists(PLACES, max_size=1).map(tuple)
)
TEASERS = st.none() | st.builds(Section, st.just(SectionKind.TEASER), TEXT, COUNT, COUNT)
QUOTES = st.lists(st.builds(Quote, ORIGINS, COUNT, COUNT, TEXT, TEASERS, COUNT), max_size=2).map(tuple)
SENTENCES = st.builds(
    Sentence,
    TEXT,
    st.lists(COUNT, max_size=2).map(tuple),
    st.floats(0, 1),
    supported=st.booleans(),
    missing=st.lists(TEXT, max_size=2).map(tuple),
)
OUTCOMES = st.builds(
    Outcome,
    TEXT,
    TEXT,
    st.booleans(),
    st.builds(Timing, SECONDS, st.none() | SECONDS, SECONDS),
    st.builds(ModelNames, TEXT, TEXT),
    st.lists(st.builds(Conflict, COUNT, COUNT), max_size=1).map(tuple),
)
WORDS = st.lists(TEXT, max_size=2).map(tuple)
SCOPES = st.none() | st.builds(Filters, WORDS, WORDS, st.none() | st.just("2024"), st.none(), WORDS)
EXCHANGES = st.builds(
    Exchange,
    number=st.just(1),
    question=TEXT,
    evidence=st.none() | QUOTES,
    sentences=st.lists(SENTENCES, max_size=2).map(tuple),
    citations=QUOTES,
    answer=st.none() | OUTCOMES,
    problem=st.none() | st.builds(Problem, TEXT, TEXT, TEXT),
    stopped=st.booleans(),
    scope=SCOPES,
    thumb=st.none() | st.booleans(),
    note=TEXT,
)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Database]:
    opened = open_memory(tmp_path)
    yield opened
    opened.close()


def asked(*questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        conversation.ask(question)
        conversation.stop()
    return conversation


def kept(memory: Database, *questions: str, owner: str = "") -> Conversation:
    conversation = asked(*questions)
    for exchange in conversation.exchanges:
        Conversations(memory, owner).keep(conversation, exchange)
    return conversation


@given(EXCHANGES)
def test_an_exchange_is_read_back_as_it_was(exchange: Exchange) -> None:
    assert from_json(to_json(exchange)) == exchange


@given(EXCHANGES, SCOPES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_a_conversation_is_read_back_as_it_was(memory: Database, exchange: Exchange, scope: Filters | None) -> None:
    conversation = Conversation(exchanges=[exchange], scope=scope)
    conversations = Conversations(memory)
    conversations.keep(conversation, exchange)
    assert conversations.load(conversation.id) == conversation
    assert conversation.id in [each.id for each in conversations.listed()]
    conversations.delete(conversation.id)


def test_the_newest_conversation_comes_first_under_its_first_question(memory: Database) -> None:
    kept(memory, "When did it open?", "And who came?")
    kept(memory, "What\n does  it cost? " + "x" * TITLE)
    listed = Conversations(memory).listed()
    assert [each.questions for each in listed] == [1, 2]
    assert listed[0].title.startswith("What does it cost? xxx")
    assert len(listed[0].title) == TITLE
    assert listed[1].title == "When did it open?"


def test_a_search_finds_all_words_wherever_they_stand(memory: Database) -> None:
    first = kept(memory, "When did the Bridge open?", "Qui était là, à Évry ?")
    kept(memory, "Vad kostar bron? 100%_")
    conversations = Conversations(memory)
    for search in ("bridge", "OPEN évry", "  là  bridge ", "rid"):
        assert [each.id for each in conversations.listed(search)] == [first.id], search
    assert [each.title for each in conversations.listed("0%_")] == ["Vad kostar bron? 100%_"]
    for search in ("bridge bron", "%d%", "_"):
        assert first.id not in [each.id for each in conversations.listed(search)], search
    conversations.rename(first.id, "Inauguration")
    assert [each.id for each in conversations.listed("inaugu")] == [first.id]


def test_a_name_that_was_given_stays(memory: Database) -> None:
    conversation, conversations = kept(memory, "When?"), Conversations(memory)
    assert conversations.rename(conversation.id, "  The\nbridge ") == "The bridge"
    assert conversations.rename(conversation.id, " \n") == "The bridge"
    conversations.keep(conversation, conversation.exchanges[0])
    assert [each.title for each in conversations.listed()] == ["The bridge"]


def test_what_was_deleted_can_be_brought_back_until_the_chat_starts_anew(memory: Database) -> None:
    first, second = kept(memory, "First?"), kept(memory, "Second?")
    conversations = Conversations(memory)
    for each in (first, second):
        conversations.delete(each.id)
    assert (conversations.listed(), conversations.load(first.id)) == ([], None)
    conversations.restore(first.id)
    assert conversations.load(first.id) == first
    forget_deleted(memory)
    conversations.restore(second.id)
    assert [each.id for each in conversations.listed()] == [first.id]
    assert memory.all("SELECT count(*) FROM exchanges") == [(1,)]


def test_nobody_sees_or_changes_the_conversations_of_another(memory: Database) -> None:
    theirs, mine = kept(memory, "Theirs?", owner="anna"), Conversations(memory, "bo")
    assert (mine.listed(), mine.listed("theirs"), mine.load(theirs.id)) == ([], [], None)
    mine.rename(theirs.id, "Mine")
    mine.delete(theirs.id)
    mine.rewrite(theirs, Exchange(1, "Changed?"))
    with pytest.raises(LookupError):
        mine.keep(theirs, Exchange(1, "Changed?"))
    assert Conversations(memory, "anna").load(theirs.id) == theirs


def test_a_question_that_was_edited_replaces_what_came_after_it(memory: Database) -> None:
    conversation, conversations = kept(memory, "First?", "Second?", "Third?"), Conversations(memory)
    edited = conversation.ask("Second, better?", instead_of=2)
    stored = conversations.load(conversation.id)
    assert stored is not None
    assert len(stored.exchanges) == 3, "until the new one is answered, the old ones are kept"
    conversation.stop()
    conversations.keep(conversation, conversation.exchanges[-1])
    stored = conversations.load(conversation.id)
    assert stored is not None
    assert [each.question for each in stored.exchanges] == ["First?", edited.question]


def test_thumbs_of_all_owners_are_found(memory: Database) -> None:
    for owner, thumb in (("", True), ("anna", False), ("bo", None)):
        conversation = kept(memory, f"{owner}?", owner=owner)
        exchange = conversation.judge(1, thumb=thumb, note=owner)
        assert exchange is not None
        Conversations(memory, owner).rewrite(conversation, exchange)
    assert [(each.question, each.thumb, each.note) for each in judged(memory)] == [
        ("?", True, ""),
        ("anna?", False, "anna"),
    ]


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    memory = open_memory(tmp_path)
    with memory.writing() as db:
        db.execute("PRAGMA user_version = 99")
    memory.close()
    with pytest.raises(LibraryError, match="newer"):
        open_memory(tmp_path)


KEEPS = """
import sys
from pathlib import Path
from ui.web.conversations import Conversations
from ui.web.exchange import Conversation
from ui.web.memory import open_memory
conversations, conversation = Conversations(open_memory(Path(sys.argv[1]))), Conversation()
for number in range(1, 10_000):
    conversation.ask(f"Question {number}? " + "word " * 400)
    conversation.stop()
    conversations.keep(conversation, conversation.exchanges[-1])
    print(number, flush=True)
"""


@pytest.mark.parametrize("told", [1, 7, 40])
def test_what_was_kept_before_a_kill_is_there_after_it(tmp_path: Path, told: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= told:
            break
    os.kill(process.pid, signal.SIGKILL)
    told = max([told, *map(int, process.stdout.read().split())])
    process.wait()
    memory = open_memory(tmp_path)
    memory.check()
    conversations = Conversations(memory)
    (listed,) = conversations.listed()
    conversation = conversations.load(listed.id)
    memory.close()
    assert conversation is not None
    numbers = [each.number for each in conversation.exchanges]
    assert numbers == list(range(1, len(numbers) + 1))
    assert told <= len(numbers) <= told + 1
    assert (tmp_path / NAME).exists()


def test_going_on_with_a_conversation_that_another_window_deleted_brings_it_back(memory: Database) -> None:
    conversations = Conversations(memory)
    conversation = asked("When?")
    conversations.keep(conversation, conversation.exchanges[-1])
    conversations.delete(conversation.id)
    conversation.ask("Where?")
    conversation.stop()
    conversations.keep(conversation, conversation.exchanges[-1])
    forget_deleted(memory)
    assert [(each.id, each.questions) for each in conversations.listed()] == [(conversation.id, 2)]


def test_two_windows_that_go_on_with_one_conversation_keep_both_answers(memory: Database) -> None:
    conversations, first = Conversations(memory, "ana"), kept(memory, "When?", owner="ana")
    second = Conversations(memory, "ana").load(first.id)
    assert second is not None
    for window, question in ((first, "Where?"), (second, "Who?"), (first, "Why?"), (second, "How?")):
        window.ask(question)
        window.stop()
        conversations.keep(window, window.exchanges[-1])
    assert first.id != second.id
    for window, questions in ((first, ["When?", "Where?", "Why?"]), (second, ["When?", "Who?", "How?"])):
        stored = conversations.load(window.id)
        assert stored == window
        assert [each.question for each in stored.exchanges] == questions


def test_a_thumb_from_a_window_that_was_left_behind_goes_to_its_own_answer_alone(memory: Database) -> None:
    conversations, first = Conversations(memory), kept(memory, "When?", "Where?")
    second = conversations.load(first.id)
    assert second is not None
    first.ask("Where, exactly?", instead_of=2)
    first.stop()
    conversations.keep(first, first.exchanges[-1])
    for number in (1, 2):
        judged_here = second.judge(number, thumb=True)
        assert judged_here is not None
        conversations.rewrite(second, judged_here)
    stored = conversations.load(first.id)
    assert stored is not None
    told = [(each.question, each.thumb) for each in stored.exchanges]
    assert told == [("When?", True), ("Where, exactly?", None)]
