"""Where sentences begin and end, in any language.

`sentencex` (by Wikimedia, 240 languages) finds the boundaries. This module gives it pieces of bounded size, since
its time grows with the square of a paragraph's length, joins what it cuts after a title or an initial, and turns
its answer into exact offsets.
"""

from collections.abc import Iterable, Iterator

import regex
import sentencex

from documents.lines import blocks

Span = tuple[int, int]

_SPACE = regex.compile(r"\s")
_WINDOW = 2_500  # characters; a longer sentence is over what models take, and is cut anyway
# Titles and shortenings that sentencex ends a sentence after, by what follows them.
_BEFORE_NAMES = (
    "Mme|Mmes|MM|Mlle|Mgr|Pr|Prof|St|Ste|"  # French
    "TS|ThS|GS|PGS|TP|BS|KS|"  # Vietnamese
    r"Hr|Fr|z\.B|d\.h|u\.a|"  # German
    r"t\.ex|bl\.a|s\.k|f\.d|"  # Swedish
    "Sr|Sra|Dra|Ud|Uds|Sig|"  # Spanish, Italian
    r"Dr|Mr|Mrs|Ms|cf|\p{Lu}"  # a lone capital is an initial, or the French "M."
)
_BEFORE_NUMBERS = "art|vol|n°|No|Nr|kl|ca|p|pp"
_NAME_COMES = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{_BEFORE_NAMES})\.\s*$")
_NUMBER_COMES = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{_BEFORE_NUMBERS})\.\s*$")

_OPENS = regex.compile(r"(?<=\s)[\"”’»]\Z")


def sentences(text: str, language: str) -> list[Span]:
    """Find the sentences of a text.

    A line break ends a sentence, except between the lines of a paragraph that is wrapped at a fixed width. Spans
    are trimmed of white space, in order, never overlap, and together cover every character that is not white space.

    Args:
        text: any text.
        language: ISO 639-1 code; "und" uses the rules that most languages share.

    Returns:
        (start, end) offsets in characters.
    """
    found: list[Span] = []
    for start, end in blocks(text):
        found.extend(_trimmed(text, _joined(text, _boundaries(text, start, end, language))))
    return found


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


def _joined(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    first: int | None = None
    end = 0
    for start, cut in pieces:
        first = end if first is None and end else start if first is None else first
        end = _before_quote(text, start, cut)
        if not _goes_on(text, first, end):
            yield first, end
            first = None
    if first is not None:
        yield first, end


def _before_quote(text: str, start: int, end: int) -> int:
    """The boundary, moved in front of a quote's first mark.

    Swedish and Finnish open a quote with the mark that closes it elsewhere, so it was left with the words before it.
    """
    mark = _OPENS.search(text, max(start + 1, end - 2), end)
    return mark.start() if mark and text[end : end + 1].isalpha() else end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the words before a boundary show that it is none."""
    near = max(start, end - 16)
    if _NUMBER_COMES.search(text, near, end):
        return text[end : end + 1].isdigit()
    return _NAME_COMES.search(text, near, end) is not None


def _trimmed(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    for start, end in pieces:
        piece = text[start:end]
        words = piece.strip()
        if words:
            begin = start + len(piece) - len(piece.lstrip())
            yield begin, begin + len(words)
