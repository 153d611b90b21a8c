"""Markdown: the block of metadata in front of it, and its first heading.

The rest of a Markdown file is its text as it is, marks and all: quotes must be found in what the reader wrote.
"""

from typing import Any

import regex

from documents.metadata import Metadata
from documents.published import iso_date

_OPENING = regex.compile(r"\s*---[ \t]*\n")
_CLOSING = regex.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", regex.MULTILINE)
_KEYS = {
    "title": ("title",),
    "date": ("date", "published"),
    "modified": ("modified", "updated", "lastmod"),
    "source": ("source", "publisher"),
    "author": ("author", "authors"),
    "language": ("language", "lang"),
    "url": ("url", "link"),
    "rubric": ("section", "category"),
}
_LONGEST = 20_000  # characters; front matter is a few lines
_ENTRY = regex.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:(?P<value>.*)")
_HEADING = regex.compile(r"\s*#[ \t]+(?P<title>[^\s#][^\n]*)")
_UNDERLINED = regex.compile(r"\s*(?P<title>[^\n#>\-*\s][^\n]*)\n=+[ \t]*(?=\n|\Z)")


def read_markdown(source: str) -> tuple[str, Metadata]:
    """Part a Markdown file into its text and its metadata.

    Args:
        source: the whole file.

    Returns:
        The text without the front matter, and what front matter and first heading say. Keys that are read:
        title, date, modified (or updated), source (or publisher), author, language (or lang), url (or link), section
        (or category).
    """
    entries, text = _front_matter(source)
    heading = _HEADING.match(text) or _UNDERLINED.match(text)
    words = heading["title"].rstrip(" \t#") if heading else ""
    headline = (heading.start("title"), heading.start("title") + len(words)) if heading and words else None
    found = {field: _entry(entries, names) for field, names in _KEYS.items()}
    language = (entries.get("language") or entries.get("lang") or "und")[:2]
    for field in ("date", "modified"):
        value, origin = found[field]
        found[field] = (iso_date(value or "", language), origin)
    if not found["title"][0] and words:
        found["title"] = (words, "heading")
    values: dict[str, Any] = {field: value for field, (value, _) in found.items()}
    origins = tuple((field, origin) for field, (value, origin) in found.items() if value)
    return text, Metadata(**values, headline=headline, provenance=origins)


def _entry(entries: dict[str, str], names: tuple[str, ...]) -> tuple[str | None, str]:
    """The first of these entries that has a value, and where it stands."""
    return next(((entries[name], f"front matter {name}") for name in names if entries.get(name)), (None, ""))


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """Entries of the leading block, if every line of it is an entry, a comment, a list item or blank."""
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end(), opening.end() + _LONGEST) if opening else None
    if opening is None or closing is None:
        return {}, source
    entries: dict[str, str] = {}
    for line in source[opening.end() : closing.start()].splitlines():
        entry = _ENTRY.match(line)
        if entry:
            entries[entry["key"].lower()] = _unquoted(entry["value"].strip())
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return {}, source
    if not entries or not source[closing.end() :].strip():
        return {}, source
    return entries, source[closing.end() :].lstrip("\n")


def _unquoted(value: str) -> str:
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1]
    return value
