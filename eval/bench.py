"""The benchmarks, one after the other: `python -m eval.bench [NAME ...]`, what `make bench` runs.

Without names those that are done in half an hour; `quality` and `support` ask a model hundreds of times.

In turn and never at once: two processes that both want every core slow each other far more than twofold.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from statistics import median

from rich.console import Console
from rich.table import Table

from eval.libraries import sample_library
from eval.questions import Question, load_questions
from rag import Timing

PER_LANGUAGE = 4
"""Questions of each language whose answers are timed: enough for a median, and done in a few minutes."""


def retrieval() -> None:
    """Print how well and how fast passages are found."""
    from eval.bench_retrieval import main as run  # noqa: PLC0415 - only what was asked for

    run()


def answers() -> None:
    """Print how long answers take on the sample articles."""
    with sample_library() as library:
        asked = [(each.language, library.ask(each.question).timing) for each in pick(load_questions(split="dev"))]
    Console().print(times(asked))


def reading() -> None:
    """Print how much sooner answers begin with passage states than with plain prompts."""
    from eval.bench_reading import main as run  # noqa: PLC0415 - as above

    run()


def quality() -> None:
    """Print what passage states, their size and their headers do to answers; takes an hour."""
    from eval.bench_quality import main as run  # noqa: PLC0415 - as above

    run()


def support() -> None:
    """Print how well supported sentences are told from others; takes half an hour."""
    from eval.bench_support import main as run  # noqa: PLC0415 - as above

    run()


def syncing() -> None:
    """Print how fast and in how much memory 10,000 small files are taken in; takes some minutes."""
    from eval.bench_sync import main as run  # noqa: PLC0415 - as above

    run([])


def parsing() -> None:
    """Print how many articles a second are parsed, cleaned and split; needs no model."""
    from eval.bench_parsing import main as run  # noqa: PLC0415 - as above

    run()


BENCHMARKS: dict[str, Callable[[], None]] = {
    "retrieval": retrieval,
    "reading": reading,
    "quality": quality,
    "support": support,
    "parsing": parsing,
    "syncing": syncing,
    "answers": answers,
}

QUICK = ("retrieval", "reading", "answers")
"""What is run when nothing is named."""


def pick(questions: Sequence[Question], per_language: int = PER_LANGUAGE) -> list[Question]:
    """The first questions of each language among those that have an answer."""
    picked: list[Question] = []
    for question in questions:
        same = [known for known in picked if known.language == question.language]
        if question.answerable and len(same) < per_language:
            picked.append(question)
    return picked


def times(asked: Sequence[tuple[str, Timing]]) -> Table:
    """Seconds to the evidence, the first word and the whole answer: medians, and the slowest of all.

    Args:
        asked: the language of each question, and how long its answer took.
    """
    table = Table(title="Seconds to an answer, medians", box=None, header_style="bold")
    for column in ("questions in", "number", "evidence", "first word", "whole answer", "slowest"):
        table.add_column(column, justify="left" if column == "questions in" else "right")
    for language in ("all", *sorted({language for language, _ in asked})):
        rows = [timing for known, timing in asked if language in ("all", known)]
        columns = zip(*((row.retrieve_s, row.first_token_s, row.total_s) for row in rows), strict=True)
        known = ([value for value in column if value is not None] for column in columns)
        cells = [f"{median(values):.2f}" if values else "-" for values in known]
        table.add_row(language, str(len(rows)), *cells, f"{max(row.total_s for row in rows):.2f}")
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks that are named, or all.

    Args:
        arguments: names; those of the process by default.
    """
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="Measure Dossier.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"some of: {', '.join(BENCHMARKS)}; without names: {', '.join(QUICK)}"
    )
    names = parser.parse_args(arguments).names or QUICK
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}")
    for name in names:
        print(f"== {name}", file=sys.stderr, flush=True)  # noqa: T201 - how far it is
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
