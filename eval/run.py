"""Ask a library the questions of an evaluation, and show what the answers are worth."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from rich.table import Table

from documents import Article
from embeddings import Encoder
from eval.measures import Measured, Summary, measure, summarise
from eval.questions import REAL, Question, Split, load_questions
from eval.samples import FOLDER_VARIABLE, SAMPLE_ARTICLES, real_articles
from rag import Answer, Generator, Library

_ROWS: tuple[tuple[str, str], ...] = (
    ("questions", "questions"),
    ("answer holds the gold", "answer_right"),
    ("quote is the right one", "quote_right"),
    ("false answers", "false_answers"),
    ("false on near misses", "near_misses"),
    ("false abstentions", "false_abstentions"),
    ("language is right", "language_right"),
    ("sentences supported", "supported"),
    ("quotes verbatim", "verbatim"),
    ("citation precision", "citation_precision"),
    ("citation recall", "citation_recall"),
    ("evidence, s", "retrieve_s"),
    ("first word, s", "first_token_s"),
    ("whole answer, s", "total_s"),
)


T = TypeVar("T")


@contextmanager
def sample_library(generator: Generator | None = None) -> Iterator[Library]:
    """A library of the sample articles, and of the real ones when they are here; gone when it is closed.

    Made anew each time, in a quarter of a minute: so no article of an older version is ever asked.

    Args:
        generator: None takes the default one.
    """
    real = real_articles()
    with temporary_library(SAMPLE_ARTICLES, *([real] if real else []), generator=generator) as library:
        yield library


@contextmanager
def temporary_library(
    *sources: Path | Article, encoder: Encoder | None = None, generator: Generator | None = None
) -> Iterator[Library]:
    """A library of some articles, gone when it is closed.

    Raises:
        ArticleError: one of them cannot be added.
    """
    with (
        TemporaryDirectory(prefix="dossier-") as folder,
        Library.open(folder, encoder=encoder, generator=generator) as library,
    ):
        report = library.add(*sources)
        if report.problems:
            raise report.problems[0]
        yield library


def evaluate(
    library: Library,
    *,
    split: Split | None = None,
    limit: int | None = None,
    out: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> list[Measured]:
    """Ask the questions on articles that the library holds.

    Args:
        library: holds the sample articles, and the real ones or none of them.
        split: only the questions of this part.
        limit: at most so many, taken evenly from the whole file so that every language has its part.
        out: gets a line of JSON for each question as soon as it is answered.
        say: told of each question, and in the end how many were left out because their articles are missing.
    """
    listed = load_questions(split=split)
    here = answerable_by(library, listed)
    questions = spread(here, limit)
    measured = []
    with lines_to(out) as write:
        for question, answer, result in ask_all(library, questions):
            measured.append(result)
            say(f"{len(measured)}/{len(questions)} {question.id} {verdict(result)}, {result.total_s:.1f} s")
            write(record(question, answer, result))
    if missing := len(listed) - len(here):
        say(f"{missing} questions on articles that are not here were left out; name their folder in {FOLDER_VARIABLE}.")
    return measured


def answerable_by(library: Library, questions: Sequence[Question]) -> list[Question]:
    """The questions without those on real articles, unless the library holds all of these that are quoted."""
    held = {Path(article.path).name for article in library.articles() if article.path}
    real = [question for question in questions if REAL in question.tags]
    if held.issuperset(quote.file for question in real for quote in question.quotes):
        return list(questions)
    return [question for question in questions if question not in real]


@contextmanager
def lines_to(path: Path | None) -> Iterator[Callable[[str], None]]:
    """A way to write lines that are in the file at once; without a path they go nowhere."""
    if path is None:
        yield lambda _: None
        return
    with path.open("w", encoding="utf-8") as file:

        def write(line: str) -> None:
            file.write(line + "\n")
            file.flush()

        yield write


def spread(questions: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` questions, at even steps from the first on."""
    count = len(questions) if limit is None else min(limit, len(questions))
    return [questions[i * len(questions) // count] for i in range(count)]


def ask_all(library: Library, questions: Sequence[Question]) -> Iterator[tuple[Question, Answer, Measured]]:
    """Ask each question and measure its answer."""
    for question in questions:
        answer = library.ask(question.question)
        stored = [library.article(citation.article.id) for citation in answer.citations]
        yield question, answer, measure(question, answer, stored)


def record(question: Question, answer: Answer, measured: Measured) -> str:
    """A question, its answer and what that is worth, as a line of JSON."""
    value = {"question": asdict(question), "answer": answer.to_dict(), "measured": asdict(measured)}
    return json.dumps(value, ensure_ascii=False)


def verdict(measured: Measured) -> str:
    """An outcome in a word or two."""
    if not measured.answerable:
        return "rightly not answered" if measured.abstained else "FALSE ANSWER"
    if measured.abstained:
        return "FALSE ABSTENTION"
    answer = "right" if measured.answer_right else "WRONG"
    return answer if measured.quote_right else f"{answer}, another quote"


def table(measured: Sequence[Measured]) -> Table:
    """The measures, over all and for each language of the questions; times are medians."""
    columns = {"all": list(measured)}
    for language in sorted({result.language for result in measured}):
        columns[language] = [result for result in measured if result.language == language]
    shown = Table(title="Answers, by language of the question", box=None, header_style="bold")
    shown.add_column("")
    for name in columns:
        shown.add_column(name, justify="right", no_wrap=True)
    summaries = [summarise(column) for column in columns.values()]
    for title, attribute in _ROWS:
        shown.add_row(title, *(_cell(summary, attribute) for summary in summaries))
    return shown


def _cell(summary: Summary, attribute: str) -> str:
    value = getattr(summary, attribute)
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
