"""What the user corrects of an article: kept beside what was read, so that a changed file does not undo it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from documents import Article, language_name
from documents.display import printable
from documents.errors import LibraryError
from rag.entries import entry_of
from rag.parts import Parts
from rag.removal import replacing
from rag.store import Edit, Store

FIELDS = ("title", "date", "source", "language", "url", "author", "modified", "rubric")
"""What can be corrected."""

EDITED = "edited"
"""Where a corrected value comes from."""

_LONGEST = 2_000  # characters
_UNKNOWN = "und"
_IN_PASSAGES = ("title", "language")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def edit(article: Article, values: Mapping[str, str | None], undo: Sequence[str], store: Store, parts: Parts) -> bool:
    """Correct an article of a store.

    Args:
        article: as it is now.
        values: the new values by field, None or "" for unknown.
        undo: fields that take again what was read.
        store: is written to.
        parts: the models; asked only when passages have to be made anew.

    Returns:
        Whether passages were made anew.

    Raises:
        LibraryError: a field that there is not, or a value that cannot be its own.
    """
    new = {field: checked(field, value) for field, value in values.items()}
    _check_fields(undo)
    origin = store.origin(article.id) or ""
    before = store.edits(origin)
    read = _with(article, ((each.field, each.read, each.origin) for each in before))
    wanted = {each.field: each.value for each in before} | new
    edits = [Edit(field, value, None, "") for field, value in wanted.items() if field not in undo]
    now, kept = edited(read, edits)
    known = store.known(origin)
    if known is None or all(getattr(now, field) == getattr(article, field) for field in _IN_PASSAGES):
        with replacing(article.id, store, parts):  # source and date stand before each passage
            store.amend(now, kept)
        return False
    entry = replace(entry_of(now, origin, known[1], store, parts, origin), edits=kept)
    with replacing(article.id, store, parts):
        store.put(entry)
    return True


def edited(article: Article, edits: Sequence[Edit]) -> tuple[Article, tuple[Edit, ...]]:
    """An article, as it was read, with what the user corrected; and the edits with what was read this time."""
    origins = dict(article.provenance)
    kept = (Edit(each.field, each.value, getattr(article, each.field), origins.get(each.field, "")) for each in edits)
    return _with(article, ((each.field, each.value, EDITED) for each in edits)), tuple(kept)


def checked(field: str, value: str | None) -> str | None:
    """A value as it is stored.

    Raises:
        LibraryError: there is no such field, or it cannot have this value.
    """
    _check_fields([field])
    text = " ".join((value or "").split())
    if not text:
        if field == "title":
            raise _refused(field, value, "an article needs one")
        return _UNKNOWN if field == "language" else None
    if len(text) > _LONGEST:
        raise _refused(field, f"{text[:40]}…", f"it has {len(text):,} characters; at most {_LONGEST:,} are kept")
    if not text.isprintable():
        raise _refused(field, value, "it holds characters that cannot be shown")
    try:
        return _CHECKS.get(field, str)(text)
    except ValueError as error:
        raise _refused(field, text, str(error)) from error


def _with(article: Article, values: Iterable[tuple[str, str | None, str]]) -> Article:
    """The article with other values, each with where it comes from."""
    for field, value, origin in values:
        kept = tuple(pair for pair in article.provenance if pair[0] != field)
        changes: dict[str, Any] = {field: value, "provenance": (*kept, (field, origin)) if origin else kept}
        article = replace(article, **changes)
    return article


def _check_fields(fields: Iterable[str]) -> None:
    for field in fields:
        if field not in FIELDS:
            raise LibraryError(
                f"An article has no {printable(field)} that could be corrected.",
                help=f"There are: {', '.join(FIELDS)}.",
            )


def _date(text: str) -> str:
    if not _DATE.fullmatch(text) or not _exists(text):
        raise ValueError('it is not a date like "2024", "2024-11" or "2024-11-20"')
    return text


def _exists(iso: str) -> bool:
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _language(text: str) -> str:
    code = text.casefold()
    if code != _UNKNOWN and not (len(code) == len("sv") and language_name(code)):
        raise ValueError('it is not a code of ISO 639-1 like "sv"')
    return code


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        raise ValueError("it is not an address that begins with http:// or https://")
    return text


_CHECKS = {"date": _date, "modified": _date, "language": _language, "url": _url}


def _refused(field: str, value: str | None, reason: str) -> LibraryError:
    return LibraryError(f"The {field} cannot be {printable(value or '')!r}: {reason}.")
