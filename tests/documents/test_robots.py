"""The rules of a site, which a polite reader keeps."""

import pytest

from documents import ArticleError
from tests.site import Answer, FakeClock, Site, fetcher


def robots(site: Site, text: str) -> None:
    site.pages["/robots.txt"] = Answer(text, "text/plain")


@pytest.mark.parametrize(
    ("rules", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nRequest-rate: 1/5", 5.0),
        ("User-agent: *\nCrawl-delay: 9000", 30.0),
        ("User-agent: *\nCrawl-delay: 0.1", 1.0),
        ("User-agent: *\nCrawl-delay: nan", 1.0),
        ("User-agent: other\nCrawl-delay: 7", 1.0),
    ],
)
def test_a_site_may_ask_for_longer_pauses(site: Site, rules: str, pause: float) -> None:
    robots(site, rules)
    clock = FakeClock()
    reader = fetcher(clock)
    reader.get(f"{site.url}/a")
    reader.get(f"{site.url}/b")
    assert clock.slept == [pause]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: dossier\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: dossier\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /a$", True),
        ("User-agent: *\nDisallow: /*?", True),
        ("\ufeffUser-agent: *\nDisallow: /a", False),
        ("<!doctype html><p>Not here</p>", True),
        ("\0\x1b[2J \udcff".encode("utf-8", "replace").decode(), True),
        ("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$", True),
        ("User-agent: *\n" + "Disallow: /x\n" * 60_000, True),
    ],
)
def test_the_rules_of_a_site_are_kept(site: Site, rules: str, allowed: bool) -> None:
    robots(site, rules)
    if allowed:
        assert fetcher().get(f"{site.url}/a").status == 200
    else:
        with pytest.raises(ArticleError, match=r"robots\.txt does not let programs fetch"):
            fetcher().get(f"{site.url}/a")
        assert site.paths() == []


def test_the_rules_are_asked_for_once_and_hold_behind_redirects(site: Site) -> None:
    robots(site, "User-agent: *\nDisallow: /closed")
    site.pages["/open"] = Answer(status=302, headers={"Location": "/closed"})
    reader = fetcher()
    reader.get(f"{site.url}/a")
    with pytest.raises(ArticleError, match="does not let programs fetch"):
        reader.get(f"{site.url}/open")
    assert [request.path for request in site.requests] == ["/robots.txt", "/a", "/open"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_site_without_rules_is_open_and_one_that_cannot_tell_them_is_not(
    site: Site, status: int, allowed: bool
) -> None:
    site.pages["/robots.txt"] = Answer("", status=status)
    if allowed:
        assert fetcher().get(f"{site.url}/a").status == 200
    else:
        with pytest.raises(ArticleError, match=f"answers {status}, so it cannot be told"):
            fetcher().get(f"{site.url}/a")
        assert site.paths() == []
