"""One address to one file: resumes where it stopped, retries a cut line, says plainly what went wrong."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from documents.errors import FetchError
from embeddings.cache import disk_errors, megabytes

_ATTEMPTS = 4
"""Tries in a row that bring no byte before a download is given up."""
_BLOCK = 1 << 18


class SourceUnreachable(FetchError):
    """A source that did not answer or does not have the file: the next one may."""


def download(
    client: httpx.Client,
    url: str,
    target: Path,
    *,
    size: int | None = None,
    headers: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Bring the bytes of an address into a file, going on from what the file already holds.

    The caller checks the hash: bytes of another version of the file are found out there.

    Args:
        client: does the requests.
        url: where the bytes are.
        target: the unfinished file; it may exist and hold a beginning.
        size: bytes of the whole file, where known.
        headers: extra request headers.
        progress: called with the bytes the file holds so far.

    Raises:
        SourceUnreachable: when the source never sent a byte.
        FetchError: when it broke off and could not be taken up again, or the disk refused.
    """
    failures, held = 0, _size(target)
    started = False
    while size is None or held < size:
        try:
            _stream(client, url, target, held, headers or {}, progress)
            break
        except httpx.TransportError as problem:
            grown, held = _size(target) > held, _size(target)
            started = started or grown
            failures = 0 if grown else failures + 1
            if not started:
                raise SourceUnreachable(f"{_host(url)} cannot be reached ({_reason(problem)}).") from problem
            if failures >= _ATTEMPTS:
                raise _broken(target, held, size, problem) from problem
            time.sleep(min(failures, 2))
    if size is not None and _size(target) < size:
        raise _broken(target, _size(target), size, None)


def _stream(
    client: httpx.Client,
    url: str,
    target: Path,
    held: int,
    headers: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> None:
    # Compressed answers would make offsets meaningless.
    asked = {**headers, "Accept-Encoding": "identity"} | ({"Range": f"bytes={held}-"} if held else {})
    with client.stream("GET", url, headers=asked) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            # The server's file is no longer than what we hold: whole already, or not ours. The hash will tell.
            return
        if answer.is_error:
            raise SourceUnreachable(f"{_host(url)} answered {answer.status_code} for {target.stem}.")
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        with disk_errors(target), target.open("ab" if resumed else "wb") as file:
            for block in answer.iter_raw(_BLOCK):
                file.write(block)
                if progress:
                    progress(file.tell())


def _broken(target: Path, held: int, size: int | None, problem: Exception | None) -> FetchError:
    of = f" of {megabytes(size)}" if size is not None else ""
    reason = f" ({_reason(problem)})" if problem else ""
    return FetchError(
        f"The download of {target.stem} broke off at {megabytes(held)}{of}{reason}.",
        help="Run again: it goes on from there.",
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _host(url: str) -> str:
    # Never the whole address: it may hold a password.
    return httpx.URL(url).host


def _reason(problem: Exception) -> str:
    return str(problem) or type(problem).__name__
