"""The reader in a real Chromium: exactly the quoted characters are marked, and the chosen ones are in view."""

from collections.abc import Callable
from dataclasses import replace

import gradio as gr
import pytest
from playwright.sync_api import Locator, expect

from documents import Article, Section, SectionKind
from rag import Citation, Library
from tests.ui.web.hostile import ARTICLES, THEIRS
from tests.ui.web.pages import PHONE, Build, Opened
from ui.web.exchange import Quote
from ui.web.reader import Reader, card_html

pytestmark = pytest.mark.browser

LONG = "".join(f"The river rose by {n} metres in the year {2000 + n}.  \n\n" for n in range(80))
RIVER = Article("", LONG, "A river", "2024-11-20", "Gazette", "en", "https://example.org/river", "/press/river.md")
HEAD = "The mayor’s school\n\n"
BODY = "The school opened in 2019.\r\nIt has\ttwo doors\u00a0and \x85 a 北京 roof.\n"
SCHOOL = Article(
    "",
    HEAD + BODY + "The train is late",
    "The mayor’s school",
    "2024-11",
    "Courier",
    "en",
    None,
    "/press/school.md",
    (
        Section(SectionKind.HEADLINE, "", 0, len(HEAD) - 2),
        Section(SectionKind.BODY, "", len(HEAD), len(HEAD + BODY)),
        Section(SectionKind.TEASER, "The train is late", len(HEAD + BODY), len(HEAD + BODY) + 17),
    ),
    author="Edna Ray",
)

FOCUS_ELSEWHERE = "() => { const head = document.querySelector('h1'); head.tabIndex = -1; head.focus(); }"


def span(article: Article, words: str, number: int) -> Citation:
    start = article.text.index(words)
    return Citation(number, article, start, start + len(words))


Opener = Callable[..., Opened]
PlaceOpener = Callable[[Build], Opened]


@pytest.fixture
def open_reader(open_place: PlaceOpener, library: Library) -> Opener:
    """A page with an answer of marks on the left and the reader on the right."""

    def open_(*citations: Citation, language: str = "en") -> Opened:
        cards = "".join(card_html(1, Quote.cited(each), language) for each in citations)
        marks = "".join(
            f'<a class="mark" href="#" data-exchange="1" data-number="{each.number}" '
            f'aria-describedby="card-1-{each.number}">{each.number}</a> '
            for each in citations
        )

        def build() -> gr.Blocks:
            with gr.Blocks(fill_width=True) as page, gr.Row():
                gr.HTML(f"<h1>Answer</h1><p>It says {marks}</p>{cards}", js_on_load=None, apply_default_css=False)
                with gr.Column(elem_id="panel"):
                    gr.HTML("<p id='sources'>Sources</p>", js_on_load=None, apply_default_css=False)
                    reader = Reader(library, "reader")
                page.load(lambda: reader.texts(language), None, [reader.pane])
            return page

        shown = open_place(build)
        expect(shown.page.locator("a.mark").first).to_be_visible()
        expect(shown.page.locator(f".reader-frame[data-language={language}]")).to_have_count(1)
        return shown

    return open_


def stored(library: Library, article: Article) -> Article:
    (article_id,) = library.add(article).added
    return library.article(article_id)


def marked(shown: Opened, number: int) -> str:
    """All characters that are marked as belonging to a quote."""
    return str(
        shown.page.evaluate(
            """number => [...document.querySelectorAll(".text mark")]
                .filter((mark) => mark.dataset.quotes.split(" ").includes(number))
                .map((mark) => mark.textContent).join("")""",
            str(number),
        )
    )


def current(shown: Opened) -> str:
    return "".join(shown.page.locator(".text mark[aria-current]").all_text_contents())


def in_view(mark: Locator) -> bool:
    """Whether all of a mark can be seen, once it has stayed where it is for 0.7 s."""
    return bool(
        mark.evaluate(
            """async (node) => {
                const at = () => node.getBoundingClientRect();
                for (let before = at().top, still = 0; still < 7; ) {
                    await new Promise((go) => setTimeout(go, 100));
                    still = at().top === before ? still + 1 : 0;
                    before = at().top;
                }
                const { top, bottom, left, right } = at();
                return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
            }"""
        )
    )


