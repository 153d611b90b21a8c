"""The place of the articles in a real Chromium: found, added, opened, corrected, removed and brought back."""

import threading
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from playwright.sync_api import FilePayload, Locator, expect

from documents import Article
from rag import AddReport, Database, Library
from tests.browser import AA, contrasts
from tests.site import Site, page, rss, running
from tests.ui.web.hostile import ARTICLES, ATTACKS, THEIRS
from tests.ui.web.pages import PHONE, Build, Opened, wait_for_colours
from ui.web.articles import ArticlesPlace
from ui.web.context import Context, Shared
from ui.web.turns import Turns

pytestmark = pytest.mark.browser

RIVER = Article("", "The river rose by 3 metres.", "A river", "2024-11-20", "Gazette", "en", None, "/press/river.md")
BRIDGE = Article("", "The bridge opened in 2019.", "A bridge", "2019", "Courier", "en", None, "/press/bridge.md")
SCHOOL = Article("", "Trường mở năm 2024.", "Trường học", None, None, "vi", None, "/press/school.md")


Opener = Callable[..., Opened]
PlaceOpener = Callable[[Build], Opened]


@pytest.fixture
def open_articles(open_place: PlaceOpener, library: Library, tmp_path: Path) -> Opener:

    def open_(*articles: Article, language: str = "en") -> Opened:
        if articles:
            library.add(*articles)

        def build() -> gr.Blocks:
            with gr.Blocks(fill_width=True) as blocks:
                shared = Shared.made()
                place = ArticlesPlace(Context(library, Database(tmp_path / "chat.sqlite"), Turns()), shared)
                place.connect()
                told = gr.Textbox(elem_id="scope")
                shared.scope.change(lambda scope: " ".join(scope.articles) if scope else "", shared.scope, told)
                blocks.load(lambda: place.texts(language), None, [*place.texts(language)])
            return blocks

        shown = open_place(build)
        expect(shown.page.locator(f".shelf[data-language={language}] .shelf-pager")).to_have_count(1)
        return shown

    return open_


def titles(shown: Opened) -> Locator:
    return shown.page.locator("td.col-title a")


def row(shown: Opened, title: str) -> Locator:
    return shown.page.locator("tbody tr", has_text=title)


def test_the_table_tells_what_the_library_holds(open_articles: Opener, library: Library) -> None:
    library.add(RIVER)
    library.warm()
    shown = open_articles(BRIDGE, SCHOOL)
    expect(titles(shown)).to_have_text(["Trường học", "A bridge", "A river"])
    expect(row(shown, "A river").locator("td")).to_have_text(
        ["", "A river", "Gazette", "20 Nov 2024", "English", "1", "all", "EditRemove"], use_inner_text=True
    )
    expect(row(shown, "A bridge").locator(".col-ready .wide")).to_have_text("0 of 1")
    expect(shown.page.locator(".shelf-pager")).to_have_text("3 articles")
    shown.keep("articles")
    assert shown.harm == []


def test_the_table_is_searched_and_sorted(open_articles: Opener) -> None:
    shown = open_articles(RIVER, BRIDGE, SCHOOL)
    search = shown.page.get_by_label("Search titles, sources, files")
    search.fill("TRUONG")
    expect(titles(shown)).to_have_text(["Trường học"])
    search.fill("courier bridge")
    expect(titles(shown)).to_have_text(["A bridge"])
    search.fill("nowhere")
    expect(shown.page.locator(".shelf-empty")).to_contain_text("No article holds all these words")
    search.fill("")
    expect(titles(shown)).to_have_count(3)
    date = shown.page.get_by_role("button", name="Date")
    date.click()
    expect(titles(shown)).to_have_text(["A river", "A bridge", "Trường học"])
    expect(shown.page.locator("th.col-date")).to_have_attribute("aria-sort", "descending")
    expect(date).to_be_focused()
    shown.page.keyboard.press("Enter")
    expect(titles(shown)).to_have_text(["A bridge", "A river", "Trường học"])


