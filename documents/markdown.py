"""Markdown: the block of metadata in front of it, and its first heading.

The rest of a Markdown file is its text as it is, marks and all: quotes must be found in what the reader wrote.
"""

import regex

from documents.metadata import Metadata
from documents.published import iso_date

_OPENING = regex.compile(r"\s*---[ \t]*\n")
_CLOSING = regex.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", regex.MULTILINE)
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
        title, date, source (or publisher), language (or lang), url (or link).
    """
    entries, text = _front_matter(source)
    heading = _HEADING.match(text) or _UNDERLINED.match(text)
    words = heading["title"].rstrip(" \t#") if heading else ""
    headline = (heading.start("title"), heading.start("title") + len(words)) if heading and words else None
    date = entries.get("date", "")
    return text, Metadata(
        title=entries.get("title") or words or None,
        date=iso_date(date, entries.get("language", "und")[:2]),
        source=entries.get("source") or entries.get("publisher"),
        language=entries.get("language") or entries.get("lang"),
        url=entries.get("url") or entries.get("link"),
        headline=headline,
    )


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
