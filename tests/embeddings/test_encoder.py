"""The encoder: what it says before it is loaded, and that its vectors mean what the texts mean."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from documents.errors import ModelError
from embeddings import load_encoder
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.folder import read_facts, weights_hash

Q4 = "multilingual-e5-small-q4"

FACTS = (
    "Le pont sur la rivière a été inauguré par le maire.",
    "Läkare varnar för en ny våg av influensa i vinter.",
    "央行昨天宣布降低利率以刺激经济。",
    "Đội tuyển bóng đá quốc gia đã thắng trận chung kết.",
)
QUESTIONS = (
    "Who opened the new bridge?",
    "Is the flu coming back?",
    "What did the central bank do with interest rates?",
    "Who won the football final?",
)


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return load_encoder(Q4)


@pytest.mark.model
def test_the_fingerprint_is_known_before_torch_is_loaded() -> None:
    program = (
        f"import sys; from embeddings import load_encoder, list_models; e = load_encoder('{Q4}'); list_models()\n"
        "assert e.fingerprint.dimension == 384\n"
        "assert e.count_tokens('hello') == 2\n"
        "assert not {'torch', 'transformers', 'llama_cpp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.model
def test_fingerprint_and_limits(encoder: SentenceTransformerEncoder) -> None:
    found = encoder.fingerprint
    assert (found.name, found.query_prefix, found.passage_prefix) == (Q4, "query: ", "passage: ")
    assert found.weights == "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
    assert encoder.max_tokens == 512 - 2 - encoder.count_tokens("passage: ")


@pytest.mark.model
def test_questions_find_their_facts_in_other_languages(encoder: SentenceTransformerEncoder) -> None:
    scores = encoder.encode_queries(QUESTIONS) @ encoder.encode_passages(FACTS).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert scores.argmax(axis=0).tolist() == [0, 1, 2, 3]


@pytest.mark.model
def test_first_values_of_a_vector(encoder: SentenceTransformerEncoder) -> None:
    vector = encoder.encode_queries(["Who signed?"])[0]
    assert vector[:5] == pytest.approx([0.05556078, -0.03126908, -0.09133555, -0.0616426, -0.00038797], abs=1e-5)


@pytest.mark.model
def test_vectors_have_unit_length_and_keep_their_order(encoder: SentenceTransformerEncoder) -> None:
    texts = ["short", "a much longer text " * 20, "中", ""]
    together = encoder.encode_passages(texts)
    assert together.shape == (4, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx([1] * 4, abs=1e-5)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)
    assert encoder.encode_passages([]).shape == (0, 384)


@pytest.mark.model
def test_the_limit_leaves_room_for_the_prefix(encoder: SentenceTransformerEncoder) -> None:
    prefix = encoder.count_tokens("passage: ")
    for text in (*FACTS, *QUESTIONS, "</s> <mask> written by somebody"):
        together = encoder.count_tokens("passage: " + text)
        # The prefix alone has a token for its last space, which the next word takes over.
        assert prefix + encoder.count_tokens(text) - 1 == together
    assert encoder.count_tokens("</s>") > 1


def tiny_folder(tmp_path: Path) -> Path:
    """A two-word model, made here: needs no download."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {"other": 0, "river": 1, "bridge": 2}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="other"))  # noqa: S106 - a word
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[0, 0, 1], [3, 4, 0], [0, 5, 0]], np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)],
        prompts={"query": "bridge ", "document": "river "},
        device="cpu",
    )
    model.save(str(tmp_path / "tiny"))
    return tmp_path / "tiny"


def test_any_folder_works_and_names_its_own_prompts(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    encoder = load_encoder(str(folder))
    found = encoder.fingerprint
    assert (found.name, found.dimension) == (str(folder), 3)
    assert (found.query_prefix, found.passage_prefix) == ("bridge ", "river ")
    assert found.weights == weights_hash(folder)
    assert encoder.encode_passages(["river"])[0] == pytest.approx([0.6, 0.8, 0])
    assert encoder.encode_queries(["bridge"])[0] == pytest.approx([0, 1, 0])


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not a sentence-transformers folder"):
        load_encoder(str(tmp_path))
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="is not JSON"):
        read_facts(tmp_path)
    (tmp_path / "config.json").write_text('{"hidden_size": 8}', encoding="utf-8")
    with pytest.raises(ModelError, match="holds no weights"):
        load_encoder(str(tmp_path))


def test_changed_weights_have_another_hash(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"one")
    first = weights_hash(tmp_path)
    assert weights_hash(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["model.safetensors"]
    weights.write_bytes(b"other")
    assert weights_hash(tmp_path) != first
