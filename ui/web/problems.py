"""What went wrong, in the words of the interface.

The library says in English what happened, with the values that disagree. Where the interface speaks English, that is
shown; elsewhere the kind of failure is told. What the library said is among the details in any case. A library that
is busy is told by its kind everywhere: the other process may well be this one, and nobody needs the folder's name.
"""

import errno
import sqlite3
from importlib.metadata import version

from rag import (
    ArticleError,
    DossierError,
    EmbeddingMismatch,
    FetchError,
    HashMismatch,
    LibraryBusy,
    LibraryDamaged,
    LibraryEmpty,
    LibraryError,
    ModelError,
    QuestionError,
)
from ui.web.exchange import Problem
from ui.web.texts import Texts

_OWN = "en"  # what the library speaks

_KINDS: tuple[tuple[type[DossierError], str], ...] = (
    (LibraryBusy, "busy"),
    (LibraryDamaged, "damaged"),
    (LibraryEmpty, "empty"),
    (EmbeddingMismatch, "mismatch"),
    (LibraryError, "library"),
    (FetchError, "fetch"),
    (HashMismatch, "hash"),
    (ModelError, "model"),
    (ArticleError, "article"),
    (QuestionError, "question"),
    (DossierError, "other"),
)
"""The first that fits counts."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def problem_of(error: Exception, t: Texts) -> Problem:
    """A failure as it is told to whoever asked for what failed.

    Args:
        error: what was raised; one that was not meant is told by its kind alone.
        t: the words of the interface.
    """
    if isinstance(error, DossierError) and t.language == _OWN and not isinstance(error, LibraryBusy):
        return Problem(error.message, error.help, details_of(error))
    kind = "problem-" + _kind(error)
    return Problem(t(kind), t(kind + "-help"), details_of(error))


def own_words(error: DossierError, t: Texts) -> str:
    """What the library said, where what is shown says less."""
    return "" if t.language == _OWN or isinstance(error, LibraryBusy) else str(error)


def details_of(error: BaseException) -> str:
    """What a failure was, for somebody who looks into it.

    An error that was not meant is told by its kind alone: its message may hold words of an article or a path.
    """
    known = f": {error}" if isinstance(error, DossierError) else ""
    return f"Dossier {version('dossier')}\n{type(error).__name__}{known}"


def _kind(error: Exception) -> str:
    no_room = isinstance(error, OSError) and error.errno in _FULL
    if no_room or (isinstance(error, LibraryError) and isinstance(error.__cause__, sqlite3.OperationalError)):
        return "disk"
    return next((kind for each, kind in _KINDS if isinstance(error, each)), "unexpected")
