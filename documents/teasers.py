"""Lists of other articles: which lines announce one, and where the story goes on behind a list within it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from documents.article import Section, SectionKind
from documents.labels import promised
from documents.shapes import Line, Shape

_PARAGRAPH = 100  # characters; two of them, each by itself, are more than a summary
_TITLE = 160  # characters; a longer sentence is not the headline of a list's entry


@dataclass(slots=True)
class _Entry:
    """The announcement that is being read: lines of its picture, its headline, a summary."""

    lines: list[Line] = field(default_factory=list)
    heading: Line | None = None

    def section(self) -> Section | None:
        if self.heading is None:
            return None
        return Section(SectionKind.TEASER, self.heading.words, self.lines[0].start, self.lines[-1].end)


class Runs:
    """What stands around each line of a text, found once for all of them: a text may hold lists by the thousand.

    Args:
        lines: those of the text.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        size = len(lines)
        self._blocks = list(range(size))  # where the block of lines begins in which a line stands
        for at in range(1, size):
            if not lines[at].apart:
                self._blocks[at] = self._blocks[at - 1]
        self._ends = list(range(1, size + 1))  # where that block ends
        self._prose = list(range(size))  # where the sentences end that begin with a line; there if it is none
        for at in range(size - 1, -1, -1):
            if at + 1 < size and not lines[at + 1].apart:
                self._ends[at] = self._ends[at + 1]
            if lines[at].shape is Shape.PROSE:
                self._prose[at] = self._prose[at + 1] if at + 1 < size else size
        headlines = (line.shape in (Shape.TITLE, Shape.PROSE) and not line.short for line in lines)
        self._headlines = [0, *accumulate(headlines)]
        paragraphs = (line.apart and len(line.words) > _PARAGRAPH for line in lines)
        self._paragraphs = [0, *accumulate(paragraphs)]

    def has_headline(self, at: int, start: int) -> bool:
        """Whether the block of a line, from the start of its list on, has lines that are plainly headlines."""
        return self._headlines[self._ends[at]] > self._headlines[max(self._blocks[at], start)]

    def paragraphs(self, at: int) -> int:
        """How many paragraphs, each by itself, are among the sentences that begin with a line."""
        return self._paragraphs[self._prose[at]] - self._paragraphs[at]


class TeaserList:
    """Reads the lines behind the heading of a list.

    Args:
        lines: those of the text.
        start: the first one behind the heading.
        runs: what stands around the lines.
        last: whether nothing of the story can follow, as behind a counter of comments.
    """

    def __init__(self, lines: Sequence[Line], start: int, runs: Runs, *, last: bool) -> None:
        self._lines = lines
        self._start = self._at = start
        self._runs = runs
        self._last = last
        self._entry = _Entry()

    @property
    def read(self) -> int:
        """How many lines belong to the list."""
        return self._at - self._start

    def sections(self) -> Iterator[Section]:
        """Teasers, and other lines between them, to the end of the list."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.shape is Shape.PROSE:
                if self._resumes():
                    break
                yield from self._prose(line)
            elif line.shape in (Shape.CAPTION, Shape.PICTURE, Shape.CAPTION_LABEL):
                yield from self._flush(if_headed=True)
                self._entry.lines.append(line)
            elif line.shape is Shape.TITLE and (self._pictured() or self._in_run()):
                yield from self._flush(if_headed=True)
                self._head(line)
            elif line.shape is Shape.COMMENTS and not self._last:
                break
            elif line.shape is Shape.PROMISE:
                yield from self._flush()
                yield promise(line)
            else:
                yield from self._flush()
                yield _other(line)
            self._at += 1
        yield from self._flush()

    def _pictured(self) -> bool:
        """Whether a picture waits for its headline."""
        return bool(self._entry.lines) and self._entry.heading is None

    def _head(self, line: Line) -> None:
        self._entry.lines.append(line)
        self._entry.heading = line

    def _prose(self, line: Line) -> Iterator[Section]:
        """A sentence: the summary of an entry, or an entry of a list whose headlines are sentences."""
        heading = self._entry.heading
        summed_up = heading is not None and self._entry.lines[-1] is not heading
        of_titles = heading is not None and heading.shape is Shape.PROSE
        if heading is not None and not summed_up and not of_titles and (line.apart or len(line.words) > _TITLE):
            self._entry.lines.append(line)
        elif len(line.words) <= _TITLE:
            yield from self._flush(if_headed=True)
            self._head(line)
        else:
            yield from self._flush()
            yield _other(line)

    def _resumes(self) -> bool:
        """Whether the story goes on here: paragraphs, where an entry of the list has a single one at most."""
        if self._last:
            return False
        if not self._entry.lines:
            return len(self._lines[self._at].words) > _TITLE
        return self._runs.paragraphs(self._at) > 1

    def _in_run(self) -> bool:
        """Whether the line, or another one of its block, is plainly a headline and no entry of a menu."""
        return self._runs.has_headline(self._at, self._start)

    def _flush(self, *, if_headed: bool = False) -> Iterator[Section]:
        if if_headed and self._entry.heading is None:
            return
        entry, self._entry = self._entry, _Entry()
        section = entry.section()
        if section is not None:
            yield section
        else:
            yield from (Section(SectionKind.CAPTION, "", line.start, line.end) for line in entry.lines)


def promise(line: Line) -> Section:
    """A line that names its list and one entry: "Read also: A bridge opens in Lyon"."""
    return Section(SectionKind.TEASER, line.words[promised(line.words) or 0 :], line.start, line.end)


def _other(line: Line) -> Section:
    return Section(SectionKind.OTHER, "", line.start, line.end)
