"""Web pages to text and metadata, through trafilatura."""

import regex

from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.published import iso_date

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
    from trafilatura import bare_extraction  # noqa: PLC0415 - 0.3 s, and only for web pages

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
    title = _one_line(document.title) if document else None
    text, headline = _with_headline(body, title)
    return text, Metadata(
        title=title,
        date=iso_date(document.date or "") if document else None,
        source=_one_line(document.sitename) or _one_line(document.author) if document else None,
        language=_declared_language(html),
        url=_address(document.url if document else None) or url,
        headline=headline,
    )


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