def test_what_can_be_sorted_shows_it(open_articles: Opener) -> None:
    shown = open_articles(RIVER, BRIDGE)
    for name in ("Title", "Source", "Date", "Language", "Passages"):
        button = shown.page.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("title", f"Sort by: {name}")
        expect(button).to_have_css("cursor", "pointer")
        head = shown.page.get_by_role("columnheader", name=name, exact=True)
        assert [arrow(head), head.get_attribute("aria-sort")] == ["↕", "none"], name
    shown.page.get_by_role("button", name="Title", exact=True).click()
    heads = shown.page.locator("th[aria-sort]")
    expect(heads.first).to_have_attribute("aria-sort", "ascending")
    assert [arrow(head) for head in heads.all()] == ["↑", "↕", "↕", "↕", "↕"]
    assert shown.errors == []


def arrow(head: Locator) -> str:
    drawn = str(head.locator("button").evaluate("node => getComputedStyle(node, '::after').content"))
    return drawn.partition("/")[0].strip(' "')


def test_many_articles_come_in_pages(open_articles: Opener) -> None:
    many = (Article("", f"The river rose by {n} metres.", f"River {n}", path=f"/press/{n}.md") for n in range(120))
    shown = open_articles(*many)
    expect(titles(shown)).to_have_count(50)
    shown.page.get_by_role("button", name="Next").click()
    expect(shown.page.locator(".shelf-pager")).to_contain_text("Page 2 of 3")
    expect(titles(shown).first).to_have_text("River 69")
    shown.keep("articles-many")


def test_an_article_is_opened_in_the_reader_and_closed_again(open_articles: Opener) -> None:
    shown = open_articles(RIVER, BRIDGE)
    shown.page.get_by_role("link", name="A river").click()
    expect(shown.page.locator("#article-reader .title")).to_have_text("A river")
    expect(shown.page.locator("#article-reader .text")).to_have_text(RIVER.text)
    expect(shown.page.locator(".reader-steps")).to_be_hidden()
    shown.keep("articles-reader")
    shown.page.keyboard.press("Escape")
    expect(shown.page.locator("#article-reader .reader-frame")).to_be_hidden()
    expect(shown.page.get_by_role("link", name="A river")).to_be_focused()


def test_files_are_uploaded_with_what_became_of_each(open_articles: Opener, library: Library, tmp_path: Path) -> None:
    names = {
        "a letter.txt": "The letter\n\nThe mayor signed it in 2019.",
        "Đường sắt <b>.md": "# Đường sắt\n\nĐường sắt dài 3 km.",
        "empty.txt": "",
        "picture.png": "no article",
    }
    for name, text in names.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = open_articles()
    expect(shown.page.locator(".shelf-empty")).to_contain_text("There are no articles yet")
    shown.keep("articles-empty")
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.locator(".drop input").set_input_files([tmp_path / name for name in names])
    expect(shown.page.locator(".job-head")).to_contain_text("Done 2 added · 2 problems")
    added = shown.page.locator(".steps .step-added bdi")
    assert sorted(added.all_text_contents()) == ["a letter.txt", "Đường sắt <b>.md"]
    expect(shown.page.locator(".steps .step-problem bdi")).to_have_text(
        ["empty.txt", "picture.png"], use_inner_text=True
    )
    expect(shown.page.locator(".steps .step-problem").first).to_contain_text("empty.txt holds no text")
    assert str(library.folder) not in shown.page.locator(".adding-jobs").inner_text()
    expect(titles(shown)).to_have_count(2)
    shown.keep("articles-added")
    paths = [Path(article.path or "") for article in library.articles()]
    assert all(path.is_file() and path.is_relative_to(library.folder / "uploads") for path in paths)
    assert len([file for file in library.folder.joinpath("uploads").rglob("*") if file.is_file()]) == 2

    shown.page.locator(".drop input").set_input_files([tmp_path / "a letter.txt"])
    expect(shown.page.locator(".job-head").first).to_contain_text("Done 1 already there")
    assert shown.harm == []


