"""What flows through Dossier: articles, their sections, and the passages cut from them."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""A start and an end, in characters; the end is the character behind the last one."""


class SectionKind(StrEnum):
    """What a stretch of an article's text is."""

    BODY = "body"
    HEADLINE = "headline"
    TEASER = "teaser"
    CAPTION = "caption"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch `text[start:end]` of an article (offsets in characters) and what it is."""

    kind: SectionKind
    heading: str
    start: int
    end: int


class PlaceKind(StrEnum):
    """What another place of an article's text holds."""

    SAME = "same text"
    REPLACED = "replaced"
    """An older version of the same source."""
    VERSION = "other version"


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where an article's text was published, as it is or in another version.

    Attributes:
        id: names it within the library, as an article of its own.
        title: its headline there.
        source: who published it there, None when unknown.
        date: when, in the form of `Article.date`.
        url: its address, None when unknown.
        path: its file, None for a page from the web.
        kind: whether the text is the same there.
    """

    id: str
    title: str
    source: str | None
    date: str | None
    url: str | None
    path: str | None
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as it was given. Offsets everywhere count characters of `text`.

    Attributes:
        id: names the article within a library; stable while its path or URL stays the same.
        text: the whole text, never changed after loading, so that offsets keep their meaning.
        title: the headline, or the file's name where the text gives none.
        date: publication date in ISO 8601 with the precision that is known: "2024", "2024-11" or
            "2024-11-20"; None when unknown.
        source: who published it, None when unknown.
        language: ISO 639-1 code, "und" when it cannot be told.
        url: where it was published, None when unknown.
        path: the file it came from, None for a page from the web.
        sections: what the stretches of `text` are, in order, not overlapping.
        author: who wrote it, None when unknown.
        modified: when it was last changed, as `date`.
        rubric: the part of the publication it appeared in ("Economy"), None when unknown.
        provenance: pairs of a field's name and where its value comes from, such as ("date", "line 5").
        pages: where each page begins, in characters of `text`; () for what has no pages.
        places: where else a library has its text.
    """

    id: str
    text: str
    title: str
    date: str | None = None
    source: str | None = None
    language: str = "und"
    url: str | None = None
    path: str | None = None
    sections: tuple[Section, ...] = ()
    author: str | None = None
    modified: str | None = None
    rubric: str | None = None
    provenance: tuple[tuple[str, str], ...] = ()
    pages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article that is embedded, retrieved and read by the model as one.

    Attributes:
        article: where it stands.
        start: its first character in the article's text.
        end: the character behind its last one.
        language: ISO 639-1 code where it differs from the article's, "" where it does not.
    """

    article: Article
    start: int
    end: int
    language: str = ""

    @property
    def text(self) -> str:
        """The passage's words, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The number of the page on which the passage begins, from 1; None for what has no pages."""
        return bisect_right(self.article.pages, self.start) or None

    @property
    def section(self) -> Section | None:
        """What the passage is a part of; None in an article whose sections are not known."""
        return next((each for each in self.article.sections if each.start <= self.start < each.end), None)
