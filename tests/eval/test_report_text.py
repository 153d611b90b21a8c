"""Untrusted text on a page: nothing is lost, nothing acts, quotes stand in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report_text import Piece, excerpt, language_tag, marked, mentions, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a⟨U+0000⟩b"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("safe\u202egpj.exe", "safe⟨U+202E⟩gpj.exe"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("half \ud800", "half ⟨U+D800⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("two\r\nlines\rand\tmore", "two\nlines\nand\tmore"),
        ("می\u200cخواهم, क\u200dष", "می\u200cخواهم, क\u200dष"),
    ],
)
def test_what_would_act_or_hide_is_shown_by_its_number_and_spelling_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_whatever_it_was_it_can_be_written_and_shows_the_same_again(text: str) -> None:
    shown = visible(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert visible(shown) == shown


@pytest.mark.parametrize("code", ["sv", "zh-Hant", "en-US", "pt-BR-x1"])
def test_a_language_code_is_kept(code: str) -> None:
    assert language_tag(code) == code


@pytest.mark.parametrize("code", ["", "und", "sv_SE", 'en" onload="x', "<b>", "e", "en\n", "sv "])
def test_what_is_no_language_code_is_none(code: str) -> None:
    assert language_tag(code) == ""


def test_spans_are_marked_once_where_they_overlap_and_outside_the_text_nothing_is() -> None:
    pieces = marked("0123456789", [(6, 8), (2, 5), (4, 7), (9, 99), (-3, -1)])
    assert pieces == (
        Piece("01"),
        Piece("234", marked=True),
        Piece("56", marked=True),
        Piece("7", marked=True),
        Piece("8"),
        Piece("9", marked=True),
    )


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=5))
def test_pieces_give_back_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_a_number_is_found_as_it_is_written_and_not_within_another() -> None:
    assert mentions("In 11 of 2011, 11.", ["11", ""]) == [(3, 5), (15, 17)]
    assert mentions("a.c abc", ["a.c"]) == [(0, 3)]


def test_an_excerpt_is_cut_between_words_and_says_where() -> None:
    text = f"{'alpha ' * 100}the quote itself{' omega' * 100}"
    start = text.index("the quote")
    shown = excerpt(text, start, start + len("the quote itself"))
    before, quote, after = shown.pieces
    assert (quote.text, quote.marked) == ("the quote itself", True)
    assert (shown.cut_before, shown.cut_after) == (True, True)
    assert before.text.split() == ["alpha"] * len(before.text.split())
    assert after.text.split() == ["omega"] * len(after.text.split())
    assert 130 <= len(before.text) <= 160
    assert "".join(piece.text for piece in shown.pieces) in text


@given(st.text(max_size=600), st.data())
def test_an_excerpt_is_a_piece_of_the_text_around_its_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = excerpt(text, start, end)
    assert shown.pieces[1].text == text[start:end]
    whole = "".join(piece.text for piece in shown.pieces)
    assert whole in text
    assert (whole == text) == (not shown.cut_before and not shown.cut_after)
