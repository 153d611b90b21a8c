"""A sentence that is too long for a model, cut at the best places there are."""

from collections.abc import Callable, Iterator

import regex

Fits = Callable[[str], bool]

# Behind these a clause ends: marks of Latin, Arabic, Indian and East Asian writing.
_CLAUSE = regex.compile(r"(?:[,;:…–—،؛।](?=\s)|[\uff0c\u3001\uff1b\uff1a])[\"'’”»)\]]*\s*")
_SPACE = regex.compile(r"\s+")
_CLUSTER = regex.compile(r"\X")
_FIRST_GUESS = 512  # characters: about the goal of 120 tokens in most languages


def fit(text: str, start: int, end: int, fits: Fits) -> Iterator[tuple[int, int]]:
    """Cut text[start:end] into pieces that fit, each as long as it can be.

    Args:
        text: the whole text.
        start: where the sentence begins; not white space.
        end: where it ends.
        fits: says whether a piece is short enough; what fits is expected to fit when shortened too.

    Yields:
        Spans without white space at their ends, covering everything else.

    Raises:
        ValueError: when not even one character fits.
    """
    guess = _FIRST_GUESS
    while start < end:
        reach = _reach(text, start, end, fits, guess)
        guess = max(reach - start, 1)
        stop = end if reach == end else _best_cut(text, start, reach, fits)
        piece = text[start:stop].rstrip()
        yield start, start + len(piece)
        start = stop + len(text[stop:end]) - len(text[stop:end].lstrip()) if stop < end else end


def _reach(text: str, start: int, end: int, fits: Fits, guess: int) -> int:
    """The furthest end at which the piece fits: doubling, then halving, so the work stays linear."""
    low, high = start, min(end, start + guess)
    while fits(text[start:high]):
        if high == end:
            return end
        low, high = high, min(end, start + 2 * (high - start))
    while high - low > 1:
        middle = (low + high) // 2
        if fits(text[start:middle]):
            low = middle
        else:
            high = middle
    if low == start:
        raise ValueError(f"The limit is too small for one character, U+{ord(text[start]):04X}.")
    return low


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
