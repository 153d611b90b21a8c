"""Tables as text: a row a line, `| a | b |`, and which rows of a table say what its columns hold.

Markdown and trafilatura rule off the header with a row of dashes. Where nothing does, the first row is a header when
it has words, or years, over a column of numbers: then a number alone would say nothing of what it counts.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

import regex

_LONGEST_ROW, _LONGEST_CELL = 2_500, 120  # characters
_LONGEST_HEADER = 300  # characters; more would crowd out the rows
_MOST_ROWS = 3  # of a header, its caption and the dashes among them
_ROW = regex.compile(r"[ \t]*\|.*\|[ \t]*")
_TABLE = regex.compile(r"^[ \t]*\|.*\|[ \t]*$(?:\n[ \t]*\|.*\|[ \t]*$)+", regex.MULTILINE)
_RULE = regex.compile(r"[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*")
_NUMBER = regex.compile(r"[^\p{L}]*\d[^\p{L}]*(?:\p{L}{1,3}\.?)?")
_YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")

RULE = "---|"
"""What rules off a table's header, for each of its columns."""


def is_row(line: str) -> bool:
    """Whether a line is a row of a table; one whose cells hold prose only lays out a page, and is text."""
    if len(line) > _LONGEST_ROW or line.count("|") < 2 or _ROW.fullmatch(line) is None:  # noqa: PLR2004 - its two ends
        return False
    return max(map(len, line.split("|"))) <= _LONGEST_CELL


def is_rule(line: str) -> bool:
    """Whether a row only rules off the header."""
    return _RULE.fullmatch(line) is not None


def table_of(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as text, its header ruled off; a bar or a line break in a cell would end it, and is a space."""
    first = _row(header)
    return "\n".join((first, f"|{RULE * (first.count('|') - 1)}", *map(_row, rows)))


def header_rows(rows: list[str]) -> int:
    """How many rows at the beginning of a table say what its columns hold.

    Args:
        rows: the lines of the table, or its first ones.

    Returns:
        Their number, the rules among them; 0 for a table without a header.
    """
    ruled = 0
    while is_rule("".join(rows[ruled + 1 : ruled + 2])):  # a caption is often ruled off too
        ruled += 2
    if ruled:
        return ruled if len(rows) > ruled else 0
    return 1 if len(rows) > 1 and _names_columns(_cells(rows[0]), [_cells(row) for row in rows[1:]]) else 0


def header_above(text: str, start: int) -> str:
    """The header of the table in whose rows a place lies, on one line; "" in the header itself and outside tables."""
    headers = _headers(text)
    at = bisect_right(headers, start, key=lambda each: each[0]) - 1
    return headers[at][2] if at >= 0 and start < headers[at][1] else ""


@lru_cache(maxsize=1)  # asked for each passage of an article in turn; the text stays in memory until the next one
def _headers(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where the rows under a header begin and end, and the header."""
    found = []
    for table in _TABLE.finditer(text) if "|" in text else ():
        rows = table[0].split("\n", 2 * _MOST_ROWS)[: 2 * _MOST_ROWS]
        count = header_rows(rows)
        told = [row for row in rows[:count] if not is_rule(row)]
        if told and all(map(is_row, told)) and (words := "; ".join(map(_shown, told))):
            start = table.start() + sum(len(row) + 1 for row in rows[:count])
            found.append((start, table.end(), words[:_LONGEST_HEADER].rstrip()))
    return tuple(found)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(' '.join(cell.replace('|', ' ').split()) for cell in cells)} |"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _shown(row: str) -> str:
    """A row without its outer bars; a caption stands in one cell, and the empty ones say nothing."""
    cells = _cells(row)
    told = [cell for cell in cells if cell]
    return " ".join(told if len(told) == 1 else " | ".join(cells).split())


def _is_number(cell: str) -> bool:
    """Whether a cell is a number with its unit; a long one would take the pattern the square of its length."""
    return len(cell) <= _LONGEST_CELL and _NUMBER.fullmatch(cell) is not None


def _names_columns(first: list[str], others: list[list[str]]) -> bool:
    """Whether the first row has words or years over a column of numbers, and nothing else."""
    if any(_is_number(cell) and not _YEAR.fullmatch(cell) for cell in first):
        return False
    columns = zip(first, *others, strict=False)
    return any(
        head and all(map(_is_number, below)) and not all(map(_YEAR.fullmatch, (head, *below)))
        for head, *below in columns
    )
