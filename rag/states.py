"""Prompts put together from states: what the model has read once, it does not read again.

A passage's keys and values do not depend on the question. So each passage is read once, behind the prompt's
head and alone, and the cells that it left in the cache are kept on disk. A prompt is then the head's cells and
its passages' cells, each moved to the place where the passage stands in this prompt; only the tail is read.

Joined, a passage has seen the head and its own header, but not the passages before it: an approximation, so
docs/performance.md has quality beside speed. The idea is modular attention reuse (Gim et al., "Prompt Cache",
MLSys 2024); that llama.cpp turns moved keys to their new positions makes the result exact for a lone passage behind
the head that it was read behind. Behind another head (`PromptParts.read_behind`) it is an approximation again.
"""

import numpy as np
from numpy.typing import NDArray

from documents.errors import ModelError
from rag.engine import PASSAGE, PROMPT, Engine
from rag.reader import Part, PromptParts
from rag.state_cache import StateCache, state_key

_FULL = 0.85  # of the limit: below the share that is left after making room, so that the two do not fight


class StateStore:
    """The states of one model among those that are kept; told apart without loading the model.

    Args:
        cache: where states are kept.
        weights: hash of the model's file.
        build: what else cells depend on: the build of llama.cpp and the types of the cells.
    """

    def __init__(self, cache: StateCache, weights: str, build: str) -> None:
        self._cache = cache
        self._model = (weights, build)

    def has(self, *texts: str) -> bool:
        """Whether the state of a head, or of a passage behind a head, is kept."""
        return self._key(texts) in self._cache

    def get(self, *texts: str) -> bytes | None:
        """The state, None when it is not kept, or not whole."""
        return self._cache.get(self._key(texts))

    def put(self, state: bytes, *texts: str) -> None:
        """Keep a state, where the disk wants it."""
        self._cache.put(self._key(texts), state)

    def is_full(self) -> bool:
        """Whether one more state would soon push out another: reading ahead is not worth that."""
        return self._cache.use().size > _FULL * self._cache.limit

    def drop(self, *texts: str) -> None:
        """Forget a state."""
        self._cache.drop(self._key(texts))

    def _key(self, texts: tuple[str, ...]) -> str:
        """Tokens are made from texts by the weights' own vocabulary, so the texts say enough."""
        return state_key(*self._model, *texts)


class StateReader:
    """Reads only what no state is kept of, and keeps it.

    Args:
        engine: whose cache is filled; it must be able to move cells (`Engine.why_not_joined`).
        states: what was read before.
    """

    def __init__(self, engine: Engine, states: StateStore) -> None:
        self._engine = engine
        self._states = states

    def read(self, prompt: PromptParts, sequence: int = PROMPT) -> NDArray[np.float32]:
        """See `Reader.read`."""
        if not self._join(prompt, sequence) and not self._join(prompt, sequence):
            raise ModelError(
                f"llama.cpp has no room for the states of {len(prompt.passages)} passages, {len(prompt)} tokens with "
                "the question.",
                help="Ask with fewer passages.",
            )
        return self._engine.decode(prompt.tail.tokens, len(prompt) - len(prompt.tail), sequence)

    def make(self, head: Part, *passages: Part) -> None:
        """Read a head and passages behind it, each alone, and keep their states.

        Raises:
            ReadingStopped: the engine was told to stop.
            ModelError: llama.cpp failed.
        """
        self._begin(head, PROMPT)
        for passage in passages:
            self._state(head, passage, PROMPT)

    def _join(self, prompt: PromptParts, sequence: int) -> bool:
        """Hold the prompt but for its tail; False when llama.cpp did not accept a state; all are then made anew.

        All states are there before the first is joined: where cells lie in memory changes how sums are rounded, so
        one that was made on the way would not be, to the bit, the one that is loaded the next time.
        """
        behind = prompt.read_behind or prompt.head
        self._begin(behind, sequence)
        states = [self._state(behind, passage, sequence) for passage in prompt.passages]
        if behind is not prompt.head:
            self._begin(prompt.head, sequence)
        position = len(prompt.head)
        for passage, state in zip(prompt.passages, states, strict=True):
            if not self._engine.load(PASSAGE, state):
                for each in prompt.passages:
                    self._states.drop(behind.text, each.text)
                return False
            self._move(len(behind), sequence, position, len(passage))
            position += len(passage)
        return True

    def _begin(self, head: Part, sequence: int) -> None:
        """Hold the head, and nothing else."""
        if sequence == PROMPT:
            self._engine.clear()
        else:
            self._engine.forget(sequence)
        if not self._load(sequence, head.text):
            self._engine.decode(head.tokens, 0, sequence)
            self._states.put(self._engine.save(sequence), head.text)

    def _state(self, head: Part, passage: Part, sequence: int) -> bytes:
        """The passage's cells: those that are kept, else read now, behind the head that `sequence` holds."""
        if state := self._states.get(head.text, passage.text):
            return state
        self._engine.forget(PASSAGE)
        self._engine.copy(sequence, PASSAGE, 0, len(head))
        self._engine.decode(passage.tokens, len(head), PASSAGE)
        self._engine.forget(PASSAGE, 0, len(head))
        state = self._engine.save(PASSAGE)
        self._engine.forget(PASSAGE)
        self._states.put(state, head.text, passage.text)
        return state

    def _move(self, start: int, sequence: int, position: int, length: int) -> None:
        """Give the passage's cells to a prompt, at the position where the passage stands in it."""
        if position != start:
            self._engine.shift(PASSAGE, start, start + length, position - start)
        self._engine.copy(PASSAGE, sequence, position, position + length)
        self._engine.forget(PASSAGE)

    def _load(self, sequence: int, *texts: str) -> bool:
        state = self._states.get(*texts)
        if state is None:
            return False
        if self._engine.load(sequence, state):
            return True
        self._engine.forget(sequence)
        self._states.drop(*texts)
        return False
