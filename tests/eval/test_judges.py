"""Judges by their names: a server, a cross-encoder, a model on this machine, nobody."""

import math
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sentence_transformers
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from embeddings.catalogue import DEFAULT_GENERATOR
from eval import judges
from eval.faithfulness import Scorer
from eval.judges import known_judge, load_judge, when_asked
from eval.nli_judge import NliJudge
from eval.server_judge import KEY_VARIABLE, PLAIN_ODDS, ServerJudge
from rag import ModelError, ModelJudge, in_doubt, is_open
from tests.eval.judge_server import Site, serve
from tests.fakes import FakeEncoder, FakeGenerator

ASKED = ("News", "It cost\n12 million.", "It was dear.")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with serve() as served:
        yield served


def ask(site: Site, model: str = "#tiny") -> float | None:
    return ServerJudge(site.address + model, pause=0.0).log_odds(*ASKED)


@pytest.mark.parametrize(
    ("places", "odds"),
    [
        ([{"Yes": 0.8, "No": 0.2}], math.log(4)),
        ([{" yes": 0.3, "YES": 0.3, "\u2581no": 0.2, "Maybe": 0.2}], math.log(3)),
        ([{"\n": 0.9, "Yes": 0.1}, {"No": 0.75, "Yes": 0.25}], -math.log(3)),
        ([{"Yes": 0.9, "Sure": 0.01}], math.log(90)),  # a no is less likely than what is listed
        ([{"Yes": 0.99}], math.log(99)),
        ([{"The": 0.9, "Yes": 0.1}], PLAIN_ODDS),  # its text says yes
    ],
)
def test_the_odds_are_those_of_the_token_that_decides(site: Site, places: list[dict[str, float]], odds: float) -> None:
    site.places = places
    assert ask(site) == pytest.approx(odds)


@pytest.mark.parametrize(("text", "odds"), [("Yes.", PLAIN_ODDS), ("\nno", -PLAIN_ODDS), ("Perhaps", None), ("", None)])
def test_a_server_without_probabilities_is_taken_at_its_word(site: Site, text: str, odds: float | None) -> None:
    site.text = text
    assert ask(site) == odds


def test_a_server_that_refuses_to_give_probabilities_is_asked_without_from_then_on(site: Site) -> None:
    site.knows_odds = False
    judge = ServerJudge(f"{site.address}#tiny")
    assert judge.log_odds(*ASKED) == judge.log_odds(*ASKED) == PLAIN_ODDS
    assert ["logprobs" in body for body in site.asked] == [True, False, False]


def test_it_is_asked_what_the_local_model_is_asked(site: Site) -> None:
    ask(site)
    (body,) = site.asked
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    system, user = (message["content"] for message in body["messages"])
    assert system.startswith("You check whether a source supports a statement.")
    assert user == "Source: News. It cost 12 million.\nStatement: It was dear.\nSupported, yes or no?"


def test_without_a_name_the_first_model_is_asked(site: Site) -> None:
    judge = ServerJudge(site.address)
    judge.log_odds(*ASKED)
    assert site.asked[0]["model"] == "first"
    assert judge.name == f"first at {site.address.removesuffix('/v1')}"


