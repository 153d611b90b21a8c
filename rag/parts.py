"""The models of a library: loaded when something first needs them, and checked against what is stored."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from documents import Limit
from documents.errors import EmbeddingMismatch, ModelError
from embeddings import Bar, Encoder, Fingerprint, generator_name, load_encoder, local_generator
from rag.generate import Generator, Keeping, load_generator
from rag.running import Fetching, Loadable, Running, running
from rag.sentence_vectors import KeepingEncoder, SentenceVectors, kept_vectors
from rag.settings import PassageSize, StateSettings
from rag.store import Store

_shared: dict[Fingerprint, Encoder] = {}
"""Encoders in memory, one for all libraries of a process whose vectors it made."""


class Parts:
    """The encoder and the generator of one library.

    Args:
        store: says which encoder made the vectors.
        encoder: None loads the one that made them, or the default one for a new library.
        generator: None loads the default one.
        size: how long passages are; None cuts only where the encoder must.
    """

    def __init__(
        self, store: Store, encoder: Encoder | None, generator: Generator | None, size: PassageSize | None
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._generator = generator
        self._size = size
        self._lock = threading.RLock()
        self._fetching: Fetching | None = None
        self._getting = 0  # how many load them now
        self._users: Counter[int] = Counter()  # how many use a generator now, by its id

    @property
    def encoder(self) -> Encoder:
        """Makes the vectors.

        Raises:
            EmbeddingMismatch: it is not the one that made those that are stored.
            ModelError: it cannot be loaded.
        """
        with self._lock:
            encoder = self.unchecked_encoder()
            check_same(self._store.stamp().fingerprint, encoder.fingerprint)
            return encoder

    def unchecked_encoder(self) -> Encoder:
        """The encoder, even where the stored vectors are another's."""
        with self._lock:
            if self._encoder is None:
                made_by = self._store.stamp().fingerprint
                encoder = load_encoder(None if made_by is None else made_by.name)
                self._encoder = _shared.setdefault(encoder.fingerprint, encoder)
            return self._encoder

    @property
    def checking_encoder(self) -> Encoder:
        """The encoder for the check of answers: it keeps vectors of passages' sentences, where states are kept.

        Raises:
            EmbeddingMismatch, ModelError: see `encoder`.
        """
        kept = self.kept_vectors
        return self.encoder if kept is None else KeepingEncoder(self.encoder, kept)

    @property
    def keeping_encoder(self) -> KeepingEncoder | None:
        """The encoder for reading ahead, which goes on without one.

        None where no vectors of sentences are kept, where there are no passages yet, and where the stored vectors are
        another encoder's.

        Raises:
            ModelError: it cannot be loaded.
        """
        kept = self.kept_vectors
        if kept is None or self._store.stamp().fingerprint is None:
            return None
        try:
            return KeepingEncoder(self.encoder, kept)
        except EmbeddingMismatch:
            return None

    @property
    def kept_vectors(self) -> SentenceVectors | None:
        """Vectors of passages' sentences, kept where the generator keeps its states; None where it keeps none.

        One that does not say where it keeps them does as the environment says.
        """
        known = self._generator
        return kept_vectors(known.states if isinstance(known, Keeping) else StateSettings.from_environment())

    @property
    def generator(self) -> Generator:
        """Writes the drafts of answers, and counts the tokens it will read."""
        with self._lock:
            if self._generator is None:
                self._generator = self._load_default()
            return self._generator

    @contextmanager
    def in_use(self) -> Iterator[Generator]:
        """The generator, for as long as an answer takes: its memory is not given back meanwhile."""
        with self._lock:
            generator = self.generator
            self._users[id(generator)] += 1
        try:
            yield generator
        finally:
            with self._lock:
                self._users[id(generator)] -= 1
            self._let_go(generator)

    def use(self, generator: Generator) -> None:
        """Take another generator from now on; the memory of the one before is given back when nothing uses it."""
        with self._lock:
            before, self._generator = self._generator, generator
        self._let_go(before)

    def _let_go(self, generator: Generator | None) -> None:
        """Give back the memory of a generator that answers no more."""
        with self._lock:
            wanted = generator is self._generator or self._users[id(generator)] > 0
        if isinstance(generator, Loadable) and not wanted:
            with suppress(ModelError):  # this thread has not read what it writes for somebody else
                generator.close()

    @property
    def running(self) -> Running:
        """What the generator is doing; waits for nothing."""
        known = self._generator
        name = known.name if known is not None else generator_name()
        return running(known, name, self._fetching, is_here=_is_here(), getting=self._getting > 0)

    def load(self) -> None:
        """Load both models now.

        Raises:
            ModelError: one of them cannot be loaded.
        """
        with self._lock:
            self._getting += 1
        try:
            self.encoder.encode_queries([""])
            generator = self.generator
            if isinstance(generator, Loadable):
                generator.load()
        finally:
            with self._lock:
                self._getting -= 1

    def _load_default(self) -> Generator:
        if local_generator() is not None:
            return load_generator()
        self._fetching = fetching = Fetching()
        try:
            with Bar() as bar:

                def tell(what: str, done: int, total: int | None) -> None:
                    fetching(what, done, total)
                    bar(what, done, total)

                return load_generator(progress=tell)
        finally:
            self._fetching = None

    @property
    def generator_is_here(self) -> bool:
        """Whether the generator can be had without fetching it."""
        return self._generator is not None or local_generator() is not None

    def limits(self, title: str) -> list[Limit]:
        """How long the passages of an article may be, given what stands before them when they are embedded."""
        encoder = self.encoder
        before = encoder.count_tokens(f"{title}\n") + 1  # the join can cost a token more
        limits = [Limit(encoder.count_tokens, None, encoder.max_tokens - before)]
        if self._size is not None:
            limits.append(Limit(self.generator.count_tokens, self._size.target, self._size.maximum))
        return limits


def _is_here() -> bool:
    """Whether the default generator is on this machine; one that does not exist is not."""
    try:
        return local_generator() is not None
    except ModelError:
        return False


def check_same(stored: Fingerprint | None, present: Fingerprint) -> None:
    """Refuse vectors of two encoders in one library.

    Raises:
        EmbeddingMismatch: the two are not the same.
    """
    if stored is None or stored == present:
        return
    if replace(stored, weights="") == replace(present, weights=""):
        what = f"other weights of {stored.name!r} ({stored.weights[:12]}, not {present.weights[:12]})"
    else:
        what = f"{stored.name!r}, not by {present.name!r}"
    raise EmbeddingMismatch(
        f"The library's vectors were made by {what}.",
        help="Use the model that made them, or make them anew: Library.open(folder, encoder=..., reembed=True).",
    )
