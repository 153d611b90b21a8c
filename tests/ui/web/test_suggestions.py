"""Questions to begin with: the articles' own, and such that the search finds the article for."""

from pathlib import Path

import pytest

from documents import Article
from rag import Library
from tests.fakes import FakeEncoder, FakeGenerator
from ui.web.suggestions import SHOWN, Suggestions
from ui.web.texts import Texts

EN, FR = Texts.of("en"), Texts.of("fr")


def article(number: int, title: str, text: str, language: str = "en") -> Article:
    return Article("", text, title, language=language, path=f"{number}.md")


def suggested(tmp_path: Path, *articles: Article, t: Texts = EN) -> tuple[str, ...]:
    with Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        if articles:
            library.add(*articles)
        return Suggestions(library).find(t)


HARBOUR = "A bridge leads to Holt Harbour. Then Holt Harbour grew, and Holt with it. Holt is far. Holt is old."
TRAIN = article(2, "Is the train late?", "Every train is late today. Nobody says why.")
ECOLE = article(3, "Le maire de Brévik", "Brévik change, selon le maire. Ainsi Brévik a une école (school).", "fr")


@pytest.mark.parametrize(
    ("title", "text", "question"),
    [
        ("The bridge of Holt Harbour", HARBOUR, "What do the articles say about Holt Harbour?"),
        ("Is the train late?", "Every train is late today.", "Is the train late?"),
        ("Bridges everywhere", "Bridges are many. Bridges are old.", None),
        ("A bridge in the EU", "The bridge is in the EU. In the EU it is old.", None),
        ("A bridge", "The bridge is old.", None),
    ],
)
def test_an_article_is_asked_what_it_answers(tmp_path: Path, title: str, text: str, question: str | None) -> None:
    assert suggested(tmp_path, article(1, title, text)) == ((question,) if question else ())


def test_all_are_in_the_language_of_the_interface_and_its_own_articles_come_first(tmp_path: Path) -> None:
    bridges = [
        article(n, f"Bridge of Town{chr(97 + n)}", f"The bridge of Town{chr(97 + n)} is in Town{chr(97 + n)}.")
        for n in range(5)
    ]
    questions = suggested(tmp_path, ECOLE, TRAIN, *bridges, t=FR)
    assert len(questions) == SHOWN
    assert questions[0] == "Que disent les articles à propos de «\u202fBrévik\u202f»\u202f?"
    assert all("Que disent" in question and "Town" in question for question in questions[1:])


def test_there_are_none_without_articles_and_new_ones_with_new_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        suggestions = Suggestions(library)
        assert (suggestions.known(EN), suggestions.find(EN)) == ((), ())
        library.add(TRAIN)
        assert suggestions.find(EN) == suggestions.known(EN) == ("Is the train late?",)
        library.remove(library.articles()[0].id)
        assert suggestions.find(EN) == ()
