"""The options that the commands which ask questions have in common."""

from pathlib import Path
from typing import Annotated, Literal

import typer

SetOption = Annotated[
    str,
    typer.Option(
        "--set",
        metavar="SET",
        help="What to ask: builtin, hostile, xquad:en, xquad:es, xquad:vi, hub:OWNER/NAME, or a file or folder.",
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
    int | None, typer.Option(metavar="N", min=1, show_default=False, help="Ask N questions drawn at random.")
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
