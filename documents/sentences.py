"""Where sentences begin and end, in any language.

`sentencex` (by Wikimedia, 240 languages) finds the boundaries. This module gives it pieces of bounded size, since
its time grows with the square of a paragraph's length, joins what it cuts after a title or an initial, and turns
its answer into exact offsets.
"""

from collections.abc import Iterable, Iterator

import regex
import sentencex

from documents.article import Span
from documents.lines import blocks
from documents.tables import is_row

QUESTION_MARKS = ("?", "？", "؟")
"""How questions end."""

_OTHER_SPACE = regex.compile(r"[^\S ]")
_WORD = 8  # characters of a word with its full stop; no shortening here has as many
_WINDOW = 2_500  # characters; a longer sentence is over what models take, and is cut anyway
# Titles and shortenings that sentencex ends a sentence after, by what follows them.
_BEFORE_NAMES = (
    "Mme|Mmes|MM|Mlle|Mgr|Pr|Prof|St|Ste|"  # French
    "TS|ThS|GS|PGS|TP|Tp|TX|TT|BS|KS|"  # Vietnamese
    r"Hr|Fr|z\.B|d\.h|u\.a|"  # German
    r"t\.ex|bl\.a|s\.k|f\.d|"  # Swedish
    "Sr|Sra|Dra|Ud|Uds|Sig|"  # Spanish, Italian
    r"Dr|Mr|Mrs|Ms|cf|\p{Lu}|"  # a lone capital is an initial, or the French "M."
    r"\p{Arabic}"  # as a lone letter is in Arabic
)
_MONTHS = (
    "jan|janv|feb|febr|fév|févr|mar|apr|avr|abr|jun|juin|jul|juil|aug|ago|août|sep|sept|oct|okt|nov|déc|dec|dez|dic"
)
_BEFORE_NUMBERS = rf"art|vol|n°|No|Nr|kl|ca|approx|p|pp|pág|kap|abs|al|para|fig|Art|Abs|(?i:{_MONTHS})"
# Shortenings that a sentence may end with: only a capital behind them tells. German nouns have one anyway.
_MAY_END = rf"\s(?:etc|osv|m\.m|m\.fl|v\.v)|\d\s(?:min|{_MONTHS})"
_NAME_COMES = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{_BEFORE_NAMES})\.\s*$")
_NUMBER_COMES = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{_BEFORE_NUMBERS})\.\s*$")
_ORDINAL = regex.compile(
    r"\b(?:der|die|das|dem|den|des|im|am|vom|zum|beim|ab|seit|bis) \d{1,2}\.\s*$", regex.IGNORECASE
)
_FULL_STOP = regex.compile(r"\.[\"'”’»)\]]*\s*$")
# In Chinese and Japanese a quotation's own mark stands before the words that say whose it is.
_SAID = regex.compile(r"[^。！？“”「」]{1,12}(?:说|說|道|问|問|喊|答|表示|称|稱|写道|指出)[，。]")
_ENDS_WITHIN = regex.compile(
    rf"\.(?<=(?i:{_MAY_END})\.)(?P<gap>\s+)(?=\p{{Lu}})"
    r"|(?:…|\.\.\.)(?<=\p{L}(?:…|\.\.\.))[\"'”’»)\]]?(?P<gap>\s+)(?=[\p{Lu}\p{Lo}«“„])"
)

_OPENS = regex.compile(r"(?<=\s)[\"”’»]\Z")


def sentences(text: str, language: str) -> list[Span]:
    """Find the sentences of a text.

    A line break ends a sentence, except between the lines of a paragraph that is wrapped at a fixed width. A row of a
    table is one sentence. Spans are trimmed of white space, in order, never overlap, and together cover every
    character that is not white space.

    Args:
        text: any text.
        language: ISO 639-1 code; "und" uses the rules that most languages share.

    Returns:
        (start, end) offsets in characters.
    """
    found: list[Span] = []
    for start, end in blocks(text):
        if text.startswith("|", start) and is_row(text[start:end].rstrip()):
            found.extend(_trimmed(text, [(start, end)]))
            continue
        found.extend(_trimmed(text, _parted(text, _joined(text, _boundaries(text, start, end, language)))))
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
    piece = _OTHER_SPACE.sub(" ", piece)
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
    before = text[near:end].rstrip()
    if before[-1:] == "." and len(before) > _WORD and before[-_WORD:-1].isalpha():
        return text[end : end + 1].islower()  # a long word is no shortening
    if _NUMBER_COMES.search(text, near, end):
        return text[end : end + 1].isdigit()
    if _FULL_STOP.search(text, near, end) and (text[end : end + 1].islower() or _ORDINAL.search(text, near, end)):
        return True
    if text[end - 1] in "”」" and _SAID.match(text, end, end + 24):
        return True
    return _NAME_COMES.search(text, near, end) is not None


def _parted(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    """Pieces, cut where an ellipsis or a shortening ends a sentence all the same."""
    for start, end in pieces:
        if text.find(".", start, end - 1) < 0 and text.find("…", start, end - 1) < 0:  # most sentences, told soonest
            yield start, end
            continue
        for gap in _ENDS_WITHIN.finditer(text, start, end):
            yield start, gap.start("gap")
            start = gap.end("gap")  # noqa: PLW2901 - what is left of the piece
        yield start, end


def _trimmed(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    for start, end in pieces:
        piece = text[start:end]
        words = piece.strip()
        if words:
            begin = start + len(piece) - len(piece.lstrip())
            yield begin, begin + len(words)
