"""Feeds and sitemaps as text, and the answers that they come in."""

from documents import Reply

FEED = "https://news.example/rss.xml"
XML = '<?xml version="1.0" encoding="utf-8"?>'
RSS = XML + '<rss version="2.0"><channel><title>Nytt &amp; gammalt</title>{}</channel></rss>'
ATOM = XML + '<feed xmlns="http://www.w3.org/2005/Atom"><title>Journal</title>{}</feed>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + "x" * 10_000
    + '">'
    + "".join(f'<!ENTITY b{i} "{(f"&b{i - 1};" if i else "&a;") * 10}">' for i in range(9))
    + "]>"
)
STOLEN = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SITEMAP = XML + f'<urlset {NAMESPACE} xmlns:image="i" xmlns:news="n">{{}}</urlset>'


def reply(body: str | bytes, kind: str = "application/xml", url: str = FEED) -> Reply:
    return Reply(url, 200, kind=kind, body=body if isinstance(body, bytes) else body.encode())
