"""Vectors of the sentences of passages, kept on disk: what was encoded for one question is not encoded for the next.

A sentence of an answer is compared with every sentence of its evidence, whose vectors depend on nothing but the
passage and the encoder. They lie among the passage states (`rag/state_cache.py`), under the generator's settings and
within the same limit, bit for bit as the encoder made them.

Whoever checks sentences is given an encoder, and any will do; one that keeps is only quicker. So it is an encoder with
one more method, and nothing between the library and the check has to know. What goes through `encode_passages` is not
kept: sentences of drafts, which seldom come twice.
"""

from collections.abc import Sequence
from dataclasses import astuple
from itertools import accumulate, chain

import numpy as np

from documents import Passage
from embeddings import Encoder, Fingerprint, WrappedEncoder
from rag.answer import Evidence
from rag.quotes import candidates
from rag.settings import StateSettings
from rag.state_cache import StateCache, state_key
from rag.store import Vectors

_FLOAT = np.dtype("<f4")  # the same file on every machine


class SentenceVectors:
    """The vectors of passages' sentences, of each passage those of one encoder: another's take their place.

    So what is to be forgotten is found without knowing which encoders there were.

    Args:
        cache: where they are kept.
    """

    def __init__(self, cache: StateCache) -> None:
        self._cache = cache

    def has(self, sentences: Sequence[str], encoder: Fingerprint) -> bool:
        """Whether an encoder's vectors of a passage's sentences are kept; whether they are whole shows in `get`."""
        return self._cache.begins(_key(sentences), _mark(encoder))

    def get(self, sentences: Sequence[str], encoder: Fingerprint) -> Vectors | None:
        """An encoder's vectors of a passage's sentences, None when they are not kept; a wrong size is removed."""
        key, mark = _key(sentences), _mark(encoder)
        raw = self._cache.get(key)
        if raw is None or not raw.startswith(mark):
            return None
        if len(raw) != len(mark) + len(sentences) * encoder.dimension * _FLOAT.itemsize:
            self._cache.drop(key)
            return None
        vectors = np.frombuffer(raw[len(mark) :], _FLOAT).reshape(len(sentences), encoder.dimension)
        return vectors.astype(np.float32, copy=False)

    def put(self, sentences: Sequence[str], encoder: Fingerprint, vectors: Vectors) -> None:
        """Keep an encoder's vectors of a passage's sentences, where the disk wants them."""
        self._cache.put(_key(sentences), _mark(encoder) + vectors.astype(_FLOAT, copy=False).tobytes())

    def drop(self, sentences: Sequence[str]) -> None:
        """Forget the vectors of a passage's sentences, whichever encoder made them."""
        self._cache.drop(_key(sentences))


class KeepingEncoder(WrappedEncoder):
    """An encoder that encodes the sentences of a passage once.

    Args:
        encoder: makes all vectors.
        kept: those of passages' sentences that it made before.
    """

    def __init__(self, encoder: Encoder, kept: SentenceVectors) -> None:
        super().__init__(encoder)
        self.kept = kept

    def encode_sentences(self, passages: Sequence[Sequence[str]]) -> list[Vectors]:
        """Vectors of the sentences of each passage; those that are not kept are made together, and kept."""
        known = [self.kept.get(sentences, self.fingerprint) for sentences in passages]
        missing = [sentences for sentences, vectors in zip(passages, known, strict=True) if vectors is None]
        made = _encoded(self.encoder, missing)
        for sentences, vectors in zip(missing, made, strict=True):
            self.kept.put(sentences, self.fingerprint, vectors)
        new = iter(made)
        return [next(new) if vectors is None else vectors for vectors in known]

    def has(self, sentences: Sequence[str]) -> bool:
        """Whether the vectors of a passage's sentences are kept."""
        return self.kept.has(sentences, self.fingerprint)


def encode_sentences(encoder: Encoder, passages: Sequence[Sequence[str]]) -> list[Vectors]:
    """Vectors of the sentences of each passage, from an encoder that keeps them or any other."""
    if isinstance(encoder, KeepingEncoder):
        return encoder.encode_sentences(passages)
    return _encoded(encoder, passages)


def sentences_of(passage: Passage) -> list[str]:
    """The sentences of a passage that an answer can quote, as the check of an answer encodes them."""
    return [quote.text for quote in candidates(Evidence(passage, 0.0), 0) if quote.first == quote.last]


def kept_vectors(states: StateSettings) -> SentenceVectors | None:
    """The vectors that are kept beside passage states; None where these are switched off."""
    return SentenceVectors(StateCache(states.folder, states.limit)) if states.enabled else None


def _key(sentences: Sequence[str]) -> str:
    return state_key("sentences", *sentences)


def _mark(encoder: Fingerprint) -> bytes:
    """What an encoder's vectors begin with on the disk."""
    return bytes.fromhex(state_key(*map(str, astuple(encoder))))


def _encoded(encoder: Encoder, passages: Sequence[Sequence[str]]) -> list[Vectors]:
    """Made in one call, which is quicker than one for each passage."""
    if not passages:
        return []
    vectors = encoder.encode_passages(list(chain.from_iterable(passages)))
    *ends, _ = accumulate(map(len, passages))
    return np.split(vectors, ends)
