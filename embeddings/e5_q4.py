"""multilingual-e5-small from 4-bit weights: read, restored to float32, saved for sentence-transformers.

The file, little-endian: `E5S1`, a version, the network's sizes, a tokenizer of its own (skipped: the model's
own tokenizer file is used), a table of tensors, the tensors. A matrix is blocks of 18 bytes for 32 weights: a
float16 scale d and 16 bytes; byte j holds weight j in its low half and weight j + 16 in its high half; a
weight is (half - 8) * d.
"""

import json
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import ModelError
from embeddings.cache import disk_errors, require_room, sync_dir

_MAGIC = b"E5S1"
_BLOCK_WEIGHTS = 32
_BLOCK_BYTES = 18
_RESTORED_BYTES = 500_000_000

_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's sizes, as its file states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    norm_epsilon: float


@dataclass(frozen=True, slots=True)
class _Tensor:
    name: str
    count: int
    offset: int
    length: int


class _Reader:
    """Walks through the file's header; a file that ends too early is a ModelError."""

    def __init__(self, data: memoryview, path: Path) -> None:
        self.data, self.path, self.at = data, path, 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack("<" + layout, self.bytes(struct.calcsize("<" + layout)))
        return tuple(values)

    def bytes(self, count: int) -> memoryview:
        if self.at + count > len(self.data):
            raise _damaged(self.path, f"it ends at byte {len(self.data)} and should go on to {self.at + count}")
        self.at += count
        return self.data[self.at - count : self.at]


def restore(source: Path, tokenizer: Path, folder: Path) -> Path:
    """Save the network as a sentence-transformers folder, once; the folder appears whole or not at all.

    Args:
        source: the 4-bit file.
        tokenizer: the model's `tokenizer.json`.
        folder: where to save; returned at once when it exists.

    Returns:
        `folder`.

    Raises:
        ModelError: when the file does not have the layout above.
        FetchError: when the disk is full.
    """
    if folder.exists():
        return folder
    sizes, tensors = read(source)
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    require_room(folder.parent, _RESTORED_BYTES, folder.name)
    with disk_errors(unfinished):
        _save(sizes, tensors, tokenizer, unfinished)
        unfinished.rename(folder)
        sync_dir(folder.parent)
    return folder


def read(path: Path) -> tuple[Sizes, dict[str, NDArray[np.float32]]]:
    """The network's sizes and its tensors under the names that a BertModel gives them.

    Raises:
        ModelError: when the file does not have the layout above, or its tensors do not fit its sizes.
    """
    data = memoryview(path.read_bytes())
    reader = _Reader(data, path)
    if (magic := bytes(reader.bytes(4))) != _MAGIC:
        raise _damaged(path, f"it starts with {magic!r}, not {_MAGIC!r}")
    sizes = _read_sizes(reader)
    shapes = dict(_shapes(sizes))
    tensors = {_bert_name(t.name): _values(data, t, path) for t in _read_table(reader)}
    if tensors.keys() != shapes.keys():
        raise _damaged(path, f"these tensors are missing or unknown: {sorted(tensors.keys() ^ shapes.keys())}")
    for name, shape in shapes.items():
        if tensors[name].size != np.prod(shape):
            raise _damaged(path, f"{name} has {tensors[name].size} weights, not {shape}")
        tensors[name] = tensors[name].reshape(shape)
    return sizes, tensors


