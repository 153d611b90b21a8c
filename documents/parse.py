"""The bytes of a file or page to an article."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import cast
from urllib.parse import unquote, urlsplit

import regex

from documents.article import Article, Section, SectionKind, Span
from documents.content import Content, with_text
from documents.costly import is_costly, read_costly
from documents.decode import decode, decode_declared
from documents.display import printable
from documents.errors import ArticleError
from documents.kinds import MARKDOWN, PAGES, SUFFIXES
from documents.language import UNKNOWN, detect, language_name
from documents.load import SIZE_LIMIT
from documents.markdown import read_markdown
from documents.markup import declared_charset, looks_like_page, read_page
from documents.metadata import read_plain
from documents.news import find_sections

_Reader = Callable[[bytes, str], Content]

# Where the readers of the other kinds are; each is imported with the first file of its kind.
_READERS = {
    ".pdf": "pdf.read_pdf",
    ".docx": "docx.read_docx",
    ".odt": "odt.read_odt",
    ".rtf": "rtf.read_rtf",
    ".epub": "epub.read_epub",
    ".eml": "mail.read_mail",
    ".mhtml": "mail.read_mhtml",
    ".mht": "mail.read_mhtml",
}
_MOST_CHARACTERS = SIZE_LIMIT  # as much as a plain text may have
_OWN_WORDS = (".epub", ".mhtml", ".mht")  # what these say of themselves is all that is asked of them


def parse(data: bytes, *, path: Path | None = None, url: str | None = None, kind: str | None = None) -> Article:
    """Make an article of the bytes of a file or web page.

    Args:
        data: the whole file.
        path: where it came from; its suffix says what it is.
        url: where it came from; without a suffix, HTML is told by its look.
        kind: the suffix that says what it is, where that of the path does not.

    Returns:
        The article, with an empty `id` (the library gives one).

    Raises:
        ArticleError: when the bytes hold no text.
    """
    name = str(path) if path else url or "the text"
    suffix = kind or (path.suffix.lower() if path else "")
    content = (read_costly if is_costly(data, suffix) else read_content)(data, suffix, name, url)
    text, known = content.text, content.known
    if not text.strip():
        raise ArticleError(f"{printable(name)} holds no text.")
    if len(text) > _MOST_CHARACTERS:  # a book of a few kilobytes may unpack to hundreds of megabytes
        raise ArticleError(
            f"{printable(name)} holds {len(text):,} characters; the limit is {_MOST_CHARACTERS:,}.",
            help="Split it into smaller files.",
        )
    title = known.title or _file_title(path, url)
    detected = detect(text)
    origins = dict(known.provenance)
    if not known.title:
        origins["title"] = "file name" if path else "address"
    if detected != UNKNOWN:
        origins["language"] = "detected"
    if url and not known.url:
        origins["url"] = "address"
    return Article(
        id="",
        text=text,
        title=title,
        date=known.date,
        source=known.source,
        language=_declared(known.language) if detected == UNKNOWN else detected,
        url=known.url or url,
        path=str(path) if path else None,
        sections=tuple(_chaptered(text, find_sections(text, known.headline, known.others), content.chapters)),
        author=known.author,
        modified=known.modified,
        rubric=known.rubric,
        provenance=tuple(origins.items()),
        pages=content.pages,
    )


def read_content(data: bytes, suffix: str, name: str, url: str | None = None) -> Content:
    """Read a file of any kind into its text and what it says of itself.

    Args:
        data: the whole file.
        suffix: what it is read as; without one, a page is told by its look.
        name: what to call it in an error message.
        url: where it came from.

    Raises:
        ArticleError: when it cannot be read.
    """
    return _read(data, suffix, name) if suffix in _READERS else _text(data, suffix, name, url)


def _read(data: bytes, suffix: str, name: str) -> Content:
    """Read a document through the library for its kind."""
    module, function = _READERS[suffix].split(".")
    reader = cast("_Reader", getattr(import_module(f"documents.{module}"), function))
    if not data.strip():
        raise ArticleError(f"{printable(name)} is empty.")
    try:
        content = reader(data, name)
    except ArticleError:
        raise
    except Exception as error:  # the libraries raise whatever a damaged file leads them to
        reason = "nested too deep" if isinstance(error, RecursionError) else printable(error or type(error).__name__)
        raise ArticleError(f"{printable(name)} is damaged: {reason.rstrip('.')}.") from error
    text = _checked(content.text)
    content = Content(text, content.known, content.pages, content.chapters)
    return content if suffix in _OWN_WORDS else with_text(content, detect(text))


def _text(data: bytes, suffix: str, name: str, url: str | None) -> Content:
    source = _decoded(data, suffix, name)
    if suffix in PAGES or (not suffix and looks_like_page(source)):
        text, known = read_page(source, url=url, name=name)
        return Content(_checked(text), known)
    if suffix in MARKDOWN:
        return Content(*read_markdown(source))
    if suffix == ".json":
        from documents.records import read_record  # noqa: PLC0415 - only for records

        return read_record(source, name)
    return Content(source, read_plain(source, detect(source)))


def _chaptered(text: str, sections: Iterable[Section], chapters: Sequence[tuple[Span, str]]) -> Iterator[Section]:
    """The same sections, the story cut where chapters begin, each part under its chapter's heading."""
    for section in sections:
        start = section.start
        for (first, last), heading in chapters if section.kind is SectionKind.BODY else ():
            if last > start and first < section.end:
                yield from _trimmed(text, replace(section, start=start, end=max(start, first)))
                start = min(last, section.end)
                yield from _trimmed(text, Section(section.kind, heading, max(first, section.start), start))
        yield from _trimmed(text, replace(section, start=start))


def _trimmed(text: str, section: Section) -> Iterator[Section]:
    """The section without white space at its ends, if anything is left."""
    words = text[section.start : section.end]
    if words.strip():
        start = section.start + len(words) - len(words.lstrip())
        yield replace(section, start=start, end=start + len(words.strip()))


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


def _declared(language: str | None) -> str:
    """What a page or front matter declares, which decides only where the words show nothing."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return code if language_name(code) else UNKNOWN


def _file_title(path: Path | None, url: str | None) -> str:
    if path is not None:
        member = path.name.rpartition("::")[2]
        return PurePosixPath(member).stem if PurePosixPath(member).suffix.lower() in SUFFIXES else member
    parts = urlsplit(url or "")
    return PurePosixPath(unquote(parts.path)).stem or parts.hostname or "Untitled"
