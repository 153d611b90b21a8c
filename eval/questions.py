"""The questions of an evaluation, as they stand in a file of one JSON object a line."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from documents import Article, detect
from eval.rows import Row, records
from rag import ArticleSummary

Split = Literal["dev", "test"]

QUESTIONS = Path(str(files("eval"))) / "data" / "questions.jsonl"
"""Questions on the sample articles, and on articles that are not part of the project."""

PRACTICE = QUESTIONS.with_name("practice.jsonl")
"""Others on the same articles, to choose thresholds and prompts by: nothing is reported of them but dev figures."""

REAL = "real"
"""The tag of questions on articles that are not part of the project."""

FORM = (
    "One JSON object a line: question, and if you like id, language, answers, quotes (file and text), articles, "
    "answerable, tags, split, also, answer_language, without."
)
"""What a file of questions looks like, in a message; docs/datasets.md has it in full."""

_ONE_FOR_A_LIST = {"answer": "answers", "article": "articles"}


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Where an article answers a question.

    Attributes:
        file: names the article, see `names_of`.
        text: the words, verbatim; None where only their place is known.
        start: where they begin in the article's text, in characters, where `text` is None.
        end: where they end.
    """

    file: str
    text: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what a right answer to it holds.

    Attributes:
        id: names the question within its file.
        question: as it is asked.
        language: ISO 639-1, of the question and so of the answer.
        answers: the ways to write the answer; one of them must stand in it.
        quotes: where the articles say so.
        answerable: False when no article holds the answer.
        tags: what is hard about it.
        split: dev questions may be looked at while working, test questions only counted.
        also: when two things are asked, the ways to write the second; one of them must stand in the answer too.
        articles: names of articles that hold the answer, where no quote is known; see `names_of`.
        answer_language: ISO 639-1, of the answer where it is not that of the question; "" where it is.
        without: names of articles that the question is asked without, though the library holds them.
    """

    id: str
    question: str
    language: str
    answers: tuple[str, ...]
    quotes: tuple[GoldQuote, ...]
    answerable: bool
    tags: tuple[str, ...]
    split: Split
    also: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    answer_language: str = ""
    without: tuple[str, ...] = ()


_FIELDS = (*Question.__dataclass_fields__, *_ONE_FOR_A_LIST)


def names_of(article: Article | ArticleSummary) -> frozenset[str]:
    """All that a question may call an article by: its id, its address, its file with and without the folders.

    A text that a library has from several places goes by the names of all of them.
    """
    places = (article, *article.places)
    files = (Path(each.path).name for each in places if each.path)
    return frozenset(filter(None, (*files, *(name for each in places for name in (each.id, each.url, each.path)))))


def load_questions(path: Path = QUESTIONS, *, split: Split | None = None, language: str = "") -> tuple[Question, ...]:
    """Read questions.

    Args:
        path: UTF-8, one JSON object a line.
        split: only those of this part; all without it.
        language: of questions that do not say theirs; "" tells it from their words.

    Raises:
        DatasetError: a line is not a question, contradicts itself or names an id twice.
        OSError: the file cannot be read.
    """
    rows = (Row.of(f"{path.name}, line {number}", record, FORM, number) for number, record in records(path))
    return tuple(question for question in questions_of(rows, language) if split in (None, question.split))


def questions_of(rows: Iterable[Row], language: str = "") -> tuple[Question, ...]:
    """The questions of records in our form; one without an id is called by the number of its line or row.

    Raises:
        DatasetError: a record is not a question, contradicts itself or names an id twice.
    """
    return unique((row, _question(row, language)) for row in rows)


def unique(placed: Iterable[tuple[Row, Question]]) -> tuple[Question, ...]:
    """The questions, if no two have the same id.

    Raises:
        DatasetError: two have.
    """
    found: dict[str, tuple[str, Question]] = {}
    for row, question in placed:
        if question.id in found:
            raise row.wrong(f"the id {question.id!r} is taken ({found[question.id][0]})")
        found[question.id] = row.place, question
    return tuple(question for _, question in found.values())


def to_record(question: Question) -> dict[str, Any]:
    """A question as a line of a file has it, without what is left to the defaults."""
    quotes = [
        {"file": q.file, "start": q.start, "end": q.end} if q.text is None else {"file": q.file, "text": q.text}
        for q in question.quotes
    ]
    plain = {**asdict(question), "quotes": quotes}
    kept = ("id", "question", "language", "answerable", "split")
    return {name: value for name, value in plain.items() if value or name in kept}


def language_of(row: Row, text: str, default: str = "") -> str:
    """The language that a record names, else the default, else that of a text.

    Raises:
        DatasetError: what it names is no language.
    """
    return row.language("language") or default or detect(text, default="en")


def _question(row: Row, language: str) -> Question:
    _check_names(row)
    text = row.needed("question")
    question = Question(
        id=row.text("id") or str(row.number),
        question=text,
        language=language_of(row, text, language),
        answers=row.texts("answers", "answer"),
        quotes=tuple(map(_quote, row.rows("quotes"))),
        answerable=row.flag("answerable", default=True),
        tags=row.texts("tags"),
        split=_split(row),
        also=row.texts("also"),
        articles=row.texts("articles", "article"),
        answer_language=row.language("answer_language"),
        without=row.texts("without"),
    )
    gold = [name for name in ("answers", "quotes", "also", "articles") if getattr(question, name)]
    if not all(map(str.strip, (*question.answers, *question.also))):
        raise row.wrong("one of the answers is empty, and would stand in any text")
    if gold and not question.answerable:
        raise row.wrong(f"'answerable' is false, and yet there are {' and '.join(gold)}")
    if question.also and not question.answers:
        raise row.wrong("'also' is the second part of an answer, and there is no first")
    return question


def _check_names(row: Row) -> None:
    """Other fields than ours may be there, but a slip of the pen must not lose an answer."""
    for name in row.fields:
        meant = get_close_matches(str(name).lower(), _FIELDS, n=1, cutoff=0.84)
        if name not in _FIELDS and meant:
            raise row.wrong(f"there is no field {name!r}; is {meant[0]!r} meant?")


def _split(row: Row) -> Split:
    named = row.text("split") or "test"
    for split in _SPLITS:
        if named == split:
            return split
    raise row.wrong(f"split is {named!r}, not dev or test")


_SPLITS: Sequence[Split] = get_args(Split)


def _quote(row: Row) -> GoldQuote:
    file = row.needed("file")
    if not row.has("start"):
        return GoldQuote(file, row.needed("text"))
    quote = GoldQuote(file, start=row.integer("start"), end=row.integer("end"))
    if row.has("text") or not 0 <= quote.start < quote.end:
        raise row.wrong("a quote is given by its text, or by where it starts and where it ends")
    return quote
