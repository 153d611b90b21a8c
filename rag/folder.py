"""A library's folder: what lies where in it, and who may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from documents.errors import LibraryBusy, LibraryError
from rag.settings import default_folder

WAIT_S = 1.0
"""How long a writer waits: a reader that is just saving the index is done by then, another writer is not."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a library.

    Attributes:
        path: the folder, which exists.
    """

    path: Path

    @classmethod
    def at(cls, path: str | Path | None) -> Self:
        """The folder of this name, made when missing; None takes the default one.

        Raises:
            LibraryError: it is a file, or cannot be made.
        """
        folder = default_folder() if path is None else Path(path).expanduser()
        if folder.exists() and not folder.is_dir():
            raise LibraryError(
                f"{folder} is a file, and a library is a folder.", help="Name a folder; it is made when missing."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library folder {folder} cannot be made: {error.strerror}.", help="Choose another folder."
            ) from error
        return cls(folder.resolve())

    @property
    def store(self) -> Path:
        """The file of articles, the one truth."""
        return self.path / "library.sqlite"

    @property
    def index(self) -> Path:
        """The saved vector index, which can always be made again."""
        return self.path / "vectors.index"

    @property
    def reading_lock(self) -> Path:
        """Held by the process that reads ahead for this library."""
        return self.path / "reading.lock"

    @contextmanager
    def writing(self, wait_s: float | None = None) -> Iterator[None]:
        """Be the only writer among all processes and threads; a killed one leaves no lock behind.

        Args:
            wait_s: how long to wait for another; None takes WAIT_S.

        Raises:
            LibraryBusy: another one is writing.
        """
        try:
            lock = FileLock(self.path / "writing.lock").acquire(timeout=WAIT_S if wait_s is None else wait_s)
        except Timeout as error:
            raise LibraryBusy(
                f"Another process is writing to the library {self.path}.",
                help="Wait until it has finished, then try again.",
            ) from error
        with lock:
            yield
