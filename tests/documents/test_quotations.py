import pytest

from tests.documents.test_structure import passages


@pytest.mark.parametrize(
    ("language", "spoken", "other"),
    [
        ("en", '"The river rose by two metres."  Mayor Anna Ek said so.', "Then it fell again."),
        ("sv", "”Floden steg två meter.” Det säger Anna Ek.", "Sedan sjönk den."),
        ("sv", "– Floden steg två meter. Den sjönk sedan, säger Anna Ek.", "Hon bor i Falun."),
        ("fr", "« Le fleuve a monté de deux mètres. » Ainsi a déclaré Anna Ek.", "Puis il a baissé."),
        ("de", "„Der Fluss stieg um zwei Meter.“ Das sagte Anna Ek.", "Dann sank er."),
    ],
)
def test_a_quotation_stays_with_its_speaker(language: str, spoken: str, other: str) -> None:
    assert passages(f"{spoken} {other}", 6, language=language) == [spoken, other]


def test_a_quotation_of_which_nobody_is_named_stands_by_itself() -> None:
    text = "”Floden steg två meter.” Sedan sjönk den igen."
    assert passages(text, 5) == ["”Floden steg två meter.”", "Sedan sjönk den igen."]


@pytest.mark.parametrize(
    ("language", "quoted", "after"),
    [
        ("en", '"The river rose by two metres."', "So the road was closed."),
        ("fr", "« Le fleuve a monté de deux mètres. »", "Dans sa maison, il fait froid."),
        ("de", "„Der Fluss stieg um zwei Meter.“", "So geht es nicht."),
        ("da", "”Floden steg to meter.”", "Hun sa meget kort."),
        ("und", '"The river rose by two metres."', "Mayor Anna Ek said so."),
    ],
)
def test_a_word_that_says_something_in_another_language_names_nobody(language: str, quoted: str, after: str) -> None:
    assert passages(f"{quoted} {after}", 6, language=language) == [quoted, after]