def test_a_click_on_a_mark_shows_exactly_its_quote_in_the_article(open_reader: Opener, library: Library) -> None:
    river = stored(library, RIVER)
    quote = span(river, "rose by 60 metres in the year 2060.  \n\nThe river rose by 61", 1)
    shown = open_reader(quote, span(river, "The river rose by 3 metres", 2))
    assert shown.page.locator(".reader-frame").is_hidden()
    shown.page.locator("a.mark").first.click()
    expect(shown.page.locator(".opened .title")).to_have_text("A river")
    assert shown.page.locator(".text").evaluate("node => node.textContent") == river.text
    assert (marked(shown, 1), marked(shown, 2)) == (quote.quote, "The river rose by 3 metres")
    assert current(shown) == quote.quote
    assert in_view(shown.page.locator("mark[aria-current]").first)
    expect(shown.page.locator("#sources")).to_be_hidden()
    expect(shown.page.locator(".opened .facts")).to_have_text("Gazette · 20 Nov 2024 · English")
    expect(shown.page.get_by_role("link", name="Open at example.org")).to_have_attribute("rel", "noopener noreferrer")
    shown.keep("reader")
    shown.page.get_by_role("button", name="Back to the sources").click()
    expect(shown.page.locator("#sources")).to_be_visible()
    expect(shown.page.locator("a.mark").first).to_be_focused()
    assert shown.harm == []


def test_keys_step_through_the_quotes_and_on_to_the_next_article(open_reader: Opener, library: Library) -> None:
    river, school = stored(library, RIVER), stored(library, SCHOOL)
    shown = open_reader(
        span(river, "rose by 70 metres", 1), span(school, "It has\ttwo doors", 2), span(river, "rose by 2 metres", 3)
    )
    shown.page.locator("a.mark").last.click()
    expect(shown.page.locator(".reader-count")).to_have_text("1 of 3")
    expect(shown.page.get_by_role("button", name="Previous quote")).to_be_disabled()
    assert current(shown) == "rose by 2 metres"
    shown.page.keyboard.press("n")
    expect(shown.page.locator(".reader-count")).to_have_text("2 of 3")
    assert current(shown) == "rose by 70 metres"
    assert in_view(shown.page.locator("mark[aria-current]"))
    shown.page.keyboard.press("n")
    expect(shown.page.locator(".opened .title")).to_have_text("The mayor’s school")
    assert current(shown) == "It has\ttwo doors"
    shown.page.keyboard.press("n")
    expect(shown.page.locator(".reader-count")).to_have_text("3 of 3")
    shown.page.keyboard.press("p")
    expect(shown.page.locator(".opened .title")).to_have_text("A river")
    assert current(shown) == "rose by 70 metres"
    shown.page.get_by_role("button", name="Next quote").click()
    expect(shown.page.locator(".opened .title")).to_have_text("The mayor’s school")
    shown.keep("reader-sections")
    shown.page.keyboard.press("Escape")
    expect(shown.page.locator(".reader-frame")).to_be_hidden()
    assert shown.harm == []


def test_any_characters_come_through_and_quotes_may_overlap(open_reader: Opener, library: Library) -> None:
    school = stored(library, SCHOOL)
    citations = (
        span(school, "opened in 2019.\r\nIt has\ttwo", 1),
        span(school, "It has\ttwo doors\u00a0and \x85 a 北京", 2),
        span(school, "school\n\nThe school opened in 2019.\r\nIt", 3),
    )
    shown = open_reader(*citations)
    shown.page.locator("a.mark").first.click()
    expect(shown.page.locator(".opened .title")).to_have_text("The mayor’s school")
    assert shown.page.locator(".text").evaluate("node => node.textContent") == school.text
    for citation in citations:
        assert marked(shown, citation.number) == citation.quote
    assert current(shown) == citations[0].quote


def test_pointing_at_a_mark_shows_the_quote_with_its_origin(open_reader: Opener, library: Library) -> None:
    shown = open_reader(span(stored(library, RIVER), "rose by 5 metres", 1))
    card = shown.page.locator("#hover-card")
    shown.page.locator("a.mark").hover()
    expect(card).to_be_visible()
    expect(card.locator(".card-quote")).to_have_text("rose by 5 metres")
    expect(card.locator(".title")).to_have_text("A river")
    expect(card.locator(".facts")).to_have_text("Gazette · 20 Nov 2024 · English")
    card.hover()
    shown.page.wait_for_timeout(400)
    expect(card).to_be_visible()
    shown.keep("card")
    shown.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    shown.page.locator("h1").hover()
    shown.page.keyboard.press("Tab")
    for _ in range(5):
        if shown.page.evaluate("document.activeElement.matches('a.mark')"):
            break
        shown.page.keyboard.press("Tab")
    expect(card).to_be_visible()
    shown.page.keyboard.press("Enter")
    expect(shown.page.locator(".opened .title")).to_have_text("A river")
    expect(card).to_be_hidden()


