"""Each text is made up after the shape of real saved articles."""

import pytest

from documents.metadata import read_plain

BODY = "Le maire a ouvert le nouveau pont lundi matin, devant une foule nombreuse. Il a coûté un million d'euros."


def test_a_saved_page_with_the_name_of_its_site() -> None:
    text = (
        "Nouvelles.example - Le site des nouvelles\n\nUn pont ouvert à Lyon\n\n"
        f"{BODY}\n\nLe CourrierLe Courrier27/10/2025\n\nLégende de la photo\nLe pont. Photo : A. B./CDE\n\n{BODY}\n\n"
        "Source : https://courrier.example/pont-20251027.htm\n\nComment (0)\n\nMême sujet"
    )
    found = read_plain(text, "fr")
    assert found.title == "Un pont ouvert à Lyon"
    assert found.date == "2025-10-27"
    assert found.source == "Nouvelles.example"
    assert found.url == "https://courrier.example/pont-20251027.htm"
    assert [text[a:b] for a, b in found.others] == [
        "Nouvelles.example - Le site des nouvelles",
        "Le CourrierLe Courrier27/10/2025",
        "Source : https://courrier.example/pont-20251027.htm",
    ]


NAMED = f"Un pont de plus pour la ville de Lyon\n\n{BODY}\n\n{BODY}"


@pytest.mark.parametrize(
    ("text", "source", "line"),
    [
        (f"LyonPlus\n\n{NAMED}\n\nLyonPlus", "LyonPlus", "line 1"),
        (f"LyonPlus\n\n{NAMED}\n\nSource : https://www.lyonplus.example/pont", "LyonPlus", "line 1"),
        (f"{NAMED}\n\nLe Courrier du Rhône\nSource : https://lecourrier.co.uk/a", "Le Courrier du Rhône", "line 7"),
        (f"{NAMED}\nSource : https://bao-dien.vn/a\n\nBáo Điện", "Báo Điện", "line 8"),
        (f"Lyon.example - tout Lyon\n\n{NAMED}\n\nLyonPlus", "Lyon.example", "line 1"),
    ],
)
def test_the_name_of_the_site_on_a_line_of_its_own(text: str, source: str, line: str) -> None:
    found = read_plain(text, "fr")
    assert (found.title, found.source) == ("Un pont de plus pour la ville de Lyon", source)
    assert dict(found.provenance)["source"] == line
    assert text.split("\n")[int(line.removeprefix("line ")) - 1] in [text[a:b] for a, b in found.others]


@pytest.mark.parametrize(
    "text",
    [
        f"Économie\n\n{NAMED}",
        f"{NAMED}\n\nJeanne Dupont\nSource : https://lyonplus.example/a",
        f"{NAMED}\nSource : https://lyonplus.example/a\n\nLyon",
        f"{NAMED}\nSource : https://[lyonplus/a\n\nLyonPlus",
        f"Partager\n\n{NAMED}\n\nPartager",
        f"Le pont\n\n{BODY}\n\nLe pont",
    ],
)
def test_a_short_line_that_may_be_anything_names_no_site(text: str) -> None:
    assert read_plain(text, "fr").source is None


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("LyonPlus ouvre un pont", "Le chantier a duré deux ans"),
        ("LyonPlus ouvre un pont", "Par Jeanne Dupont"),
        ("LyonPlus ouvre un pont", "12 mars 2024"),
        ("LyonPlus", "Par Jeanne Dupont"),
        ("LyonPlus", "Paris, le 12 mars 2024"),
    ],
)
def test_a_title_with_the_name_of_its_host_is_a_title(title: str, below: str) -> None:
    found = read_plain(f"{title}\n{below}\n\n{BODY}\n\nSource : https://www.lyonplus.example/pont", "fr")
    assert (found.title, found.source) == (title, None)


@pytest.mark.parametrize(
    "below", ["Par Jeanne Dupont", "12/03/2024", "Publié le 12 mars 2024 à 10h00", "Mis à jour le mardi 12 mars 2024"]
)
def test_a_title_said_again_at_the_end_is_a_title(below: str) -> None:
    found = read_plain(f"Le pont\n{below}\n\n{BODY}\n\nLe pont", "fr")
    assert (found.title, found.source) == ("Le pont", None)
    assert (found.author, found.date, found.modified) != (None, None, None)


def test_a_headline_with_a_date_below_the_name_of_the_site() -> None:
    found = read_plain(f"LyonPlus\n\nRetour sur le 3 mai 2019\n\n{BODY}\n\nLyonPlus", "fr")
    assert (found.title, found.source, found.date) == ("Retour sur le 3 mai 2019", "LyonPlus", None)


