"""The folder that keeps models: where it is, which files in it are known to be whole, how much room is left.

A file counts as cached when a record beside it (`<file>.verified`) names the hash it was found to have and
the size and time it had then. So a start needs one `stat`, not a second of hashing, and a file that was cut
short or written over is noticed.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from documents.errors import FetchError

_BLOCK = 1 << 20


def cache_dir() -> Path:
    """The folder for everything that can be had again: `DOSSIER_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("DOSSIER_CACHE")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_cache_dir("dossier"))


def model_dir(name: str) -> Path:
    """The folder of one model in the cache; it may not exist."""
    return cache_dir() / "models" / name.replace("/", "--")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a file was when its hash was last checked.

    Attributes:
        sha256: the hash found.
        size: bytes then.
        mtime_ns: time of last change then, nanoseconds.
    """

    sha256: str
    size: int
    mtime_ns: int


def verified(path: Path) -> Verified | None:
    """The record of a file that is whole and has not changed since it was checked; None otherwise."""
    try:
        record = Verified(**json.loads(_record_path(path).read_text(encoding="utf-8")))
        now = path.stat()
    except (OSError, ValueError, TypeError):
        return None
    return record if (record.size, record.mtime_ns) == (now.st_size, now.st_mtime_ns) else None


def record_verified(path: Path, sha256: str) -> None:
    """Write down that a file has this hash, so that it is not computed again."""
    now = path.stat()
    write_json(_record_path(path), asdict(Verified(sha256, now.st_size, now.st_mtime_ns)))


def write_json(path: Path, value: object) -> None:
    """Write JSON so that a reader sees the old file or the new one, never half of it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    partial.write_text(json.dumps(value), encoding="utf-8")
    partial.replace(path)


def sha256_of(path: Path) -> str:
    """The file's hash, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def gguf_hash(path: Path) -> str:
    """sha256 of a model's file; not computed again where it was checked and has not changed since."""
    record = verified(path)
    return record.sha256 if record else sha256_of(path)


def git_blob_sha1_of(path: Path) -> str:
    """The file's hash as git (and the hub, for small files) computes it: over a header and the bytes."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def commit_file(partial: Path, final: Path) -> None:
    """Give a finished file its name, so that it survives a power cut whole or not at all."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(final)
    sync_dir(final.parent)


def sync_dir(folder: Path) -> None:
    """Make renames inside a folder durable, on systems that can open a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_room(folder: Path, needed: int, what: str) -> None:
    """Check that the disk has room, before time is spent on a download that cannot end well.

    Args:
        folder: an existing folder on the disk to check.
        needed: bytes still to be written.
        what: what is to be written, for the message.

    Raises:
        FetchError: when less than `needed` is free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise FetchError(
            f"{what} needs {megabytes(needed)} more, and {folder} has {megabytes(free)} free.",
            help="Free some room, or set DOSSIER_CACHE to a folder on a larger disk; what is there is kept.",
        )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn a failure to write (disk full, no permission) into one clear line.

    Raises:
        FetchError: for any OSError raised inside.
    """
    try:
        yield
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "the disk is full" if full else (problem.strerror or str(problem))
        raise FetchError(
            f"{path} could not be written: {reason}.",
            help="Free some room and run again; what is already there is kept."
            if full
            else "Check the folder's permissions, or set DOSSIER_CACHE to a folder you may write to.",
        ) from problem


def megabytes(count: int) -> str:
    """A number of bytes as people read it: megabytes of 10^6."""
    return f"{count / 1e6:,.1f} MB"


def _record_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")
