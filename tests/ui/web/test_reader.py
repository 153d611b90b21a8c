"""The reader as HTML: its text is the article's, its marks are the quotes, whatever either holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from documents import Article, Section, SectionKind
from ui.web.exchange import Origin, Quote
from ui.web.reader import Mark, article_html, card_html, gone_html, parts, placed

# lxml's parser, unlike a browser's, does not keep every control character; test_reader_page.py asks a browser.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.just("\n"))
KINDS = st.sampled_from(list(SectionKind))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(TEXT.filter(bool))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    sections = tuple(Section(draw(KINDS), "", start, end) for start, end in spans)
    return Article("x", text, draw(TEXT), language="en", sections=sections)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[Article, list[Mark]]:
    article = draw(articles())
    spans = draw(st.lists(st.tuples(*[st.integers(0, len(article.text))] * 2), max_size=5))
    marks = [
        Mark(number, min(span), max(span), article.text[min(span) : max(span)])
        for number, span in enumerate(spans, 1)
        if span[0] != span[1]
    ]
    return article, marks


@given(quoted())
def test_the_parts_of_an_article_joined_are_its_text(case: tuple[Article, list[Mark]]) -> None:
    article, marks = case
    found = parts(article, marks)
    assert "".join(run.text for part in found for run in part.runs) == article.text
    for mark in marks:
        runs = [run for part in found for run in part.runs]
        assert "".join(run.text for run in runs if mark.number in run.numbers) == mark.text
        assert [mark.number in run.begins for run in runs].count(True) == 1


@given(quoted(), st.integers(0, 5), st.sampled_from(["en", "fr", "sv", "vi"]))
def test_the_page_holds_the_text_and_its_marks_the_quotes(
    case: tuple[Article, list[Mark]], chosen: int, language: str
) -> None:
    article, marks = case
    tree = html.fromstring(article_html(article, marks, chosen, language))
    (text,) = tree.find_class("text")
    assert text.text_content() == article.text
    for mark in marks:
        found = [each for each in text.iter("mark") if str(mark.number) in each.get("data-quotes", "").split()]
        assert "".join(each.text_content() for each in found) == mark.text
    for each in text.iter("mark"):
        numbers = each.get("data-quotes", "").split()
        assert (each.get("aria-current") == "true") == (str(chosen) in numbers)
    assert tree.find_class("title")[0].text_content() == article.title


@given(articles(), TEXT)
def test_quotes_are_found_where_they_are_now(article: Article, before: str) -> None:
    whole = Mark(1, 0, len(article.text), article.text)
    (moved,), missing = placed([whole], before + article.text)
    assert (before + article.text)[moved.start : moved.end] == article.text
    assert missing == ()
    assert placed([whole], article.text[:-1]) == ((), (whole,))


@given(st.integers(), st.integers(), st.text())
def test_offsets_of_anywhere_do_no_harm(start: int, end: int, text: str) -> None:
    (mark,), _ = placed([Mark(1, start, end)], text)
    assert 0 <= mark.start <= mark.end <= len(text)


def test_sections_are_shown_as_what_they_are() -> None:
    kinds = ("headline", "caption", "body", "teaser", "other")
    text = "".join(f"a {kind}\n" for kind in kinds)
    starts = [text.index(f"a {kind}") for kind in kinds]
    spans = zip(kinds, starts, [*starts[1:], len(text)], strict=True)
    article = Article("x", text, "A", sections=tuple(Section(SectionKind(k), "", a, b) for k, a, b in spans))
    tree = html.fromstring(article_html(article, [], None, "en"))
    for kind in kinds:
        (part,) = tree.find_class(kind)
        assert part.text_content().strip() == f"a {kind}"
    assert tree.find_class("teaser")[0].get("aria-label") == "Announcement of another article"
    assert tree.find_class("body")[0].get("aria-label") is None


@pytest.mark.parametrize("language", ["en", "fr", "sv", "vi"])
def test_words_that_the_article_lost_are_shown_with_a_warning(language: str) -> None:
    article = Article("x", "The bridge opened in 2020.", "A bridge")
    lost = Mark(1, 0, 26, "The bridge opened in 2019.")
    tree = html.fromstring(article_html(article, [lost, Mark(2, 0, 10, "The bridge")], 1, language))
    (changed,) = tree.find_class("changed")
    assert "The bridge opened in 2019." in changed.text_content()
    assert [mark.text_content() for mark in tree.iter("mark")] == ["The bridge"]


def test_an_article_that_is_gone_leaves_its_quotes() -> None:
    shown = gone_html([Mark(1, 0, 5, "<b>It")], "A <i>title</i>", "en")
    assert "no longer in the library" in shown
    assert "&lt;b&gt;It" in shown
    assert "<i>" not in shown


def test_the_card_of_a_quote_from_an_announcement_names_what_is_announced() -> None:
    teaser = Section(SectionKind.TEASER, "The river", 0, 3)
    origin = Origin("a", "A page", None, None, "en", None, None)
    (title,) = html.fromstring(card_html(1, Quote(origin, 0, 3, "abc", teaser, 1), "en")).find_class("title")
    assert title.text_content() == "The river"


HEADED = "# The bridge\n\nIt opened in 2019. ## is no heading here.\n### The river\n#It rose.\n"


def signs(page: str) -> list[str]:
    return [each.text_content() for each in html.fromstring(page).find_class("sign")]


@pytest.mark.parametrize("quote", ["# The bridge", "bridge\n\nIt opened", "2019. ", "## is"])
def test_the_signs_of_headings_are_dimmed_and_still_there(quote: str) -> None:
    start = HEADED.index(quote)
    article = Article("x", HEADED, "The bridge")
    page = article_html(article, [Mark(1, start, start + len(quote), quote)], 1, "en")
    assert html.fromstring(page).find_class("text")[0].text_content() == HEADED
    assert "".join(each.text_content() for each in html.fromstring(page).iter("mark")) == quote
    assert signs(page) == ["#", "###"]


def test_the_signs_of_headings_are_dimmed_in_cards_and_quotes() -> None:
    cited = Quote(Origin("x", "The bridge", None, None, "en", None, None), 0, 12, HEADED[:12], number=1)
    page = card_html(1, cited, "en")
    assert signs(page) == ["#"]
    assert html.fromstring(page).find_class("card-quote")[0].text_content() == "# The bridge"
