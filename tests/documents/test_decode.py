import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import ArticleError
from documents.decode import decode, decode_declared
from tests.documents.texts import LANGUAGES, law, paragraph

CYRILLIC_AND_CHINESE = "Москва — столица России.\n北京是中国的首都。\n"

# What may stand in a file and must come back: anything but NUL, lone surrogates and other line ends.
plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n\t"), min_size=1
).filter(lambda text: bool(text.strip()) and not text.startswith("\ufeff"))


@law
@given(plain)
def test_utf8_comes_back_exactly(text: str) -> None:
    assert decode(text.encode()) == text


@law
@given(text=plain, encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_decides(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_cyrillic_and_chinese_come_back_exactly(encoding: str) -> None:
    assert decode(CYRILLIC_AND_CHINESE.encode(encoding)) == CYRILLIC_AND_CHINESE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told(language: str, encoding: str) -> None:
    assert decode(paragraph(language).encode(encoding)) == paragraph(language)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "Malmö är en stad i Sverige där många människor åker tåg."),
        ("cp1252", "L’été à Hanoï — « déjà » vu par M. Müller"),
        ("cp1252", "El año pasado, el niño comió en España."),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy."),
        ("iso8859_2", "Łódź jest miastem w Polsce, gdzie żyje wielu ludzi."),
        ("cp1254", "Türkiye'nin başkenti Ankara'dır, değil mi? Şehir güzeldir."),
        ("cp1251", "Москва является столицей России."),
        ("koi8_r", "Москва является столицей России."),
        ("cp1253", "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας."),
        ("cp1256", "ماذا قال الوزير عن الذكاء الاصطناعي"),
        ("gb18030", "今天天气很好，我们去公园。人工智能技术发展很快。"),
        ("big5", "今天天氣很好，我們去公園。人工智慧技術發展很快。"),
        ("shift_jis", "今日は天気がいいですから、公園に行きましょう。"),
        ("euc_kr", "누가 결의안에 서명했습니까? 오늘은 날씨가 좋습니다."),
    ],
)
def test_older_encodings_are_told(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03abc" * 40,
        bytes(range(256)) * 50,
        b"text with a \x00 in it",
        b"".join(hashlib.sha256(bytes([n])).digest() for n in range(150)),
        b"%PDF-1.7\nplain so far",
        b"PK\x03\x04 office",
        b"\x89PNG\r\n",
        b"\xff\xfe\x00\xd8a\x00",
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match="not text"):
        decode(data, name="notes.txt")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16-le")])
def test_nothing_but_white_space_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"^notes\.txt holds no text\.$"):
        decode(data, name="notes.txt")


def test_a_name_is_shown_without_its_control_characters() -> None:
    with pytest.raises(ArticleError, match=r"^a\\nb\\x1b\[31m\.txt holds"):
        decode(b"", name="a\nb\x1b[31m.txt")


@law
@given(st.binary())
def test_whatever_is_decoded_can_be_stored(data: bytes) -> None:
    try:
        text = decode(data)
    except ArticleError:
        return
    assert text.encode().decode() == text
    assert text.strip()
    assert "\0" not in text
    assert "\r" not in text


def test_a_claimed_encoding_is_believed_unless_the_bytes_are_utf8() -> None:
    assert decode_declared("Été".encode("latin-1"), "ISO-8859-1") == "Été"
    assert decode_declared(b"\x93quoted\x94 \xe9", "iso-8859-1") == "“quoted” é"
    assert decode_declared("Été".encode(), "iso-8859-1") is None
    assert decode_declared(b"\xff\xfe\xe9", "no such encoding") is None
    assert decode_declared(b"\xe9", "rot13") is None
