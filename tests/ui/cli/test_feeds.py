"""Feeds and sitemaps on the command line, against a site on this machine."""

from collections.abc import Iterator

import pytest

from tests.site import MONDAY, TUESDAY, Answer, FakeClock, Site, fetcher, page, rss, running, sitemap
from tests.ui.cli.shell import BRIDGE, TRAIN, Shell


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    clock = FakeClock()
    monkeypatch.setattr("rag.pages.new_fetcher", lambda: fetcher(clock))
    with running(monkeypatch) as started:
        started.pages["/bridge"] = page(BRIDGE * 3, "The bridge")
        started.pages["/train"] = page(TRAIN * 3, "The train")
        started.pages["/rss"] = rss(("/bridge", MONDAY))
        yield started


def test_a_feed_is_added_and_updated(shell: Shell, site: Site) -> None:
    first = shell.run("add", "--feed", f"{site.url}/rss")
    assert (first.code, first.out, first.err) == (0, "1 added\n", "")
    site.pages["/rss"] = rss(("/train", TUESDAY), ("/bridge", MONDAY))
    assert shell.run("update").out == "1 added\n"
    assert shell.run("update").out == "0 added\n"
    assert shell.run("update", "--pages").out == "0 added, 2 unchanged\n"
    assert {article["date"] for article in shell.run("list", "--json").json} == {"2026-11-16", "2026-11-17"}


def test_files_feeds_and_sitemaps_are_added_at_once(shell: Shell, site: Site) -> None:
    site.pages["/sitemap.xml"] = sitemap((f"{site.url}/train", "2026-11-17"), (f"{site.url}/old", "2020-01-01"))
    note = shell.write("note.txt", BRIDGE)
    ended = shell.run("add", note, "--feed", f"{site.url}/rss", "--sitemap", f"{site.url}/sitemap.xml", "--most", "1")
    assert (ended.code, ended.out) == (0, "3 added\n")
    assert ended.err == "1 more page is known, and was passed over: add the feed again with --most N to take more.\n"


def test_a_feed_that_cannot_be_followed_is_named_and_stops_nothing(shell: Shell, site: Site) -> None:
    note = shell.write("note.txt", BRIDGE)
    ended = shell.run("add", note, "--feed", f"{site.url}/missing", "--feed", f"{site.url}/rss")
    assert (ended.code, ended.out) == (3, "2 added, 1 not added\n")
    assert ended.err == f"Not added: {site.url}/missing answers 404 Not Found.\n"
    assert shell.run("add", "--feed", f"{site.url}/missing").code == 1


def test_a_feed_without_pages_is_no_failure(shell: Shell, site: Site) -> None:
    site.pages["/rss"] = rss()
    assert shell.run("add", "--feed", f"{site.url}/rss").code == 0


def test_what_fails_in_an_update_is_named(shell: Shell, site: Site) -> None:
    shell.run("add", "--feed", f"{site.url}/rss")
    site.pages["/rss"] = Answer("?", status=500)
    ended = shell.run("update")
    assert (ended.code, ended.out) == (3, "0 added, 1 not added\n")
    assert "answers 500" in ended.err


def test_feeds_are_listed_and_removed(shell: Shell, site: Site) -> None:
    shell.empty_library()
    nothing = shell.run("feeds", "list")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "The library follows nothing. Begin with: dossier add --feed URL\n"
    assert shell.run("feeds", "list", "--json").json == []
    shell.run("add", "--feed", f"{site.url}/rss")
    (feed,) = shell.run("feeds", "list", "--json").json
    assert (feed["url"], feed["kind"], feed["title"], feed["pages"]) == (f"{site.url}/rss", "feed", "News", 1)
    assert f"feed  {site.url}/rss  News  1 page  " in shell.run("feeds", "list").out
    assert shell.run("feeds", "remove", f"{site.url}/rss").out == f"No longer followed: {site.url}/rss\n"
    assert shell.run("feeds", "remove", f"{site.url}/rss").code == 1
    ended = shell.run("update")
    assert (ended.code, ended.out) == (0, "0 added\n")
    assert "follows nothing" in ended.err


def test_add_wants_something(shell: Shell) -> None:
    assert shell.run("add").code == 2
