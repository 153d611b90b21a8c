"""Word processors' files: docx through python-docx, odt as the XML that it is, rtf through striprtf."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import regex
from lxml import etree

from documents.content import Content, headed, sourced
from documents.display import printable
from documents.errors import ArticleError
from documents.isolated import read_apart
from documents.metadata import Metadata
from documents.published import iso_date
from documents.xml_tree import local, read_xml
from documents.zipped import Zipped

_PROPERTIES = "document properties"
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n", "br": "\n", "cr": "\n"}
_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes", "del", "instrText", "ruby-text"))
_INFO = regex.compile(r"\{\\(?P<key>title|author|company)\s(?P<value>[^{}]{1,1000})\}")
_TIME = regex.compile(r"\{\\(?P<key>creatim|revtim)\\yr(?P<y>\d{4})(?:\\mo(?P<m>\d{1,2}))?(?:\\dy(?P<d>\d{1,2}))?")
_RTF_HEAD = 100_000  # characters; the information about a document stands at its beginning

_Block = tuple[str, str]  # "title", "heading", "item", "row" or "", and the words


def read_docx(data: bytes, name: str) -> Content:
    """Read a Word document: paragraphs, lists and tables in their order.

    Raises:
        ArticleError: when it is damaged, encrypted or holds no text.
    """
    from docx import Document  # noqa: PLC0415 - 0.1 s, and only for Word documents

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ArticleError(
            f"{printable(name)} is encrypted or an old .doc.", help="Save it as .docx, without password."
        )
    Zipped(data, name).check()
    document = Document(io.BytesIO(data))
    styles = {style.style_id: style.name or "" for style in document.styles}
    blocks = [block for element in document.element.body for block in _docx_blocks(element, styles)]
    core = document.core_properties
    known = Metadata(
        title=_line(core.title),
        date=core.created.date().isoformat() if core.created else None,
        modified=core.modified.date().isoformat() if core.modified else None,
        author=_line(core.author),
        language=_line(core.language),
    )
    return _content(blocks, known)


def read_odt(data: bytes, name: str) -> Content:
    """Read an OpenDocument text: paragraphs, lists and tables in their order.

    Raises:
        ArticleError: when it is damaged, encrypted or holds no text.
    """
    file = Zipped(data, name)
    if b"encryption-data" in (file.find("META-INF/manifest.xml") or b""):
        raise ArticleError(f"{printable(name)} is encrypted.", help="Save it without its password first.")
    root = read_xml(file.read("content.xml"), name)
    body = next((each for each in root.iter() if local(each) == "text" and each.getparent() is not None), root)
    meta = file.find("meta.xml")
    found = {local(each): each.text or "" for each in read_xml(meta, name).iter()} if meta else {}
    known = Metadata(
        title=_line(found.get("title")),
        date=iso_date(found.get("creation-date", "")),
        modified=iso_date(found.get("date", "")),
        author=_line(found.get("initial-creator") or found.get("creator")),
        language=_line(found.get("language")),
    )
    return _content(list(_odt_blocks(body)), known)


def read_rtf(data: bytes, name: str) -> Content:
    """Read rich text.

    Raises:
        ArticleError: when it is damaged.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ArticleError(f"{printable(name)} is not rich text, whatever its name says.")
    text = str(read_apart("rtf", data, name=name)["text"])
    lines = (regex.sub(r"[ \t]+", " ", line.replace("\xad", "")).strip() for line in text.split("\n"))
    text = regex.sub(r"\n+", "\n\n", "\n".join(lines)).strip()
    head = data[:_RTF_HEAD].decode("cp1252", "replace")
    found = {match["key"]: _rtf_words(match["value"]) for match in reversed(list(_INFO.finditer(head)))}
    times = {
        m["key"]: "-".join(f"{int(part):02}" for part in (m["y"], m["m"], m["d"]) if part) for m in _TIME.finditer(head)
    }
    known = Metadata(
        title=_line(found.get("title")),
        date=iso_date(times.get("creatim", "")),
        modified=iso_date(times.get("revtim", "")),
        author=_line(found.get("author")),
    )
    return _content([("", block) for block in text.split("\n\n")], known)


