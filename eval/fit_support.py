"""The weights of `rag/support.py`, fitted on the dev half of the labelled pairs.

`python -m eval.fit_support [MODEL ...]` asks the embedding model and each language model about every dev pair and
writes `rag/support.json`; a quarter of an hour on two cores. The test half is never read here.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from embeddings import load_encoder
from eval.pairs import always, check_pairs, load_pairs
from rag import NO_MODEL, ModelJudge, load_generator, support_features

MODELS = ("qwen2.5-coder-1.5b-instruct", "qwen2.5-coder-0.5b-instruct")
WEIGHTS = Path(str(files("rag"))) / "support.json"
_C = 0.2  # scikit-learn's inverse strength of the penalty; best of 0.1, 0.2, 0.5 and 2 in ten-fold validation


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by the names of the features, for one model or none."""

    name: str
    weights: dict[str, float]


def fit(name: str, rows: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> Fitted:
    """The weights that fit the labels best.

    Args:
        name: of the language model.
        rows: the features of each pair.
        labels: whether each is supported.
    """
    names = sorted({feature for row in rows for feature in row} - {"constant"})
    table = np.array([[row.get(feature, 0.0) for feature in names] for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_C, max_iter=1_000)).fit(table, labels)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    constant = float(logistic.intercept_[0] - weights @ scaler.mean_)
    return Fitted(name, {"constant": constant, **dict(zip(names, map(float, weights), strict=True))})


def main(models: Sequence[str] = MODELS) -> None:
    """Fit for no model and for each model, and write the weights."""
    pairs, encoder = load_pairs(split="dev"), load_encoder()
    labels = [pair.supported for pair in pairs]
    fitted: list[Fitted] = []
    for model in models:
        judge = ModelJudge(load_generator(model))  # weights are for its yes or no: exchanged roles decide alone
        verdicts = [each.verdict for each in check_pairs(pairs, encoder, judge, when=always)]
        known = [(verdict.signals, verdict.log_odds) for verdict in verdicts if verdict.signals is not None]
        if not fitted:
            fitted.append(fit(NO_MODEL, [support_features(signals, None) for signals, _ in known], labels))
        fitted.append(fit(judge.name, [support_features(*each) for each in known], labels))
    save(fitted, embedding=encoder.fingerprint.name, pairs=len(pairs))


def save(fitted: Sequence[Fitted], **made_from: object) -> None:
    """Put weights, rounded, beside those that are there, with what they were made from."""
    rounded = {each.name: {key: round(value, 3) for key, value in each.weights.items()} for each in fitted}
    made = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    made = {**made, **made_from, "weights": {**made["weights"], **rounded}}
    WEIGHTS.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or MODELS)
