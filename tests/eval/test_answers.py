"""What the words of an answer are worth, against values worked out by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import answer_is_right, contains_answer, copies, language_is_right, normalise, token_f1
from tests.eval.made import QUESTION


def test_normalise_folds_case_width_and_spaces() -> None:
    assert normalise("  1\u00a0100\u202fKM \n２０１９ Straße") == "1 100 km 2019 strasse"


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("It cost 12\u00a0Million.", ("12 million",), True),
        ("It cost twelve million. [1]", ("12 million", "twelve million"), True),
        ("It cost 12,5 million.", ("12 million",), False),
        ("The list has 11 technologies.", ("11",), True),
        ("In 2011 the list was made.", ("11",), False),
        ("It rose by 11.5 and 1,11.", ("11",), False),
        ("Il y en a 11.", ("11",), True),
        ("Den har 11, sade han.", ("11",), True),
        ("Tô Lâms resolution", ("tô lâm",), True),
        ("It started in May.", ("art",), False),
        ("The art of May.", ("art",), True),
        ("L'art de mai.", ("art",), True),
        ("北京地铁于2019年开通", ("2019年",), True),
        ("北京地铁开通", ("地铁",), True),
        ("Le train de 18h30.", ("h30",), True),
        ("", ("11",), False),
        ("Anything at all.", (), False),
        ("Le sommet est à 1.969 mètres.", ("1 969",), True),
        ("Le sommet est à 1\u202f969 mètres.", ("1.969",), True),
    ],
)
def test_an_answer_holds_the_gold(text: str, answers: tuple[str, ...], *, expected: bool) -> None:
    assert contains_answer(text, answers) is expected


def test_a_right_answer_gives_both_things_that_were_asked() -> None:
    both = replace(QUESTION, also=("2019", "twenty nineteen"))
    assert answer_is_right("It cost 12 million in 2019.", both)
    assert answer_is_right("It cost twelve million in twenty nineteen.", both)
    assert not answer_is_right("It cost 12 million in 2018.", both)
    assert not answer_is_right("It was 2019.", both)
    assert answer_is_right("It cost 12 million in 2018.", QUESTION)


def test_the_number_of_a_citation_is_no_answer() -> None:
    asked = replace(QUESTION, answers=("2",))
    assert not answer_is_right("There were many. [1] [2]", asked)
    assert answer_is_right("There were 2. [1]", asked)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("12 million", ("12 million",), 1.0),
        ("It cost 12 million. [1]", ("12 million",), 2 * 2 / (4 + 2)),
        ("The mayor", ("mayor",), 1.0),  # articles do not count
        ("Bridge, bridge!", ("bridge",), 2 * 1 / (2 + 1)),  # repeated words do
        ("It cost 12 million.", ("a tenth", "12 million"), 2 * 2 / (4 + 2)),  # the nearest
        ("北京地铁", ("北京",), 2 * 2 / (4 + 2)),
        ("Hà Nội", ("ha noi",), 0.0),  # tones make words
        ("Nothing of it.", ("12 million",), 0.0),
        ("", ("12 million",), 0.0),
        ("12 million", (), 0.0),
    ],
)
def test_token_f1(text: str, answers: tuple[str, ...], expected: float) -> None:
    assert token_f1(text, answers) == pytest.approx(expected)


@given(st.text(), st.text())
def test_token_f1_is_symmetric_and_at_most_one(one: str, other: str) -> None:
    there, back = token_f1(one, [other]), token_f1(other, [one])
    assert 0 <= there <= 1
    assert there == back or "[" in one + other  # a citation marker counts in a gold answer only


def test_language_of_an_answer() -> None:
    assert language_is_right("Le viaduc a été inauguré par le président de la République.", "fr")
    assert not language_is_right("The viaduct was opened by the president of the republic.", "fr")
    assert language_is_right("343 [1]", "vi")
    assert language_is_right("Philippe Jost. [1] [2]", "fr")
    assert not language_is_right("文章中没有这个问题的答案。", "fr")


PASSAGE = " ".join(f"word{number}" for number in range(80))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(0, 80, True), (0, 40, True), (20, 70, True), (0, 39, False), (0, 10, False)],
)
def test_a_copy_repeats_half_of_a_passage(first: int, last: int, *, expected: bool) -> None:
    said = " ".join(PASSAGE.split()[first:last])
    assert copies(f"Well: {said}. [1]", ["Another one.", PASSAGE]) is expected


def test_a_sentence_that_is_all_of_a_short_passage_is_quoted_and_not_copied() -> None:
    short = " ".join(PASSAGE.split()[:30])
    assert not copies(short, [short])
    assert copies(f"{short} word30", [f"{short} word30"])
    assert not copies("anything", [])
