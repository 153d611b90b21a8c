"""Reads a page as a tree, and finds what stands in it."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "base", "embed"))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.made = ET.TreeBuilder()
        self.open: list[str] = []
        self.made.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.made.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.start(tag, {name: value or "" for name, value in attrs})
        self.made.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes what is not open"
        self.made.end(tag)

    def handle_data(self, data: str) -> None:
        self.made.data(data)


def read_page(html: str) -> ET.Element:
    """The page as a tree; every element must be closed, in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert not builder.open, f"never closed: {builder.open}"
    builder.made.end("page")
    return builder.made.close()


def find(page: ET.Element, selector: str) -> list[ET.Element]:
    """The elements that a selector means: names, .classes and #ids, each within what the one before it means."""
    found = [page]
    for step in selector.split():
        inside = (element for outer in found for element in outer.iter() if element is not outer)
        found = list({id(element): element for element in inside if _matches(element, step)}.values())
    return found


def words(page: ET.Element, selector: str) -> list[str]:
    """The words of each of them, with single spaces."""
    return [" ".join("".join(element.itertext()).split()) for element in find(page, selector)]


def _matches(element: ET.Element, step: str) -> bool:
    if step.startswith("#"):
        return element.get("id") == step[1:]
    name, _, kind = step.partition(".")
    return name in ("", element.tag) and (not kind or kind in element.get("class", "").split())
