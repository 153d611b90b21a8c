"""Untrusted text for a page: what could act or hide is shown, quotes stand in their place.

Escaping is the template's work, of every value; here is what escaping does not reach.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SURROUNDINGS = 160
"""Characters that are shown before and after a quote."""

_WORD = 30
"""Characters to look for the end of a word in, where a text is cut."""

# Control characters, marks that turn the writing direction or cannot be seen, and halves of characters, which cannot
# be encoded. Joiners and the plain left and right marks belong to the spelling of several languages and stay.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `marked` where it is what one should see."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a text, and whether there is more before and after it."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def visible(text: str) -> str:
    """A text with its number in place of every character that would act on the page or hide in it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ACTING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", plain)


def language_tag(code: str) -> str:
    """The code when it can be one of a language, else "", which in HTML says that the language is not known."""
    return code if _LANGUAGE.fullmatch(code) and code != "und" else ""


def marked(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text in pieces, those in a span marked; what lies outside the text does not count, spans may overlap."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        first, last = max(start, done), min(end, len(text))
        if first < last:
            pieces += [Piece(text[done:first]), Piece(text[first:last], marked=True)]
            done = last
    return tuple(piece for piece in (*pieces, Piece(text[done:])) if piece.text)


def mentions(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a text, as they are written."""
    return [
        (found.start(), found.end())
        for word in words
        if word
        for found in re.finditer(rf"(?<!\d){re.escape(word)}(?!\d)", text)
    ]


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """A place in a text, marked, with what stands around it, cut between words where that is possible."""
    first, last = max(0, start - SURROUNDINGS), min(len(text), end + SURROUNDINGS)
    if first:
        first += _to_space(text[first : min(first + _WORD, start)])
    if last < len(text):
        last -= _to_space(text[last : max(last - _WORD, end) : -1])
    pieces = (Piece(text[first:start]), Piece(text[start:end], marked=True), Piece(text[end:last]))
    return Excerpt(pieces, cut_before=first > 0, cut_after=last < len(text))


def _to_space(text: str) -> int:
    return next((i for i, character in enumerate(text) if character.isspace()), 0)
