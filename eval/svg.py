"""A matplotlib figure as an element of a page: in the page's colours, and with what it shows told in words."""

import re
from dataclasses import dataclass
from io import StringIO
from xml.etree import ElementTree as ET

from matplotlib import rc_context
from matplotlib.figure import Figure

INK, MUTED, LINE, ACCENT, SECOND = "#22262b", "#5c6168", "#e2dfd8", "#1f5673", "#9a5b13"
_VARIABLES = {INK: "ink", MUTED: "muted", LINE: "line", ACCENT: "accent", SECOND: "second"}
"""What is drawn in one of these becomes the page's variable of that name, and so follows light and dark."""

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


@dataclass(frozen=True, slots=True)
class Described:
    """What a picture says in words.

    Attributes:
        id: unique on its page.
        title: what it shows.
        text: what is to be read from it.
    """

    id: str
    title: str
    text: str


def page_svg(figure: Figure, described: Described) -> str:
    """The figure as an svg element as wide as its place; nothing in it has an id that another could have, too."""
    file = StringIO()
    # The salt goes into the ids of clips and marks.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": described.id}):
        figure.savefig(
            file, format="svg", transparent=True, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type"))
        )
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(file.getvalue())  # noqa: S314 - made a moment ago, a few lines above
    for element in root.iter():
        _fit(element)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{described.id}-title {described.id}-text"}
    for position, (tag, name) in enumerate((("title", "title"), ("desc", "text"))):
        words = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{described.id}-{name}"})
        words.text = getattr(described, name)
        root.insert(position, words)
    return ET.tostring(root, encoding="unicode")


def _fit(element: ET.Element) -> None:
    if element.tag == f"{{{_SVG}}}g":
        element.attrib.pop("id", None)
    if style := element.get("style"):
        element.set("style", re.sub("|".join(_VARIABLES), lambda found: f"var(--{_VARIABLES[found[0]]})", style))
