"""A library's folder: what lies where in it, and who may write."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from documents.display import printable
from documents.errors import DossierError, LibraryBusy, LibraryError
from rag.database import Database
from rag.settings import LIBRARY_VARIABLE, default_folder

WAIT_S = 1.0
"""How long a writer waits: a reader that is just saving the index is done by then, another writer is not."""

_WRITING = "writing.lock"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a library.

    Attributes:
        path: the folder; `at` makes it when it is missing.
    """

    path: Path

    @classmethod
    def at(cls, path: str | Path | None) -> Self:
        """The folder of this name, made when missing; None takes the default one.

        Raises:
            LibraryError: the name is empty, it is that of a file, or the folder cannot be made.
        """
        if path is not None and not str(path).strip():
            raise LibraryError("The name of the library's folder is empty.", help="Name a folder.")
        try:
            folder = default_folder() if path is None else Path(path).expanduser()
        except RuntimeError as error:  # no such user, as in ~nobody-here/library
            raise _unusable(LIBRARY_VARIABLE if path is None else path, error) from error
        try:
            if folder.exists() and not folder.is_dir():
                raise LibraryError(
                    f"{printable(folder)} is a file, and a library is a folder.",
                    help="Name a folder; it is made when missing.",
                )
            folder.mkdir(parents=True, exist_ok=True)
            return cls(folder.resolve())
        except (OSError, RuntimeError, ValueError) as error:  # also a link in a circle, or a NUL in the name
            raise _unusable(folder, error) from error

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
            lock = FileLock(self.path / _WRITING).acquire(timeout=WAIT_S if wait_s is None else wait_s)
        except Timeout as error:
            raise LibraryBusy(
                f"Another process is writing to the library {self.path}.",
                help="Wait until it has finished, then try again.",
            ) from error
        with lock:
            yield


def is_library(folder: Path) -> bool:
    """Whether there is a library in a folder; its file of articles is there from its first moment on."""
    return Folder(folder).store.exists()


@contextmanager
def undone_if_empty(place: Path) -> Iterator[None]:
    """Take a library away again that this block makes, if the block fails and nothing has been stored in it.

    What was there before stays, and so does what anybody else put there meanwhile, or still has open.

    Args:
        place: the folder of the library, which need not be there.
    """
    before = _entries(place)
    made = [folder for folder in (place, *place.parents) if not folder.exists()]
    try:
        yield
    except BaseException:
        with suppress(OSError, DossierError):  # then it stays, and what went wrong first is told
            _take_away(Folder(place), before)
            for folder in made:
                folder.rmdir()
        raise


def _take_away(folder: Folder, before: set[Path]) -> None:
    """Delete the files of a library that holds nothing, but for those that were there before."""
    if folder.store in before or not folder.store.exists():
        return
    with folder.writing(wait_s=0):
        own = {folder.store, folder.index, folder.path / _WRITING, folder.reading_lock}
        new = _entries(folder.path) - before
        if new <= own and _is_empty(folder.store) and not folder.store.with_name(f"{folder.store.name}-wal").exists():
            for file in new:
                file.unlink()


def _entries(folder: Path) -> set[Path]:
    try:
        return set(folder.iterdir())
    except OSError:  # it is not there, or must not be looked into
        return set()


def _is_empty(store: Path) -> bool:
    """Whether a library holds no articles and follows nothing."""
    with closing(Database(store)) as database:
        return database.one("SELECT 1 FROM articles UNION ALL SELECT 1 FROM feeds") is None


def _unusable(name: str | Path, error: Exception) -> LibraryError:
    reason = printable(getattr(error, "strerror", None) or str(error).rstrip("."))
    return LibraryError(
        f"The library folder {printable(name)} cannot be made: {reason}.", help="Choose another folder."
    )
