"""Passage states on disk: written whole or not at all, checked on reading, the least used removed first.

A state is only a saving of time: whatever is wrong with a file, it is removed and the state made anew. To the cache a
state is bytes: vectors of sentences (`rag/sentence_vectors.py`) lie among them like any other.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"DOSSIER-STATE-1\n"
_SUFFIX = ".state"
_DIGEST = hashlib.sha256().digest_size
_SPARE = 0.9  # of the limit: what is left after making room, so that not every write has to


def state_key(*parts: bytes | str) -> str:
    """The name of a state: a hash of everything that it depends on, in order."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "little") + raw)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How many states are kept, vectors of sentences counted among them, and the bytes they take."""

    states: int
    size: int


class StateCache:
    """A folder of states, shared by all processes of a user.

    Args:
        folder: made when missing.
        limit: bytes that all states may take together.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self.limit = limit

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def begins(self, key: str, start: bytes) -> bool:
        """Whether there is a state that begins so; the rest is not looked at, and it counts as no use of it."""
        try:
            with self._path(key).open("rb") as file:
                file.seek(len(_MAGIC) + _DIGEST)
                return file.read(len(start)) == start
        except OSError:
            return False

    def get(self, key: str) -> bytes | None:
        """A state, None when it is not there or not whole; a broken file is removed."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        head, state = raw[: len(_MAGIC) + _DIGEST], raw[len(_MAGIC) + _DIGEST :]
        if head != _MAGIC + _digest(key, state):
            self.drop(key)
            return None
        with suppress(OSError):  # a folder that may only be read keeps its order
            os.utime(path)
        return state

    def put(self, key: str, state: bytes) -> bool:
        """Keep a state; False when the disk does not want it, or it is larger than the limit."""
        size = len(_MAGIC) + _DIGEST + len(state)
        if size > self.limit:
            return False
        try:
            self._make_room(size)
            self._write(key, state)
        except OSError:
            return False
        return True

    def drop(self, key: str) -> None:
        """Forget a state, if it is there."""
        with suppress(OSError):
            self._path(key).unlink()

    def use(self) -> CacheUse:
        """What is kept at this moment."""
        sizes = [size for _, size, _ in self._files()]
        return CacheUse(len(sizes), sum(sizes))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_SUFFIX}"

    def _write(self, key: str, state: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _digest(key, state))
                file.write(state)
            # No fsync: a state lost in a power cut is made anew, and the checksum finds half a one.
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def _make_room(self, size: int) -> None:
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        if total + size <= self.limit:
            return
        for _, freed, path in files:
            path.unlink(missing_ok=True)
            total -= freed
            if total + size <= self.limit * _SPARE:
                return

    def _files(self) -> Iterable[tuple[float, int, Path]]:
        """(last use, bytes, path) of every state, and of what killed processes left half-written."""
        for path in self._folder.glob("??/*"):
            with suppress(OSError):  # another process removed it just now
                stat = path.stat()
                yield stat.st_mtime, stat.st_size, path


def _digest(key: str, state: bytes) -> bytes:
    """The checksum holds the key too: a file under another's name is not taken for it."""
    return hashlib.sha256(key.encode() + state).digest()
