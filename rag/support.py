"""Signals to support: the chance that a quote supports a sentence, by a logistic model fitted on labelled pairs.

The weights stand in `support.json`; `python -m eval.fit_support` makes them from the dev half of the pairs that
docs/datasets.md describes, one set without and one with the word of each known language model. So among sentences
with a support of 0.8 about four in five are supported; docs/evaluation.md says how far that holds.

A judge without weights of its own is taken at its word, by Bayes' rule: the log-odds of facts, words and vectors are
what was known before, and its own are added to them. Answers to questions listen to known models only; the weights of
their word are fitted on answers (`python -m eval.fit_answers`), and support is then the chance that a sentence is
supported and answers its question.
"""

import json
import math
from functools import lru_cache
from importlib.resources import files

from rag.signals import Signals

SUPPORTED = 0.6
"""Sentences with at least this support are shown as fact.

The labelled pairs are told apart as well from 0.5 to 0.6; of the two the careful one."""

ANSWERED = 0.65
"""Where a model says whether sentences answer their question, those with at least this support are shown.

Of 45 sentences to dev questions, on which the weights were fitted too, 31 of the 33 right ones have it, and 1 of the
others (from 0.7 on 29 and none). With the word on the quote 0.65 gave three more right answers than 0.7 to 96 dev and
practice questions, and one more wrong one."""

LIKELY = 0.5
"""The same where the model is sure, too, that the passage answers the question (`rag/rerank.py`).

Of 94 sentences to dev and practice questions 5 have a support between this and `ANSWERED` and such a passage; all are
right. Of the 7 others between, 2 are."""

CERTAIN = 0.8
"""The support that is asked for where, by the model's word, another passage answers clearly better than the quoted one.

That one is then read alone, and what is written from it may be better supported."""

VETO = 0.2
"""What support can be at most when a number, a date or a code is neither in the quote nor beside it, when it counts
something else there, or when the sentence repeats the quote with a negation too many or too few."""

DOUBT = (0.2, 0.95)
"""Between these supports a model is asked, which takes longer than all the rest of the check.

Exchanged roles change no word, so such sentences have high support: of eight dev pairs five have more than 0.84. Asked
up to 0.8 the model brings AUROC on the dev pairs to 0.927 (119 of 288 asked about), up to 0.95 to 0.944 (186), and
below 0.2 too to no more."""

COPIED = 0.98
"""The support of a sentence that repeats a sentence of its quote word for word."""

HOPELESS = 0.1
"""Sentences with less support than this, by facts, words and vectors, are not worth asking whether they answer."""

NO_MODEL = "no model"
_USUAL_COSINE = 0.86  # so that the weight for one case does not depend on how many pairs are of the other
_COPY = 0.75  # overlap from which a sentence repeats its quote
_AT_ITS_WORD = 1.0  # what the log-odds of a judge without weights of its own count
_MOST_ODDS = 8.0  # a model that is surer than this is not to be trusted more for it


def weigh(signals: Signals, model: str = NO_MODEL, log_odds: float | None = None) -> float:
    """The chance that the sentence is supported, in [0, 1].

    Args:
        signals: see there.
        model: the judge that was asked, by its name.
        log_odds: what it said; None when it was not asked, or could not tell.
    """
    weights = _weights_of(NO_MODEL if log_odds is None else model)
    if log_odds is not None and "support" in weights:
        features = answer_features(signals, log_odds)
    elif signals.copied and not is_refuted(signals):
        return COPIED
    else:
        features = support_features(signals, log_odds)
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    chance = 1 / (1 + math.exp(-total))
    # Across languages "no other" may be "the only one": there a denial decides while no model has said otherwise.
    denied = signals.denied and signals.foreign and log_odds is None
    return min(chance, VETO) if denied or is_refuted(signals) else chance


def is_refuted(signals: Signals) -> bool:
    """Whether no word of a model can change that the sentence is not supported."""
    repeats = not signals.foreign and signals.overlap >= _COPY
    return bool(signals.lacking) or signals.unit or (signals.denied and repeats)


def is_open(signals: Signals) -> bool:
    """Whether the word of a model can change anything."""
    return not signals.copied and not is_refuted(signals)


def in_doubt(signals: Signals) -> bool:
    """Whether facts, words and vectors leave it open, so that it is worth while to ask a model."""
    least, most = DOUBT
    return is_open(signals) and least <= weigh(signals) <= most


def may_answer(signals: Signals) -> bool:
    """Whether it is worth while to ask a model if the sentence answers its question, which likeness does not tell."""
    return not is_refuted(signals) and weigh(signals) >= HOPELESS


def judges() -> frozenset[str]:
    """The judges whose word has known weights, by their names."""
    return frozenset(_weights()) - {NO_MODEL}


def support_features(signals: Signals, log_odds: float | None) -> dict[str, float]:
    """The numbers that are weighed; those whose meaning changes across languages once for each case."""
    side = "foreign" if signals.foreign else "same"
    named = {
        "constant": 1.0,
        "foreign": signals.foreign,
        f"cosine, {side}": signals.cosine - _USUAL_COSINE,
        f"overlap, {side}": signals.overlap,
        "held": signals.held,
        f"held names, {side}": signals.held_names,
        "lacking": signals.lacking,
        f"lacking names, {side}": signals.lacking_names,
        "swapped": signals.swapped,
        f"denied, {side}": signals.denied,
        "unit": signals.unit,
        "scope": signals.scope,
    }
    if log_odds is not None:
        named["log odds"] = _within(log_odds)
    return {name: float(value) for name, value in named.items()}


def answer_features(signals: Signals, log_odds: float) -> dict[str, float]:
    """The numbers that are weighed where a model said whether the sentence answers its question."""
    return {"constant": 1.0, "support": _within(_logit(weigh(signals))), "log odds": _within(log_odds)}


def _weights_of(judge: str) -> dict[str, float]:
    known = _weights()
    return known.get(judge) or {**known[NO_MODEL], "log odds": _AT_ITS_WORD}


def _logit(chance: float) -> float:
    return math.log(chance or 1e-9) - math.log(1 - chance or 1e-9)


def _within(log_odds: float) -> float:
    return max(-_MOST_ODDS, min(_MOST_ODDS, log_odds))


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    text = (files("rag") / "support.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return weights
