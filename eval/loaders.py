"""Files of questions, in the forms that others publish: each loader gives questions and what they are about.

Whatever is read is text: ids and titles name things in messages and addresses, and never a file.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from documents import Article, content_hash
from eval.loaded import Loaded, article, question
from eval.questions import FORM, language_of, questions_of, unique
from eval.rows import DatasetError, Row, check_size, json_file, records
from eval.squad import FORM as SQUAD_FORM
from eval.squad import squad, squad_rows

ROW_FORM = (
    "Taken are rows with question and, say, answers (our form), with question, context and answers (SQuAD), and "
    "with user_input, reference and retrieved_contexts, or question, ground_truth and contexts (RAGAS, but no "
    "conversations)."
)
CSV_FORM = (
    "The first line of a CSV file names its columns: question, and if you like id, language, answer, article, "
    "answerable, tags; several answers, articles or tags are parted by |."
)

_LISTS = ("answer", "answers", "article", "articles", "also", "tags", "without")
_ONLY_RAGAS = {"ground_truth", "ground_truths", "reference", "contexts", "retrieved_contexts", "reference_contexts"}


def from_json(path: Path, language: str = "") -> Loaded:
    """The questions of a JSON file: SQuAD's, or rows in a list, under "samples" or "data", or as columns.

    Raises:
        DatasetError: the file has none of these forms.
        OSError: it cannot be read.
    """
    value = json_file(path)
    if _is_squad(value):
        return squad(value, path.name, language)
    if isinstance(value, Mapping):
        named = next((value[name] for name in ("samples", "data") if isinstance(value.get(name), list)), None)
        value = named if named and isinstance(named[0], Mapping) else _from_columns(value, path.name)
    if not isinstance(value, list):
        raise DatasetError(f"{path.name}: neither a SQuAD file nor a list of rows.", help=f"{SQUAD_FORM} {ROW_FORM}")
    rows = (Row.of(f"{path.name}, row {i}", each, ROW_FORM, i) for i, each in enumerate(value, start=1))
    return from_rows(rows, path.name, language)


def from_json_lines(path: Path, language: str = "") -> Loaded:
    """The questions of a file of one JSON object a line.

    Raises:
        DatasetError: a line has no form that is known, or another than the first.
        OSError: the file cannot be read.
    """
    check_size(path)
    rows = (Row.of(f"{path.name}, line {i}", value, ROW_FORM, i) for i, value in records(path))
    return from_rows(rows, path.name, language)


def from_rows(rows: Iterable[Row], name: str, language: str = "") -> Loaded:
    """The questions of rows, all in the form of the first.

    Args:
        rows: at least one.
        name: where they are from, for messages.
        language: of questions that do not say theirs; "" tells it from their words.

    Raises:
        DatasetError: there is no row, or one is not in a form that is known.
    """
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        raise DatasetError(f"{name} holds no question.", help=ROW_FORM)
    fields, listed = set(first.fields), chain([first], waiting)
    if {"question", "context", "answers"} <= fields:
        return squad_rows(listed, language)
    if "user_input" in fields or ("question" in fields and fields & _ONLY_RAGAS):
        return ragas(listed, language)
    if "question" in fields:
        return Loaded(questions_of((replace(row, form=FORM) for row in listed), language))
    shown = ", ".join(repr(field) for field in sorted(map(str, fields))[:12]) or "none"
    raise first.wrong(f"no question is among its fields, which are {shown}")


def ragas(rows: Iterable[Row], language: str = "") -> Loaded:
    """The questions of samples for RAGAS (Es et al., 2023), in its first form and its present one.

    Every context becomes an article. Those of reference_contexts hold the answer; those that a system retrieved
    may or may not. What it answered is not looked at: `dossier eval score` does that.

    Raises:
        DatasetError: something is missing or of the wrong kind, or an id is there twice.
    """
    articles: dict[str, Article] = {}

    def addresses(texts: Iterable[str]) -> tuple[str, ...]:
        named = {f"ragas:{content_hash(text.encode())[:12]}": text for text in texts if text.strip()}
        articles.update({name: article(text, name) for name, text in named.items() if name not in articles})
        return tuple(named)

    placed = []
    for row in rows:
        text = row.needed("user_input", "question")
        addresses(row.texts("retrieved_contexts", "contexts"))
        gold = addresses(row.texts("reference_contexts"))
        answers = tuple(filter(str.strip, row.texts("reference", "ground_truth", "ground_truths")))
        spoken = language_of(row, text, language)
        placed.append((row, question(row, text, spoken, answers=answers, articles=gold)))
    return Loaded(unique(placed), tuple(articles.values()))


def from_csv(path: Path, language: str = "") -> Loaded:
    """The questions of a table whose first line names the columns; commas, semicolons or tabs part them.

    Raises:
        DatasetError: there is no column of questions, a line has more or fewer cells than there are columns, or
            what stands in one is not what its name says.
        OSError: the file cannot be read.
    """
    check_size(path)
    try:
        questions = questions_of(_csv_rows(path), language)
    except UnicodeDecodeError as problem:
        raise DatasetError(f"{path.name}: not UTF-8.", help="Save the file as UTF-8.") from problem
    if not questions:
        raise DatasetError(f"{path.name} holds no question.", help=CSV_FORM)
    return Loaded(questions)


def _is_squad(value: Any) -> bool:  # noqa: ANN401 - any JSON
    data = value.get("data") if isinstance(value, Mapping) else None
    return isinstance(data, list) and all(isinstance(entry, Mapping) and "paragraphs" in entry for entry in data)


def _from_columns(value: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any JSON
    """The rows of columns; None when these are none."""
    columns = {key: column for key, column in value.items() if isinstance(column, list)}
    if not columns or len(columns) < len(value):
        return None
    if len({len(column) for column in columns.values()}) > 1:
        sizes = ", ".join(f"{key!r} {len(column)}" for key, column in columns.items())
        raise DatasetError(f"{name}: columns of different lengths, {sizes}.", help=ROW_FORM)
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        lines = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
        try:
            names = [name.strip().lower() for name in next(lines, [])]
            if "question" not in names or len(set(names)) < len(names):
                shown = ", ".join(map(repr, names)) or "none"
                raise DatasetError(f"{path.name}, line 1: the columns are {shown}.", help=CSV_FORM)
            for cells in filter(any, lines):
                row = Row(f"{path.name}, line {lines.line_num}", _cells(names, cells), CSV_FORM, lines.line_num)
                if len(cells) != len(names):
                    raise row.wrong(f"{len(cells)} cells in a table of {len(names)} columns")
                yield row
        except csv.Error as problem:
            raise DatasetError(f"{path.name}, line {lines.line_num}: {problem}.", help=CSV_FORM) from problem


def _cells(names: Iterable[str], cells: Iterable[str]) -> dict[str, Any]:
    """The cells that hold anything, by the names of their columns."""
    named = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    return {name: _parts(cell) if name in _LISTS else cell for name, cell in named.items()}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
