"""The reading order of a page: stretches of letters with their places, to columns, lines and paragraphs.

A gutter is an upright stripe that few stretches cross. Those that do (a headline over two columns) part the page into
bands; in each band the columns follow one another. Columns of a table also leave stripes, but do not fill their
width: a table is read row by row. Coordinates are those of PDF: points, from the bottom left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import regex

_BIN = 2.0  # points
_NARROWEST = 8.0  # points of a gutter
_MOST_CROSSING = 0.4  # of the lines that a page has side by side
_FEWEST = 3  # stretches on each side
_FILLED = 0.45  # of a column's width, by the stretch in the middle
_SAME_LINE = 0.5  # of a letter's height
_MOST_BINS = 2_000
_DEEPEST = 6  # columns within columns
_ENDS = regex.compile(r"[.!?…。！？؟।:;][\"'»”’)\]]*$")
_ITEM = regex.compile(r"(?:[-–•*·▪◦‣]|\d{1,3}[.)])\s")
_BROKEN = regex.compile(r"\p{L}[-\u00ad\u2010]$")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters side by side, or a whole line of them."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined; `size` is the height of its letters."""

    text: str
    size: float


def paragraphs(stretches: Sequence[Stretch]) -> list[Paragraph]:
    """The paragraphs of a page, in the order in which they are read."""
    found: list[Paragraph] = []
    for column in _columns(list(stretches), _DEEPEST):
        for paragraph in _paragraphs(_lines(column)):
            if found and continues(found[-1], paragraph):
                found[-1] = Paragraph(joined(found[-1].text, paragraph.text), paragraph.size)
            else:
                found.append(paragraph)
    return found


def continues(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    alike = abs(before.size - after.size) <= 0.1 * max(before.size, after.size)
    return alike and not _ENDS.search(before.text) and after.text[:1].islower()


def joined(before: str, after: str) -> str:
    """Two lines as one: a word that was broken is whole again, scripts without spaces get none."""
    if _BROKEN.search(before) and after[:1].islower():
        return before[:-1] + after
    if _UNSPACED.match(before[-1:]) and _UNSPACED.match(after[:1]):
        return before + after
    return f"{before} {after}"


def _columns(stretches: list[Stretch], depth: int) -> Iterator[list[Stretch]]:
    gutter = _gutter(stretches) if depth and len(stretches) > 2 * _FEWEST else None
    if gutter is None:
        if stretches:
            yield stretches
        return
    inside: list[Stretch] = []
    across: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: -each.bottom):
        if stretch.left < gutter < stretch.right:
            if inside:
                yield from _sides(inside, gutter, depth)
                inside = []
            across.append(stretch)
        else:
            if across and stretch.bottom < across[-1].bottom - _SAME_LINE * stretch.size:
                yield across
                across = []
            inside.append(stretch)
    if across:
        yield across
    yield from _sides(inside, gutter, depth)


def _sides(stretches: list[Stretch], gutter: float, depth: int) -> Iterator[list[Stretch]]:
    for side in (True, False):
        yield from _columns([each for each in stretches if (each.right <= gutter) is side], depth - 1)


def _gutter(stretches: Sequence[Stretch]) -> float | None:
    """The middle of the widest stripe with text on both sides of it; None in a single column."""
    left, right = min(s.left for s in stretches), max(s.right for s in stretches)
    count = int((right - left) / _BIN) + 1
    if count > _MOST_BINS:
        return None
    covered = [0] * (count + 1)
    for stretch in stretches:
        covered[int((stretch.left - left) / _BIN)] += 1
        covered[min(int((stretch.right - left) / _BIN) + 1, count)] -= 1
    level = 0
    levels: list[int] = []
    for change in covered[:count]:
        level += change
        levels.append(level)
    lowest = _MOST_CROSSING * max(levels)
    best: tuple[float, float] | None = None
    position = 0
    for low, run in groupby(levels, key=lambda each: each <= lowest):
        size = len(list(run))
        middle, width = left + (position + size / 2) * _BIN, size * _BIN
        if low and width >= _NARROWEST and (best is None or width > best[0]) and _parts(stretches, middle):
            best = (width, middle)
        position += size
    return best[1] if best else None


def _parts(stretches: Sequence[Stretch], gutter: float) -> bool:
    """Whether what stands on both sides are columns of text."""
    before = [each for each in stretches if each.right <= gutter]
    after = [each for each in stretches if each.left >= gutter]
    if min(len(before), len(after)) < _FEWEST:
        return False
    for side in (before, after):
        width = max(each.right for each in side) - min(each.left for each in side)
        if median(each.right - each.left for each in side) < _FILLED * width:
            return False
    return min(max(s.top for s in before), max(s.top for s in after)) > max(
        min(s.bottom for s in before), min(s.bottom for s in after)
    )


def _lines(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches on one line become one."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda each: -each.bottom):
        if rows and abs(rows[-1][0].bottom - stretch.bottom) < _SAME_LINE * min(rows[-1][0].size, stretch.size):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [_line(sorted(row, key=lambda each: each.left)) for row in rows]


def _line(row: list[Stretch]) -> Stretch:
    size = max(row, key=lambda each: len(each.text)).size
    text = " ".join(each.text for each in row)
    return Stretch(row[0].left, row[0].bottom, max(s.right for s in row), max(s.top for s in row), size, text)


def _paragraphs(lines: list[Stretch]) -> Iterator[Paragraph]:
    if not lines:
        return
    steps = [a.bottom - b.bottom for a, b in pairwise(lines)]
    step = median(steps) if steps else 0.0
    left, right = min(each.left for each in lines), max(each.right for each in lines)
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        if _begins(line, last, min(step, 1.6 * last.size), (left, right)):
            yield Paragraph(text, last.size)
            text = line.text
        else:
            text = joined(text, line.text)
        last = line
    yield Paragraph(text, last.size)


def _begins(line: Stretch, last: Stretch, step: float, edges: tuple[float, float]) -> bool:
    """Whether a line opens a new paragraph: by the space over it, other letters, an indent, or a short line before."""
    left, right = edges
    if last.bottom - line.bottom > 1.3 * max(step, 0.8 * line.size):
        return True
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size) or _ITEM.match(line.text):
        return True
    indented = line.left - left > 0.8 * line.size and last.left - left < 0.4 * line.size
    short = right - last.right > 0.2 * (right - left) and _ENDS.search(last.text) is not None
    return short or (indented and _ENDS.search(last.text) is not None)
