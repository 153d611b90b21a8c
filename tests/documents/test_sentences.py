import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import sentences
from tests.documents.texts import LANGUAGES, SENTENCES, law, paragraph

pieces = st.sampled_from(
    [
        *(" ", "\n", "\n\n", "\r", "\u00a0", "\u202f", "\u2028", "\x1c", "\x85", "\u200b", "\u0301", "\u200d", "😀"),
        *(".", "!", "?", "…", "。", "؟", "।", "«", "»", "“", "”", '"', "(", ")", "'", "’"),
        *("M.", "Mme.", "Dr. ", "J. K. ", "bl.a.", "3.14", "https://a.se. ", "Oui", "elle", "да", "你好", "كيف", "é"),
    ]
)
texts = st.one_of(st.text(), st.lists(pieces).map("".join))


@law
@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "xx", ""]))
def test_sentences_are_in_order_trimmed_and_cover_everything(text: str, language: str) -> None:
    position = 0
    for start, end in sentences(text, language):
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_cut_by_hand(language: str) -> None:
    text = paragraph(language)
    assert [text[start:end] for start, end in sentences(text, language)] == SENTENCES[language]


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n \n ", "\u2028"])
def test_a_line_break_ends_a_sentence(gap: str) -> None:
    text = f"A headline without a full stop{gap}The story begins."
    assert [text[a:b] for a, b in sentences(text, "en")] == ["A headline without a full stop", "The story begins."]


def test_a_paragraph_of_fixed_width_is_read_across_its_lines() -> None:
    text = (
        "The mayor of Malmö opened the new bridge on Monday morning,\n"
        "saying that trains would run by May. Others stayed until\n"
        "dawn to see the river."
    )
    assert [text[a:b].replace("\n", " ") for a, b in sentences(text, "en")] == [
        "The mayor of Malmö opened the new bridge on Monday morning, saying that trains would run by May.",
        "Others stayed until dawn to see the river.",
    ]


def test_a_list_is_not_read_across_its_lines() -> None:
    lines = [
        "- apples and pears from the orchards of the western valley",
        "- plums that nobody picked before the first frost came",
    ]
    text = "\n".join(lines)
    assert [text[a:b] for a, b in sentences(text, "en")] == lines


def test_a_no_break_space_after_an_initial_is_a_space() -> None:
    text = "M.\u00a0Dupont part. Il revient."
    assert [text[a:b] for a, b in sentences(text, "fr")] == ["M.\u00a0Dupont part.", "Il revient."]


def test_a_number_sign_is_told_from_a_refusal() -> None:
    text = "Did he go? No. He stayed in room No. 5 of the inn."
    assert [text[a:b] for a, b in sentences(text, "en")] == ["Did he go?", "No.", "He stayed in room No. 5 of the inn."]


@pytest.mark.parametrize("unit", ["Hello (there). Mr. Smith left. ", "a", "。", "Le mot est. \n", "« "])
def test_time_grows_with_length_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        sentences(text, "en")
        return time.process_time() - start

    # Eight times the text: quadratic work would take 64 times as long.
    assert seconds(400_000) < 24 * seconds(50_000) + 0.5


def test_white_space_alone_holds_no_sentence() -> None:
    assert sentences(" \n\t ", "en") == []
    assert sentences("", "en") == []
