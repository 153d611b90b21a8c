"""Under which headline a part of an article is told: a teaser is told under its own, and not with its host's date."""

from bisect import bisect_right
from dataclasses import replace

from documents.article import Article, Section, SectionKind
from documents.tables import header_above

_LONGEST_HEADING = 200  # characters; a longer one is a paragraph in a heading's style, and would crowd out passages


def teaser_at(article: Article, offset: int) -> Section | None:
    """The teaser that holds a character of the text; None where the article speaks for itself."""
    return next((s for s in article.sections if s.start <= offset < s.end and s.kind is SectionKind.TEASER), None)


def head_at(article: Article, offset: int) -> Article:
    """The article as far as its title and date speak for this place.

    Args:
        article: what is quoted.
        offset: where the quote begins.

    Returns:
        The article itself; for a teaser, the same with the teaser's headline and without a date, since when the
        other article appeared is not known.
    """
    teaser = teaser_at(article, offset)
    return article if teaser is None else replace(article, title=teaser.heading or article.title, date=None)


def context_at(article: Article, offset: int) -> str:
    """What stands over a place and says what it is about, besides the headline: its chapter, its table's header.

    Args:
        article: where it stands.
        offset: where a passage begins.

    Returns:
        A line for each of the two that there is and that the passage does not begin with, cut where it is too long for
        a heading; "" for most places.
    """
    at = bisect_right(article.sections, offset, key=lambda section: section.start) - 1
    section = article.sections[at] if at >= 0 else None
    inside = section is not None and section.kind is SectionKind.BODY and section.start < offset < section.end
    chapter = section.heading[:_LONGEST_HEADING].rstrip() if section is not None and inside else ""
    return "\n".join(line for line in (chapter, header_above(article.text, offset)) if line)


def subject_at(article: Article, offset: int) -> str:
    """Everything that is told together with this place: the teaser, or the article without what it announces."""
    teaser = teaser_at(article, offset)
    if teaser is not None:
        return article.text[teaser.start : teaser.end]
    left_out = [s for s in article.sections if s.kind in (SectionKind.TEASER, SectionKind.OTHER)]
    if not left_out:
        return article.text
    starts = [0, *(s.end for s in left_out)]
    ends = [*(s.start for s in left_out), len(article.text)]
    return "\n".join(article.text[start:end] for start, end in zip(starts, ends, strict=True))
