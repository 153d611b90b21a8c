"""Exchanged roles: what a sentence is compared with, and when it is found to have them the wrong way round."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import load_encoder
from rag.exchange import MARGIN, TELL, exchanges, is_exchanged
from rag.generate import load_generator
from tests.fakes import FakeEncoder, FakeGenerator

TITLE, QUOTE = "Elections", "Anna Lind\ndefeated Ruth Moss."
RIGHT, WRONG = "Anna Lind won against Ruth Moss.", "Ruth Moss won against Anna Lind."


def changed(sentence: str, language: str = "en") -> list[str]:
    return list(exchanges(sentence, language, FakeEncoder()))


@pytest.mark.parametrize(
    ("sentence", "language", "other"),
    [
        (RIGHT, "en", WRONG),
        ("Sjön ligger 44 meter över havet och är 106 meter djup.", "sv", "106 meter över havet och är 44 meter djup"),
        ("Sau năm 1960, năm 1983 là mốc thứ hai.", "vi", "Sau năm 1983, năm 1960 là mốc thứ hai."),
        ("The bridge is above the school.", "en", "The school is above the bridge."),
        ("Skolan är äldre än kyrkan.", "sv", "Kyrkan är äldre än skolan."),
    ],
)
def test_facts_and_words_change_places(sentence: str, language: str, other: str) -> None:
    assert any(other in text for text in changed(sentence, language))


def test_a_name_and_a_number_have_no_role_in_common() -> None:
    assert not any(text.startswith("44") for text in changed("Anna Lind was 44."))


def test_of_numbers_whole_ones_change_places() -> None:
    assert "In 1985 he won 98 medals and 5 cups." in changed("In 1985 he won 5 medals and 98 cups.")


def test_a_year_and_an_amount_have_no_role_in_common() -> None:
    assert not any("in 12" in text for text in changed("The bridge was built in 1931 for 12 kronor."))


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Anna Lind and Ruth Moss founded the club.", "en"),
        ("Le club a été fondé par Anna Lind, Ruth Moss.", "fr"),
        ("Åren 1931 och 1968 stängdes bron.", "sv"),
        ("Anna Lind và Ruth Moss.", "vi"),
    ],
)
def test_the_order_of_a_list_means_nothing(sentence: str, language: str) -> None:
    others = changed(sentence, language)
    assert not any(text.find("Ruth") < text.find("Anna") for text in others if "Ruth Moss" in text)
    assert not any("1968 och 1931" in text for text in others)


@pytest.mark.parametrize("sentence", ["", "It was.", "1885", "Anna Lind.", "Anna met Anna."])
def test_where_nothing_can_change_places_there_is_nothing_to_compare_with(sentence: str) -> None:
    assert changed(sentence) == []


@given(st.text(alphabet="AB ab1é2-.,'", max_size=60), st.sampled_from(["en", "fr", "sv", "vi", "de"]))
def test_an_exchange_has_the_characters_of_the_sentence_in_another_order(sentence: str, language: str) -> None:
    for other in changed(sentence, language):
        assert other != sentence
        assert Counter(other.casefold()) == Counter(sentence.casefold())


@pytest.mark.parametrize(("gain", "expected"), [(MARGIN, True), (MARGIN - 0.1, False), (-MARGIN, False)])
def test_it_is_exchanged_when_it_is_clearly_likelier_the_other_way_round(gain: float, *, expected: bool) -> None:
    model = FakeGenerator()
    model.likelihoods = {RIGHT: -10.0 + gain, WRONG: -10.0}
    assert is_exchanged(model, FakeEncoder(), TITLE, QUOTE, WRONG) is expected
    (prompt,) = model.judged
    assert (prompt.system, prompt.passages) == (TELL, ())
    assert prompt.question.startswith("Article: Elections\nAnna Lind defeated Ruth Moss.\n\nSay")


def test_a_model_that_cannot_tell_finds_nothing_exchanged() -> None:
    class Silent(FakeGenerator):
        def log_likelihoods(self, prompt: object, texts: object) -> None:
            del prompt, texts

    assert not is_exchanged(Silent(), FakeEncoder(), TITLE, QUOTE, WRONG)


@pytest.mark.model
@pytest.mark.parametrize(
    ("quote", "right", "wrong"),
    [
        (
            "Anna Lind besegrade Ruth Moss i valet.",
            "Anna Lind defeated Ruth Moss in the election.",
            "Ruth Moss defeated Anna Lind in the election.",
        ),
        (
            "France beat Sweden in the final of 1998.",
            "La France a battu la Suède en finale.",
            "La Suède a battu la France en finale.",
        ),
        (
            "The bridge was opened in 1931 and the tunnel in 1968.",
            "Le tunnel a ouvert en 1968 et le pont en 1931.",
            "Le pont a ouvert en 1968 et le tunnel en 1931.",
        ),
    ],
)
def test_the_real_model_finds_the_wrong_way_round_the_less_likely(quote: str, right: str, wrong: str) -> None:
    model, encoder = load_generator("qwen2.5-coder-1.5b-instruct"), load_encoder()
    assert is_exchanged(model, encoder, "", quote, wrong)
    assert not is_exchanged(model, encoder, "", quote, right)
