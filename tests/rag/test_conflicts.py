"""When two articles contradict each other, and when they only seem to."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from documents import Article, Passage
from embeddings import Encoder, load_encoder
from rag.answer import Evidence
from rag.conflicts import Rivals, differ, needed_cosine
from rag.quotes import candidates
from rag.statements import Statement
from tests.fakes import FakeEncoder

SAMPLES = Path(__file__).parents[2] / "documents" / "samples"
COST = "The bridge at Lund cost 12 million euros."
OPENED = "The bridge at Lund opened on 6 May 2018."


def evidence(text: str, name: str = "a", language: str = "en", title: str = "News") -> Evidence:
    article = Article(id=name, text=text, title=title, language=language)
    return Evidence(Passage(article, 0, len(text)), 0.9)


def sample(path: Path) -> Evidence:
    head, text = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
    title = head.partition("title: ")[2].partition("\n")[0]
    return evidence(text.strip(), path.stem, path.name[:2], title)


def statements(item: Evidence) -> list[Statement]:
    return [Statement(quote, item.passage.text) for quote in candidates(item, 0) if quote.first == quote.last]


def rivals(sentence: str, *items: Evidence, language: str = "en") -> list[str]:
    """What contradicts a sentence that rests on the first sentence of the first article."""
    quote = candidates(items[0], 0)[0]
    return [found.text for found in Rivals(items, FakeEncoder(), language).find(sentence, quote)]


def against(text: str, other: str, language: str = "en", title: str = "News") -> list[str]:
    return rivals(text, evidence(text, language=language), evidence(other, "b", language, title), language=language)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (COST, "The bridge at Lund cost 13 million euros."),
        (OPENED, "The bridge at Lund opened on 7 May 2018."),
        (OPENED, "In 2020 the bridge at Lund opened."),
        ("The fire at Lund hurt 12 people.", "The fire at Lund hurt 14 people."),
        ("The fire hurt 12 people.", "The fire hurt 14 people."),
    ],
)
def test_another_value_of_the_same_is_a_conflict(text: str, other: str) -> None:
    assert against(text, other) == [other]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (COST, COST),
        (COST, "The bridge at Lund cost about 12.3 million euros."),
        (COST, "The bridge at Lund cost 13 million dollars."),
        (COST, "The bridge at Lund cost over 10 million euros."),
        (COST, "The bridge at Umeå cost 13 million euros."),
        (COST, "The school at Lund cost 13 million euros."),
        (COST, "The second bridge at Lund cost 13 million euros."),
        (COST, "The bridge at Lund was to cost an estimated 13 million euros."),
        (COST, "The bridge at Lund costs 13 million euros a year."),
        (COST, "The bridge at Lund did not cost 13 million euros."),
        (COST, "The bridge at Lund cost 13 million euros. Of these, 12 million euros came from the state."),
        (OPENED, "The bridge at Lund opened in May 2018."),
        (OPENED, "The bridge at Lund closed on 7 May 2020."),
        ("The bridge at Lund was painted in May 2018.", "The bridge at Lund was repaired in May 2020."),
        (OPENED, "The bridge at Lund opened the day after 5 May 2018."),
        ("The bridge A1 cost 12 million euros.", "The bridge A2 cost 13 million euros."),
        ("In 2018 the bridge at Lund cost 12 million euros.", "In 2019 the bridge at Lund cost 13 million euros."),
        ("The mean depth at Lund is 27 metres.", "The maximum depth at Lund is 106 metres."),
    ],
)
def test_what_agrees_or_is_about_something_else_is_no_conflict(text: str, other: str) -> None:
    assert against(text, other) == []


def test_one_article_does_not_contradict_itself() -> None:
    both = evidence(f"{COST} The bridge at Lund cost 13 million euros.")
    assert rivals(COST, both) == []
    assert rivals(COST, evidence(COST), evidence("The bridge at Lund cost 13 million euros.")) == []


def test_only_what_the_answer_says_is_contradicted() -> None:
    items = (
        evidence("The bridge at Lund cost 12 million euros."),
        evidence("The bridge at Lund cost 13 million euros.", "b"),
    )
    assert rivals("The bridge is at Lund.", *items) == []
    assert rivals("Bron kostade 12 miljoner euro.", *items, language="sv") == [items[1].passage.text]
    assert rivals("Bron kostade 13 miljoner euro.", *items, language="sv") == []


def test_a_headline_about_another_place_is_another_subject() -> None:
    lake, other = "The lake is 106 metres deep.", "The lake is 128 metres deep."
    for title, found in (("Deep water in Vänern", [other]), ("Deep water in Vättern", [])):
        items = evidence(lake, title="The lake Vänern"), evidence(other, "b", title=title)
        assert rivals(lake, *items) == found


def test_a_headline_in_capitals_names_nothing() -> None:
    other = "The bridge at Lund cost 13 million euros."
    assert against(COST, other, title="Bridge Costs Anger Mayor") == [other]


def test_across_languages_the_same_must_be_said_of_the_subject() -> None:
    swedish = statements(evidence("Bron vid Lund kostade 13 miljoner euro.", "b", "sv"))[0]
    (english,) = statements(evidence(COST))
    assert differ(english, swedish)
    assert needed_cosine(english, swedish) < needed_cosine(english, english)
    unsure = statements(evidence("Bron vid Lund fick 13 miljoner euro.", "b", "sv"))[0]
    assert needed_cosine(english, swedish) < needed_cosine(english, unsure)


def test_unlike_vectors_are_no_conflict() -> None:
    class Contrary(FakeEncoder):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.stack([(-1) ** i * vector for i, vector in enumerate(super().encode_passages(texts))])

    quote = candidates(evidence(COST), 0)[0]
    items = evidence(COST), evidence("The bridge at Lund cost 13 million euros.", "b")
    assert Rivals(items, Contrary(), "en").find(COST, quote) == []


def test_a_conflict_is_told_once() -> None:
    items = evidence(COST), evidence("The bridge at Lund cost 13 million euros.", "b")
    mine, theirs = (candidates(item, i)[0] for i, item in enumerate(items))
    found = Rivals(items, FakeEncoder(), "en")
    assert found.find(COST, mine) == [theirs]
    assert found.find(COST, mine) == []
    assert found.find(theirs.text, theirs) == []


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("multilingual-e5-small-q4")


@pytest.mark.model
def test_no_two_sentences_of_the_sample_articles_contradict_each_other(encoder: Encoder) -> None:
    read = [statements(sample(path)) for path in sorted(SAMPLES.glob("*.md"))]
    articles = [[statement for statement in article if statement.values] for article in read]
    pairs = [pair for one, other in combinations(articles, 2) for mine in one for pair in ((mine, o) for o in other)]
    suspects = [pair for pair in pairs if differ(*pair)]
    vectors = [encoder.encode_passages([mine.text, theirs.text]) for mine, theirs in suspects]
    cosines = [float(one @ other) for one, other in vectors]
    found = [pair for pair, cosine in zip(suspects, cosines, strict=True) if cosine >= needed_cosine(*pair)]
    assert [(mine.text, theirs.text) for mine, theirs in found] == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("sv-01", "sv", "Öresundsbron invigdes den 1 juni 2000 av drottning Margrethe II och kung Carl XVI Gustaf."),
        ("en-03", "en", "The present Channel Tunnel was dug by seven boring machines, working from both coasts."),
        ("sv-07", "vi", "Các quy tắc về mô hình AI đa dụng bắt đầu áp dụng từ ngày 2 tháng 2 năm 2026."),
        (
            "fr-03",
            "en",
            "The operator of the Channel Tunnel, long known as Eurotunnel, has been called Getlink since 2007.",
        ),
    ],
)
def test_a_sample_article_contradicts_a_false_date_or_number(
    name: str, language: str, said: str, encoder: Encoder
) -> None:
    (path,) = SAMPLES.glob(f"{name}*.md")
    items = evidence(said, language=language, title=""), sample(path)
    assert len(Rivals(items, encoder, language).find(said, candidates(items[0], 0)[0])) == 1
