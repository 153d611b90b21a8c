"""A fact is held when the text says the same, in whatever form; a swapped one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts import FactSource, find_facts
from rag.names import find_names

RESOLUTION = "Le 22 décembre 2024, le secrétaire général du Parti, Tô Lâm, a signé la résolution N° 57-NQ/TW."
RANK = "Le Vietnam se classe 74e sur 193 pays dans l'indice de développement du gouvernement électronique."


def missing(sentence: str, language: str, source: FactSource) -> list[str]:
    return [fact.text for fact in find_facts(sentence, language) if not source.holds(fact, language)]


@pytest.fixture
def resolution() -> FactSource:
    return FactSource(RESOLUTION, "fr", "Une résolution", "2024-12")


@pytest.fixture
def rank() -> FactSource:
    return FactSource(RANK, "fr")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Tô Lâm signed resolution 57-NQ/TW on December 22, 2024.", "en"),
        ("Tô Lâm undertecknade resolution 57-NQ/TW den 22 december 2024.", "sv"),
        ("Ông Tô Lâm ký nghị quyết 57-NQ/TW ngày 22 tháng 12 năm 2024.", "vi"),
        ("Il a signé la résolution 57-NQ/TW le 22/12/2024.", "fr"),
    ],
)
def test_the_same_facts_in_other_languages_are_held(sentence: str, language: str, resolution: FactSource) -> None:
    assert missing(sentence, language, resolution) == []


@pytest.mark.parametrize(
    ("sentence", "language", "swapped"),
    [
        ("Tô Lâm signed it on December 23, 2024.", "en", "December 23, 2024"),
        ("Tô Lâm signed it on 22 November 2024.", "en", "22 November 2024"),
        ("Tô Lâm signed resolution 75-NQ/TW.", "en", "75-NQ/TW"),
        ("La résolution fut signée par Pham Minh Chinh.", "fr", "Pham Minh Chinh"),
        ("Den skrevs under 2023.", "sv", "2023"),
    ],
)
def test_a_swapped_fact_is_missing(sentence: str, language: str, swapped: str, resolution: FactSource) -> None:
    assert missing(sentence, language, resolution) == [swapped]


def test_a_rank_is_a_number(rank: FactSource) -> None:
    assert missing("Vietnam ranks 74th of 193 countries.", "en", rank) == []
    assert missing("Vietnam ranks 47th of 193 countries.", "en", rank) == ["47"]


def test_countries_agree_across_languages() -> None:
    source = FactSource("La Chine et les États-Unis ont signé.", "fr")
    assert missing("It was signed by China and the United States.", "en", source) == []
    assert missing("It was signed by Japan.", "en", source) == ["Japan"]


def test_acronyms_that_change_their_order_agree_only_across_languages() -> None:
    source = FactSource("La gouvernance de l'IA selon l'UE", "fr")
    assert missing("They discussed AI in the EU.", "en", source) == []
    assert missing("On parle de l'AI.", "fr", source) == ["AI"]


def test_the_year_may_come_from_the_articles_date() -> None:
    source = FactSource("La conférence s'est ouverte le 27 octobre.", "fr", "", "2025-10-27")
    assert missing("It opened on 27 October 2025.", "en", source) == []
    assert missing("It opened on 27 October 2024.", "en", source) == ["27 October 2024"]


def test_possessives_and_elisions_are_not_part_of_a_name() -> None:
    assert [fact.text for fact in find_facts("They ask the WHO's chief and l'UE.", "en")] == ["WHO", "UE"]


@given(st.text(st.sampled_from("AZaé 0159.,-/'€%\u202e"), max_size=40), st.sampled_from(["en", "fr", "sv", "de", "vi"]))
def test_a_fact_is_written_as_in_its_sentence(sentence: str, language: str) -> None:
    for text in (sentence, f"{sentence} le 3 mai 2019, {sentence} Jean-Luc Ek, 3 May."):
        assert [fact.text for fact in find_facts(text, language) if fact.text not in text] == []


def test_hours_of_the_morning_name_nobody() -> None:
    assert [name.text for name in find_names("It opens at 10 AM, said PM Carney, until 6 PM.", "en")] == ["PM Carney"]


def test_year_in_vietnamese_is_not_the_number_five() -> None:
    assert [fact.text for fact in find_facts("vào năm 1987", "vi")] == ["1987"]


def test_the_first_word_of_a_sentence_is_capital_whatever_it_is(resolution: FactSource) -> None:
    assert missing("Resolutionen antogs av partiet.", "sv", resolution) == []
    assert missing("Resolutionen antogs av partiet.", "sv", FactSource("Dokumentet antogs av Politbyrån.", "sv")) == []


@pytest.mark.parametrize(
    ("claimed", "source", "language"),
    [
        ("It was designed by Michel Platini.", "It was designed by Michel Virlogeux.", "en"),
        ("It belongs to Carlos Martinez.", "It belongs to Carlos Martin.", "en"),
        ("Macron signed the law in 2014.", "President Hollande signed the law in 2014.", "en"),
        ("Barack Obama met Angela Merkel.", "Michelle Obama met Angela Merkel.", "en"),
        ("Kanzler Scholz unterschrieb das Gesetz.", "Kanzler Merkel unterschrieb das Gesetz.", "de"),
        ("Das Gesetz trägt den Namen Olaf Scholz.", "Das Gesetz trägt den Namen Angela Merkel.", "de"),
    ],
)
def test_another_name_is_missing_and_the_true_one_is_not(claimed: str, source: str, language: str) -> None:
    assert missing(claimed, language, FactSource(source, language))
    assert missing(source, language, FactSource(source, language)) == []


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("Michel Platini ritade den.", "L'ingénieur Michel Virlogeux l'a dessiné."),
        ("Barack Obama kom.", "Michelle Obama"),
    ],
)
def test_across_languages_another_name_in_its_place_is_told_from_a_missing_one(claimed: str, source: str) -> None:
    french = FactSource(source, "fr")
    assert [french.swapped(fact, "sv") for fact in find_facts(claimed, "sv")] == [True]
    (body,) = find_facts("Det sade Kungliga Biblioteket.", "sv")[-1:]
    assert not french.swapped(body, "sv")


@pytest.mark.parametrize(
    ("sentence", "language", "source"),
    [
        ("Regeringens lista är lång.", "sv", "Ministären skrev en lista som är lång."),
        ("However, Hollande signed it.", "en", "President Hollande signed it."),
        ("Researchers found it.", "en", "Then Hubble found it."),
        ("Enligt Obama är det sant.", "sv", "Det är sant, sade Michelle Obama."),
        ("President Obama met Merkel.", "en", "Barack Obama met Merkel."),
    ],
)
def test_an_ordinary_first_word_is_no_name(sentence: str, language: str, source: str) -> None:
    assert missing(sentence, language, FactSource(source, language)) == []


@pytest.mark.parametrize(
    ("claimed", "language", "source"),
    [
        ("It is Vietnam's and the Europeans'.", "en", "Vietnam and European lands"),
        ("Det är Vänerns yta.", "sv", "Ytan av Vänern"),
        ("In Viet Nam and Mobi Fone", "en", "Both Vietnam and Mobifone"),
    ],
)
def test_a_name_may_take_another_ending(claimed: str, language: str, source: str) -> None:
    assert missing(claimed, language, FactSource(source, language)) == []


def test_a_name_may_be_given_in_full_by_the_passage() -> None:
    wider = "Emmanuel Macron came. It rained. It snowed. Macron spoke."
    assert missing("Then Emmanuel Macron spoke.", "en", FactSource("Macron spoke.", "en", wider=wider)) == []
    assert missing("Then Brigitte Macron spoke.", "en", FactSource("Macron spoke.", "en", wider=wider))


def test_a_code_is_compared_by_whole_words() -> None:
    assert missing("Take the A1.", "en", FactSource("Drive via 1 tunnel.", "en")) == ["A1"]
    assert missing("Take the A1.", "en", FactSource("Drive on the A 1 south.", "en")) == []


def test_an_amount_in_short_is_a_number_and_no_code() -> None:
    assert missing("Le pont a coûté 12M€.", "fr", FactSource("It cost 12 million euros.", "en")) == []
    assert missing("Le pont a coûté 12M€.", "fr", FactSource("It cost 12 billion euros.", "en")) == ["12M"]


def test_an_article_before_a_name_is_no_other_first_name() -> None:
    market = FactSource("The Grainger Market was opened in 1835.", "en")
    assert missing("Chợ Grainger khai trương năm 1835.", "vi", market) == []


@pytest.mark.parametrize("name", ["Florida", "Cape Canaveral", "Doha"])
def test_a_name_that_is_not_there_is_not_found_because_a_country_is(name: str) -> None:
    source = FactSource("Webb was launched from Kourou in France on 25 December.", "en")
    (fact,) = [fact for fact in find_facts(f"Webb was launched from {name}.", "en") if fact.text == name]
    assert not source.holds(fact, "en")


def test_numbers_of_the_title_and_the_date_of_the_article_are_held() -> None:
    source = FactSource("It was often changed.", "en", context="The press law of 1881", date="2024-11-08")
    for sentence, text in (("The law of 1881 changed.", "1881"), ("In November 2024 it held.", "November 2024")):
        (fact,) = [fact for fact in find_facts(sentence, "en") if fact.text == text]
        assert source.holds(fact, "en")
    (other,) = [fact for fact in find_facts("In November 2023 it held.", "en") if fact.text == "November 2023"]
    assert not source.holds(other, "en")
