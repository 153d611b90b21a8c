"""The table of articles: what is searched is found, sorted as asked, on every page once, and quickly."""

import time
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article
from rag import ArticleSummary, Library
from ui.web.catalogue import COLUMNS, PAGE, Catalogue, Wanted, folded
from ui.web.texts import Texts

T = Texts.of("en")


class Listing:
    """A library that is only a list."""

    def __init__(self, *rows: ArticleSummary) -> None:
        self.rows = list(rows)
        self.version = "1"
        self.asked = 0

    def articles(self) -> list[ArticleSummary]:
        self.asked += 1
        return list(self.rows)


def row(number: int, title: str = "", **values: Any) -> ArticleSummary:
    return replace(ArticleSummary(str(number), title, None, None, "en", None, None, 1), **values)


def catalogue(*rows: ArticleSummary) -> Catalogue:
    return Catalogue(cast("Library", Listing(*rows)))  # all that is needed of one


def ids(shelf: Catalogue, **wanted: Any) -> list[str]:
    return [each.id for each in shelf.rows(Wanted(**wanted), T).rows]


ROWS = (
    row(1, "Ébène", source="Le Monde", date="2024-11", language="fr", path="/x/notes.pdf"),
    row(2, "The river", source="Gazette", date="2024", passages=30),
    row(3, "Đường sắt", date="2024-12-01", language="vi", url="https://example.org/rail", passages=4),
    row(4, "a bridge", source="gazette", passages=100),
)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", "4321"),
        ("ebene", "1"),
        ("duong SAT", "3"),
        ("gazette", "42"),
        ("gazette river", "2"),
        ("vietnamese", "3"),
        ("notes", "1"),
        ("example.org", "3"),
        ("nowhere", ""),
        ("/x/", ""),
    ],
)
def test_all_words_are_found_without_case_and_accents(search: str, found: str) -> None:
    assert ids(catalogue(*ROWS), search=search) == list(found)


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        ("added", "1234", "4321"),
        ("title", "4312", "2134"),
        ("source", "2413", "1243"),
        ("date", "2134", "3124"),
        ("language", "2413", "3124"),
        ("passages", "1324", "4231"),
    ],
)
def test_rows_are_sorted_and_those_without_a_value_come_last(sort: Any, up: str, down: str) -> None:
    assert "".join(ids(catalogue(*ROWS), sort=sort, descending=False)) == up
    assert "".join(ids(catalogue(*ROWS), sort=sort, descending=True)) == down


@given(st.integers(0, 300), st.sampled_from(COLUMNS), st.booleans())
def test_every_article_is_on_one_page(size: int, sort: Any, descending: bool) -> None:
    shelf = catalogue(*(row(n, f"{n % 7}", date=f"20{n % 30:02}" if n % 3 else None) for n in range(size)))
    pages = shelf.rows(Wanted(), T).pages
    found = [each for page in range(1, pages + 1) for each in ids(shelf, sort=sort, descending=descending, page=page)]
    assert sorted(found) == sorted(map(str, range(size)))
    assert pages == max(1, -(-size // PAGE))


def test_a_page_that_there_is_not_is_the_nearest() -> None:
    shelf = catalogue(*(row(n) for n in range(60)))
    assert shelf.rows(Wanted(page=99), T).wanted.page == 2
    assert shelf.rows(Wanted(page=-1), T).wanted.page == 1


def test_the_list_is_read_anew_only_when_the_library_has_changed() -> None:
    listing = Listing(row(1, "one"))
    shelf = Catalogue(cast("Library", listing))
    assert (ids(shelf), ids(shelf, search="one"), listing.asked) == (["1"], ["1"], 1)
    listing.rows.append(row(2, "two"))
    listing.version = "2"
    assert (ids(shelf, search="two"), listing.asked) == (["2"], 2)


@given(st.dictionaries(st.sampled_from(["search", "sort", "descending"]), st.text() | st.booleans() | st.none()))
def test_a_browser_may_ask_for_anything(asked: dict[str, Any]) -> None:
    assert Wanted.of(asked).sort in COLUMNS


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_ten_thousand_articles_are_searched_and_sorted_at_once() -> None:
    rows = [row(n, f"The river rose by {n} metres", source=f"Paper {n % 50}", date="2024-11-20") for n in range(10_000)]
    shelf = catalogue(*rows)
    shelf.rows(Wanted(), T)
    start = time.perf_counter()
    assert shelf.rows(Wanted(search="river 9999", sort="title"), T).found == 1
    assert shelf.rows(Wanted(sort="source", page=200), T).found == 10_000
    assert time.perf_counter() - start < 1.0


def test_a_real_library_is_listed(library: Library) -> None:
    library.add(Article("", "The river rose.", "A river", path="/press/river.md"))
    shelf = Catalogue(library)
    assert [each.title for each in shelf.rows(Wanted(search="river.md"), T).rows] == ["A river"]
