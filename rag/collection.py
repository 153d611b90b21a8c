"""What a library holds: articles taken in, kept equal to folders, corrected, shown, given out and removed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from documents import Article, Passage
from rag.adding import AddReport, OnProgress, Progress, add
from rag.edits import edit
from rag.export import write_folder, write_lines
from rag.feeds import Feeds
from rag.folder import Folder
from rag.generate import never
from rag.pages import Pages
from rag.parts import Parts
from rag.removal import Removed, ids_of, remove, restore, unknown
from rag.sources import Listing, Source, listed, storable
from rag.status import Status, status_of
from rag.store import ArticleSummary, Store
from rag.sync import folder_of, sync
from rag.watching import PAUSE_S, watch

if TYPE_CHECKING:
    from rag.keeper import IndexKeeper


class Collection:
    """Articles in a folder; `rag.library.Library` also asks them. Threads may share one.

    Args:
        folder: where all of it is.
        store: what is stored.
        parts: the models, loaded when something first needs them.
    """

    def __init__(self, folder: Folder, store: Store, parts: Parts) -> None:
        self._folder = folder
        self._store = store
        self._parts = parts
        self._lock = RLock()
        self._keeper: IndexKeeper | None = None

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._folder.path

    @property
    def feeds(self) -> Feeds:
        """The feeds and sitemaps that the library follows."""
        return Feeds(self._folder, self._store, self._parts, self._reported)

    def add(self, *sources: Source, progress: OnProgress | None = None) -> AddReport:
        """Add articles; those that did not change are skipped, those that did are replaced.

        Args:
            sources: files, folders, addresses of web pages, files with an address in each line, or articles made
                elsewhere.
            progress: told of each source when it is done. What it is told was added is on the disk, whatever
                happens next.

        Returns:
            What became of each; one that cannot be used stops nothing. Files of other kinds that lie
            in the folders are counted in `passed_over`.

        Raises:
            LibraryBusy: another process is writing.
            EmbeddingMismatch: the library's vectors were made by another model.
        """
        with self._folder.writing(), Pages(self._folder.store, self._store) as pages:
            listing = listed(sources, pages.item)
            events = pages.settled(add(listing.items, self._store, self._parts))
            return self._reported(events, listing, progress)

    def sync(self, folder: str | Path, *, progress: OnProgress | None = None) -> AddReport:
        """Make the library hold what a folder holds: add, replace and remove articles; moved files keep their id.

        Articles from elsewhere stay as they are. Stopped half-way, the next call goes on from there.

        Args:
            folder: is looked through with all that lies below it.
            progress: told of each file and each article that is removed, when it is done for good.

        Raises:
            LibraryError: there is no such folder; or it is empty and the library has articles from it, as when a
                disk is not mounted.
            LibraryBusy: another process is writing.
            EmbeddingMismatch: the library's vectors were made by another model.
        """
        path = folder_of(folder)
        with self._folder.writing():
            listing = listed([path])
            return self._reported(sync(path, listing.items, self._store, self._parts), listing, progress)

    def watch(
        self,
        folder: str | Path,
        *,
        progress: OnProgress | None = None,
        should_stop: Callable[[], bool] = never,
        pause_s: float = PAUSE_S,
    ) -> Iterator[AddReport]:
        """Sync now, and again whenever files in the folder have changed; what came of it each time.

        While another process writes, this waits; a folder that is away or suddenly empty is a problem in a report.

        Args:
            folder: see `sync`.
            progress: see `sync`.
            should_stop: asked often; once true, this ends.
            pause_s: how long files must have stayed as they are.
        """
        yield from watch(folder_of(folder), partial(self.sync, folder, progress=progress), pause_s, should_stop)

    def edit(self, article_id: str, *, undo: Sequence[str] = (), **values: str | None) -> Article:
        """Correct what is known of an article; that stays when its file changes, is moved or is added again.

        Args:
            article_id: which one.
            undo: fields that take again what was read from the article.
            values: the new values, by field: title, date, source, language, url, author, modified, rubric. None or
                "" says that it is not known.

        Returns:
            The article as it is now.

        Raises:
            LibraryError: the library has no such article, or a value cannot be that of its field.
            LibraryBusy: another process is writing.
        """
        with self._folder.writing():
            article = self.article(article_id)
            if edit(article, values, undo, self._store, self._parts):
                self._index().save()
        return self.article(article_id)

    def remove(self, *ids_or_paths: str | Path) -> tuple[Removed, ...]:
        """Forget articles, by id, file, folder or address; all of them or, if one is unknown, none.

        Everything made of them goes too: passages, vectors, words, what was edited, what the model kept of them, and
        the vectors of their sentences. An id stands for the article with all its places; a file or address for what
        came from there.

        Returns:
            What is gone.

        Raises:
            LibraryError: the library has no such article, or a name is empty.
            LibraryBusy: another process is writing.
        """
        with self._folder.writing():
            removed = remove(ids_of(ids_or_paths, self._store), self._store, self._parts)
            if removed:
                self._store.scrub()
                self._index().save()
        return removed

    def restore(self, removed: Sequence[Removed]) -> tuple[str, ...]:
        """Bring back articles that were removed, with their ids and what was edited; no model is needed.

        One whose file or address was added again in between stays as it is now. The model has to read their
        passages again.

        Args:
            removed: what `remove` returned.

        Returns:
            The ids of those that are back.

        Raises:
            LibraryBusy: another process is writing.
            EmbeddingMismatch: all vectors were made anew in between; add the articles again.
        """
        with self._folder.writing():
            ids = restore(removed, self._store)
            if ids:
                self._index().save()
        return ids

    def export(self, path: str | Path) -> int:
        """Write all articles with what is known of them.

        Args:
            path: a file that ends in .jsonl gets a line of JSON for each article; anything else is a folder, which
                gets a Markdown file for each.

        Returns:
            How many were written; those with one text are written for each of its places.

        Raises:
            LibraryError: the file or folder cannot be written.
        """
        target = Path(path)
        return (write_lines if target.suffix.lower() == ".jsonl" else write_folder)(self._store, target)

    @property
    def version(self) -> str:
        """Names what is stored now: while it stays the same, nothing was written. Cheap to ask."""
        return self._store.stamp().write

    def articles(self) -> list[ArticleSummary]:
        """All articles without their texts, in the order in which they were added."""
        return self._store.articles()

    def article(self, article_id: str) -> Article:
        """One article with its text.

        Raises:
            LibraryError: the library has no such article.
        """
        article = self._store.article(storable(article_id))
        if article is None:
            raise unknown(article_id)
        return article

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article, in the order of its text.

        Raises:
            LibraryError: the library has no such article.
        """
        self.article(article_id)
        ids = self._store.own_passage_ids(storable(article_id)).tolist()
        found = self._store.passages(ids)
        return tuple(found[passage_id] for passage_id in ids if passage_id in found)

    def status(self) -> Status:
        """What the library holds, and how much room it takes."""
        return status_of(self._folder, self._store)

    def close(self) -> None:
        """Let go of files; the library cannot be used afterwards."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reported(self, events: Iterator[Progress], listing: Listing, progress: OnProgress | None) -> AddReport:
        """Sum up what is done, telling of each step."""
        done: list[Progress] = []
        for event in events:
            done.append(event)
            if progress is not None:
                progress(event)
        report = AddReport.of(done, listing.passed_over)
        if report.changed:
            self._index().save()
        return report

    def _index(self) -> "IndexKeeper":
        with self._lock:
            if self._keeper is None:
                from rag.keeper import IndexKeeper  # noqa: PLC0415 - FAISS; listing and skipping need none

                self._keeper = IndexKeeper(self._store, self._folder.index)
            return self._keeper
