"""The 4-bit file: blocks restored as computed by hand, and a file that is not one refused."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from documents.errors import ModelError
from embeddings.e5_q4 import read, restore, unpack_blocks

HIDDEN, LAYERS, WIDE, VOCABULARY, POSITIONS, TYPES = 32, 1, 64, 3, 4, 2
MATRIX = {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN, "ao": HIDDEN, "fi": WIDE, "fo": HIDDEN}


def block(scale: float) -> bytes:
    """32 weights: byte j has j in its low half and 15 - j in its high half."""
    return struct.pack("<e", scale) + bytes(j | (15 - j) << 4 for j in range(16))


def floats(*values: float) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


def tensors() -> dict[str, tuple[int, bytes]]:
    """Every tensor of a tiny network: number of weights, bytes."""
    found = {
        "emb.word": (VOCABULARY * HIDDEN, block(0.5) + block(1.0) + block(2.0)),
        "emb.pos": (POSITIONS * HIDDEN, block(0.25) * POSITIONS),
        "emb.type": (TYPES * HIDDEN, floats(*range(TYPES * HIDDEN))),
    }
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        found[f"{name}.w"] = found[f"{name}.b"] = (HIDDEN, floats(*[1.0] * HIDDEN))
    for name, out in MATRIX.items():
        inside = WIDE if name == "fo" else HIDDEN
        found[f"l0.{name}.w"] = (out * inside, block(1.0) * (out * inside // 32))
        found[f"l0.{name}.b"] = (out, floats(*range(out)))
    return found


def file_bytes(magic: bytes = b"E5S1", **changed: tuple[int, bytes]) -> bytes:
    content = tensors() | {name.replace("_", "."): value for name, value in changed.items()}
    head = magic + struct.pack("<I7if i", 1, HIDDEN, LAYERS, 2, WIDE, VOCABULARY, POSITIONS, TYPES, 1e-12, 32)
    head += struct.pack("<5iQ", 2, 0, 2, 1, 3, 5) + bytes(4 * 3 + 4 * 2 + 5)  # its own tokenizer
    head += struct.pack("<iI", 0, 7) + bytes(7) + struct.pack("<i", len(content))
    table_size = sum(2 + len(name) + 1 + 4 + 8 + 8 for name in content)
    table, body = b"", b""
    for name, (count, raw) in content.items():
        offset = len(head) + table_size + len(body)
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", len(raw) != 4 * count, count, offset, len(raw))
        body += raw
    return head + table + body


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "e5.bin"
    path.write_bytes(file_bytes())
    return path


def test_a_block_is_what_hand_computes() -> None:
    low = [(j - 8) * 0.5 for j in range(16)]
    high = [(15 - j - 8) * 0.5 for j in range(16)]
    restored = unpack_blocks(np.frombuffer(block(0.5) + block(2.0), np.uint8))
    assert restored.dtype == np.float32
    assert restored[:32].tolist() == low + high
    assert restored[:5].tolist() == [-4.0, -3.5, -3.0, -2.5, -2.0]
    assert restored[32:].tolist() == [4 * value for value in low + high]


def test_tensors_get_the_names_and_shapes_of_a_bert(source: Path) -> None:
    sizes, found = read(source)
    assert (sizes.hidden, sizes.layers, sizes.positions, sizes.norm_epsilon) == (32, 1, 4, 1e-12)
    assert found["embeddings.word_embeddings.weight"].shape == (3, 32)
    assert found["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert found["encoder.layer.0.output.dense.weight"].shape == (32, 64)
    assert found["embeddings.token_type_embeddings.weight"][1, 0] == 32.0
    assert found["embeddings.word_embeddings.weight"][2, 0] == -16.0
    assert len(found) == 21


def test_the_folder_appears_whole(source: Path, tmp_path: Path) -> None:
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text("{}", encoding="utf-8")
    folder = restore(source, tokenizer, tmp_path / "restored")
    saved = load_file(folder / "model.safetensors")
    assert all(np.array_equal(saved[name], value) for name, value in read(source)[1].items())
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["hidden_size"], config["layer_norm_eps"]) == (32, 1e-12)
    assert not list(tmp_path.glob("*.part"))


def test_a_restore_that_was_interrupted_is_begun_again(source: Path, tmp_path: Path) -> None:
    (tmp_path / "restored.part").mkdir()
    (tmp_path / "restored.part" / "model.safetensors").write_bytes(b"half")
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text("{}", encoding="utf-8")
    assert load_file(restore(source, tokenizer, tmp_path / "restored") / "model.safetensors")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (file_bytes(magic=b"GGUF"), "starts with b'GGUF', not b'E5S1'"),
        (b"", "ends at byte 0"),
        (file_bytes()[:60], "ends at byte 60"),
        (file_bytes()[:-10], "lies beyond its end"),
        (file_bytes(emb_word=(96, b"short")), "has 5 bytes for 96 weights"),
        (file_bytes(emb_pos=(32, block(1.0))), "has 32 weights, not"),
        (file_bytes(emb_extra=(32, block(1.0))), "missing or unknown"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        read(path)
    assert message in str(caught.value)
    assert "fetch it anew" in str(caught.value)
