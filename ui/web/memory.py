"""The file that the chat remembers in: `chat.sqlite`, beside the articles in the library's folder."""

from pathlib import Path

from rag import Database

NAME = "chat.sqlite"

_REMEDY = "Put back a copy of the file, or move it away: the chat then begins a new one. The articles are not in it."

# Whose a row is stands in `owner`: the name somebody signed in with, "" where nobody signs in. A conversation that was
# deleted stays until the chat is started again, so that deleting can be undone. `words` is what is searched, folded.
_FIRST = (
    """CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        title TEXT NOT NULL,
        scope TEXT,
        changed_at TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID""",
    "CREATE INDEX conversations_of_owner ON conversations (owner, deleted, changed_at)",
    """CREATE TABLE exchanges (
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        record TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (conversation, number)
    )""",
    """CREATE TABLE preferences (
        owner TEXT PRIMARY KEY,
        record TEXT NOT NULL
    ) WITHOUT ROWID""",
)

_STEPS = (_FIRST,)


def open_memory(folder: Path) -> Database:
    """The chat's file in a library's folder, made when missing.

    Args:
        folder: the library's.

    Raises:
        LibraryDamaged: the file is broken.
        LibraryError: it cannot be opened, or a newer version wrote it.
    """
    return Database(folder / NAME, _STEPS, _REMEDY)
