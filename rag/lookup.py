"""Guessing the next words from the prompt: what an answer quotes, it repeats.

When the last words of the draft stand in the prompt too, the words behind them there are likely to come next.
They are read in one call together with the last word; those that the model would have written itself stay, the
rest is dropped. So the text is the model's own, sooner. (Saxena, "Prompt Lookup Decoding", 2023.)
"""

from collections.abc import Sequence

_LONGEST, _SHORTEST = 3, 2  # tokens that must agree before a guess is made


class PromptLookup:
    """Finds what followed the last words when they last stood in the prompt or the draft.

    Args:
        tokens: the prompt.
        length: the most tokens to guess.
    """

    def __init__(self, tokens: Sequence[int], length: int) -> None:
        self._tokens: list[int] = []
        self._length = length
        self._after: dict[tuple[int, ...], int] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """Take note of the next token of the text."""
        # Noted only now that something stands behind them, so that a guess is never empty.
        for size in range(_SHORTEST, _LONGEST + 1):
            if len(self._tokens) >= size:
                self._after[tuple(self._tokens[-size:])] = len(self._tokens)
        self._tokens.append(token)

    def guess(self) -> list[int]:
        """The tokens that may come next, [] without a hint."""
        for size in range(_LONGEST, _SHORTEST - 1, -1):
            at = self._after.get(tuple(self._tokens[-size:]))
            if at is not None:
                return self._tokens[at : at + self._length]
        return []
