"""A sentence that denies what the quote says is found out; a denial of something else does no harm."""

import pytest

from rag.negation import contradicts

SAID = {
    "en": ("President Hollande signed the law.", "President Hollande did not sign the law."),
    "fr": ("Le président a signé la loi.", "Le président n'a pas signé la loi."),
    "sv": ("Presidenten undertecknade lagen.", "Presidenten undertecknade inte lagen."),
    "vi": ("Tổng thống ký luật.", "Tổng thống không ký luật."),
    "de": ("Der Präsident unterzeichnete das Gesetz.", "Der Präsident unterzeichnete das Gesetz nicht."),
}


@pytest.mark.parametrize("language", SAID)
def test_a_denial_on_one_side_contradicts(language: str) -> None:
    said, denied = SAID[language]
    assert contradicts(denied, language, said, language)
    assert contradicts(said, language, denied, language)
    assert not contradicts(denied, language, denied, language)
    assert not contradicts(said, language, said, language)


@pytest.mark.parametrize("mine", SAID)
@pytest.mark.parametrize("theirs", SAID)
def test_a_denial_contradicts_across_languages(mine: str, theirs: str) -> None:
    assert contradicts(SAID[mine][1], mine, SAID[theirs][0], theirs)
    assert not contradicts(SAID[mine][1], mine, SAID[theirs][1], theirs)


@pytest.mark.parametrize(
    ("claim", "quote", "language"),
    [
        ("Hollande signed the law.", "Hollande, who did not attend the summit, signed the law.", "en"),
        ("The bridge carries trains.", "The bridge carries not only cars but trains.", "en"),
        ("The bridge is not open.", "The bridge is closed.", "en"),
        ("Le pont porte des trains.", "Le pont porte des trains, et avance pas à pas.", "fr"),
        ("Vịnh có không gian rộng.", "Vịnh có không gian rộng và đẹp.", "vi"),
        ("Bron bär tåg.", "Bron, som inte är gammal, bär tåg.", "sv"),
    ],
)
def test_a_denial_of_something_else_is_no_contradiction(claim: str, quote: str, language: str) -> None:
    assert not contradicts(claim, language, quote, language)


@pytest.mark.parametrize(
    "claim",
    [
        "Tốc độ ánh sáng trong chân không là 299 792 458 mét trên giây.",  # a vacuum
        "Không lực Hoa Kỳ có 31 căn cứ.",  # an air force
        "Có một khoảng không dài 3 mét giữa hai toà nhà.",  # a gap
        "Hãng hàng không có 31 máy bay.",  # an airline
    ],
)
def test_a_word_made_with_the_vietnamese_not_denies_nothing(claim: str) -> None:
    assert not contradicts(claim, "vi", "It is fixed at 299,792,458 metres per second.", "en")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Nhà máy vận hành từ năm 2019.", "Nhà máy không vận hành từ năm 2019."),
        ("Báo cáo trung thực về chi phí.", "Báo cáo không trung thực về chi phí."),
        ("Thư viện lưu trữ bản đồ cũ.", "Thư viện không lưu trữ bản đồ cũ."),
        ("Ngân hàng tăng lãi suất.", "Ngân hàng không tăng lãi suất."),
        ("Căn phòng khóa cửa.", "Căn phòng không khóa cửa."),
    ],
)
def test_the_vietnamese_not_denies_the_word_behind_it(claim: str, quote: str) -> None:
    assert contradicts(claim, "vi", quote, "vi")


def test_a_word_of_refusal_across_languages_is_no_contradiction() -> None:
    assert not contradicts("Lagen tillåter inte detta.", "sv", "La loi interdit cela.", "fr")
    assert not contradicts("Hollande undertecknade lagen.", "sv", "Hollande, qui n'était pas là, a signé la loi.", "fr")
