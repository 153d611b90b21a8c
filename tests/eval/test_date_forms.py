"""A date is one date however it is written, and a few words that are more than a date are none."""

import pytest

from documents import find_dates
from eval.date_forms import date_forms, only_date


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("on 1 December 1990", "en", "1990-12-01"),
        ("le 12 février 1986", "fr", "1986-02-12"),
        ("den 2 december 1766", "sv", "1766-12-02"),
        ("ngày 17/12/1994", "vi", "1994-12-17"),
        ("May 2024", "en", "2024-05"),
        ("1990", "en", None),
        ("between 1 May 1990 and 3 May 1990", "en", None),
        ("340 lorries on 1 May 1990", "en", None),
        ("the mayor of Holt on 1 May 1990", "en", None),
    ],
)
def test_only_a_date_is_a_date(text: str, language: str, iso: str | None) -> None:
    mention = only_date(text, language)
    assert (mention and mention.iso) == iso


def test_a_date_has_the_forms_of_the_languages_that_are_asked_for() -> None:
    (mention,) = find_dates("1 December 1990", "en")
    assert date_forms(mention, ["en", "fr"]) == (
        "1 December 1990",
        "December 1, 1990",
        "1/12/1990",
        "1990-12-01",
        "1 décembre 1990",
        "décembre 1, 1990",
    )
    assert date_forms(mention, ["xx"]) == ()
    (month,), (day,) = find_dates("May 2024", "en"), find_dates("29 February", "en")
    assert date_forms(month, ["sv"]) == ("maj 2024",)
    assert date_forms(day, ["en"]) == ("29 February", "February 29")
