"""Feeds: what is taken from them, and what cannot harm; and lists of every kind, damaged."""

import gzip
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents import (
    ArticleError,
    Feed,
    Link,
    announced_feed,
    listed_addresses,
    read_feed,
    read_sitemap,
)
from documents.robots import read_robots
from tests.documents.lists import ATOM, BOMB, NAMESPACE, RSS, SITEMAP, STOLEN, XML, reply


def test_rss_names_pages_with_the_date_where_they_were_published() -> None:
    item = (
        "<item><title>x</title><link> /2026/bridge#top </link><author>Eva Ek</author>"
        "<pubDate>Sun, 22 Nov 2026 00:30:00 +0100</pubDate></item>"
    )
    link = Link("https://news.example/2026/bridge", "Sun, 22 Nov 2026 00:30:00 +0100", "2026-11-22", "Eva Ek")
    assert read_feed(reply(RSS.format(item))) == Feed("Nytt & gammalt", (link,))


def test_atom_names_the_page_and_not_itself() -> None:
    entry = (
        '<entry><link rel="self" href="https://a.example/entry.atom"/><link href="https://a.example/1"/>'
        "<published>2026-11-20T23:30:00-08:00</published><updated>2026-11-21T01:00:00Z</updated></entry>"
    )
    (link,) = read_feed(reply(ATOM.format(entry))).links
    assert link == Link("https://a.example/1", "2026-11-21T01:00:00Z", "2026-11-20", None)


def test_a_changed_entry_has_another_version() -> None:
    entry = '<entry><link href="https://a.example/1"/><updated>2026-11-{}T01:00:00Z</updated></entry>'
    versions = {read_feed(reply(ATOM.format(entry.format(day)))).links[0].version for day in (20, 21)}
    assert len(versions) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_s_words_are_right_in_any_encoding(encoding: str) -> None:
    text = RSS.replace("utf-8", encoding).replace("Nytt", "Nyår").format("")
    assert read_feed(reply(text.encode(encoding))).title == "Nyår & gammalt"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/1", "http://u:p@a.example/"]
)
def test_what_is_no_web_address_is_left_out(address: str) -> None:
    assert read_feed(reply(RSS.format(f"<item><link>{address}</link></item>"))).links == ()


def test_a_broken_feed_gives_what_can_be_read() -> None:
    body = RSS.format("<item><link>https://a.example/1?a=1&b=2</link></item><item><link>https://a.example/2</link>")
    assert [link.url for link in read_feed(reply(body)).links] == ["https://a.example/1?a=1&b=2", "https://a.example/2"]


@pytest.mark.parametrize("body", ["", "{}", "<html><body>No feed", "\0\1\2", XML + "<urlset/>", "plain words"])
def test_what_is_no_feed_is_told(body: str) -> None:
    with pytest.raises(ArticleError, match=r"rss\.xml is neither RSS nor Atom"):
        read_feed(reply(body))


@pytest.mark.parametrize(
    "body",
    [
        BOMB + '<rss version="2.0"><channel><title>&b8;</title></channel></rss>',
        STOLEN + '<rss version="2.0"><channel><title>&a;</title></channel></rss>',
        RSS.format("<item>" * 5_000),
        RSS.format("<item><description>" + "&lt;div" * 50_000 + "</description></item>"),
        RSS.format("<![CDATA[" * 20_000),
        RSS.format("<item><title>" + "x" * 1_000_000 + "</title><link>https://a.example/1</link></item>"),
        '<rss version="2.0"' + ' a="b"' * 20_000 + "><channel>",
        RSS.format("<item><link>https://a.example/" + "x" * 100_000 + "</link></item>"),
        RSS.format("<item><link>https://a.example/1</link><pubDate>" + "9" * 5_000 + "</pubDate></item>"),
        RSS.format("<item><link>http://[::</link></item>"),
        RSS.format("<item><link>https://a.example/&#xD800;</link><author>&#xD800;&#0;</author></item>"),
    ],
)
def test_a_hostile_feed_is_read_in_time_or_refused(body: str) -> None:
    begun = time.process_time()
    try:
        feed = read_feed(reply(body))
    except ArticleError:
        feed = Feed("", ())
    assert time.process_time() - begun < 5
    assert len(feed.title) <= 200
    assert "root:" not in feed.title
    for link in feed.links:
        assert len(link.url) <= 2_000
        assert (link.url + link.version + (link.author or "")).encode().isascii()


def test_a_feed_of_too_many_tags_is_refused() -> None:
    with pytest.raises(ArticleError, match="has 300,007 tags; a feed may have 300,000"):
        read_feed(reply(RSS.format("<i>" * 300_000)))


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/f.xml">', "https://news.example/f.xml"),
        ("<link rel=alternate type=application/atom+xml href=https://a.example/f>", "https://a.example/f"),
        ('<link rel="stylesheet" href="/f.css">', None),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', None),
        ("<link" * 1_000, None),
        ("<![" * 1_000, None),
    ],
)
def test_a_page_says_where_its_feed_is(link: str, found: str | None) -> None:
    assert announced_feed(reply(f"<html><head>{link}</head>", "text/html", "https://news.example/")) == found


SEEDS = (
    RSS.format("<item><link>https://a.example/1</link><pubDate>Sun, 22 Nov 2026 00:30:00 +0100</pubDate></item>"),
    ATOM.format('<entry><link href="/1"/><updated>2026-11-21T01:00:00Z</updated></entry>'),
    SITEMAP.format("<url><loc>https://news.example/1</loc><lastmod>2026-11-22</lastmod></url>"),
    f"<sitemapindex {NAMESPACE}><sitemap><loc>https://news.example/2.xml</loc></sitemap></sitemapindex>",
    "https://news.example/1\n# later\nhttps://news.example/2\n",
    BOMB + "<urlset><url><loc>&b8;</loc></url></urlset>",
    '<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml">',
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A seed in any encoding, cut off, with bytes changed, repeated, taken out and put in."""
    data = draw(st.sampled_from(SEEDS)).encode(draw(st.sampled_from(["utf-8", "utf-16", "latin-1", "utf-32"])))
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        piece = draw(
            st.sampled_from([b"", b"\0", b"<", b"&", b"]]>", b"<!--", b"\xff\xfe", b"&#xD800;", data[start:end] * 3])
        )
        data = data[:start] + piece + data[end:]
    return draw(st.sampled_from([data, gzip.compress(data)[: draw(st.integers(0, 400))], data[: len(data) // 2]]))


@settings(max_examples=300, deadline=2_000, derandomize=True)
@given(damaged(), st.sampled_from(["", "text/html", "application/xml; charset=x", "text/xml; charset=utf-16"]))
@example(b'<rss version="2.0">&#xD800;<channel></channel></rss>', "")
def test_damaged_lists_are_read_or_refused(data: bytes, kind: str) -> None:
    answer = reply(data, kind)
    for read in (read_feed, read_sitemap, announced_feed, read_robots):
        try:
            found = str(read(answer))
        except ArticleError as error:
            found = str(error)
        assert len(found) < 20_000
    assert all(url.startswith("http") for url in listed_addresses(data))
