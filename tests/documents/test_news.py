"""Each text is made up after the shape of saved pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import SectionKind
from documents.labels import Label, label_of
from documents.news import find_sections
from tests.documents.texts import law

STORY = (
    "The mayor opened the new bridge on Monday morning, in front of a large crowd that had come from both banks of the "
    "river to see the first train.\n\n"
    "It cost two million, of which the state paid a half. Work took four years, one more than was planned, since the "
    "river rose in the second winter and carried a pillar away.\n\n"
    "Those who live nearby are glad of it. The ferry, which has run for a hundred years, makes its last crossing "
    "on Friday, and a museum will take it over."
)
SUMMARY = (
    "A second bridge is planned for the other end of the town, where the factories stood until ten years ago, and "
    "the council will hear in May what it may cost and who could pay for it."
)


def read(text: str) -> list[tuple[SectionKind, str, str]]:
    return [(s.kind, s.heading, text[s.start : s.end]) for s in find_sections(text, None, ())]


def told(text: str) -> list[tuple[str, str]]:
    return [(kind.value, words) for kind, _, words in read(text)]


def test_a_story_alone_is_one_section() -> None:
    assert told(STORY) == [("body", STORY)]


def test_a_list_behind_the_story() -> None:
    text = f"{STORY}\n\nRelated articles\n\nA second bridge for the town\nFerry to become a museum next year\n\nSports"
    assert read(text)[1:] == [
        (SectionKind.OTHER, "", "Related articles"),
        (SectionKind.TEASER, "A second bridge for the town", "A second bridge for the town"),
        (SectionKind.TEASER, "Ferry to become a museum next year", "Ferry to become a museum next year"),
        (SectionKind.OTHER, "", "Sports"),
    ]


def test_an_announcement_with_picture_and_summary() -> None:
    teaser = f"The site of the second bridge. Photo: A. B./CDE\n\nA second bridge for the town\n\n{SUMMARY}"
    text = f"{STORY}\n\nRead more\n\n{teaser}\n\nFerry to become a museum\n\n{SUMMARY}"
    assert read(text)[2:] == [
        (SectionKind.TEASER, "A second bridge for the town", teaser),
        (SectionKind.TEASER, "Ferry to become a museum", f"Ferry to become a museum\n\n{SUMMARY}"),
    ]


def test_a_list_within_the_story_ends_where_the_story_goes_on() -> None:
    text = f"{STORY}\n\nRead also\n\nA second bridge for the town\n\n{STORY}"
    assert [kind for kind, _ in told(text)] == ["body", "other", "teaser", "body"]
    assert told(text)[-1] == ("body", STORY)


def test_a_line_that_names_one_article() -> None:
    text = f"{STORY}\n\nÀ lire aussi : Un deuxième pont\n\n{STORY}"
    assert read(text)[1] == (SectionKind.TEASER, "Un deuxième pont", "À lire aussi : Un deuxième pont")
    assert told(text)[2] == ("body", STORY)


def test_comments_are_not_the_story() -> None:
    text = (
        f"{STORY}\n\nComments (2)\n\nAnna\nWhat a waste of money this is!\n\nMost read\n\nA second bridge for the town"
    )
    assert [kind for kind, _ in told(text)] == ["body", "other", "other", "other", "other", "teaser"]


def test_a_counter_above_the_story_is_one_line() -> None:
    assert told(f"3 comments\n\n{STORY}") == [("other", "3 comments"), ("body", STORY)]


def test_buttons_stand_together() -> None:
    assert [kind for kind, _ in told(f"Share\nTweet\nPrint\n\n{STORY}")] == ["other", "other", "other", "body"]
    assert told(f"Print\n\n{STORY}") == [("body", f"Print\n\n{STORY}")]
    assert told("Companies:\n\n- Facebook\n- Twitter") == [("body", "Companies:\n\n- Facebook\n- Twitter")]


@pytest.mark.parametrize(
    "caption",
    [
        "The bridge at night. Photo: A. B./CDE",
        "Bron på natten. Foto: A. B.",
        "Cây cầu ban đêm. Ảnh: ABC",
        "Die Brücke. (Foto: dpa)",
        "夜の橋 写真:ABC",
        "The bridge at night (AP Photo/A. B.)",
        "Légende de la photo\nLe pont, la nuit.",
        "A bridge opens - Ảnh 2.\n\nThe mayor cuts the ribbon.",
    ],
)
def test_a_caption_within_the_story(caption: str) -> None:
    assert told(f"{STORY}\n\n{caption}\n\n{STORY}") == [("body", STORY), ("caption", caption), ("body", STORY)]


@pytest.mark.parametrize(
    "line",
    [
        "Photos of the old ferry are shown in the museum, which opens on Friday.",
        "The photo shows the bridge.",
        "He said: it is the photo of the year, and everyone agreed with him about it.",
        "Related to this is the question of who pays.",
        "Comment",
        "See more of the river: the walk along the north bank is open again.",
    ],
)
def test_a_line_of_the_story(line: str) -> None:
    assert told(f"{STORY}\n\n{line}\n\n{STORY}") == [("body", f"{STORY}\n\n{line}\n\n{STORY}")]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Même sujet", Label.RELATED),
        ("I samma kategori", Label.RELATED),
        ("## Xem thêm", Label.RELATED),
        ("LESEN SIE AUCH:", Label.RELATED),
        ("相关新闻", Label.RELATED),
        ("اقرأ أيضا", Label.RELATED),
        ("Comment (0)", Label.COMMENTS),
        ("12 commentaires", Label.COMMENTS),
        ("Bình luận (3)", Label.COMMENTS),
        ("No data", Label.BUTTON),
        ("Related", Label.RELATED),
        ("The related question", None),
        ("", None),
    ],
)
def test_the_words_that_head_a_list(line: str, label: Label | None) -> None:
    assert label_of(line) is label


lines = st.sampled_from(
    [
        *("Read more", "Comments (2)", "Share", "Photo: A", "A headline of some words", "Menu", "", " "),
        *("One sentence.", SUMMARY, "Read also: A bridge", "A - Ảnh 1.", "Légende de la photo", "\r", "# Title"),
    ]
)


@law
@given(text=st.one_of(st.text(), st.lists(lines).map("\n".join)), cut=st.lists(st.integers(0, 300), max_size=6))
def test_sections_are_in_order_and_cover_everything(text: str, cut: list[int]) -> None:
    bounds = sorted({min(at, len(text)) for at in cut})
    known = list(zip(bounds[::2], bounds[1::2], strict=False))
    sections = find_sections(text, known[0] if known else None, known[1:])
    position = 0
    for section in sections:
        assert not text[position : section.start].strip()
        assert position <= section.start < section.end <= len(text)
        position = section.end
    assert not text[position:].strip()
