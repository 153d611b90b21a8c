"""A text as it reads: without markup, entities and invisible characters, and where each of its characters stood.

What other systems hand over is often a piece of a web page. What is quoted of it must be what they handed over.
"""

import html
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import regex

_INLINE = r"a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|time|u|wbr"
_BLOCKS = (
    "article|aside|blockquote|body|br|button|caption|center|col|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|"
    "head|header|hr|html|iframe|img|input|li|link|main|meta|nav|noscript|ol|p|pre|script|section|style|svg|table|"
    "tbody|td|tfoot|th|thead|title|tr|ul|video"
)
# Bounded everywhere, so that a "<script>" that nobody closes costs little.
_MARKUP = regex.compile(
    rf"""
      (?P<block><(?P<hidden>script|style)\b[^<>]{{0,1000}}>.{{0,20000}}?</(?P=hidden)\s*>
        | <!--.{{0,20000}}?--> | </?(?:{_BLOCKS})(?:\s[^<>]{{0,1000}})?/?> )
    | (?P<inline></?(?:{_INLINE})(?:\s[^<>]{{0,1000}})?/?> | \x1b\[[0-9;]{{0,20}}[A-Za-z] )
    | (?P<entity>&(?:\#\d{{1,7}}|\#x[\da-f]{{1,6}}|[a-z][a-z0-9]{{1,30}});)
    | (?P<line>[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+)
    | (?P<half>[\ud800-\udfff])
    | (?P<unseen>[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]+)
    """,
    regex.VERBOSE | regex.DOTALL | regex.IGNORECASE,
)
_UNSEEN = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without markup.

    Attributes:
        text: what is left.
        starts: for each of its characters, where what it was made of begins in the text as it was given.
        ends: where that ends.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stood in the text as it was given."""
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """The text without markup."""
    pieces: list[str] = []
    starts, ends = array("q"), array("q")

    def take(piece: str, start: int, end: int | None = None) -> None:
        pieces.append(piece)
        own = range(start, start + len(piece))
        starts.extend(own if end is None else (start for _ in piece))
        ends.extend((place + 1 for place in own) if end is None else (end for _ in piece))

    position = 0
    for match in _MARKUP.finditer(text):
        take(text[position : match.start()], position)
        take(_read(match), *match.span())
        position = match.end()
    take(text[position:], position)
    return Plain("".join(pieces), starts, ends)


def _read(match: regex.Match[str]) -> str:
    """What a reader sees in the place of a piece of markup."""
    match match.lastgroup:
        case "block" | "hidden" | "line":
            return "\n"
        case "half":
            return "\ufffd"
        case "entity":
            return _UNSEEN.sub("", html.unescape(match.group()))
    return ""
