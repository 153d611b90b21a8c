import time
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Limit, Section, SectionKind, context_at, sentences, split
from documents.tables import header_above
from tests.documents.test_split import assert_laws, count_words
from tests.documents.texts import law

COUNTIES = "| Län | Folkmängd | Stad |\n|---|---|---|\n| Dalarna | 288 387 | Falun |\n| Gävleborg | 285 452 | Gävle |"
"""Words and bars: 7 in the header, 1 in the rule, 8 in each row."""


def passages(text: str, target: int, maximum: int = 100, language: str = "sv") -> list[str]:
    article = Article("", text, "", language=language)
    return [passage.text for passage in split(article, [Limit(count_words, target, maximum)])]


def contexts(text: str, target: int, **more: tuple[Section, ...]) -> list[tuple[str, str]]:
    article = Article("", text, "", language="sv", **more)  # type: ignore[arg-type]
    found = split(article, [Limit(count_words, target, 100)])
    return [(context_at(article, passage.start), passage.text) for passage in found]


def test_a_row_is_one_sentence_whatever_its_cells_hold() -> None:
    text = "| Mr. X | Yes! No. | 3 |\n| Anna. | B. C |"
    assert [text[start:end] for start, end in sentences(text, "en")] == text.split("\n")


def test_a_row_whose_cells_hold_prose_is_read_as_prose() -> None:
    cell = "It rained for a week, and then the river rose by two metres. " * 2 + "The mayor closed the bridge."
    row = f"| {cell} | {cell} |"
    assert len(sentences(row, "en")) > 4


def test_the_header_travels_with_rows_that_are_cut_off_from_it() -> None:
    assert contexts(COUNTIES, 17) == [
        ("", "| Län | Folkmängd | Stad |\n|---|---|---|\n| Dalarna | 288 387 | Falun |"),
        ("Län | Folkmängd | Stad", "| Gävleborg | 285 452 | Gävle |"),
    ]


def test_a_header_is_never_left_without_a_row() -> None:
    assert passages(f"Ett två tre fyra fem sex.\n\n{COUNTIES}", 14)[0] == "Ett två tre fyra fem sex."


def test_a_header_that_is_not_ruled_off_is_told_by_its_column_of_numbers() -> None:
    rows = "| Ort | 2021 | 2022 |\n| Falun | 58 000 | 59 000 |\n| Mora | 20 000 | 20 500 |"
    assert contexts(rows, 10)[-1] == ("Ort | 2021 | 2022", "| Mora | 20 000 | 20 500 |")


@pytest.mark.parametrize(
    "rows",
    [
        "| Falun | 59 000 |\n| Mora | 20 000 |\n| Rättvik | 11 000 |",  # numbers from the first row on
        "| Namn | Anna |\n| Ort | Falun |\n| Yrke | Läkare |",  # words only: nobody knows
    ],
)
def test_a_table_without_a_header_has_none(rows: str) -> None:
    assert {context for context, _ in contexts(rows, 5)} == {""}


def test_a_caption_that_is_ruled_off_is_part_of_the_header() -> None:
    table = f"| Folkmängd 2023 |  |  |\n|---|---|---|\n{COUNTIES}"
    assert context_at(Article("", table, ""), table.index("| Gävle")) == "Folkmängd 2023; Län | Folkmängd | Stad"


def test_the_header_of_one_table_is_not_that_of_the_next_nor_of_prose() -> None:
    text = f"{COUNTIES}\n\n| Falun | 59 000 |\n| Mora | 20 000 |\n\nSlutet."
    article = Article("", text, "")
    assert context_at(article, text.index("| Mora")) == ""
    assert context_at(article, text.index("Slutet")) == ""


def test_a_ruled_first_row_of_prose_is_no_header() -> None:
    prose = "It rained for a week, and then the river rose by two metres. " * 5
    table = f"| {prose} | Menu |\n|---|---|\n| Falun | 59 000 |\n| Mora | 20 000 |"
    assert context_at(Article("", table, ""), table.index("| Mora")) == ""


def test_where_headers_stand_is_not_remembered_of_many_texts() -> None:
    class Text(str):
        """A text whose end can be seen."""

        __slots__ = ("__weakref__",)

    text = Text(COUNTIES)
    seen = weakref.ref(text)
    assert header_above(text, text.index("| Gävle"))
    del text
    assert header_above("", 0) == ""
    assert seen() is None


def test_a_chapter_s_heading_travels_with_passages_that_do_not_begin_with_it() -> None:
    text = "Floden\n\nEtt två tre fyra fem sex. Sju åtta nio tio elva tolv."
    chapter = (Section(SectionKind.BODY, "Floden", 0, len(text)),)
    assert contexts(text, 7, sections=chapter) == [
        ("", "Floden\n\nEtt två tre fyra fem sex."),
        ("Floden", "Sju åtta nio tio elva tolv."),
    ]


