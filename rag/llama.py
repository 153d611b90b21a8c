"""The generator made of llama.cpp: a GGUF model on this machine."""

import codecs
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import QuestionError
from embeddings import load_token_counter
from rag.engine import Engine, EngineOptions
from rag.generate import Prompt
from rag.stop import Loops
from rag.template import ChatTemplate


class LlamaGenerator:
    """A GGUF model on this machine, read through llama.cpp.

    The weights are loaded with the first question. Prompts that begin alike are read once: the cells of the
    common beginning stay in the cache. Questions from several threads wait for each other.

    Args:
        path: the GGUF file.
        name: how answers call the model; the file's name by default.
        options: context length and threads.
    """

    def __init__(self, path: Path, name: str = "", options: EngineOptions | None = None) -> None:
        self.name = name or path.stem
        self._path = path
        self._options = options or EngineOptions()
        self._cells: list[int] = []
        self._lock = threading.Lock()

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self._path, self._options)

    @cached_property
    def _template(self) -> ChatTemplate:
        return ChatTemplate(self._engine)

    @cached_property
    def _counter(self) -> Callable[[str], int]:
        return load_token_counter(self._path)

    @property
    def context(self) -> int:
        """How many tokens a prompt and its answer may have together."""
        return self._options.context

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens a text has, told from its vocabulary without loading the weights."""
        return self._counter(text)

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            if engine := self.__dict__.pop("_engine", None):
                engine.close()
            self.__dict__.pop("_template", None)
            self._cells = []

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        """Pieces of text as they are made.

        Raises:
            QuestionError: the prompt leaves no room for an answer.
            ModelError: the model cannot be loaded or llama.cpp failed.
        """
        with self._lock:
            tokens = self._tokens(prompt)
            if len(tokens) + max_tokens > self.context:
                raise QuestionError(
                    f"The question and its passages take {len(tokens)} tokens; with {max_tokens} for the answer "
                    f"at most {self.context - max_tokens} fit.",
                    help="Ask a shorter question or use fewer passages.",
                )
            utf8 = codecs.getincrementaldecoder("utf-8")("replace")
            pieces = (utf8.decode(self._engine.piece(token)) for token in self._greedy(tokens, max_tokens))
            yield from filter(None, pieces)

    def _tokens(self, prompt: Prompt) -> list[int]:
        """The prompt's tokens; only the template's own text may hold control tokens."""
        before, after = self._template.around(prompt.system)
        tokens = self._engine.tokenize(before, special=True)
        for part in (*prompt.passages, prompt.question):
            tokens += self._engine.tokenize(part)
        return tokens + self._engine.tokenize(after, special=True)

    def _greedy(self, tokens: list[int], max_tokens: int) -> Iterator[int]:
        """The likeliest token, again and again, until the model ends, loops or has said enough."""
        logits = self._read(tokens)
        loops = Loops()
        for _ in range(max_tokens):
            token = int(logits.argmax())
            if self._engine.is_end(token) or loops.closed_by(token):
                return
            yield token
            self._cells.append(token)
            logits = self._engine.decode([token], len(self._cells) - 1)

    def _read(self, tokens: list[int]) -> NDArray[np.float32]:
        """Bring the cache to hold exactly `tokens`, keeping the beginning that is there already."""
        pairs = zip(self._cells, tokens[:-1], strict=False)
        known = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        self._cells = []  # a failure below leaves the cache in doubt
        if not self._engine.truncate(known):
            self._engine.clear()
            known = 0
        logits = self._engine.decode(tokens[known:], known)
        self._cells = list(tokens)
        return logits
