"""An article cut into passages: by its structure, then by whole sentences, up to a number of tokens.

Four laws hold for every text and every way of counting: a passage is `article.text[start:end]`; passages in order
cover every character of what may be cited that is not white space; none crosses a section, but that a headline goes
with what follows it; none counts more than any limit's maximum, what travels with it included.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from documents.article import Article, Passage, Span
from documents.cut import fit
from documents.language import UNKNOWN, foreign
from documents.packing import Limit, Packer, Unit
from documents.sentences import sentences
from documents.structure import paragraphs
from documents.told import context_at
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
    packer = Packer(article, limits)  # one for all zones: it looks through the sections once
    return [
        Passage(article, start, end, _foreign(article, start, end))
        for zone in zones(article)
        for units in packer.ended(_cut(article, within(text, spans, zone), limits))
        for start, end in _verified(article, units, limits)
    ]


def _foreign(article: Article, start: int, end: int) -> str:
    """The language of a passage that is in another one than most of its article."""
    return "" if article.language == UNKNOWN else foreign(article.text[start:end], article.language)


def _cut(article: Article, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[list[list[Unit]]]:
    """Paragraphs, as the groups of sentences, or of pieces of sentences, that they are made of."""
    for paragraph in paragraphs(article.text, spans, article.language):
        yield [list(_units(article, group, limits)) for group in paragraph]


def _units(article: Article, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[Unit]:
    text = article.text
    for start, end in spans:
        costs = _costs(text[start:end], limits)
        if _within(costs, _room(article, start, limits, costs)):
            yield Unit(start, end, costs)
            continue
        room = _room(article, end - 1, limits, costs)
        for piece in fit(text, start, end, partial(_reaches, room), partial(_bears, limits)):
            yield Unit(*piece, _costs(text[slice(*piece)], limits))


def _room(article: Article, at: int, limits: Sequence[Limit], costs: Sequence[int]) -> Sequence[Limit]:
    """The limits, less what would travel with a passage that begins here; a half of each is left to its own words."""
    if all(cost <= limit.maximum // 2 for cost, limit in zip(costs, limits, strict=True)):
        return limits  # most sentences
    above = context_at(article, at)
    if not above:
        return limits
    taken = (min(limit.count(f"{above}\n"), limit.maximum - limit.maximum // 2) for limit in limits)
    return [replace(limit, maximum=limit.maximum - cost) for limit, cost in zip(limits, taken, strict=True)]


def _within(costs: Iterable[int], limits: Iterable[Limit]) -> bool:
    return all(cost <= limit.maximum for cost, limit in zip(costs, limits, strict=True))


def _costs(words: str, limits: Sequence[Limit]) -> tuple[int, ...]:
    return tuple(limit.count(words) for limit in limits)


def _reaches(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece of an over-long sentence is as short as passages should be."""
    return all(limit.count(words) <= limit.goal for limit in limits)


def _bears(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece is within what passages may be."""
    return _within(_costs(words, limits), limits)


def _verified(article: Article, units: list[Unit], limits: Sequence[Limit]) -> Iterator[Span]:
    """The span of the units, halved while it counts more, with what travels with it, than their sum promised."""
    start, end = units[0].start, units[-1].end
    above, words = context_at(article, start), article.text[start:end]
    if len(units) == 1 or _bears(limits, f"{above}\n{words}" if above else words):
        yield start, end
        return
    middle = len(units) // 2
    yield from _verified(article, units[:middle], limits)
    yield from _verified(article, units[middle:], limits)
