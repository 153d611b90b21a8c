"""What a library keeps, and the verbs of the place that keeps it.

A store is the one truth: articles, their passages, the passages' vectors and words. Whatever else a library
has on disk, above all the vector index, is made from it and can be made again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from documents import Article, Passage, Place
from documents.errors import QuestionError
from embeddings.encoder import Fingerprint
from rag.duplicates import Likeness

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]

MEMBER = "::"
"""Between the name of a file and that of one of the articles in it."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. Empty fields let everything through; the others must all hold.

    Attributes:
        sources: publishers, upper and lower case taken as the same.
        languages: ISO 639-1 codes.
        date_from: the earliest day, "2024", "2024-11" or "2024-11-20"; undated articles are left out.
        date_to: the latest day, in the same forms. An article dated "2024" may be of any day of 2024, so
            it passes where one of those days would.
        articles: ids.

    Raises:
        QuestionError: a date in another form.
    """

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    articles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for date in (self.date_from, self.date_to):
            if date is not None and not _DATE.fullmatch(date):
                raise QuestionError(f"{date!r} is not a date.", help='Write it like "2024", "2024-11" or "2024-11-20".')


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text; `passages` counts them, `places` tells where else its text stands."""

    id: str
    title: str
    source: str | None
    date: str | None
    language: str
    url: str | None
    path: str | None
    passages: int
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of a store: two equal stamps mean that nothing was written in between.

    Attributes:
        write: a random name of the last write. No two states share it, not even those of two copies of one store.
        fingerprint: of the encoder that made the vectors, None before the first article.
    """

    write: str
    fingerprint: Fingerprint | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What the user corrected of an article.

    Attributes:
        field: its name, such as "date".
        value: what it is now, None for unknown.
        read: what was read from the article.
        origin: where that came from, "" when unknown.
    """

    field: str
    value: str | None
    read: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be written, with everything that is found by.

    Attributes:
        article: its `id` is not looked at; the store gives one.
        origin: the file or address it came from, what makes it the same article next time.
        content_hash: of the bytes it was read from.
        passages: in order of the text.
        words: for each passage, the words it is found by, joined with spaces.
        vectors: for each passage, shape (passages, dimension), float32, unit length.
        fingerprint: of the encoder that made the vectors.
        edits: what the user corrected; the article has it already.
        likeness: what tells its text from others; None for one that is to stand alone.
    """

    article: Article
    origin: str
    content_hash: str
    passages: tuple[Passage, ...]
    words: tuple[str, ...]
    vectors: Vectors
    fingerprint: Fingerprint
    edits: tuple[Edit, ...] = ()
    likeness: Likeness | None = None

    def validate(self) -> None:
        """Check that the parts belong together.

        Raises:
            ValueError: offsets outside the text, or counts, shapes or lengths that disagree.
        """
        size, dimension = len(self.passages), self.fingerprint.dimension
        if not size or len(self.words) != size or self.vectors.shape != (size, dimension):
            raise ValueError(
                f"{size} passages, {len(self.words)} lists of words, vectors {self.vectors.shape}, "
                f"dimension {dimension}"
            )
        for passage in self.passages:
            if not 0 <= passage.start < passage.end <= len(self.article.text):
                raise ValueError(f"[{passage.start}:{passage.end}] of {len(self.article.text)} characters")
        check_unit_length(self.vectors)


class Store(Protocol):
    """Keeps articles. Every verb is whole or not at all, and may be called from any thread."""

    def stamp(self) -> Stamp:
        """The present state; cheap enough to be asked before every question."""

    def grew_from(self, stamp: Stamp) -> bool:
        """Whether the present state came from that one, or is it still.

        Not so for a stamp of another store, nor for a later one than that of a copy which was put back.
        """

    def put(self, entry: Entry, place: str | None = None, article_id: str = "") -> str:
        """Write an article, in place of the one of the same origin if there is one; return its id.

        Args:
            entry: what is written.
            place: where the article was until now, if that is another origin; it keeps its id.
            article_id: what one that comes back was called; a new one is called so while the name is free.

        Raises:
            EmbeddingMismatch: the store's vectors were made by another encoder.
            ValueError: the entry contradicts itself.
        """

    def remove(self, ids: Sequence[str]) -> None:
        """Forget articles with their passages; unknown ids are passed over."""

    def known(self, origin: str) -> tuple[str, str] | None:
        """The id and content hash of the article of this origin, None when there is none."""

    def edits(self, origin: str) -> tuple[Edit, ...]:
        """What the user corrected of the article of this origin."""

    def amend(self, article: Article, edits: Sequence[Edit]) -> None:
        """Write what is known of an article anew, but for its text, title and language, which passages depend on."""

    def origin(self, article_id: str) -> str | None:
        """Where an article came from, None when there is no such article."""

    def within(self, folder: str) -> list[str]:
        """Ids of the articles whose origin is `folder`, lies below it, or is a member of it."""

    def origins(self, folder: str) -> dict[str, tuple[str, str]]:
        """The id and content hash of each article in `folder` or below, by its origin."""

    def articles(self) -> list[ArticleSummary]:
        """All articles, in the order in which they were added; those with one text once, with their places."""

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""

    def passage_ids(self, filters: Filters | None = None) -> Ids:
        """Ids of the passages that pass, ascending; of articles with one text, those of the one that leads.

        A filter that one of these passes lets the leading one through.

        An id never comes back with another meaning, as long as the store `grew_from` the state that gave it.
        """

    def passage_languages(self) -> tuple[Ids, list[str]]:
        """The ids of all passages as `passage_ids` gives them, and the language of each."""

    def with_text(self, text_hash: str) -> list[str]:
        """The id of one of the articles with this text; none where there is none."""

    def own_passage_ids(self, article_id: str) -> Ids:
        """Ids of the passages of one article, also of one that another one stands for, in the order of its text."""

    def contents(self) -> tuple[Stamp, Ids]:
        """The present state, and the ids of all passages in that very state."""

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; ids that are gone are left out."""

    def count(self) -> int:
        """How many passages there are."""

    def vectors(self, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        """The ids that are still there, ascending, and their vectors, shape (found, dimension)."""

    def words(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The different words that each passage is found by."""

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each word occurs; words that occur in none are left out."""

    def search_words(self, words: Sequence[str], k: int, filters: Filters | None = None) -> list[tuple[int, float]]:
        """The k passages nearest by BM25 that hold any of the words: (id, score), best first."""

    def stage(self, fingerprint: Fingerprint, ids: Sequence[int], vectors: Vectors) -> None:
        """Keep vectors of another encoder aside; those of any third encoder are dropped."""

    def unstaged(self, fingerprint: Fingerprint, limit: int) -> list[int]:
        """Up to `limit` ids of passages that have no vector of this encoder set aside yet."""

    def adopt(self, fingerprint: Fingerprint) -> bool:
        """Put the vectors set aside in the place of the present ones, all at once.

        False, and nothing changes, while a passage has none.
        """

    def check(self) -> None:
        """Read everything and compare; takes time.

        Raises:
            LibraryDamaged: what is stored contradicts itself.
        """

    def scrub(self) -> None:
        """Leave no trace on the disk of what was removed; takes time."""

    def size(self) -> int:
        """Bytes on disk."""

    def close(self) -> None:
        """Let go of files; closing twice does nothing."""


def check_unit_length(vectors: Vectors) -> None:
    """Check vectors before they are kept.

    Raises:
        ValueError: not float32, not finite or not of unit length.
    """
    if vectors.dtype != np.float32:
        raise ValueError(f"vectors are {vectors.dtype}, float32 is stored")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.allclose(lengths, 1.0, atol=1e-3):
        raise ValueError(f"vectors of lengths {lengths.min():.3f} to {lengths.max():.3f}, not 1")
