"""The name of a site, however its letters are written in its address."""

import pytest

from documents.site_name import is_site_name


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Sønderjylland i dag", "www.sonderjyllandidag.dk"),
        ("Đà Nẵng Online", "danangonline.vn"),
        ("Łódź dziś", "lodzdzis.pl"),
        ("Blåbærposten", "blabaerposten.no"),
        ("L'Œil du Maire", "loeildumaire.fr"),
        ("Le Courrier", "lecourrier.vn"),
        ("Straßenblatt", "strassenblatt.de"),
    ],
)
def test_the_name_of_the_address_is_the_sites(name: str, host: str) -> None:
    assert is_site_name(name, (), f"https://{host}/a", opens=True)
    assert not is_site_name(f"{name} x", (), f"https://{host}/a", opens=True)


def test_letters_that_differ_in_more_than_their_marks_are_another_name() -> None:
    assert not is_site_name("Ömsen", (), "https://omsan.se/a", opens=True)


def test_a_name_that_is_said_twice_may_be_spelled_in_two_ways() -> None:
    assert is_site_name("Sønderjylland i dag", ["SONDERJYLLAND I DAG"], None, opens=False)
