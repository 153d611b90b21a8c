"""A sentence that is too long for a model, cut at the best places there are."""

from collections.abc import Callable, Iterator

import regex

Fits = Callable[[str], bool]

# Behind these a clause ends: marks of Latin, Arabic, Indian and East Asian writing.
_CLAUSE = regex.compile(r"(?:[,;:…–—،؛।](?=\s)|[\uff0c\u3001\uff1b\uff1a])[\"'’”»)\]]*\s*")
_SPACE = regex.compile(r"\s+")
_CLUSTER = regex.compile(r"\X")
_GRAIN = 32
_FIRST_GUESS = 512  # characters: about the goal of 120 tokens in most languages


def fit(text: str, start: int, end: int, fits: Fits, bearable: Fits) -> Iterator[tuple[int, int]]:
    """Cut text[start:end] into pieces that fit, each about as long as it can be.

    Args:
        text: the whole text.
        start: where the sentence begins; not white space.
        end: where it ends.
        fits: says whether a piece is short enough; what fits is expected to fit when shortened too.
        bearable: the same, for a single character that does not fit.

    Yields:
        Spans without white space at their ends, covering everything else.

    Raises:
        ValueError: when not even one character is bearable.
    """
    guess = _FIRST_GUESS
    while start < end:
        reach = _reach(text, start, end, fits, guess) or _one(text, start, bearable)
        guess = max(reach - start, 1)
        stop = end if reach == end else _best_cut(text, start, reach, fits)
        piece = text[start:stop].rstrip()
        yield start, start + len(piece)
        start = stop + len(text[stop:end]) - len(text[stop:end].lstrip()) if stop < end else end


def _reach(text: str, start: int, end: int, fits: Fits, guess: int) -> int | None:
    """About the furthest end at which the piece fits: growing by a quarter, then halving, so the work is linear."""
    low, high = start, min(end, start + guess)
    while fits(text[start:high]):
        if high == end:
            return end
        low, high = high, min(end, high + max(1, (high - start) // 4))
    # The last few characters are not worth counting for: most of them go back to the last space anyway.
    while high - low > max(1, (low - start) // _GRAIN):
        middle = (low + high) // 2
        if fits(text[start:middle]):
            low = middle
        else:
            high = middle
    return low if low > start else None


def _one(text: str, start: int, bearable: Fits) -> int:
    if not bearable(text[start]):
        raise ValueError(f"The limit is too small for one character, U+{ord(text[start]):04X}.")
    return start + 1


def _best_cut(text: str, start: int, reach: int, fits: Fits) -> int:
    """The last clause end in the second half, else the last white space, else a whole character."""
    half = start + (reach - start) // 2
    for mark in (_CLAUSE, _SPACE):
        ends = [found.end() for found in mark.finditer(text, half, reach) if found.end() > start]
        if ends and fits(text[start : ends[-1]].rstrip()):
            return ends[-1]
    clusters = [found.start() for found in _CLUSTER.finditer(text, start, min(len(text), reach + 32))]
    inside = [at for at in clusters if start < at <= reach]
    return inside[-1] if inside and fits(text[start : inside[-1]]) else reach
