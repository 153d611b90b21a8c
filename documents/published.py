"""When an article was published, as far as its text says, with the precision that it gives.

A date in running prose is when something happened, not when the article appeared. Only dates that stand by
themselves on a short line, behind a name, or in a dateline are taken. When in doubt, None.
"""

from datetime import date

import regex

from documents.dates import DateMention, find_dates

_ISO = regex.compile(r"\s*(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?![\d-])")
_EITHER_WAY = regex.compile(r"(?P<first>\d{1,2})[/.\-](?P<second>\d{1,2})[/.\-]\d{4}")
_DATELINE = regex.compile(r"(?P<words>.{4,60}?)\s*[-–—]{1,2}\s")
_SHORT = 120  # characters; a longer line is prose, which only a dateline may open
_LONE = 60  # characters besides the date: a name, a place, "Published on", a time
_MONTHS = 12


def iso_date(value: str, language: str = "und") -> str | None:
    """Read a date that a page or front matter declares.

    Args:
        value: "2024", "2024-11", "2024-11-20" with or without a time behind it, or words.
        language: ISO 639-1 code, for the names of months.

    Returns:
        ISO 8601 with the precision of the value, None when it is no date.
    """
    match = _ISO.match(value)
    if match is None:
        found = next((mention for mention in find_dates(value, language) if mention.year), None)
        return _certain(found, value, language) if found else None
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)


def standing_date(line: str, language: str) -> str | None:
    """Read the date of a line that is there to give one.

    Args:
        line: one line near the top of an article.
        language: ISO 639-1 code, for the names of months.

    Returns:
        The date of a short line ("Hanoi, 20 November 2024", a source's name with the date stuck to it) or
        of a dateline that opens a paragraph ("PARIS, 3 mai 2024 (AFP) - "); None for prose.
    """
    words = line
    if len(line) > _SHORT:
        dateline = _DATELINE.match(line)
        if dateline is None:
            return None
        words = dateline["words"]
    dates = [mention for mention in find_dates(words, language) if mention.year]
    if len(dates) != 1 or regex.search(r"[.!?。]\s*$", words[dates[0].end :]):
        return None
    found = dates[0]
    around = len(words) - (found.end - found.start)
    # A month without a day also names a period, so it must stand nearly alone.
    room = _LONE if found.day else _LONE // 4
    return _certain(found, words, language) if around <= room else None


def _certain(mention: DateMention, words: str, language: str) -> str | None:
    """The date without what cannot be told: English is written on both sides of the Atlantic."""
    match = _EITHER_WAY.fullmatch(words, mention.start, mention.end)
    if match and language in ("en", "und"):
        first, second = int(match["first"]), int(match["second"])
        if first != second and max(first, second) <= _MONTHS:
            return str(mention.year)
    return mention.iso
