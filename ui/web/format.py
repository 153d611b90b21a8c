"""Exchanges as HTML that is safe to show: article text is data, whatever it looks like.

All markup stands in `assets/chat.html`, a template that escapes every value put into it. What a value cannot
be trusted with, such as where a link leads, is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_date, format_skeleton
from jinja2 import Environment, PackageLoader, StrictUndefined

from documents import teaser_at
from rag import Citation, Readiness
from ui.web.exchange import Exchange
from ui.withdrawn import left_out, reason

ASSETS = Path(__file__).parent.with_name("assets")
"""Where templates, styles and scripts are."""

SURROUNDINGS = 450
"""Characters of the article that are shown before and after a quote."""

_WORD = 40
"""Characters to look for the end of a word in, where a text is cut."""

_ENGLISH = Locale("en")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote within its article.

    Attributes:
        before: the text that leads to the quote.
        quote: `article.text[start:end]`, character for character.
        after: the text that follows it.
        cut_before: whether the article has more text before that.
        cut_after: whether the article goes on after that.
    """

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


def exchange_html(exchange: Exchange) -> str:
    """A question and its answer as far as it is known, with numbered marks that lead to the quotes."""
    return str(_macros().exchange(exchange))


def sources_html(exchanges: Sequence[Exchange]) -> str:
    """The quotes and the passages found for each question; only those of the newest are visible."""
    return str(_macros().sources([exchange for exchange in exchanges if exchange.evidence is not None]))


def masthead_html(name: str, articles: int) -> str:
    """The head of the page: what this is, and how much it can be asked about."""
    return str(_macros().masthead(name, articles))


def reading_html(reading: Readiness | None) -> str:
    """How far the model has read ahead; nothing once it has read everything."""
    return str(_macros().reading(reading)) if reading and reading.ready < reading.total else ""


def welcome_html(articles: int) -> str:
    """What stands where the conversation will be: how to begin, or how to add articles."""
    return str(_macros().welcome(articles))


def excerpt(citation: Citation) -> Excerpt:
    """The quote with the text around it, cut between words where that is possible."""
    text, start, end = citation.article.text, citation.start, citation.end
    first = max(0, start - SURROUNDINGS)
    last = min(len(text), end + SURROUNDINGS)
    if first:
        first += next((i for i, c in enumerate(text[first : min(first + _WORD, start)]) if c.isspace()), 0)
    if last < len(text):
        last -= next((i for i, c in enumerate(text[last : max(last - _WORD, end) : -1]) if c.isspace()), 0)
    return Excerpt(
        before=text[first:start].lstrip() if first else text[:start],
        quote=text[start:end],
        after=text[end:last].rstrip() if last < len(text) else text[end:],
        cut_before=first > 0,
        cut_after=last < len(text),
    )


def web_address(url: str | None) -> str | None:
    """The address when it leads to a web page, None for every other scheme and for anything malformed.

    Browsers drop white space and control characters from an address, so one that holds any could mean
    something else than what was checked.
    """
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        return None
    return url if _host(url) else None


def site(url: str) -> str:
    """The host of a web address, to show where a link leads."""
    return _host(url).removeprefix("www.")


def day(iso: str) -> str:
    """A date in words, as precise as it is known: 2024, Nov 2024 or 20 Nov 2024."""
    try:
        if len(iso) == len("2024-11"):
            return str(format_skeleton("yMMM", date.fromisoformat(f"{iso}-01"), locale=_ENGLISH))
        return str(format_date(date.fromisoformat(iso), "d MMM y", locale=_ENGLISH))
    except ValueError:
        return iso


def language_name(code: str) -> str | None:
    """The English name of a language, None when the code names none."""
    name: str | None = _ENGLISH.languages.get(code) if code != "und" else None
    return name


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""


@cache
def _macros() -> Any:  # noqa: ANN401 - a template's macros have no types
    """The macros of the template, each a function that returns HTML."""
    environment = Environment(
        loader=PackageLoader("ui", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["excerpt"] = excerpt
    environment.filters |= {
        "web_address": web_address,
        "site": site,
        "day": day,
        "language_name": language_name,
        "left_out": left_out,
        "reason": reason,
        "teaser_at": teaser_at,
        "file_name": lambda path: PurePath(path).name,
    }
    return environment.get_template("chat.html").module
