"""What the lines of an article are: the story, captions, and what a page puts around it.

A saved page goes on behind its story: counters of comments, lists of other articles, menus. Whatever of it passed for
the story would be quoted under the wrong headline and date. So lists are told by their headings (`labels`), and each
article that they announce becomes a section of its own, a teaser, with its own headline. Where it is not plain that
a line is something else, it belongs to the story.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from documents.article import Section, SectionKind, Span
from documents.shapes import Line, Shape, read_lines
from documents.teasers import Runs, TeaserList, promise

_SENTENCES = regex.compile(r"[.!?…]\s+\p{Lu}|[。！？]\S")
_SHOWN = 200  # characters; a line below a picture's name that is no longer tells what it shows
_ENOUGH = 400  # characters of sentences; a counter of comments before them stands in the head of a page


def find_sections(text: str, headline: Span | None, others: Iterable[Span]) -> tuple[Section, ...]:
    """Tell story, captions, teasers and everything else apart.

    Args:
        text: the whole article.
        headline: where its headline stands, if it has one.
        others: where lines of metadata stand.

    Returns:
        Sections in order; together they cover every character that is not white space.
    """
    lines = read_lines(text, headline, others)
    return tuple(_joined(text, _sections(lines)))


def _sections(lines: Sequence[Line]) -> Iterator[Section]:
    """A section for each line or group of lines."""
    at, told, over = 0, 0, False
    runs: Runs | None = None
    while at < len(lines):
        line = lines[at]
        if line.shape is Shape.RELATED and (over or _announces(lines, at)):
            yield Section(SectionKind.OTHER, "", line.start, line.end)
            runs = runs or Runs(lines)
            behind = TeaserList(lines, at + 1, runs, last=over)
            yield from behind.sections()
            at += 1 + behind.read
            continue
        over = over or (line.shape is Shape.COMMENTS and told >= _ENOUGH)
        told += len(line.words) if line.shape is Shape.PROSE else 0
        if line.shape is Shape.PROMISE and not over:
            yield promise(line)
            at += 1
            continue
        size = 1 if over else _caption_size(lines, at)
        yield Section(_kind(lines, at, over=over), "", line.start, lines[at + size - 1].end)
        at += size


def _announces(lines: Sequence[Line], at: int) -> bool:
    """Whether a list follows its heading, or nothing at all; a long paragraph is no list."""
    following = lines[at + 1 : at + 2]
    return not following or following[0].shape is not Shape.PROSE or len(following[0].words) <= _SHOWN


def _caption_size(lines: Sequence[Line], at: int) -> int:
    """How many lines belong to what a line says of a picture; 1 for a line that says nothing of one."""
    line, following = lines[at], lines[at + 1 : at + 2]
    if not following or following[0].shape not in (Shape.CAPTION, Shape.PROSE, Shape.TITLE):
        return 1
    if line.shape is Shape.CAPTION_LABEL:
        return 1 if following[0].apart else 2
    if line.shape is Shape.PICTURE:
        words = following[0].words
        return 1 if len(words) > _SHOWN or _SENTENCES.search(words) else 2
    size = 1
    while line.shape is Shape.CAPTION and at + size < len(lines) and _same_picture(lines[at + size]):
        size += 1
    return size


def _same_picture(line: Line) -> bool:
    return line.shape is Shape.CAPTION and not line.apart


def _kind(lines: Sequence[Line], at: int, *, over: bool) -> SectionKind:
    shape = lines[at].shape
    if shape is Shape.HEADLINE:
        return SectionKind.HEADLINE
    if over or shape in (Shape.META, Shape.COMMENTS):
        return SectionKind.OTHER
    if shape in (Shape.CAPTION, Shape.PICTURE, Shape.CAPTION_LABEL):
        return SectionKind.CAPTION
    # A word such as "Print" is a button among others, and a heading where it stands alone.
    near = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    around = any(line.shape in (Shape.BUTTON, Shape.COMMENTS) for line in near)
    return SectionKind.OTHER if shape is Shape.BUTTON and around else SectionKind.BODY


def _joined(text: str, sections: Iterable[Section]) -> Iterator[Section]:
    """Lines of the story that follow each other as one section; the marks before a heading belong to it."""
    last: Section | None = None
    for section in sections:
        if last is None or not _goes_on(text, last, section):
            if last is not None:
                yield last
            last = section
        else:
            last = replace(last, kind=section.kind, end=section.end)
    if last is not None:
        yield last


def _goes_on(text: str, last: Section, section: Section) -> bool:
    if last.kind is SectionKind.BODY and section.kind is SectionKind.HEADLINE:
        return regex.search(r"[\p{L}\p{N}\n]", text[last.start : section.start]) is None
    return last.kind is section.kind is SectionKind.BODY
