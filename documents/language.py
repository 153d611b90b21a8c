"""Which language a text is in.

Lingua tells, in its low-accuracy mode and over every living language it knows. Measured on 74 questions of four to
ten words in 23 languages: 72 right, 90 MB of memory and 0.7 s before the first answer; the high-accuracy mode has 73
right and takes 1,150 MB and 10 s. On shorter questions both are weak, since names weigh more than words (58 and
74 of 100 in ten languages); there the small words decide (`small_words`).
"""

from functools import cache
from typing import TYPE_CHECKING

import regex

from documents.small_words import SMALL_WORDS

if TYPE_CHECKING:
    from lingua import LanguageDetector

UNKNOWN = "und"

_ENOUGH = 4_000  # characters; more do not change the verdict and only cost time
_SHORT = 12  # words; longer texts hold enough letters for statistics alone
_SURE = 0.3  # share of the likelihood; below it the guess is as often wrong as right
_FEW = 3  # words; without a small word among them they may all be names
_DOUBT = 0.002  # what statistics leave even to the least likely language
_WEIGHT = 4.0  # how many times likelier a language is for each of its own small words
# What is no word of a language; halves of characters (\p{Cs}) besides, which Lingua cannot be given.
_CODES = regex.compile(r"https?://\S+|\S+@\S+|[\p{Latin}\d./_\-]*\d[\p{Latin}\d./_\-]*|\p{Cs}")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def detect(text: str, *, default: str = UNKNOWN) -> str:
    """Tell the language of a text from its words.

    Args:
        text: an article or a question.
        default: what to answer when the text gives nothing to go on, such as a lone name or a number.

    Returns:
        ISO 639-1 code, or `default`.
    """
    code, sure = confidence(text)
    return code if sure >= _SURE else default


def confidence(text: str) -> tuple[str, float]:
    """Tell the likeliest language of a text, and its share of the likelihood, from 0 to 1."""
    cleaned = _CODES.sub(" ", text[: 2 * _ENOUGH])[:_ENOUGH]
    words = _WORD.findall(cleaned)
    if not words:
        return UNKNOWN, 0.0
    if len(words) > _SHORT:
        return max(likelihoods(cleaned).items(), key=lambda pair: pair[1])
    return _judged(words)


def language_name(code: str) -> str:
    """Give the English name of a language, "" when the code names none.

    Args:
        code: ISO 639-1 code, with or without a territory ("sv", "sv-SE").
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed to import this package

    if code == UNKNOWN:
        return ""
    try:
        return Locale.parse(code.replace("-", "_").partition("_")[0]).get_language_name("en") or ""
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


def _judged(words: list[str]) -> tuple[str, float]:
    """A short text: names left out where other words remain, and small words weighed."""
    plain = [words[0], *(word for word in words[1:] if not word[0].isupper())]
    shares = likelihoods(" ".join(plain)) if len(plain) > 1 else likelihoods(" ".join(words))
    known = [_languages_of(word.casefold()) for word in words]
    weighed = {
        code: (share + _DOUBT) * _WEIGHT ** sum(1 + 1 / len(codes) for codes in known if code in codes)
        for code, share in shares.items()
    }
    if not any(known):
        code, share = max(shares.items(), key=lambda pair: pair[1])
        return code, share / 2 if len(words) <= _FEW else share
    best = max(weighed, key=weighed.__getitem__)
    return best, weighed[best] / sum(weighed.values())


@cache
def _languages_of(word: str) -> frozenset[str]:
    return frozenset(code for code, words in SMALL_WORDS.items() if word in words)


def likelihoods(text: str) -> dict[str, float]:
    """Tell how likely each language is by its letters alone; the shares add up to 1, or are all 0."""
    values = _detector().compute_language_confidence_values(text)
    return {str(found.language.iso_code_639_1.name).lower(): float(found.value) for found in values}


@cache
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - 100 MB of code

    living = Language.all() - {Language.LATIN, Language.ESPERANTO}
    return LanguageDetectorBuilder.from_languages(*living).with_low_accuracy_mode().build()
