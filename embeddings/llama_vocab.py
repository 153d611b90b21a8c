"""A GGUF's vocabulary, read by llama.cpp without the weights: a fraction of a second, a few megabytes."""

import ctypes
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import llama_cpp.llama_cpp as llama

from documents.errors import ModelError

_METADATA_BYTES = 1024


@llama.llama_log_callback  # type: ignore[untyped-decorator]
def _say_nothing(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """llama.cpp reports what it loads; the user did not ask."""


class LlamaVocab:
    """llama.cpp's own tokenizer of a model; a context manager, or freed with the last reference.

    Args:
        gguf: the model's file.

    Raises:
        ModelError: when llama.cpp cannot read the file.
    """

    def __init__(self, gguf: Path) -> None:
        llama.llama_log_set(_say_nothing, ctypes.c_void_p(0))
        settings = llama.llama_model_default_params()
        settings.vocab_only = True
        self._model = llama.llama_model_load_from_file(str(gguf).encode(), settings)
        if not self._model:
            raise ModelError(
                f"llama.cpp cannot read {gguf}.", help="Is it a whole GGUF file? Fetch it again if in doubt."
            )
        self._close = weakref.finalize(self, llama.llama_model_free, self._model)
        self._vocab = llama.llama_model_get_vocab(self._model)

    @property
    def is_byte_level_bpe(self) -> bool:
        """Whether tokens are made by merging bytes, as in GPT-2."""
        return bool(llama.llama_vocab_type(self._vocab) == llama.LLAMA_VOCAB_TYPE_BPE)

    def metadata(self, key: str) -> str:
        """A text value of the file's header; "" when it has none."""
        buffer = ctypes.create_string_buffer(_METADATA_BYTES)
        found = llama.llama_model_meta_val_str(self._model, key.encode(), buffer, _METADATA_BYTES)
        return buffer.value.decode(errors="replace") if found >= 0 else ""

    def normal_tokens(self) -> Iterator[tuple[int, str]]:
        """The ids and texts of the tokens that are merged from text."""
        return self._tokens_with(llama.LLAMA_TOKEN_ATTR_NORMAL)

    def added_tokens(self) -> Iterator[tuple[str, int]]:
        """The texts and ids of whole words that the tokenizer finds in any text, special tokens apart."""
        return ((text, i) for i, text in self._tokens_with(llama.LLAMA_TOKEN_ATTR_USER_DEFINED))

    def tokenize(self, text: str) -> list[int]:
        """A text's token ids; no special tokens are added, and none is seen in the text."""
        raw = text.encode(errors="replace")
        # A token is at least one byte; some vocabularies add a space in front.
        room = len(raw) + 8
        ids = (llama.llama_token * room)()
        count = llama.llama_tokenize(self._vocab, raw, len(raw), ids, room, False, False)  # noqa: FBT003
        if count < 0:
            raise ModelError(f"llama.cpp asks for room for {-count} tokens of a text of {len(raw)} bytes.")
        return list(ids[:count])

    def _tokens_with(self, attribute: int) -> Iterator[tuple[int, str]]:
        for i in range(llama.llama_vocab_n_tokens(self._vocab)):
            if llama.llama_vocab_get_attr(self._vocab, i) & attribute:
                yield i, llama.llama_vocab_get_text(self._vocab, i).decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
