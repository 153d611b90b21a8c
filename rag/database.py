"""One SQLite file, opened safely: whole transactions, one thread at a time, errors a user can act on."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from documents.errors import LibraryDamaged, LibraryError
from rag.migrations import Steps, migrate

_BUSY_S = 30  # how long one transaction waits for that of another process


class Database:
    """A connection that any thread may use.

    Threads take turns, so that none sees another's unfinished transaction; each turn is milliseconds.

    Args:
        path: the file, created when missing.
        steps: what makes its shape; None takes that of a library's articles.
        remedy: what to do when the file is damaged.

    Raises:
        LibraryDamaged: the file is not a whole SQLite database.
        LibraryError: the file cannot be opened, or was written by a newer version.
    """

    def __init__(
        self,
        path: Path,
        steps: Steps | None = None,
        remedy: str = "Put back a copy of the file, or delete the folder and add the articles again.",
    ) -> None:
        self.path = path
        self._remedy = remedy
        self._lock = threading.RLock()
        with self._turn():
            self._db = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
            try:
                self._prepare(steps)
            except BaseException:
                self._db.close()
                raise

    def all(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        with self._turn():
            return self._db.execute(sql, parameters).fetchall()

    def one(self, sql: str, *parameters: object) -> tuple[Any, ...] | None:
        """The first row of a query, None when there is none."""
        with self._turn():
            row: tuple[Any, ...] | None = self._db.execute(sql, parameters).fetchone()
            return row

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see one state, whatever other processes write in between."""
        with self._turn():
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")  # there is nothing to keep

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, whole or not at all."""
        with self._turn():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def check(self) -> None:
        """Read the whole file.

        Raises:
            LibraryDamaged: SQLite finds it broken.
        """
        with self._turn():
            for pragma in ("integrity_check", "foreign_key_check"):
                found = [row for row in self._db.execute(f"PRAGMA {pragma}") if row != ("ok",)]
                if found:
                    raise sqlite3.DatabaseError("; ".join(str(part) for part in found[0]))

    def empty_log(self) -> None:
        """Write what is in the log to its place, and forget it, unless another process is reading."""
        with self._turn():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        with self._turn():
            self._db.close()

    def _prepare(self, steps: Steps | None) -> None:
        self._db.create_function("fold", 1, _fold, deterministic=True)
        self._db.create_function("characters", 1, len, deterministic=True)  # length() stops at a NUL
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")  # what was reported as added outlives a power cut
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")  # what was removed does not stay in free pages
        migrate(self._db, steps)
        self._check_length()

    def _check_length(self) -> None:
        """Compare the file's length with its own count of pages; reading all of it would take too long.

        The count comes first: were the log looked at before, a write in between would look like damage.
        """
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (page_size,) = self._db.execute("PRAGMA page_size").fetchone()
        log = self.path.with_name(f"{self.path.name}-wal")
        in_log = log.exists() and log.stat().st_size > 0  # then pages that the file lacks may be there
        if not in_log and self.path.stat().st_size < pages * page_size:
            raise sqlite3.DatabaseError("it is shorter than it says")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
                raise  # our own slip: use after close, a broken rule of the schema
            except sqlite3.OperationalError as error:
                raise LibraryError(
                    f"The library's file {self.path} cannot be used: {error}.",
                    help="Check that the folder may be written to and that the disk is not full.",
                ) from error
            except sqlite3.DatabaseError as error:
                raise LibraryDamaged(
                    f"The library's file {self.path} is damaged: {error}.",
                    help=self._remedy,
                ) from error


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()
