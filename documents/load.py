"""Files: find those that can be articles, and read them within bounds."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from documents.display import printable
from documents.errors import ArticleError
from documents.kinds import LARGE, SUFFIXES

SIZE_LIMIT = 20_000_000  # bytes; the longest novels have a tenth of it
LARGE_LIMIT = 200_000_000  # bytes of what holds pictures, or many articles

OnProblem = Callable[[ArticleError], None]
OnPassedOver = Callable[[Path], None]


def find(path: Path, on_problem: OnProblem, on_passed_over: OnPassedOver = lambda _: None) -> Iterator[Path]:
    """List the files that can be articles.

    Args:
        path: a file, or a folder that is walked with all that lies below it. Hidden files and folders are
            passed over, and a folder that links lead to again is walked once.
        on_problem: called with what is wrong about a path that does not exist, a folder or link that cannot be
            read, or a single file of another kind; the listing goes on.
        on_passed_over: called with each file of another kind that lies in a folder.

    Yields:
        Paths in sorted order, below the path as it was given.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        on_problem(_unreadable(path, error))
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, on_problem, on_passed_over)
    elif path.suffix.lower() in SUFFIXES:
        yield path
    else:
        works = " ".join(SUFFIXES)
        on_problem(
            ArticleError(f"{printable(path)} is of a kind that Dossier does not read.", help=f"It reads {works}.")
        )


def read(path: Path, *, limit: int | None = None) -> bytes:
    """Read a file whole.

    Args:
        path: a regular file, or a link to one.
        limit: largest number of bytes accepted; by default as its kind needs.

    Returns:
        Its bytes.

    Raises:
        ArticleError: when it cannot be read, is not a regular file, or is larger than the limit.
    """
    limit = limit or (LARGE_LIMIT if path.suffix.lower() in LARGE else SIZE_LIMIT)
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise ArticleError(f"{printable(path)} is not a regular file.")
            if found.st_size > limit:
                raise _too_large(path, found.st_size, limit)
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        raise _too_large(path, len(data), limit)
    return data


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal: equal exactly when nothing changed."""
    return hashlib.sha256(data).hexdigest()


def _walk(root: Path, on_problem: OnProblem, on_passed_over: OnPassedOver) -> Iterator[Path]:
    """Depth first, on a stack of our own: folders may be nested deeper than Python recurses."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield path
                continue
            found = path.stat()
            if (found.st_dev, found.st_ino) in seen:
                continue
            seen.add((found.st_dev, found.st_ino))
            waiting.extend(sorted(_entries(path, on_problem, on_passed_over), reverse=True))
        except OSError as error:
            on_problem(_unreadable(path, error))


def _entries(folder: Path, on_problem: OnProblem, on_passed_over: OnPassedOver) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            try:
                if path.suffix.lower() in SUFFIXES or entry.is_dir():
                    yield path
                else:
                    on_passed_over(path)
            except OSError as error:  # a link in a circle, or to where nobody may look: the others are still good
                on_problem(_unreadable(path, error))


def _unreadable(path: Path, error: OSError | ValueError) -> ArticleError:
    reason = getattr(error, "strerror", None) or str(error)
    return ArticleError(f"{printable(path)} cannot be read: {reason}.")


def _too_large(path: Path, size: int, limit: int) -> ArticleError:
    return ArticleError(
        f"{printable(path)} has {size:,} bytes; the limit is {limit:,}.", help="Split it into smaller files."
    )
