"""Which values of two sentences differ, and which only look it."""

import pytest

from rag.values import DATE, Value, agree, find_values, holds, tells


def only(text: str, language: str = "en") -> Value:
    (value,) = find_values(text, language)
    return value


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("It is 12 km long and cost 3 million euros.", "en", ["km", "EUR"]),
        ("The fire hurt 12 people.", "en", ["peopl"]),
        ("It opened in 2019.", "en", [DATE]),
        ("It opened on 2 May 2019 with 1200 guests.", "en", [DATE, "guest"]),
        ("Article 29 defines it.", "en", []),
        ("Son article 13 organise le droit.", "fr", []),
        ("Dự án gồm 23 ga khách.", "vi", ["ga"]),
        ("Den är 96 meter hög och kostade 12 miljoner.", "sv", ["m", "kostade -"]),
        ("Resolution 57-NQ/TW was signed.", "en", []),
    ],
)
def test_a_value_has_a_kind(text: str, language: str, kinds: list[str]) -> None:
    assert [value.kind for value in find_values(text, language)] == kinds


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1,200 people", "1,203 people", True),
        ("about 1,200 people", "1,203 people", True),
        ("about 1,200 people", "1,350 people", True),
        ("1,200 people", "1,350 people", False),
        ("12 million euros", "12.4 million euros", True),
        ("7 million euros", "7.4 million euros", True),
        ("12 million euros", "13 million euros", False),
        ("10 million euros", "13 million euros", False),
        ("12 million euros", "12 billion euros", False),
        ("50 km", "50.5 km", True),
        ("31.4 km", "31 km", True),
        ("31.4 km", "31.6 km", False),
        ("300 tonnes", "290 tonnes", True),
        ("523 votes", "532 votes", False),
        ("20 people", "19 people", False),
        ("at least 20 people", "27 people", True),
        ("up to 35 million euros", "up to 75 million euros", False),
        ("over 200 people", "12 people", True),
    ],
)
def test_rounding_is_no_difference(one: str, other: str, same: bool) -> None:
    assert agree(only(one), only(other)) is same
    assert agree(only(other), only(one)) is same


def test_a_noun_may_be_told_by_the_word_behind_it() -> None:
    some, others, all_of_them = "deux galeries ferroviaires", "trois galeries parallèles", "trois galeries"
    assert agree(only(some, "fr"), only(others, "fr"))
    assert not agree(only(some, "fr"), only(all_of_them, "fr"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("on 6 May 1994", "in 1994", True),
        ("on 6 May 1994", "in May 1994", True),
        ("on 6 May 1994", "on 6 May", True),
        ("on 6 May 1994", "in 1995", False),
        ("on 6 May 1994", "on 7 May 1994", False),
        ("on 6 May 1994", "on 6 June", False),
    ],
)
def test_dates_are_compared_by_the_parts_that_both_have(one: str, other: str, same: bool) -> None:
    assert agree(only(one), only(other)) is same


def test_a_date_that_says_less_does_not_hold_one_that_says_more() -> None:
    day, year = only("on 6 May 1994"), only("in 1994")
    assert holds(day, day)
    assert holds(only("on 6 May"), day)
    assert not holds(year, day)
    assert not holds(only("on 6 May 1995"), day)


def test_a_value_tells_one_of_two_across_languages() -> None:
    given, otherwise = only("It has 775 islands."), only("It has 757 islands.")
    assert tells(only("Den har 775 öar.", "sv"), given, otherwise)
    assert not tells(only("Den har 757 öar.", "sv"), given, otherwise)
    assert tells(only("Det var 1994.", "sv"), only("on 6 May 1994"), only("on 6 May 1995"))
