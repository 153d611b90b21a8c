"""Words that multiply a number: "12 million" is one value, and "billion" is not the same in every language."""

from decimal import Decimal
from functools import lru_cache

import regex

_LONG = {9: "milliarde?s?", 12: "billions?", 15: "billiarde?s?"}  # the long scale, without what each language changes
_WORDS: dict[str, dict[int, str]] = {
    "en": {2: "hundred", 3: "thousand", 6: "millions?", 9: "billions?|milliards?", 12: "trillions?"},
    "fr": {**_LONG, 3: "mille|milliers?", 6: "millions?", 18: "trillions?"},
    "de": {2: "hundert", 3: "tausend", 6: r"million(?:en)?|mio\b\.?", 9: r"milliarden?|mrd\b\.?", 12: "billion(?:en)?"},
    "sv": {2: "hundra", 3: "tusen", 6: "miljon(?:er)?s?|mnkr|mkr", 9: "miljard(?:er)?s?|mdkr", 12: "biljon(?:er)?s?"},
    "vi": {2: "trăm", 3: "nghìn|ngàn", 4: "vạn", 6: "triệu", 9: "tỷ|tỉ"},
    "es": {3: "mil|miles", 6: "mill[oó]n(?:es)?", 12: "bill[oó]n(?:es)?"},
    "pt": {3: "mil|milhares", 6: "milh(?:ão|ões)", 9: "bilh(?:ão|ões)", 12: "trilh(?:ão|ões)|bili(?:ão|ões)"},
    "it": {3: "mila|mille", 6: "milion[ei]", 9: "miliard[oi]", 12: "bilion[ei]"},
    "nl": {2: "honderd", 3: "duizend", 6: "miljoen", 9: "miljard", 12: "biljoen"},
    "da": {
        2: "hundrede",
        3: "tusinde?",
        6: r"million(?:er)?|mio\b\.?",
        9: r"milliard(?:er)?|mia\b\.?",
        12: "billion(?:er)?",
    },
}
# A lone letter is a scale only beside money: "12 m" is a length.
_MONEY = {"k": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "b": 9, "bn": 9, "md": 9, "mds": 9, "mrd": 9, "tn": 12}
_CURRENCY = r"(?:[€$£¥₫]|EUR|USD|GBP|SEK|VND|CHF)"
_LETTERS = rf"(?P<letters>{'|'.join(sorted(_MONEY, key=len, reverse=True))})(?![\p{{L}}\d])"
_MONEY_BEFORE = regex.compile(rf"{_CURRENCY}\s?$")
_AFTER_MONEY = regex.compile(rf"\s?{_LETTERS}", regex.IGNORECASE)
_BEFORE_MONEY = regex.compile(rf"\s?(?P<letters>[kM]|Mn|Mds?|Mrd|Mio|bn|mn|m)\s?(?={_CURRENCY})")
_LOOSE = tuple(Decimal(10) ** power for power in (0, 2, 3, 4, 6, 8, 9, 12))
_ANY_WORD = regex.compile(r"\s?\p{L}")


def read_scale(text: str, start: int, end: int, language: str) -> tuple[int, tuple[Decimal, ...]]:
    """What the number at `text[start:end]` is multiplied by.

    Args:
        text: any text.
        start: of the number.
        end: of the number.
        language: ISO 639-1, of the text.

    Returns:
        Where the number ends with its scale words, and the factors it may have: one, but several in a language
        whose scale words are not listed here, so that a true sentence is not refused.
    """
    if money := _money(text, start, end):
        return money
    pattern = _pattern(language)
    if pattern is None:
        return end, _LOOSE if _ANY_WORD.match(text, end) else _LOOSE[:1]
    factor = Decimal(1)
    while match := pattern.match(text, end):  # "nghìn tỷ", "hundred thousand"
        factor *= Decimal(10) ** int(str(match.lastgroup)[1:])
        end = match.end()
    return end, (factor,)


def _money(text: str, start: int, end: int) -> tuple[int, tuple[Decimal, ...]] | None:
    behind = _MONEY_BEFORE.search(text, max(0, start - 5), start)
    match = (_AFTER_MONEY if behind else _BEFORE_MONEY).match(text, end)
    if not match:
        return None
    return match.end("letters"), (Decimal(10) ** _MONEY[match["letters"].casefold()],)


@lru_cache(maxsize=16)
def _pattern(language: str) -> regex.Pattern[str] | None:
    """Scale words behind a space or a hyphen; the name of the group that matched says the power of ten."""
    known = _WORDS.get(language)
    if known is None:
        return None
    groups = "|".join(rf"(?P<p{power}>{forms})" for power, forms in known.items())
    return regex.compile(rf"[\s-]?(?:{groups})(?![\p{{L}}\d])", regex.IGNORECASE)
