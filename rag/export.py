"""Articles out of a library, with all that is known of them: lines of JSON, or a folder of Markdown files."""

import json
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import regex

from documents import Article
from documents.display import printable
from documents.errors import LibraryError
from rag.store import Store

_KNOWN = ("title", "date", "source", "author", "language", "url", "modified", "rubric", "path", "id")
_NAME_LENGTH = 60  # characters; file systems take 255 bytes
_NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def articles(store: Store) -> Iterator[Article]:
    """Every article, one at a time; behind one with several places, those of its other places."""
    for summary in store.articles():
        for article_id in (summary.id, *(place.id for place in summary.places)):
            article = store.article(article_id)
            if article is not None:
                yield article


def as_json(article: Article) -> str:
    """All that is known of an article, on one line."""
    # NEL and the separators of Unicode end a line for many readers; a JSON string may have them written out.
    line = json.dumps(asdict(article), ensure_ascii=False)
    return regex.sub("[\x7f-\x9f\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", line)


def as_markdown(article: Article) -> str:
    """The text as it is behind the facts, as front matter that every reader of YAML understands."""
    known = ((name, getattr(article, name)) for name in _KNOWN)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known if value]
    places = [place.path or place.url or place.id for place in article.places]
    if places:
        lines.append(f"places: {json.dumps(places, ensure_ascii=False)}")
    return "\n".join(["---", *(_escaped(line) for line in lines), "---", "", article.text])


def write_lines(store: Store, path: Path) -> int:
    """Write a file with a line for each article, whole or not at all; returns how many.

    Raises:
        LibraryError: it cannot be written.
    """
    try:
        beside = path.with_name(f".{path.name[:_NAME_LENGTH]}-{os.getpid()}.part")
        try:
            with beside.open("w", encoding="utf-8", newline="\n") as file:
                count = sum(bool(file.write(f"{as_json(article)}\n")) for article in articles(store))
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    return count


def write_folder(store: Store, folder: Path) -> int:
    """Write a Markdown file for each article; returns how many. Other files in the folder stay.

    Raises:
        LibraryError: the folder cannot be made or written to.
    """
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for article in articles(store):
            (folder / file_name(article)).write_text(as_markdown(article), encoding="utf-8", newline="")
            count += 1
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from error
    return count


def file_name(article: Article) -> str:
    """A name that is a file's on every system, and no other article's."""
    words = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", article.title)).strip("-")
    return f"{words[:_NAME_LENGTH].strip('-') or 'article'}-{_NOT_IN_NAMES.sub('-', article.id)}.md"


def _escaped(line: str) -> str:
    """A line that stays one, whatever its reader takes for the end of a line."""
    return regex.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", line)


def _unwritable(path: Path, error: Exception) -> LibraryError:
    reason = getattr(error, "strerror", None) or str(error)
    return LibraryError(f"{printable(path)} cannot be written: {printable(reason)}.", help="Choose another place.")
