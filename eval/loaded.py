"""What a loader gives back, and how questions and articles are made of records in the forms of others."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from documents import Article, detect
from eval.questions import GoldQuote, Question
from eval.rows import Row

_ENOUGH = 50  # questions; their words together tell the language of a file better than each alone


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: questions, the articles they are about (none: those of the user), what was left out."""

    questions: tuple[Question, ...]
    articles: tuple[Article, ...] = ()
    note: str = ""


def article(text: str, address: str, title: str = "") -> Article:
    """An article of a set; questions name it by its address, since a library gives ids of its own."""
    text = text.replace("\0", "\ufffd")  # no file of ours holds one either; offsets stay
    return Article(id="", text=text, title=title, language=detect(text), url=address)


def question(  # noqa: PLR0913 - what the forms have in common
    row: Row,
    text: str,
    language: str,
    *,
    name: str = "",
    answers: tuple[str, ...] = (),
    quotes: tuple[GoldQuote, ...] = (),
    articles: tuple[str, ...] = (),
    answerable: bool = True,
) -> Question:
    """A question; what is not answerable in a published set comes near to what its articles say.

    Args:
        row: where it was found; its number is the id where there is none.
        text: as it is asked.
        language: ISO 639-1.
        name: its id, if not that of the row.
        answers: see `Question`, as the others.
        quotes: where the articles say so.
        articles: addresses.
        answerable: whether they do.
    """
    return Question(
        id=name or row.text("id") or str(row.number),
        question=text,
        language=language,
        answers=answers,
        quotes=quotes,
        answerable=answerable,
        tags=() if answerable else ("near-miss",),
        split="test",
        articles=articles,
    )


def common_language(texts: Iterable[str], known: str = "") -> str:
    """The language of questions that are all in one, told from the first of them; `known` if it is not ""."""
    return known or detect(" ".join(islice(texts, _ENOUGH)), default="en")
