"""Answers and articles as plain text for a terminal, harmless whatever an article holds."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ui.withdrawn import left_out, reason

if TYPE_CHECKING:
    from documents import Article, Place
    from rag import Answer, Citation, Event, Evidence, Sentence

NEAREST = 3
"""Passages shown when the articles do not hold the answer."""

_EXCERPT = 240
_MUTED = "dim"
_PLACES = {"same text": "Also in", "replaced": "Replaces", "other version": "Another version in"}

# What a terminal would obey rather than show: control characters, marks that turn the writing direction (an
# "official.exe" can be made to read "exe.laiciffo"), invisible tags, and halves of characters, which cannot be
# encoded. Joiners and the plain left and right marks are part of Persian, Hindi and Hebrew spelling and stay.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """A text without anything that a terminal would obey; lines stay lines."""
    return _OBEYED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: object) -> str:
    """A title, path or quote on one line, without anything that a terminal would obey."""
    return re.sub(r"[ \t\n]+", " ", clean(str(text))).strip()


def describe(article: "Article") -> str:
    """Title, source and date of an article, as far as they are known."""
    return ", ".join(one_line(part) for part in (article.title, article.source, article.date) if part)


def link(article: "Article") -> str:
    """Where the article can be read: its address, else its file."""
    return one_line(article.url or article.path or "")


def place_line(place: "Place") -> str:
    """Another place of an article's text, and whether it is the same there."""
    known = ", ".join(
        one_line(part) for part in (place.source, place.date, place.url or place.path or place.id) if part
    )
    return f"{_PLACES[place.kind]}: {known}"


class AnswerPrinter:
    """Prints an answer while it is made.

    Args:
        out: gets the answer and its quotes.
        notes: gets what is not part of the answer.
        drafts: show there what the model wrote and no quote supports.
    """

    def __init__(self, out: Console, notes: Console, *, drafts: bool = False) -> None:
        self._out = out
        self._notes = notes
        self._drafts = drafts

    def show(self, events: Iterable["Event"]) -> None:
        """Print the evidence's titles, each sentence once it is confirmed, then the quotes."""
        from rag import Answer, Checked, Found  # noqa: PLC0415 - the command line starts without them

        for event in events:
            if isinstance(event, Found):
                self._show_titles(event.evidence)
            elif isinstance(event, Checked) and event.sentence.supported:
                self._show_sentence(event.sentence)
            elif isinstance(event, Answer):
                self._show_end(event)

    def _show_titles(self, evidence: Iterable["Evidence"]) -> None:
        articles = {item.passage.article.id: item.passage.article for item in evidence}
        for article in articles.values():
            self._notes.print(Text(f"Reading: {describe(article)}", style=_MUTED), soft_wrap=True)

    def _show_sentence(self, sentence: "Sentence") -> None:
        marks = "".join(f" [{number}]" for number in sentence.citations)
        _print(self._out, one_line(sentence.text) + marks)

    def _show_end(self, answer: "Answer") -> None:
        if answer.abstained:
            _print(self._out, one_line(answer.text))
            for item in answer.evidence[:NEAREST]:
                self._show_nearest(item)
        for citation in answer.citations:
            self._show_citation(citation)
        if self._drafts and not answer.sentences:
            self._notes.print()
            self._notes.print("Nothing was left out: the model wrote nothing.", style=_MUTED)
        self._show_withdrawn([sentence for sentence in answer.sentences if not sentence.supported])

    def _show_withdrawn(self, sentences: Sequence["Sentence"]) -> None:
        """Say that something was left out, or what; each line is marked, since lines get copied one by one."""
        if not sentences:
            return
        lines = [_struck(sentence) for sentence in sentences]
        if not self._drafts:
            lines = [Text(f"{left_out(len(sentences))} (shown with --drafts)", style=_MUTED)]
        self._notes.print()
        for line in lines:
            self._notes.print(line, soft_wrap=True)

    def _show_citation(self, citation: "Citation") -> None:
        self._out.print()
        _print(self._out, f"[{citation.number}] “{one_line(citation.quote)}”")
        self._show_origin(citation.article, citation.start)

    def _show_nearest(self, evidence: "Evidence") -> None:
        text = one_line(evidence.passage.text)
        excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()} …"
        self._out.print()
        _print(self._out, f"- {excerpt}")
        self._show_origin(evidence.passage.article, evidence.passage.start)

    def _show_origin(self, article: "Article", start: int) -> None:
        from documents import teaser_at  # noqa: PLC0415 - the command line starts without it

        teaser = teaser_at(article, start)
        if teaser is not None:
            _print(self._out, f"{one_line(teaser.heading)} (teaser, announced beside:)", indent=4, style=_MUTED)
        _print(self._out, describe(article), indent=4, style=_MUTED)
        if link(article):  # never broken over two lines: it is there to be clicked or copied
            self._out.print(Text(f"    {link(article)}", style=_MUTED), soft_wrap=True)
        for place in article.places:
            self._out.print(Text(f"    {place_line(place)}", style=_MUTED), soft_wrap=True)


def _struck(sentence: "Sentence") -> Text:
    """A sentence that was left out, with the reason; where nothing can be struck through, the words say it."""
    text, why = one_line(sentence.text), one_line(reason(sentence))
    return Text.assemble("Left out: ", (text, "strike"), f" ({why})", style=_MUTED)


def _print(console: Console, line: str, *, indent: int = 0, style: str = "") -> None:
    """One paragraph: broken between words on a terminal, left whole in a file or pipe."""
    if console.is_terminal:
        console.print(Padding(Text(line, style=style), (0, 0, 0, indent)))
    else:
        console.print(Text(" " * indent + line), soft_wrap=True)
