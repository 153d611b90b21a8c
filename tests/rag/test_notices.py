"""How an answer says that another article says otherwise."""

import pytest

from documents import Article, Passage
from rag import prompt
from rag.answer import Answer, Checked, Conflict, Event, Evidence
from rag.ask import stream
from rag.prompt import otherwise
from tests.fakes import FakeEncoder, FakeGenerator

COST = "The bridge at Lund cost 12 million euros."


def evidence(text: str, name: str = "a") -> Evidence:
    return Evidence(Passage(Article(id=name, text=text, title="News", language="en"), 0, len(text)), 0.9)


def events(reply: str, *items: Evidence, question: str = "What did the bridge cost?") -> list[Event]:
    return list(
        stream(
            question,
            retrieve=lambda _: items,
            k=4,
            encoder=FakeEncoder(),
            generator=lambda: FakeGenerator(reply),
        )
    )


BOTH = evidence(COST), evidence("Rain fell. The bridge at Lund cost 13 million euros.", "b")


def test_an_answer_says_that_another_article_says_otherwise_and_quotes_both() -> None:
    *_, stated, notice, last = events(COST, *BOTH)
    assert isinstance(last, Answer)
    assert isinstance(stated, Checked)
    assert isinstance(notice, Checked)
    assert last.text == f"{COST} [1] Another article says otherwise. [2]"
    assert [citation.quote for citation in last.citations] == [COST, "The bridge at Lund cost 13 million euros."]
    assert [citation.article.id for citation in last.citations] == ["a", "b"]
    assert last.conflicts == (Conflict(1, 2),)
    assert (notice.sentence.supported, notice.sentence.support, notice.sentence.citations) == (True, 1.0, (2,))
    assert last.to_dict()["sentences"][1]["text"] == "Another article says otherwise."


def test_a_quote_that_stands_for_the_answer_is_contradicted_too() -> None:
    high = "The bridge at Lund is 96 metres high."
    generator = FakeGenerator(high, high)  # though asked in Swedish
    *_, last = stream(
        "Hur hög är bron i Lund egentligen?",
        retrieve=lambda _: (evidence(high), evidence("The bridge at Lund is 69 metres high.", "b")),
        k=4,
        encoder=FakeEncoder(),
        generator=lambda: generator,
    )
    assert isinstance(last, Answer)
    assert last.text == f"{high} [1] {otherwise('sv')} [2]"


def test_articles_that_agree_are_not_set_against_each_other() -> None:
    last = events(COST, BOTH[0], evidence("Rain fell. The bridge at Lund cost 12 million euros.", "b"))[-1]
    assert isinstance(last, Answer)
    assert last.conflicts == ()
    assert last.text == f"{COST} [1]"


def test_nothing_contradicts_a_sentence_that_is_withdrawn() -> None:
    last = events("The bridge at Lund cost 14 million euros.", *BOTH)[-1]
    assert isinstance(last, Answer)
    assert last.abstained
    assert last.conflicts == ()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Vad kostade bron i Lund att bygga egentligen?", "sv"),
        ("Combien le pont de la ville a-t-il coûté en tout ?", "fr"),
    ],
)
def test_the_notice_is_in_the_language_of_the_question(question: str, language: str) -> None:
    items = evidence("The bridge at Lund is 96 metres high."), evidence("The bridge at Lund is 69 metres high.", "b")
    last = events("Bridge, Lund: 96 metres high.", *items, question=question)[-1]
    assert isinstance(last, Answer)
    assert last.language == language
    assert otherwise(language) in last.text
    assert otherwise(language) != otherwise("en")


def test_every_language_of_the_refusals_has_its_notice() -> None:
    assert prompt._OTHERWISE.keys() == prompt._REFUSALS.keys()
    assert otherwise("nb") == otherwise("no")
    assert otherwise("xx") == otherwise("en")
