"""What a reader is told of the sentences that were written and left out, in the browser and on a terminal alike."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag import Sentence


def left_out(count: int) -> str:
    """How many sentences were left out of an answer, and why."""
    if count == 1:
        return "1 sentence was left out: no passage that was found supports it"
    return f"{count} sentences were left out: no passage that was found supports them"


def reason(sentence: "Sentence") -> str:
    """Why one sentence was left out; the facts are the model's own words, to be escaped like those."""
    if sentence.missing:
        return f"not in the quote: {', '.join(sentence.missing)}"
    return "no quote supports it"
