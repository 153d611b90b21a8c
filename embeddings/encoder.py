"""Text to vectors: what an encoder must do, and the one made of sentence-transformers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Everything that vectors depend on: two encoders with one fingerprint give the same vectors.

    Attributes:
        name: the catalogue name, hub id or folder.
        weights: sha256 of the weights.
        query_prefix: text set before a query, as the model was trained.
        passage_prefix: text set before a passage.
        dimension: length of a vector.
    """

    name: str
    weights: str
    query_prefix: str
    passage_prefix: str
    dimension: int


class Encoder(Protocol):
    """Queries and passages to unit-length vectors; many models want the two encoded differently."""

    @property
    def fingerprint(self) -> Fingerprint:
        """What the vectors depend on."""

    @property
    def max_tokens(self) -> int:
        """The most tokens a passage may have, prefix and special tokens already taken off."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (len(texts), dimension), unit length."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimension), unit length."""

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens a text has, without prefix and special tokens."""
