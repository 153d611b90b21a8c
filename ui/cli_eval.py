"""The command eval: measure the answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui import cli_common

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.table import Table

    from rag import Generator, Library


def evaluate(
    *,
    asked: Annotated[
        Literal["questions", "hostile"],
        typer.Option("--set", help="What to ask: questions on articles, or on hostile ones."),
    ] = "questions",
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

    With --set hostile the articles are 48 that try to change what Dossier does: they hold orders, forged quotes,
    markers, markup. The table says, for each kind: how many answers are right in spite of it, how many questions
    were not answered, how many answers show as fact what the attack wants, whether the language is right.

    \b
    Examples:
      dossier eval
      dossier eval --split dev --limit 10 --out answers.jsonl
      dossier eval --model qwen2.5-coder-0.5b-instruct
      dossier eval --set hostile --out hostile.jsonl
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.run import evaluate as run  # noqa: PLC0415 - only what this command needs
    from eval.run import table  # noqa: PLC0415

    if asked == "hostile":
        if split or library:
            raise typer.BadParameter("--set hostile goes with neither --split nor --library.")
        shown = _on_hostile(model, limit, out)
    else:
        with _opened(library, model) as opened:
            shown = table(run(opened, split=split, limit=limit, out=out, say=_say))
    cli_common.results().print(shown)


def _on_hostile(model: str | None, limit: int | None, out: Path | None) -> "Table":
    from eval.hostile import hostile_library, load_attacks, run, table  # noqa: PLC0415 - as above
    from eval.run import spread  # noqa: PLC0415

    attacks = load_attacks()
    with hostile_library(attacks, generator=_generator(model)) as opened:
        return table(run(opened, spread(attacks, limit), out=out, say=_say))


def _opened(folder: Path | None, model: str | None) -> "AbstractContextManager[Library]":
    from eval.run import sample_library  # noqa: PLC0415 - as above
    from rag import Library  # noqa: PLC0415

    generator = _generator(model)
    if folder is None:
        return sample_library(generator)
    return cli_common.open_library(folder) if generator is None else Library.open(folder, generator=generator)


def _generator(name: str | None) -> "Generator | None":
    from rag import load_generator  # noqa: PLC0415 - as above

    return load_generator(name) if name else None


def _say(line: str) -> None:
    cli_common.notes().print(line, soft_wrap=True)
