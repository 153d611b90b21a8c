"""Word documents, opened by python-docx."""

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from documents.blocks import Block, Notes, content, one_line, row, rows_of, words_of
from documents.content import Content
from documents.display import printable
from documents.errors import ArticleError
from documents.metadata import Metadata
from documents.xml_tree import local, read_xml
from documents.zipped import Zipped

_OLE = b"\xd0\xcf\x11\xe0"
_NOTES = ("footnotes", "endnotes")


def read_docx(data: bytes, name: str) -> Content:
    """Read a Word document: paragraphs, lists and tables in their order, notes behind what refers to them.

    Raises:
        ArticleError: when it is damaged, encrypted or holds no text.
    """
    from docx import Document  # noqa: PLC0415 - 0.1 s, and only for Word documents

    if data.startswith(_OLE):
        raise ArticleError(
            f"{printable(name)} is encrypted or an old .doc.", help="Save it as .docx, without password."
        )
    Zipped(data, name).check()
    document = Document(io.BytesIO(data))
    core = document.core_properties
    known = Metadata(
        title=one_line(core.title),
        date=core.created.date().isoformat() if core.created else None,
        modified=core.modified.date().isoformat() if core.modified else None,
        author=one_line(core.author),
        language=one_line(core.language),
    )
    return content(_Reader(document, name).blocks(), known)


class _Reader:
    def __init__(self, document: Any, name: str) -> None:  # noqa: ANN401 - python-docx gives no types for its parts
        self._body = document.element.body
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self._notes = Notes()
        self._texts = dict(_note_texts(document, name))

    def blocks(self) -> Iterator[Block]:
        for element in self._body:
            yield from self._notes.behind(self._blocks(element))

    def _blocks(self, element: etree._Element) -> Iterator[Block]:
        kind = local(element)
        if kind == "tbl":
            for line in rows_of(element, "tr"):
                cells = [words_of(each, self._mark) for each in line if local(each) == "tc"]
                yield from row(cells, heads=any(local(each) == "tblHeader" for each in line.iter()))
        elif kind == "p":
            words = words_of(element, self._mark)
            if words:
                yield self._style(element), words
        elif kind in ("sdt", "sdtContent", "ins", "customXml"):
            for child in element:
                yield from self._blocks(child)

    def _style(self, paragraph: etree._Element) -> str:
        for each in paragraph.iter():
            if local(each) == "numPr":
                return "item"
            if local(each) == "pStyle":
                name = self._styles.get(next(iter(each.attrib.values()), ""), "").lower()
                if name.startswith(("title", "heading", "list")):
                    return "title" if name == "title" else "heading" if name.startswith("heading") else "item"
            elif local(each) == "t":
                break
        return ""

    def _mark(self, element: etree._Element) -> str:
        if local(element) not in ("footnoteReference", "endnoteReference"):
            return ""
        return self._notes.number(self._texts.get((f"{local(element)[:-9]}s", _id(element)), ""))


def _note_texts(document: Any, name: str) -> Iterator[tuple[tuple[str, str], str]]:  # noqa: ANN401 - as above
    """The words of each note, by its kind and its id; the lines that part notes from the text have a type, and none."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _NOTES and not relation.is_external:
            for each in read_xml(relation.target_part.blob, name):
                if not any(local_name.endswith("}type") for local_name in map(str, each.attrib)):
                    yield (kind, _id(each)), words_of(each, lambda _: "")


def _id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
