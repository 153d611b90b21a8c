"""The command eval: measure the answers."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui import cli_common


def evaluate(
    *,
    split: Annotated[
        Literal["dev", "test"] | None,
        typer.Option(show_default=False, help="Ask only these questions; all without it."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, show_default=False, help="Ask N questions, from all over the file."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Write every answer and its measures here, as JSON lines."
        ),
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            show_default=False,
            help="A library that holds the sample articles. Without it they are read into one for the occasion.",
        ),
    ] = None,
) -> None:
    """Ask the sample questions and measure the answers.

    The table says, over all and for each language of the questions: how many answers hold the expected one, how
    many quotes come from the right place, how often Dossier answered what the articles do not say or abstained
    where they do, whether the language is right, how many sentences are supported, whether every quote is
    verbatim, and the times.

    \b
    Examples:
      dossier eval
      dossier eval --split dev --limit 10 --out answers.jsonl
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.run import evaluate as run  # noqa: PLC0415 - only what this command needs
    from eval.run import sample_library, table  # noqa: PLC0415

    opened = sample_library() if library is None else cli_common.open_library(library)
    console = cli_common.notes()
    with opened as asked:
        measured = run(asked, split=split, limit=limit, out=out, say=lambda line: console.print(line, soft_wrap=True))
    cli_common.results().print(table(measured))
