"""What a number counts: kilometres or metres, per cent or per mille, months or years.

Only what is usual in articles, in English, French, Swedish and Vietnamese; a number whose unit is not listed here
agrees with every unit.
"""

from decimal import Decimal
from functools import lru_cache

import regex

from documents.dates import find_dates
from rag.facts import blank
from rag.numbers import find_numbers

_METRE = r"met(?:re|er)s?|mètres?|metern?|mét"
_GRAM = r"gram(?:me)?s?"
_UNITS = {
    "km": rf"km|kilo(?:{_METRE})|ki-?lô-?mét|cây số",
    "m": rf"m|{_METRE}",
    "cm": rf"cm|centi(?:{_METRE})|xen-?ti-?mét",
    "mm": rf"mm|mill?i(?:{_METRE})|mi-?li-?mét",
    "kg": rf"kg|kilos?|kilo{_GRAM}|ki-?lô-?gam|cân",
    "g": rf"g|{_GRAM}|gam",
    "t": r"tonnes?|tons?|tấn",
    "%": r"%|per ?cent|pour cent|procent|phần trăm",
    "‰": r"‰|per mille?|pour mille|promille|phần nghìn",
    "ha": r"hectares?|hektar|héc-?ta",
    "s": r"seconds|secondes?|sekund(?:er)?|giây",
    "min": r"minutes?|minut(?:er)?|phút",
    "h": r"hours?|heures?|timm(?:e|ar)|giờ|tiếng",
    "day": r"days?|jours?|dag(?:ar)?|ngày",
    "week": r"weeks?|semaines?|veck(?:a|or)|tuần",
    "month": r"months?|mois|månad(?:er)?|tháng",
    "year": r"years?|ans|an(?!\s(?:hour|hundred|average))|années?|år|năm",
    "EUR": r"€|euros?|EUR",
    "USD": r"\$|dollars?|USD|đô[ -]la",
    "SEK": r"kronor|SEK",
    "VND": r"đồng|dongs?|VND|₫",
}
_SQUARE = r"(?:square |kvadrat)"
_BEHIND_SQUARE = r"\s?(?:²|2(?!\d)|carrés?|vuông)"
_BEHIND_CUBE = r"\s?(?:³|3(?!\d)|cubes?|khối)"
_BEFORE = {"EUR": "€", "USD": "$", "VND": "₫"}


def units_of(text: str, language: str) -> dict[Decimal, frozenset[str]]:
    """The units that the numbers of a text stand with; numbers without a known unit are left out.

    Args:
        text: any text.
        language: ISO 639-1, for the number words.
    """
    found: dict[Decimal, frozenset[str]] = {}
    # "22 tháng 12": no months are counted there.
    text = blank(text, [(date.start, date.end) for date in find_dates(text, language)])
    for number in find_numbers(text, language):
        if unit := unit_at(text, number.start, number.end):
            found |= {value: found.get(value, frozenset()) | {unit} for value in number.values}
    return found


def other_unit(claim: str, claim_language: str, quote: str, quote_language: str) -> bool:
    """Whether a number of the claim stands in the quote too, but with other units only."""
    quoted = units_of(quote, quote_language)
    claimed = units_of(claim, claim_language)
    return any(value in quoted and quoted[value].isdisjoint(units) for value, units in claimed.items())


def unit_at(text: str, start: int, end: int) -> str | None:
    """The unit that stands with the number at `text[start:end]`, if it is known."""
    for unit, sign in _BEFORE.items():
        if text[:start].rstrip().endswith(sign):
            return unit
    match = _pattern().match(text, end)
    if not match:
        return None
    (unit,) = (name for name in _UNITS if match[_group(name)])
    return unit + ("²" if match["square"] or match["squared"] else "³" if match["cubed"] else "")


@lru_cache(maxsize=1)
def _pattern() -> regex.Pattern[str]:
    units = "|".join(f"(?P<{_group(name)}>{forms})" for name, forms in _UNITS.items())
    behind = f"(?:(?P<squared>{_BEHIND_SQUARE})|(?P<cubed>{_BEHIND_CUBE}))?"
    before = rf"[\s-]{{0,2}}(?:d['’]|de )?(?P<square>{_SQUARE})?"
    return regex.compile(rf"{before}(?:{units})(?!\p{{L}}){behind}", regex.IGNORECASE)


def _group(unit: str) -> str:
    """A name for a unit's part of the pattern, where signs are not allowed."""
    return "u" + "_".join(str(ord(character)) for character in unit)
