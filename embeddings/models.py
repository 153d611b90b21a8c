"""From a name to a model on this machine: catalogue names, local paths, ids on the hub."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from documents.errors import ModelError
from embeddings import hub
from embeddings.cache import model_dir, write_json
from embeddings.catalogue import (
    DEFAULT_EMBEDDINGS,
    DEFAULT_GENERATOR,
    ENTRIES,
    Entry,
    HubSource,
    ModelFile,
    find,
    names,
)
from embeddings.download import SourceUnreachable
from embeddings.e5_q4 import restore
from embeddings.fetch import fetch, is_cached, lock, path_of
from embeddings.progress import Bar, OnProgress

_Q4 = "multilingual-e5-small-q4"
_GGUF_MAGIC = b"GGUF"


@dataclass(frozen=True, slots=True)
class ModelState:
    """A catalogue entry and whether this machine has it.

    Attributes:
        entry: what the catalogue says.
        cached: whether it is here, whole.
        path: where it is, or would be.
        size: bytes to fetch; None where only the source knows.
        default: whether it is used when no model is named.
    """

    entry: Entry
    cached: bool
    path: Path
    size: int | None
    default: bool


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """An embedding model on this machine.

    Attributes:
        name: the catalogue name, hub id or folder that it was named by.
        folder: a sentence-transformers folder.
        weights: sha256 of the weights where the catalogue names it; None means: of the folder's files.
        prefixes: text before a query and before a passage; None means: what the folder says.
    """

    name: str
    folder: Path
    weights: str | None
    prefixes: tuple[str, str] | None


def list_models() -> tuple[ModelState, ...]:
    """The catalogue, with what this machine has of it. Touches no network."""
    chosen = {DEFAULT_GENERATOR, _default_embedding().name}
    return tuple(
        ModelState(entry, is_cached(entry), path_of(entry), _size(entry), entry.name in chosen) for entry in ENTRIES
    )


def pull(name: str, progress: OnProgress | None = None) -> Path:
    """Fetch a model (catalogue name or hub id) so that it is here when it is needed.

    Args:
        name: a catalogue name, `org/repo/file.gguf`, or `org/repo` of an embedding model.
        progress: told how far it is; None shows a bar on standard error.

    Returns:
        The GGUF, or the sentence-transformers folder.

    Raises:
        ModelError: when there is no such model, or it could not be fetched.
    """
    entry = find(name)
    if entry is None and "/" not in name:
        known = ", ".join(entry.name for entry in ENTRIES)
        raise ModelError(f"There is no model {name!r}.", help=f"Name one of {known}; or an id on the hub.")
    if entry.kind == "generator" if entry else name.endswith(".gguf"):
        return resolve_generator(name, progress)
    return resolve_embedding(name, progress).folder


def resolve_generator(name: str | None = None, progress: OnProgress | None = None) -> Path:
    """The GGUF of a model; fetched when it is not here.

    Args:
        name: a catalogue name, the path of a .gguf, or `org/repo/file.gguf` on the hub. None takes
            `DOSSIER_MODEL`, else the default model.
        progress: told how far a fetch is; None shows a bar on standard error.

    Raises:
        ModelError: when there is no such model, or the file is no GGUF; FetchError and HashMismatch when it
            could not be fetched.
    """
    name = name or generator_name()
    entry = find(name)
    if entry is None:
        path = Path(name).expanduser()
        if path.is_file():
            return _checked_gguf(path)
        entry = _hub_generator(name)
    if entry.kind != "generator":
        raise ModelError(f"{name} is an embedding model, not a generator.", help=_choices("generator"))
    return _fetch(entry, progress)


def generator_name() -> str:
    """The generator that is used when none is named: `DOSSIER_MODEL`, else the default one."""
    return os.environ.get("DOSSIER_MODEL") or DEFAULT_GENERATOR


def local_generator(name: str | None = None) -> Path | None:
    """The GGUF that `resolve_generator` would give, if it is on this machine; None otherwise. Never fetches."""
    name = name or generator_name()
    path = Path(name).expanduser()
    entry = find(name)
    if entry is None and path.is_file():
        return path
    entry = entry or _hub_generator(name)
    return path_of(entry) if entry.kind == "generator" and is_cached(entry) else None


def resolve_embedding(name: str | None = None, progress: OnProgress | None = None) -> EmbeddingModel:
    """The sentence-transformers folder of a model; fetched when it is not here.

    Args:
        name: a catalogue name, a local folder, or `org/repo` on the hub. None takes `DOSSIER_EMBEDDING`, else
            the default: the one that is here, else the best one that can be reached.
        progress: told how far a fetch is; None shows a bar on standard error.

    Raises:
        ModelError: when there is no such model; FetchError and HashMismatch when it could not be fetched.
    """
    name = name or os.environ.get("DOSSIER_EMBEDDING")
    if name is None:
        return _resolve_default(progress)
    entry = find(name)
    if entry is None:
        folder = Path(name).expanduser()
        if folder.is_dir():
            return EmbeddingModel(str(folder.resolve()), folder, None, None)
        return EmbeddingModel(name, _fetch(_hub_embedding(name), progress), None, None)
    if entry.kind != "embedding":
        raise ModelError(f"{name} is a generator, not an embedding model.", help=_choices("embedding"))
    return _resolve_entry(entry, progress)


def _resolve_default(progress: OnProgress | None) -> EmbeddingModel:
    first = _default_embedding()
    if is_cached(first):
        return _resolve_entry(first, progress)
    refusals: list[str] = []
    for name in DEFAULT_EMBEDDINGS:
        try:
            return _resolve_entry(_entry(name), progress)
        except SourceUnreachable as problem:
            refusals.append(problem.message)
    raise SourceUnreachable(" ".join(refusals), help="Connect to the network and run again.")


def _default_embedding() -> Entry:
    """The default embedding model that is here already, the better one first; else the better one."""
    entries = [_entry(name) for name in DEFAULT_EMBEDDINGS]
    return next((entry for entry in entries if is_cached(entry)), entries[0])


def _resolve_entry(entry: Entry, progress: OnProgress | None) -> EmbeddingModel:
    folder = _fetch(entry, progress)
    if entry.name == _Q4:
        folder = _restored(folder, progress)
    return EmbeddingModel(entry.name, folder, entry.files[0].sha256, (entry.query_prefix, entry.passage_prefix))


def _restored(folder: Path, progress: OnProgress | None) -> Path:
    restored = folder / "restored"
    if not restored.exists():
        with Bar() as bar, lock(folder, progress or bar):
            (progress or bar)("Restoring the 4-bit weights", 0, None)
            restore(folder / "e5-small-q4.bin", folder / "tokenizer.json", restored)
    return restored


def _fetch(entry: Entry, progress: OnProgress | None) -> Path:
    if progress is not None:
        return fetch(entry, progress)
    with Bar() as bar:
        return fetch(entry, bar)


def _hub_generator(name: str) -> Entry:
    organisation, _, rest = name.partition("/")
    repo, _, filename = rest.partition("/")
    if not (organisation and repo and filename.endswith(".gguf")) or organisation in (".", "..", "~"):
        raise ModelError(f"There is no model {name!r}.", help=_choices("generator"))
    source = HubSource(f"{organisation}/{repo}", "main", filename)
    return Entry(source.repo, "generator", "", (ModelFile(filename, (source,)),), "named by its hub id")


def _hub_embedding(name: str) -> Entry:
    """An entry for any embedding model of the hub; its list of files is kept: later starts are offline."""
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        raise ModelError(f"There is no model {name!r}.", help=_choices("embedding"))
    listing = model_dir(name) / "listing.json"
    try:
        known = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        revision, found = hub.list_model(name)
        known = {"revision": revision, "files": found}
        listing.parent.mkdir(parents=True, exist_ok=True)
        write_json(listing, known)
    files = tuple(ModelFile(file, (HubSource(name, known["revision"], file),)) for file in known["files"])
    return Entry(name, "embedding", "", files, "named by its hub id")


def _checked_gguf(path: Path) -> Path:
    with path.open("rb") as file:
        start = file.read(len(_GGUF_MAGIC))
    if start != _GGUF_MAGIC:
        raise ModelError(f"{path} is not a GGUF: it starts with {start!r}, not {_GGUF_MAGIC!r}.")
    return path


def _entry(name: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.name == name)


def _size(entry: Entry) -> int | None:
    sizes = [file.size for file in entry.files]
    return sum(size for size in sizes if size) if any(sizes) else None


def _choices(kind: Literal["generator", "embedding"]) -> str:
    other = "the path of a .gguf, or org/repo/file.gguf" if kind == "generator" else "a folder, or org/repo"
    return f"Name one of {names(kind)}; or {other} on the hub."