def test_the_key_goes_to_the_server_and_nowhere_else(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(site)
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    ask(site)
    assert site.keys == [None, "Bearer secret"]
    site.refusals = [401]
    with pytest.raises(ModelError, match="401") as error:
        ask(site)
    assert KEY_VARIABLE in error.value.help
    assert "secret" not in str(error.value)


def test_a_busy_server_is_asked_again(site: Site) -> None:
    site.refusals = [429, 503]
    assert ask(site) == PLAIN_ODDS
    site.refusals = [429] * 4
    with pytest.raises(ModelError, match="answers 429: <b>too much</b>"):
        ask(site)


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": 3}]}'])
def test_another_protocol_is_named(site: Site, raw: bytes) -> None:
    site.raw = raw
    with pytest.raises(ModelError, match="does not speak the OpenAI protocol"):
        ask(site)


def test_a_server_that_is_not_there_is_named() -> None:
    with serve() as gone:
        pass
    with pytest.raises(
        ModelError, match=r"The judge at http://127.0.0.1:\d+ cannot be reached: the host takes no connections there"
    ):
        ask(gone)


@pytest.mark.parametrize("address", ["http://", "http://a:b/v1", "http:///v1#m"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ModelError, match="no address"):
        load_judge(address, FakeEncoder())


class FakeCrossEncoder:
    """Gives the outputs that its name says."""

    def __init__(self, name: str) -> None:
        if name == "nowhere":
            raise OSError("nowhere is not a local folder\nand not on the hub")
        labels, _, outputs = name.partition("=")
        self.config = SimpleNamespace(id2label=dict(enumerate(labels.split(","))))
        self.outputs = [float(output) for output in outputs.split(",")]
        self.seen: list[tuple[str, str]] = []

    def predict(self, pairs: list[tuple[str, str]], **_: object) -> Any:
        self.seen += pairs
        return np.array([self.outputs], np.float32)


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformers, "CrossEncoder", FakeCrossEncoder)


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize(
    ("model", "odds"),
    [
        ("contradiction,entailment,neutral=0,2,0", 2 - math.log(2)),
        ("ENTAILMENT,NEUTRAL,CONTRADICTION=-1,1,-50", -2.0),
        ("not_entailment,entailment=1,4", 3.0),
        ("LABEL_0=1.5", 1.5),
    ],
)
def test_entailment_is_weighed_against_the_rest(model: str, odds: float) -> None:
    judge = load_judge(f"nli:{model}", FakeEncoder())
    assert isinstance(judge, NliJudge)
    assert judge.log_odds(*ASKED) == pytest.approx(odds)
    assert judge.name == f"nli:{model}"
    assert judge._model.seen == [("News. It cost\n12 million.", "It was dear.")]


def test_a_cross_encoder_in_a_folder_gives_its_own_odds(tmp_path: Path) -> None:
    """A tiny network with random weights, so that the fake above cannot drift from the library."""
    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefgh"]))
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    sizes: Any = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = BertConfig(vocab_size=13, id2label=labels, label2id={v: k for k, v in labels.items()}, **sizes)
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    judge = load_judge(f"nli:{tmp_path}", FakeEncoder())
    assert isinstance(judge, NliJudge)
    chances = judge._model.predict([("a b", "c d")], apply_softmax=True)[0]
    assert judge.log_odds("", "a b", "c d") == pytest.approx(math.log(chances[1] / (1 - chances[1])), abs=1e-4)


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize("labels", ["LABEL_0,LABEL_1", "positive,negative,neutral"])
def test_a_model_whose_outputs_have_no_meaning_is_refused(labels: str) -> None:
    with pytest.raises(ModelError, match="does not say which of its outputs means entailment: "):
        NliJudge(f"{labels}=1,2,3").log_odds(*ASKED)


@pytest.mark.usefixtures("_fake")
def test_a_model_that_cannot_be_loaded_is_named_in_one_line() -> None:
    with pytest.raises(ModelError) as error:
        NliJudge("nowhere").log_odds(*ASKED)
    assert error.value.message == "The judge nowhere cannot be loaded: nowhere is not a local folder"


def test_nobody_is_asked_where_no_model_is() -> None:
    assert load_judge(None, FakeEncoder()) is None  # the cache of a test is empty
    assert load_judge("none", FakeEncoder()) is None


def test_the_default_model_is_asked_when_it_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    model = FakeGenerator()
    monkeypatch.setattr(judges, "local_generator", lambda: "/somewhere")
    monkeypatch.setattr(judges, "load_generator", lambda _=None: model)
    assert load_judge(None, FakeEncoder()) is None  # its word has no known weight, and nobody named it
    assert isinstance(load_judge("fake-generator", FakeEncoder()), ModelJudge)
    model.name = f"{DEFAULT_GENERATOR}-q4_k_m"
    judge = load_judge(None, FakeEncoder())
    assert judge is not None
    assert judge.name == model.name
    assert known_judge(model, FakeEncoder()) is not None


def test_a_judge_that_was_named_is_asked_wherever_it_can_change_something() -> None:
    assert (when_asked(None), when_asked("tiny")) == (in_doubt, is_open)


def test_a_server_decides_what_facts_words_and_vectors_leave_open(site: Site) -> None:
    evidence = ["The bridge opened in 2019. It cost 12 million. The mayor spoke at the school."]
    judge = ServerJudge(f"{site.address}#tiny")
    for text, supported in (("Yes", True), ("No", False)):
        site.text = text
        scorer = Scorer(FakeEncoder(), judge, when=is_open)
        found = scorer.score("", "The mayor gave a speech at school. The bridge cost 13 million.", evidence, "en")
        assert [sentence.supported for sentence in found.sentences] == [supported, False]
    assert len(site.asked) == 2  # what is refuted is not asked about
