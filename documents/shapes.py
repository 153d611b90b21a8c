"""The lines of a text, and what each of them looks like by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

import regex

from documents.article import Span
from documents.captions import is_caption, is_picture_name
from documents.labels import Label, label_of, promised
from documents.lines import SENTENCE_END


class Shape(Enum):
    """What a line looks like."""

    HEADLINE = auto()
    META = auto()
    RELATED = auto()
    COMMENTS = auto()
    BUTTON = auto()
    CAPTION_LABEL = auto()
    PICTURE = auto()
    CAPTION = auto()
    PROMISE = auto()
    PROSE = auto()
    TITLE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that is not metadata; `apart` when a blank line stands before it."""

    start: int
    end: int
    words: str
    shape: Shape
    apart: bool

    @property
    def short(self) -> bool:
        """Whether it is no longer than what menus hold: three words, or six signs of a script without spaces."""
        spaced = regex.search(rf"[{_UNSPACED}]{{4}}", self.words) is None
        few = len(self.words.split()) <= _MENU_WORDS if spaced else len(self.words) <= _SIGNS
        return few and len(self.words) <= _MENU


_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_MENU, _MENU_WORDS, _SIGNS = 30, 3, 6
_LONG = 250  # characters; longer lines are paragraphs, whatever they end with
_OF_LABEL = {
    Label.RELATED: Shape.RELATED,
    Label.COMMENTS: Shape.COMMENTS,
    Label.BUTTON: Shape.BUTTON,
    Label.CAPTION: Shape.CAPTION_LABEL,
}


def read_lines(text: str, headline: Span | None, others: Iterable[Span]) -> list[Line]:
    """The lines that are not blank, parted where known spans begin and end.

    Args:
        text: the whole article.
        headline: where its headline stands.
        others: where its metadata stand.
    """
    known = sorted([(*span, Shape.META) for span in others] + ([(*headline, Shape.HEADLINE)] if headline else []))
    found: list[Line] = []
    position = 0
    for start, end, shape in [*known, (len(text), len(text), Shape.META)]:
        found.extend(_plain_lines(text, position, start))
        if max(start, position) < end:
            found.append(_line(text, max(start, position), end, shape))
        position = max(position, end)
    return found


def _plain_lines(text: str, start: int, end: int) -> Iterator[Line]:
    position = start
    for part in text[start:end].split("\n") if start < end else ():
        words = part.strip()
        if words:
            begin = position + part.index(words)
            yield _line(text, begin, begin + len(words), shape_of(words))
        position += len(part) + 1


def _line(text: str, start: int, end: int, shape: Shape) -> Line:
    before = text[max(0, start - 200) : start]
    gap = before[len(before.rstrip()) :]
    return Line(start, end, text[start:end], shape, apart=gap.count("\n") > 1 or start == len(gap))


def shape_of(words: str) -> Shape:
    """What a line looks like by its words alone."""
    if len(words) > _LONG and not is_caption(words):
        return Shape.PROSE
    label = label_of(words)
    if label is not None:
        return _OF_LABEL[label]
    if promised(words) is not None:
        return Shape.PROMISE
    if is_picture_name(words):
        return Shape.PICTURE
    if is_caption(words):
        return Shape.CAPTION
    return Shape.PROSE if SENTENCE_END.search(words) else Shape.TITLE
