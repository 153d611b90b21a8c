"""Counting tokens exactly as a generator does, without loading its weights.

The vocabulary of a byte-level BPE model is all that tiktoken needs. llama.cpp reads it from the GGUF once
(`vocab_only`), and it is kept in the cache folder: later starts do not load llama.cpp. Models of another kind are
counted by llama.cpp itself, over the vocabulary alone.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tiktoken

from documents.errors import ModelError
from embeddings.cache import cache_dir, write_json

_CONTRACTIONS = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
_PATTERN = (
    _CONTRACTIONS + r"|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|{digits}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_QWEN = _PATTERN.format(digits=r"\p{N}")
_LLAMA_3 = _PATTERN.format(digits=r"\p{N}{1,3}")

PATTERNS = {"qwen2": _QWEN, "llama-bpe": _LLAMA_3, "llama3": _LLAMA_3}
"""How text is cut before merging, by the name that the GGUF gives it (`tokenizer.ggml.pre`)."""

_FORMAT = 1
_BYTES = 256


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A byte-level BPE vocabulary.

    Attributes:
        pre: the name of the pattern that cuts text before merging.
        ranks: bytes of a token to its id; the lower id is merged first.
        added: whole words with ids of their own that the model's tokenizer finds in any text.
    """

    pre: str
    ranks: dict[bytes, int]
    added: dict[str, int]


def load_token_counter(gguf: Path) -> Callable[[str], int]:
    """A function that counts a text's tokens as the model does, without special tokens.

    Text that looks like a special token ("<|im_end|>") is counted as the characters that it is.

    Args:
        gguf: the model's file.

    Raises:
        ModelError: when the file cannot be read as a GGUF.
    """
    encode = load_tokenizer(gguf)
    return lambda text: len(encode(text))


def load_tokenizer(gguf: Path) -> Callable[[str], list[int]]:
    """A function that gives a text's token ids as the model does; as `load_token_counter`."""
    vocabulary = _cached_vocabulary(gguf)
    if vocabulary is None:
        from embeddings.llama_vocab import LlamaVocab  # noqa: PLC0415 - loads llama.cpp

        return LlamaVocab(gguf).tokenize
    encoding = tiktoken.Encoding(
        gguf.stem,
        pat_str=PATTERNS[vocabulary.pre],
        mergeable_ranks=vocabulary.ranks,
        special_tokens=vocabulary.added,
    )
    added = set(vocabulary.added)
    return lambda text: encoding.encode(text, allowed_special=added, disallowed_special=())


def _cached_vocabulary(gguf: Path) -> Vocabulary | None:
    """The vocabulary, from the cache folder where it is there; None when tiktoken cannot stand for the model."""
    path = _vocabulary_path(gguf)
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        vocabulary = _read_vocabulary(gguf)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, _to_json(vocabulary))
    return vocabulary


def _vocabulary_path(gguf: Path) -> Path:
    try:
        now = gguf.stat()
    except OSError as problem:
        raise ModelError(f"{gguf} cannot be read: {problem.strerror}.") from problem
    key = f"{_FORMAT} {gguf.resolve()} {now.st_size} {now.st_mtime_ns}"
    return cache_dir() / "vocabularies" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _read_vocabulary(gguf: Path) -> Vocabulary | None:
    from embeddings.llama_vocab import LlamaVocab  # noqa: PLC0415 - loads llama.cpp

    with LlamaVocab(gguf) as vocab:
        pre = vocab.metadata("tokenizer.ggml.pre")
        if not vocab.is_byte_level_bpe or pre not in PATTERNS:
            return None
        to_byte = {character: byte for byte, character in enumerate(_byte_characters())}
        ranks = {bytes(to_byte[c] for c in text): i for i, text in vocab.normal_tokens()}
        whole = sum(1 for token in ranks if len(token) == 1) == _BYTES
        # Without all single bytes tiktoken could not encode every text.
        return Vocabulary(pre, ranks, dict(vocab.added_tokens())) if whole else None


def _byte_characters() -> list[str]:
    """The printable character that stands for each byte in byte-level vocabularies, in the order of bytes."""
    printable = {
        *range(ord("!"), ord("~") + 1),
        *range(ord("¡"), ord("¬") + 1),
        *range(ord("®"), ord("ÿ") + 1),
    }
    others = iter(range(_BYTES, 2 * _BYTES))
    return [chr(byte if byte in printable else next(others)) for byte in range(_BYTES)]


def _to_json(vocabulary: Vocabulary | None) -> dict[str, object] | None:
    if vocabulary is None:
        return None
    tokens = [base64.b64encode(token).decode() for token in vocabulary.ranks]
    return {
        "pre": vocabulary.pre,
        "tokens": tokens,
        "ids": list(vocabulary.ranks.values()),
        "added": vocabulary.added,
    }


def _from_json(value: dict[str, list[str]] | None) -> Vocabulary | None:
    if value is None:
        return None
    tokens = (base64.b64decode(token) for token in value["tokens"])
    ranks = dict(zip(tokens, map(int, value["ids"]), strict=True))
    return Vocabulary(str(value["pre"]), ranks, dict(value["added"]))  # type: ignore[arg-type]
