"""What a library does with pages of the web, against a site on this machine."""

from contextlib import closing
from pathlib import Path

import pytest

from documents import ArticleError
from documents.errors import LibraryError
from rag import Database, Library
from rag.web_memory import WebMemory
from tests.rag.parts import FLOOD, titles
from tests.site import MONDAY, Answer, FakeClock, Site, fetcher, page, rss, sitemap


def test_a_page_that_was_added_is_asked_for_only_what_is_new(library: Library, site: Site) -> None:
    url = f"{site.url}/river"
    assert len(library.add(url).added) == 1
    assert len(library.add(url).unchanged) == 1
    assert site.requests[-1].headers["If-None-Match"]
    site.pages["/river"] = page(FLOOD + "It fell again.", "The river")
    assert len(library.feeds.update(every_page=True).report.replaced) == 1
    library.remove(url)
    assert len(library.add(url).added) == 1
    assert "If-None-Match" not in site.requests[-1].headers  # what is gone cannot be called unchanged


def test_a_server_that_says_unchanged_unasked_is_told(library: Library, site: Site) -> None:
    site.pages["/river"] = Answer(status=304)
    (problem,) = library.add(f"{site.url}/river").problems
    assert "was never seen" in problem.message


def test_a_file_may_list_addresses(library: Library, site: Site, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"# to read\n{site.url}/river\n\n{site.url}/train\n{site.url}/missing\n")
    report = library.add(tmp_path / "list.txt")
    assert (titles(library), len(report.problems)) == ({"The river", "The train"}, 1)


def test_a_file_in_a_folder_sends_nobody_anywhere(library: Library, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "list.txt").write_text(f"{site.url}/river\n")
    assert len(library.add(folder).added) == 1
    assert site.requests == []


def test_a_document_of_the_web_is_read_as_what_it_is(library: Library, site: Site) -> None:
    words = b"{\\rtf1\\ansi The mayor opened the bridge over the river.\\par It cost 12 million.}"
    site.pages["/report"] = Answer(words, "application/rtf; charset=binary")
    site.pages["/picture"] = Answer(b"\x89PNG", "image/png")
    report = library.add(f"{site.url}/report", f"{site.url}/picture")
    assert "The mayor opened the bridge" in library.article(report.added[0]).text
    assert library.articles()[0].url == f"{site.url}/report"
    assert "is image/png" in report.problems[0].message


@pytest.mark.parametrize("answer", [rss(("/river", MONDAY)), sitemap(("/river", ""))])
def test_a_feed_that_is_added_as_a_page_is_named_as_what_it_is(library: Library, site: Site, answer: Answer) -> None:
    site.pages["/list"] = answer
    (problem,) = library.add(f"{site.url}/list").problems
    assert problem.message == f"{site.url}/list names articles and is none."
    assert "dossier add --" in problem.help


def test_a_site_that_asked_to_be_left_alone_is_left_alone_by_the_next_run_too(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr("rag.pages.new_fetcher", lambda: fetcher(clock))
    site.pages["/rss"] = [Answer("", status=429, headers={"Retry-After": "3600"}), rss(("/river", MONDAY))]
    with pytest.raises(ArticleError, match="429"):
        library.feeds.follow(f"{site.url}/rss")
    site.paths()
    (problem,) = library.add(f"{site.url}/river").problems
    assert "asked to be left alone" in str(problem)
    assert site.paths() == []
    clock.now += 3_601
    assert len(library.feeds.follow(f"{site.url}/rss").report.added) == 1
    with closing(Database(library.folder / "library.sqlite")) as database:
        assert WebMemory(database).closed_sites() == {}, "the time is over"


def test_a_site_that_asks_to_be_left_alone_is_told_of_where_that_cannot_be_written_down(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(WebMemory, "close_site", fail)
    site.pages["/river"] = Answer("", status=429, headers={"Retry-After": "3600"})
    (problem,) = library.add(f"{site.url}/river").problems
    assert "429 Too Many Requests" in str(problem)