def _content(blocks: list[_Block], known: Metadata) -> Content:
    """Blocks as one text, rows and items on lines that follow each other; headings open chapters."""
    pieces: list[str] = []
    chapters: list[tuple[int, str]] = []
    position, last, title = 0, "", ""
    for kind, words in blocks:
        words_shown = f"- {words}" if kind == "item" else words
        gap = "" if not pieces else "\n" if kind == last and kind in ("item", "row") else "\n\n"
        position += len(gap)
        pieces += (gap, words_shown)
        if kind == "title" or (kind == "heading" and not title and position == 0):
            title = title or words
        elif kind == "heading":
            chapters.append((position, words))
        position += len(words_shown)
        last = kind
    text = "".join(pieces)
    shown, headline = headed(title or (known.title if known.title and text.startswith(known.title) else None), text)
    shift = len(shown) - len(text)
    ends = [*(start for start, _ in chapters), len(text)]
    spans = [
        ((start + shift, end + shift), words) for (start, end), (_, words) in zip(pairwise(ends), chapters, strict=True)
    ]
    if title and not known.title:
        known = replace(known, title=title, provenance=(("title", "heading"),))
    return Content(shown, sourced(replace(known, headline=headline), _PROPERTIES), chapters=tuple(spans))


def _docx_blocks(element: etree._Element, styles: dict[str, str]) -> Iterator[_Block]:
    kind = local(element)
    if kind == "tbl":
        for row in (each for each in element.iter() if local(each) == "tr"):
            yield from _row([each for each in row if local(each) == "tc"])
    elif kind == "p":
        words = _words(element)
        if words:
            yield _style(element, styles), words
    elif kind in ("sdt", "sdtContent", "ins", "customXml"):
        for child in element:
            yield from _docx_blocks(child, styles)


def _style(paragraph: etree._Element, styles: dict[str, str]) -> str:
    for each in paragraph.iter():
        if local(each) == "numPr":
            return "item"
        if local(each) == "pStyle":
            name = styles.get(next(iter(each.attrib.values()), ""), "").lower()
            if name.startswith(("title", "heading", "list")):
                return "title" if name == "title" else "heading" if name.startswith("heading") else "item"
        elif local(each) == "t":
            break
    return ""


def _odt_blocks(element: etree._Element) -> Iterator[_Block]:
    for child in element:
        kind = local(child)
        if kind in ("p", "h"):
            words = _words(child)
            style = "item" if local(element) == "list-item" else _odt_style(child)
            if words:
                yield style, words
        elif kind == "table-row":
            yield from _row([each for each in child if local(each) == "table-cell"])
        elif kind not in _LEFT_OUT:
            yield from _odt_blocks(child)


def _odt_style(paragraph: etree._Element) -> str:
    style = next((value for key, value in paragraph.attrib.items() if str(key).endswith("}style-name")), "")
    if str(style).startswith("Title"):
        return "title"
    return "heading" if local(paragraph) == "h" else ""


def _row(cells: list[etree._Element]) -> Iterator[_Block]:
    words = [" ".join(_words(cell).split()) for cell in cells]
    if any(words):
        yield "row", f"| {' | '.join(words)} |"


def _words(element: etree._Element) -> str:
    """The words of a paragraph or a cell, its signs for spaces and line ends too."""
    lines = "".join(_inner(element)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _inner(element: etree._Element) -> Iterator[str]:
    """Both kinds of document at once: in Word's, letters stand in `t` alone."""
    word = "wordprocessingml" in str(element.tag)
    if not word or local(element) == "t":
        yield element.text or ""
    for child in element:
        name = local(child)
        yield _SIGNS.get(name, "")
        if name and name not in _LEFT_OUT and name not in _SIGNS:
            yield from _inner(child)
        if not word:
            yield child.tail or ""
    if local(element) in ("p", "h"):
        yield "\n"


def _rtf_words(value: str) -> str:
    value = regex.sub(r"\\u(-?\d{1,5})\s?\??", lambda match: chr(int(match[1]) % 0x10000), value)
    value = regex.sub(r"\\'([0-9a-fA-F]{2})", lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), value)
    return regex.sub(r"\\[a-z]+-?\d*\s?", "", value)


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
