"""One text in several places is one article; what only looks alike is not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Section, SectionKind, words
from rag import Filters, Library
from rag.duplicates import Version, alike, corrects, leading, likeness, resemblance
from tests.fakes import FakeEncoder
from tests.rag.parts import open_library

FLOOD = (
    "The river rose by two metres on Tuesday night and the mayor, Anna Berg, closed the old bridge for a week. "
    "Some 400 people left their houses in the lower town, and the school by the train line took in most of them. "
    "The water reached the market at three in the morning, said the fire brigade, which had been called out forty "
    "times by then. Nobody was hurt. The county council will meet on Friday to speak about the dikes, which were built "
    "after the flood of 1953 and have not been raised since. Engineers had warned of their state for years, most of "
    "all of the stretch between the mill and the station, where the ground is soft and the trees are old. "
)
BRIDGES = " ".join(f"The mayor opened bridge N over river {river} in the old town." for river in range(8))
MOVED = FLOOD.replace("Nobody was hurt.", "Nobody was hurt. Read more on our pages.")
CORRECTED = FLOOD.replace("400 people", "460 people")


def article(text: str, **fields: object) -> Article:
    known = {"title": "Flood in the lower town", "language": "en", "source": "AFP", "date": "2024-11-20"} | fields
    return replace(Article("", text, ""), **known)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path, encoder: FakeEncoder) -> Iterator[Library]:
    with open_library(tmp_path / "library", encoder) as opened:
        yield opened
        opened._store.check()


def add(library: Library, *articles: Article) -> list[str]:
    numbered = [replace(each, url=f"https://{each.source}.example/{n}") for n, each in enumerate(articles)]
    return list(library.add(*numbered).added)


def test_a_text_in_two_places_is_one_article(library: Library, encoder: FakeEncoder) -> None:
    first, second = add(library, article(FLOOD), article(FLOOD, source="Le Monde", date="2024-11-21"))
    (summary,) = library.articles()
    assert summary.id == first
    (place,) = summary.places
    assert (place.id, place.source, place.date, place.kind) == (second, "Le Monde", "2024-11-21", "same text")
    assert library.article(first).places == (place,)
    assert [each.id for each in library.article(second).places] == [first]
    found = library.retrieve("Who closed the bridge over the river?", k=5)
    assert {item.passage.article.id for item in found} == {first}
    assert all(item.passage.article.places == (place,) for item in found)
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert len(library.passages(second)) == len(library.passages(first))


def test_the_newest_correction_stands_for_all_and_tells_what_it_replaces(library: Library) -> None:
    first, copy, second = add(
        library,
        article(FLOOD),
        article(FLOOD, source="Le Monde", date="2024-11-22"),
        article("Correction: the number of people. " + CORRECTED, date="2024-11-21"),
    )
    (summary,) = library.articles()
    assert summary.id == second
    assert [(place.id, place.kind) for place in summary.places] == [(first, "replaced"), (copy, "other version")]
    assert [place.kind for place in library.article(first).places] == ["same text", "other version"]
    (best,) = library.retrieve("How many people left their houses near the school?", k=1)
    assert "460 people" in best.passage.article.text


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    versions = [article(FLOOD), article(CORRECTED, modified="2024-11-21"), article(FLOOD, source="X", date="2024-12")]
    for turn in range(3):
        with open_library(tmp_path / f"library-{turn}") as library:
            add(library, *versions[turn:], *versions[:turn])
            (summary,) = library.articles()
            assert "460" in library.article(summary.id).text
            assert len(summary.places) == 2


def test_when_the_leading_one_goes_another_stands_for_the_text(library: Library) -> None:
    first, second = add(library, article(FLOOD), article(FLOOD, source="Le Monde", date="2024-11-21"))
    library._store.remove([first])
    (summary,) = library.articles()
    assert (summary.id, summary.places) == (second, ())
    (best,) = library.retrieve("Who closed the bridge over the river?", k=1)
    assert best.passage.article.id == second


def test_a_changed_article_leaves_its_group(library: Library) -> None:
    one = article(FLOOD, url="https://a.example/1")
    library.add(one, article(FLOOD, url="https://b.example/2"))
    assert len(library.articles()) == 1
    library.add(replace(one, text="The train was late again. " * 20))
    assert len(library.articles()) == 2
    assert all(not summary.places for summary in library.articles())


def test_a_corrected_date_chooses_anew(library: Library) -> None:
    first, second = add(library, article(FLOOD), article(FLOOD, source="Le Monde", date="2024-11-21"))
    library.edit(second, date="2024-11-19")
    assert [summary.id for summary in library.articles()] == [second]
    library.edit(second, undo=("date",))
    assert [summary.id for summary in library.articles()] == [first]


def test_filters_let_an_article_through_for_each_of_its_places(library: Library) -> None:
    first, second = add(library, article(FLOOD), article(FLOOD, source="Le Monde", date="2024-11-21"))
    for filters in (Filters(sources=("le monde",)), Filters(date_from="2024-11-21"), Filters(articles=(second,))):
        for method in ("hybrid", "words"):
            found = library.retrieve("river bridge", filters=filters, method=method)
            assert {item.passage.article.id for item in found} == {first}
    assert library.retrieve("river", filters=Filters(sources=("DN",))) == ()


def test_many_copies_stay_one(library: Library) -> None:
    ids = add(library, *(article(FLOOD, source=f"Paper{n}") for n in range(60)))
    assert [summary.id for summary in library.articles()] == ids[:1]
    library._store.remove(ids[:1])
    (summary,) = library.articles()
    assert (summary.id, len(summary.places)) == (ids[1], 58)


ALIKE = [
    (article(FLOOD), article(MOVED, source="Le Monde", date="2024-11-25")),
    (article(FLOOD), article(f"LILLE (AFP) - {FLOOD}", source="DN", date=None)),
    (article(FLOOD), article(CORRECTED)),
    (article(FLOOD), article(CORRECTED, date="2024-11", source=None)),
    (article(FLOOD, date=None), article(f"Correction. {CORRECTED}", date=None)),
    (article(FLOOD), article(f"Rättelse. {CORRECTED}", title="Other", date="2025")),
]
APART = [
    (article(FLOOD), article(CORRECTED, date="2024-11-21")),  # the next day's report, in the same words
    (article(FLOOD), article(CORRECTED, source="DN")),
    (article(FLOOD), article(f"Correction. {CORRECTED}", source="DN")),
    (article(FLOOD), article(CORRECTED, title="Flood in the upper town")),
    (article(FLOOD, date=None), article(CORRECTED, date=None)),
    (article(FLOOD), article(FLOOD.replace("Anna Berg", "Olle Ek"), date="2023")),
    (article(FLOOD), article(FLOOD, language="sv")),
    (article(BRIDGES.replace("N", "3")), article(BRIDGES.replace("N", "5"), title="Bridge 5")),
    (article(FLOOD), article(" ".join(reversed(FLOOD.split())))),
    (article("The river rose."), article("The river rose. It fell.")),
]


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_versions_of_one_text(first: Article, second: Article) -> None:
    assert alike(first, second)
    assert alike(second, first)
    assert set(likeness(first).bands) & set(likeness(second).bands)


@pytest.mark.parametrize(("first", "second"), APART)
def test_texts_that_only_look_alike(first: Article, second: Article) -> None:
    assert not alike(first, second)
    assert not alike(second, first)


def test_what_stands_around_the_story_does_not_count() -> None:
    menu = "News Sport Weather Culture Opinion Jobs Cars Houses Login Search " * 12
    around = Section(SectionKind.OTHER, "", 0, len(menu)), Section(SectionKind.BODY, "", len(menu), len(menu + FLOOD))
    assert likeness(article(menu + FLOOD, sections=around)) == likeness(article(FLOOD))


def test_the_share_of_common_bands_tells_near_from_far() -> None:
    """At a resemblance of 0.8 hardly any pair is missed, of unlike texts hardly any is compared."""
    vocabulary = [f"word{n}" for n in range(4000)]
    texts = [" ".join(vocabulary[n * 7 % 3500 : n * 7 % 3500 + 300]) for n in range(200)]
    near = [text.replace(" word", " other", 9).replace(" other", " word", 6) for text in texts]
    shared = [
        len(set(likeness(article(text)).bands) & set(likeness(article(other)).bands))
        for text, other in zip(texts, near, strict=True)
    ]
    assert all(resemblance(words(text), words(other)) >= 0.8 for text, other in zip(texts, near, strict=True))
    assert sum(count >= 2 for count in shared) >= 196
    far = [set(likeness(article(text)).bands) for text in (texts[0], texts[100])]
    assert not far[0] & far[1]


@given(st.text())
def test_space_makes_no_other_text(text: str) -> None:
    assert likeness(article(text)).text_hash == likeness(article(text.replace(" ", " \n "))).text_hash


def test_case_makes_no_other_text() -> None:
    assert likeness(article(FLOOD)) == likeness(article(FLOOD.upper()))


def test_bands_are_the_same_in_every_process() -> None:
    assert likeness(article(FLOOD)).bands[:2] == KNOWN


KNOWN = (4597232393646376464, -7299159729055765381)


@pytest.mark.parametrize(
    ("versions", "leader"),
    [
        ([(1, "a", "2024-01", False, "AFP"), (2, "b", "2024-02", True, "Copycat")], 1),
        ([(1, "a", "2024-01", False, "AFP"), (2, "b", "2024-02", False, "afp")], 2),
        ([(1, "a", "2024", False)], 1),
        ([(1, "a", "2024-02", False), (2, "a", "2024-01", False)], 2),
        ([(1, "a", "", False), (2, "a", "2024", False)], 2),
        ([(1, "a", "2024-01", False), (2, "b", "2024-02", False), (3, "a", "2024-03", False)], 2),
        ([(1, "a", "", False), (2, "b", "", False)], 1),
        ([(1, "a", "", False), (2, "b", "", True)], 2),
    ],
)
def test_which_version_leads(versions: list[tuple[Any, ...]], leader: int) -> None:
    made = [Version(*version) for version in versions]
    assert leading(made).number == leader
    assert leading(made[::-1]).number == leader


@pytest.mark.parametrize("beginning", ["Correction: ...", "RÄTTELSE", "[Đính chính]", "更正:", "Rectificatif"])
def test_what_says_that_it_corrects(beginning: str) -> None:
    assert corrects("", beginning)
    assert corrects(beginning, "")
    assert not corrects("The correctional services", "The house of correctness stood in Correctionville")
