"""Where sentences begin and end, in any language.

`sentencex` (by Wikimedia, 240 languages) finds the boundaries. This module gives it pieces of bounded size, since
its time grows with the square of a paragraph's length, joins what it cuts after a title or an initial, and turns
its answer into exact offsets.
"""

from collections.abc import Iterator

import regex
import sentencex

Span = tuple[int, int]

_SPACE = regex.compile(r"\s")
_WINDOW = 4_000  # characters; the longest sentences of laws and treaties stay whole
# A boundary right after one of these is none: a name follows. One list for all languages, for the titles
# that sentencex does not know; a lone capital is an initial (or the French "M.").
_ABBREVIATION = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}])(?:\p{Lu}|Mme|Mmes|MM|Mlle|Me|Mgr|Dr|Pr|Prof|St|Ste|Mr|Mrs|Ms|TS|ThS|GS|PGS|TP|BS|KS|kl|"
    r"Hr|Fr|Frau|bl\.a|t\.ex|s\.k|f\.d|z\.B|d\.h|u\.a|bzw|ca|Nr|No|n°|art|vol|p|pp|cf|jr|Sr|Sra|Dra|Ud|Uds|Sig)\.\s*$"
)


def sentences(text: str, language: str) -> list[Span]:
    """Find the sentences of a text.

    A line break always ends a sentence. Spans are trimmed of white space, in order, never overlap, and
    together cover every character that is not white space.

    Args:
        text: any text.
        language: ISO 639-1 code; "und" uses the rules that most languages share.

    Returns:
        (start, end) offsets in characters.
    """
    found: list[Span] = []
    for start, end in _blocks(text):
        found.extend(_trimmed(text, _joined(text, _boundaries(text, start, end, language))))
    return found


def _blocks(text: str) -> Iterator[Span]:
    """Lines that hold something; a line break of any kind parts them."""
    position = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            yield position, position + len(line)
        position += len(line)


def _boundaries(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Pieces of text[start:end] in order, without gaps, a window at a time."""
    while start < end:
        stop = min(end, start + _WINDOW)
        if stop < end:
            stop = _safe_cut(text, start, stop)
        pieces = list(_segments(text[start:stop], start, language))
        if stop < end and len(pieces) > 1:
            # The last piece may go on behind the window: it is read again with what follows.
            pieces.pop()
        yield from pieces
        start = pieces[-1][1]


def _segments(piece: str, offset: int, language: str) -> Iterator[Span]:
    position = 0
    # Only plain spaces, one for one: its rules for initials stop the process at a space of several bytes,
    # such as the no-break space that French puts before "M." and "Dupont".
    piece = _SPACE.sub(" ", piece)
    for found in sentencex.segment(language, piece):
        start = piece.find(found, position)
        if start < 0 or not found:
            continue
        position = start + len(found)
        yield offset + start, offset + position
    if position < len(piece):
        yield offset + position, offset + len(piece)


def _safe_cut(text: str, start: int, stop: int) -> int:
    """Where to end a window: at white space, or at least not inside a character that is seen as one."""
    half = start + _WINDOW // 2
    for cut in range(stop, half, -1):
        if text[cut - 1].isspace():
            return cut
    clusters = list(regex.finditer(r"\X", text, pos=half, endpos=stop))
    return clusters[-1].start() if clusters and clusters[-1].start() > half else stop


def _joined(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    held: Span | None = None
    for start, end in pieces:
        held = (held[0], end) if held else (start, end)
        if not _ABBREVIATION.search(text, max(held[0], end - 16), end):
            yield held
            held = None
    if held:
        yield held


def _trimmed(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    for start, end in pieces:
        piece = text[start:end]
        words = piece.strip()
        if words:
            begin = start + len(piece) - len(piece.lstrip())
            yield begin, begin + len(words)
