"""The command status: what a library is made of, and what would answer."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ui.cli import common
from ui.cli.common import JsonOption, LibraryOption
from ui.cli.terminal import one_line
from ui.cli.warm import reading

if TYPE_CHECKING:
    from rag import Readiness, Status


def status(*, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Show where the library is, what it holds, and which models it uses.

    Where there is none, it says so and makes none.

    \b
    Examples:
      dossier status
      dossier status --library press --json
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from embeddings import generator_name, local_generator  # noqa: PLC0415 - help starts without it

    place = common.missing_library(library)
    if place is not None:
        found, read, model, here = _nothing(place), None, generator_name(), local_generator() is not None
    else:
        with common.library_in(library) as opened:
            found, read, running = opened.status(), opened.readiness(), opened.running
            model, here = running.name, running.state != "absent"
    if as_json:
        told = asdict(found) | {"folder": str(found.folder), "reading": asdict(read) if read else None}
        common.print_json(told | {"exists": place is None, "model": {"name": model, "here": here}})
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    facts = {"library": f"{place} (there is none yet)"} if place else _facts(found, read)
    for name, value in (facts | {"model": _model(model, here=here)}).items():
        table.add_row(name, Text(one_line(value), overflow="fold"))
    common.results().print(table)
    if place is not None:
        hint = common.with_library("To make the library: dossier add PATH", library)
        common.notes().print(one_line(hint), soft_wrap=True)


def _nothing(place: Path) -> "Status":
    from rag import Status  # noqa: PLC0415 - as above

    return Status(place, articles=0, passages=0, languages={}, store_bytes=0, index_bytes=0, embedding=None)


def _facts(found: "Status", read: "Readiness | None") -> dict[str, object]:
    languages = (f"{language} {count}" for language, count in found.languages.items())
    return {
        "library": found.folder,
        "articles": found.articles,
        "passages": found.passages,
        "languages": ", ".join(languages) or "-",
        "size": f"{(found.store_bytes + found.index_bytes) / 1e6:,.1f} MB",
        "embedding": found.embedding.name if found.embedding else "none yet",
        "reading": reading(read),
    }


def _model(name: str, *, here: bool) -> str:
    return f"{name}, {'on this machine' if here else 'not on this machine: dossier models pull'}"
