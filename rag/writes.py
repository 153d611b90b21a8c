"""The parts of a transaction that writes an article into a library's SQLite file."""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import hashlib
import itertools
import sqlite3

from documents.errors import EmbeddingMismatch
from embeddings.encoder import Fingerprint
from rag import rows
from rag.store import Entry

_ID_LENGTH = 12  # hex digits of the origin's hash; two origins that share them are told apart by a suffix


def claim(db: sqlite3.Connection, fingerprint: Fingerprint) -> None:
    """Make the first writer's encoder the library's own; refuse any other's vectors."""
    present = rows.meta(db, "fingerprint")
    if present is None or not db.execute("SELECT 1 FROM passages LIMIT 1").fetchone():
        rows.set_meta(db, "fingerprint", rows.dump(fingerprint))
    elif present != rows.dump(fingerprint):
        raise EmbeddingMismatch(f"The library's vectors were made by {rows.load(present)}, not by {fingerprint}.")


def free_id(db: sqlite3.Connection, origin: str, wanted: str = "") -> str:
    """The id that is wanted, or one that stays the same as long as the origin does, wherever that is possible."""
    stem = hashlib.sha256(origin.encode("utf-8", "surrogateescape")).hexdigest()[:_ID_LENGTH]
    candidates = itertools.chain([wanted] if wanted else [], (stem,), (f"{stem}-{n}" for n in itertools.count(2)))
    taken = "SELECT 1 FROM articles WHERE id = ?"
    return next(i for i in candidates if db.execute(taken, (i,)).fetchone() is None)


def write_article(db: sqlite3.Connection, article_id: str, entry: Entry) -> int:
    """Write an article's row, over the one of the same id if there is one; return its number."""
    fields = rows.article_row(article_id, entry)
    changes = ", ".join(f"{name} = excluded.{name}" for name in fields if name != "id")
    (number,) = db.execute(
        f"INSERT INTO articles ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))}) "
        f"ON CONFLICT (id) DO UPDATE SET {changes} RETURNING number",
        tuple(fields.values()),
    ).fetchone()
    return int(number)


def write_passages(db: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Write the passages of the article of this number, with their vectors and words."""
    for passage, words, vector in zip(entry.passages, entry.words, entry.vectors, strict=True):
        cursor = db.execute(
            'INSERT INTO passages (article, start, "end", language, vector) VALUES (?, ?, ?, ?, ?)',
            (number, passage.start, passage.end, passage.language, vector.tobytes()),
        )
        db.execute("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words))


def drop_passages(db: sqlite3.Connection, number: int) -> None:
    """Forget the passages of the article of this number, with their vectors and words."""
    mine = "(SELECT id FROM passages WHERE article = ?)"
    db.execute(f"DELETE FROM passage_words WHERE rowid IN {mine}", (number,))
    db.execute("DELETE FROM passages WHERE article = ?", (number,))