@pytest.mark.parametrize("line", ["Par Jeanne Dupont", "12 mars 2024"])
def test_neither_date_nor_byline_is_the_title_below_the_address_of_the_site(line: str) -> None:
    found = read_plain(f"Nouvelles.example - Le site\n\n{line}\n\n{BODY}", "fr")
    assert (found.title, found.source) == (None, "Nouvelles.example")


def test_a_date_marker_stuck_to_the_headline() -> None:
    text = f" date 2024-11 Un pont pour tous\n\n{BODY}\n\nPhoto : ABC/DEF\n\n{BODY}\n\nABC/DEF\n"
    found = read_plain(text, "fr")
    assert (found.title, found.date, found.source, found.url) == ("Un pont pour tous", "2024-11", "ABC/DEF", None)
    assert found.headline is not None
    assert text[slice(*found.headline)] == "Un pont pour tous"
    assert [text[a:b] for a, b in found.others] == ["date 2024-11", "ABC/DEF"]


@pytest.mark.parametrize(("marker", "date"), [("date 2024", "2024"), ("date 2024-11-20", "2024-11-20")])
def test_the_marker_has_the_precision_it_has(marker: str, date: str) -> None:
    assert read_plain(f"{marker} Un pont\n\n{BODY}", "fr").date == date


def test_an_impossible_marker_is_part_of_the_headline() -> None:
    found = read_plain(f"date 2024-13 Un pont\n\n{BODY}", "fr")
    assert (found.title, found.date) == ("date 2024-13 Un pont", None)


def test_an_agency_in_brackets() -> None:
    text = f"Un pont en 2025\n\nDes passants sur le pont. Photo : pont.example\n\nLyon (ABC) - {BODY}"
    found = read_plain(text, "fr")
    assert (found.title, found.source, found.date) == ("Un pont en 2025", "ABC", None)


@pytest.mark.parametrize("label", ["Källa", "Quelle", "Nguồn", "来源", "المصدر", "SOURCE"])
def test_the_address_behind_the_word_for_source(label: str) -> None:
    assert read_plain(f"Bron\n\nBron öppnades.\n\n{label}: https://a.example/b", "sv").url == "https://a.example/b"


@pytest.mark.parametrize("line", ["Twitter: https://t.example", "Läs mer på https://a.example", "Källa: a.example"])
def test_other_addresses_are_left_alone(line: str) -> None:
    assert read_plain(f"Bron\n\nBron öppnades.\n\n{line}", "sv").url is None


@pytest.mark.parametrize(
    "text",
    [
        "Le pont a ouvert lundi.\n\nIl a coûté un million.",
        f"{BODY}\n\n{BODY}",
        "Photo : A. B./CDE\n\nLe pont a ouvert.",
        "The mayor of Malmö opened the new bridge on Monday,\nsaying that trains would run by May. Then\nshe left.",
        "The mayor of Malmö opened the new bridge on Monday and\nsaid that trains would run by May. Then\nshe left.",
        "* * *\n\nLe pont a ouvert.",
        "https://a.example/b\n\nBody.",
    ],
)
def test_a_first_line_that_is_no_headline(text: str) -> None:
    assert read_plain(text, "fr").title is None


def test_the_headline_s_own_date_is_not_the_publication_s() -> None:
    assert read_plain("Retour sur le 3 mai 2019\n\nLe pont a ouvert.", "fr").date is None


def test_nothing_is_known_of_an_empty_text() -> None:
    assert read_plain(" \n", "fr").title is None


def test_who_wrote_and_when_it_was_changed_and_where_that_stands() -> None:
    text = f"Un pont ouvert\n\nPar Jeanne Dupont et Paul de la Tour\n\n3 mai 2024\nMis à jour le 5 mai 2024\n\n{BODY}"
    found = read_plain(text, "fr")
    assert (found.author, found.date, found.modified) == (
        "Jeanne Dupont et Paul de la Tour",
        "2024-05-03",
        "2024-05-05",
    )
    assert dict(found.provenance) == {"title": "line 1", "author": "line 3", "date": "line 5", "modified": "line 6"}
    assert len(found.others) == 3


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE | 3 May 2024", "JANE DOE"),
        ("Av Åsa Öberg", "Åsa Öberg"),
        ("Von Karl-Heinz Müller und Eva Groß", "Karl-Heinz Müller und Eva Groß"),
        ("Tác giả: Nguyễn Văn A", "Nguyễn Văn A"),
        ("By the river the mayor opened the bridge", None),
        ("By Monday it was over", None),
        ("Par exemple", None),
    ],
)
def test_a_byline(line: str, author: str | None) -> None:
    assert read_plain(f"Un pont\n\n{line}\n\n{BODY}", "fr").author == author


def test_a_name_that_stands_twice_before_the_date() -> None:
    assert read_plain(f"Un pont\n\nLe CourrierLe Courrier27/10/2025\n\n{BODY}", "fr").author == "Le Courrier"
