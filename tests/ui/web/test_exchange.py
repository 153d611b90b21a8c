"""What the chat remembers of a conversation, event by event."""

from documents import Article, Passage
from rag import Answer, Checked, Citation, Draft, Evidence, Found, ModelNames, Sentence, Timing, Turn
from ui.web.exchange import Conversation, Exchange, Problem, Quote

ARTICLE = Article("a1", "The bridge opened in 2019. It is red.", "A bridge")
EVIDENCE = (Evidence(Passage(ARTICLE, 0, len(ARTICLE.text)), 0.9),)
SENTENCE = Sentence("The bridge opened in 2019.", (1,), 0.9, supported=True)
GUESS = Sentence("It cost a million.", (), 0.1, supported=False)
CITATION = Citation(1, ARTICLE, 0, 26)
ANSWER = Answer(
    question="When?",
    language="en",
    text="The bridge opened in 2019. [1]",
    sentences=(SENTENCE, GUESS),
    citations=(CITATION,),
    evidence=EVIDENCE,
    abstained=False,
    timing=Timing(0.1, 0.5, 1.0),
    model=ModelNames("llm", "embedding"),
)


def test_an_exchange_grows_with_each_event() -> None:
    exchange = Exchange(1, "When?").after(Found(EVIDENCE))
    assert exchange.evidence == tuple(map(Quote.found, EVIDENCE))
    exchange = exchange.after(Draft("The bridge"))
    assert exchange.draft == "The bridge"
    exchange = exchange.after(Checked(SENTENCE, (CITATION,)))
    assert (exchange.draft, exchange.supported, exchange.citations) == ("", (SENTENCE,), (Quote.cited(CITATION),))
    exchange = exchange.after(Checked(GUESS, ()))
    assert (exchange.supported, exchange.withdrawn, exchange.over) == ((SENTENCE,), 1, False)
    exchange = exchange.after(ANSWER)
    assert (exchange.sentences, exchange.over) == ((SENTENCE, GUESS), True)


def test_a_failure_and_a_stop_keep_what_was_confirmed_and_drop_the_draft() -> None:
    exchange = Exchange(1, "When?").after(Checked(SENTENCE, (CITATION,))).after(Draft("It co"))
    for ended in (exchange.failed(Problem("No.")), exchange.stop()):
        assert (ended.supported, ended.draft, ended.over) == ((SENTENCE,), "", True)


def test_a_step_that_comes_after_the_stop_changes_nothing() -> None:
    conversation = Conversation()
    late = conversation.ask("When?").after(Draft("The"))
    conversation.stop()
    conversation.put(late)
    assert conversation.last is not None
    assert conversation.last.stopped
    conversation.ask("And how?")
    conversation.put(late)
    assert conversation.last == Exchange(2, "And how?")


def test_only_answered_questions_are_history() -> None:
    conversation = Conversation()
    conversation.put(conversation.ask("When?").after(ANSWER))
    conversation.put(conversation.ask("What?").failed(Problem("No.")))
    conversation.ask("And now?")
    assert conversation.history() == (Turn("When?", ANSWER.text),)
    assert conversation.busy


def test_what_was_asked_before_grows_no_more_once_something_else_is_asked_or_opened() -> None:
    conversation = Conversation()
    conversation.ask("First?")
    first = conversation.rounds
    assert conversation.grows(first)
    conversation.stop()
    conversation.ask("Second?")
    assert not conversation.grows(first)
    second = conversation.rounds
    assert conversation.grows(second)
    other = Conversation("c2", "Other")
    other.ask("Of the other?")
    conversation.become(other)
    assert not conversation.grows(second)
    assert (conversation, conversation.exchanges is other.exchanges) == (other, False)


def test_a_question_that_replaces_another_takes_its_number_and_those_after_it_go() -> None:
    conversation = Conversation()
    for question in ("First?", "Second?", "Third?"):
        conversation.put(conversation.ask(question).stop())
    conversation.ask("Second, better?", instead_of=2)
    assert [(each.number, each.question) for each in conversation.exchanges] == [(1, "First?"), (2, "Second, better?")]


def test_a_thumb_and_a_note_stay_with_the_exchange_that_is_over() -> None:
    conversation = Conversation()
    conversation.ask("When?")
    assert conversation.judge(1, thumb=True) is None, "nothing to judge yet"
    conversation.stop()
    judged = conversation.judge(1, thumb=False, note="It opened in 2018.")
    assert judged is not None
    assert (judged.thumb, judged.note, conversation.last) == (False, "It opened in 2018.", judged)
    assert conversation.judge(2, thumb=True) is None


def test_a_quote_keeps_what_is_shown_of_its_article() -> None:
    quote = Quote.cited(CITATION)
    assert (quote.number, quote.quote, quote.article.id) == (1, ARTICLE.text[0:26], "a1")
