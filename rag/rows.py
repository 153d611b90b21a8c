"""Between records and rows of SQLite: how each value is written, and read back the same."""

# ruff: noqa: S608 - queries are put together from constants alone; every value is a parameter

import json
import sqlite3
from collections.abc import Container, Iterable, Sequence
from dataclasses import asdict, astuple
from datetime import UTC, datetime
from typing import Any

import numpy as np

from documents import Article, Place, Section, SectionKind
from embeddings.encoder import Fingerprint
from rag.duplicates import Version, corrects, kind_of
from rag.store import Edit, Entry, Filters, Vectors

ARTICLE = "id, text, title, date, source, language, url, path, sections, author, modified, rubric, provenance, pages"

VERSION = "number, text_hash, coalesce(modified, date), source, title, substr(text, 1, 400)"
PLACE = f"coalesce(same_as, number), {VERSION}, id, title, source, date, url, path"


def article_row(article_id: str, entry: Entry) -> dict[str, Any]:
    """The columns of table `articles` for an entry."""
    article = entry.article
    return {
        "id": article_id,
        "origin": entry.origin,
        "content_hash": entry.content_hash,
        "text": article.text,
        "title": article.title,
        "language": article.language,
        "path": article.path,
        "sections": json.dumps([asdict(section) for section in article.sections]),
        "pages": json.dumps(article.pages),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    } | known_row(article, entry.edits)


def known_row(article: Article, edits: Sequence[Edit]) -> dict[str, Any]:
    """The columns that no passage depends on."""
    return {
        "date": article.date,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "modified": article.modified,
        "rubric": article.rubric,
        "provenance": json.dumps(article.provenance, ensure_ascii=False),
        "edits": json.dumps([astuple(edit) for edit in edits], ensure_ascii=False),
    }


def edits(text: str) -> tuple[Edit, ...]:
    """What `known_row` wrote."""
    return tuple(Edit(*values) for values in json.loads(text))


def article(row: Sequence[Any]) -> Article:
    """An article from the columns of `ARTICLE`."""
    fields = dict(zip(ARTICLE.split(", "), row, strict=True))
    fields["sections"] = tuple(_section(section) for section in json.loads(fields["sections"]))
    fields["provenance"] = tuple((name, origin) for name, origin in json.loads(fields["provenance"]))
    fields["pages"] = tuple(json.loads(fields["pages"]))
    return Article(**fields)


def version(row: Sequence[Any]) -> Version:
    """A version of a text from the columns of `VERSION`."""
    number, text_hash, date, source, title, beginning = row
    return Version(number, text_hash or str(number), date or "", corrects(title, beginning), source or "")


def places(found: Iterable[Sequence[Any]], wanted: Container[int]) -> dict[int, tuple[Place, ...]]:
    """For each wanted article of a group the others, from the columns of `PLACE`."""
    groups: dict[int, list[tuple[Version, Sequence[Any]]]] = {}
    for leader, *row in found:
        groups.setdefault(leader, []).append((version(row[:6]), row[6:]))
    return {
        each.number: tuple(Place(*(*fields, kind_of(each, other))) for other, fields in group if other is not each)
        for group in groups.values()
        for each, _ in group
        if each.number in wanted
    }


def _section(values: dict[str, Any]) -> Section:
    return Section(**{**values, "kind": SectionKind(values["kind"])})


def matrix(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Vectors from their bytes, shape (len(blobs), dimension)."""
    return np.frombuffer(b"".join(blobs), np.float32).reshape(len(blobs), dimension)


def dump(fingerprint: Fingerprint) -> str:
    """A fingerprint as text; equal ones give equal text."""
    return json.dumps(asdict(fingerprint), sort_keys=True, ensure_ascii=False)


def load(text: str | None) -> Fingerprint | None:
    """The fingerprint that `dump` wrote."""
    return None if text is None else Fingerprint(**json.loads(text))


def json_list(numbers: Iterable[int]) -> str:
    """Numbers as one parameter of a query, for `json_each`: there is no limit to how many."""
    return json.dumps([int(number) for number in numbers])


def quoted(word: str) -> str:
    """A word as a string of FTS5's query language, in which nothing has a meaning of its own."""
    return '"' + word.replace('"', '""') + '"'


def condition(filters: Filters | None) -> tuple[str, list[str]]:
    """A condition on the `id` of table `passages`, and its values.

    Dates are compared as far as both are known: "2024" is not before "2024-06" and not after it.
    """
    wanted = {
        "fold(source)": [source.casefold() for source in filters.sources],
        "language": filters.languages,
        "id": filters.articles,
    } if filters else {}  # fmt: skip
    parts = [f"{name} IN (SELECT value FROM json_each(?))" for name, values in wanted.items() if values]
    parameters = [json.dumps(list(values)) for values in wanted.values() if values]
    dates = ((filters.date_from, ">="), (filters.date_to, "<=")) if filters else ()
    for date, sign in dates:
        if date is not None:
            parts.append(f"substr(date, 1, length(?)) {sign} substr(?, 1, length(date))")
            parameters += [date, date]
    if not parts:
        return f"NOT IN ({_LED})", []
    leading = f"SELECT coalesce(same_as, number) FROM articles WHERE {' AND '.join(parts)}"
    return f"IN (SELECT id FROM passages WHERE article IN ({leading}))", parameters


_LED = "SELECT passages.id FROM articles JOIN passages ON article = number WHERE same_as IS NOT NULL"


def meta(db: sqlite3.Connection, key: str) -> str | None:
    """A value of table `meta`, None when it was never set."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of table `meta`."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
