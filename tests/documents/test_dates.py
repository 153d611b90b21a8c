"""Dates are found where they stand, as exact as they are written."""

import pytest

from documents import DateMention, find_dates


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Le 20 mai 1875, à Paris.", "fr", DateMention(3, 14, 1875, 5, 20)),
        ("Öppnad i juni 2000.", "sv", DateMention(9, 18, 2000, 6, None)),
        ("On July 4 it rained.", "en", DateMention(3, 9, None, 7, 4)),
        ("Từ 17/12/1994.", "vi", DateMention(3, 13, 1994, 12, 17)),
    ],
)
def test_a_date_is_found_where_it_stands(text: str, language: str, found: DateMention) -> None:
    assert find_dates(text, language) == [found]


def test_a_year_alone_is_no_date() -> None:
    assert find_dates("It opened in 1994, and may close.", "en") == []
