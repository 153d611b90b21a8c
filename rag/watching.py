"""Keeping a library equal to a folder while its files change, on every kind of disk."""

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from documents import find
from documents.errors import ArticleError, EmbeddingMismatch, LibraryBusy, LibraryDamaged, LibraryError
from rag.adding import AddReport

PAUSE_S = 2.0
"""Between two looks at a folder. Looking at 10,000 files takes a tenth of a second; network disks and containers do not
tell of changes, so nobody is asked to."""

_STEP_S = 0.1  # how soon a wish to stop is noticed


def watch(
    folder: Path, sync: Callable[[], AddReport], pause_s: float, should_stop: Callable[[], bool]
) -> Iterator[AddReport]:
    """Sync at once, and then each time when files have changed and come to rest; what came of it.

    Args:
        folder: with all that lies below it.
        sync: makes the library equal to it; tried again while another process writes.
        pause_s: how long files must stay as they are, so that half-written ones are not read.
        should_stop: asked often; once true, this ends.
    """
    synced = None
    seen = look(folder)
    while not should_stop():
        if seen != synced:
            try:
                yield sync()
                synced = seen
            except LibraryBusy:
                pass  # nothing is lost: the folder still differs from what was synced, so the next look tries again
            except (LibraryDamaged, EmbeddingMismatch):
                raise
            except LibraryError as error:  # the folder is away, or suddenly empty: it may come back
                synced = seen
                yield AddReport(problems=(ArticleError(error.message, help=error.help),))
        before, seen = seen, _later(folder, pause_s, should_stop)
        while seen != before and not should_stop():
            before, seen = seen, _later(folder, pause_s, should_stop)


def look(folder: Path) -> str:
    """What the folder looks like: equal while no file is added, changed, moved or removed."""
    digest = hashlib.sha256()
    for path in find(folder, on_problem=lambda _: None):
        try:
            found = path.stat()
            seen = (str(path), found.st_size, found.st_mtime_ns, found.st_ino)
        except OSError:
            seen = (str(path), 0, 0, 0)
        digest.update(repr(seen).encode())
    return digest.hexdigest()


def _later(folder: Path, pause_s: float, should_stop: Callable[[], bool]) -> str:
    end = time.monotonic() + pause_s
    while (left := end - time.monotonic()) > 0 and not should_stop():
        time.sleep(min(left, _STEP_S))
    return look(folder)