def unpack_blocks(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Restore 4-bit blocks.

    Args:
        raw: bytes, shape (blocks * 18,).

    Returns:
        weights, shape (blocks * 32,).
    """
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    weights: NDArray[np.float32] = (halves.astype(np.float32) - 8) * scale
    return weights.reshape(-1)


def _read_sizes(reader: _Reader) -> Sizes:
    reader.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = reader.take("7i")
    (epsilon,) = struct.unpack("<f", reader.bytes(4))
    (block,) = reader.take("i")
    if block != _BLOCK_WEIGHTS:
        raise _damaged(reader.path, f"its blocks hold {block} weights, not {_BLOCK_WEIGHTS}")
    # Rounded: 1e-12 in float32 is 9.99...e-13 in JSON, which is not what the model's own settings say.
    return Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, float(f"{epsilon:.6g}"))


def _read_table(reader: _Reader) -> Iterator[_Tensor]:
    pieces, *_ = reader.take("5i")
    (blob,) = reader.take("Q")
    reader.bytes(4 * (pieces + 1) + 4 * pieces + blob)
    _, more = reader.take("iI")
    reader.bytes(more)
    (tensors,) = reader.take("i")
    for _ in range(tensors):
        (length,) = reader.take("H")
        name = bytes(reader.bytes(length)).decode()
        _, count, offset, size = reader.take("BIQQ")
        yield _Tensor(name, count, offset, size)


def _values(data: memoryview, tensor: _Tensor, path: Path) -> NDArray[np.float32]:
    raw = np.frombuffer(data[tensor.offset : tensor.offset + tensor.length], np.uint8)
    if len(raw) != tensor.length:
        raise _damaged(path, f"{tensor.name} lies beyond its end")
    if tensor.length == 4 * tensor.count:
        return raw.view("<f4").astype(np.float32)
    if tensor.length * _BLOCK_WEIGHTS != tensor.count * _BLOCK_BYTES:
        raise _damaged(path, f"{tensor.name} has {tensor.length} bytes for {tensor.count} weights")
    return unpack_blocks(raw)


def _bert_name(name: str) -> str:
    if name in ("emb.word", "emb.pos", "emb.type"):
        return _NAMES[name]
    part, _, suffix = name.rpartition(".")
    kind = {"w": "weight", "b": "bias"}.get(suffix, suffix)
    layer, _, piece = part.partition(".")
    if layer == "emb":
        return f"{_NAMES.get(part, part)}.{kind}"
    return f"encoder.layer.{layer.removeprefix('l')}.{_LAYER_NAMES.get(piece, piece)}.{kind}"


def _shapes(sizes: Sizes) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every tensor of the network with its shape; matrices are (out, in)."""
    hidden, wide = sizes.hidden, sizes.feed_forward
    yield _NAMES["emb.word"], (sizes.vocabulary, hidden)
    yield _NAMES["emb.pos"], (sizes.positions, hidden)
    yield _NAMES["emb.type"], (sizes.token_types, hidden)
    yield from ((f"{_NAMES['emb.ln']}.{kind}", (hidden,)) for kind in ("weight", "bias"))
    for layer in range(sizes.layers):
        for short, name in _LAYER_NAMES.items():
            out = wide if short == "fi" else hidden
            matrix = (out,) if short.endswith("ln") else (out, wide if short == "fo" else hidden)
            yield f"encoder.layer.{layer}.{name}.weight", matrix
            yield f"encoder.layer.{layer}.{name}.bias", (out,)


def _save(sizes: Sizes, tensors: dict[str, NDArray[np.float32]], tokenizer: Path, folder: Path) -> None:
    from safetensors.numpy import save_file  # noqa: PLC0415 - needed once in a cache's life

    folder.mkdir()
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    for name, content in _settings(sizes).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def _settings(sizes: Sizes) -> dict[str, object]:
    """The folder's JSON files: those of the full-precision model, where they matter."""
    bert = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": sizes.norm_epsilon,
        "hidden_act": "gelu",
        "position_embedding_type": "absolute",
        "pad_token_id": 0,
        "dtype": "float32",
    }
    package = "sentence_transformers.models"
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"{package}.{kind}"}
        for i, (path, kind) in enumerate((("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")))
    ]
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>"}
    tokens |= {"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
    return {
        "config.json": bert,
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "tokenizer_config.json": tokens
        | {"tokenizer_class": "XLMRobertaTokenizer", "model_max_length": sizes.positions},
    }


def _damaged(path: Path, what: str) -> ModelError:
    return ModelError(
        f"{path} is not the 4-bit file of multilingual-e5-small: {what}.",
        help="Delete it and run again to fetch it anew.",
    )
