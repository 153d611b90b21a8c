"""The stretches of an article that passages are cut from, and do not cross."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from documents.article import Article, Section, SectionKind, Span
from documents.captions import is_credit


def zones(article: Article) -> list[Span]:
    """What may be cited of an article, in the order of its text.

    A headline goes with what follows it. What stands between sections is a stretch of its own, and so is the whole
    text where no sections are known. Lines of metadata, menus and mere credits are left out, unless the article
    holds nothing else.
    """
    text = article.text
    found: list[Span] = []
    opened: int | None = None  # where a headline begins that nothing followed yet
    last = 0
    for start, end, section in _covering(article):
        if _silent(section, text[start:end]):
            continue
        if section is not None and section.kind is SectionKind.TEASER and opened is not None:
            found.append((opened, last))
            opened = None
        if section is not None and section.kind is SectionKind.HEADLINE:
            opened = start if opened is None else opened
        else:
            found.append((start if opened is None else opened, end))
            opened = None
        last = end
    if opened is not None:
        found.append((opened, last))
    return found or [(0, len(text))]


def within(text: str, spans: Sequence[Span], zone: Span) -> Iterator[Span]:
    """The sentences of a zone; one that reaches over its ends is cut there.

    Args:
        text: the whole article.
        spans: its sentences, in order.
        zone: where to look.
    """
    first, last = zone
    for at in range(bisect_right(spans, first, key=lambda span: span[1]), len(spans)):
        start, end = max(spans[at][0], first), min(spans[at][1], last)
        if start >= last:
            return
        words = text[start:end].strip()
        if words:
            begin = text.index(words, start)
            yield begin, begin + len(words)


def _covering(article: Article) -> Iterator[tuple[int, int, Section | None]]:
    """Sections and what stands between them, without overlaps, whatever an article made by hand claims."""
    position, size = 0, len(article.text)
    for section in sorted(article.sections, key=lambda each: each.start):
        start, end = max(position, section.start), min(section.end, size)
        if start >= end:
            continue
        if start > position:
            yield position, start, None
        yield start, end, section
        position = end
    if position < size:
        yield position, size, None


def _silent(section: Section | None, words: str) -> bool:
    if not words.strip() or section is None:
        return not words.strip()
    return section.kind is SectionKind.OTHER or (section.kind is SectionKind.CAPTION and is_credit(words.strip()))
