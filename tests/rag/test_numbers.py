"""Numbers agree by value, however they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numbers import find_numbers, readings


def values(text: str, language: str = "en") -> list[set[Decimal]]:
    return [set(number.values) for number in find_numbers(text, language)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("74", {74}),
        ("1 100", {1100}),
        ("1\u00a0100", {1100}),
        ("1\u202f100", {1100}),
        ("1.100", {1100, Decimal("1.100")}),
        ("1,100", {1100, Decimal("1.100")}),
        ("1.100,5", {Decimal("1100.5")}),
        ("1,100.5", {Decimal("1100.5")}),
        ("1.234.567", {1234567}),
        ("3,14", {Decimal("3.14")}),
        ("0.123", {Decimal("0.123")}),
        ("2024", {2024}),
    ],
)
def test_a_number_keeps_every_value_that_it_may_have(written: str, expected: set[Decimal]) -> None:
    assert readings(written) == expected


def test_numbers_stand_apart_in_running_text() -> None:
    assert values("74e sur 193 pays, 44e sur 133", "fr") == [{74}, {193}, {44}, {133}]


def test_a_full_stop_after_a_number_is_not_part_of_it() -> None:
    assert values("It has 35. Then 11, and more.") == [{35}, {11}]


def test_a_year_does_not_swallow_the_number_behind_it() -> None:
    assert values("en 2024 300 personnes", "fr") == [{2024}, {300}]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("six thèmes clés", "fr", 6),
        ("elva teknologier", "sv", 11),
        ("twenty-one bridges", "en", 21),
        ("hai mươi mốt người", "vi", 21),
    ],
)
def test_number_words_count_as_numbers(text: str, language: str, expected: int) -> None:
    assert values(text, language) == [{expected}]


def test_one_is_left_alone() -> None:
    assert values("one of them", "en") == []


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ",", "."]))
def test_grouped_digits_mean_what_plain_digits_mean(number: int, separator: str) -> None:
    assert number in readings(f"{number:,}".replace(",", separator))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("50 million", "en", 50_000_000),
        ("50 millions", "fr", 50_000_000),
        ("50 000 000", "fr", 50_000_000),
        ("50,000,000", "en", 50_000_000),
        ("tolv miljoner", "sv", 12_000_000),
        ("zwölf Millionen", "de", 12_000_000),
        ("3 Mrd. Euro", "de", 3 * 10**9),
        ("12 billion", "en", 12 * 10**9),
        ("12 billions", "fr", 12 * 10**12),
        ("12 milliards", "fr", 12 * 10**9),
        ("12 miljarder", "sv", 12 * 10**9),
        ("12 tỷ", "vi", 12 * 10**9),
        ("1.713.548 tỷ đồng", "vi", 1_713_548 * 10**9),
        ("50 nghìn tỷ", "vi", 50 * 10**12),
        ("a million", "en", 10**6),
        ("€12m", "en", 12_000_000),
        ("12 M€", "fr", 12_000_000),
        ("a 12 m tower", "en", 12),
    ],
)
def test_a_number_and_its_scale_word_are_one_value(text: str, language: str, expected: int) -> None:
    assert values(text, language) == [{expected}]


def test_the_first_number_of_a_range_may_have_the_scale_of_the_second() -> None:
    assert values("10 to 12 million") == [{10, 10_000_000}, {12_000_000}]


def test_where_scale_words_are_not_known_a_number_keeps_all_its_readings() -> None:
    assert 12_000_000 in values("12 milionów", "pl")[0]
