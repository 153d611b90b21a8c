"""What the commands eval share: options, which questions they choose, the library that is asked, how they say more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.cli import common
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from eval.selection import Selection
    from rag import Generator, Library

SetOption = Annotated[
    str,
    typer.Option(
        "--set",
        metavar="SET",
        help="What to ask: builtin, practice, hostile, xquad:en, xquad:es, xquad:vi, hub:OWNER/NAME, a file, a folder.",
    ),
]
SplitOption = Annotated[
    Literal["dev", "test"] | None,
    typer.Option(show_default=False, help="Ask only these questions; all without it."),
]
TagsOption = Annotated[
    str, typer.Option(metavar="A,B", show_default=False, help="Ask only questions that have all of these tags.")
]
LimitOption = Annotated[
    int | None, typer.Option(metavar="N", min=1, show_default=False, help="Ask N questions, from all over the set.")
]
SampleOption = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, show_default=False, help="Ask N questions drawn at random, the same ones each time."
    ),
]
JudgeOption = Annotated[
    str | None,
    typer.Option(
        "--judge",
        metavar="NAME",
        show_default=False,
        help="Whom to ask whether a quote supports a sentence: none; a model's name, .gguf file or hub id; the address "
        "of a server, http://HOST:PORT/v1#MODEL; or nli:ORG/NAME, a cross-encoder. Without it: the default model, "
        "where it is on this machine, and only in doubt.",
    ),
]
PassagesOption = Annotated[int, typer.Option("--k", metavar="N", min=1, help="How many passages the model reads.")]
LibraryAsked = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        show_default=False,
        help="Ask this library. Without it the articles of the set are read into one for the occasion.",
    ),
]


def selection(split: Literal["dev", "test"] | None, tags: str, limit: int | None, sample: int | None) -> "Selection":
    """Which questions the options choose."""
    from eval.selection import Selection  # noqa: PLC0415 - only what a command needs

    return Selection(split, tuple(filter(None, map(str.strip, tags.split(",")))), limit, sample)


def generator(name: str | None) -> "Generator | None":
    """The generator of a name; None stands for the default one, and stays."""
    from rag import load_generator  # noqa: PLC0415 - as above

    return load_generator(name) if name else None


@contextmanager
def open_library(folder: Path | None, model: str | None) -> Iterator["Library"]:
    """The library that is asked, with another generator where one is named; see `common.library_in`."""
    from rag import Library  # noqa: PLC0415 - as above

    if not model:
        with common.library_in(folder) as opened:
            yield opened
        return
    with common.hinting_at(folder):
        common.check_library(folder)
        with Library.open(folder, generator=generator(model)) as opened:
            yield opened


def say(line: str) -> None:
    """Tell what is no result, in one line."""
    common.notes().print(one_line(line), soft_wrap=True)
