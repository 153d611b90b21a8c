"""Fitted weights, and the file that holds them."""

import json
from importlib.resources import files

import pytest

from eval.fit_support import fit


def test_what_goes_with_the_label_gets_a_weight_of_its_sign() -> None:
    rows = [{"constant": 1.0, "good": float(i % 2), "bad": float(i % 2 == 0), "same": 1.0} for i in range(20)]
    weights = fit("some model", rows, [i % 2 == 1 for i in range(20)]).weights
    assert weights["good"] > 0 > weights["bad"]
    assert weights["same"] == pytest.approx(0)
    # Half are true, so the constant only makes up for the means of the others.
    assert weights["constant"] == pytest.approx(-(weights["good"] + weights["bad"]) / 2)


def test_the_weights_say_what_they_were_made_from() -> None:
    made = json.loads((files("rag") / "support.json").read_text(encoding="utf-8"))
    assert made["embedding"] == "multilingual-e5-small-q4"
    assert made["pairs"] == 288
    assert all("constant" in weights for weights in made["weights"].values())
