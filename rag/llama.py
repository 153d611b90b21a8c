"""The generator made of llama.cpp: a GGUF model on this machine."""

import codecs
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import QuestionError
from embeddings import gguf_hash, load_token_counter
from rag.engine import ASIDE, BATCH, Engine, ReadingStopped, build
from rag.generate import Prepared, Prompt, never
from rag.lookup import PromptLookup
from rag.reader import Part, PlainReader, PromptParts, Reader
from rag.running import Pace
from rag.settings import EngineOptions, StateSettings
from rag.state_cache import StateCache
from rag.states import StateReader, StateStore
from rag.stop import Loops
from rag.template import ChatTemplate
from rag.turns import Turns

_DISCOURAGED = 1.0  # nats; see `Prompt`


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
        self.states = states or StateSettings.from_environment()
        self._turns = Turns()
        self._pace: Pace | None = None

    @cached_property
    def _engine(self) -> Engine:
        self._pace = Pace()
        try:
            return Engine(self._path, self._options, self._pace.tell)
        finally:
            self._pace = None

    @property
    def weights(self) -> int:
        """Bytes of memory that the weights take, 0 while they are not loaded."""
        engine: Engine | None = self.__dict__.get("_engine")
        return engine.weights if engine is not None else 0

    @property
    def loading(self) -> Pace | None:
        """How far loading is, None while nothing is loaded."""
        return self._pace

    def load(self) -> None:
        """Load the weights now, rather than with the first question.

        Raises:
            ModelError: the model cannot be loaded.
        """
        with self._turns.step():
            _ = self._engine

    @cached_property
    def _template(self) -> ChatTemplate:
        return ChatTemplate(self._engine)

    @property
    def why_plain(self) -> str:
        """Why every prompt is read from its beginning; "" when passages are read once, and before it is known."""
        if self._kept is None:
            return "passage states are switched off"
        engine: Engine | None = self.__dict__.get("_engine")  # another thread may close it meanwhile
        return engine.why_not_joined if engine is not None else ""

    @cached_property
    def _reader(self) -> Reader:
        if self._kept is None or self._engine.why_not_joined:
            return PlainReader(self._engine)
        return StateReader(self._engine, self._kept)

    @cached_property
    def _kept(self) -> StateStore | None:
        if not self.states.enabled:
            return None
        cache = StateCache(self.states.folder, self.states.limit)
        return StateStore(cache, gguf_hash(self._path), build(self._options.cells))

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
        """Give the memory back once the present answer is written; the next question loads the weights again.

        Raises:
            ModelError: an answer that this thread began is not finished, so waiting for it would never end.
        """
        with self._turns.question(), self._turns.step():  # the last sentence of an answer is judged behind its turn
            if engine := self.__dict__.pop("_engine", None):
                engine.close()
            for made_with_it in ("_template", "_reader"):
                self.__dict__.pop(made_with_it, None)

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> Generator[str, None, None]:
        """Pieces of text as they are made; see `Generator.stream`.

        Raises:
            QuestionError: the prompt leaves no room for an answer.
            ModelError: the model cannot be loaded or llama.cpp failed.
        """
        with self._turns.question(), suppress(ReadingStopped):
            with self._turns.step():
                parts = self._parts(prompt)
            if len(parts) + max_tokens > self.context:
                raise QuestionError(
                    f"The question and its passages take {len(parts)} tokens; with {max_tokens} for the answer "
                    f"at most {self.context - max_tokens} fit.",
                    help="Ask a shorter question or use fewer passages.",
                )
            utf8 = codecs.getincrementaldecoder("utf-8")("replace")
            discouraged = self._engine.tokenize(prompt.discouraged)[:1]
            for token in self._stepwise(self._greedy(parts, max_tokens, discouraged), should_stop):
                if piece := utf8.decode(self._engine.piece(token)):
                    yield piece

    def _stepwise(self, tokens: Iterator[int], should_stop: Callable[[], bool]) -> Iterator[int]:
        """The tokens, each made in a step of its own, until somebody wants no more."""
        while not should_stop():
            with self._turns.step(), self._engine.stopping_when(should_stop):
                token = next(tokens, None)
            if token is None or should_stop():
                return
            yield token

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        """How much likelier one of `yes` is to come next than one of `no`; see `Generator.log_odds`.

        Raises:
            ModelError: the model cannot be loaded or llama.cpp failed.
        """
        with self._turns.aside():
            parts = self._parts(prompt)
            if len(parts) > self._options.aside:
                return None
            try:
                logits = self._reader.read(parts, ASIDE).astype(np.float64)
            except ReadingStopped:
                return None
            first, second = (
                np.logaddexp.reduce(logits[list({self._engine.tokenize(text)[0] for text in texts})])
                for texts in (yes, no)
            )
            return float(first - second)

    def log_likelihoods(self, prompt: Prompt, texts: Sequence[str]) -> list[float] | None:
        """How likely each text is as the beginning of an answer; see `Generator.log_likelihoods`.

        Raises:
            ModelError: the model cannot be loaded or llama.cpp failed.
        """
        with self._turns.aside():
            parts, answers = self._parts(prompt), [self._engine.tokenize(text) for text in texts]
            longest = max(map(len, answers), default=0)
            if longest > BATCH or len(parts) + longest > self._options.aside or not self._can_take_back:
                return None
            try:
                first = np.array(self._reader.read(parts, ASIDE))
                return [self._log_likelihood(first, answer, len(parts)) for answer in answers]
            except ReadingStopped:
                return None

    def is_prepared(self, system: str, passage: str = "") -> bool:
        """Whether a question with this passage finds it read; told without loading the model."""
        return self._kept is not None and self._kept.has(*filter(None, (system, passage)))

    def forget(self, system: str, passage: str) -> bool:
        """Drop what is kept of a passage; whether anything was. Told without loading the model."""
        known = self.is_prepared(system, passage)
        if self._kept is not None:
            self._kept.drop(system, passage)
        return known

    def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
        """Read a passage ahead of the questions, if nobody asks and there is room to keep it; see `Generator.prepare`.

        Raises:
            ModelError: the model cannot be loaded or llama.cpp failed.
        """
        if self._kept is None or self._kept.is_full():
            return Prepared.NOT_KEPT
        with self._turns.spare_time() as free:
            if not free:
                return Prepared.LATER
            with self._turns.step():
                if not isinstance(self._reader, StateReader):
                    return Prepared.NOT_KEPT
                parts = self._parts(Prompt(system, (passage,) if passage else (), ""))
                try:
                    with self._engine.stopping_when(lambda: self._turns.somebody_waits or should_stop()):
                        self._reader.make(parts.head, *parts.passages)
                except ReadingStopped:
                    return Prepared.LATER
                return Prepared.DONE

    def _parts(self, prompt: Prompt) -> PromptParts:
        """The prompt's tokens; only the template's own text may hold control tokens."""
        _, after = self._template.around(prompt.system)
        tail = self._engine.tokenize(prompt.question) + self._engine.tokenize(after, special=True)
        return PromptParts(
            head=self._head(prompt.system),
            passages=tuple(Part(passage, self._engine.tokenize(passage)) for passage in prompt.passages),
            tail=Part(prompt.question, tail),
            read_behind=self._head(prompt.read_behind) if prompt.read_behind else None,
        )

    def _head(self, system: str) -> Part:
        return Part(system, self._engine.tokenize(self._template.around(system)[0], special=True))

    def _greedy(self, prompt: PromptParts, max_tokens: int, discouraged: Sequence[int]) -> Iterator[int]:
        """The likeliest token, again and again, until the model ends, loops or has said enough."""
        loops = Loops()
        for token in islice(self._likeliest(prompt, discouraged), max_tokens):
            if self._engine.is_end(token) or loops.closed_by(token, self._engine.piece(token)):
                return
            yield token

    def _likeliest(self, prompt: PromptParts, discouraged: Sequence[int]) -> Iterator[int]:
        """The likeliest tokens behind the prompt, without end; guessed ones are checked several in a call.

        Those that are discouraged count for less where the answer begins.
        """
        lookup = PromptLookup(prompt.tokens(), self._options.guess)
        position = len(prompt)
        logits = np.array(self._reader.read(prompt))
        logits[list(discouraged)] -= _DISCOURAGED
        token = int(logits.argmax())
        while True:
            yield token
            lookup.add(token)
            guess = lookup.guess() if self._can_take_back else []
            chosen = self._engine.continue_with([token, *guess], position).argmax(axis=1).tolist()
            right = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(guess, chosen, strict=False)))
            for known in guess[:right]:
                yield known
                lookup.add(known)
            position += 1 + right
            if right < len(guess):
                self._engine.forget(0, position)
            token = chosen[right]

    def _log_likelihood(self, first: NDArray[np.float32], answer: Sequence[int], position: int) -> float:
        """Of tokens behind the prompt that was read aside; afterwards the prompt alone is held."""
        behind = self._engine.continue_with(answer[:-1], position, ASIDE) if len(answer) > 1 else ()
        self._engine.forget(ASIDE, position)
        return sum(_log_probability(row, token) for row, token in zip((first, *behind), answer, strict=False))

    @property
    def _can_take_back(self) -> bool:
        """Wrong guesses are dropped from the cache, which a running state does not allow."""
        return not self._engine.why_not_joined


def _log_probability(logits: NDArray[np.float32], token: int) -> float:
    top = logits.max()
    return float(logits[token] - top - np.log(np.exp(logits - top).sum()))
