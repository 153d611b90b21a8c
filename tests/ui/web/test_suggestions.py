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


BRIDGE = article(1, "The bridge of Holt Harbour opens", "A bridge leads to Holt Harbour. Then Holt Harbour grew.")
TRAIN = article(2, "Is the train late?", "Every train is late today. Nobody says why.")
ECOLE = article(3, "Le maire de Brévik", "Selon le maire, Brévik change. Ainsi Brévik a une école (school).", "fr")


@pytest.mark.parametrize(
    ("title", "text", "language", "question"),
    [
        (BRIDGE.title, BRIDGE.text, "en", "What do the articles say about Holt Harbour?"),
        (TRAIN.title, TRAIN.text, "en", "Is the train late?"),
        (ECOLE.title, ECOLE.text, "fr", "Que disent les articles à propos de « Brévik » ?"),
        (
            "Puente de Sol",
            "Dicen que Sol tiene un bridge. También Sol crece.",
            "es",
            "What do the articles say about Sol?",
        ),
        ("A bridge", "The bridge is old.", "en", None),
    ],
)
def test_an_article_is_asked_what_it_answers_in_its_own_language_or_the_interfaces(
    tmp_path: Path, title: str, text: str, language: str, question: str | None
) -> None:
    assert suggested(tmp_path, article(1, title, text, language)) == ((question,) if question else ())


def test_the_language_of_the_interface_comes_first_and_none_takes_all_places(tmp_path: Path) -> None:
    many = [
        article(n, f"Bridge of Town{chr(97 + n)}", f"The bridge of Town{chr(97 + n)} is in Town{chr(97 + n)}.")
        for n in range(10, 20)
    ]
    questions = suggested(tmp_path, ECOLE, *many, t=FR)
    assert len(questions) == SHOWN
    assert "Brévik" in questions[0]
    assert all("Town" in question for question in questions[1:])


def test_there_are_none_without_articles_and_new_ones_with_new_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path / "press", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        suggestions = Suggestions(library)
        assert (suggestions.known(EN), suggestions.find(EN)) == ((), ())
        library.add(TRAIN)
        assert suggestions.find(EN) == suggestions.known(EN) == ("Is the train late?",)
        library.remove(library.articles()[0].id)
        assert suggestions.find(EN) == ()
