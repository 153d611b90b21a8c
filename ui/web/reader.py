"""The reader: a whole article, with its sections shown as what they are and quotes marked at their exact places."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import gradio as gr

from documents import Article, SectionKind
from rag import Library, LibraryError
from ui.web.context import Update
from ui.web.exchange import Quote
from ui.web.templates import macros, script
from ui.web.texts import Texts

_MOST_QUOTES = 1_000  # asked for at once; an answer has a few


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote to mark.

    Attributes:
        number: what the answer calls it.
        start: its first character in the article's text.
        end: the character behind its last one.
        text: its words as they were when it was cited; None where these offsets are of the text as it is.
    """

    number: int
    start: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that belong to the same quotes, if to any.

    Attributes:
        text: the characters.
        numbers: of the quotes that they belong to, ascending.
        begins: of those that begin here.
        begins_line: whether a line begins here.
    """

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    begins_line: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article: a section, or what lies between two.

    Attributes:
        kind: what it is; None between sections.
        runs: its characters, in order.
    """

    kind: SectionKind | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its characters as one."""
        return "".join(run.text for run in self.runs)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see in it."""
        return not self.text.strip()


def parts(article: Article, quotes: Sequence[Mark]) -> tuple[Part, ...]:
    """An article cut where sections and quotes begin and end; joined, the parts give its text.

    Args:
        article: what is shown.
        quotes: within its text; they may overlap.
    """
    size = len(article.text)
    spans = [(section.kind, section.start, section.end) for section in article.sections]
    cuts = sorted({0, size, *(edge for _, start, end in spans for edge in (start, end))})
    kinds = {(start, end): kind for kind, start, end in spans}
    found = (Part(kinds.get(span), _runs(article.text, *span, quotes)) for span in pairwise(cuts))
    return tuple(part for part in found if part.runs)


def _runs(text: str, start: int, end: int, quotes: Sequence[Mark]) -> tuple[Run, ...]:
    here = [quote for quote in quotes if quote.start < end and quote.end > start]
    edges = {start, end, *(edge for quote in here for edge in (quote.start, quote.end) if start < edge < end)}
    return tuple(
        Run(
            text[left:right],
            tuple(sorted(quote.number for quote in here if quote.start <= left and right <= quote.end)),
            tuple(sorted(quote.number for quote in here if quote.start == left)),
            left == 0 or text[left - 1] == "\n",
        )
        for left, right in pairwise(sorted(edges))
    )


def placed(quotes: Iterable[Mark], text: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Find quotes in a text that may have changed since they were cited.

    Returns:
        Those that the text holds, each where it is now, and those that it does not hold.
    """
    here: list[Mark] = []
    missing: list[Mark] = []
    for quote in quotes:
        words = quote.text
        if words is None:
            start = min(max(quote.start, 0), len(text))
            here.append(replace(quote, start=start, end=min(max(quote.end, start), len(text))))
        elif words and text[max(quote.start, 0) : max(quote.end, 0)] == words:
            here.append(quote)
        elif words and (start := text.find(words)) >= 0:
            here.append(replace(quote, start=start, end=start + len(words)))
        else:
            missing.append(quote)
    return tuple(here), tuple(missing)


def article_html(article: Article, quotes: Sequence[Mark], chosen: int | None, language: str) -> str:
    """An article to read.

    The text of its element `.text` is that of the article, and the marks whose `data-quotes` name a quote hold its
    words, character for character.

    Args:
        article: what is shown.
        quotes: what is marked; one whose words the article does not hold any more is shown above it.
        chosen: the number of the quote that the reader came for, None for none.
        language: of the interface.
    """
    here, missing = placed(quotes, article.text)
    shown = [quote for quote in here if quote.start < quote.end]
    return str(macros("reader.html").article(article, parts(article, shown), missing, chosen, Texts.of(language)))


def gone_html(quotes: Sequence[Mark], title: str, language: str) -> str:
    """What stands in the place of an article that is no longer in the library.

    Args:
        quotes: what was cited from it.
        title: what it was called.
        language: of the interface.
    """
    return str(macros("reader.html").gone(quotes, title, Texts.of(language)))


def card_html(exchange: int, citation: Quote, language: str) -> str:
    """The card of a quote: hidden until its mark is pointed at; the reader takes from it where the quote is.

    Args:
        exchange: the number of the exchange.
        citation: the quote.
        language: of the interface.
    """
    return str(macros("reader.html").card(exchange, citation, Texts.of(language)))


class Reader:
    """The pane that shows one article; made where it is to stand. Until something is opened it is not there.

    Args:
        library: has the articles.
        elem_id: of the pane.
        back: the text of the button that closes it.
    """

    def __init__(self, library: Library, elem_id: str, back: str = "reader-back") -> None:
        self._back = back
        self.pane = gr.HTML(
            self._shell("en"),
            elem_id=elem_id,
            elem_classes="reader-pane",
            js_on_load=script("reader.js", "cards.js"),
            server_functions=[_asks(library)],
            apply_default_css=False,
        )

    def texts(self, language: str) -> Update:
        """The words of the pane in a language."""
        return {self.pane: self._shell(language)}

    def _shell(self, language: str) -> str:
        t = Texts.of(language)
        return str(macros("reader.html").shell(t, t(self._back)))


def _asks(library: Library) -> Callable[[Any], str]:
    """What the pane asks for: it says which article, which quotes of it, and in which language."""

    def article(asked: Any) -> str:  # noqa: ANN401 - whatever a browser sends
        language = str(asked.get("language", "en"))
        quotes = [
            Mark(int(each["number"]), int(each["start"]), int(each["end"]), each.get("text"))
            for each in asked.get("quotes", ())[:_MOST_QUOTES]
        ]
        chosen = asked.get("chosen")
        try:
            found = library.article(str(asked["id"]))
        except LibraryError:
            return gone_html(quotes, str(asked.get("title", "")), language)
        return article_html(found, quotes, None if chosen is None else int(chosen), language)

    return article
