"""How well passages are found: by vector, by words, and by both, with questions in three languages.

First among English paragraphs; then among paragraphs each in a language drawn by lot, where those in the question's own
language are nearer to it whatever they say.

`python -m eval.bench_retrieval [FOLDER]` prints the table; FOLDER holds XQuAD (see `eval/xquad.py`).
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from documents import Article
from embeddings import Encoder, load_encoder
from eval.measures import DEPTH, Method
from eval.metrics import mean, ndcg_at, recall_at, reciprocal_rank
from eval.remember import RememberingEncoder
from eval.xquad import XquadMissingError, XquadQuestion, default_folder, mixture, paragraphs, questions
from rag import Library, SearchSettings

FLOORS = {"en": 0.99, "es": 0.96, "vi": 0.88}
"""R@5 that hybrid must reach, with questions in each language."""

MIXED_OWN, MIXED_OTHER = "mixed, own language", "mixed, another language"

_SEARCH = SearchSettings()

_METHODS: tuple[tuple[Method, str], ...] = (("dense", "dense"), ("words", "BM25"), ("hybrid", "hybrid"))


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one method over the questions of one kind."""

    kind: str
    method: str
    recall_1: float
    recall_5: float
    mrr: float
    ndcg: float
    questions: int


def measure(folder: Path, encoder: Encoder) -> Iterator[Row]:
    """Index the English paragraphs, and ask everything by every method; then index a mixture of languages.

    Raises:
        XquadMissingError: a file is not in the folder.
    """
    asked = {language: questions(folder, language) for language in FLOORS}
    kinds = {**asked, "en, name or number": [each for each in asked["en"] if has_name_or_number(each.question)]}
    remembering = RememberingEncoder(encoder)
    remembering.encode_queries([each.question for listed in asked.values() for each in listed])  # at once is quicker
    with _library(paragraphs(folder), remembering) as library:
        for kind, listed in kinds.items():
            for method, name in _METHODS:
                yield _row(library, kind, listed, method, name)
    mixed = mixture(folder, tuple(FLOORS))
    languages = {article.url: article.language for article in mixed}
    with (
        _library(mixed, remembering) as library,
        _library(mixed, remembering, SearchSettings(language_weight=0)) as plain,
    ):
        for kind, own in ((MIXED_OWN, True), (MIXED_OTHER, False)):
            listed = [q for code in FLOORS for q in asked[code] if (languages[q.paragraph] == code) == own]
            yield _row(plain, kind, listed, "hybrid", "languages as they come")
            yield _row(library, kind, listed, "hybrid", "hybrid")


@contextmanager
def _library(articles: Sequence[Article], encoder: Encoder, search: SearchSettings = _SEARCH) -> Iterator[Library]:
    """A library of these paragraphs, each as one passage."""
    with (
        tempfile.TemporaryDirectory() as place,
        Library.open(place, encoder=encoder, passages=None, search=search) as library,
    ):
        library.add(*articles)
        yield library


def has_name_or_number(question: str) -> bool:
    """Whether a question in English holds a digit, or a capital letter after its first word."""
    return any(word[0].isupper() or any(map(str.isdigit, word)) for word in question.split()[1:])


def table(rows: Sequence[Row]) -> Table:
    """The rows as they are printed."""
    shown = Table(title="XQuAD, English paragraphs, and mixed ones", box=None, header_style="bold")
    for column in ("questions in", "method", "R@1", "R@5", f"MRR@{DEPTH}", f"nDCG@{DEPTH}", "questions", "R@5 floor"):
        shown.add_column(column, justify="left" if column in ("questions in", "method") else "right")
    for row in rows:
        floor = FLOORS.get(row.kind) if row.method == "hybrid" else None
        verdict = "" if floor is None else f"{floor:.2f} {'ok' if row.recall_5 >= floor else 'MISSED'}"
        numbers = [f"{value:.3f}" for value in (row.recall_1, row.recall_5, row.mrr, row.ndcg)]
        shown.add_row(row.kind, row.method, *numbers, str(row.questions), verdict)
    return shown


def main(folder: Path | None = None) -> None:
    """Print the table, or what is missing for it."""
    console = Console()
    try:
        console.print(table(list(measure(folder or default_folder(), load_encoder()))))
    except XquadMissingError as error:
        console.print(f"Retrieval was not measured: {error}", markup=False)


def _row(library: Library, kind: str, asked: Sequence[XquadQuestion], method: Method, name: str) -> Row:
    pairs = [(_ranked(library, each.question, method), {each.paragraph}) for each in asked]
    return Row(
        kind=kind,
        method=name,
        recall_1=mean(recall_at(1, found, relevant) for found, relevant in pairs),
        recall_5=mean(recall_at(5, found, relevant) for found, relevant in pairs),
        mrr=mean(reciprocal_rank(found, relevant) for found, relevant in pairs),
        ndcg=mean(ndcg_at(DEPTH, found, relevant) for found, relevant in pairs),
        questions=len(pairs),
    )


def _ranked(library: Library, question: str, method: Method) -> list[str]:
    """Addresses of the paragraphs, best first; one too long for the encoder is two passages, and counts once."""
    found = library.retrieve(question, k=DEPTH, method=method)
    return list(dict.fromkeys(str(evidence.passage.article.url) for evidence in found))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
