"""What a web page declares about itself in its markup: JSON-LD, OpenGraph, other `meta` elements.

Each value keeps where it came from, as a reader of the page's source would name it: "og:title", "JSON-LD author".
"""

import json
from collections.abc import Iterator
from typing import Any

from documents.published import iso_date

Declared = dict[str, list[tuple[str, str]]]
"""Field name to (value, where it stands), the most trustworthy first."""

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "date": (
        *("article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate"),
        *("dc.date", "dc.date.issued", "dcterms.created", "citation_publication_date", "parsely-pub-date"),
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    "source": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "author": ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl"),
    "rubric": ("article:section", "parsely-section", "section"),
    "language": ("og:locale", "content-language", "dc.language"),
    "url": ("og:url", "twitter:url"),
}
_LINKED = {
    "title": ("headline", "name"),
    "date": ("datePublished",),
    "modified": ("dateModified",),
    "source": ("publisher",),
    "author": ("author", "creator"),
    "rubric": ("articleSection",),
    "language": ("inLanguage",),
}
_ARTICLES = ("article", "blogposting", "report", "posting", "webpage")
_LONGEST = 500_000  # characters of one script; a page's own description has a few thousand
_VALUE = 1_000  # characters
_MOST = 50  # elements and entries of a list; more describe something else


def read_head(tree: Any) -> Declared:  # noqa: ANN401 - lxml has no types
    """Everything that a page declares.

    Args:
        tree: the parsed page.
    """
    found: Declared = {name: [] for name in (*_META, "url")}
    for thing in _linked(tree):
        for field, names in _LINKED.items():
            found[field].extend((value, f"JSON-LD {name}") for name in names for value in _texts(thing.get(name)))
    contents = _contents(tree)
    for field, names in _META.items():
        found[field].extend((value, name) for name in names for value in contents.get(name, ())[:_MOST])
    canonical = [str(link.get("href") or "") for link in tree.iterfind(".//link[@rel='canonical']")]
    found["url"] = [(value, "canonical link") for value in canonical[:1] if value] + found["url"]
    found["date"].extend((value, "time") for value in _times(tree))
    for heading in list(tree.iterfind(".//h1"))[:1] + list(tree.iterfind(".//title"))[:1]:
        found["title"].append((_line("".join(heading.itertext())), str(heading.tag)))
    return {field: [(value, origin) for value, origin in values if value] for field, values in found.items()}


def first_date(values: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The first value that is a date, with where it stands."""
    dates = ((iso_date(value), origin) for value, origin in values)
    return next(((date, origin) for date, origin in dates if date), None)


def joined_names(values: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The names that the first place gives, without addresses: "A. Larsson, B. Nilsson"."""
    named = [(value, origin) for value, origin in values if "://" not in value]
    if not named:
        return None
    origin = named[0][1]
    return ", ".join(dict.fromkeys(value for value, place in named if place == origin)), origin


def _contents(tree: Any) -> dict[str, list[str]]:  # noqa: ANN401 - as above
    found: dict[str, list[str]] = {}
    for element in tree.iterfind(".//meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = _line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _times(tree: Any) -> list[str]:  # noqa: ANN401 - as above
    """The page's only date, if it marks one alone; of several, nobody knows which is its own."""
    values = {str(element.get("datetime") or "") for element in tree.iterfind(".//time")}
    return list(values) if len(values) == 1 else []


def _linked(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - as above
    """The objects of JSON-LD that describe an article, else a page; broken ones are passed over."""
    found: list[dict[str, Any]] = []
    for script in list(tree.iterfind(".//script[@type='application/ld+json']"))[:_MOST]:
        source = script.text or ""
        try:
            value = json.loads(source, strict=False) if len(source) <= _LONGEST else None
        except (ValueError, RecursionError):
            continue
        for thing in value if isinstance(value, list) else [value]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                found.extend(t for t in (graph if isinstance(graph, list) else [thing]) if isinstance(t, dict))
    kinds = [(str(thing.get("@type")).lower(), thing) for thing in found]
    yield from (thing for part in _ARTICLES for kind, thing in kinds if part in kind)


def _texts(value: object) -> Iterator[str]:
    """The texts of a value: itself, the names of things, those of a list."""
    for each in value[:_MOST] if isinstance(value, list) else [value]:
        named = each.get("name") if isinstance(each, dict) else each
        if isinstance(named, str):
            yield _line(named)


def _line(value: str) -> str:
    return " ".join(value[:_VALUE].split())
