"""Answers to take elsewhere: nothing is lost, and no text of an article becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import Conflict, ModelNames, Sentence, Timing
from tests.ui.web.hostile import ATTACKS
from ui.web.exchange import Conversation, Exchange, Origin, Outcome, Problem, Quote
from ui.web.texts import Texts
from ui.web.transcript import FORMS, Form, escaped, file_name, of_conversation, of_exchange

EN, SV = Texts.of("en"), Texts.of("sv")
TEXT = st.one_of(st.text(max_size=40), st.sampled_from(ATTACKS))
OPENED = "It opened in 2019."
BRIDGE = Origin("a1", "A bridge", "Gazette", "2019-05-02", "en", "https://example.org/b", None)


def exchange(
    article: Origin = BRIDGE, quote: str = "It opened in 2019.", words: str = "It opened in 2019."
) -> Exchange:
    outcome = Outcome("en", f"{words} [1]", False, Timing(0.1, 0.5, 1.0), ModelNames("llm", "e5"), (Conflict(1, 2),))  # noqa: FBT003 - as it is made
    sentences = (Sentence(words, (1,), 0.9, supported=True),)
    return Exchange(
        1, "When?", sentences=sentences, citations=(Quote(article, 0, 18, quote, number=1),), answer=outcome
    )


class Tags(HTMLParser):
    """The tags of a page, with where links lead, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href", "lang", "value", "charset"}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_answer_as_text() -> None:
    quoted = "[1] “It opened in 2019.” (A bridge, Gazette, 2 May 2019, https://example.org/b)"
    assert of_exchange(exchange(), "text", EN) == f"When?\n\nIt opened in 2019. [1]\n\n{quoted}\n"
    assert "2 maj 2019" in of_exchange(exchange(), "text", SV)


def test_an_answer_as_markdown() -> None:
    quoted = "1. “It opened in 2019.” [A bridge](<https://example.org/b>), Gazette, 2 May 2019"
    assert of_exchange(exchange(), "markdown", EN) == f"## When?\n\nIt opened in 2019. [1]\n\n{quoted}\n"


@pytest.mark.parametrize("form", FORMS)
def test_what_was_not_answered_is_told_as_it_ended(form: Form) -> None:
    begun = replace(exchange(), answer=None)
    assert "It opened in 2019. [1]" in of_exchange(begun.stop(), form, EN)
    assert "Stopped." in of_exchange(begun.stop(), form, EN)
    assert "The disk is full" in of_exchange(begun.failed(Problem("The disk is full")), form, EN)


@given(TEXT, TEXT, TEXT, st.none() | TEXT)
@settings(deadline=None)
def test_no_text_becomes_markup_in_html(title: str, quote: str, words: str, url: str | None) -> None:
    article = replace(BRIDGE, title=title, source=quote, url=url)
    shown = Tags(of_exchange(exchange(article, quote, words), "html", EN))
    assert shown.tags <= {"h2", "p", "ol", "li", "q", "a", "cite"}
    assert all(link and link.startswith(("http://", "https://")) for link in shown.links)
    assert title in shown.text
    assert quote in shown.text


@given(TEXT)
def test_no_text_becomes_markup_in_markdown(text: str) -> None:
    """Every sign that Markdown knows stands behind a backslash, and no line begins a list or a code block."""
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#|~]", shown)
    assert not re.match(r"\d+[.)]|[-+]\s|\s", shown)
    assert re.sub(r"\\(.)", r"\1", shown) == " ".join(text.split())


@pytest.mark.parametrize("form", FORMS)
def test_a_conversation_holds_its_exchanges_that_are_over_in_order(form: Form) -> None:
    other = replace(exchange(), number=2, question="And then?")
    conversation = Conversation("c", "The bridge", [exchange(), other, Exchange(3, "Still asked?")])
    text = of_conversation(conversation, form, EN)
    assert text.index("The bridge") < text.index("When?") < text.index("And then?")
    assert "Still asked?" not in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Öppnade bron 2019?", "Öppnade-bron-2019.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("?!", "conversation.md"),
        ("x" * 200, f"{'x' * 60}.md"),
    ],
)
def test_a_file_is_called_like_its_conversation(title: str, name: str) -> None:
    assert file_name(Conversation("c", title), "markdown") == name


def test_an_answer_in_markdown_says_not_where_its_numbers_lead() -> None:
    text = of_exchange(exchange(words="[1]: javascript:alert(1)"), "markdown", EN)
    assert "[1]:" not in text
    assert text.count("[1]") == 1, "the number of the quote is readable"
