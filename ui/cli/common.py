"""What the commands share: the library they work on, where they print, how JSON is written."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from rag import Library

FAILED = 1
PARTLY = 3
"""Exit codes; `dossier --help` lists them all."""

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        show_default=False,
        help="Folder of the library; made when missing. Without it: DOSSIER_LIBRARY, else the user's data folder.",
    ),
]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on standard output.")]

_WIDE = 240
"""Characters of a line of a table where no terminal says how many there are."""

# JSON leaves these as they are, and a terminal obeys some of them; halves of characters, as in the names of
# files that are no Unicode, cannot be encoded at all. Written as \uXXXX they are the same JSON.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def open_library(folder: Path | None) -> "Library":
    """The library of a command; tests put one of their own in this place.

    Args:
        folder: what `--library` names; None means the default.
    """
    from rag import Library  # noqa: PLC0415 - help needs no library

    return Library.open(folder)


def results() -> Console:
    """Prints what was asked for, on standard output. No text is taken for markup."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def tables() -> Console:
    """Prints tables on standard output: in a file or pipe as wide as they are, where nobody can widen a window."""
    console = results()
    if not console.is_terminal:
        console.width = _WIDE
    return console


def notes() -> Console:
    """Prints everything else, on standard error. No text is taken for markup."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print one JSON value, the letters of every language as themselves wherever they can be written."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    print(_UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # noqa: T201 - the result
