"""BEIR's sets (Thakur et al., 2021): queries, a corpus, and which documents are relevant; there are no answers."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from documents import Article, content_hash
from eval.loaded import Loaded, article, common_language, question
from eval.questions import unique
from eval.rows import DatasetError, Row, records

FORM = "A BEIR folder holds corpus.jsonl (_id, title, text), queries.jsonl (_id, text) and qrels/test.tsv."

MOST_ARTICLES = 10_000
"""Of a larger corpus so many are taken; on two cores that many short ones are indexed in a quarter of an hour."""

Relevant = Mapping[str, frozenset[str]]
"""Ids of relevant documents, by the ids of queries."""


def beir(folder: Path, language: str = "", most: int = MOST_ARTICLES) -> Loaded:
    """The judged queries of a folder: those of qrels/test.tsv, without that file those of qrels/dev.tsv.

    Args:
        folder: holds the files.
        language: of the queries; "" tells it from their words.
        most: how many articles are taken; of a larger corpus all that are relevant, and a part of the others.

    Raises:
        DatasetError: a file is missing or malformed, or the files do not fit each other.
        OSError: one cannot be read.
    """
    judged = next((path for name in ("test", "dev") if (path := folder / "qrels" / f"{name}.tsv").is_file()), None)
    missing = [name for name in ("corpus.jsonl", "queries.jsonl") if not (folder / name).is_file()]
    if missing or judged is None:
        lacks = " and ".join([*missing, *([] if judged else ["qrels/test.tsv"])])
        raise DatasetError(f"The folder {folder.name!r} is no BEIR set: it lacks {lacks}.", help=FORM)
    relevant = relevant_of(_qrels(judged))
    return loaded(_lines(folder / "queries.jsonl"), relevant, _lines(folder / "corpus.jsonl"), language, most)


def loaded(
    queries: Iterable[Row], relevant: Relevant, corpus: Iterable[Row], language: str = "", most: int = MOST_ARTICLES
) -> Loaded:
    """The queries to which something is relevant, and the corpus.

    Args:
        queries: with _id and text.
        relevant: what is relevant to which.
        corpus: with _id, title and text; read once, and never in memory as a whole when it is larger than `most`.
        language: see `beir`.
        most: see `beir`.

    Raises:
        DatasetError: a record is malformed, an id is there twice, or no query has a relevant document.
    """
    asked = [row for row in queries if _id(row) in relevant]
    taken, count = _taken(corpus, frozenset(chain.from_iterable(relevant.values())), most)
    spoken = common_language((row.needed("text") for row in asked), language)
    gold = {_id(row): sorted(map(_address, relevant[_id(row)] & taken.keys())) for row in asked}
    answered = [
        (row, question(row, row.needed("text"), spoken, name=_id(row), articles=tuple(gold[_id(row)])))
        for row in asked
        if gold[_id(row)]
    ]
    if not answered:
        raise DatasetError("No query of the qrels has a relevant document in the corpus.", help=FORM)
    notes = []
    if len(taken) < count:
        notes.append(f"{len(taken):,} of {count:,} articles of the corpus are taken")
    if lost := len(relevant) - len(answered):
        notes.append(f"{lost:,} judged queries are left out: they, or all that is relevant to them, are not there")
    return Loaded(unique(answered), tuple(map(_article, taken.values())), "; ".join(notes))


def relevant_of(judgements: Iterable[Row]) -> dict[str, frozenset[str]]:
    """What is relevant: the documents with a score above zero.

    Args:
        judgements: with query-id, corpus-id and score.

    Raises:
        DatasetError: a score is no number, or an id is missing.
    """
    found: dict[str, set[str]] = {}
    for row in judgements:
        try:
            score = float(row.needed("score"))
        except ValueError:
            raise row.wrong(f"the score is {row.text('score')!r}, no number") from None
        if score > 0:
            found.setdefault(row.needed("query-id"), set()).add(row.needed("corpus-id"))
    return {query: frozenset(documents) for query, documents in found.items()}


def _qrels(path: Path) -> Iterator[Row]:
    """The judgements of a file; its first line names the columns."""
    names = ("query-id", "corpus-id", "score")
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            cells = line.decode("utf-8", "replace").strip().split("\t")
            if not any(cells) or (number == 1 and tuple(cells) == names):
                continue
            row = Row(f"qrels/{path.name}, line {number}", dict(zip(names, cells, strict=False)), FORM, number)
            if len(cells) != len(names):
                raise row.wrong(f"{len(cells)} cells parted by tabs, not query-id, corpus-id and score")
            yield row


def _lines(path: Path) -> Iterator[Row]:
    return (Row.of(f"{path.name}, line {i}", value, FORM, i) for i, value in records(path))


def _taken(corpus: Iterable[Row], wanted: frozenset[str], most: int) -> tuple[dict[str, Row], int]:
    """The wanted records with others to make up the number, chosen by their hashes, and how many there were."""
    taken: dict[str, Row] = {}
    count = 0

    def others() -> Iterator[tuple[str, str, Row]]:
        nonlocal count
        for row in corpus:
            name = _id(row)
            if not (row.text("text").strip() or row.text("title").strip()):
                continue
            count += 1
            if name in wanted:
                _put(taken, name, row)
            else:
                yield content_hash(name.encode()), name, row

    chosen = heapq.nsmallest(most, others(), key=lambda other: other[:2])
    for _, name, row in chosen[: max(0, most - len(taken))]:
        _put(taken, name, row)
    return taken, count


def _put(taken: dict[str, Row], name: str, row: Row) -> None:
    if name in taken:
        raise row.wrong(f"the id {name!r} is taken ({taken[name].place})")
    taken[name] = row


def _id(row: Row) -> str:
    return row.needed("_id", "id")


def _address(name: str) -> str:
    return f"beir:{name}"


def _article(row: Row) -> Article:
    text, title = row.text("text"), row.text("title")
    return article(text if text.strip() else title, _address(_id(row)), title)
