"""A library made equal to a folder: files that are new, changed, moved or gone.

There is no journal. What is left to do is told by comparing the folder with the library, so a killed run is gone on
with by the next one; each article is whole on the disk before it is reported.
"""

from collections.abc import Iterator
from pathlib import Path

from documents.display import printable
from documents.errors import ArticleError, LibraryError
from rag.adding import Outcome, Progress, add_one
from rag.parts import Parts
from rag.removal import discard
from rag.sources import Item, storable
from rag.store import MEMBER, Store


def folder_of(name: str | Path) -> Path:
    """The folder of this name.

    Raises:
        LibraryError: there is no such folder.
    """
    reason = "the name is empty"
    try:
        if str(name).strip():
            folder = Path(name).expanduser().resolve(strict=True)
            if folder.is_dir():
                return folder
            reason = "it is not a folder"
    except (OSError, RuntimeError, ValueError) as error:  # not there, no such user, a link in a circle, a NUL
        reason = getattr(error, "strerror", None) or str(error).rstrip(".")
    raise LibraryError(
        f"The library cannot be made equal to {printable(name)}: {printable(reason)}.",
        help="Name a folder. What came from one that is gone is taken out with: dossier remove FOLDER",
    )


def sync(folder: Path, items: tuple[Item, ...], store: Store, parts: Parts) -> Iterator[Progress]:
    """Make the library hold what a folder holds.

    A file with the content of an article whose file is gone is that article, moved: it keeps its id. An article is
    removed only when its file is surely gone; one that cannot be read for now, or has become unreadable, stays.

    Args:
        folder: see `folder_of`.
        items: what was found in it; see `rag.sources.listed`.
        store: is written to.
        parts: the models, loaded with the first article that is new.

    Yields:
        One event for each file, and one for each article that is removed.

    Raises:
        LibraryError: the folder is empty and the library has articles from it.
    """
    known = store.origins(storable(str(folder)))
    gone = _Gone(folder, known, items)
    for done, item in enumerate(items, 1):
        outcome, article_id, problem = Outcome.PROBLEM, None, None
        try:
            outcome, article_id = add_one(item, store, parts, gone.origin_of)
        except ArticleError as error:
            problem = error
            gone.keep_members(item.origin)
        yield Progress(item.origin, outcome, done, len(items) + len(gone), article_id, problem)
    yield from gone.removed_from(store, parts, len(items))


class _Gone:
    """The ids of articles whose files are no longer where they were, by origin.

    Raises:
        LibraryError: all of them are, and nothing else is there.
    """

    def __init__(self, folder: Path, known: dict[str, tuple[str, str]], items: tuple[Item, ...]) -> None:
        here = {item.origin for item in items}
        files = {origin.partition(MEMBER)[0] for origin in here}
        self._ids: dict[str, str] = {}
        self._by_hash: dict[str, list[str]] = {}
        for origin, (article_id, content_hash) in known.items():
            if origin not in here and _is_gone(origin, files):
                self._ids[origin] = article_id
                self._by_hash.setdefault(content_hash, []).append(origin)
        if self._ids and not items:
            # A disk that is not mounted looks like this, and nobody wants to embed everything again.
            raise LibraryError(
                f"{printable(folder)} holds nothing to read, and the library has {len(self._ids):,} articles from it.",
                help=f"If that is meant: dossier remove {printable(folder)}",
            )

    def __len__(self) -> int:
        return len(self._ids)

    def origin_of(self, content_hash: str) -> str | None:
        """Where an article with this content was; it is no longer counted as gone."""
        for origin in self._by_hash.get(content_hash, []):
            if self._ids.pop(origin, None) is not None:
                return origin
        return None

    def keep_members(self, file: str) -> None:
        """Keep the articles of a file that cannot be read now."""
        for origin in [origin for origin in self._ids if origin.startswith(f"{file}{MEMBER}")]:
            del self._ids[origin]

    def removed_from(self, store: Store, parts: Parts, done: int) -> Iterator[Progress]:
        """Remove them one by one, behind so many files that are done."""
        total = done + len(self._ids)
        for number, (origin, article_id) in enumerate(self._ids.items(), done + 1):
            discard(article_id, store, parts)
            yield Progress(origin, Outcome.REMOVED, number, total, article_id)
        if self._ids:
            store.scrub()


def _is_gone(origin: str, files: set[str]) -> bool:
    """Whether nothing is under this name any more; what lies in a folder that may not be looked into is not gone.

    Args:
        origin: of an article that was not found.
        files: what was found, and so looked into.
    """
    file, member, _ = origin.partition(MEMBER)
    return not _may_be_here(origin) and (not member or file in files or not _may_be_here(file))


def _may_be_here(path: str) -> bool:
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
