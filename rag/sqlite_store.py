"""A store in one SQLite file: articles, passages with their vectors, and FTS5 over their words."""

# ruff: noqa: S608 - queries are put together from constants alone; every value is a parameter

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from documents import Article, Passage
from documents.errors import LibraryDamaged
from embeddings.encoder import Fingerprint
from rag import groups, rows, writes
from rag.database import Database
from rag.store import MEMBER, ArticleSummary, Edit, Entry, Filters, Ids, Stamp, Vectors, check_unit_length

_SUMMARY = "id, title, source, date, language, url, path"


class SqliteStore:
    """The store of one library folder; see `rag.store.Store` for what each verb owes.

    Args:
        path: the file, created when missing.

    Raises:
        LibraryDamaged: the file is not a whole SQLite database.
        LibraryError: the file cannot be opened, or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._all, self._one = self._database.all, self._database.one

    def stamp(self) -> Stamp:
        """The present state."""
        (write, fingerprint) = self._one(_STAMP) or ("", None)
        return Stamp(write, rows.load(fingerprint))

    def grew_from(self, stamp: Stamp) -> bool:
        """Whether the present state came from that one."""
        return self._one("SELECT 1 FROM writes WHERE token = ?", stamp.write) is not None

    def put(self, entry: Entry, place: str | None = None, article_id: str = "") -> str:
        """Write an article with its passages, vectors and words in one transaction."""
        entry.validate()
        with self._writing() as db:
            writes.claim(db, entry.fingerprint)
            row = db.execute("SELECT number, id FROM articles WHERE origin = ?", (place or entry.origin,)).fetchone()
            if row is None:
                article_id = writes.free_id(db, entry.origin, article_id)
            else:
                article_id = row[1]
                groups.leave(db, row[0])
                writes.drop_passages(db, row[0])
            number = writes.write_article(db, article_id, entry)
            writes.write_passages(db, number, entry)
            if entry.likeness is not None:
                groups.write_likeness(db, number, entry.likeness)
                groups.join(db, number)
        return str(article_id)

    def remove(self, ids: Sequence[str]) -> None:
        """Forget articles with their passages."""
        with self._writing() as db:
            for article_id in ids:
                row = db.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
                if row is not None:
                    groups.leave(db, row[0])
                    writes.drop_passages(db, row[0])
                    db.execute("DELETE FROM articles WHERE number = ?", row)

    def known(self, origin: str) -> tuple[str, str] | None:
        """The id and content hash of the article of this origin."""
        row = self._one("SELECT id, content_hash FROM articles WHERE origin = ?", origin)
        return None if row is None else (row[0], row[1])

    def edits(self, origin: str) -> tuple[Edit, ...]:
        """What the user corrected of the article of this origin."""
        row = self._one("SELECT edits FROM articles WHERE origin = ?", origin)
        return () if row is None else rows.edits(row[0])

    def amend(self, article: Article, edits: Sequence[Edit]) -> None:
        """Write what is known of an article anew, but for what its passages depend on."""
        fields = rows.known_row(article, edits)
        changes = ", ".join(f"{name} = ?" for name in fields)
        with self._writing() as db:
            changed = f"UPDATE articles SET {changes} WHERE id = ? RETURNING number"
            for (number,) in db.execute(changed, (*fields.values(), article.id)).fetchall():
                groups.lead_anew(db, number)

    def origin(self, article_id: str) -> str | None:
        """Where an article came from, None when there is no such article."""
        row = self._one("SELECT origin FROM articles WHERE id = ?", article_id)
        return None if row is None else str(row[0])

    def within(self, folder: str) -> list[str]:
        """Ids of the articles whose origin is `folder`, lies below it or is a member of it."""
        return [article_id for (article_id,) in self._below(folder, "id")]

    def origins(self, folder: str) -> dict[str, tuple[str, str]]:
        """The id and content hash of each article in `folder` or below, by its origin."""
        return {
            origin: (article_id, key) for origin, article_id, key in self._below(folder, "origin, id, content_hash")
        }

    def _below(self, folder: str, columns: str) -> list[tuple[Any, ...]]:
        below = folder.rstrip("/\\")
        return self._all(
            f"SELECT {columns} FROM articles WHERE origin = ? OR substr(origin, 1, ?) IN (?, ?) "
            "OR substr(origin, 1, ?) = ? ORDER BY number",
            folder, len(below) + 1, f"{below}/", f"{below}\\", len(folder) + len(MEMBER), f"{folder}{MEMBER}",
        )  # fmt: skip

    def articles(self) -> list[ArticleSummary]:
        """All articles, in the order in which they were added; those with one text once, with their places."""
        counted = "(SELECT count(*) FROM passages WHERE article = number)"
        with self._database.reading():
            found = self._all(
                f"SELECT number, {_SUMMARY}, {counted} FROM articles WHERE same_as IS NULL ORDER BY number"
            )
            led = "SELECT same_as FROM articles WHERE same_as IS NOT NULL"
            members = self._all(
                f"SELECT {rows.PLACE} FROM articles WHERE same_as IS NOT NULL OR number IN ({led}) ORDER BY number"
            )
        grouped = rows.places(members, {number for number, *_ in found})
        return [ArticleSummary(*(*row, grouped.get(number, ()))) for number, *row in found]

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""
        with self._database.reading():
            row = self._one("SELECT number FROM articles WHERE id = ?", article_id)
            return None if row is None else self._articles([row[0]])[row[0]]

    def _articles(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Articles by number, with their places."""
        wanted = rows.json_list(numbers)
        here = "number IN (SELECT value FROM json_each(?))"
        found = self._all(f"SELECT number, {rows.ARTICLE} FROM articles WHERE {here}", wanted)
        leaders = f"SELECT coalesce(same_as, number) FROM articles WHERE {here}"
        members = f"SELECT {rows.PLACE} FROM articles WHERE {{}} IN ({leaders})"
        both = f"{members.format('number')} UNION {members.format('same_as')} ORDER BY 2"
        grouped = rows.places(self._all(both, wanted, wanted), {row[0] for row in found})
        return {row[0]: replace(rows.article(row[1:]), places=grouped.get(row[0], ())) for row in found}

    def passage_ids(self, filters: Filters | None = None) -> Ids:
        """Ids of the passages that pass, ascending; of articles with one text, those of the one that leads."""
        condition, values = rows.condition(filters)
        found = self._all(f"SELECT id FROM passages WHERE id {condition} ORDER BY id", *values)
        return np.array([passage_id for (passage_id,) in found], np.int64)

    def passage_languages(self) -> tuple[Ids, list[str]]:
        """The ids of all passages and the language of each, its own or else its article's."""
        found = self._all(_LANGUAGES)
        return np.array([passage_id for passage_id, _ in found], np.int64), [language for _, language in found]

    def with_text(self, text_hash: str) -> list[str]:
        """The id of one of the articles with this text."""
        return [article_id for (article_id,) in self._all(_WITH_TEXT, text_hash)]

    def own_passage_ids(self, article_id: str) -> Ids:
        """Ids of the passages of one article, in the order of its text."""
        number = "(SELECT number FROM articles WHERE id = ?)"
        found = self._all(f"SELECT id FROM passages WHERE article = {number} ORDER BY start, id", article_id)
        return np.array([passage_id for (passage_id,) in found], np.int64)

    def contents(self) -> tuple[Stamp, Ids]:
        """The present state and the ids of its passages."""
        with self._database.reading():
            return self.stamp(), self.passage_ids()

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; those of one article share one `Article`."""
        with self._database.reading():  # a replaced article keeps its number: its new text has other passages
            found = self._all(
                'SELECT id, article, start, "end", language FROM passages WHERE id IN (SELECT value FROM json_each(?))',
                rows.json_list(ids),
            )
            articles = self._articles({number for _, number, *_ in found})
        return {passage_id: Passage(articles[number], *span) for passage_id, number, *span in found}

    def count(self) -> int:
        """How many passages there are."""
        (count,) = self._one("SELECT count(*) FROM passages") or (0,)
        return int(count)

    def vectors(self, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        """The ids that are still there, ascending, and their vectors."""
        with self._database.reading():  # another encoder's vectors may be of another length
            found = self._all(
                "SELECT id, vector FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                rows.json_list(ids),
            )
            fingerprint = self.stamp().fingerprint
        dimension = 0 if fingerprint is None else fingerprint.dimension
        kept = np.array([passage_id for passage_id, _ in found], np.int64)
        return kept, rows.matrix([blob for _, blob in found], dimension)

    def words(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The different words that each passage is found by."""
        found = self._all(
            "SELECT rowid, words FROM passage_words WHERE rowid IN (SELECT value FROM json_each(?))",
            rows.json_list(ids),
        )
        return {passage_id: frozenset(words.split(" ")) for passage_id, words in found}

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each word occurs."""
        counts = {}
        for word in words:  # one look-up each: a list in the query would read the whole vocabulary
            row = self._one("SELECT doc FROM passage_terms WHERE term = ?", word)
            if row is not None:
                counts[word] = int(row[0])
        return counts

    def search_words(self, words: Sequence[str], k: int, filters: Filters | None = None) -> list[tuple[int, float]]:
        """The k passages nearest by BM25; equal scores in the order of ids."""
        query = " OR ".join(rows.quoted(word) for word in words)
        if not query:
            return []
        condition, values = rows.condition(filters)
        found = self._all(
            f"SELECT rowid, rank FROM passage_words WHERE passage_words MATCH ? AND rowid {condition} "
            "ORDER BY rank, rowid LIMIT ?",
            query,
            *values,
            k,
        )
        return [(passage_id, -rank) for passage_id, rank in found]  # FTS5 ranks better matches lower

    def stage(self, fingerprint: Fingerprint, ids: Sequence[int], vectors: Vectors) -> None:
        """Keep vectors of another encoder aside."""
        check_unit_length(vectors)
        with self._database.writing() as db:
            if rows.meta(db, "staged") != rows.dump(fingerprint):
                db.execute("DELETE FROM staged_vectors")
                rows.set_meta(db, "staged", rows.dump(fingerprint))
            staged = [(int(i), vector.tobytes()) for i, vector in zip(ids, vectors, strict=True)]
            db.executemany("INSERT OR REPLACE INTO staged_vectors VALUES (?, ?)", staged)

    def unstaged(self, fingerprint: Fingerprint, limit: int) -> list[int]:
        """Up to `limit` ids of passages that have no vector of this encoder set aside yet."""
        row = self._one("SELECT value FROM meta WHERE key = 'staged'")
        staged = row is not None and row[0] == rows.dump(fingerprint)
        condition = "id NOT IN (SELECT passage FROM staged_vectors)" if staged else "TRUE"
        found = self._all(f"SELECT id FROM passages WHERE {condition} ORDER BY id LIMIT ?", limit)
        return [passage_id for (passage_id,) in found]

    def adopt(self, fingerprint: Fingerprint) -> bool:
        """Put the vectors set aside in the place of the present ones, all at once."""
        with self._writing() as db:
            if self.unstaged(fingerprint, 1):
                return False
            db.execute("UPDATE passages SET vector = (SELECT vector FROM staged_vectors WHERE passage = passages.id)")
            db.execute("DELETE FROM staged_vectors")
            db.execute("DELETE FROM meta WHERE key = 'staged'")
            rows.set_meta(db, "fingerprint", rows.dump(fingerprint))
        return True

    def check(self) -> None:
        """Read everything and compare."""
        self._database.check()
        with self._database.writing() as db:  # FTS5 compares itself with its text by a kind of insert
            db.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        (strays,) = self._one(_STRAYS) or (0,)
        if strays:
            raise LibraryDamaged(
                f"{strays} passages in {self._database.path} lack their words or lie outside their article.",
                help="Put back a copy of the file, or delete the folder and add the articles again.",
            )

    def scrub(self) -> None:
        """Leave no trace on the disk of what was removed: free pages are zero, but FTS5 and the log keep it a while."""
        with self._database.writing() as db:
            db.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
        self._database.empty_log()

    def size(self) -> int:
        """Bytes on disk, with those of the write-ahead log."""
        folder, name = self._database.path.parent, self._database.path.name
        return sum(file.stat().st_size for file in folder.glob(f"{name}*"))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that makes a new state."""
        with self._database.writing() as db:
            yield db
            db.execute("INSERT INTO writes DEFAULT VALUES")


_STAMP = """SELECT token, (SELECT value FROM meta WHERE key = 'fingerprint')
    FROM writes ORDER BY number DESC LIMIT 1"""

_LANGUAGES = """SELECT passages.id, coalesce(nullif(passages.language, ''), articles.language)
    FROM passages JOIN articles ON number = article WHERE same_as IS NULL ORDER BY passages.id"""

_WITH_TEXT = "SELECT id FROM articles WHERE text_hash = ? ORDER BY same_as IS NOT NULL LIMIT 1"

_STRAYS = """SELECT count(*) FROM passages JOIN articles ON number = article
    WHERE "end" > characters(text) OR passages.id NOT IN (SELECT rowid FROM passage_words)
    OR (SELECT count(*) FROM passages) != (SELECT count(*) FROM passage_words)"""
