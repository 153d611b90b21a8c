"""A set of questions with the articles it is about, whatever it comes from."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from documents import Article, ArticleError, content_hash, find, read
from eval import xquad
from eval.beir import beir
from eval.hub import hub
from eval.loaded import Loaded
from eval.loaders import from_csv, from_json, from_json_lines
from eval.questions import PRACTICE, QUESTIONS, REAL, GoldQuote, Question, load_questions, names_of
from eval.rows import DatasetError
from eval.samples import FOLDER_VARIABLE, SAMPLE_ARTICLES, real_articles
from rag import ArticleSummary, Filters

OWN = {"builtin": QUESTIONS, "practice": PRACTICE}
"""Our own questions by the name of their set."""

XQUAD_LANGUAGES = ("en", "es", "vi")

FORMS = (
    "Taken are builtin, practice, xquad:en, xquad:es, xquad:vi, hub:OWNER/NAME, a .jsonl file (our form, or RAGAS), a "
    ".json file (SQuAD, or RAGAS), a .csv file with a column question, and a BEIR folder; docs/datasets.md shows each."
)

_FILES: dict[str, Callable[[Path, str], Loaded]] = {
    ".jsonl": from_json_lines,
    ".json": from_json,
    ".csv": from_csv,
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and what they are about.

    Attributes:
        name: what it was loaded from, in short; not a name for a file.
        questions: at least one, no two with the same id.
        articles: what a library is made of for it, articles, files and folders; none when the user's own is asked.
        note: what was left out and why, "" for nothing.
    """

    name: str
    questions: tuple[Question, ...]
    articles: tuple[Article | Path, ...] = ()
    note: str = ""

    @property
    def fingerprint(self) -> str:
        """See `fingerprint_of`; without articles of its own it is that of the questions alone.

        Raises:
            ArticleError: an article's file cannot be read.
        """
        return fingerprint_of(self.questions, self.articles)


def fingerprint_of(questions: Iterable[Question], articles: Iterable[Article | Path]) -> str:
    """16 hex digits over questions and the texts of articles: equal when both are.

    Raises:
        ArticleError: an article's file cannot be read.
    """
    digest = hashlib.sha256()
    for question in questions:
        digest.update(json.dumps(asdict(question), sort_keys=True).encode())
    for named in _texts(articles):
        digest.update(json.dumps(named).encode())
    return digest.hexdigest()[:16]


def load_dataset(source: str, *, language: str = "") -> Dataset:
    """Questions and their articles.

    Args:
        source: "builtin" or "practice"; "xquad:en", "xquad:es" or "xquad:vi"; "hub:OWNER/NAME[:CONFIGURATION[:SPLIT]]";
            or a path: our form or RAGAS's (.jsonl), SQuAD's or RAGAS's (.json), a table (.csv), a BEIR folder.
        language: ISO 639-1, of questions that do not say theirs; "" tells it from their words.

    Raises:
        DatasetError: there is no such set, or it cannot be read; the message names the place and what is taken.
    """
    kind, _, rest = source.partition(":")
    if source in OWN:
        return _own(source)
    if kind == "xquad":
        return _xquad(rest)
    if kind == "hub":
        return _dataset(source.removeprefix("hub:"), hub(rest, language))
    try:
        path = Path(source).expanduser()
        return _dataset(path.stem, _from_path(path, language))
    except (OSError, RuntimeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise DatasetError(f"The questions {source!r} cannot be read: {reason}.", help=FORMS) from problem


def rest_of(articles: Iterable[ArticleSummary], question: Question) -> Filters | None:
    """What of a library may answer a question: all but the articles that it is asked without; None for all."""
    if not question.without:
        return None
    left = tuple(each.id for each in articles if names_of(each).isdisjoint(question.without))
    return Filters(articles=left or ("",))  # no article has that id; none at all would let every article pass


def _dataset(name: str, loaded: Loaded) -> Dataset:
    return Dataset(name, loaded.questions, loaded.articles, loaded.note)


def _from_path(path: Path, language: str) -> Loaded:
    if path.is_dir():
        return beir(path, language)
    load = _FILES.get(path.suffix.lower())
    if load is None:
        found = "a file of another kind" if path.exists() else "no set and no file"
        raise DatasetError(f"The questions {str(path)!r} cannot be read: that is {found}.", help=FORMS)
    return load(path, language)


def _own(name: str) -> Dataset:
    """Our questions on the sample articles, with those on real articles where all of these are there."""
    questions, real = load_questions(OWN[name]), real_articles()
    held = {path.name for path in find(real, lambda _: None)} if real else set()
    on_real = [question for question in questions if REAL in question.tags]
    if real and held.issuperset(quote.file for question in on_real for quote in question.quotes):
        return Dataset(name, questions, (SAMPLE_ARTICLES, real))
    note = (
        f"{len(on_real)} questions on articles that are not here are left out; name their folder in {FOLDER_VARIABLE}"
    )
    kept = tuple(question for question in questions if REAL not in question.tags)
    return Dataset(name, kept, (SAMPLE_ARTICLES,), note)


def _xquad(language: str) -> Dataset:
    """XQuAD's questions in a language, on the English paragraphs.

    A right answer may be written as the paragraph has it, names above all: so the English answers count too.
    """
    if language not in XQUAD_LANGUAGES:
        raise DatasetError(f"There is no set 'xquad:{language}'.", help=FORMS)
    folder = xquad.default_folder()
    try:
        english = {question.id: question for question in xquad.questions(folder, xquad.INDEXED)}
        asked = xquad.questions(folder, language)
        articles = tuple(xquad.paragraphs(folder, headlines=True))
        questions = tuple(_from_xquad(each, english[each.id], language) for each in asked)
    except xquad.XquadMissingError as problem:
        raise DatasetError(str(problem)) from problem
    except (KeyError, TypeError, ValueError) as problem:
        reason = f"{type(problem).__name__}: {problem}"
        raise DatasetError(f"The files in {folder} are not those of XQuAD ({reason}).", help=FORMS) from problem
    return Dataset(f"xquad:{language}", questions, articles)


def _from_xquad(asked: xquad.XquadQuestion, english: xquad.XquadQuestion, language: str) -> Question:
    return Question(
        id=asked.id,
        question=asked.question,
        language=language,
        answers=tuple(dict.fromkeys((*asked.answers, *english.answers))),
        quotes=tuple(GoldQuote(asked.paragraph, start=start, end=end) for start, end in english.places),
        answerable=True,
        tags=("same-language" if language == xquad.INDEXED else "cross-language",),
        split="test",
    )


def _texts(articles: Iterable[Article | Path]) -> Iterator[tuple[str, ...]]:
    """What tells articles apart; of files the bytes, by their names and without the folders that hold them."""
    for item in articles:
        if isinstance(item, Article):
            yield item.url or "", item.title, item.text
            continue
        for path in find(item, _refuse):
            yield path.name, content_hash(read(path))


def _refuse(problem: ArticleError) -> None:
    raise problem
