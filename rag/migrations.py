"""The shape of a library's SQLite file, as numbered steps; what is stored changes shape only through them."""

import sqlite3

from documents.errors import LibraryError

# Words come folded and separated by spaces (documents/words.py). The ascii tokenizer takes every character
# beyond ASCII as part of a word; with ASCII's own marks listed it splits at nothing but white space.
_TOKENIZER = """ascii tokenchars '!""#$%&''''()*+,-./:;<=>?@[\\]^_`{|}~'"""

_FIRST = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO meta VALUES ('generation', '0'), ('store', lower(hex(randomblob(16))))",
    """CREATE TABLE articles (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        origin TEXT NOT NULL UNIQUE,
        content_hash TEXT NOT NULL,
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        date TEXT,
        source TEXT,
        language TEXT NOT NULL,
        url TEXT,
        path TEXT,
        sections TEXT NOT NULL,
        added_at TEXT NOT NULL
    )""",
    # AUTOINCREMENT: in one history an id is never given twice, so an index tells old passages from new by id alone.
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        vector BLOB NOT NULL,
        CHECK (0 <= start AND start < "end")
    )""",
    "CREATE INDEX passages_of_article ON passages (article)",
    f'CREATE VIRTUAL TABLE passage_words USING fts5 (words, tokenize = "{_TOKENIZER}")',
    "CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passage_words, row)",
    """CREATE TABLE staged_vectors (
        passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
        vector BLOB NOT NULL
    )""",
)

# A file that is put back from a backup takes its counters back with it, and then gives the same numbers to other
# passages. A random token for each write tells the two histories apart, and takes some 60 bytes.
_SECOND = (
    """CREATE TABLE writes (
        number INTEGER PRIMARY KEY,
        token TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16))))
    )""",
    "INSERT INTO writes DEFAULT VALUES",
    "DELETE FROM meta WHERE key IN ('generation', 'store')",
)

# What an article says of itself; what the user corrected; and what tells the same text apart from another. Of articles
# with the same text one leads, and is searched: `same_as` of the others is its number. Texts that share a band may be
# near duplicates (rag/duplicates.py).
_THIRD = (
    "ALTER TABLE articles ADD COLUMN author TEXT",
    "ALTER TABLE articles ADD COLUMN modified TEXT",
    "ALTER TABLE articles ADD COLUMN rubric TEXT",
    "ALTER TABLE articles ADD COLUMN provenance TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE articles ADD COLUMN pages TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE articles ADD COLUMN edits TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE articles ADD COLUMN text_hash TEXT",
    "ALTER TABLE articles ADD COLUMN same_as INTEGER REFERENCES articles (number) ON DELETE SET NULL",
    "ALTER TABLE passages ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX articles_of_content ON articles (content_hash)",
    "CREATE INDEX articles_of_text ON articles (text_hash)",
    "CREATE INDEX articles_same_as ON articles (same_as) WHERE same_as IS NOT NULL",
    """CREATE TABLE bands (
        band INTEGER NOT NULL,
        article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
        PRIMARY KEY (band, article)
    ) WITHOUT ROWID""",
    "CREATE INDEX bands_of_article ON bands (article)",
)

# What is remembered of the web (rag/web_memory.py). A page stays known when its article is removed: what somebody took
# out must not come back with the next update.
_FOURTH = (
    """CREATE TABLE feeds (
        url TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        most INTEGER NOT NULL,
        etag TEXT,
        last_modified TEXT,
        checked_at TEXT
    ) WITHOUT ROWID""",
    """CREATE TABLE pages (
        url TEXT PRIMARY KEY,
        feed TEXT REFERENCES feeds (url) ON DELETE SET NULL,
        version TEXT NOT NULL DEFAULT '',
        date TEXT,
        author TEXT,
        etag TEXT,
        last_modified TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        waiting INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID""",
    "CREATE INDEX pages_of_feed ON pages (feed, waiting)",
)

# Which sites asked to be left alone, in seconds since 1970: the next run keeps to it too.
_FIFTH = ("CREATE TABLE closed_sites (site TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID",)

Steps = tuple[tuple[str, ...], ...]
"""What makes a file's shape, step by step: the statements of each."""

MIGRATIONS: Steps = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)


def migrate(db: sqlite3.Connection, steps: Steps | None = None) -> None:
    """Bring a file, perhaps a new and empty one, to the present shape.

    Args:
        db: in autocommit mode; each step is one transaction, so a killed one leaves the shape before it.
        steps: all of them, those included that the file has had; None takes MIGRATIONS.

    Raises:
        LibraryError: the file was written by a newer version.
    """
    steps = MIGRATIONS if steps is None else steps
    while (version := _version(db)) != len(steps):
        if version > len(steps):
            raise LibraryError(
                f"The library was written by a newer Dossier (format {version}; this one reads up to format "
                f"{len(steps)}).",
                help="Update Dossier, or use another library folder.",
            )
        _step(db, version, steps[version])


def _step(db: sqlite3.Connection, version: int, statements: tuple[str, ...]) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if _version(db) == version:  # else another process was faster
            for statement in statements:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version + 1}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)
