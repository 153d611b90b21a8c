"""A scope as chips: each says one condition, and taking all of them away leaves all articles."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from documents import Article
from rag import ArticleSummary, Filters, Library, QuestionError
from tests.ui.web.hostile import ARTICLES, ATTACKS, THEIRS
from tests.ui.web.pages import PHONE, Build, Opened
from ui.web.context import Shared
from ui.web.scope import ScopePicker, _asks, chips, chosen, languages, sources, without
from ui.web.texts import Texts

T = Texts.of("en")
RIVER = Article("", "The river rose by 3 metres.", "A river", "2024-11-20", "Gazette", "en", None, "/press/river.md")
BRIDGE = Article("", "The bridge opened in 2019.", "A bridge", "2019", "Courier", "en", None, "/press/bridge.md")
SCHOOL = Article("", "Trường mở năm 2024.", "Trường học", None, None, "vi", None, "/press/school.md")

NAMES = st.lists(st.text(min_size=1).filter(str.strip), max_size=3, unique=True).map(tuple)
DATES = st.none() | st.sampled_from(["2019", "2024-11", "2024-11-20"])
SCOPES = st.builds(Filters, NAMES, st.just(("en", "vi")) | st.just(()), DATES, DATES, NAMES)


def test_each_condition_is_a_chip(library: Library) -> None:
    one, two, three = library.add(RIVER, BRIDGE, SCHOOL).added
    scope = Filters(("Gazette",), ("vi",), "2019", "2024-11", (one, two, "gone"))
    assert [chip.text for chip in chips(scope, library, T)] == [
        "Gazette",
        "Vietnamese",
        "from 2019",
        "until Nov 2024",
        "2 articles",
    ]
    assert [chip.text for chip in chips(Filters(articles=(three,)), library, T)] == ["Trường học"]
    assert chips(None, library, T) == ()


@given(scope=SCOPES)
def test_taking_all_chips_away_leaves_all_articles(scope: Filters) -> None:
    class Nothing:
        def articles(self) -> list[ArticleSummary]:
            return []

    nothing: Any = Nothing()
    rest: Filters | None = scope
    for chip in chips(scope, nothing, T):
        assert rest is not None
        less = without(rest, chip.key)
        assert len(chips(less, nothing, T)) == len(chips(rest, nothing, T)) - 1
        rest = less
    assert rest in (None, Filters())


@given(scope=SCOPES)
def test_a_form_says_what_the_scope_is(scope: Filters) -> None:
    values = {name: getattr(scope, name) for name in ("sources", "languages", "date_from", "date_to", "articles")}
    assert (chosen(values) or Filters()) == scope


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(QuestionError):
        chosen({"date_from": "tomorrow"})


def test_sources_and_languages_are_offered_with_how_many_there_are() -> None:
    row = ArticleSummary("1", "x", "Gazette", None, "en", None, None, 1)
    rows = [
        row,
        replace(row, source="gazette"),
        replace(row, source="Gazette"),
        replace(row, source=None, language="und"),
    ]
    assert [(each.value, each.articles) for each in sources(rows)] == [("Gazette", 3)]
    assert [(each.value, each.text, each.articles) for each in languages(rows, T)] == [
        ("en", "English", 3),
        ("und", "Language not known", 1),
    ]


Opener = Callable[..., Opened]
PlaceOpener = Callable[[Build], Opened]


@pytest.fixture
def open_scope(open_place: PlaceOpener, library: Library) -> Opener:

    def open_(*articles: Article, scope: Filters | None = None) -> Opened:
        library.add(*articles)

        def build() -> gr.Blocks:
            with gr.Blocks(fill_width=True) as blocks:
                shared = Shared.made()
                picker = ScopePicker(library, shared)
                picker.connect()
                told = gr.Textbox(elem_id="told", label="told")
                shared.scope.change(repr, shared.scope, told)
                blocks.load(lambda: scope, None, shared.scope)
            return blocks

        shown = open_place(build)
        expect(shown.page.locator(".scope-open")).to_be_visible()
        return shown

    return open_


@pytest.mark.browser
def test_a_scope_is_chosen_shown_as_chips_and_taken_away(open_scope: Opener) -> None:
    shown = open_scope(RIVER, BRIDGE, SCHOOL)
    expect(shown.page.locator(".scope-all")).to_have_text("All articles")
    shown.page.get_by_role("button", name="Scope", exact=True).click()
    form = shown.page.locator(".scope-form")
    form.get_by_label("Gazette").check()
    form.get_by_label("English").check()
    form.get_by_label("First day").fill("2025")
    form.get_by_label("Last day").fill("2024")
    form.get_by_role("button", name="Use this scope").click()
    expect(form.get_by_role("alert")).to_contain_text("The first day comes after the last.")
    form.get_by_label("First day").fill("2019-05")
    shown.keep("scope-form")
    form.get_by_role("button", name="Use this scope").click()
    expect(shown.page.locator(".chip bdi")).to_have_text(["Gazette", "English", "from May 2019", "until 2024"])
    told = shown.page.locator("#told textarea")
    expect(told).to_have_value(repr(Filters(("Gazette",), ("en",), "2019-05", "2024")))
    shown.keep("scope-chips")
    shown.page.get_by_role("button", name="Scope", exact=True).click()
    expect(form.get_by_label("Gazette")).to_be_checked()
    shown.page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    shown.page.get_by_role("button", name="Take away: English").click()
    expect(shown.page.locator(".chip")).to_have_count(3)
    shown.page.get_by_role("button", name="Scope", exact=True).click()
    form.get_by_role("button", name="All articles").click()
    expect(shown.page.locator(".chip")).to_have_count(0)
    expect(told).to_have_value("None")
    assert shown.harm == []


@pytest.mark.browser
def test_hostile_sources_and_titles_are_text_on_chips_and_in_the_form(open_scope: Opener) -> None:
    shown = open_scope(*ARTICLES, scope=Filters(sources=ATTACKS))
    expect(shown.page.locator(".chip")).to_have_count(len(ATTACKS))
    assert shown.page.locator(".chip bdi").all_text_contents() == list(ATTACKS)
    shown.page.set_viewport_size(PHONE)
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.page.get_by_role("button", name="Scope", exact=True).click()
    boxes = shown.page.locator('.scope-form input[name="sources"]')
    expect(boxes).to_have_count(len(ATTACKS))
    assert {box.input_value() for box in boxes.all()} == set(ATTACKS)
    assert all(box.is_checked() for box in boxes.all())
    form = shown.page.locator(".scope-form")
    assert form.evaluate("node => node.scrollWidth <= node.clientWidth"), "nothing of the form is cut off"
    shown.keep("scope-hostile")
    shown.page.keyboard.press("Escape")
    for number in range(len(ATTACKS) - 1, -1, -1):
        shown.page.locator(".chip button").first.click()
        expect(shown.page.locator(".chip")).to_have_count(number)
    expect(shown.page.locator(THEIRS)).to_have_count(0)
    assert shown.page.evaluate("window.ran") is None
    assert shown.harm == []


@pytest.mark.parametrize(
    ("first", "last", "backwards"),
    [
        ("2024-05", "2024", False),
        ("2024-05-20", "2024-05", False),
        ("2024", "2024-01", False),
        ("2024-06", "2024-05-31", True),
        ("2025", "2024-05", True),
        ("2025-01", "2024", True),
        ("2024", "", False),
        ("", "2024", False),
    ],
)
def test_a_last_day_holds_all_that_it_names(library: Library, first: str, last: str, *, backwards: bool) -> None:
    told = _asks(library)({"language": "en", "values": {"date_from": first, "date_to": last}, "check": True})
    assert bool(told) is backwards
