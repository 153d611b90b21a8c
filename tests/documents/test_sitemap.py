"""Sitemaps: which pages they name, and what cannot harm."""

import gzip
import time

import pytest

from documents import ArticleError, Link, read_sitemap
from tests.documents.lists import BOMB, NAMESPACE, SITEMAP, STOLEN, reply


def urls(body: str | bytes) -> list[str]:
    return [page.url for page in read_sitemap(reply(body, url="https://www.news.example/sitemap.xml")).pages]


def test_a_sitemap_lists_pages_with_their_dates() -> None:
    entry = (
        "<url><image:image><image:loc>https://news.example/i.png</image:loc></image:image>"
        "<loc>\n https://news.example/1?a=1&amp;b=2 </loc><lastmod>2026-11-22</lastmod>"
        "<news:news><news:publication_date>2026-11-21T10:00:00+01:00</news:publication_date></news:news></url>"
    )
    read = read_sitemap(reply(SITEMAP.format(entry)))
    assert read.pages == (Link("https://news.example/1?a=1&b=2", "2026-11-22", "2026-11-21"),)


def test_an_index_lists_sitemaps() -> None:
    body = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://news.example/2.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(reply(body)).sitemaps == (Link("https://news.example/2.xml"),)


def test_a_site_speaks_for_no_other() -> None:
    named = ("news.example", "www.news.example", "evil.example", "news.example.evil.example")
    body = SITEMAP.format("".join(f"<url><loc>https://{host}/1</loc></url>" for host in named))
    assert urls(body) == ["https://news.example/1", "https://www.news.example/1"]


def test_sitemaps_come_compressed_as_text_and_broken() -> None:
    entry = "<url><loc>https://news.example/1</loc></url>"
    assert urls(gzip.compress(SITEMAP.format(entry).encode())) == ["https://news.example/1"]
    assert urls("\ufeffhttps://news.example/1\n\nhttps://news.example/2\n") == [
        f"https://news.example/{n}" for n in "12"
    ]
    assert urls(SITEMAP.format(entry + "<url><loc>https://news.ex")[:-9]) == ["https://news.example/1"]
    assert urls(SITEMAP.format("<url><loc>https://news.example/?a=1&b=2</loc></url>")) == [
        "https://news.example/?a=1&b=2"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "words",
        "<html><body>Not found",
        "<a>" * 100_000,
        SITEMAP.format("<b/>" * 200_000),
        BOMB + "<urlset><url><loc>&b8;</loc></url></urlset>",
        b"\x1f\x8bno gzip",
        gzip.compress(bytes(60_000_000)),
        "\0" * 1_000,
    ],
)
def test_what_is_no_sitemap_is_told(body: str | bytes) -> None:
    begun = time.process_time()
    with pytest.raises(ArticleError, match=r"rss\.xml (is no sitemap|is damaged|has more than)"):
        read_sitemap(reply(body))
    assert time.process_time() - begun < 5


def test_a_sitemap_opens_no_file() -> None:
    body = STOLEN + "<urlset><url><loc>https://news.example/&a;</loc></url></urlset>"
    assert urls(body) == ["https://news.example/"]
