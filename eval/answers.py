"""What the words of an answer are worth, beside those that were expected: pure functions."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import regex

from documents import could_be, words
from eval.number_forms import pattern
from eval.questions import Question

_COPIED = 30
"""Words in a row from which on an answer may be a copied passage: a long sentence that is quoted is shorter."""

_MARKS = regex.compile(r"\s*\[\d+\]")
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD_START = rf"(?:(?<![\p{{L}}\p{{M}}--[{_UNSPACED}]])|(?![\p{{L}}--[{_UNSPACED}]]))"
_TOKEN = regex.compile(rf"[{_UNSPACED}]|[\p{{L}}\p{{M}}\p{{N}}]+")
_ARTICLES = frozenset(("a", "an", "the"))


def without_marks(text: str) -> str:
    """An answer without its citation markers."""
    return _MARKS.sub("", text)


def normalise(text: str) -> str:
    """A text as answers are compared: Unicode forms, upper case and kinds of space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers stands in the text, its numbers in whatever form; 11 does not stand in 2011.

    Words may go on behind it ("Lâms"), not before it: "art" does not stand in "started".
    """
    haystack = normalise(text)
    return any(regex.search(_WORD_START + pattern(normalise(answer)), haystack, regex.VERSION1) for answer in answers)


def answer_is_right(text: str, question: Question) -> bool:
    """Whether an answer holds what was asked for; both parts, when two things were."""
    said = without_marks(text)
    return contains_answer(said, question.answers) and (not question.also or contains_answer(said, question.also))


def token_f1(text: str, answers: Sequence[str]) -> float:
    """F1 of the words of an answer and of the nearest gold answer, in [0, 1]; 0 without gold answers.

    SQuAD's (Rajpurkar et al., 2016): case, punctuation and English articles do not count, repeated words do. In
    scripts without spaces each character is a word, as in MLQA (Lewis et al., 2020). A whole sentence holds more
    words than a gold answer of two, so the figure is low for sentences; it is for comparing runs.
    """
    said = Counter(_tokens(without_marks(text)))
    return max((_f1(said, Counter(_tokens(answer))) for answer in answers), default=0.0)


def language_is_right(text: str, language: str) -> bool:
    """Whether a text may be in a language; one too short to tell ("Philippe Jost.") is not held against it."""
    return could_be(without_marks(text), language)


def copies(text: str, passages: Iterable[str]) -> bool:
    """Whether an answer repeats a passage instead of answering from it.

    More than 30 words in a row, and half of the passage: who copies what was found is never unfaithful and often
    holds the answer, but leaves the looking for it to the reader.
    """
    said = words(without_marks(text))
    return any((run := _run(said, read)) > _COPIED and 2 * run >= len(read) for read in map(words, passages))


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(normalise(text)) if token not in _ARTICLES]


def _f1(said: Counter[str], gold: Counter[str]) -> float:
    shared = (said & gold).total()
    return 2 * shared / (said.total() + gold.total()) if shared else 0.0


def _run(said: list[str], read: list[str]) -> int:
    """The length of the longest run of words that both have."""
    return SequenceMatcher(None, said, read, autojunk=False).find_longest_match().size
