import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import words
from tests.documents.texts import law


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'été à Hanoï : « déjà » 1 100 élèves.", "l ete a hanoi deja 1 100 eleves"),
        ("Åkes blåbärssoppa kostar 3,5 kronor i Örebro.", "akes blabarssoppa kostar 3 5 kronor i orebro"),
        ("The U.S. mayor's well-known bridge.", "the u s mayor s well known bridge"),
        ("Đà Nẵng và Thành phố Hồ Chí Minh", "da nang va thanh pho ho chi minh"),
        ("Die STRASSE heißt Münzgäßchen.", "die strasse heisst munzgasschen"),
        ("人工智能AI技术。", "人工 工智 智能 ai 技术"),
        ("أَنَا بِخَيْرٍ في ٢٠٢٤", "انا بخير في 2024"),
        ("हिन्दी में किताब पढ़ना", "हिन्दी में किताब पढ़ना"),
        ("がっこうへ", "がっ っこ こう うへ"),
        ("ภาษาไทย", "ภา าษ ษา าไ ไท ทย"),
        ("한국어 문장", "한국어 문장"),
        ("Ёлка в Києві", "елка в києві"),
        ("Blåbærgrød og œuvre", "blabaergrod og oeuvre"),
        ("İstanbul ISPARTA", "istanbul isparta"),
        ("می‌خواهم", "میخواهم"),
        ("Résolution n° 57-NQ/TW", "resolution n 57 nq tw"),
        ("m² ﬁn Ａ１", "m2 fin a1"),
        ("水", "水"),
        ("… — !", ""),
    ],
)
def test_words_written_by_hand(text: str, expected: str) -> None:
    assert words(text) == [unicodedata.normalize("NFKC", word) for word in expected.split()]


@law
@given(st.text())
def test_words_are_folded_once_and_for_all(text: str) -> None:
    found = words(text)
    assert all(word and not any(c.isspace() for c in word) for word in found)
    assert [again for word in found for again in words(word)] == found


@law
@given(st.text())
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@law
@given(st.lists(st.sampled_from(["Hà", "bridge", "мост", "جسر", "किताब", "57"])))
def test_words_apart_stay_apart(parts: list[str]) -> None:
    assert words(" ".join(parts)) == [word for part in parts for word in words(part)]


def test_a_digit_that_is_newer_than_python_is_a_word_as_it_stands() -> None:
    assert words("\U0001ccf0 \u0663") == ["\U0001ccf0", "3"]
