"""The blocks of a word processor's file (headings, paragraphs, items, rows, notes) as one text with chapters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from documents.content import Content, headed, sourced
from documents.metadata import Metadata
from documents.tables import RULE
from documents.xml_tree import local

Block = tuple[str, str]
"""What it is ("title", "heading", "item", "row" or "" for a paragraph), and its words."""

Mark = Callable[[etree._Element], str]  # noqa: SLF001 - lxml names its type so
"""What stands in the text for an element, such as the number of a note; "" for most."""

_PROPERTIES = "document properties"
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n", "br": "\n", "cr": "\n"}
_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes", "del", "instrText", "ruby-text"))


class Notes:
    """Footnotes and endnotes: numbered in the order of the text, each told right behind the block that refers to it.

    At the end of the file nobody would know what they are about.
    """

    def __init__(self) -> None:
        self._count = 0
        self._waiting: list[str] = []

    def number(self, words: str) -> str:
        """The mark of a note in the text, "" for one without words."""
        words = one_line(words) or ""
        if not words:
            return ""
        self._count += 1
        self._waiting.append(f"[{self._count}] {words}")
        return f"[{self._count}]"

    def behind(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, and behind them the notes that they refer to."""
        yield from blocks
        yield from (("", words) for words in self._waiting)
        self._waiting.clear()


def content(blocks: Iterable[Block], known: Metadata) -> Content:
    """Blocks as one text, rows and items on lines that follow each other; headings open chapters.

    Args:
        blocks: in the order of the document.
        known: what its properties say.
    """
    pieces: list[str] = []
    chapters: list[tuple[int, str]] = []
    position, last, title = 0, "", ""
    for kind, words in blocks:
        words_shown = f"- {words}" if kind == "item" else words
        gap = "" if not pieces else "\n" if kind == last and kind in ("item", "row") else "\n\n"
        position += len(gap)
        pieces += (gap, words_shown)
        if kind == "title" or (kind == "heading" and not title and position == 0):
            title = title or words
        elif kind == "heading":
            chapters.append((position, words))
        position += len(words_shown)
        last = kind
    text = "".join(pieces)
    shown, headline = headed(title or (known.title if known.title and text.startswith(known.title) else None), text)
    shift = len(shown) - len(text)
    ends = [*(start for start, _ in chapters), len(text)]
    spans = [
        ((start + shift, end + shift), words) for (start, end), (_, words) in zip(pairwise(ends), chapters, strict=True)
    ]
    if title and not known.title:
        known = replace(known, title=title, provenance=(("title", "heading"),))
    return Content(shown, sourced(replace(known, headline=headline), _PROPERTIES), chapters=tuple(spans))


def row(cells: Iterable[str], *, heads: bool) -> Iterator[Block]:
    """A row of a table, ruled off where it is its header; nothing for an empty one."""
    words = [" ".join(cell.split()) for cell in cells]
    if any(words):
        yield "row", f"| {' | '.join(words)} |"
        if heads:
            yield "row", f"|{RULE * len(words)}"


def rows_of(table: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, without those of a table in one of its cells, which are told as the words of the cell."""
    for each in table.iter():
        if local(each) == name and next(up for up in each.iterancestors() if local(up) == local(table)) is table:
            yield each


def words_of(element: etree._Element, mark: Mark) -> str:
    """The words of a paragraph or a cell, its signs for spaces and line ends too."""
    lines = "".join(_inner(element, mark)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def one_line(value: str | None) -> str | None:
    """A text on one line, None where nothing is left."""
    return " ".join(value.split()) or None if value else None


def _inner(element: etree._Element, mark: Mark) -> Iterator[str]:
    """Both kinds of document at once: in Word's, letters stand in `t` alone."""
    word = "wordprocessingml" in str(element.tag)
    if not word or local(element) == "t":
        yield element.text or ""
    for child in element:
        name = local(child)
        yield _SIGNS.get(name, "") or mark(child)
        if name and name not in _LEFT_OUT and name not in _SIGNS:
            yield from _inner(child, mark)
        if not word:
            yield child.tail or ""
    if local(element) in ("p", "h"):
        yield "\n"
