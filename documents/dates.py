"""Dates as they are written in articles, in any language whose month names CLDR knows.

Numeric forms are read day first, as in every language here but American English, unless only the other
reading is a date. Relative forms ("yesterday", "this year") are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

_NUMERIC = regex.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})\s?年\s?(?:(?P<m3>\d{1,2})\s?月)?\s?(?:(?P<d3>\d{1,2})\s?日)?)(?!\d)"
)
_BETWEEN = r"(?:\s+(?:de|del|of|năm|en)\s+|\s*,\s*|\s+)"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found at `text[start:end]`; the parts that the text leaves out are None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def iso(self) -> str | None:
        """ISO 8601 with the precision that is known, None without a year."""
        if self.year is None:
            return None
        parts = (f"-{part:02}" for part in (self.month, self.day if self.month else None) if part is not None)
        return f"{self.year:04}" + "".join(parts)


def find_dates(text: str, language: str = "en") -> list[DateMention]:
    """Every date in a text, in order: full ones, month and year, day and month; never a bare year.

    Args:
        text: any text.
        language: ISO 639-1; month names are read in this language and in English.
    """
    found: list[DateMention] = []
    for mention in sorted((*_numeric(text), *_worded(text, language)), key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def _numeric(text: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        year = int(match["y"] or match["y2"] or match["y3"])
        month, day = (match["m"] or match["m2"] or match["m3"]), (match["d"] or match["d2"] or match["d3"])
        first, second = int(month) if month else None, int(day) if day else None
        for reading in ((first, second), (second, first) if match["y2"] else (first, second)):
            if _exists(year, *reading):
                yield DateMention(match.start(), match.end(), year, *reading)
                break


def _worded(text: str, language: str) -> Iterator[DateMention]:
    for code in dict.fromkeys((language, "en")):
        months = _month_numbers(code)
        for match in _pattern(code).finditer(text):
            month = months[match["month"].casefold()]
            day, year = match["day"] or match["day2"], match["year"]
            numbers = int(year) if year else None, month, int(day) if day else None
            # A month's name alone says too little: "may", "mars".
            if (day or year) and _exists(*numbers):
                yield DateMention(match.start(), match.end(), *numbers)


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(year or 2000, month or 1, day or 1)  # 2000 has a 29 February
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _month_numbers(language: str) -> dict[str, int]:
    """Month names of a language, casefolded, to their numbers; {} for a language that CLDR does not know."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loading CLDR takes a while

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                names.setdefault(name.casefold().rstrip("."), number)
    return {name: number for name, number in names.items() if not name.isdigit()}


@lru_cache(maxsize=64)
def _pattern(language: str) -> regex.Pattern[str]:
    names = sorted(_month_numbers(language), key=len, reverse=True)
    if not names:
        return regex.compile(r"(?!)(?P<day>)(?P<month>)(?P<day2>)(?P<year>)")
    month = rf"(?P<month>{'|'.join(map(regex.escape, names))})\b\.?"
    day = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|:?e|\.)?(?:\s+(?:de|of))?\s+"
    month_first = r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?"
    year = rf"(?:{_BETWEEN}(?P<year>\d{{4}})(?!\d))?"
    return regex.compile(rf"(?<![\d\w])(?:{day})?{month}{month_first}{year}", regex.IGNORECASE)
