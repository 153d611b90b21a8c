"""Where a library lives when nobody says, and how long its passages are."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

from embeddings import cache_dir

CellType = Literal["f16", "q8_0"]

LIBRARY_VARIABLE = "DOSSIER_LIBRARY"
_STATES_LIMIT = 4 * 2**30


@dataclass(frozen=True, slots=True)
class PassageSize:
    """How long passages are, in tokens of the model that reads them.

    Attributes:
        target: what splitting aims at. Four passages of it are read in about a second from their kept
            states, and in some twenty seconds without.
        maximum: what no passage exceeds.
    """

    target: int = 120
    maximum: int = 240


PASSAGE_SIZE = PassageSize()


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How passages are ranked, and which are near enough to be read.

    Attributes:
        word_weight: what holding all words of the question adds to a passage's cosine; 0 ranks by vectors alone.
            The usual one was chosen, with the power of a word's rarity in `rag/retrieve.py`, from 44 settings on the
            XQuAD questions of `eval/bench_retrieval.py` as the largest gain in English that lowers no measure in
            Spanish or Vietnamese. Chosen there, it looks a little better there than it is. Heavier weights gain more
            on names and numbers, and cost the first Vietnamese questions.
        language_weight: how much of what a passage's language costs it is given back, 0 to 1 (`rag/levels.py`).
            Chosen on XQuAD's paragraphs, each in a language drawn by lot (docs/evaluation.md): more would cost
            questions that are answered in their own language.
        min_score: evidence below this score is about something else, and the model is not asked.
    """

    word_weight: float = 0.04
    language_weight: float = 0.8
    min_score: float = 0.75


SEARCH = SearchSettings()


def default_folder() -> Path:
    """The folder in DOSSIER_LIBRARY, else `library` in the user's data folder."""
    named = os.environ.get(LIBRARY_VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("dossier", appauthor=False)) / "library"


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Whether and where the model's states of passages are kept, and the vectors of their sentences.

    Attributes:
        enabled: False reads every prompt anew and encodes every sentence anew, for comparison.
        folder: holds both; all libraries and processes of a user share it.
        limit: bytes on disk; the least recently used go first.
    """

    enabled: bool = True
    folder: Path = field(default_factory=lambda: cache_dir() / "states")
    limit: int = _STATES_LIMIT

    @classmethod
    def from_environment(cls) -> "StateSettings":
        """DOSSIER_STATES=off, DOSSIER_STATES_LIMIT in bytes; anything else is the default."""
        limit = os.environ.get("DOSSIER_STATES_LIMIT", "")
        return cls(
            enabled=os.environ.get("DOSSIER_STATES", "").lower() not in ("off", "0", "no"),
            limit=int(limit) if limit.isdecimal() else _STATES_LIMIT,
        )


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a model is loaded.

    Attributes:
        context: tokens that the prompt and the answer may have together.
        threads: CPU threads; None takes every core this process may use.
        aside: tokens of a second prompt, which may be read while the first is still being continued: examples, a
            passage, a question and a sentence.
        cells: how keys and values are kept, "f16" or at half the size "q8_0"; docs/performance.md compares them.
        guess: how many tokens are guessed from the prompt at once, 0 for none; the text is the same. A call
            with four tokens costs about twice one with a single token (docs/performance.md).
    """

    context: int = 4096
    threads: int | None = None
    aside: int = 1536
    cells: CellType = "f16"
    guess: int = 3
