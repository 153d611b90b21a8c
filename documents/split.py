"""An article cut into passages: whole sentences, up to a number of tokens, with exact offsets.

Four laws hold for every text and every way of counting: a passage is `article.text[start:end]`; passages in order
cover every character of what may be cited that is not white space; none crosses a section, but that a headline goes
with what follows it; none counts more than any limit's maximum.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from documents.article import Article, Passage, SectionKind, Span
from documents.cut import fit
from documents.language import UNKNOWN, foreign
from documents.sentences import sentences
from documents.zones import within, zones


@dataclass(frozen=True)
class Limit:
    """How long a passage may be, as one model counts.

    Attributes:
        count: number of tokens of a text.
        target: what a usual passage should come to; None when only the maximum matters.
        maximum: what no passage may exceed.
    """

    count: Callable[[str], int]
    target: int | None
    maximum: int

    @property
    def goal(self) -> int:
        """What whole sentences are packed up to."""
        return self.maximum if self.target is None else min(self.target, self.maximum)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a piece of one that is over a maximum; `costs` has a number for each limit."""

    start: int
    end: int
    costs: tuple[int, ...]


def split(article: Article, limits: Sequence[Limit]) -> list[Passage]:
    """Cut an article into passages.

    Metadata lines, credits and menus are nothing to cite, and in no passage, unless there is nothing else.
    Whole sentences are packed up to the targets. A paragraph of fair size (half the target) is not mixed with
    others; smaller ones, such as headlines and captions, are joined with their neighbours. A sentence over a
    target stands alone; one over a maximum is cut at clause marks, else between words, else between characters.

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
    spans = sentences(article.text, article.language)
    return [
        Passage(article, start, end, _foreign(article, start, end))
        for zone in zones(article)
        for group in _ended(_Packer(article, limits), _cut(article.text, within(article.text, spans, zone), limits))
        for start, end in _verified(article.text, group, limits)
    ]


def _foreign(article: Article, start: int, end: int) -> str:
    """The language of a passage that is in another one than most of its article."""
    return "" if article.language == UNKNOWN else foreign(article.text[start:end], article.language)


def _cut(text: str, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[list[_Unit]]:
    """Paragraphs, as the sentences or pieces of sentences that they are made of."""
    return (list(_units(text, lines, limits)) for lines in _paragraphs(text, spans))


def _paragraphs(text: str, spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Sentences, grouped by the lines that they stand on."""
    number, last = 0, 0
    numbered: list[tuple[int, Span]] = []
    for start, end in spans:
        number += "\n" in text[last:start]
        numbered.append((number, (start, end)))
        last = end
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield [span for _, span in group]


def _units(text: str, spans: Iterable[Span], limits: Sequence[Limit]) -> Iterator[_Unit]:
    for start, end in spans:
        costs = _costs(text[start:end], limits)
        if all(cost <= limit.maximum for cost, limit in zip(costs, limits, strict=True)):
            yield _Unit(start, end, costs)
            continue
        for piece in fit(text, start, end, partial(_reaches, limits), partial(_bears, limits)):
            yield _Unit(*piece, _costs(text[slice(*piece)], limits))


def _costs(words: str, limits: Sequence[Limit]) -> tuple[int, ...]:
    return tuple(limit.count(words) for limit in limits)