def test_a_paragraph_in_a_heading_s_style_does_not_crowd_out_what_it_stands_over() -> None:
    text = "Början.\n\n" + "Ett två. " * 100
    section = Section(SectionKind.BODY, "långt " * 1_000, 9, len(text) - 1)
    assert len(context_at(Article("", text, "", sections=(section,)), 20)) < 250


def test_an_item_is_not_cut_inside() -> None:
    text = "- Bygga fler bostäder. Det ska gå fort.\n- Rusta upp skolor. Lärarna väntar.\n- Öppna tåglinjer."
    assert passages(text, 10) == [text[:39], text[40:]]
    assert passages(text, 5) == text.split("\n")


def test_an_item_goes_on_over_indented_lines() -> None:
    text = "1. Bygga fler bostäder.\n   Det ska gå fort.\n2. Rusta upp skolor."
    assert passages(text, 8) == ["1. Bygga fler bostäder.\n   Det ska gå fort.", "2. Rusta upp skolor."]


def test_an_item_over_the_maximum_is_cut_between_its_sentences() -> None:
    text = "- Bygga fler bostäder. Det ska gå fort."
    assert passages(text, 4, 5) == ["- Bygga fler bostäder.", "Det ska gå fort."]


@pytest.mark.parametrize("heading", ["Vad som händer nu", "## Vad som händer nu", "Det här händer nu:"])
def test_a_heading_goes_with_what_it_stands_over(heading: str) -> None:
    text = f"Ett två tre fyra.\n\n{heading}\n\nFem sex sju åtta nio tio."
    assert passages(text, 12) == ["Ett två tre fyra.", f"{heading}\n\nFem sex sju åtta nio tio."]


def test_a_tiny_line_before_a_heading_is_not_left_alone() -> None:
    text = "En bild.\n\nVad som händer nu\n\nFem sex sju åtta nio tio elva tolv tretton."
    assert passages(text, 13) == [text]


def test_a_line_that_leads_in_a_list_goes_with_it() -> None:
    text = "Ett två tre fyra.\n\nLänen vill:\n\n- Bygga bostäder.\n- Rusta skolor."
    assert passages(text, 8) == ["Ett två tre fyra.", "Länen vill:\n\n- Bygga bostäder.\n- Rusta skolor."]


lines = st.sampled_from(
    [
        *("| A | B |", "|---|---|", "| 1 | 2 |", "- An item. More of it.", "  indented", "* B", "1. One", "## Heading"),
        *("They want:", '"Yes." He said so.', "– No. It rains, says Eva. Then.", "A sentence. Another one.", "", ""),
    ]
)


@law
@given(
    told=st.lists(lines, max_size=20),
    counter=st.sampled_from([len, count_words]),
    target=st.one_of(st.none(), st.integers(1, 60)),
    maximum=st.integers(4, 90),
)
def test_the_laws_of_passages_hold_for_any_structure(told, counter, target, maximum) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    of = Article("", "\n".join(told), "", language="en")
    limits = [Limit(counter, target, maximum)]
    assert_laws(of, split(of, limits), limits)


@law
@given(told=st.lists(lines, max_size=20), target=st.integers(1, 40))
def test_rows_and_items_are_whole_where_the_maximum_allows(told: list[str], target: int) -> None:
    of = Article("", "\n".join(told), "", language="en")
    cuts = {at for passage in split(of, [Limit(count_words, target, 1_000)]) for at in (passage.start, passage.end)}
    position = 0
    for line in told:
        if line.startswith(("|", "- ", "* ", "1. ")):
            assert not cuts & set(range(position + 1, position + len(line)))
        position += len(line) + 1


@pytest.mark.parametrize("table", ["| Ort | {} |\n| 1 | 2 |\n| 3 | 4 |", "| Ort | Tal |\n| a | {} |\n| b | 2 |"])
def test_a_cell_of_countless_digits_takes_no_time(table: str) -> None:
    text = table.format("1" * 40_000 + "abcd")
    start = time.process_time()
    context_at(Article("", text, ""), len(text) - 3)
    assert time.process_time() - start < 5


def test_a_table_takes_time_in_proportion_to_its_rows() -> None:
    text = "| Ort | Antal |\n|---|---|\n" + "| Falun | 59 000 |\n" * 20_000
    start = time.process_time()
    found = contexts(text, 50)
    assert {context for context, _ in found[1:]} == {"Ort | Antal"}
    assert time.process_time() - start < 20
