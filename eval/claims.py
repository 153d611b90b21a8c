"""The sentences of an answer that claim something, as they are checked: without markers, markup and list signs."""

from collections.abc import Sequence

import regex

from documents import QUESTION_MARKS, sentences, words
from eval.plain import plain
from eval.refusals import is_refusal
from rag import is_own_words

_MARKER = regex.compile(r"\s*(?:\[\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*\]|【[^】]{1,80}】)")
_EMPHASIS = regex.compile(r"\*\*|__|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_BULLET = regex.compile(r"^[ \t]*(?:[-*+•–—>]+|#{1,6})[ \t]+(?=\S)", regex.MULTILINE)
_NUMBERED = regex.compile(r"^[ \t]*(\d{1,3})[.)][ \t]+(?=\S)", regex.MULTILINE)


def claims_of(answer: str | Sequence[str], question: str, language: str) -> list[str]:
    """The claims of an answer, in their order.

    What claims nothing is left out: sentences without a word, questions, sentences that only say that there is no
    answer, and lines that announce what follows ("Here is what I found:").

    Args:
        answer: its text, or its sentences where they are known.
        question: what was asked.
        language: ISO 639-1, of the answer.
    """
    if not isinstance(answer, str):
        return [claim for each in answer if _claims(claim := " ".join(_tidy(each).split()), question)]
    if is_own_words(answer):
        return []
    text = _tidy(answer)
    found = (" ".join(text[start:end].split()) for start, end in sentences(text, language))
    return [claim for claim in found if _claims(claim, question)]


def _tidy(text: str) -> str:
    unmarked = _BULLET.sub("", _MARKER.sub("", plain(text).text))
    return _EMPHASIS.sub("", _without_numbering(unmarked)).strip()


def _without_numbering(text: str) -> str:
    """The text without the numbers of its items; a lone "12. Mai" is a date."""
    numbers = {int(number) for number in _NUMBERED.findall(text)}
    return _NUMBERED.sub(lambda item: "" if numbers & {int(item[1]) - 1, int(item[1]) + 1} else item[0], text)


def _claims(sentence: str, question: str) -> bool:
    announces = sentence.endswith((":", "：")) and not any(map(str.isdigit, sentence))
    asks = sentence.endswith(QUESTION_MARKS)
    return bool(words(sentence)) and not announces and not asks and not is_refusal(sentence, question)