def _reaches(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece of an over-long sentence is as short as passages should be."""
    return all(limit.count(words) <= limit.goal for limit in limits)


def _bears(limits: Sequence[Limit], words: str) -> bool:
    """Whether a piece is within what passages may be."""
    return all(limit.count(words) <= limit.maximum for limit in limits)


class _Packer:
    """The passage that is being filled."""

    def __init__(self, article: Article, limits: Sequence[Limit]) -> None:
        self.goals = [limit.goal for limit in limits]
        self.maxima = [limit.maximum for limit in limits]
        # Where the headline ends, 0 without one.
        headlines = (s.end for s in article.sections if s.kind is SectionKind.HEADLINE)
        self.headline = next(headlines, 0)
        self.units: list[_Unit] = []
        self.sums = [0] * len(limits)

    def gap(self, unit: _Unit) -> int:
        """White space in front of the unit; a tokenizer counts a long stretch of it too."""
        size = unit.start - self.units[-1].end if self.units else 0
        return size if size > 2 else 0  # noqa: PLR2004 - a space or a blank line goes with the words

    def share(self) -> float:
        """How full the passage is, by the limit that is nearest to its goal."""
        return _share(self.sums, self.goals)

    def takes(self, units: Sequence[_Unit]) -> bool:
        """Whether all these units still fit."""
        sums = [
            total + self.gap(units[0]) + sum(column)
            for total, column in zip(self.sums, zip(*(u.costs for u in units), strict=True), strict=True)
        ]
        return not self.units or _share(sums, self.maxima if self.opening() else self.goals) <= 1

    def opening(self) -> bool:
        """Whether the passage holds nothing but a headline, which takes at least one sentence with it."""
        return bool(self.units) and self.units[-1].end <= self.headline

    def add(self, unit: _Unit) -> None:
        """Put a unit at the end."""
        gap = self.gap(unit)
        self.sums = [total + gap + cost for total, cost in zip(self.sums, unit.costs, strict=True)]
        self.units.append(unit)

    def close(self) -> list[_Unit]:
        """Give the filled passage and begin an empty one."""
        done, self.units, self.sums = self.units, [], [0] * len(self.goals)
        return done


_FAIR = 0.5  # of the goal: a paragraph of this size makes a passage by itself
_TINY = 0.25  # of the goal: less than this says too little to be found alone


def _packed(packer: _Packer, paragraphs: Iterable[list[_Unit]]) -> Iterator[list[_Unit]]:
    for paragraph in paragraphs:
        if packer.units and not _joins(packer, paragraph):
            yield packer.close()
        for unit in paragraph:
            if not packer.takes([unit]):
                yield packer.close()
            packer.add(unit)
    if packer.units:
        yield packer.close()


def _ended(packer: _Packer, paragraphs: Iterable[list[_Unit]]) -> Iterator[list[_Unit]]:
    """Packed groups; a tiny last one, such as a signature, goes with the one before."""
    last: list[_Unit] = []
    before: list[_Unit] = []
    for group in _packed(packer, paragraphs):
        if before:
            yield before
        before, last = last, group
    share = _full(last, packer.goals)
    if before and share < _TINY and _full(before, packer.goals) + share <= 1 + _TINY:
        yield [*before, *last]
        return
    yield from (group for group in (before, last) if group)


def _joins(packer: _Packer, paragraph: list[_Unit]) -> bool:
    """Whether a paragraph continues the passage before it."""
    share = packer.share()
    if share < _TINY or packer.opening():
        return True
    fair = max(share, _full(paragraph, packer.goals)) >= _FAIR
    return not fair and packer.takes(paragraph)


def _full(units: Iterable[_Unit], goals: Sequence[int]) -> float:
    """How much of the goals these units fill."""
    return _share([sum(column) for column in zip(*(unit.costs for unit in units), strict=True)], goals)


def _share(sums: Iterable[int], goals: Iterable[int]) -> float:
    return max((total / max(goal, 1) for total, goal in zip(sums, goals, strict=False)), default=0.0)


def _verified(text: str, units: list[_Unit], limits: Sequence[Limit]) -> Iterator[Span]:
    """The span of the units, halved while the joined words count more than their sum promised."""
    start, end = units[0].start, units[-1].end
    words = text[start:end]
    if len(units) == 1 or _bears(limits, words):
        yield start, end
        return
    middle = len(units) // 2
    yield from _verified(text, units[:middle], limits)
    yield from _verified(text, units[middle:], limits)
