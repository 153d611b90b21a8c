"""The articles of a library as a table: searched, sorted and cut into pages, quickly also where there are many."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import Any, Literal, get_args

from rag import ArticleSummary, Library
from ui.web.links import file_name
from ui.web.texts import Texts

PAGE = 50
"""Rows that are shown at once."""

Column = Literal["added", "title", "source", "date", "language", "passages"]
COLUMNS: tuple[Column, ...] = get_args(Column)

_STROKES = str.maketrans({"đ": "d", "ø": "o", "ł": "l"})  # letters that Unicode does not take apart


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for.

    Attributes:
        search: words that a row must hold, each of them, in title, source, language, file or address.
        sort: the column that rows are sorted by; "added" is the order in which articles came.
        descending: whether the last come first. Rows without a value come last in both directions.
        page: which page, from 1; one that there is not is the nearest that there is.
    """

    search: str = ""
    sort: Column = "added"
    descending: bool = True
    page: int = 1

    @classmethod
    def of(cls, asked: dict[str, Any]) -> "Wanted":
        """What a browser asks for, as far as it makes sense."""
        sort = asked.get("sort")
        return cls(
            str(asked.get("search") or "")[:1_000],
            sort if sort in COLUMNS else "added",
            bool(asked.get("descending", True)),
            int(asked.get("page") or 1),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of the table.

    Attributes:
        wanted: what was asked for; its page is the one that is here.
        rows: the articles.
        found: how many the search found on all pages.
        total: how many the library has.
    """

    wanted: Wanted
    rows: tuple[ArticleSummary, ...]
    found: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE))


class Catalogue:
    """Looks things up in the list of articles, which is read anew only when the library has changed.

    Args:
        library: has the articles.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._version: str | None = None
        self._all: list[ArticleSummary] = []
        self._keys: dict[str, list[str]] = {}

    def rows(self, wanted: Wanted, t: Texts) -> Rows:
        """A page of the table.

        Args:
            wanted: which.
            t: the words of the interface; names of languages are among what is searched and sorted.
        """
        every, keys = self._listed(t)
        words = folded(wanted.search).split()
        found = [row for row, key in zip(every, keys, strict=True) if all(word in key for word in words)]
        found = _sorted(found, wanted, t)
        page = min(max(wanted.page, 1), max(1, -(-len(found) // PAGE)))
        shown = tuple(found[(page - 1) * PAGE : page * PAGE])
        return Rows(Wanted(wanted.search, wanted.sort, wanted.descending, page), shown, len(found), len(every))

    def articles(self) -> Sequence[ArticleSummary]:
        """All articles, in the order in which they came."""
        with self._lock:
            version = self._library.version
            if version != self._version:
                self._all, self._keys, self._version = self._library.articles(), {}, version
            return self._all

    def _listed(self, t: Texts) -> tuple[Sequence[ArticleSummary], list[str]]:
        every = self.articles()
        with self._lock:
            keys = self._keys.get(t.language)
            if keys is None or len(keys) != len(every):
                keys = self._keys[t.language] = [_key(row, t) for row in every]
            return every, keys


@lru_cache(maxsize=50_000)  # titles and sources are compared again with every click
def folded(text: str) -> str:
    """A text as it is compared: without case and accents."""
    apart = text
    for _ in range(2):  # capitals are also made of other signs, and taken apart only as small letters
        apart = unicodedata.normalize("NFKD", apart).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_STROKES)


def _key(row: ArticleSummary, t: Texts) -> str:
    name = file_name(row.path) if row.path else ""
    elsewhere = (place.source or place.title for place in row.places)
    return folded(
        "\n".join((row.title, row.source or "", t.language_name(row.language) or "", row.url or "", name, *elsewhere))
    )


def _sorted(rows: list[ArticleSummary], wanted: Wanted, t: Texts) -> list[ArticleSummary]:
    if wanted.sort == "added":
        return rows[::-1] if wanted.descending else rows
    value = partial(_VALUES[wanted.sort], t)
    with_value = [row for row in rows if value(row)]
    return sorted(with_value, key=value, reverse=wanted.descending) + [row for row in rows if not value(row)]


def _source(_: Texts, row: ArticleSummary) -> str:
    return folded(row.source or "")


def _language(t: Texts, row: ArticleSummary) -> str:
    return folded(t.language_name(row.language) or "")


_VALUES: dict[str, Callable[[Texts, ArticleSummary], Any]] = {
    "title": lambda _, row: folded(row.title),
    "source": _source,
    "date": lambda _, row: row.date or "",
    "language": _language,
    "passages": lambda _, row: row.passages,
}
