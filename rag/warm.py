"""Reading passages ahead of the questions, newest articles first.

Passages that were asked for are read by then: a question keeps what it had to read. So "most asked first" takes
care of itself, and what is left are the passages that nobody asked for yet. With a passage's state come the vectors of
its sentences, which the check of an answer needs (`rag/sentence_vectors.py`). Where they cannot be made, because none
are kept or the library's own vectors are another encoder's, reading goes on without them.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from documents import Passage
from rag.generate import Generator, Prepared
from rag.judge import judges_answers
from rag.judge_prompts import ANSWER_HEAD, RELEVANCE_HEAD
from rag.prompt import SYSTEM, passage_text
from rag.removal import forget
from rag.sentence_vectors import KeepingEncoder, sentences_of
from rag.store import Store

_BATCH = 256  # passages looked up together
_PAUSE_S = 2.0  # a question that is in the way is left alone as long


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
    read = [generator.is_prepared(SYSTEM, passage_text(passage)) for _, passage in _newest_first(store)]
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
    encoder: KeepingEncoder | None = None,
) -> Readiness:
    """Read every passage that is not read yet, and make the vectors of its sentences.

    Args:
        store: has the passages.
        generator: reads them; a question of another thread goes first, and its passage is tried again.
        on_progress: told after each passage.
        encoder: keeps the vectors of sentences; None makes none.

    Returns:
        What is ready in the end; less than all when the generator keeps nothing, or the disk has no room.

    Raises:
        ModelError: the model cannot be loaded or failed.
    """
    state = readiness(store, generator)
    on_progress(state)
    ahead = Ahead(store, generator, encoder, threading.Event())
    for task in ahead.tasks():
        outcome = ahead.read(task)
        if outcome is Prepared.NOT_KEPT:
            break
        if outcome is Prepared.DONE:
            state = replace(state, ready=state.ready + task.is_new)
        on_progress(state)
    return readiness(store, generator)


def read(passages: Iterable[Passage], generator: Generator, encoder: KeepingEncoder | None) -> None:
    """Read some passages, and what the check of answers needs; see `warm`.

    What the generator does not keep, or has no room for, is left to the question, which reads it itself.
    """
    never_ends = threading.Event()
    for head in _unread_heads(generator):
        _prepared(generator, head, "", never_ends)
    for passage in passages:
        if not generator.is_prepared(SYSTEM, passage_text(passage)):
            _prepared(generator, SYSTEM, passage_text(passage), never_ends)
        if encoder is not None:
            encoder.encode_sentences([sentences_of(passage)])


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read: instructions, or the passage of an id behind them; `is_new` when that has no state yet."""

    system: str
    passage_id: int | None = None
    is_new: bool = False


class Ahead:
    """What is not read yet: what the check of answers needs, then passages.

    Args:
        store: has the passages.
        generator: reads them.
        encoder: keeps the vectors of their sentences; None where none are made.
        end: set when nobody wants it any more.
    """

    def __init__(
        self, store: Store, generator: Generator, encoder: KeepingEncoder | None, end: threading.Event
    ) -> None:
        self._store = store
        self._generator = generator
        self._encoder = encoder
        self._end = end

    def tasks(self) -> Iterator[Task]:
        """What is to be read, each looked for when those before it are done."""
        if self._store.count():
            yield from map(Task, _unread_heads(self._generator))
        for passage_id, passage in _newest_first(self._store):
            if self._end.is_set():
                return
            is_new = not self._generator.is_prepared(SYSTEM, passage_text(passage))
            if is_new or (self._encoder is not None and not self._encoder.has(sentences_of(passage))):
                yield Task(SYSTEM, passage_id, is_new)

    def read(self, task: Task) -> Prepared | None:
        """Read one of them; None when its article is gone by now, of which then nothing is kept."""
        if task.passage_id is None:
            return _prepared(self._generator, task.system, "", self._end)
        passage = self._passage(task.passage_id)
        if passage is None:
            return None
        outcome = _prepared(self._generator, task.system, passage_text(passage), self._end)
        if outcome is Prepared.DONE and self._encoder is not None:
            self._encoder.encode_sentences([sentences_of(passage)])
        if self._passage(task.passage_id) is None:  # removed while it was read
            forget([passage], self._generator, self._encoder.kept if self._encoder is not None else None)
            return None
        return outcome

    def _passage(self, passage_id: int) -> Passage | None:
        return self._store.passages([passage_id]).get(passage_id)


def _prepared(generator: Generator, system: str, passage: str, end: threading.Event) -> Prepared:
    """Read one thing as soon as no question is in the way; LATER only when nobody wants it any more."""
    while (outcome := generator.prepare(system, passage, should_stop=end.is_set)) is Prepared.LATER:
        if end.wait(_PAUSE_S):
            break
    return outcome


def _unread_heads(generator: Generator) -> list[str]:
    """The instructions and examples that the check of answers needs."""
    heads = (ANSWER_HEAD, RELEVANCE_HEAD) if judges_answers(generator) else ()
    return [head for head in heads if not generator.is_prepared(head)]


def _newest_first(store: Store) -> Iterator[tuple[int, Passage]]:
    """Passages with their ids; several are looked up at once, so one may be gone by now."""
    ids = sorted(store.passage_ids().tolist(), reverse=True)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = store.passages(batch)
        yield from ((i, found[i]) for i in batch if i in found)
