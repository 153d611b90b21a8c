"""OpenDocument texts, read as the XML that they are."""

from collections.abc import Iterator

from lxml import etree

from documents.blocks import Block, Notes, content, one_line, row, rows_of, words_of
from documents.content import Content
from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.published import iso_date
from documents.xml_tree import local, read_xml
from documents.zipped import Zipped

_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes"))


def read_odt(data: bytes, name: str) -> Content:
    """Read an OpenDocument text: paragraphs, lists and tables in their order, notes behind what refers to them.

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
        title=one_line(found.get("title")),
        date=iso_date(found.get("creation-date", "")),
        modified=iso_date(found.get("date", "")),
        author=one_line(found.get("initial-creator") or found.get("creator")),
        language=one_line(found.get("language")),
    )
    return content(_Reader().blocks(body), known)


class _Reader:
    def __init__(self) -> None:
        self._notes = Notes()

    def blocks(self, element: etree._Element) -> Iterator[Block]:
        for child in element:
            kind = local(child)
            if kind in ("p", "h", "table"):
                yield from self._notes.behind(self._block(child, in_item=local(element) == "list-item"))
            elif kind not in _LEFT_OUT:
                yield from self.blocks(child)

    def _block(self, element: etree._Element, *, in_item: bool) -> Iterator[Block]:
        if local(element) == "table":
            for line in rows_of(element, "table-row"):
                cells = [words_of(each, self._mark) for each in line if local(each) == "table-cell"]
                yield from row(cells, heads=_heads(line))
            return
        words = words_of(element, self._mark)
        if words:
            yield "item" if in_item else _style(element), words

    def _mark(self, element: etree._Element) -> str:
        if local(element) != "note":
            return ""
        body = next((each for each in element if local(each) == "note-body"), None)
        return "" if body is None else self._notes.number(words_of(body, lambda _: ""))


def _style(paragraph: etree._Element) -> str:
    style = next((value for key, value in paragraph.attrib.items() if str(key).endswith("}style-name")), "")
    if str(style).startswith("Title"):
        return "title"
    return "heading" if local(paragraph) == "h" else ""


def _heads(line: etree._Element) -> bool:
    """Whether a row is the last one of its table's header."""
    parent = line.getparent()
    return parent is not None and local(parent) == "table-header-rows" and line.getnext() is None
