"""The templates that all markup of the browser comes from. Every value put into one is escaped."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from documents import teaser_at
from ui.web.links import file_name, site, web_address

ASSETS = Path(__file__).parent.parent / "assets"
"""Templates, scripts and style sheets."""

_SIGNS = re.compile(r"^#{1,6}(?= )", re.MULTILINE)


def verbatim(text: str) -> Markup:
    """A text that a browser reads back character for character.

    HTML has two exceptions: a carriage return would become a line feed, so it is named by its number; a NUL cannot be
    written at all, and is shown as the sign for a character that cannot.
    """
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd"))  # noqa: S704 - escaped just here


def dimmed(text: str, *, begins_line: bool = True) -> Markup:
    """A text as `verbatim` has it, with the signs before a Markdown heading in elements that style sheets dim.

    Args:
        text: part of an article.
        begins_line: whether the text begins a line there.
    """
    found = Markup("")
    at = 0
    for sign in _SIGNS.finditer(text):
        if sign.start() or begins_line:
            found += verbatim(text[at : sign.start()]) + Markup('<span class="sign">{}</span>').format(sign[0])
            at = sign.end()
    return found + verbatim(text[at:])


@cache
def macros(name: str) -> Any:  # noqa: ANN401 - a template's macros have no types
    """The macros of a template in `ui/assets`, each a function that returns HTML."""
    environment = Environment(
        loader=PackageLoader("ui", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "dimmed": dimmed,
        "file_name": file_name,
        "site": site,
        "teaser_at": teaser_at,
        "verbatim": verbatim,
        "web_address": web_address,
    }
    return environment.get_template(name).module


def script(*names: str) -> str:
    """Scripts of `ui/assets` as one, to run when a component is there; each has its names for itself."""
    sources = ((ASSETS / name).read_text(encoding="utf-8") for name in names)
    return "\n".join(f"{{\n{source}}}" for source in sources)
