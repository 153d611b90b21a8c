from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Limit, Section, SectionKind, context_at, split
from tests.documents.test_split import count_words, texts_of
from tests.documents.test_structure import COUNTIES, lines, passages
from tests.documents.texts import law


def test_sentences_are_packed_up_to_the_target() -> None:
    text = "One two three. Four five six. Seven eight nine."
    assert texts_of(text, Limit(count_words, 6, 50)) == ["One two three. Four five six.", "Seven eight nine."]


def test_paragraphs_of_fair_size_are_not_mixed() -> None:
    text = "One two three four five.\n\nSix seven eight nine ten."
    assert texts_of(text, Limit(count_words, 10, 50)) == text.split("\n\n")


def test_small_paragraphs_are_joined() -> None:
    text = "One two.\n\nThree four.\n\nFive six."
    assert texts_of(text, Limit(count_words, 10, 50)) == [text]


def test_a_signature_goes_with_the_last_paragraph() -> None:
    text = "One two three four five.\n\nSix seven eight nine ten.\n\nABC"
    found = texts_of(text, Limit(count_words, 5, 50))
    assert found == ["One two three four five.", "Six seven eight nine ten.\n\nABC"]
    assert texts_of(text, Limit(count_words, 5, 5)) == [*text.split("\n\n")]


def test_a_sentence_over_the_target_stands_alone() -> None:
    text = "One two. It was a long and slow and cold way home. Three four."
    assert texts_of(text, Limit(count_words, 4, 50)) == [
        "One two.",
        "It was a long and slow and cold way home.",
        "Three four.",
    ]


def test_a_headline_takes_a_sentence_with_it() -> None:
    text = "One two three four\n\nFive six seven eight. Nine ten eleven twelve."
    headline = Section(SectionKind.HEADLINE, "", 0, 18)
    found = texts_of(text, Limit(count_words, 5, 50), sections=(headline,))
    assert found == ["One two three four\n\nFive six seven eight.", "Nine ten eleven twelve."]
    assert texts_of(text[:18], Limit(count_words, 5, 50), sections=(headline,)) == [text[:18]]


def test_room_is_kept_for_what_travels_with_a_passage() -> None:
    """Two more rows come to 16, and the header that goes with them, without its outer bars, to 5."""
    text = f"{COUNTIES}\n| Mora | 20 000 | Mora |"
    assert len(passages(text, 20)) == 3
    assert len(passages(text, 21)) == 2


def with_context(article: Article, maximum: int) -> list[str]:
    """The passages behind what travels with them, as they are embedded."""
    found = split(article, [Limit(len, None, maximum)])
    return [f"{context_at(article, passage.start)}\n{passage.text}".lstrip("\n") for passage in found]


def test_a_sentence_as_long_as_a_passage_leaves_room_for_its_chapter() -> None:
    text = "Floden\n\nEtt två. " + "tre fyra " * 6 + "fem."
    chapter = Section(SectionKind.BODY, "Floden", 0, len(text))
    shown = with_context(Article("", text, "", language="sv", sections=(chapter,)), 58)
    assert shown[1].startswith("Floden\n")
    assert max(map(len, shown)) <= 58


@law
@given(told=st.lists(lines, max_size=20), heading=st.sampled_from(["", "Heading"]), maximum=st.integers(20, 90))
def test_what_travels_with_a_passage_never_takes_it_over_the_maximum(
    told: list[str], heading: str, maximum: int
) -> None:
    text = "\n".join(told)
    section = Section(SectionKind.BODY, heading, 0, len(text))
    of = Article("", text, "", language="en", sections=(section,))
    assert all(len(shown) <= maximum for shown in with_context(of, maximum))
