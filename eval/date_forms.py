"""A date in the forms that an answer may give it: 1 December 1990 is December 1, 1990, and le 1 décembre 1990."""

from collections.abc import Iterable
from datetime import date

from documents import DateMention, find_dates, words

_BESIDE = 2  # words that may stand beside a date which is the whole of an answer: "on the", "vào ngày"


def only_date(text: str, language: str) -> DateMention | None:
    """The date that a few words are, None when they are something else."""
    found = find_dates(text, language)
    if len(found) != 1:
        return None
    beside = words(text[: found[0].start]) + words(text[found[0].end :])
    return found[0] if len(beside) <= _BESIDE and not any(map(str.isdigit, beside)) else None


def date_forms(mention: DateMention, languages: Iterable[str]) -> tuple[str, ...]:
    """Ways to write a date in some languages, as exact as it is known.

    Args:
        mention: the date.
        languages: ISO 639-1; one that CLDR does not know adds nothing.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loading CLDR takes a while
    from babel.dates import format_date, get_date_format  # noqa: PLC0415

    day = date(mention.year or 2000, mention.month or 1, mention.day or 1)
    forms = []
    for language in languages:
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        if mention.year and mention.month and mention.day:
            patterns = ["d MMMM y", "MMMM d, y", get_date_format("long", locale).pattern, "d/M/y", "y-MM-dd"]
        elif mention.month and mention.day:
            patterns = ["d MMMM", "MMMM d"]
        else:
            patterns = ["MMMM y"] if mention.month else []
        forms += [format_date(day, pattern, locale) for pattern in patterns]
    return tuple(dict.fromkeys(forms))
