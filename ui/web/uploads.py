"""Files that were uploaded: kept beside the library, which refers to what it holds by its path.

Each lies in a folder that is named by its content, so that two files of one name never meet.
"""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from gradio.utils import get_upload_folder

_LONGEST = 80  # bytes of a name, its suffix included
_SUFFIX = 12  # characters of what can be the suffix of a file
_FOLDER = 16  # hex digits of a content's hash
_RESERVED = frozenset('<>:"/\\|?*')  # mean something to one system or another
_UNNAMED = "article"
_NEW_S = 3_600.0


class Uploads:
    """The folder of what was uploaded to a library.

    Args:
        library: the library's own folder.
    """

    def __init__(self, library: Path) -> None:
        self.folder = library / "uploads"

    def keep(self, temporary: str, name: str) -> Path:
        """Take a file that a browser has sent to where it stays; what lies there is whole or not there.

        Args:
            temporary: where Gradio has put it. It is gone afterwards.
            name: what it was called, whatever that is.

        Raises:
            PermissionError: the file is not one that was uploaded.
            OSError: it cannot be read or written.
        """
        source = received(temporary)
        with source.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        folder = self.folder / content[:_FOLDER]
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / safe_name(name)
        if target.exists():
            os.utime(target)  # it is wanted again
        else:
            _copy(source, target)
        source.unlink(missing_ok=True)
        return target

    def forget(self, path: str, used: Collection[str]) -> bool:
        """Delete a file that no article is made of any more; False when it is not ours or still used.

        Args:
            path: of a file that an article was made of.
            used: those that articles are made of now.
        """
        if path in used:
            return False
        file = Path(path)
        if file.parent.parent != self.folder or not file.parent.is_dir():
            return False
        _delete(file)
        return True

    def sweep(self, used: Collection[str]) -> None:
        """Delete all files that no article is made of, but for new ones: another chat may be about to read those.

        Args:
            used: those that articles are made of. Where the library lay then does not count: it may have been moved.
        """
        known = {(Path(path).parent.name, Path(path).name) for path in used}
        before = time.time() - _NEW_S
        for file in [*self.folder.glob(f"{'[0-9a-f]' * _FOLDER}/*")]:
            if (file.parent.name, file.name) not in known and file.is_file() and file.stat().st_mtime < before:
                _delete(file)


def received(path: str) -> Path:
    """The file that a browser has sent under this path.

    Raises:
        PermissionError: it is another one: a browser may name anything, and is only believed of what it sent itself.
        FileNotFoundError: there is none.
    """
    file = Path(path).resolve(strict=True)
    if not file.is_relative_to(Path(get_upload_folder()).resolve()) or not file.is_file():
        raise PermissionError("this file was not uploaded")
    return file


def safe_name(name: str) -> str:
    """A name that any system takes for one file in this folder, as like the given one as can be; its suffix stays."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join("_" if c in _RESERVED else c for c in last if c.isprintable())
    shown = shown.strip().strip(".").strip()
    stem, point, suffix = shown.rpartition(".")
    if not point or len(suffix) > _SUFFIX:
        stem, suffix = shown, ""
    ending = f".{suffix}" if suffix else ""
    room = _LONGEST - len(ending.encode())
    return (stem.encode()[:room].decode(errors="ignore").rstrip(" .") or _UNNAMED) + ending


def _delete(file: Path) -> None:
    file.unlink(missing_ok=True)
    if not any(file.parent.iterdir()):
        file.parent.rmdir()


def _copy(source: Path, target: Path) -> None:
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with source.open("rb") as given, beside.open("xb") as kept:
            shutil.copyfileobj(given, kept)
            kept.flush()
            os.fsync(kept.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Let the name outlive a power cut, too; only where folders can be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
