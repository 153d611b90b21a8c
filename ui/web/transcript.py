"""An answer or a whole conversation to take elsewhere: as text, Markdown or HTML, each quote with where it is from."""

import re
from collections.abc import Iterator
from typing import Literal, get_args

from ui.web.exchange import Conversation, Exchange, Quote
from ui.web.links import web_address
from ui.web.templates import macros
from ui.web.texts import Texts

Form = Literal["text", "markdown", "html"]

FORMS: tuple[Form, ...] = get_args(Form)

ENDINGS: dict[Form, str] = {"text": "txt", "markdown": "md", "html": "html"}
"""What files of each form end in."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&$^])")
_STARTS_A_LIST = re.compile(r"^(\d+)([.)])")


def of_exchange(exchange: Exchange, form: Form, t: Texts) -> str:
    """A question, its answer and the quotes it rests on.

    Args:
        exchange: one that is over.
        form: what it is written in; in none of them does the text of an article become markup.
        t: the words of the interface.
    """
    if form == "html":
        return str(macros("transcript.html").exchange(exchange, list(_lines(exchange, t)), t)).strip() + "\n"
    return "\n\n".join(_text(exchange, t) if form == "text" else _markdown(exchange, t)) + "\n"


def of_conversation(conversation: Conversation, form: Form, t: Texts) -> str:
    """All exchanges of a conversation under its title; see `of_exchange`."""
    over = [exchange for exchange in conversation.exchanges if exchange.over]
    if form == "html":
        exchanges = [(exchange, list(_lines(exchange, t))) for exchange in over]
        return str(macros("transcript.html").page(conversation.title, exchanges, t)).strip() + "\n"
    title = conversation.title if form == "text" else f"# {escaped(conversation.title)}"
    return "\n\n".join((title, *(of_exchange(exchange, form, t).strip("\n") for exchange in over))) + "\n"


def file_name(conversation: Conversation, form: Form) -> str:
    """What a file of it is called: the title's letters and digits, in any script."""
    words = re.findall(r"\w+", conversation.title)
    return f"{'-'.join(words)[:60].strip('-') or 'conversation'}.{ENDINGS[form]}"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    line = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _STARTS_A_LIST.sub(r"\1\\\2", line)


def _text(exchange: Exchange, t: Texts) -> Iterator[str]:
    yield exchange.question
    yield from _lines(exchange, t)
    if exchange.citations:
        yield "\n".join(f"[{each.number}] “{each.quote}” {_origin(each, t)}" for each in exchange.citations)


def _markdown(exchange: Exchange, t: Texts) -> Iterator[str]:
    yield f"## {escaped(exchange.question)}"
    for line in _lines(exchange, t):
        # The numbers of the quotes lead nowhere, so they need no escaping, and stay readable.
        # Only before a colon they would say where all links of that number lead.
        yield re.sub(r"\\\[(\d+)\\\](?!:)", r"[\1]", escaped(line))
    if exchange.citations:
        yield "\n".join(f"{each.number}. “{escaped(each.quote)}” {_linked(each, t)}" for each in exchange.citations)


def _lines(exchange: Exchange, t: Texts) -> Iterator[str]:
    """What was answered, in the words that may be shown as fact."""
    if exchange.answer is not None:
        yield exchange.answer.text
    elif exchange.supported:
        yield " ".join(each.text + "".join(f" [{n}]" for n in each.citations) for each in exchange.supported)
    if exchange.problem is not None:
        yield exchange.problem.message
    if exchange.stopped:
        yield t("chat-stopped")


def _origin(quote: Quote, t: Texts) -> str:
    article = quote.article
    facts = article.title, article.source, t.day(article.date), web_address(article.url)
    return f"({', '.join(filter(None, facts))})"


def _linked(quote: Quote, t: Texts) -> str:
    article = quote.article
    address = web_address(article.url)
    title = escaped(article.title)
    linked = f"[{title}](<{address.replace('<', '%3C').replace('>', '%3E')}>)" if address else title
    return ", ".join(filter(None, (linked, escaped(article.source or ""), escaped(t.day(article.date)))))
