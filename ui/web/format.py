"""What the chat shows, as HTML that is safe to show: article text is data, whatever it looks like.

All markup stands in the templates of `ui/assets`, which escape every value put into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rag import Readiness, Running, Sentence
from ui.web.conversations import Listed
from ui.web.exchange import Exchange
from ui.web.templates import macros
from ui.web.texts import Texts
from ui.web.transcript import FORMS, of_exchange


@dataclass(frozen=True)
class Look:
    """How things are shown to one person.

    Attributes:
        t: the words of the interface.
        strike: whether sentences that nothing supports stand struck through in their places; else they are left out,
            and can be opened below the answer.
    """

    t: Texts
    strike: bool = False


def exchange_html(exchange: Exchange, look: Look, *, last: bool = True, key: str = "") -> str:
    """A question and its answer as far as it is known, with numbered marks that lead to the quotes.

    Args:
        exchange: what is shown.
        look: how.
        last: whether it is the newest of its conversation; only that can be asked again without losing others.
        key: what its page asks with for the sentence that is being written.
    """
    t = look.t
    told = {
        "count": count(exchange, t),
        "key": key,
        "waiting": waiting(exchange, t),
        "reason": partial(reason, t=t),
        "copies": {form: of_exchange(exchange, form, t) for form in FORMS} if exchange.over else {},
    }
    return str(macros("chat.html").exchange(exchange, look, told, last))


def sending_html(t: Texts) -> str:
    """What stands in the place of a question that is on its way to the server."""
    return str(macros("chat.html").sending(t))


def sources_html(exchanges: Sequence[Exchange], t: Texts) -> str:
    """The quotes and the passages found for each question; only those of the newest are visible."""
    found = [exchange for exchange in exchanges if exchange.evidence is not None]
    return str(macros("sources.html").sources(found, t))


def masthead_html(name: str, articles: int, t: Texts) -> str:
    """The head of the page: what this is, and how much it can be asked about."""
    return str(macros("page.html").masthead(name, articles, t))


def reading_html(reading: Readiness | None, t: Texts) -> str:
    """How far the model has read ahead; nothing once it has read everything."""
    return str(macros("page.html").reading(reading, t)) if reading and reading.ready < reading.total else ""


def banner_html(running: Running, t: Texts) -> str:
    """That the model is on its way, and how long it takes; nothing once questions are answered without delay."""
    return "" if running.state in ("ready", "idle") else str(macros("page.html").banner(running, t))


def welcome_html(articles: int, suggestions: Sequence[str], t: Texts) -> str:
    """What stands where the conversation will be: how to begin, or how to add articles.

    Args:
        articles: how many there are.
        suggestions: questions to begin with.
        t: the words.
    """
    return str(macros("chat.html").welcome(articles, suggestions, t))


def editing_html(number: int | None, t: Texts) -> str:
    """That the question in the box replaces an earlier one; nothing where it does not."""
    return "" if number is None else str(macros("chat.html").editing(number, t))


def drawer_html(listed: Sequence[Listed], current: str, searched: str, t: Texts) -> str:
    """The conversations to choose from.

    Args:
        listed: what there is, the newest first.
        current: the id of the one that is open.
        searched: what was searched for, "" for all.
        t: the words.
    """
    days = {each.id: t.day(datetime.fromisoformat(each.changed_at).astimezone().date().isoformat()) for each in listed}
    return str(macros("drawer.html").drawer(listed, days, current, searched, t))


def deleted_html(conversation_id: str, title: str, t: Texts) -> str:
    """That a conversation was deleted, and how to bring it back."""
    return str(macros("drawer.html").deleted(conversation_id, title, t))


def export_html(number: int, name: str, text: str) -> str:
    """A file to save.

    Args:
        number: tells it from the one before, were that the same.
        name: of the file.
        text: what is in it.
    """
    return str(macros("drawer.html").export(number, name, text))


def reason(sentence: Sentence, t: Texts) -> str:
    """Why one sentence was left out; the facts are the model's own words, to be escaped like those."""
    if sentence.missing:
        return t("chat-not-in-quote", facts=", ".join(sentence.missing))
    return t("chat-no-quote")


def count(exchange: Exchange, t: Texts) -> str:
    """How many sentences of an answer are supported; nothing where none was written."""
    if not exchange.sentences:
        return ""
    return t("chat-supported", supported=len(exchange.supported), all=len(exchange.sentences))


def waiting(exchange: Exchange, t: Texts) -> str:
    """What is being done for a question that has no checked sentence yet."""
    if exchange.evidence is None:
        return t("chat-searching")
    if exchange.ahead:
        return t("chat-ahead", count=exchange.ahead)
    return t("chat-reading-on") if exchange.sentences else t("chat-reading-found")
