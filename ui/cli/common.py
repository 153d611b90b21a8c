"""What the commands share: the library they work on, where they print, how JSON is written."""

import json
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from documents import DossierError
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from rag import Library

DEBUG_VARIABLE = "DOSSIER_DEBUG"
"""Shows where an error comes from, and what lies behind it."""

FAILED = 1
PARTLY = 3
"""Exit codes; `dossier --help` lists them all."""

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        show_default=False,
        help="Folder of the library. Without it: DOSSIER_LIBRARY, else the user's data folder.",
    ),
]

MadeLibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        show_default=False,
        help="Folder of the library; made when missing. Without it: DOSSIER_LIBRARY, else the user's data folder.",
    ),
]
"""For the commands that can begin a library."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on standard output.")]

_WIDE = 240
"""Characters of a line of a table where no terminal says how many there are."""

# JSON leaves these as they are, and a terminal obeys some of them; halves of characters, as in the names of
# files that are no Unicode, cannot be encoded at all. Written as \uXXXX they are the same JSON.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


_ON_A_LIBRARY = re.compile(
    r"\bdossier (?:feeds (?:list|remove)|add|ask|chat|edit|export|list|remove|show|status|sync|update|warm|watch)\b"
)
"""The commands that take `--library`, as hints name them."""


@contextmanager
def library_in(folder: Path | None, *, make: bool = False) -> Iterator["Library"]:
    """The library of a command, closed behind it. Commands that errors name work on the same one.

    Args:
        folder: what `--library` names; None means the default.
        make: make it when it is missing, rather than saying so; one that is made stays only if the command ends well
            or has stored something.
    """
    from rag import undone_if_empty  # noqa: PLC0415 - help needs no library

    with hinting_at(folder):
        if not make:
            check_library(folder)
        place = missing_library(folder)
        with undone_if_empty(place) if place else nullcontext(), open_library(folder) as opened:
            yield opened


@contextmanager
def hinting_at(folder: Path | None) -> Iterator[None]:
    """Let the commands that errors name work on this library."""
    try:
        yield
    except DossierError as error:
        error.help = with_library(error.help, folder)
        raise


def with_library(hint: str, folder: Path | None) -> str:
    """A hint whose commands work on the library that `--library` names; as it is where none is named."""
    if folder is None:
        return hint
    option = f" --library {shlex.quote(str(folder))}"
    return _ON_A_LIBRARY.sub(lambda command: command[0] + option, hint)


def check_library(folder: Path | None) -> None:
    """See that there is a library, so that nothing is made by looking for it.

    Raises:
        LibraryError: there is none.
    """
    from rag import LibraryError  # noqa: PLC0415 - help needs no library

    if (place := missing_library(folder)) is not None:
        raise LibraryError(
            f"There is no library in {one_line(place.absolute())}.",
            help="Name another with --library DIR, or begin this one with: dossier add PATH",
        )


def missing_library(folder: Path | None) -> Path | None:
    """Where a library would be made; None where there is one, or what opening it has more to say of."""
    from rag import default_folder, is_library  # noqa: PLC0415 - as above

    try:
        place = default_folder() if folder is None else folder.expanduser()
        return None if is_library(place) or (place.exists() and not place.is_dir()) else place
    except (OSError, RuntimeError, ValueError):
        return None


def check_model(name: str | None = None) -> None:
    """Tell of a generator that does not exist before anything else is done; nothing is fetched.

    Args:
        name: what `--model` says; None means the default one, which `DOSSIER_MODEL` may name.

    Raises:
        ModelError: there is no such model.
    """
    from embeddings import local_generator  # noqa: PLC0415 - help needs no model

    local_generator(name)


def open_library(folder: Path | None) -> "Library":
    """The library of a folder; tests put one of their own in this place.

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
