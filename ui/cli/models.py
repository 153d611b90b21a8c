"""The commands about models: list and pull."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from embeddings import ModelState

models = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""See and fetch models.

    A generator writes the answers, an embedding model finds the passages. DOSSIER_MODEL and DOSSIER_EMBEDDING
    name others than the default ones: a name from the list, a local .gguf file or sentence-transformers folder,
    or an id on the Hugging Face hub (org/repo/file.gguf, org/repo).
    """,
)


@models.command("list")
def list_models() -> None:
    """List the models that Dossier knows, and which of them are here.

    A star marks those that are used when no other is named. What is fetched is sometimes packed: the embedding model
    in 4 bits takes up several times as much once it is here.

    \b
    Examples:
      dossier models list
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from embeddings import list_models as known  # noqa: PLC0415 - only what this command needs

    out = common.results()
    out.print(_row("  name", "kind", "to fetch", "on this machine"), soft_wrap=True)
    for state in known():
        for line in _lines(state):
            out.print(Text(line), soft_wrap=True)


@models.command("pull")
def pull(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", show_default=False, help="Names from the list, or ids on the Hugging Face hub."),
    ] = None,
) -> None:
    """Fetch models, so that they are here when they are needed.

    Without a name: the generator and the embedding model that answers are made with. What is here already is
    not fetched again, and a download that was cut off goes on where it stopped. Every file is checked.

    \b
    Examples:
      dossier models pull
      dossier models pull qwen2.5-coder-0.5b-instruct
    """  # noqa: D301 - as above
    from embeddings import Bar, load_encoder, resolve_generator  # noqa: PLC0415 - only what this command needs
    from embeddings import pull as fetch  # noqa: PLC0415

    with Bar() as bar:
        if names:
            paths = [fetch(name, bar) for name in names]
            lines = [f"{name}: {path}" for name, path in zip(names, paths, strict=True)]
        else:
            lines = [f"generator: {resolve_generator(progress=bar)}"]
            lines.append(f"embedding: {load_encoder(progress=bar).fingerprint.name}")
    for line in lines:
        common.results().print(Text(one_line(line)), soft_wrap=True)


def _lines(state: "ModelState") -> tuple[str, str]:
    entry = state.entry
    name = f"{'*' if state.default else ' '} {entry.name}"
    fetched = _megabytes(state.size) if state.size else "?"
    if state.size and any(file.size is None for file in entry.files):
        fetched = f"over {fetched}"
    here = f"here, {_megabytes(_on_disk(state.path))}" if state.cached else "not here"
    return _row(name, entry.kind, fetched, here), f"    {entry.licence}; {entry.note}"


def _row(name: str, kind: str, fetched: str, here: str) -> str:
    return f"{name:<30} {kind:<10} {fetched:>10}  {here}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _on_disk(path: Path) -> int:
    """Bytes of a model's file, or of all in its folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
