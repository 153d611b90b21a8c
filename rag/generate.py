"""Text from a language model: what a generator must do, and the one made of llama.cpp."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in the three parts that are read, and kept, separately.

    Attributes:
        head: fixed text before the passages, the same for every question.
        passages: each passage behind its header; reading one does not depend on the others.
        tail: the conversation and the question.
    """

    head: str
    passages: tuple[str, ...]
    tail: str


class Generator(Protocol):
    """A language model that continues a prompt, greedily."""

    @property
    def name(self) -> str:
        """The model's name, as it stands in an answer."""

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        """Pieces of text as they are made; closing the iterator stops the model within one token."""
