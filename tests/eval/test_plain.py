"""A text without markup, and the way back to where its characters stood."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.plain import plain


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("It cost 12 million.", "It cost 12 million."),
        ("<p>It cost <b>12</b> million.</p>", "\nIt cost 12 million.\n"),
        ("A<br/>B", "A\nB"),
        ("x < 5 and y > 3", "x < 5 and y > 3"),
        ("Vector<int> is a type", "Vector<int> is a type"),
        ("caf&eacute; &amp; bar&nbsp;1", "café & bar\xa01"),
        ("AT&T; &unheardof;", "AT&T; &unheardof;"),
        ("<script>let a = '12 million';</script>Free.", "\nFree."),
        ("<!-- 13 -->12", "\n12"),
        ("12\x00 mil\u200blion\u202e", "12 million"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("one\x0ctwo\u2028three", "one\ntwo\nthree"),
        ("half \ud83d of it", "half \ufffd of it"),
        ("&#x1b;[2J&#xd800;", "[2J\ufffd"),
    ],
)
def test_markup_and_what_nobody_sees_is_left_out(given: str, read: str) -> None:
    assert plain(given).text == read


@given(st.text() | st.text(alphabet="ab<>/&;!-# script\x00\n"))
def test_every_character_knows_where_it_stood(text: str) -> None:
    read = plain(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    for start, end in zip(read.starts, read.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(read.starts) == sorted(read.starts)


def test_a_stretch_is_given_back_with_the_markup_inside_it() -> None:
    text = "<p>It cost <b>12</b>&nbsp;million&excl;</p>"
    read = plain(text)
    start = read.text.index("It")
    begin, end = read.place(start, start + len("It cost 12 million!"))
    assert text[begin:end] == "It cost <b>12</b>&nbsp;million&excl;"


def test_markup_that_nobody_closes_costs_little() -> None:
    started = time.perf_counter()
    plain("<script>" * 2_000 + "<!--" * 2_000 + "<b " * 20_000)
    assert time.perf_counter() - started < 5
