"""Text from a language model: what a prompt is, what a generator must do, and getting one."""

from collections import abc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from embeddings import OnProgress, resolve_generator
from rag.settings import EngineOptions, StateSettings


def never() -> bool:
    """What `should_stop` is when nobody may stop."""
    return False


class Prepared(StrEnum):
    """What came of reading a passage ahead."""

    DONE = "done"
    LATER = "later"
    """A question came first, or nobody wants it any more."""
    NOT_KEPT = "not kept"
    """Passages are not kept, or there is no room for more."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in the parts that are read, and kept, separately; the generator adds its chat template.

    Attributes:
        system: the fixed instructions, the same for every question.
        passages: each passage behind its header; reading one does not depend on the others.
        question: the conversation so far, the question and the language to answer in.
        discouraged: how the answer is not to begin unless the model is sure of it: a logit bias of -1 on the first
            token, so this beginning must be e times as likely as any other.
        read_behind: the instructions behind which the passages' kept states were read, where these are other ones: a
            passage that was read for an answer is not read again to judge it. An approximation; "" for `system`.
    """

    system: str
    passages: tuple[str, ...]
    question: str
    discouraged: str = ""
    read_behind: str = ""


class Generator(Protocol):
    """A language model that continues a prompt, greedily."""

    @property
    def name(self) -> str:
        """The model's name, as it stands in an answer."""

    @property
    def context(self) -> int:
        """How many tokens a prompt and its answer may have together."""

    def count_tokens(self, text: str) -> int:
        """How many of the model's tokens a text has."""

    @property
    def why_plain(self) -> str:
        """Why every prompt is read from its beginning; "" when passages are read once, and before it is known."""

    def is_prepared(self, system: str, passage: str = "") -> bool:
        """Whether a question with this passage finds it read already; without one, with these instructions."""

    def forget(self, system: str, passage: str) -> bool:
        """Drop what is kept of a passage; whether anything was."""

    def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
        """Read a passage, or the instructions alone, ahead of the questions, if nobody asks and there is room.

        Once `should_stop` is true, reading is given up, as it is for a question, and the outcome is LATER.
        """

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> abc.Generator[str, None, None]:
        """Pieces of text as they are made.

        Closing the iterator stops the model within one token. `should_stop` is asked while the prompt is read,
        too: once it is true, the stream ends.
        """

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        """How much likelier one of `yes` is than one of `no` to come next: the logarithm of the odds.

        Whoever reads a stream may ask between two of its pieces; the stream goes on as if nobody had.

        Args:
            prompt: a short one, at most about a thousand tokens.
            yes: beginnings of an answer, told apart from the others by their first token.
            no: the other beginnings.

        Returns:
            The log-odds, None when the model cannot tell: the prompt is too long, or nobody waits any more.
        """

    def log_likelihoods(self, prompt: Prompt, texts: Sequence[str]) -> list[float] | None:
        """How likely the model finds each text as the beginning of its answer: the logarithm of its probability.

        Whoever reads a stream may ask between two of its pieces, as for `log_odds`.

        Args:
            prompt: a short one, at most about a thousand tokens with the longest text.
            texts: a sentence each, at most about a hundred tokens.

        Returns:
            The natural logarithms, summed over the tokens of each text; None when the model cannot tell: the prompt or
            a text is too long, or the model cannot go back in what it has read.
        """


@runtime_checkable
class Keeping(Protocol):
    """A generator that says where it keeps what it has read; vectors of sentences are kept there too."""

    @property
    def states(self) -> StateSettings:
        """Whether and where passage states are kept."""


def load_generator(
    name: str | None = None,
    *,
    states: StateSettings | None = None,
    options: EngineOptions | None = None,
    progress: OnProgress | None = None,
) -> Generator:
    """The generator of a catalogue name, a GGUF file or a hub id; the default one without a name.

    The file is fetched when it is not here yet; its weights are loaded with the first question.

    Args:
        name: see above.
        states: whether and where passage states are kept; None takes what the environment says.
        options: context length, threads and guessing.
        progress: told how far a fetch is; None shows a bar on standard error.

    Raises:
        ModelError: no such model, or it cannot be fetched.
    """
    path = resolve_generator(name, progress)
    return _loaded(path, states or StateSettings.from_environment(), options or EngineOptions())


@lru_cache(maxsize=2)
def _loaded(path: Path, states: StateSettings, options: EngineOptions) -> Generator:
    """One model in memory for all libraries of a process; two while a user compares them."""
    from rag.llama import LlamaGenerator  # noqa: PLC0415 - most commands need no model

    return LlamaGenerator(path, options=options, states=states)
