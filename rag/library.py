"""A library: a folder that holds articles, and all that can be asked of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from documents import Article, Passage
from documents.errors import LibraryBusy, LibraryEmpty, QuestionError
from embeddings import Encoder
from rag.adding import AddReport, OnProgress, Progress, add
from rag.answer import Answer, Event, Evidence, Turn
from rag.ask import stream
from rag.edits import edit
from rag.entries import embed_anew
from rag.export import write_folder, write_lines
from rag.feeds import Feeds
from rag.folder import Folder
from rag.generate import Generator, never
from rag.pages import Pages
from rag.parts import Parts, check_same
from rag.removal import Removed, ids_of, remove, unknown
from rag.retrieve import Corpus, Method, retrieve
from rag.settings import PASSAGE_SIZE, SEARCH, PassageSize, SearchSettings
from rag.sources import Listing, Source, listed, storable
from rag.sqlite_store import SqliteStore
from rag.status import Status, status_of
from rag.store import ArticleSummary, Filters, Store
from rag.sync import folder_of, sync
from rag.warm import BackgroundReader, Readiness, readiness, warm
from rag.watching import PAUSE_S, watch

if TYPE_CHECKING:
    from rag.keeper import IndexKeeper


class Library:
    """Articles in a folder, to add to and to ask; see `open`. Threads may share one."""

    def __init__(self, folder: Folder, store: Store, parts: Parts, search: SearchSettings = SEARCH) -> None:
        self._folder = folder
        self._search = search
        self._store = store
        self._parts = parts
        self._lock = RLock()
        self._keeper: IndexKeeper | None = None
        self._reader: BackgroundReader | None = None

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        generator: Generator | None = None,
        passages: PassageSize | None = PASSAGE_SIZE,
        search: SearchSettings = SEARCH,
        reembed: bool = False,
    ) -> Self:
        """Open a library, created when missing. Models are loaded when something first needs them.

        Args:
            path: its folder; None takes `DOSSIER_LIBRARY`, else `library` in the user's data folder.
            encoder: None takes the one that made the library's vectors, or the default for a new library.
            generator: None takes the default one.
            passages: how long passages are; None cuts only where the encoder must.
            search: how passages are ranked, and which are near enough to be read.
            reembed: with an encoder other than the library's, make all vectors anew instead of refusing.

        Raises:
            LibraryError: the folder cannot be used or its name is empty, or a newer version wrote it.
            LibraryDamaged: what is stored is broken.
            EmbeddingMismatch: the encoder is not the one that made the library's vectors.
        """
        folder = Folder.at(path)
        store = SqliteStore(folder.store)
        library = cls(folder, store, Parts(store, encoder, generator, passages), search)
        try:
            if reembed:
                library.reembed()
            elif encoder is not None:
                check_same(store.stamp().fingerprint, encoder.fingerprint)
        except BaseException:
            library.close()
            raise
        return library

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._folder.path

    @property
    def feeds(self) -> Feeds:
        """The feeds and sitemaps that the library follows."""
        return Feeds(self._folder, self._store, self._parts, self._reported)

    @property
    def encoder(self) -> Encoder:
        """Makes the vectors; loaded with the first use."""
        return self._parts.encoder

    @property
    def generator(self) -> Generator:
        """Writes the drafts of answers; loaded with the first use."""
        return self._parts.generator

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

    def remove(self, *ids_or_paths: str | Path) -> tuple[Removed, ...]:
        """Forget articles, by id, file, folder or address; all of them or, if one is unknown, none.

        Everything made of them goes too: passages, vectors, words, what was edited, and what the model kept of them.
        An id stands for the article with all its places; a file or address for what came from there.

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

    def retrieve(
        self,
        question: str,
        *,
        k: int = 5,
        filters: Filters | None = None,
        method: Method = "hybrid",
    ) -> tuple[Evidence, ...]:
        """The k passages that may best answer a question, best first.

        Args:
            question: in any language.
            k: how many; fewer come back when there are no more.
            filters: which articles may answer.
            method: how passages are ranked; scores of different methods do not compare.

        Raises:
            QuestionError: the question is empty.
            LibraryEmpty: there are no articles yet.
        """
        if not question.strip():
            raise QuestionError("The question is empty.", help="Write what you want to know.")
        if k < 1:
            raise ValueError(f"k is {k}, at least 1 passage must be asked for")
        self._check_not_empty()
        index = self._index()
        if index.refresh():  # somebody wrote and could not save the index, or it is damaged
            with suppress(LibraryBusy), self._folder.writing(wait_s=0):
                index.save()
        corpus = Corpus(self._store, index, self.encoder, self._search.word_weight)
        return retrieve(question, k, corpus, filters, method)

    def ask(self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None, k: int = 4) -> Answer:
        """Answer a question from the articles; see `stream`."""
        *_, answer = self.stream(question, history=history, filters=filters, k=k)
        if not isinstance(answer, Answer):
            raise TypeError(f"a stream ended with {type(answer).__name__}")
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        k: int = 4,
        should_stop: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        """Answer a question piece by piece: evidence, drafts and checked sentences, then the Answer.

        Args:
            question: in any language; the answer comes in the same.
            history: the conversation so far, oldest first.
            filters: which articles may answer.
            k: how many passages the model reads.
            should_stop: asked often, also while the model reads; once true, the stream ends without an Answer.
        """
        self._check_not_empty()  # before any model is fetched or loaded
        yield from stream(
            question,
            retrieve=partial(self.retrieve, k=k, filters=filters),
            encoder=self.encoder,
            generator=lambda: self.generator,
            history=history,
            should_stop=should_stop,
            min_score=self._search.min_score,
        )

    def reembed(self) -> None:
        """Make all vectors anew with the present encoder.

        The old ones serve until all new ones are there, then all change places at once; when it is stopped
        half-way, the next call goes on from there.
        """
        encoder = self._parts.unchecked_encoder()
        if self._store.stamp().fingerprint in (None, encoder.fingerprint):
            return
        with self._folder.writing():
            embed_anew(self._store, encoder)
            self._index().save()

    def readiness(self) -> Readiness | None:
        """How far the model has read, None when it is not on this machine; neither fetches nor loads it."""
        return readiness(self._store, self.generator) if self._parts.generator_is_here else None

    def warm(self, on_progress: Callable[[Readiness], None] = lambda _: None) -> Readiness:
        """Read all passages now, so that every answer starts at once.

        Args:
            on_progress: told after each passage.

        Raises:
            ModelError: the model cannot be loaded or failed.
        """
        return warm(self._store, self.generator, on_progress)

    def read_ahead(self) -> None:
        """Read passages in the background from now on, while nobody asks; `close` ends it."""
        with self._lock:
            if self._reader is None:
                self._reader = BackgroundReader(
                    self._folder,
                    self._store,
                    generator=lambda: self.generator,
                    first=lambda: self.encoder.encode_queries([""]),
                )
                self._reader.start()

    @property
    def reading_ahead(self) -> Readiness | None:
        """How far `read_ahead` has come; None when it was not called, or has not begun."""
        return self._reader.progress if self._reader is not None else None

    def close(self) -> None:
        """Let go of files; the library cannot be used afterwards."""
        if self._reader is not None:
            self._reader.stop()
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

    def _check_not_empty(self) -> None:
        if not self._store.count():
            raise LibraryEmpty(
                f"The library {self.folder} holds no articles yet.",
                help="Add some: dossier add FOLDER, or library.add(folder) in Python.",
            )
