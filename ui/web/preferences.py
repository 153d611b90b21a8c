"""What a user set, kept in the chat's file: how many passages are read, how strict, how long, in which words."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeVar, get_args

from rag import Database, Length
from ui.web.texts import LANGUAGES

T = TypeVar("T")

Strictness = Literal["hide", "strike"]
"""Sentences that no quote supports: told by their number alone, or shown struck through, with the reason."""

STRICTNESS: tuple[Strictness, ...] = get_args(Strictness)
LENGTHS: tuple[Length, ...] = get_args(Length)
MOST_PASSAGES = 8
"""More do not fit into what a model reads at once, beside the question and its answer."""

MACHINE = ""
"""Whose preferences are everybody's where nobody signs in; which model runs is kept with them always."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one user set; each is valid by itself.

    Attributes:
        passages: how many the model reads for a question.
        strictness: what becomes of sentences that no quote supports.
        length: how long answers are.
        language: of the interface, "" for the browser's.
        model: the one that answers, "" for the default one; only `MACHINE`'s counts, since all share one.
    """

    passages: int = 4
    strictness: Strictness = "hide"
    length: Length = "short"
    language: str = ""
    model: str = ""

    def updated(self, record: dict[str, Any]) -> "Preferences":
        """With what a record says, as far as it is valid: another version may have known other values."""
        passages, model = record.get("passages"), record.get("model")
        return Preferences(
            passages=_one_of(range(1, MOST_PASSAGES + 1), passages if type(passages) is int else None, self.passages),
            strictness=_one_of(STRICTNESS, record.get("strictness"), self.strictness),
            length=_one_of(LENGTHS, record.get("length"), self.length),
            language=_one_of(("", *LANGUAGES), record.get("language"), self.language),
            model=model if isinstance(model, str) else self.model,
        )


def _one_of(allowed: Iterable[T], value: object, default: T) -> T:
    return next((each for each in allowed if each == value), default)


def load(memory: Database, owner: str) -> Preferences:
    """What a user set; the defaults where nothing is set, and where it can no longer be read."""
    row = memory.one("SELECT record FROM preferences WHERE owner = ?", owner)
    try:
        record = json.loads(row[0]) if row else {}
    except ValueError:
        record = {}
    return Preferences().updated(record if isinstance(record, dict) else {})


def save(memory: Database, owner: str, preferences: Preferences) -> None:
    """Keep what a user set."""
    with memory.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO preferences (owner, record) VALUES (?, ?)",
            (owner, json.dumps(asdict(preferences), ensure_ascii=False)),
        )


def change(memory: Database, owner: str, **values: Any) -> Preferences:  # noqa: ANN401 - checked by Preferences.of
    """Set some of a user's preferences; values that are not allowed change nothing.

    Returns:
        All of them, as they are now.
    """
    changed = load(memory, owner).updated(values)
    save(memory, owner, changed)
    return changed
