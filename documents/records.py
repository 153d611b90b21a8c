"""Records with named fields: JSON, JSON lines, CSV. Each is an article of its own.

A CSV file none of whose columns holds texts is a table, and one article.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import regex

from documents.content import Content, headed, sourced
from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.published import iso_date
from documents.tables import table_of
from documents.xml_tree import page_text

FIELDS = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "articlebody",
        "fulltext",
        "full_text",
        "maintext",
        "content_text",
        "content_html",
    ),
    "title": ("title", "headline", "heading", "name", "rubrik"),
    "date": (
        "date",
        "published",
        "date_published",
        "datepublished",
        "published_at",
        "publishedat",
        "pubdate",
        "publication_date",
        "created",
        "timestamp",
    ),
    "modified": ("modified", "updated", "date_modified", "datemodified", "updated_at", "updatedat"),
    "source": ("source", "publisher", "sitename", "source-hostname", "hostname", "outlet", "newspaper", "site"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang", "inlanguage"),
    "url": ("url", "link", "href", "permalink", "source_url"),
    "rubric": ("rubric", "section", "articlesection", "category", "categories"),
    "id": ("id", "_id", "guid", "uuid", "key"),
}
_LISTS = ("articles", "items", "records", "data", "results", "entries")
_MARKUP = regex.compile(r"<(?:p|div|br|ul|ol|h[1-6]|table)\b[^>]{0,200}>", regex.IGNORECASE)
_LONGEST = 20_000_000  # characters of a field
_DEEPEST = 20  # lists and objects within a field
_MOST_RECORDS = 100_000  # of a file; each is an article, or something to tell
_MOST_COLUMNS = 10_000
_MOST_CELLS = 6_000_000  # a short row has as many as the header: few bytes could stand for more than there is memory

Record = dict[str, Any]


def read_record(source: str, name: str) -> Content:
    """Make an article of one JSON object.

    Raises:
        ArticleError: when it is no object, or has no text.
    """
    found = _loaded(source, name)
    if not isinstance(found, dict):
        raise ArticleError(f"{printable(name)} is no JSON object with named fields.")
    return read_fields(found, name)


def read_fields(record: Record, name: str) -> Content:
    """Make an article of the fields of a record; case and the order of fields do not matter.

    Raises:
        ArticleError: when no field holds the text.
    """
    values = {str(key).strip().lower(): value for key, value in record.items()}
    found = {
        field: next((words for key in keys if (words := _words(values.get(key)))), "") for field, keys in FIELDS.items()
    }
    if not found["text"]:
        named = ", ".join(printable(key) for key in list(record)[:10])
        raise ArticleError(f"{printable(name)} has no field with text, only: {named}.", help="Call it text.")
    text = page_text(found["text"]) if _MARKUP.search(found["text"][:2_000]) else found["text"]
    title = " ".join(found["title"].split())
    shown, headline = headed(title, text.replace("\r\n", "\n").replace("\r", "\n"))
    known = Metadata(
        title=title or None,
        date=iso_date(found["date"]),
        source=found["source"] or None,
        language=found["language"] or None,
        url=found["url"] if found["url"].startswith(("http://", "https://")) else None,
        author=found["author"] or None,
        modified=iso_date(found["modified"]),
        rubric=found["rubric"] or None,
        headline=headline,
    )
    return Content(regex.sub(r"[\x00\p{Cs}]", "\ufffd", shown), sourced(known, "field of the record"))


def records(source: str, kind: str, name: str) -> Iterator[tuple[str, Record | ArticleError]]:
    """The records of a file, each with a name that stays when others come or go, where it has one.

    Args:
        source: the file's text.
        kind: its suffix.
        name: what to call it in an error message.

    Yields:
        A name (the record's id or address, else its place; "" for the only one), and the record or what is wrong
        with it.

    Raises:
        ArticleError: when nothing of the file can be read.
    """
    rows: Iterable[tuple[int, object]]
    most = _MOST_RECORDS
    if kind == ".json":
        found = _listed(_loaded(source, name))
        if isinstance(found, dict):
            yield "", found
            return
        rows = enumerate(found, 1)
    elif kind in (".csv", ".tsv"):
        reader = _reader(source, kind)
        with _told(reader, name):
            columns = [str(field) for field in reader.fieldnames or ()]
        if len(columns) > _MOST_COLUMNS:
            raise _too_many(name, f"{_MOST_COLUMNS:,} columns")
        if not any(field.strip().lower() in FIELDS["text"] for field in columns):
            yield "", {"text": _as_table(reader, columns, name)}
            return
        rows = ((reader.line_num, row) for row in _rows(reader, name))
        most = min(most, _MOST_CELLS // len(columns))
    else:
        rows = ((number, line) for number, line in enumerate(source.split("\n"), 1) if line.strip())
    for count, (number, row) in enumerate(rows):
        place = f"{'item' if kind == '.json' else 'line'} {number}"
        if count == most:
            yield place, _too_many(name, f"{most:,} records: the others are left out")
            return
        record = _record(row, f"{name}, {place}")
        yield (_name(record) if isinstance(record, dict) else "") or place, record


def _record(row: object, place: str) -> Record | ArticleError:
    try:
        found = _loaded(row, place) if isinstance(row, str) else row
    except ArticleError as error:
        return error
    return found if isinstance(found, dict) else ArticleError(f"{printable(place)} is no object with named fields.")


def _loaded(source: str, name: str) -> object:
    try:
        return json.loads(source)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else printable(error)
        raise ArticleError(f"{printable(name)} is no JSON: {reason}.") from error


def _listed(found: object) -> list[object] | Record:
    """One record, or the list of them, which an object may hold under a name of its own."""
    if isinstance(found, dict) and not any(_words(found.get(key)) for key in FIELDS["text"]):
        return next((found[key] for key in _LISTS if isinstance(found.get(key), list)), found)
    return found if isinstance(found, dict | list) else [found]


def _reader(source: str, kind: str) -> "csv.DictReader[str]":
    first = source.partition("\n")[0]
    mark = "\t" if kind == ".tsv" else max(",;\t|", key=first.count)
    csv.field_size_limit(_LONGEST)
    return csv.DictReader(io.StringIO(source, newline=""), delimiter=mark, restkey="")


def _rows(reader: "csv.DictReader[str]", name: str) -> Iterator[Record]:
    with _told(reader, name):
        yield from reader


@contextmanager
def _told(reader: "csv.DictReader[str]", name: str) -> Iterator[None]:
    """Tell where a file cannot be read."""
    try:
        yield
    except csv.Error as error:
        raise ArticleError(f"{printable(name)}, line {reader.line_num}: {printable(error)}.") from error


def _as_table(reader: "csv.DictReader[str]", columns: list[str], name: str) -> str:
    """A file of figures as one article: a table under its header."""
    if len(columns) == 1 or not all(column.strip() for column in columns):
        named = ", ".join(map(printable, columns[:10]))
        raise ArticleError(f"{printable(name)} has no column with text, only: {named}.", help="Call it text.")
    most = _MOST_CELLS // max(1, len(columns))  # a blank first line is a header without columns
    with _told(reader, name):  # row by row, as a record holds one of two columns of the same name
        rows = islice((row for row in reader.reader if any(map(str.strip, row))), most + 1)
        table = table_of(columns, (row + [""] * (len(columns) - len(row)) for row in rows))
    if table.count("\n") > most + 1:  # the rows, behind the header and its rule
        raise _too_many(name, f"{_MOST_CELLS:,} cells")
    return table


def _too_many(name: str, what: str) -> ArticleError:
    return ArticleError(f"{printable(name)} holds more than {what}.", help="Split it into smaller files.")


def _name(record: Record) -> str:
    values = {str(key).strip().lower(): value for key, value in record.items()}
    return next((words for key in (*FIELDS["id"], *FIELDS["url"]) if (words := _words(values.get(key)))), "")[:300]


def _words(value: object, depth: int = _DEEPEST) -> str:
    """A field as text: a list of authors and a person with a name are common too."""
    if not depth:
        return ""
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("text"), depth - 1)
    if isinstance(value, list):
        glue = "\n\n" if any(isinstance(each, str) and len(each) > 200 for each in value) else ", "  # noqa: PLR2004
        found = (_words(each, depth - 1) for each in value[:10_000] if not isinstance(each, list))
        return glue.join(filter(None, found))
    return "" if value is None or isinstance(value, bool) else str(value).strip()
