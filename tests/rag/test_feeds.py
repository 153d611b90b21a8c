"""What a library does with feeds, sitemaps and pages, against a site on this machine."""

import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from documents import ArticleError
from documents.errors import LibraryError
from rag import Library, Progress
from tests.fakes import FakeEncoder
from tests.rag.parts import FLOOD, TRAIN, open_library, titles
from tests.site import MONDAY, TUESDAY, Answer, Site, page, rss, sitemap


def test_a_feed_is_followed(library: Library, site: Site) -> None:
    first = library.feeds.follow(f"{site.url}/rss")
    assert (len(first.report.added), first.feeds, first.report.problems) == (1, 1, ())
    assert site.paths() == ["/rss", "/river"]
    (followed,) = library.feeds.followed()
    assert (followed.url, followed.title, followed.pages, followed.waiting) == (f"{site.url}/rss", "News", 1, 0)

    site.pages["/rss"] = rss(("/train", TUESDAY), ("/river", MONDAY))
    second = library.feeds.update()
    assert (len(second.report.added), second.report.unchanged) == (1, ())
    assert site.paths() == ["/rss", "/train"]
    assert titles(library) == {"The river", "The train"}


def test_nothing_new_costs_one_request_and_no_model(library: Library, site: Site, encoder: FakeEncoder) -> None:
    library.feeds.follow(f"{site.url}/rss")
    site.paths()
    encoder.encoded.clear()
    report = library.feeds.update().report
    assert (report.added, report.replaced, report.unchanged, report.problems) == ((), (), (), ())
    assert site.paths() == ["/rss"]
    assert encoder.encoded == []


def test_a_page_that_its_feed_calls_changed_is_fetched_again(library: Library, site: Site) -> None:
    library.feeds.follow(f"{site.url}/rss")
    site.pages["/rss"] = rss(("/river", TUESDAY))
    assert len(library.feeds.update().report.unchanged) == 1  # the page itself says that it has not
    site.pages["/rss"] = rss(("/river", "Wed, 18 Nov 2026 08:00:00 +0100"))
    site.pages["/river"] = page(FLOOD + "It fell again.", "The river")
    assert len(library.feeds.update().report.replaced) == 1
    assert [article.id for article in library.articles()] == [library.articles()[0].id]


def test_the_feed_tells_the_date_that_the_page_does_not(library: Library, site: Site) -> None:
    library.feeds.follow(f"{site.url}/rss")
    (summary,) = library.articles()
    assert summary.date == "2026-11-16"
    assert ("date", "feed") in library.article(summary.id).provenance
    assert len(library.feeds.update(every_page=True).report.unchanged) == 1


def test_a_page_that_was_taken_out_does_not_come_back(library: Library, site: Site) -> None:
    library.feeds.follow(f"{site.url}/rss")
    library.remove(f"{site.url}/river")
    site.pages["/rss"] = rss(("/train", TUESDAY), ("/river", MONDAY))
    library.feeds.update(every_page=True)
    assert titles(library) == {"The train"}
    assert len(library.add(f"{site.url}/river").added) == 1  # unless somebody names it


def test_what_was_not_fetched_when_it_was_stopped_is_fetched_next(library: Library, site: Site) -> None:
    site.pages["/rss"] = rss(("/train", TUESDAY), ("/river", MONDAY))

    class Stopped(Exception):  # noqa: N818 - as KeyboardInterrupt
        pass

    def stop(event: Progress) -> None:
        raise Stopped(event.path)

    with pytest.raises(Stopped):
        library.feeds.follow(f"{site.url}/rss", progress=stop)
    assert titles(library) == {"The train"}
    assert [feed.waiting for feed in library.feeds.followed()] == [1]
    site.paths()
    assert len(library.feeds.update().report.added) == 1
    assert site.paths() == ["/rss", "/river"]  # the feed has not changed: it was remembered what is left


def test_a_page_that_fails_is_asked_for_three_times(library: Library, site: Site) -> None:
    site.pages["/river"] = Answer("?", status=500)
    assert "answers 500" in str(library.feeds.follow(f"{site.url}/rss").report.problems[0])
    for _ in range(4):
        library.feeds.update()
    assert site.paths().count("/river") == 3
    site.pages["/river"] = page(FLOOD, "The river")
    site.pages["/rss"] = rss(("/river", TUESDAY))
    assert len(library.feeds.update().report.added) == 1


