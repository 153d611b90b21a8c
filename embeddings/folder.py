"""What a sentence-transformers folder says of itself, read from its JSON files alone, without torch."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.errors import ModelError
from embeddings.cache import Verified, cache_dir, sha256_of, verified, write_json

_UNBOUNDED = 1_000_000
"""Tokenizers without a limit of their own state an absurdly large one."""
_USUAL_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of a model before it is loaded.

    Attributes:
        dimension: length of a vector; None when only the loaded model knows.
        max_length: tokens that it reads, special tokens included.
        query_prompt: text set before a query, "" when the folder names none.
        passage_prompt: text set before a passage, "" when the folder names none.
    """

    dimension: int | None
    max_length: int
    query_prompt: str
    passage_prompt: str


def read_facts(folder: Path) -> Facts:
    """Read a folder's settings.

    Raises:
        ModelError: when the folder holds no model, or one of its files is not JSON.
    """
    if not (folder / "modules.json").exists() and not (folder / "config.json").exists():
        raise ModelError(
            f"{folder} is not a sentence-transformers folder: it has neither modules.json nor config.json.",
            help="Name the folder that SentenceTransformer.save wrote.",
        )
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    passage = next((prompts[name] for name in ("passage", "document", "corpus") if name in prompts), "")
    return Facts(_dimension(folder), _max_length(folder), str(prompts.get("query", "")), str(passage))


def weights_hash(folder: Path) -> str:
    """sha256 of a folder's weights; of the list of hashes where the weights are several files.

    A file's hash is kept in the cache with its size and time, so that it is computed once.

    Raises:
        ModelError: when the folder holds no weights.
    """
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("pytorch_model*.bin"))
    if not files:
        raise ModelError(f"{folder} holds no weights: no .safetensors and no pytorch_model.bin.")
    hashes = [_known_hash(file) for file in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _known_hash(path: Path) -> str:
    if (record := verified(path)) is not None:
        return record.sha256
    # The folder may be the user's own: what we note of it is kept in our cache.
    key = hashlib.sha256(str(path.resolve()).encode()).hexdigest()
    note, now = cache_dir() / "hashes" / f"{key}.json", path.stat()
    try:
        known = Verified(**_json(note))
    except TypeError:
        known = None
    if known is not None and (known.size, known.mtime_ns) == (now.st_size, now.st_mtime_ns):
        return known.sha256
    found = sha256_of(path)
    note.parent.mkdir(parents=True, exist_ok=True)
    write_json(note, {"sha256": found, "size": now.st_size, "mtime_ns": now.st_mtime_ns})
    return found


def _dimension(folder: Path) -> int | None:
    """What the last module that changes the length of a vector makes of it."""
    modules = _json(folder / "modules.json", [])
    if not modules:  # a plain transformers model: sentence-transformers adds mean pooling
        size = _json(folder / "config.json").get("hidden_size")
        return int(size) if size else None
    found: int | None = None
    for module in modules:
        config = _json(folder / module.get("path", "") / "config.json") if module.get("path") else {}
        if "out_features" in config:
            found = int(config["out_features"])
        elif module["type"].endswith("Pooling"):
            found = _pooled(config)
    return found


def _pooled(config: dict[str, Any]) -> int | None:
    size = config.get("word_embedding_dimension") or config.get("embedding_dimension")
    modes = sum(1 for name, on in config.items() if name.startswith("pooling_mode_") and on is True)
    # Several modes are concatenated; the newer format's list of them is left to the loaded model.
    return int(size) * max(modes, 1) if size and not isinstance(config.get("pooling_mode"), list) else None


def _max_length(folder: Path) -> int:
    chosen = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    if chosen:
        return int(chosen)
    limits = (
        _json(folder / "tokenizer_config.json").get("model_max_length"),
        _json(folder / "config.json").get("max_position_embeddings"),
    )
    return min((int(limit) for limit in limits if limit and limit < _UNBOUNDED), default=_USUAL_LENGTH)


def _json(path: Path, default: Any = None) -> Any:  # noqa: ANN401 - whatever the file holds
    """A JSON file's content; the default (else {}) when there is no such file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {} if default is None else default
    except ValueError as problem:
        raise ModelError(f"{path} is not JSON ({problem}).", help="Save or fetch the model again.") from problem
