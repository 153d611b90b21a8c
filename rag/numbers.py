"""Numbers as they are written in articles: digits with separators of every kind, number words, and what scales them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from rag.scales import read_scale

_SPACES = " \u00a0\u2009\u202f"
_DIGITS = regex.compile(rf"(?<![\p{{L}}\d])\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d+)?(?!\d)|(?<!\d)\d+(?:[.,]\d+)*")
_SPELLED_LANGUAGES = ("en", "fr", "sv", "vi", "de", "es", "it", "nl", "da", "pt")
# "One" is an article or a pronoun far more often than a count; "six" in Swedish is written "sex".
_FIRST_SPELLED, _LAST_SPELLED = 2, 99
# "One" is read before a scale word only: "a million".
_ONE = "a|an|one|un|une|en|ett|ein|eine|einer|einen|một|uno|una|um|uma|een"
_ONE_SCALED = regex.compile(rf"(?<!\w)(?:{_ONE})(?=\s\p{{L}})", regex.IGNORECASE)
_RANGE = regex.compile(r"\s?(?:[-–—]|to|and|or|à|et|ou|till|och|eller|đến|và|bis|und|oder|y|e|a|en|tot)\s?$")
_AMBIGUOUS = {"vi": {"năm", "ba"}, "fr": {"neuf"}}  # also "year", "father" and "new"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number found at `text[start:end]` with every value that it may stand for.

    `1.100` is eleven hundred in Vietnamese and a little over one in English: both are kept.
    """

    start: int
    end: int
    values: frozenset[Decimal]


def find_numbers(text: str, language: str) -> list[NumberMention]:
    """Every number in a text: digits, and words from two to ninety-nine in the languages that are known.

    Scale words belong to the number: "50 million" and "50,000,000" have the same value.

    Args:
        text: any text.
        language: ISO 639-1, for the number words.
    """
    digits = [NumberMention(m.start(), m.end(), readings(m.group())) for m in _DIGITS.finditer(text)]
    plain = sorted((*digits, *_spelled(text, language)), key=lambda mention: mention.start)
    scaled = [_scaled(mention, text, language) for mention in plain]
    return sorted((*_ranges(scaled, plain, text), *_ones(text, language)), key=lambda mention: mention.start)


def _scaled(number: NumberMention, text: str, language: str) -> NumberMention:
    """The number together with the scale words behind it."""
    end, factors = read_scale(text, number.start, number.end, language)
    return NumberMention(number.start, end, frozenset(v * factor for v in number.values for factor in factors))


def _ranges(scaled: list[NumberMention], plain: list[NumberMention], text: str) -> Iterator[NumberMention]:
    """In "10 to 12 million" the first number may be millions too."""
    for i, number in enumerate(scaled):
        behind = scaled[i + 1] if i + 1 < len(scaled) else None
        if behind and number.end == plain[i].end and _RANGE.fullmatch(text, number.end, behind.start):
            base = min(plain[i + 1].values)
            factors = {value / base for value in behind.values} if base else set()
            values = number.values | {
                value * factor for value in number.values for factor in factors if factor % 10 == 0
            }
            yield NumberMention(number.start, number.end, values)
        else:
            yield number


def _ones(text: str, language: str) -> Iterator[NumberMention]:
    for match in _ONE_SCALED.finditer(text):
        end, factors = read_scale(text, match.start(), match.end(), language)
        if end > match.end():
            yield NumberMention(match.start(), end, frozenset(factors))


def readings(digits: str) -> frozenset[Decimal]:
    """The values that a run of digits, points, commas and spaces may have."""
    plain = regex.sub(f"[{_SPACES}]", "", digits)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return frozenset({Decimal(plain)})
    whole, last = plain.rsplit(marks[-1], 1)
    as_decimal = Decimal(f"{regex.sub('[.,]', '', whole)}.{last}")
    as_whole = Decimal(regex.sub("[.,]", "", plain))
    grouped = bool(regex.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", plain))
    if len(marks) > 1 and len(set(marks)) == 1:
        return frozenset({as_whole})
    if len(marks) > 1:
        return frozenset({as_decimal})
    return frozenset({as_decimal, as_whole} if grouped else {as_decimal})


def _spelled(text: str, language: str) -> Iterator[NumberMention]:
    values = _number_words(language)
    if values:
        for match in _words_pattern(language).finditer(text):
            yield NumberMention(match.start(), match.end(), frozenset({values[match.group().casefold()]}))


@lru_cache(maxsize=16)
def _number_words(language: str) -> dict[str, Decimal]:
    if language not in _SPELLED_LANGUAGES:
        return {}
    from num2words import num2words  # noqa: PLC0415 - only when a text is checked

    numbers = range(_FIRST_SPELLED, _LAST_SPELLED + 1)
    spelled = {num2words(number, lang=language).casefold(): Decimal(number) for number in numbers}
    return {word: value for word, value in spelled.items() if word not in _AMBIGUOUS.get(language, ())}


@lru_cache(maxsize=16)
def _words_pattern(language: str) -> regex.Pattern[str]:
    longest_first = sorted(_number_words(language), key=len, reverse=True)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, longest_first))})(?!\w)", regex.IGNORECASE)
