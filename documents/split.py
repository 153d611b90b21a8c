"""An article cut into passages: by its structure, then by whole sentences, up to a number of tokens.

Four laws hold for every text and every way of counting: a passage is `article.text[start:end]`; passages in order
cover every character of what may be cited that is not white space; none crosses a section, but that a headline goes
with what follows it; none counts more than any limit's maximum.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from documents.article import Article, Passage, Span
from documents.cut import fit
from documents.language import UNKNOWN, foreign
from documents.packing import Limit, Packer, Unit
from documents.sentences import sentences
from documents.structure import paragraphs
from documents.zones import within, zones


def split(article: Article, limits: Sequence[Limit]) -> list[Passage]:
    """Cut an article into passages.

    Metadata lines, credits and menus are nothing to cite, and in no passage, unless there is nothing else.
    Whole sentences are packed up to the targets. A paragraph of fair size (half the target) is not mixed with
    others; smaller ones, such as headlines and captions, are joined with their neighbours. A heading goes with what
    it stands over, an item of a list and a row of a table stay whole, a quotation stays with its speaker, up to the
    maximum. A sentence over a target stands alone; one over a maximum is cut at clause marks, else between words, else
    between characters.

    Args:
        article: what to cut.
        limits: all of them hold at once; at least one.

    Returns:
        Passages in the order of the text; none for a text of white space.

    Raises:
        ValueError: when there is no limit, or a maximum is too small for a single character.
    """
    if not limits:
        raise ValueError("split needs at least one limit.")
    text, spans = article.text, sentences(article.text, article.language)
    return [
        Passage(article, start, end, _foreign(article, start, end))
        for zone in zones(article)
        for units in Packer(article, limits).ended(_cut(text, within(text, spans, zone), limits))
        for start, end in _verified(text, units, limits)
    ]


def _foreign(article: Article, start: int, end: int) -> str:
    """The language of a passage that is in another one than most of its article."""
    return "" if article.language == UNKNOWN else foreign(article.text[start:end], article.language)


def _cut(text: str, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[list[list[Unit]]]:
    """Paragraphs, as the groups of sentences, or of pieces of sentences, that they are made of."""
    for paragraph in paragraphs(text, spans):
        yield [list(_units(text, group, limits)) for group in paragraph]


def _units(text: str, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[Unit]:
    for start, end in spans:
        costs = _costs(text[start:end], limits)
        if all(cost <= limit.maximum for cost, limit in zip(costs, limits, strict=True)):
            yield Unit(start, end, costs)
            continue
        for piece in fit(text, start, end, partial(_reaches, limits), partial(_bears, limits)):
            yield Unit(*piece, _costs(text[slice(*piece)], limits))


def _costs(words: str, limits: Sequence[Limit]) -> tuple[int, ...]:
    return tuple(limit.count(words) for limit in limits)


def _reaches(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece of an over-long sentence is as short as passages should be."""
    return all(limit.count(words) <= limit.goal for limit in limits)


def _bears(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece is within what passages may be."""
    return all(limit.count(words) <= limit.maximum for limit in limits)


def _verified(text: str, units: list[Unit], limits: Sequence[Limit]) -> Iterator[Span]:
    """The span of the units, halved while the joined words count more than their sum promised."""
    start, end = units[0].start, units[-1].end
    words = text[start:end]
    if len(units) == 1 or _bears(limits, words):
        yield start, end
        return
    middle = len(units) // 2
    yield from _verified(text, units[:middle], limits)
    yield from _verified(text, units[middle:], limits)