def test_a_feed_that_fails_stops_no_other(library: Library, site: Site) -> None:
    site.pages["/other"] = rss(("/train", MONDAY))
    library.feeds.follow(f"{site.url}/rss")
    library.feeds.follow(f"{site.url}/other")
    site.pages["/other"] = Answer("gone", status=410)
    site.pages["/new"] = page(TRAIN + "More.", "New")
    site.pages["/rss"] = rss(("/new", TUESDAY))
    update = library.feeds.update()
    assert (update.feeds, len(update.report.added)) == (1, 1)
    assert [problem.message for problem in update.report.problems] == [f"{site.url}/other answers 410 Gone."]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer("<html>no feed"), "neither RSS nor Atom"),
        (Answer("?", status=404), "answers 404"),
        (Answer(status=302, headers={"Location": "http://10.0.0.1/"}), "private network"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "not a web address"),
    ],
)
def test_what_is_no_feed_is_not_followed(
    library: Library, site: Site, answer: Answer, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.address.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.delenv("DOSSIER_ALLOW_PRIVATE")
    monkeypatch.setattr(socket, "getaddrinfo", partial(_resolved, socket.getaddrinfo))
    site.pages["/rss"] = answer
    with pytest.raises(ArticleError, match=message):
        library.feeds.follow(f"{site.url}/rss")
    assert library.feeds.followed() == []


def test_a_feed_that_leads_inwards_is_refused_page_by_page(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.address.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.delenv("DOSSIER_ALLOW_PRIVATE")
    literal = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", partial(_resolved, literal))
    site.pages["/rss"] = rss(("http://192.168.1.1/admin", MONDAY), ("http://[::1]/", MONDAY), ("/river", MONDAY))
    report = library.feeds.follow(f"{site.url}/rss").report
    assert (len(report.added), len(report.problems)) == (1, 2)
    assert all("private network" in problem.message for problem in report.problems)


def _resolved(literal: Callable[..., Any], host: str, port: int, *kinds: Any, **more: Any) -> list[tuple[Any, ...]]:
    if host == "127.0.0.1":
        return list(literal(host, port, *kinds, **more))
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]


def test_a_page_leads_to_its_feed(library: Library, site: Site) -> None:
    site.pages["/"] = Answer('<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>')
    library.feeds.follow(f"{site.url}/")
    assert [feed.url for feed in library.feeds.followed()] == [f"{site.url}/rss"]


def test_a_sitemap_is_followed_newest_first(library: Library, site: Site) -> None:
    site.pages["/sitemap.xml"] = sitemap((f"{site.url}/a.xml", ""), (f"{site.url}/b.xml", "2026-11-20"), of="sitemap")
    site.pages["/a.xml"] = sitemap((f"{site.url}/river", "2026-11-16"), (f"{site.url}/b.xml", ""))
    site.pages["/b.xml"] = sitemap((f"{site.url}/train", "2026-11-17"), ("https://evil.example/", "2026-11-18"))
    update = library.feeds.follow(f"{site.url}/sitemap.xml", kind="sitemap", most=1)
    assert (titles(library), update.left_out) == ({"The train"}, 2)
    assert site.paths() == ["/sitemap.xml", "/b.xml", "/a.xml", "/train"]
    site.pages["/a.xml"] = sitemap((f"{site.url}/river", "2026-11-22"))
    assert len(library.feeds.update().report.added) == 1


def test_a_site_s_sitemap_is_found(library: Library, site: Site) -> None:
    site.pages["/robots.txt"] = Answer(f"User-agent: *\nSitemap: {site.url}/named.xml", "text/plain")
    site.pages["/named.xml"] = sitemap((f"{site.url}/river", "2026-11-16"))
    library.feeds.follow(site.url, kind="sitemap")
    assert titles(library) == {"The river"}


def test_sitemaps_in_a_circle_come_to_an_end(library: Library, site: Site) -> None:
    site.pages["/sitemap.xml"] = sitemap((f"{site.url}/sitemap.xml", ""), (f"{site.url}/b.xml", ""), of="sitemap")
    site.pages["/b.xml"] = sitemap((f"{site.url}/sitemap.xml", ""), of="sitemap")
    assert library.feeds.follow(f"{site.url}/sitemap.xml", kind="sitemap").report.added == ()
    assert site.paths() == ["/sitemap.xml", "/b.xml"]


def test_a_feed_is_followed_no_longer(library: Library, site: Site) -> None:
    library.feeds.follow(f"{site.url}/rss")
    library.feeds.unfollow(f"{site.url}/rss")
    assert library.feeds.followed() == []
    assert titles(library) == {"The river"}
    site.paths()
    library.feeds.update()
    assert site.paths() == []
    with pytest.raises(LibraryError, match="does not follow"):
        library.feeds.unfollow(f"{site.url}/rss")


def test_a_library_of_an_older_format_can_follow(tmp_path: Path, site: Site, encoder: FakeEncoder) -> None:
    from rag.database import Database
    from rag.migrations import MIGRATIONS

    (tmp_path / "library").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.migrations.MIGRATIONS", MIGRATIONS[:3])
        with closing(Database(tmp_path / "library" / "library.sqlite")):
            pass
    with open_library(tmp_path / "library", encoder) as library:
        assert len(library.feeds.follow(f"{site.url}/rss").report.added) == 1


FOLLOWER = """
import sys
from pathlib import Path
import rag.pages
from tests.rag.parts import open_library
from tests.site import fetcher

rag.pages.new_fetcher = fetcher
library = open_library(Path(sys.argv[1]))
tell = lambda event: print(event.path, flush=True)
library.feeds.follow(sys.argv[2], progress=tell) if sys.argv[3] == "follow" else library.feeds.update(progress=tell)
"""


def test_a_killed_update_loses_nothing_and_asks_for_little_twice(tmp_path: Path, site: Site) -> None:
    paths = [f"/page{number}" for number in range(12)]
    for number, path in enumerate(paths):
        site.pages[path] = page(f"Bridge {number} over the river cost {number} million, says the mayor. " * 8, path)
    site.pages["/rss"] = rss(*((path, MONDAY) for path in paths))
    reported: set[str] = set()
    for verb in ("follow", "update"):
        command = [sys.executable, "-c", FOLLOWER, str(tmp_path / "library"), f"{site.url}/rss", verb]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(4)]
            process.kill()
            reported |= {line.strip() for line in [*lines, *process.stdout] if line.endswith("\n")}
    with open_library(tmp_path / "library") as library:
        assert reported <= {article.url for article in library.articles()}
        assert library.feeds.update().report.problems == ()
        assert {article.url for article in library.articles()} == {site.url + path for path in paths}
    asked = site.paths()
    assert all(asked.count(path) <= 3 for path in paths)
    assert len([path for path in asked if path != "/rss"]) <= len(paths) + 2  # what was under way at each kill
