"""Sentences packed into passages: up to a goal, at the places where a text may best be parted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents.article import Article, SectionKind
from documents.told import context_at


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
class Unit:
    """A sentence, or a piece of one that is over a maximum; `costs` has a number for each limit."""

    start: int
    end: int
    costs: tuple[int, ...]


Group = list[Unit]
"""Units that are parted only where a passage has no room for all of them."""

_FAIR = 0.5  # of the goal: a paragraph of this size makes a passage by itself
_TINY = 0.25  # of the goal: less than this says too little to be found alone


class Packer:
    """The passage that is being filled.

    Args:
        article: what is cut.
        limits: all of them hold at once.
    """

    def __init__(self, article: Article, limits: Sequence[Limit]) -> None:
        self.goals = [limit.goal for limit in limits]
        self._maxima = [limit.maximum for limit in limits]
        self._article, self._limits = article, limits
        # Where the headline ends, 0 without one.
        self._headline = next((s.end for s in article.sections if s.kind is SectionKind.HEADLINE), 0)
        # Most texts have neither chapters nor tables, and nothing to look for over a passage.
        self._has_context = "|" in article.text or any(
            section.heading for section in article.sections if section.kind is SectionKind.BODY
        )
        self._units: list[Unit] = []
        self._nothing = [0] * len(limits)
        self._sums = self._nothing

    def ended(self, paragraphs: Iterable[list[Group]]) -> Iterator[list[Unit]]:
        """Fill passages; a tiny last one, such as a signature, goes with the one before."""
        last: list[Unit] = []
        before: list[Unit] = []
        for units in self._packed(paragraphs):
            if before:
                yield before
            before, last = last, units
        share = _full(last, self.goals)
        if before and share < _TINY and _full(before, self.goals) + share <= 1 + _TINY:
            yield [*before, *last]
            return
        yield from (units for units in (before, last) if units)

    def _packed(self, paragraphs: Iterable[list[Group]]) -> Iterator[list[Unit]]:
        for paragraph in paragraphs:
            if self._units and not self._joins(paragraph):
                yield self._close()
            for group in paragraph:
                yield from self._added(group)
        if self._units:
            yield self._close()

    def _added(self, group: Group) -> Iterator[list[Unit]]:
        """Put a group at the end, whole if a passage can hold it; what had to be closed for it."""
        sums = self._with(group)
        if not self._fits(group, sums):
            yield self._close()
            sums = self._with(group)
        if len(group) == 1:
            self._sums = sums
            self._units.append(group[0])
            return
        whole = _share(sums, self._maxima) <= 1
        for number, unit in enumerate(group):
            if number and not whole and not self._takes([unit]):
                yield self._close()
            self._sums = self._with([unit])
            self._units.append(unit)

    def _joins(self, paragraph: list[Group]) -> bool:
        """Whether a paragraph continues the passage before it."""
        share = _share(self._sums, self.goals)
        if share < _TINY or self._opening():
            return True
        units = [unit for group in paragraph for unit in group]
        fair = max(share, _full(units, self.goals)) >= _FAIR
        return not fair and self._takes(units)

    def _takes(self, units: Sequence[Unit]) -> bool:
        """Whether all these units still fit; what says too little alone takes even a group that is a little long."""
        return self._fits(units, self._with(units))

    def _fits(self, units: Sequence[Unit], sums: Sequence[int]) -> bool:
        if not self._units:
            return True
        if len(units) > 1 and _share(self._sums, self.goals) < _TINY and _share(sums, self.goals) <= 1 + _TINY:
            return _share(sums, self._maxima) <= 1
        return _share(sums, self._maxima if self._opening() else self.goals) <= 1

    def _with(self, units: Sequence[Unit]) -> list[int]:
        """What the passage would count with these units too."""
        before = self._sums if self._units else self._context(units[0])
        gap = self._gap(units[0])
        if len(units) == 1:
            return [total + gap + cost for total, cost in zip(before, units[0].costs, strict=True)]
        return [
            total + gap + sum(column)
            for total, column in zip(before, zip(*(unit.costs for unit in units), strict=True), strict=True)
        ]

    def _gap(self, unit: Unit) -> int:
        """White space in front of the unit; a tokenizer counts a long stretch of it too."""
        size = unit.start - self._units[-1].end if self._units else 0
        return size if size > 2 else 0  # noqa: PLR2004 - a space or a blank line goes with the words

    def _context(self, unit: Unit) -> list[int]:
        """What travels with a passage that begins here, without being part of it."""
        context = context_at(self._article, unit.start) if self._has_context else ""
        return [limit.count(f"{context}\n") for limit in self._limits] if context else self._nothing

    def _opening(self) -> bool:
        """Whether the passage holds nothing but a headline, which takes at least one sentence with it."""
        return bool(self._units) and self._units[-1].end <= self._headline

    def _close(self) -> list[Unit]:
        """Give the filled passage and begin an empty one."""
        done, self._units, self._sums = self._units, [], self._nothing
        return done


def _full(units: Iterable[Unit], goals: Sequence[int]) -> float:
    """How much of the goals these units fill."""
    return _share([sum(column) for column in zip(*(unit.costs for unit in units), strict=True)], goals)


def _share(sums: Iterable[int], goals: Iterable[int]) -> float:
    return max([total / max(goal, 1) for total, goal in zip(sums, goals, strict=False)], default=0.0)
