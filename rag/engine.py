"""One language model in memory, through llama.cpp's low-level interface: tokens, sequences, logits.

The interface is the one of `llama.h`, thinly wrapped: what a sequence of the cache holds is the business of
`rag/reader.py` and `rag/states.py`. Nothing here is safe to call from two threads at once.
"""

import ctypes
import itertools
import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Threads that wait for each other sleep instead of spinning. On two quiet cores it made no difference beyond noise;
# with another program on one of them the model wrote 5.2 tokens a second instead of 4.1. OpenMP reads it when it is
# loaded, so it is set before llama.cpp is.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import llama_cpp
import llama_cpp.llama_cpp as lc
import numpy as np
from numpy.typing import NDArray

from documents.errors import ModelError
from rag.settings import CellType, EngineOptions

PROMPT, PASSAGE, ASIDE = range(3)
"""What the sequences of the cache are for: what is continued, a passage on its way there, a second short prompt."""

SEQUENCES = 3

BATCH = 128
"""Tokens read in one call; larger ones gain nothing measurable here."""

_SILENT = lc.llama_log_callback(lambda _level, _text, _data: None)
_CELL_TYPES = {"f16": lc.GGML_TYPE_F16, "q8_0": lc.GGML_TYPE_Q8_0}
_NEVER = lc.ggml_abort_callback(0)
_ABORTED = 2  # llama_decode's status for it


class ReadingStopped(Exception):  # noqa: N818 - nothing went wrong
    """Reading was given up because whoever asked for it wanted no more; the cells of the last call are in doubt."""


