"""A library: a folder that holds articles, and all that can be asked of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Self

from documents.errors import LibraryBusy, LibraryEmpty, QuestionError
from embeddings import Encoder
from rag.answer import Answer, Event, Evidence, Turn
from rag.ask import stream
from rag.background import BackgroundReader
from rag.collection import Collection
from rag.entries import embed_anew
from rag.folder import Folder
from rag.generate import Generator, never
from rag.levels import LevelKeeper
from rag.parts import Parts, check_same
from rag.prompt import Length
from rag.rerank import POOL
from rag.retrieve import Corpus, Method, retrieve
from rag.running import Running
from rag.settings import PASSAGE_SIZE, SEARCH, PassageSize, SearchSettings
from rag.sqlite_store import SqliteStore
from rag.store import Filters, Store
from rag.warm import Readiness, read, readiness, readiness_of, warm


class Library(Collection):
    """Articles in a folder, to add to and to ask; see `open`. Threads may share one."""

    def __init__(self, folder: Folder, store: Store, parts: Parts, search: SearchSettings = SEARCH) -> None:
        super().__init__(folder, store, parts)
        self._search = search
        self._levels = LevelKeeper(store)
        self._reader: BackgroundReader | None = None
        self._choosing = Lock()

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
    def encoder(self) -> Encoder:
        """Makes the vectors; loaded with the first use."""
        return self._parts.encoder

    @property
    def generator(self) -> Generator:
        """Writes the drafts of answers; loaded with the first use."""
        return self._parts.generator

    @property
    def running(self) -> Running:
        """What the generator is doing: absent, on its way, or ready. Neither fetches nor loads it."""
        return self._parts.running

    def use(self, generator: Generator) -> None:
        """Answer with another generator from now on.

        Waits for no answer: one that is being written is finished by the generator that began it, whose memory is
        given back with the end of the last such answer. Passages are read ahead anew, as far as the new one has not
        read them.

        Args:
            generator: see `load_generator`.
        """
        with self._choosing:
            with self._lock:
                reader, self._reader = self._reader, None
            if reader is not None:
                reader.stop()
            self._parts.use(generator)
            if reader is not None:
                self.read_ahead()

    def load(self) -> None:
        """Load both models now, rather than with the first question; fetched when they are not here.

        Raises:
            ModelError: one of them cannot be loaded.
        """
        self._parts.load()

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
        corpus = Corpus(self._store, index, self.encoder, self._levels, self._search)
        return retrieve(question, k, corpus, filters, method)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        k: int = 4,
        length: Length = "short",
    ) -> Answer:
        """Answer a question from the articles; see `stream`."""
        *_, answer = self.stream(question, history=history, filters=filters, k=k, length=length)
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
        length: Length = "short",
        should_stop: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        """Answer a question piece by piece: evidence, drafts and checked sentences, then the Answer.

        Args:
            question: in any language; the answer comes in the same.
            history: the conversation so far, oldest first.
            filters: which articles may answer.
            k: how many passages the model reads at first; when they do not answer, some behind them are looked at
                (`rag/rerank.py`).
            length: how long the answer is to be; a full one takes longer to write and to check.
            should_stop: asked often, also while the model reads; once true, the stream ends without an Answer.
        """
        self._check_not_empty()  # before any model is fetched or loaded
        with ExitStack() as until_the_end:
            yield from stream(
                question,
                retrieve=partial(self.retrieve, k=max(k, POOL), filters=filters),
                k=k,
                encoder=self._parts.checking_encoder,
                generator=lambda: until_the_end.enter_context(self._parts.in_use()),
                history=history,
                should_stop=should_stop,
                min_score=self._search.min_score,
                length=length,
            )

    def prepare(self, question: str, *, filters: Filters | None = None, k: int = 4) -> None:
        """Read the passages that a question may need now, so that its answer starts at once; see `stream`.

        Waits for questions that are being answered. Where nothing is kept, nothing is read.

        Raises:
            ModelError: the model cannot be loaded or failed.
        """
        found = self.retrieve(question, k=max(k, POOL), filters=filters)
        with self._parts.in_use() as generator:
            read([item.passage for item in found], generator, self._parts.keeping_encoder)

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

    def readiness_of(self, article_ids: Sequence[str]) -> dict[str, Readiness] | None:
        """How far the model has read each of some articles, by id; see `readiness`."""
        return readiness_of(article_ids, self._store, self.generator) if self._parts.generator_is_here else None

    def warm(self, on_progress: Callable[[Readiness], None] = lambda _: None) -> Readiness:
        """Read all passages now, so that every answer starts at once.

        Args:
            on_progress: told after each passage.

        Raises:
            ModelError: the model cannot be loaded or failed.
        """
        with self._parts.in_use() as generator:
            return warm(self._store, generator, on_progress, self._parts.keeping_encoder)

    def read_ahead(self) -> None:
        """Read passages in the background from now on, while nobody asks; `close` ends it."""
        with self._lock:
            if self._reader is None:
                self._reader = BackgroundReader(
                    self._folder,
                    self._store,
                    generator=lambda: self.generator,
                    first=lambda: self.encoder.encode_queries([""]),
                    encoder=lambda: self._parts.keeping_encoder,
                )
                self._reader.start()

    @property
    def reading_ahead(self) -> Readiness | None:
        """How far `read_ahead` has come; None when it was not called, or has not begun."""
        return self._reader.progress if self._reader is not None else None

    def close(self, *, wait_s: float | None = None) -> None:
        """Let go of files; the library cannot be used afterwards.

        Args:
            wait_s: how long to wait while `read_ahead` loads a model, which cannot be broken off; None waits to its
                end. What is loaded after that is of no use to anybody.
        """
        with self._lock:
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop(wait_s)
        super().close()

    def _check_not_empty(self) -> None:
        if not self._store.count():
            raise LibraryEmpty(
                f"The library {self.folder} holds no articles yet.",
                help="Add some: dossier add FOLDER, or library.add(folder) in Python.",
            )
