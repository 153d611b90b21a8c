"""Numbers are found in every form that means the same, and never as part of another number."""

import pytest
import regex

from eval.number_forms import pattern


def found(sought: str, text: str) -> bool:
    return regex.search(pattern(sought), text) is not None


GROUPED = ("1 969", "1.969", "1,969", "1'969", "1’969")


@pytest.mark.parametrize("sought", GROUPED)
@pytest.mark.parametrize("text", [*GROUPED, "1969"])
def test_a_grouped_number_is_found_in_any_groups_and_in_none(sought: str, text: str) -> None:
    assert found(f"{sought} m", f"À {text} m.")
    assert found(sought, text)


@pytest.mark.parametrize(
    ("sought", "text", "expected"),
    [
        ("299.792.458", "299 792 458", True),
        ("299.792.458", "299,792,458 m/s", True),
        ("299.792.458", "299792458", True),
        ("299.792.458", "299.792 458", False),  # no number is written with two marks
        ("299.792.458", "299.792.459", False),
        ("1,234.5", "1 234,5", True),
        ("1,234.5", "1234.5", True),
        ("1,234.5", "1.234", False),
        ("19,7", "19.7 km", True),
        ("19.7", "19,7 km", True),
        ("19,7", "197", False),
        ("19,7", "19,75", False),
        ("19,7", "119,7", False),
        ("0,125", "0.125", True),
        ("0.125", "0125", False),  # nothing is grouped behind a nought
        ("between 1 969 and 2,5", "between 1969 and 2.5", True),
        ("60 000 to 70 000", "60,000 to 70.000", True),
    ],
)
def test_forms_of_a_number(sought: str, text: str, *, expected: bool) -> None:
    assert found(sought, text) is expected


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("1969", "1.969"),  # the year is no decimal, and nothing says that the other is grouped
        ("1969", "1 969"),
        ("22.12.2024", "22,12,2024"),
        ("2016/679", "2016 679"),
        ("18-NQ/TW", "18 NQ/TW"),
        ("1 96", "196"),
        ("1234 567", "1234567"),
    ],
)
def test_what_is_not_grouped_is_sought_as_it_is(sought: str, text: str) -> None:
    assert found(sought, f"On {sought}.")
    assert not found(sought, text)


@pytest.mark.parametrize(
    ("sought", "text", "expected"),
    [
        ("11", "2011", False),
        ("11", "1.11", False),
        ("11", "11,5", False),
        ("11", "11 000", False),
        ("11", "11'000", False),
        ("11", "11 00", True),
        ("11", "11, 000", True),
        ("300", "24 300", False),
        ("300", "1’300", False),
        ("300", "in 2024 300 people", True),  # a year and a number
        ("300", "1 234 300", False),
        ("1 969", "1 969 000", False),
        ("1 969", "31 969", False),
        ("1 969", "2 001 969", False),
        ("460 000", "2 460 000", False),
        ("460 000", "460000", True),
        ("2019", "in 2019 300 people", True),
        ("12 million", "112 million", False),
        ("over 12", "over 12.", True),
    ],
)
def test_outer_digits_are_not_part_of_a_longer_number(sought: str, text: str, *, expected: bool) -> None:
    assert found(sought, text) is expected


def test_all_else_is_taken_to_the_letter() -> None:
    assert found("(a.b)", "x (a.b)")
    assert not found("a.b", "axb")
    assert found("", "")
