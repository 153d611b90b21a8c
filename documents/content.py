"""What the readers of the formats give: the text of a file, and what the file says of itself."""

from dataclasses import dataclass, field, replace

from documents.article import Span
from documents.metadata import Metadata, read_plain

_BLANK = "\n\n"


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text and what is known of it.

    Attributes:
        text: all that is there to read.
        known: what the file declares; its `headline` is a place in the text.
        pages: where each page begins in the text; () without pages.
        chapters: spans of the text that have a heading of their own, with it; in order, not overlapping.
    """

    text: str
    known: Metadata = field(default_factory=Metadata)
    pages: tuple[int, ...] = ()
    chapters: tuple[tuple[Span, str], ...] = ()


def headed(title: str | None, body: str) -> tuple[str, Span | None]:
    """A text that begins with its headline, and where that stands."""
    body = body.strip("\n")
    if not title:
        return body, None
    if body.startswith(title) and body[len(title) : len(title) + 1].strip(" ") in ("", "\n"):
        return body, (0, len(title))
    return (f"{title}{_BLANK}{body}" if body.strip() else title), (0, len(title))


def sourced(known: Metadata, place: str) -> Metadata:
    """The same metadata, each value that has no note yet with one of where it was found."""
    noted = dict(known.provenance)
    fields = ("title", "date", "source", "language", "url", "author", "modified", "rubric")
    fresh = tuple((name, place) for name in fields if name not in noted and getattr(known, name))
    return replace(known, provenance=(*known.provenance, *fresh))


def with_text(content: Content, language: str) -> Content:
    """Fill in what a document's properties leave open from its text, which also knows its date better.

    A program writes the day on which it saved the file; the line under the headline says when the article appeared.
    """
    known, told = content.known, read_plain(content.text, language)
    notes = {**dict(told.provenance), **dict(known.provenance)}
    if told.date:
        notes["date"] = dict(told.provenance).get("date", "text")
    headline = known.headline or (told.headline if not known.title else None)
    filled = replace(
        known,
        title=known.title or told.title,
        date=told.date or known.date,
        source=known.source or told.source,
        url=known.url or told.url,
        author=known.author or told.author,
        modified=known.modified or told.modified,
        rubric=known.rubric or told.rubric,
        headline=headline,
        others=tuple(span for span in told.others if headline is None or not _meet(span, headline)),
    )
    names = ("title", "date", "source", "language", "url", "author", "modified", "rubric", "text")
    kept = tuple((name, note) for name, note in notes.items() if name in names)
    return replace(content, known=replace(filled, provenance=kept))


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
