"""The model's pieces of text, put together into sentences while they arrive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from documents import sentences, words
from rag.prompt import NOT_FOUND

_MARKER = regex.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence from its beginning up to now; `complete` when the next one began or the model ended."""

    text: str
    complete: bool


def draft_sentences(pieces: Iterable[str], language: str) -> Iterator[DraftSentence]:
    """Growing sentences, each ended by one that is complete.

    Nothing is given out while the text may still become the model's refusal. Citation markers that the
    model wrote are dropped: code makes the citations.
    """
    pending = ""
    for piece in pieces:
        pending += piece
        if NOT_FOUND.startswith(pending.strip()[: len(NOT_FOUND)]):
            continue
        *done, pending = _split(pending, language)
        yield from (DraftSentence(text, complete=True) for text in map(_tidy, done) if text)
        if text := _tidy(pending):
            yield DraftSentence(text, complete=False)
    if text := _tidy(pending):
        yield DraftSentence(text, complete=True)


def is_refusal(sentence: str) -> bool:
    """Whether the model says that the articles do not hold the answer, in the words it was told to use."""
    return sentence.strip(" .\"*'").startswith(NOT_FOUND)


def _split(text: str, language: str) -> list[str]:
    """The sentences of a text, the last with the white space that follows it; never empty."""
    spans = sentences(text, language)
    if len(spans) < 2:  # noqa: PLR2004 - one sentence, or none yet
        return [text]
    return [text[start:end] for start, end in spans[:-1]] + [text[spans[-1][0] :]]


def _tidy(text: str) -> str:
    """A sentence without markers and emphasis; "" when no word is left, as of a fence."""
    tidied = _MARKER.sub("", text).strip().strip("*").strip()
    return tidied if words(tidied) else ""