class Engine:
    """A model and one context for it.

    Args:
        path: a GGUF file.
        options: see `EngineOptions`.
        on_load: told the share of the weights that are loaded, again and again.

    Attributes:
        weights: bytes that the model's weights take.
        why_not_joined: why prompts cannot be put together from saved states with this model, "" when they can.

    Raises:
        ModelError: the file is not a model that llama.cpp can load, or memory does not suffice.
    """

    def __init__(
        self, path: Path, options: EngineOptions | None = None, on_load: Callable[[float], None] = lambda _: None
    ) -> None:
        self.options = options or EngineOptions()
        lc.llama_log_set(_SILENT, ctypes.c_void_p(0))
        lc.llama_backend_init()

        def goes_on(share: float) -> bool:
            on_load(share)
            return True

        params = lc.llama_model_default_params()
        follow = params.progress_callback = lc.llama_progress_callback(lambda share, _: goes_on(share))
        self._model = lc.llama_model_load_from_file(os.fsencode(path), params)
        del follow  # was needed until now
        if not self._model:
            raise ModelError(
                f"llama.cpp cannot load the model {path.name!r}.",
                help="Check that it is a whole GGUF file and that there is memory for it.",
            )
        self._ctx = lc.llama_init_from_model(self._model, self._context_params())
        if not self._ctx:
            lc.llama_model_free(self._model)
            raise ModelError(
                f"llama.cpp cannot make room for {self.options.context} tokens with {path.name!r}.",
                help="Close other programs or choose a smaller model.",
            )
        self._free = weakref.finalize(self, _free, self._ctx, self._model)
        self._memory = lc.llama_get_memory(self._ctx)
        self._vocab = lc.llama_model_get_vocab(self._model)
        self.weights = int(lc.llama_model_size(self._model))
        self.why_not_joined = self._why_not_joined()  # told now, as it may be asked when the memory is given back
        self._n_vocab = lc.llama_vocab_n_tokens(self._vocab)
        self._stop_when: Callable[[], bool] = lambda: False
        self._interrupt: BaseException | None = None
        # A bound method would keep the engine alive for ever.
        method = weakref.WeakMethod(self._is_to_stop)
        self._asks_to_stop = lc.ggml_abort_callback(lambda _data: (ask := method()) is not None and ask())

    def _context_params(self) -> Any:  # noqa: ANN401 - a ctypes structure
        params = lc.llama_context_default_params()
        params.n_ctx = self.options.context + self.options.aside
        params.n_batch = params.n_ubatch = BATCH
        params.n_seq_max, params.kv_unified = SEQUENCES, True
        threads = self.options.threads or _usable_cores()
        params.n_threads = params.n_threads_batch = threads
        params.type_k = params.type_v = _CELL_TYPES[self.options.cells]
        if self.options.cells != "f16":  # llama.cpp reads quantised values in no other way
            params.flash_attn_type = lc.LLAMA_FLASH_ATTN_TYPE_ENABLED
        params.no_perf = True
        return params

    def close(self) -> None:
        """Give the memory back; the engine is unusable afterwards."""
        self._free()

    @property
    def chat_template(self) -> str:
        """The model's own chat template (Jinja), "" where it has none."""
        template = lc.llama_model_chat_template(self._model, None)
        return template.decode("utf-8", "replace") if template else ""

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """A text's token ids. Role markers in it become control tokens only with `special`."""
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        ids = (lc.llama_token * room)()
        count = lc.llama_tokenize(self._vocab, raw, len(raw), ids, room, False, special)  # noqa: FBT003 - the C interface
        return list(ids[:count])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; they may end inside a character."""
        buffer = ctypes.create_string_buffer(256)
        size = lc.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)  # noqa: FBT003 - as above
        return buffer.raw[: max(size, 0)]

    def text(self, token: int) -> str:
        """A token as it stands in a template, control tokens included."""
        raw = lc.llama_vocab_get_text(self._vocab, token) if token >= 0 else b""
        return raw.decode("utf-8", "replace")

    @property
    def edge_tokens(self) -> tuple[int, int]:
        """Ids of the tokens for the beginning and the end of a text, -1 where there is none."""
        return lc.llama_vocab_bos(self._vocab), lc.llama_vocab_eos(self._vocab)

    def is_end(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(lc.llama_vocab_is_eog(self._vocab, token))

    @contextmanager
    def stopping_when(self, condition: Callable[[], bool]) -> Iterator[None]:
        """Within this, reading is given up as soon as the condition is true."""
        self._stop_when = condition
        try:
            yield
        finally:
            self._stop_when = lambda: False

    def decode(self, tokens: Sequence[int], start: int, sequence: int = PROMPT) -> NDArray[np.float32]:
        """Read tokens at positions start, start + 1, ... of a sequence.

        Returns:
            The logits behind the last token, shape (vocabulary,); valid until the next call.

        Raises:
            ReadingStopped: see `stopping_when`.
            ModelError: llama.cpp refused (context full, out of memory).
        """
        lc.llama_set_abort_callback(self._ctx, self._asks_to_stop, None)
        try:
            for offset in range(0, len(tokens), BATCH):
                part = tokens[offset : offset + BATCH]
                outputs = int(offset + len(part) == len(tokens))
                self._decode_part(part, start + offset, sequence, outputs)
        finally:
            lc.llama_set_abort_callback(self._ctx, _NEVER, None)
        return self._logits(-1)

    def continue_with(self, tokens: Sequence[int], start: int, sequence: int = PROMPT) -> NDArray[np.float32]:
        """Read a few tokens of a sequence, at most `BATCH`, in one call.

        Returns:
            The logits behind each of them, shape (len(tokens), vocabulary); valid until the next call.

        Raises:
            ModelError: as in `decode`.
        """
        self._decode_part(tokens, start, sequence, outputs=len(tokens))
        return np.stack([self._logits(i) for i in range(len(tokens))])

    def _logits(self, output: int) -> NDArray[np.float32]:
        return np.ctypeslib.as_array(lc.llama_get_logits_ith(self._ctx, output), (self._n_vocab,))

    def _is_to_stop(self) -> bool:
        """Asked by llama.cpp between two steps of its work, many times in each call."""
        try:
            return self._stop_when()
        except BaseException as interrupt:  # noqa: BLE001 - raised again behind the call: C cannot pass it on
            self._interrupt = interrupt
            return True

    def _decode_part(self, tokens: Sequence[int], start: int, sequence: int, outputs: int) -> None:
        """One call; the last `outputs` tokens get logits."""
        batch = lc.llama_batch_init(len(tokens), 0, 1)
        try:
            batch.n_tokens = len(tokens)
            for i, (token, position) in enumerate(zip(tokens, itertools.count(start), strict=False)):
                batch.token[i], batch.pos[i] = token, position
                batch.n_seq_id[i], batch.seq_id[i][0] = 1, sequence
                batch.logits[i] = i >= len(tokens) - outputs
            status = lc.llama_decode(self._ctx, batch)
        finally:
            lc.llama_batch_free(batch)
        if self._interrupt is not None:
            interrupt, self._interrupt = self._interrupt, None
            raise interrupt
        if status == _ABORTED:
            raise ReadingStopped
        if status:
            raise ModelError(
                f"The model stopped at token {start} of {self.options.context} (llama.cpp status {status}).",
                help="Ask a shorter question or with fewer passages.",
            )

    def clear(self) -> None:
        """Forget everything that was read."""
        lc.llama_memory_clear(self._memory, True)  # noqa: FBT003 - the C interface

    def forget(self, sequence: int, start: int = 0, end: int = -1) -> bool:
        """Drop a sequence's cells at positions in [start, end), -1 for all behind; False when memory cannot."""
        return bool(lc.llama_memory_seq_rm(self._memory, sequence, start, end))

    def copy(self, source: int, target: int, start: int, end: int) -> None:
        """Let another sequence see the cells at positions in [start, end) too; they are not doubled."""
        lc.llama_memory_seq_cp(self._memory, source, target, start, end)

    def shift(self, sequence: int, start: int, end: int, by: int) -> None:
        """Move the cells at positions in [start, end); llama.cpp turns their keys with the next decode."""
        lc.llama_memory_seq_add(self._memory, sequence, start, end, by)

    def save(self, sequence: int) -> bytes:
        """The cells of a sequence, as bytes that `load` takes."""
        size = lc.llama_state_seq_get_size(self._ctx, sequence)
        data = (ctypes.c_uint8 * size)()
        written = lc.llama_state_seq_get_data(self._ctx, data, size, sequence)
        return bytes(memoryview(data)[:written])

    def load(self, sequence: int, state: bytes) -> bool:
        """Fill a sequence with saved cells, in place of what it held; False when llama.cpp does not accept them."""
        data = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        return bool(lc.llama_state_seq_set_data(self._ctx, data, len(state), sequence))

    def _why_not_joined(self) -> str:
        if lc.llama_model_is_recurrent(self._model) or lc.llama_model_is_hybrid(self._model):
            return "the model keeps a running state instead of cells"
        if lc.llama_model_n_swa(self._model):
            return "the model attends to a sliding window"
        if not lc.llama_memory_can_shift(self._memory):
            return "the model's cells cannot be moved"
        return ""


def build(cells: CellType) -> str:
    """What cells depend on beside the weights: the build of llama.cpp, the processor, the types of the cells."""
    return f"{llama_cpp.__version__} {lc.llama_print_system_info().decode('utf-8', 'replace')} {cells}"


def _free(context: Any, model: Any) -> None:  # noqa: ANN401 - C pointers
    lc.llama_free(context)
    lc.llama_model_free(model)


def _usable_cores() -> int:
    """Cores that this process may use; a Mac knows no restriction."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
