"""One address to one file: resumes where it stopped, retries a cut line, says plainly what went wrong."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from documents.errors import FetchError
from documents.unreachable import why_unreachable
from embeddings.cache import disk_errors, megabytes

_ATTEMPTS = 4
"""Tries in a row that bring no byte before a download is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A file at an address.

    Attributes:
        url: where its bytes are.
        size: bytes, where known.
        headers: what a request for it must carry.
    """

    url: str
    size: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The address as far as it may be shown: the rest may hold a password."""
        return httpx.URL(self.url).host


class SourceUnreachable(FetchError):  # noqa: N818 - it says what is so
    """A source that did not answer or does not have the file: the next one may."""


def download(client: httpx.Client, remote: Remote, target: Path, progress: Callable[[int], None]) -> None:
    """Bring the bytes of an address into a file, going on from what the file already holds.

    The caller checks the hash: bytes of another version of the file are found out there.

    Args:
        client: does the requests.
        remote: where the bytes are.
        target: the unfinished file; it may exist and hold a beginning.
        progress: called with the bytes the file holds so far.

    Raises:
        SourceUnreachable: when the source never sent a byte.
        FetchError: when it broke off and could not be taken up again, or the disk refused.
    """
    failures, held = 0, _size(target)
    started, size = False, remote.size
    while size is None or held < size:
        try:
            _stream(client, remote, target, progress)
            break
        except httpx.TransportError as problem:
            grown, held = _size(target) > held, _size(target)
            started = started or grown
            failures = 0 if grown else failures + 1
            if not started:
                raise SourceUnreachable(f"{remote.host} cannot be reached ({why_unreachable(problem)}).") from problem
            if failures >= _ATTEMPTS:
                raise _broken(target, held, size, problem) from problem
            time.sleep(min(failures, 2))
    if size is not None and _size(target) < size:
        raise _broken(target, _size(target), size, None)


def _stream(client: httpx.Client, remote: Remote, target: Path, progress: Callable[[int], None]) -> None:
    held = _size(target)
    # Compressed answers would make offsets meaningless.
    asked = {**remote.headers, "Accept-Encoding": "identity"} | ({"Range": f"bytes={held}-"} if held else {})
    with client.stream("GET", remote.url, headers=asked) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            # What we hold is as long as the server's file, or longer: the hash will tell if it is that file.
            return
        if answer.is_error:
            raise SourceUnreachable(f"{remote.host} answered {answer.status_code} for {target.stem}.")
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        with disk_errors(target), target.open("ab" if resumed else "wb") as file:
            # As they come, not in blocks of our choice: a block that is cut would be lost.
            for block in answer.iter_raw():
                file.write(block)
                progress(file.tell())


def _broken(target: Path, held: int, size: int | None, problem: Exception | None) -> FetchError:
    of = f" of {megabytes(size)}" if size is not None else ""
    reason = f" ({why_unreachable(problem)})" if problem else ""
    return FetchError(
        f"The download of {target.stem} broke off at {megabytes(held)}{of}{reason}.",
        help="Run again: it goes on from there.",
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
