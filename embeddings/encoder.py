"""Text to vectors: what an encoder must do, and the one made of sentence-transformers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from documents.errors import ModelError
from embeddings.folder import read_facts, weights_hash
from embeddings.models import resolve_embedding
from embeddings.progress import OnProgress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

_BATCH = 32
_SMALL = 2_000
"""Characters in all below which one thread is the faster choice."""


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


class WrappedEncoder:
    """Passes everything on to another encoder; who derives from it changes what it is there for.

    Args:
        encoder: does the work.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @property
    def fingerprint(self) -> Fingerprint:
        """See `Encoder`."""
        return self.encoder.fingerprint

    @property
    def max_tokens(self) -> int:
        """See `Encoder`."""
        return self.encoder.max_tokens

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        return self.encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        return self.encoder.encode_passages(texts)

    def count_tokens(self, text: str) -> int:
        """See `Encoder`."""
        return self.encoder.count_tokens(text)


class SentenceTransformerEncoder:
    """An embedding model in a sentence-transformers folder.

    Making one reads a few small files: torch is imported by the first encode, the tokenizer by the first count.

    Args:
        name: what the model was named by.
        folder: a sentence-transformers folder.
        weights: sha256 of the weights; None computes it from the folder.
        prefixes: text before a query and before a passage; None takes the folder's own prompts.

    Raises:
        ModelError: when the folder holds no model.
    """

    def __init__(
        self, name: str, folder: Path, *, weights: str | None = None, prefixes: tuple[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._facts = read_facts(folder)
        self._lock = RLock()
        query, passage = prefixes or (self._facts.query_prompt, self._facts.passage_prompt)
        self._fingerprint = Fingerprint(
            name=name,
            weights=weights or weights_hash(folder),
            query_prefix=query,
            passage_prefix=passage,
            dimension=self._facts.dimension or self._loaded_dimension(),
        )

    @property
    def fingerprint(self) -> Fingerprint:
        """What the vectors depend on."""
        return self._fingerprint

    @cached_property
    def max_tokens(self) -> int:
        """The most tokens a passage may have, prefix and special tokens already taken off."""
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        return self._facts.max_length - special - self.count_tokens(self._fingerprint.passage_prefix)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (len(texts), dimension), unit length.

        Raises:
            ModelError: when the model cannot be loaded.
        """
        return self._encode(self._fingerprint.query_prefix, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimension), unit length.

        Raises:
            ModelError: when the model cannot be loaded.
        """
        return self._encode(self._fingerprint.passage_prefix, texts)

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens a text has, without prefix and special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _encode(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        dimension = self._fingerprint.dimension
        if not texts:
            return np.empty((0, dimension), np.float32)
        # sentence-transformers sorts by length itself, so a batch has little padding. The lock: its tokenizer
        # cannot be borrowed by two threads, and two at once would only slow each other down.
        with self._lock, _threads_for(texts):
            vectors = self._model.encode(
                [prefix + text for text in texts],
                prompt="",
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        if vectors.shape != (len(texts), dimension):
            raise ModelError(f"{self._folder} made vectors of shape {vectors.shape}, not {(len(texts), dimension)}.")
        return np.ascontiguousarray(vectors, np.float32)

    def _loaded_dimension(self) -> int:
        return int(self._model.encode([""], prompt="", show_progress_bar=False).shape[1])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415 - slow to import, and not every command counts

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        # The library below raises bare Exceptions for whatever is wrong with the file.
        except Exception as problem:
            raise ModelError(f"{self._folder} has no usable tokenizer.json ({problem}).") from problem
        tokenizer.no_truncation()
        tokenizer.no_padding()
        # "</s>" in an article is four characters that somebody wrote.
        tokenizer.encode_special_tokens = True
        return tokenizer

    @cached_property
    def _model(self) -> "SentenceTransformer":
        with self._lock, _quiet_loading():
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - imports torch, seconds

            try:
                model = SentenceTransformer(str(self._folder), local_files_only=True)
            except (OSError, ValueError, KeyError, RuntimeError) as problem:
                raise ModelError(
                    f"The embedding model in {self._folder} cannot be loaded ({problem}).",
                    help="Delete the folder and run again to fetch it anew.",
                ) from problem
            return model


def load_encoder(name: str | None = None, progress: OnProgress | None = None) -> SentenceTransformerEncoder:
    """The encoder of a name; fetched when it is not here. Imports no torch: the first encode does.

    Args:
        name: a catalogue name, a sentence-transformers folder, or `org/repo` on the hub. None takes
            `DOSSIER_EMBEDDING`, else the default: the one that is here, else the best that can be reached.
        progress: told how far a fetch is; None shows a bar on standard error.

    Raises:
        ModelError: when there is no such model; FetchError and HashMismatch when it could not be fetched.
    """
    model = resolve_embedding(name, progress)
    return SentenceTransformerEncoder(model.name, model.folder, weights=model.weights, prefixes=model.prefixes)


@contextmanager
def _threads_for(texts: Sequence[str]) -> Iterator[None]:
    """Give a question or a sentence one thread; leave torch as it is for more.

    On a busy machine two threads wait for each other at every layer: one question took 0.95 s on two busy
    cores with two threads and 0.02 s with one.
    """
    import torch  # noqa: PLC0415 - loaded by now

    usual = torch.get_num_threads()
    if sum(map(len, texts)) < _SMALL:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


@contextmanager
def _quiet_loading() -> Iterator[None]:
    """Keep transformers from reporting weights that mean pooling never uses, and from drawing bars."""
    from transformers.utils import logging  # noqa: PLC0415 - slow to import

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
