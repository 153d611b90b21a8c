"""What a number counts, in four languages."""

from decimal import Decimal

import pytest

from rag.units import other_unit, units_of


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("1.5 million kilometres from Earth", "en", "1500000", "km"),
        ("1,5 miljoner kilometer från jorden", "sv", "1500000", "km"),
        ("434 km²", "vi", "434", "km²"),
        ("434 km2", "vi", "434", "km²"),
        ("12 m3", "fr", "12", "m³"),
        ("434 kvadratkilometer", "sv", "434", "km²"),
        ("434 square kilometres", "en", "434", "km²"),
        ("une surface de 434 kilomètres carrés", "fr", "434", "km²"),
        ("trois mois", "fr", "3", "month"),
        ("7% of turnover", "en", "7", "%"),
        ("7 % du chiffre", "fr", "7", "%"),
        ("€35,000,000", "en", "35000000", "EUR"),
        ("35 millions d’euros", "fr", "35000000", "EUR"),
        ("2 460 m de long", "fr", "2460", "m"),
    ],
)
def test_the_unit_behind_a_number(text: str, language: str, value: str, unit: str) -> None:
    assert unit in units_of(text, language)[Decimal(value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("12 mayors and 3 hats, 20 May", "en"),
        ("15 an hour and 2 second homes", "en"),
        ("2 min bil", "sv"),
        ("ngày 22 tháng 12 năm 2024", "vi"),
    ],
)
def test_a_word_that_only_looks_like_a_unit_is_none(text: str, language: str) -> None:
    assert units_of(text, language) == {}


@pytest.mark.parametrize(
    ("claim", "language", "quote", "source", "other"),
    [
        ("It is 12 metres long.", "en", "Elle fait 12 kilomètres.", "fr", True),
        ("It is 12 kilometres long.", "en", "Elle fait 12 kilomètres.", "fr", False),
        ("Sjön är 5 650 hektar.", "sv", "Hồ rộng 5.650 km².", "vi", True),
        ("It took 12 years.", "en", "It took 12.", "en", False),  # the quote has no unit
        ("It took 12 years.", "en", "It took 12 months, or 1 year.", "en", True),
        ("It took 12 years.", "en", "12 months became 12 years.", "en", False),
        ("It took 13 years.", "en", "It took 12 months.", "en", False),  # another number is another matter
    ],
)
def test_another_unit_for_the_same_number(claim: str, language: str, quote: str, source: str, *, other: bool) -> None:
    assert other_unit(claim, language, quote, source) is other
