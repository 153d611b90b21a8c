"""Bringing a prompt into the model's cache: what a reader must do, and the one that reads everything in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.engine import PROMPT, Engine


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a prompt: its token ids, and the text that they come from, which names it."""

    text: str
    tokens: Sequence[int]

    def __len__(self) -> int:
        return len(self.tokens)


@dataclass(frozen=True, slots=True)
class PromptParts:
    """A prompt as token ids, in the parts that are read, and kept, separately.

    `read_behind` is the head that the passages' states are kept with, where it is another than the prompt's.
    """

    head: Part
    passages: tuple[Part, ...]
    tail: Part
    read_behind: Part | None = None

    def tokens(self) -> list[int]:
        """All tokens in order."""
        return [*chain(self.head.tokens, *(part.tokens for part in self.passages), self.tail.tokens)]

    def __len__(self) -> int:
        return len(self.head) + sum(map(len, self.passages)) + len(self.tail)


class Reader(Protocol):
    """Fills a sequence of an engine with a prompt."""

    def read(self, prompt: PromptParts, sequence: int = PROMPT) -> NDArray[np.float32]:
        """Hold exactly the prompt at positions 0, 1, ...; return the logits behind it, shape (vocabulary,).

        Args:
            prompt: what is read.
            sequence: where to; what the others hold stays.

        Raises:
            ReadingStopped: the engine was told to stop.
            ModelError: llama.cpp failed.
        """


class PlainReader:
    """Reads a prompt from its first token on; what it has in common with the one before is not read again.

    Args:
        engine: whose cache is filled; nobody else may fill it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cells: dict[int, list[int]] = {}

    def read(self, prompt: PromptParts, sequence: int = PROMPT) -> NDArray[np.float32]:
        """See `Reader.read`."""
        tokens = prompt.tokens()
        pairs = zip(self._cells.pop(sequence, []), tokens[:-1], strict=False)  # a failure leaves them in doubt
        known = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if not self._engine.forget(sequence, known):
            self._engine.forget(sequence)
            known = 0
        logits = self._engine.decode(tokens[known:], known, sequence)
        self._cells[sequence] = tokens
        return logits
