"""Web pages to text and metadata, through trafilatura."""

from dataclasses import replace
from typing import Any

import regex

from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.page_head import Declared, first_date, joined_names, read_head
from documents.published import iso_date

_FIELDS = ("title", "date", "modified", "author", "source", "rubric", "language", "url")
_TOO_LITTLE = 80  # characters; less than this, the baseline may find more

_CHARSET = regex.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE)
_LANG = regex.compile(r"<html\b[^>]{0,500}\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-\w+)*)", regex.IGNORECASE)
_PAGE = regex.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", regex.I | regex.S
)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes."""
    match = _CHARSET.search(data[:4_096])
    return match[1].decode("ascii") if match else None


def looks_like_page(text: str) -> bool:
    """Whether a text without a file name is HTML."""
    return _PAGE.match(text[:4_096]) is not None


def read_page(html: str, *, url: str | None, name: str) -> tuple[str, Metadata]:
    """Take the story out of a web page.

    Args:
        html: the page.
        url: where it came from, if known.
        name: what to call it in an error message.

    Returns:
        The text, beginning with the headline, and what the page says about itself.

    Raises:
        ArticleError: when the page holds no text.
    """
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - 0.3 s, and only for web pages

    tree = load_html(html)
    declared = read_head(tree) if tree is not None else {}
    document = bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        # Only dates that the page declares: the extensive search takes any date it finds, a footer's too.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = (document.text or "").strip() if document else ""
    if len(body) < _TOO_LITTLE:
        body = max(body, _baseline(html), key=len)
    if not body:
        raise ArticleError(f"{printable(name)} holds no text.", help="It may be made by scripts as it is shown.")
    known = _metadata(declared, document, _declared_language(html))
    text, headline = _with_headline(body, known.title)
    return text, replace(known, url=known.url or url, headline=headline)


def _metadata(declared: Declared, document: Any, language: str | None) -> Metadata:  # noqa: ANN401 - no types
    """What the markup declares; trafilatura cleans titles of site names, and finds what is not declared."""
    declared = {field: declared.get(field, []) for field in _FIELDS}
    title = _one_line(document.title) if document else None
    found: dict[str, tuple[str, str] | None] = {
        "title": (title, _origin(title, declared["title"])) if title else None,
        "date": first_date(declared["date"]) or _seen(iso_date(document.date or "") if document else None),
        "modified": first_date(declared["modified"]),
        "author": joined_names(declared["author"]) or _seen(_one_line(document.author) if document else None),
        "source": next(iter(declared["source"]), None) or _seen(_one_line(document.sitename) if document else None),
        "rubric": next(iter(declared["rubric"]), None),
        "language": (language, "html lang") if language else next(iter(declared["language"]), None),
        "url": next(((v, o) for v, o in declared["url"] if _address(v)), None)
        or _seen(_address(document.url) if document else None),
    }
    found["source"] = found["source"] or found["author"]
    values: dict[str, Any] = {field: value[0] for field, value in found.items() if value}
    origins = tuple((field, value[1]) for field, value in found.items() if value)
    return Metadata(**values, provenance=origins)


def _seen(value: str | None) -> tuple[str, str] | None:
    """What trafilatura found somewhere on the page."""
    return (value, "page") if value else None


def _origin(value: str, declared: list[tuple[str, str]]) -> str:
    """Where a cleaned value stands; a title is often followed by the name of the site."""
    return next((origin for text, origin in declared if value in text), "page")


def _baseline(html: str) -> str:
    from trafilatura import baseline  # noqa: PLC0415 - as above

    return str(baseline(html)[1]).strip()


def _declared_language(html: str) -> str | None:
    match = _LANG.search(html[:8_192])
    return match[1] if match else None


def _one_line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _address(value: str | None) -> str | None:
    return value if value and value.startswith(("http://", "https://")) else None


def _with_headline(body: str, title: str | None) -> tuple[str, tuple[int, int] | None]:
    """The headline is part of what a page says, though extractors leave it out more often than not."""
    if title is None:
        return body, None
    at = body.find(title, 0, len(title) + 20)
    if at == 0:
        return body, (0, len(title))
    return f"{title}\n\n{body}", (0, len(title))
