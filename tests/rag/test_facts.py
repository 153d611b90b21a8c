"""A fact is held when the text says the same, in whatever form; a swapped one is not."""

import pytest

from rag.facts import FactSource, find_facts

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


def test_year_in_vietnamese_is_not_the_number_five() -> None:
    assert [fact.text for fact in find_facts("vào năm 1987", "vi")] == ["1987"]


def test_the_first_word_of_a_sentence_is_capital_whatever_it_is(resolution: FactSource) -> None:
    assert missing("Resolutionen antogs av partiet.", "sv", resolution) == []
    assert missing("Resolutionen antogs av partiet.", "sv", FactSource("Dokumentet antogs av Politbyrån.", "sv")) == []
