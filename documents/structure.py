"""Sentences as an article orders them: paragraphs, lists and tables, with the headings that belong to what follows."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import groupby

import regex

from documents.article import Span
from documents.lines import SENTENCE_END
from documents.quotations import with_speakers
from documents.tables import header_rows, is_row

Group = list[Span]
"""Sentences that are not parted while a passage has room for them."""

_ITEM = regex.compile(r"(?:[-*+•·▪◦‣]|\d{1,3}[.)])[ \t]+\S")
_MARKED = regex.compile(r"#{1,6}[ \t]+\S")
_LEADS_IN = regex.compile(r"[:：][\"'”’»)\]*_]*$")
_HEADING, _LEAD = 100, 300  # characters at most
_MOST_HEADINGS = 2  # lines; more of them are verse, or a list without marks
_INDENT = regex.compile(r"\n(?: {2,}|\t)[ \t]*$")


class _Kind(Enum):
    PROSE = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()


def paragraphs(text: str, sentences: Iterable[Span], language: str) -> Iterator[list[Group]]:
    """Order the sentences of a stretch of an article.

    Args:
        text: the whole article.
        sentences: those of the stretch, in order.
        language: the article's, ISO 639-1.

    Yields:
        Paragraphs, whole lists and whole tables, each as the groups that it is made of: a sentence, with its speaker
        where another one names him; an item; a row; the header of a table with its first row. A heading, or a line that
        leads in a list, is in the first group of what it stands over.
    """
    heading: Group = []
    for kind, lines in _blocks(text, sentences):
        if kind is _Kind.HEADING:
            kept = lines if len(lines) <= _MOST_HEADINGS else lines[-1:]
            yield from ([line] for line in lines[: -len(kept)])
            heading = [span for line in kept for span in line]
            continue
        groups = _grouped(kind, text, lines, language)
        groups[0] = [*heading, *groups[0]]
        heading = []
        yield groups
    if heading:
        yield [heading]


def _blocks(text: str, sentences: Iterable[Span]) -> Iterator[tuple[_Kind, list[Group]]]:
    """Lines of one kind that follow each other; a paragraph of prose is a block by itself."""
    block: list[Group] = []
    last = _Kind.PROSE
    for line in _lines(text, sentences):
        kind = _kind(text, line)
        gap = text[block[-1][-1][1] : line[0][0]] if block else ""
        if block and last is _Kind.ITEM and kind in (_Kind.PROSE, _Kind.HEADING) and _continues(gap):
            block[-1] = [*block[-1], *line]
            continue
        if block and (kind is not last or kind is _Kind.PROSE or (kind is _Kind.ROW and gap.count("\n") > 1)):
            yield last, block
            block = []
        block.append(line)
        last = kind
    if block:
        yield last, block


def _continues(gap: str) -> bool:
    """Whether what follows goes on with a list's item: indented, and without a blank line between."""
    return gap.count("\n") == 1 and _INDENT.search(gap) is not None


def _lines(text: str, sentences: Iterable[Span]) -> Iterator[Group]:
    """Sentences, by the lines that they stand on."""
    number, last = 0, 0
    numbered: list[tuple[int, Span]] = []
    for start, end in sentences:
        number += "\n" in text[last:start]
        numbered.append((number, (start, end)))
        last = end
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield [span for _, span in group]


def _kind(text: str, line: Group) -> _Kind:
    start, end = line[0][0], line[-1][1]
    if text[start] == "|" and is_row(text[start:end]):
        return _Kind.ROW
    if _ITEM.match(text, start, end):
        return _Kind.ITEM
    if len(line) > 1 or end - start > _LEAD:
        return _Kind.PROSE
    words = text[start:end]
    if _LEADS_IN.search(words) or _MARKED.match(words):
        return _Kind.HEADING
    return _Kind.HEADING if len(words) <= _HEADING and not SENTENCE_END.search(words) else _Kind.PROSE


def _grouped(kind: _Kind, text: str, lines: list[Group], language: str) -> list[Group]:
    """Sentences with their speakers, or items, or rows; a header goes with the first row."""
    if kind is _Kind.PROSE:
        return with_speakers(text, lines[0], language)
    if kind is _Kind.ITEM:
        return lines
    first = header_rows([text[line[0][0] : line[-1][1]] for line in lines[:6]])
    return [[span for line in lines[: first + 1] for span in line], *lines[first + 1 :]]
