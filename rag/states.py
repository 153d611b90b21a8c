"""Prompts put together from states: what the model has read once, it does not read again.

A passage's keys and values do not depend on the question. So each passage is read once, behind the prompt's
head and alone, and the cells that it left in the cache are kept on disk. A prompt is then the head's cells and
its passages' cells, each moved to the place where the passage stands in this prompt; only the tail is read.

Joined, a passage has seen the head and its own header, but not the passages before it: an approximation, so
docs/performance.md has quality beside speed. The idea is modular attention reuse (Gim et al., "Prompt Cache",
MLSys 2024); that llama.cpp turns moved keys to their new positions makes the result exact for a lone passage.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.engine import Engine
from rag.reader import PromptTokens
from rag.state_cache import StateCache, state_key

_PROMPT, _PASSAGE = 0, 1  # sequences of the engine's cache


class StateReader:
    """Reads only what no state is kept of, and keeps it.

    Args:
        engine: whose cache is filled; it must be able to move cells (`Engine.why_not_joined`).
        cache: where states are kept.
        model: hash of the weights, for the states' keys.
    """

    def __init__(self, engine: Engine, cache: StateCache, model: str) -> None:
        self._engine = engine
        self._cache = cache
        self._model = model

    def read(self, prompt: PromptTokens) -> NDArray[np.float32]:
        """See `Reader.read`."""
        self._begin(prompt.head)
        position = len(prompt.head)
        for passage in prompt.passages:
            self._bring(prompt.head, passage)
            self._move(len(prompt.head), position, len(passage))
            position += len(passage)
        return self._engine.decode(prompt.tail, position)

    def has(self, head: Sequence[int], passage: Sequence[int]) -> bool:
        """Whether a passage's state is kept."""
        return self._key(head, passage) in self._cache

    def make(self, head: Sequence[int], passage: Sequence[int]) -> None:
        """Read a passage and keep its state.

        Raises:
            ModelError: llama.cpp failed, or was told to stop.
        """
        self._begin(head)
        self._bring(head, passage)

    def _begin(self, head: Sequence[int]) -> None:
        """Hold the head, and nothing else."""
        self._engine.clear()
        key = self._key(head)
        if not self._load(key, _PROMPT):
            self._engine.decode(head, 0, _PROMPT)
            self._cache.put(key, self._engine.save(_PROMPT))

    def _bring(self, head: Sequence[int], passage: Sequence[int]) -> None:
        """Hold the passage's cells, and no others, in its sequence, behind where the head ends."""
        self._engine.forget(_PASSAGE)
        key = self._key(head, passage)
        if self._load(key, _PASSAGE):
            return
        self._engine.copy(_PROMPT, _PASSAGE, 0, len(head))
        self._engine.decode(passage, len(head), _PASSAGE)
        self._engine.forget(_PASSAGE, 0, len(head))
        self._cache.put(key, self._engine.save(_PASSAGE))

    def _move(self, start: int, position: int, length: int) -> None:
        """Give the passage's cells to the prompt, at the position where the passage stands in it."""
        if position != start:
            self._engine.shift(_PASSAGE, start, start + length, position - start)
        self._engine.copy(_PASSAGE, _PROMPT, position, position + length)
        self._engine.forget(_PASSAGE)

    def _load(self, key: str, sequence: int) -> bool:
        state = self._cache.get(key)
        if state is None:
            return False
        if self._engine.load(sequence, state):
            return True
        self._engine.forget(sequence)
        self._cache.drop(key)  # whole, but not one that this llama.cpp accepts
        return False

    def _key(self, *parts: Sequence[int]) -> str:
        """Header and text of a passage are in its tokens, the head in the head's."""
        return state_key(self._model, self._engine.build, *(np.asarray(part, np.int32).tobytes() for part in parts))
