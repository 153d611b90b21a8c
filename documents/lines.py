"""The lines of a text that belong together: a line break ends a sentence, except in text of a fixed width.

Plain text and Markdown are often wrapped at 72 or 80 characters, in the middle of sentences. Such a stretch is told
by how it was made: no line could have taken the first word of the next one without growing over the width.
"""

from collections.abc import Iterator

import regex

from documents.article import Span

SENTENCE_END = regex.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
"""How a line that ends a sentence ends, in any script."""

_WIDTHS = range(40, 121)  # shorter lines are verse or lists, longer ones whole paragraphs
_ITEM = regex.compile(r"\s*(?:[-*+•–—#>|]|\d+[.)]\s)")


def blocks(text: str) -> Iterator[Span]:
    """Find the stretches of a text that sentences do not cross.

    Args:
        text: any text.

    Yields:
        Spans in order: single lines, or the lines of a wrapped paragraph together; none is only white space, and
        together they cover everything else.
    """
    group: list[Span] = []
    position = 0
    for line in text.splitlines(keepends=True):
        span = (position, position + len(line))
        position = span[1]
        if not line.isspace():
            group.append(span)
            continue
        yield from _merged(text, group)
        group = []
    yield from _merged(text, group)


def _merged(text: str, group: list[Span]) -> Iterator[Span]:
    """Lines without a blank one between them, as one block when they are wrapped."""
    if len(group) > 1 and _wrapped([text[start:end] for start, end in group]):
        yield group[0][0], group[-1][1]
    else:
        yield from group


def _wrapped(lines: list[str]) -> bool:
    widths = [len(line.rstrip()) for line in lines]
    width = max(widths)
    if width not in _WIDTHS or any(_ITEM.match(line) for line in lines):
        return False
    goes_on = any(line.lstrip()[:1].islower() for line in lines[1:])
    return goes_on and all(
        size + 1 + len(after.split(maxsplit=1)[0]) > width for size, after in zip(widths, lines[1:], strict=False)
    )
