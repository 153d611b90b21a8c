"""The bytes of a file or page to an article."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import regex

from documents.article import Article
from documents.decode import decode, decode_declared
from documents.language import UNKNOWN, detect, language_name
from documents.markdown import read_markdown
from documents.markup import declared_charset, looks_like_page, read_page
from documents.metadata import Metadata, read_plain
from documents.news import find_sections

MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
PLAIN = (".txt",)


def parse(data: bytes, *, path: Path | None = None, url: str | None = None) -> Article:
    """Make an article of the bytes of a file or web page.

    Args:
        data: the whole file.
        path: where it came from; its suffix says what it is.
        url: where it came from; without a path, HTML is told by its look.

    Returns:
        The article, with an empty `id` (the library gives one).

    Raises:
        ArticleError: when the bytes hold no text.
    """
    name = str(path) if path else url or "the text"
    suffix = path.suffix.lower() if path else ""
    source = _decoded(data, suffix, name)
    if suffix in PAGES or (path is None and looks_like_page(source)):
        text, known = read_page(source, url=url, name=name)
        text = _checked(text)
    elif suffix in MARKDOWN:
        text, known = read_markdown(source)
    else:
        text, known = source, Metadata()
        known = read_plain(text, detect(text))
    return Article(
        id="",
        text=text,
        title=known.title or _file_title(path, url),
        date=known.date,
        source=known.source,
        language=_language(text, known.language),
        url=known.url or url,
        path=str(path) if path else None,
        sections=find_sections(text, known.headline, known.others),
    )


def _decoded(data: bytes, suffix: str, name: str) -> str:
    if suffix in PAGES or not suffix:
        charset = declared_charset(data)
        text = decode_declared(data, charset) if charset else None
        if text is not None and text.strip() and "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return decode(data, name=name)


def _checked(text: str) -> str:
    """Entities of a page can name what no text may hold: lone surrogates and NUL."""
    return regex.sub(r"[\x00\p{Cs}]", "\ufffd", text)


def _language(text: str, declared: str | None) -> str:
    """What the words show; what a page or front matter declares decides only where they show nothing."""
    code = (declared or "").replace("_", "-").split("-")[0].lower()
    return detect(text, default=code if language_name(code) else UNKNOWN)


def _file_title(path: Path | None, url: str | None) -> str:
    if path is not None:
        return path.stem
    parts = urlsplit(url or "")
    return PurePosixPath(unquote(parts.path)).stem or parts.hostname or "Untitled"
