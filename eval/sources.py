"""Evidence of any kind, texts or passages, in the form that the check reads, and back to where a quote stood."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from documents import Article, Passage, confidence
from eval.plain import Plain, plain

_ENOUGH = 1_000  # characters to tell a language by
_SURE = 0.5  # share of the likelihood from which a text is in another language than expected
_LONGEST_TITLE = 120
_TITLE = regex.compile(r"\s*(?:#+\s*)?(\S[^\n]*?)\s*\n\s*\S")


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the evidence.

    Attributes:
        text: as it was given.
        passage: what is checked against.
        read: the text without markup, where there was some to take out.
    """

    text: str
    passage: Passage
    read: Plain | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the passage's article stands in the text as it was given."""
        if self.read is None:
            return start - self.passage.start, end - self.passage.start
        return self.read.place(start, end)


def sources_of(evidence: Sequence[str | Passage], language: str) -> list[Source]:
    """The evidence, in its order.

    Args:
        evidence: texts, or passages of articles.
        language: ISO 639-1, of the answer; a text that is not surely in another one is taken to be in it.
    """
    return [_source(item, f"evidence {number}", language) for number, item in enumerate(evidence)]


def language_of(text: str, expected: str) -> str:
    """The language of a text, ISO 639-1: the expected one, unless it is surely another."""
    code, share = confidence(text[:_ENOUGH])
    return code if share >= _SURE else expected


def _source(item: str | Passage, name: str, language: str) -> Source:
    if isinstance(item, Passage):
        return Source(item.text, item, None)
    read = plain(item)
    article = Article(id=name, text=read.text, title=_title(read.text), language=language_of(read.text, language))
    return Source(item, Passage(article, 0, len(read.text)), read if read.text != item else None)


def _title(text: str) -> str:
    """The first line where it is a headline: short, no sentence, and with a text below it."""
    line = _TITLE.match(text)
    title = line[1] if line else ""
    return title if len(title) <= _LONGEST_TITLE and title[-1:].isalnum() else ""
