"""What passage states, their size and their headers do to answers, beside the plain prompt.

Two tables, each made in one run: XQuAD questions in English and Spanish on English paragraphs, and questions
whose passage refers back ("the lake", "cette ville") to something that only its header names. What is counted
are the drafts as the model wrote them, before the check of citations.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from documents import Article, Passage
from embeddings import load_encoder
from eval.answers import contains_answer
from eval.libraries import temporary_library
from eval.rows import records
from eval.samples import load_articles, passage_of
from eval.selection import spread
from eval.xquad import XquadMissingError, default_folder, paragraphs, questions
from rag import EngineOptions, Evidence, Generator, Prompt, StateSettings, build_prompt, load_generator

MODEL = "qwen2.5-coder-1.5b-instruct"
LANGUAGES = ("en", "es")
PER_LANGUAGE = 50
PASSAGES = 3
REFER_BACK = Path(str(files("eval"))) / "data" / "refer_back.jsonl"
_ANSWER_TOKENS = 80


@dataclass(frozen=True, slots=True)
class Setting:
    """How a model reads: whether from states, and how large their cells are."""

    name: str
    states: bool
    options: EngineOptions


SETTINGS = (
    Setting("plain prompt", states=False, options=EngineOptions()),
    Setting("states, 16 bits", states=True, options=EngineOptions(cells="f16")),
    Setting("states, 8 bits", states=True, options=EngineOptions(cells="q8_0")),
)


@dataclass(frozen=True, slots=True)
class Right:
    """Which questions a setting got right, by language, and the bytes that its states took."""

    setting: str
    right: dict[str, list[bool]]
    bytes_kept: int


@dataclass(frozen=True, slots=True)
class BackReference:
    """A question on passages that do not name their subject; one of them answers it."""

    question: str
    language: str
    answers: tuple[str, ...]
    passages: tuple[Passage, ...]


def main() -> None:
    """Print the tables, or what is missing for the first."""
    console = Console()
    try:
        console.print(xquad_table(list(on_xquad(default_folder()))))
    except XquadMissingError as error:
        console.print(f"Quality on XQuAD was not measured: {error}", markup=False)
    console.print(header_table(list(on_headers(load_back_references()))))


def on_xquad(folder: Path, settings: Sequence[Setting] = SETTINGS) -> Iterator[Right]:
    """Ask PER_LANGUAGE questions of each language by each setting.

    Raises:
        XquadMissingError: a file is not in the folder.
    """
    english = {each.id: each.answers for each in questions(folder, "en")}
    asked = {language: spread(questions(folder, language), PER_LANGUAGE) for language in LANGUAGES}
    with temporary_library(*paragraphs(folder, headlines=True), encoder=load_encoder()) as library:
        found = {each: library.retrieve(each.question, k=PASSAGES) for listed in asked.values() for each in listed}
    for setting in settings:
        with tempfile.TemporaryDirectory() as states:
            generator = _generator(setting, Path(states))
            right: dict[str, list[bool]] = {language: [] for language in LANGUAGES}
            for language, listed in asked.items():
                for each in listed:
                    prompt = build_prompt(each.question, language, found[each], (), generator)
                    # A Spanish answer may hold what is asked as the English paragraph writes it, names above all.
                    gold = (*each.answers, *english[each.id])
                    right[language].append(contains_answer(_draft(generator, prompt), gold))
            yield Right(setting.name, right, _bytes_in(Path(states)))


def on_headers(asked: Sequence[BackReference]) -> Iterator[Right]:
    """Ask the questions on passages with and without their headers, read in one go and joined."""
    for setting in SETTINGS[:2]:
        for header in (True, False):
            with tempfile.TemporaryDirectory() as states:
                generator = _generator(setting, Path(states))
                right: dict[str, list[bool]] = {}
                for each in asked:
                    text = draft(generator, each, header=header)
                    right.setdefault(each.language, []).append(contains_answer(text, each.answers))
                name = f"{setting.name}, {'with' if header else 'without'} headers"
                yield Right(name, right, _bytes_in(Path(states)))


def draft(generator: Generator, asked: BackReference, *, header: bool) -> str:
    """What the model writes on the passages, in the order they are given."""
    passages = asked.passages if header else [replace(p, article=_without_header(p.article)) for p in asked.passages]
    evidence = [Evidence(passage, 1.0) for passage in reversed(passages)]
    prompt = build_prompt(asked.question, asked.language, evidence, (), generator)
    return _draft(generator, prompt)


def load_back_references(path: Path = REFER_BACK) -> list[BackReference]:
    """The questions of a file of one JSON object a line.

    Raises:
        ValueError: a passage does not stand in its article.
    """
    articles = load_articles()
    return [_back_reference(record, articles) for _, record in records(path)]


def xquad_table(rows: Sequence[Right]) -> Table:
    """Right answers by language, and the size of the states that were made."""
    return _table(f"XQuAD, English paragraphs, {PASSAGES} passages: drafts that hold the gold answer", rows)


def header_table(rows: Sequence[Right]) -> Table:
    """Right answers with and without headers."""
    return _table("Passages that refer back: drafts that hold the answer", rows)


def _table(title: str, rows: Sequence[Right]) -> Table:
    table = Table(title=title, box=None, header_style="bold")
    table.add_column("")
    languages = list(rows[0].right)
    for name in (*languages, "all", "states, MB"):
        table.add_column(name, justify="right")
    for row in rows:
        counted = [row.right[language] for language in languages]
        counted.append(list(chain(*counted)))
        shares = [f"{sum(hits)}/{len(hits)}" for hits in counted]
        table.add_row(row.setting, *shares, f"{row.bytes_kept / 2**20:,.0f}")
    return table


def _draft(generator: Generator, prompt: Prompt) -> str:
    with closing(generator.stream(prompt, max_tokens=_ANSWER_TOKENS)) as pieces:
        return "".join(pieces)


def _generator(setting: Setting, states: Path) -> Generator:
    return load_generator(MODEL, states=StateSettings(enabled=setting.states, folder=states), options=setting.options)


def _back_reference(record: dict[str, Any], articles: Mapping[str, Article]) -> BackReference:
    return BackReference(
        question=record["question"],
        language=record["language"],
        answers=tuple(record["answers"]),
        passages=tuple(passage_of(articles[each["file"]], each["text"]) for each in record["passages"]),
    )


def _without_header(article: Article) -> Article:
    return replace(article, title="", source=None, date=None)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.state"))


if __name__ == "__main__":
    main()
