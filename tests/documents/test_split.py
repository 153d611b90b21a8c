import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Limit, Passage, Section, SectionKind, split
from tests.documents.test_sentences import texts
from tests.documents.texts import LANGUAGES, law, paragraph


def article(text: str, language: str = "en", sections: tuple[Section, ...] = ()) -> Article:
    return Article(id="", text=text, title="", language=language, sections=sections)


def count_words(text: str) -> int:
    return len(text.split())


def count_bytes(text: str) -> int:
    return len(text.encode())


def count_uneven(text: str) -> int:
    """Joined text counts more than its parts, unlike any tokenizer we know."""
    return len(text) + len(text) ** 2 // 50


def assert_laws(of: Article, passages: list[Passage], limits: list[Limit]) -> None:
    position = 0
    for passage in passages:
        assert passage.article is of
        assert passage.text == of.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert not of.text[position : passage.start].strip()
        assert all(limit.count(passage.text) <= limit.maximum for limit in limits)
        position = passage.end
    assert not of.text[position:].strip()


@law
@given(
    text=texts,
    language=st.sampled_from(LANGUAGES),
    counter=st.sampled_from([len, count_bytes, count_words, count_uneven]),
    target=st.one_of(st.none(), st.integers(1, 40)),
    maximum=st.integers(4, 60),
)
def test_the_three_laws_hold_for_any_text_and_counter(text, language, counter, target, maximum) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    of = article(text, language)
    limits = [Limit(counter, target, maximum)]
    assert_laws(of, split(of, limits), limits)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("maximum", [8, 30, 120])
def test_the_three_laws_hold_in_every_language(language: str, maximum: int) -> None:
    of = article("\n\n".join([paragraph(language)] * 20), language)
    limits = [Limit(len, 25, 100), Limit(count_bytes, None, maximum)]
    assert_laws(of, split(of, limits), limits)


def texts_of(text: str, *limits: Limit, **more: tuple[Section, ...]) -> list[str]:
    return [passage.text for passage in split(article(text, **more), limits)]  # type: ignore[arg-type]


def test_all_limits_hold_at_once() -> None:
    text = "One two three. Four five six. Seven eight nine."
    assert len(texts_of(text, Limit(count_words, 6, 50), Limit(len, None, 20))) == 3


def test_a_sentence_over_the_maximum_is_cut_at_a_clause() -> None:
    text = "one two three four, five six seven eight nine."
    assert texts_of(text, Limit(count_words, None, 6)) == ["one two three four,", "five six seven eight nine."]
    assert texts_of("大桥开通了，市长很高兴。", Limit(len, None, 8)) == ["大桥开通了，", "市长很高兴。"]


def test_a_clause_over_the_maximum_is_cut_between_words() -> None:
    assert texts_of("aaaa bbbb cccc dddd", Limit(len, None, 10)) == ["aaaa bbbb", "cccc dddd"]


def test_a_word_over_the_maximum_is_cut_between_what_readers_see_as_characters() -> None:
    family = "👨\u200d👩\u200d👧"
    assert texts_of(family * 3, Limit(len, None, 7)) == [family] * 3
    assert texts_of(family, Limit(len, None, 3)) == ["👨\u200d👩", "\u200d👧"]


def test_a_limit_below_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match=r"U\+5927"):
        texts_of("大", Limit(count_bytes, None, 2))
    with pytest.raises(ValueError, match="at least one limit"):
        split(article("text"), [])


def test_nothing_comes_of_white_space() -> None:
    assert texts_of(" \n ", Limit(len, 5, 5)) == []


@pytest.mark.parametrize(
    "unit", ["Hello there. It rains, and more.\n\n", "Hello there. It rains. ", "a", "word ", "你好"]
)
def test_counting_stays_linear(unit: str) -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text) // 4 + 1

    text = unit * (200_000 // len(unit))
    start = time.process_time()
    passages = split(article(text), [Limit(count, 120, 500)])
    assert counted < 10 * len(text)
    assert time.process_time() - start < 20
    assert len(passages) < len(text) / 100


kinds = st.sampled_from(list(SectionKind))
sectioned = st.lists(st.tuples(kinds, st.text("ab. \n", min_size=1, max_size=30)), min_size=1, max_size=12)


@law
@given(parts=sectioned, maximum=st.integers(4, 40))
def test_passages_do_not_cross_sections_and_leave_out_what_cannot_be_cited(parts, maximum) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    text, sections = "", []
    for kind, words in parts:
        sections.append(Section(kind, "", len(text), len(text) + len(words)))
        text += words
    of = article(text, sections=tuple(sections))
    told = [s for s in sections if s.kind is not SectionKind.OTHER and text[s.start : s.end].strip()]
    passages = split(of, [Limit(len, maximum, maximum)])
    for passage in passages if told else ():
        touched = [s for s in told if s.start < passage.end and passage.start < s.end]
        assert all(s.kind is SectionKind.HEADLINE for s in touched[:-1])
    if told:
        covered = {at for passage in passages for at in range(passage.start, passage.end)}
        wanted = (at for s in told for at in range(s.start, s.end) if not text[at].isspace())
        assert covered.issuperset(wanted)


def test_a_teaser_is_a_passage_of_its_own() -> None:
    text = "One two.\n\nRead more\n\nThree four\nFive six"
    sections = (
        Section(SectionKind.BODY, "", 0, 8),
        Section(SectionKind.OTHER, "", 10, 19),
        Section(SectionKind.TEASER, "Three four", 21, 31),
        Section(SectionKind.TEASER, "Five six", 32, 40),
    )
    assert texts_of(text, Limit(count_words, 10, 50), sections=sections) == ["One two.", "Three four", "Five six"]


def test_a_credit_alone_is_no_passage() -> None:
    text = "One two.\n\nPhoto: ABC/DEF\n\nThree four. Photo: ABC"
    sections = (
        Section(SectionKind.BODY, "", 0, 8),
        Section(SectionKind.CAPTION, "", 10, 24),
        Section(SectionKind.CAPTION, "", 26, len(text)),
    )
    found = texts_of(text, Limit(count_words, 10, 50), sections=sections)
    assert found == ["One two.", "Three four. Photo: ABC"]


def test_sections_made_by_hand_may_overlap_or_reach_too_far() -> None:
    text = "One two. Three four. Five six."
    sections = (Section(SectionKind.TEASER, "", 9, 20), Section(SectionKind.BODY, "", 5, 12_000))
    found = texts_of(text, Limit(len, 100, 100), sections=sections)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_an_article_of_nothing_but_metadata_is_still_found() -> None:
    assert texts_of("Photo: ABC", Limit(len, 50, 50), sections=(Section(SectionKind.OTHER, "", 0, 10),)) == [
        "Photo: ABC"
    ]


def test_many_sections_take_time_in_proportion() -> None:
    text = "A line of words.\n" * 5_000
    sections = tuple(Section(SectionKind.TEASER, "", at, at + 16) for at in range(0, len(text), 17))
    start = time.process_time()
    assert len(split(article(text, sections=sections), [Limit(len, 100, 100)])) == 5_000
    assert time.process_time() - start < 10