def test_a_removed_upload_comes_back_and_goes_for_good_when_it_is_let_go(
    open_articles: Opener, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("The letter\n\nThe mayor signed it in 2019.", encoding="utf-8")
    shown = open_articles()
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.locator(".drop input").set_input_files([tmp_path / "letter.txt"])
    expect(titles(shown)).to_have_count(1)
    (before,) = library.articles()
    shown.page.get_by_role("button", name="Remove The letter").click()
    expect(titles(shown)).to_have_count(0)
    undo = shown.page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.click()
    expect(titles(shown)).to_have_count(1)
    assert library.articles() == [before]
    assert Path(before.path or "").is_file()
    shown.page.get_by_role("button", name="Remove The letter").click()
    expect(shown.page.locator(".notice")).to_contain_text("1 article was removed.")
    shown.page.locator(".notice .dismiss").click()
    expect(shown.page.locator(".notice")).to_have_count(0)
    for _ in range(50):
        if not Path(before.path or "").exists():
            break
        shown.page.wait_for_timeout(100)
    assert not Path(before.path or "").exists()


def test_pages_and_feeds_are_added_by_their_addresses(
    open_articles: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.site import fetcher

    monkeypatch.setattr("rag.pages.new_fetcher", fetcher)
    with running(monkeypatch) as site:
        _write(site)
        shown = open_articles()
        shown.page.get_by_role("button", name="Add articles").click()
        box = shown.page.get_by_label("Addresses, one on each line")
        box.fill(f"{site.url}/one\n/etc/passwd\n{site.url}/nothing")
        shown.page.get_by_role("button", name="Add", exact=True).click()
        expect(shown.page.locator(".job-head")).to_contain_text("Done 1 added · 2 problems")
        expect(shown.page.locator(".steps .step-problem").first).to_contain_text("not the address of a web page")
        shown.page.get_by_label("Feed").check()
        box.fill(f"{site.url}/feed")
        shown.page.get_by_role("button", name="Add", exact=True).click()
        expect(shown.page.locator(".job-head").first).to_contain_text("Done 1 added")
        expect(shown.page.locator(".adding-feeds")).to_contain_text("News")
        expect(titles(shown)).to_have_count(2)
        shown.keep("articles-feeds")
        shown.page.get_by_role("button", name="Stop following News").click()
        expect(shown.page.locator(".adding-feeds li")).to_have_count(0)
        assert library.feeds.followed() == []


def _write(site: Site) -> None:
    site.pages["/one"] = page("The river rose by three metres in the night, and the mayor was told at once.", "One")
    site.pages["/two"] = page("The school opened in the autumn of last year, and many came to see it then.", "Two")
    site.pages["/feed"] = rss((f"{site.url}/two", "Wed, 20 Nov 2024 10:00:00 GMT"))


def test_private_addresses_are_refused_in_plain_words(open_articles: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    shown = open_articles()
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.get_by_label("Addresses, one on each line").fill("http://127.0.0.1:9/secret")
    shown.page.get_by_role("button", name="Add", exact=True).click()
    expect(shown.page.locator(".job-head")).to_contain_text("Done 1 problem")
    expect(shown.page.locator(".steps .why")).not_to_be_empty()


def test_what_is_known_of_an_article_is_corrected_and_that_is_undone(open_articles: Opener, library: Library) -> None:
    shown = open_articles(RIVER)
    shown.page.get_by_role("button", name="Edit A river").click()
    form = shown.page.locator(".shelf-form")
    expect(form.get_by_label("Title")).to_be_focused()
    shown.keep("articles-edit")
    form.get_by_label("Source").fill("Courier")
    form.get_by_label("Date").fill("tomorrow")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("The date cannot be 'tomorrow'")
    form.get_by_label("Date").fill("2024-12")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(row(shown, "A river").locator(".col-source")).to_have_text("Courier")
    expect(row(shown, "A river").locator("td.col-date")).to_have_text("Dec 2024")
    shown.page.get_by_role("button", name="Undo").click()
    expect(row(shown, "A river").locator(".col-source")).to_have_text("Gazette")
    (summary,) = library.articles()
    assert "edited" not in dict(library.article(summary.id).provenance).values()

    library.edit(summary.id, author="Edna Ray")
    shown.page.get_by_role("button", name="Edit A river").click()
    form.get_by_role("button", name="As it was read").click()
    expect(form.get_by_label("Author")).to_have_value("")
    shown.page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert library.article(summary.id).author is None
    assert shown.harm == []


def test_picked_articles_are_what_is_asked_and_are_removed_together(open_articles: Opener, library: Library) -> None:
    shown = open_articles(RIVER, BRIDGE, SCHOOL)
    shown.page.get_by_label("Select A river").check()
    shown.page.get_by_label("Select A bridge").check()
    expect(shown.page.locator(".shelf-count")).to_have_text("2 selected")
    shown.keep("articles-picked")
    shown.page.get_by_label("Search titles, sources, files").fill("river")
    expect(titles(shown)).to_have_count(1)
    expect(shown.page.get_by_label("Select A river")).to_be_checked()
    shown.page.get_by_role("button", name="Ask only these").click()
    wanted = [each.id for each in library.articles() if each.title in ("A river", "A bridge")]
    expect(shown.page.locator("#scope textarea, #scope input")).to_have_value(" ".join(wanted))
    shown.page.get_by_label("Search titles, sources, files").fill("")
    shown.page.locator(".shelf-picked").get_by_role("button", name="Remove").click()
    expect(titles(shown)).to_have_text(["Trường học"])
    shown.page.get_by_role("button", name="Undo").click()
    expect(titles(shown)).to_have_count(3)
    shown.page.get_by_label("Select all on this page").check()
    expect(shown.page.locator(".shelf-count")).to_have_text("3 selected")


def test_the_place_speaks_the_language_of_the_interface(open_articles: Opener) -> None:
    shown = open_articles(RIVER, language="sv")
    expect(shown.page.get_by_role("button", name="Lägg till artiklar")).to_be_visible()
    expect(row(shown, "A river").locator("td.col-language")).to_have_text("engelska")
    shown.keep("articles-sv")


def test_everything_can_be_read_on_its_background(open_articles: Opener) -> None:
    shown = open_articles(RIVER)
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.get_by_label("Select A river").check()
    parts = (".articles td", ".articles th", ".shelf button:visible", ".adding .note", ".adding label", ".drop span")
    for dark, part in product((False, True), parts):
        shown.page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
        wait_for_colours(shown.page)
        assert min(contrasts(shown.page.locator(part))) >= AA, (dark, part)


def test_on_a_phone_nothing_is_wider_than_the_screen(open_articles: Opener) -> None:
    long = Article("", "The river rose.", "W" * 200, source="S" * 200, path="/press/long.md")
    shown = open_articles(RIVER, BRIDGE, SCHOOL, long)
    shown.page.set_viewport_size(PHONE)
    shown.page.get_by_role("button", name="Add articles").click()
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.get_by_role("link", name="A river").click()
    expect(shown.page.locator("#article-reader .text")).to_be_visible()
    expect(titles(shown).first).to_be_hidden()
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_articles_are_text_in_the_table_the_form_and_the_reader(
    open_articles: Opener, library: Library
) -> None:
    shown = open_articles(*ARTICLES)
    expect(titles(shown)).to_have_count(len(ARTICLES))
    by_id = {each.id: each for each in library.articles()}
    for number in range(len(ARTICLES)):
        tr = shown.page.locator("tbody tr").nth(number)
        article = by_id[tr.get_attribute("data-id") or ""]
        assert tr.locator("td.col-title bdi").text_content() == article.title
        assert tr.locator("td.col-source bdi").text_content() == article.source
        tr.locator("td.col-title a").click()
        expect(shown.page.locator(f'.opened[data-article="{article.id}"]')).to_have_count(1)
        shown.page.keyboard.press("Escape")
        tr.locator('[data-do="edit"]').click()
        expect(shown.page.locator("#edit-title")).to_be_visible()
        assert shown.page.locator("#edit-title").input_value() == article.title.replace("\n", "")
        shown.page.keyboard.press("Escape")
    shown.keep("articles-hostile")
    expect(shown.page.locator(THEIRS)).to_have_count(0)
    assert shown.page.evaluate("window.ran") is None
    assert shown.harm == []


def test_hostile_names_and_problems_of_files_are_text(open_articles: Opener, library: Library) -> None:
    shown = open_articles()
    shown.page.get_by_role("button", name="Add articles").click()
    shown.page.locator(".drop input").set_input_files(
        [
            FilePayload(name=f"{number} {attack}.{kind}", mimeType="text/plain", buffer=text.encode())
            for number, attack in enumerate(ATTACKS)
            for kind, text in (("txt", f"The river {number} rose. {attack}"), ("pdf", attack))
        ]
    )
    expect(shown.page.locator(".job-head")).to_contain_text(f"Done {len(ATTACKS)} added", timeout=60_000)
    expect(shown.page.locator(".steps .step-problem")).to_have_count(len(ATTACKS))
    assert len(library.articles()) == len(ATTACKS)
    expect(shown.page.locator(THEIRS)).to_have_count(0)
    assert shown.page.evaluate("window.ran") is None
    assert shown.harm == []


def test_a_job_goes_on_without_its_page_and_is_seen_by_the_next(
    open_articles: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_on = threading.Event()
    add = library.add

    def slowly(*sources: Any, progress: Any = None) -> AddReport:
        let_on.wait(60)
        return add(*sources, progress=progress)

    monkeypatch.setattr(library, "add", slowly)
    shown = open_articles()
    shown.page.get_by_role("button", name="Add articles").click()
    file = FilePayload(name="river.txt", mimeType="text/plain", buffer=b"The river rose by 3 metres.")
    shown.page.locator(".drop input").set_input_files([file])
    expect(shown.page.locator(".job")).to_contain_text("Adding: 0 of 1")
    shown.page.reload()
    expect(shown.page.locator(".job")).to_contain_text("Adding: 0 of 1")
    let_on.set()
    expect(shown.page.locator(".job-head")).to_contain_text("Done 1 added")
    expect(titles(shown)).to_have_count(1)


def test_a_job_is_stopped_with_the_article_that_is_being_read(
    open_articles: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_on = threading.Event()
    encoder = library.encoder
    encode = encoder.encode_passages

    def slowly(texts: Sequence[str]) -> Any:
        let_on.wait(60)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode_passages", slowly)
    shown = open_articles()
    shown.page.get_by_role("button", name="Add articles").click()
    files = [FilePayload(name=f"{n}.txt", mimeType="text/plain", buffer=b"The river %d." % n) for n in range(3)]
    shown.page.locator(".drop input").set_input_files(files)
    shown.page.get_by_role("button", name="Stop", exact=True).click()
    shown.page.wait_for_timeout(300)
    let_on.set()
    expect(shown.page.locator(".job-head")).to_contain_text("Stopped 1 added")
    expect(titles(shown)).to_have_count(1)
    uploaded = [file for file in (library.folder / "uploads").rglob("*") if file.is_file()]
    assert len(uploaded) == 1, "what was not added is not kept"


def test_while_another_process_writes_that_is_said(open_articles: Opener, library: Library) -> None:
    shown = open_articles(RIVER)
    with library._folder.writing():
        shown.page.get_by_role("button", name="Remove A river").click()
        expect(shown.page.locator(".shelf-problem")).to_contain_text("Articles are being added or changed right now.")
    assert str(library.folder) not in shown.page.locator("body").inner_text()
    shown.page.get_by_role("button", name="Remove A river").click()
    expect(titles(shown)).to_have_count(0)
    expect(shown.page.locator(".shelf-problem")).to_have_count(0)
