"""Reading passages ahead of the questions, newest articles first.

Passages that were asked for are read by then: a question keeps what it had to read. So "most asked first" takes
care of itself, and what is left are the passages that nobody asked for yet. With a passage's state come the vectors of
its sentences, which the check of an answer needs (`rag/sentence_vectors.py`).
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from filelock import FileLock, Timeout

from documents import Passage
from documents.errors import DossierError
from rag.folder import Folder
from rag.generate import Generator, Prepared
from rag.judge import judges_answers
from rag.judge_prompts import ANSWER_HEAD, RELEVANCE_HEAD
from rag.prompt import SYSTEM, passage_text
from rag.store import Store

_log = logging.getLogger(__name__)

_BATCH = 256  # passages looked up together
_PAUSE_S = 2.0  # between two looks for something to read; a question in between is left alone as long


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the model has read.

    Attributes:
        ready: passages that it has read.
        total: passages that there are.
        why_plain: why it reads every prompt from its beginning instead; "" when it does not, and before it is
            known, since only a loaded model can say.
    """

    ready: int
    total: int
    why_plain: str = ""


def readiness(store: Store, generator: Generator) -> Readiness:
    """Count the passages that are read; needs no model in memory."""
    read = [generator.is_prepared(SYSTEM, passage_text(passage)) for passage in _newest_first(store)]
    return Readiness(sum(read), len(read), generator.why_plain)


def readiness_of(article_ids: Sequence[str], store: Store, generator: Generator) -> dict[str, Readiness]:
    """Count the passages of some articles that are read, by the article's id; needs no model in memory."""
    ids = {article_id: store.own_passage_ids(article_id).tolist() for article_id in article_ids}
    found = store.passages(list(chain.from_iterable(ids.values())))
    read = {number: generator.is_prepared(SYSTEM, passage_text(passage)) for number, passage in found.items()}
    return {
        article_id: Readiness(sum(read.get(number, False) for number in own), len(own), generator.why_plain)
        for article_id, own in ids.items()
    }


def warm(
    store: Store,
    generator: Generator,
    on_progress: Callable[[Readiness], None] = lambda _: None,
    encode: Callable[[Passage], object] = lambda _: None,
) -> Readiness:
    """Read every passage that is not read yet.

    Args:
        store: has the passages.
        generator: reads them; a question of another thread goes first, and its passage is tried again.
        on_progress: told after each passage.
        encode: makes what else a question needs of a passage; called for each that was read.

    Returns:
        What is ready in the end; less than all when the generator keeps nothing, or the disk has no room.

    Raises:
        ModelError: the model cannot be loaded or failed.
    """
    state = readiness(store, generator)
    on_progress(state)
    for system, passage in _to_read(store, generator):
        while (outcome := generator.prepare(system, _text(passage))) is Prepared.LATER:
            time.sleep(_PAUSE_S)
        if outcome is Prepared.NOT_KEPT:
            break
        if passage:
            encode(passage)
            state = replace(state, ready=state.ready + 1)
        on_progress(state)
    return readiness(store, generator)


def read_all(passages: Iterable[Passage], generator: Generator, encode: Callable[[Passage], object]) -> None:
    """Read some passages, if nobody asks meanwhile; see `warm`."""
    for passage in passages:
        if not generator.is_prepared(SYSTEM, _text(passage)):
            generator.prepare(SYSTEM, _text(passage))
        encode(passage)


class BackgroundReader:
    """A thread that reads ahead while nobody asks, in one process of all that use a library.

    Args:
        folder: the library's, for the lock.
        store: has the passages; new ones are noticed.
        generator: reads them.
        first: done before anything is read: what the first question will need sooner.
        encode: see `warm`.

    Attributes:
        progress: how far it has come, None while it has not begun or another process reads in its place.
    """

    def __init__(
        self,
        folder: Folder,
        store: Store,
        generator: Callable[[], Generator],
        first: Callable[[], object],
        encode: Callable[[Passage], object] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._store = store
        self._generator = generator
        self._first = first
        self._encode = encode
        self.progress: Readiness | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dossier-reads-ahead", daemon=True)

    def start(self) -> None:
        """Begin; the model is loaded by the thread."""
        self._thread.start()

    def stop(self, wait_s: float | None = None) -> None:
        """End, in the middle of a passage too: what was read of it is read again another time.

        Args:
            wait_s: how long to wait while a model is loaded, which cannot be broken off; None waits to its end.
        """
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(wait_s)

    def _run(self) -> None:
        try:
            self._read_on()
        except DossierError as error:
            self.progress = None
            # Questions go on without: they read what they need, and say themselves what is wrong with the model.
            _log.warning("Reading ahead has ended: %s", error)
        except Exception:
            if not self._end.is_set():  # else the library was closed while a model was loaded
                raise

    def _read_on(self) -> None:
        if self._store.count():
            self._first()
        while not self._end.is_set():
            # Another process reads ahead for this library; when it ends, this one takes over.
            with suppress(Timeout), FileLock(self._folder.reading_lock).acquire(timeout=0):
                self._read_ahead()
            self._end.wait(_PAUSE_S)

    def _read_ahead(self) -> None:
        done = counted = None
        while not self._end.is_set():
            stamp = self._store.stamp()
            if stamp != counted:
                self.progress, counted = readiness(self._store, self._generator()), stamp
            if stamp != done and self._read_all():
                done = stamp
            self._end.wait(_PAUSE_S)

    def _read_all(self) -> bool:
        """Read until all is read or somebody asks; False when there may be more to do."""
        generator = self._generator()
        for system, passage in _to_read(self._store, generator):
            if self._end.is_set():
                return False
            outcome = generator.prepare(system, _text(passage), should_stop=self._end.is_set)
            if outcome is Prepared.NOT_KEPT:
                self.progress = None  # and none will be made
            if outcome is not Prepared.DONE:
                return outcome is Prepared.NOT_KEPT
            if passage:
                self._encode(passage)
                if self.progress:
                    self.progress = replace(self.progress, ready=self.progress.ready + 1)
        return True


def _to_read(store: Store, generator: Generator) -> Iterator[tuple[str, Passage | None]]:
    """What is not read yet, as (instructions, passage): what the check of answers needs, then passages."""
    if judges_answers(generator) and store.count():
        yield from ((head, None) for head in (ANSWER_HEAD, RELEVANCE_HEAD) if not generator.is_prepared(head))
    for passage in _newest_first(store):
        if not generator.is_prepared(SYSTEM, _text(passage)):
            yield SYSTEM, passage


def _text(passage: Passage | None) -> str:
    return passage_text(passage) if passage else ""


def _newest_first(store: Store) -> Iterator[Passage]:
    ids = sorted(store.passage_ids().tolist(), reverse=True)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = store.passages(batch)
        yield from (found[i] for i in batch if i in found)
