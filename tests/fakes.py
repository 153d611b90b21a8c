"""An encoder and a generator whose answers can be computed by hand."""

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Fingerprint
from rag.generate import Prepared, Prompt, never
from rag.judge import OF_ANSWERS
from rag.prompt import NOT_FOUND
from rag.support import judges
from rag.turns import Turns

if TYPE_CHECKING:
    from rag.running import Pace

(JUDGE_OF_ANSWERS,) = (
    name.removesuffix(OF_ANSWERS) for name in judges() if "1.5b" in name and name.endswith(OF_ANSWERS)
)
"""The name of a model whose word on answers counts."""

VOCABULARY = ("river", "bridge", "mayor", "school", "train", "2019", "2024", "million")


class FakeEncoder:
    """A text's vector counts the words of VOCABULARY in it, plus one axis for a text with none; unit length."""

    max_tokens = 64

    def __init__(self, name: str = "fake-encoder") -> None:
        self.fingerprint = Fingerprint(name, f"weights of {name}", "", "", len(VOCABULARY) + 1)
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        rows = [[text.lower().count(word) for word in VOCABULARY] for text in texts]
        counts = np.array([[*row, 0 if any(row) else 1] for row in rows], np.float32)
        counts = counts.reshape(len(texts), len(VOCABULARY) + 1)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    def count_tokens(self, text: str) -> int:
        return len(text.split())


class FakeGenerator:
    """Replies from a queue, a word at a time, and keeps the prompts it was given; `odds` are its log-odds.

    Asked more than it has replies for, it says that the articles do not hold the answer. It is sure when it says so:
    asked again whether it is, it says the same, and that is not kept. One that is `unsure` takes its next reply.
    """

    name = "fake-generator"
    context = 4096
    why_plain = ""

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies)
        self.prompts: list[Prompt] = []
        self.prepared: set[tuple[str, str]] = set()
        self.odds: float | None = None
        self.likelihoods: dict[str, float] = {}
        self.judged: list[Prompt] = []
        self.unsure = False

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def is_prepared(self, system: str, passage: str = "") -> bool:
        return (system, passage) in self.prepared

    def forget(self, system: str, passage: str) -> bool:
        known = (system, passage) in self.prepared
        self.prepared.discard((system, passage))
        return known

    def prepare(self, system: str, passage: str = "", *, should_stop: Callable[[], bool] = never) -> Prepared:
        del should_stop
        self.prepared.add((system, passage))
        return Prepared.DONE

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        del yes, no
        self.judged.append(prompt)
        return self.odds

    def log_likelihoods(self, prompt: Prompt, texts: Sequence[str]) -> list[float] | None:
        self.judged.append(prompt)
        return [self.likelihoods.get(text, -20.0) for text in texts]

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> Generator[str, None, None]:
        if prompt.discouraged == NOT_FOUND and not self.unsure:
            yield NOT_FOUND
            return
        self.prompts.append(prompt)
        reply = self.replies.pop(0) if self.replies else NOT_FOUND
        for i, word in enumerate(reply.split(" ")[:max_tokens]):
            if should_stop():
                return
            yield word if i == 0 else f" {word}"


class LoadableGenerator(FakeGenerator):
    """A fake with weights, which come with the first use; who has it is told as for a real model."""

    def __init__(self, name: str, *replies: str) -> None:
        super().__init__(*replies)
        self.name = name
        self.weights = 0
        self.loading: Pace | None = None
        self.closed = 0
        self._turns = Turns()

    def load(self) -> None:
        self.weights = 500

    def close(self) -> None:
        with self._turns.question(), self._turns.step():
            self.weights = 0
            self.closed += 1

    def log_odds(self, prompt: Prompt, yes: Sequence[str], no: Sequence[str]) -> float | None:
        with self._turns.aside():
            self.load()
            return super().log_odds(prompt, yes, no)

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> Generator[str, None, None]:
        with self._turns.question():
            self.load()
            yield from super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)
