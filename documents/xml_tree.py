"""XML and HTML of untrusted origin as trees and as text: no entities of its own, no network, no deep nesting."""

from collections.abc import Iterator

import regex
from lxml import etree
from lxml import html as lxml_html

from documents.display import printable
from documents.errors import ArticleError
from documents.tables import RULE

_ENTITY = regex.compile(rb"<!ENTITY", regex.IGNORECASE)
_DEEPEST = 200
_SKIPPED = frozenset(("script", "style", "head", "template", "svg", "math", "noscript", "iframe", "object", "title"))
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
        ),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))


def read_xml(data: bytes, name: str) -> etree._Element:
    """Parse XML.

    Raises:
        ArticleError: when it is not well-formed, or declares entities, which can unfold without end.
    """
    if _ENTITY.search(data):
        raise ArticleError(f"{printable(name)} declares entities, which Dossier does not unfold.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"{printable(name)} is damaged: {printable(error).rstrip('.')}.") from error
    if root is None:
        raise ArticleError(f"{printable(name)} is empty.")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def page_text(source: str) -> str:
    """All that an HTML page shows, a paragraph a block; for pages that are no news pages: chapters, letters."""
    try:
        root = lxml_html.document_fromstring(source, parser=lxml_html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return blocks_text(root)


def blocks_text(root: etree._Element) -> str:
    """The words below an element: blocks parted by a blank line, rows as `| a | b |`, items behind a dash."""
    pieces: list[str] = []
    for event, element in _steps(root):
        name = local(element)
        if event == "start":
            pieces.append(_opening(name))
            pieces.append(_folded(element.text, keep=name == "pre"))
        else:
            pieces.append(_closing(name) + _ruled_off(element))
            pieces.append(_folded(element.tail, keep=False) if element is not root else "")
    return _tidied("".join(pieces))


def _steps(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Begin and end of each element that is shown, without recursion; what is nested too deep is left out."""
    stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(root, iter(root))]
    yield "start", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif local(child) in _SKIPPED or not local(child) or len(stack) > _DEEPEST:
            yield "end", etree.Element("skipped") if child.tail is None else _only_tail(child)
        else:
            stack.append((child, iter(child)))
            yield "start", child


def _only_tail(child: etree._Element) -> etree._Element:
    left = etree.Element("skipped")
    left.tail = child.tail
    return left


def _opening(name: str) -> str:
    if name == "li":
        return "\n- "
    if name == "tr":
        return "\n|"
    if name in _CELLS:
        return " "
    return "\n" if name == "br" else "\n\n" if name in _BLOCKS else ""


def _closing(name: str) -> str:
    if name in _CELLS:
        return " |"
    return "\n" if name in ("li", "tr") else "\n\n" if name in _BLOCKS else ""


def _ruled_off(element: etree._Element) -> str:
    """The line under a row of nothing but headings that opens a table."""
    opens = local(element) == "tr" and element.getprevious() is None
    cells = [local(cell) for cell in element] if opens else []
    parent = element.getparent() if cells and set(cells) == {"th"} else None
    if parent is None or (local(parent) == "tbody" and parent.getprevious() is not None):
        return ""
    return f"\n|{RULE * len(cells)}\n"


def _folded(words: str | None, *, keep: bool) -> str:
    if not words or keep:
        return words or ""
    return regex.sub(r"[ \t\r\n\f]+", " ", words)


_ROWS = regex.compile(r"(?<=\|)\n{2,}(?=\|)")
_ITEMS = regex.compile(r"^(- [^\n]*)\n{2,}(?=- )", regex.MULTILINE)


def _tidied(text: str) -> str:
    lines = (regex.sub(r" {2,}", " ", line).strip(" ") for line in text.split("\n"))
    text = regex.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line != "-")).strip()
    text = regex.sub(r"^- \n+", "- ", text, flags=regex.MULTILINE)
    return _ITEMS.sub(r"\1\n", _ROWS.sub("\n", text))
