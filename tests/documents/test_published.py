import pytest

from documents.published import iso_date, standing_date

PROSE = "the council met and agreed on the new plan for the harbour after a long night of talks in the old town hall"


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("fr", "Hanoï, 20 novembre 2024", "2024-11-20"),
        ("fr", "Publié le 1er mai 2024 à 10 h 30", "2024-05-01"),
        ("fr", f"PARIS, 3 mai 2024 (AFP) - {PROSE}", "2024-05-03"),
        ("sv", "Publicerad den 1 maj 2024 kl. 10.30", "2024-05-01"),
        ("sv", "2024-11-20", "2024-11-20"),
        ("en", "Published on March 4, 2024", "2024-03-04"),
        ("vi", "Thứ Tư, ngày 20 tháng 11 năm 2024", "2024-11-20"),
        ("vi", "Báo MớiBáo Mới27/10/2025", "2025-10-27"),
        ("vi", "3/4/2025 10:30", "2025-04-03"),
        ("de", "Stand: 20. November 2024", "2024-11-20"),
        ("de", "20.11.2024", "2024-11-20"),
        ("zh", "2024年11月20日", "2024-11-20"),
        ("ar", "20 نوفمبر 2024", "2024-11-20"),
        ("fr", "Novembre 2024", "2024-11"),
        # English numbers: the day may come first or second, unless only one of them is a date.
        ("en", "By Jane Doe 03/04/2024", "2024"),
        ("en", "By Jane Doe 13/04/2024", "2024-04-13"),
        ("en", "By Jane Doe 04/13/2024", "2024-04-13"),
        ("en", "By Jane Doe 05/05/2024", "2024-05-05"),
    ],
)
def test_a_date_that_stands_by_itself(language: str, line: str, expected: str) -> None:
    assert standing_date(line, language) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Le 22 décembre 2024, le secrétaire a signé la résolution."),
        ("fr", "Hanoï, 20 novembre"),
        ("fr", "Du 3 mai 2024 au 5 mai 2024"),
        ("en", f"On 3 May 2024 {PROSE}"),
        ("en", "31/02/2024"),
        ("en", "The war of 1914 to November 1918"),
        ("en", "Call 01-02-20245 today"),
        ("sv", ""),
    ],
)
def test_a_date_in_prose_is_not_taken(language: str, line: str) -> None:
    assert standing_date(line, language) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        ("2024-11", "2024-11"),
        ("2024-11-20", "2024-11-20"),
        ("2024-11-20T10:00:00Z", "2024-11-20"),
        ("2024-11-20 10:00", "2024-11-20"),
        ("November 20, 2024", "2024-11-20"),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_declared_date(value: str, expected: str | None) -> None:
    assert iso_date(value) == expected
