"""The command eval: measure the answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui import cli_common

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rag import Library


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
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="The generator to measure: a name from dossier models list, a .gguf file, or org/repo/file.gguf.",
        ),
    ] = None,
) -> None:
    """Ask questions with known answers and measure what comes back.

    The table says, over all and for each language of the questions: how many answers hold the expected one, how
    many quotes come from the right place, how often Dossier answered what the articles do not say or abstained
    where they do, whether the language is right, how many sentences are supported, whether every quote is
    verbatim, how many citations state the fact and how many answers have such a one, and the times.

    A quarter of the questions are on five articles that do not come with Dossier: DOSSIER_ARTICLES names their
    folder, and without it they are left out.

    \b
    Examples:
      dossier eval
      dossier eval --split dev --limit 10 --out answers.jsonl
      dossier eval --model qwen2.5-coder-0.5b-instruct
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.run import evaluate as run  # noqa: PLC0415 - only what this command needs
    from eval.run import table  # noqa: PLC0415

    console = cli_common.notes()
    with _opened(library, model) as asked:
        measured = run(asked, split=split, limit=limit, out=out, say=lambda line: console.print(line, soft_wrap=True))
    cli_common.results().print(table(measured))


def _opened(folder: Path | None, model: str | None) -> "AbstractContextManager[Library]":
    from eval.run import sample_library  # noqa: PLC0415 - help needs none of this
    from rag import Library, load_generator  # noqa: PLC0415

    generator = load_generator(model) if model else None
    if folder is None:
        return sample_library(generator)
    return cli_common.open_library(folder) if generator is None else Library.open(folder, generator=generator)
