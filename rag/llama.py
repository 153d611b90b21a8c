"""The generator made of llama.cpp: a GGUF model on this machine."""

import codecs
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from documents.errors import QuestionError
from embeddings import gguf_hash, load_token_counter
from rag.engine import Engine, EngineOptions
from rag.generate import Prompt
from rag.reader import PlainReader, PromptTokens, Reader
from rag.settings import StateSettings
from rag.state_cache import StateCache
from rag.states import StateReader
from rag.stop import Loops
from rag.template import ChatTemplate


class LlamaGenerator:
    """A GGUF model on this machine, read through llama.cpp.

    The weights are loaded with the first question. What was read before is not read again: with passage states
    where the model's memory allows it, else as far as a prompt begins like the one before. Questions from
    several threads wait for each other.

    Args:
        path: the GGUF file.
        name: how answers call the model; the file's name by default.
        options: context length and threads.
        states: whether passage states are used, where they are kept, and how many.
    """

    def __init__(
        self, path: Path, name: str = "", options: EngineOptions | None = None, states: StateSettings | None = None
    ) -> None:
        self.name = name or path.stem
        self._path = path
        self._options = options or EngineOptions()
        self._states = states or StateSettings.from_environment()
        self._lock = threading.Lock()

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self._path, self._options)

    @cached_property
    def _template(self) -> ChatTemplate:
        return ChatTemplate(self._engine)

    @cached_property
    def _reader(self) -> Reader:
        if not self._states.enabled or self._engine.why_not_joined:
            return PlainReader(self._engine)
        cache = StateCache(self._states.folder, self._states.limit)
        return StateReader(self._engine, cache, gguf_hash(self._path))

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
        """Give the memory back; the next question loads the weights again."""
        with self._lock:
            if engine := self.__dict__.pop("_engine", None):
                engine.close()
            for made_with_it in ("_template", "_reader"):
                self.__dict__.pop(made_with_it, None)

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

    def _tokens(self, prompt: Prompt) -> PromptTokens:
        """The prompt's tokens; only the template's own text may hold control tokens."""
        before, after = self._template.around(prompt.system)
        return PromptTokens(
            head=self._engine.tokenize(before, special=True),
            passages=tuple(map(self._engine.tokenize, prompt.passages)),
            tail=self._engine.tokenize(prompt.question) + self._engine.tokenize(after, special=True),
        )

    def _greedy(self, prompt: PromptTokens, max_tokens: int) -> Iterator[int]:
        """The likeliest token, again and again, until the model ends, loops or has said enough."""
        logits = self._reader.read(prompt)
        loops = Loops()
        for position in range(len(prompt), len(prompt) + max_tokens):
            token = int(logits.argmax())
            if self._engine.is_end(token) or loops.closed_by(token):
                return
            yield token
            logits = self._engine.decode([token], position)