def test_a_card_stays_while_its_mark_is_pointed_at_whatever_happens_beside_it(
    open_reader: Opener, library: Library
) -> None:
    shown = open_reader(span(stored(library, RIVER), "rose by 5 metres", 1))
    shown.page.locator("a.mark").hover()
    shown.page.evaluate(FOCUS_ELSEWHERE)  # before the card is there
    card = shown.page.locator("#hover-card")
    expect(card).to_be_visible()
    shown.page.evaluate("document.querySelector('#reader').dispatchEvent(new Event('scroll'))")
    shown.page.wait_for_timeout(400)
    expect(card).to_be_visible()
    shown.page.locator("h1").hover()
    expect(card).to_be_hidden()


def pointed_at(open_reader: Opener, library: Library) -> Opened:
    """A page with a quote, whose mark is pointed at and whose card is shown."""
    shown = open_reader(span(stored(library, RIVER), "rose by 5 metres", 1))
    shown.page.locator("a.mark").hover()
    expect(shown.page.locator("#hover-card")).to_be_visible()
    return shown


def test_a_card_goes_with_the_keyboard_when_the_mark_that_was_pointed_at_is_no_more(
    open_reader: Opener, library: Library
) -> None:
    shown = pointed_at(open_reader, library)
    drawn_anew = """node => {
        node.replaceWith(node.cloneNode(true));
        (%s)();
        return document.getElementById('hover-card').hidden;
    }"""
    assert shown.page.locator("a.mark").evaluate(drawn_anew % FOCUS_ELSEWHERE)


def test_a_card_goes_with_the_keyboard_when_the_pointer_has_left_the_window(
    open_reader: Opener, library: Library
) -> None:
    shown = pointed_at(open_reader, library)
    card = shown.page.locator("#hover-card")
    shown.page.mouse.move(-10, -10)
    expect(card).to_be_hidden()
    shown.page.evaluate(FOCUS_ELSEWHERE)
    shown.page.keyboard.press("Tab")
    expect(card).to_be_visible()
    shown.page.keyboard.press("Tab")
    expect(card).to_be_hidden()


def test_what_has_changed_or_gone_since_is_said(open_reader: Opener, library: Library) -> None:
    river, school = stored(library, RIVER), stored(library, SCHOOL)
    shown = open_reader(span(river, "rose by 5 metres", 1), span(school, "The school opened in 2019.", 2))
    library.add(replace(RIVER, text="A new beginning. It rose by 6 metres."))
    library.remove(school.id)
    shown.page.locator("a.mark").first.click()
    expect(shown.page.locator(".changed")).to_contain_text("has changed since it was cited")
    expect(shown.page.locator(".changed blockquote")).to_contain_text("rose by 5 metres")
    shown.page.keyboard.press("n")
    expect(shown.page.locator(".changed")).to_contain_text("no longer in the library")
    expect(shown.page.locator(".changed blockquote")).to_contain_text("The school opened in 2019.")
    shown.keep("reader-gone")


def test_the_reader_speaks_the_language_of_the_interface(open_reader: Opener, library: Library) -> None:
    shown = open_reader(span(stored(library, RIVER), "rose by 5 metres", 1), language="vi")
    shown.page.locator("a.mark").click()
    expect(shown.page.get_by_role("button", name="Về các nguồn")).to_be_visible()
    expect(shown.page.locator(".reader-count")).to_have_text("1 trên 1")


def test_on_a_phone_nothing_is_wider_than_the_screen(open_reader: Opener, library: Library) -> None:
    river = stored(library, replace(RIVER, text=RIVER.text + "w" * 300, title="T" * 200))
    shown = open_reader(span(river, "rose by 60 metres", 1))
    shown.page.set_viewport_size(PHONE)
    shown.page.locator("a.mark").click()
    expect(shown.page.locator("mark[aria-current]")).to_have_count(1)
    assert in_view(shown.page.locator("mark[aria-current]"))
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_articles_are_text_in_the_reader_and_on_cards(open_reader: Opener, library: Library) -> None:
    library.add(*ARTICLES)
    articles = [library.article(each.id) for each in library.articles()]
    citations = [Citation(number, article, 0, len(article.text)) for number, article in enumerate(articles, 1)]
    assert len(citations) == len(ARTICLES)
    shown = open_reader(*citations)
    for number, citation in enumerate(citations):
        mark = shown.page.locator("a.mark").nth(number)
        mark.hover()
        expect(shown.page.locator("#hover-card")).to_be_visible()
        assert shown.page.locator("#hover-card .title").text_content() == citation.article.title
        mark.click()
        expect(shown.page.locator(".reader-count")).to_have_text(f"{number + 1} of {len(citations)}")
        expect(shown.page.locator(f'[data-article="{citation.article.id}"].opened')).to_have_count(1)
        assert shown.page.locator(".text").evaluate("node => node.textContent") == citation.article.text
        shown.page.keyboard.press("Escape")
    expect(shown.page.locator(THEIRS)).to_have_count(0)
    assert shown.page.evaluate("window.ran") is None
    assert shown.harm == []
