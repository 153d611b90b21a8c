"""Books in EPUB: the chapters in the order of the spine, each a section under its own heading."""

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import regex
from lxml import etree

from documents.content import Content, sourced
from documents.decode import decode
from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.published import iso_date
from documents.xml_tree import local, page_text, read_xml
from documents.zipped import Zipped

if TYPE_CHECKING:
    from documents.article import Span

_HEADING = regex.compile(r"<h[1-3]\b[^>]{0,500}>(?P<words>.{1,1000}?)</h[1-3]>", regex.I | regex.S)
_MOST_CHAPTERS = 5_000


def read_epub(data: bytes, name: str) -> Content:
    """Read a book.

    Raises:
        ArticleError: when it is damaged, locked, or holds no text.
    """
    file = Zipped(data, name)
    if b"http://www.w3.org/2001/04/xmlenc#aes" in (file.find("META-INF/encryption.xml") or b""):
        raise ArticleError(f"{printable(name)} is locked against copying.", help="Only open books can be read.")
    container = read_xml(file.read("META-INF/container.xml"), name)
    package = next((each.get("full-path", "") for each in container.iter() if local(each) == "rootfile"), "")
    root = read_xml(file.read(package), name)
    pieces: list[str] = []
    chapters: list[tuple[Span, str]] = []
    position = 0
    for path in _spine(root, posixpath.dirname(package))[:_MOST_CHAPTERS]:
        page = file.find(path)
        source = decode(page, name=f"{name}::{path}") if page and page.strip() else ""
        words = page_text(regex.sub(r"^\s*<\?xml[^>]*\?>", "", source)) if source else ""
        if words:
            chapters.append(((position, position + len(words)), _heading(source)))
            pieces.append(words)
            position += len(words) + 2
    return Content("\n\n".join(pieces), _known(root), chapters=tuple(chapters))


def _spine(root: etree._Element, folder: str) -> list[str]:
    """Where the chapters lie in the archive, in the order of reading."""
    items = {each.get("id"): each for each in root.iter() if local(each) == "item"}
    order = [items.get(each.get("idref")) for each in root.iter() if local(each) == "itemref"]
    pages = [each for each in order if each is not None and "html" in (each.get("media-type") or "")]
    kept = [each for each in pages if "nav" not in (each.get("properties") or "").split()]
    return list(
        dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(each.get("href") or ""))) for each in kept)
    )


def _heading(source: str) -> str:
    match = _HEADING.search(source)
    return " ".join(page_text(match["words"]).split()) if match else ""


def _known(root: etree._Element) -> Metadata:
    found: dict[str, str] = {}
    for each in root.iter():
        found.setdefault(each.get("property") or local(each), " ".join((each.text or "").split()))
    known = Metadata(
        title=found.get("title") or None,
        date=iso_date(found.get("date", "")),
        modified=iso_date(found.get("dcterms:modified", "")),
        source=found.get("publisher") or None,
        author=found.get("creator") or None,
        language=found.get("language") or None,
    )
    return sourced(known, "book's own description")
