"""How well the support check tells supported sentences from others, on labelled pairs: `make bench BENCH=support`.

Weights and thresholds come from the dev pairs, every number from the test pairs. The language model is asked about
every pair once, which takes twenty minutes on two cores; the product asks it only where there is doubt.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from embeddings import load_encoder
from eval.classification import auroc
from eval.fit_support import MODELS, fit
from eval.pairs import SWAPS, Scored, always, check_pairs, load_pairs
from eval.scorer import Way, best_threshold
from eval.scorer_table import summary, table
from rag import NO_MODEL, ModelJudge, Signals, in_doubt, load_generator, support_features, weigh

_GROUPS = {
    "numbers, dates, codes": ("held", "lacking", "unit"),
    "names": ("held names", "lacking names", "swapped"),
    "negation and scope": ("denied", "scope"),
    "words": ("overlap",),
    "vectors": ("cosine",),
}


def main() -> None:
    """Measure with the default model and print the tables."""
    encoder = load_encoder()
    judge = ModelJudge(load_generator(MODELS[0]), encoder)
    dev, test = (list(check_pairs(load_pairs(split=split), encoder, judge, when=always)) for split in ("dev", "test"))
    report(dev, test, judge.name)


def report(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> None:
    """Print the tables for pairs that the model was asked about."""
    console = Console(width=170)
    ways = list(all_ways(dev, test, model))
    console.print(summary(ways, _labels(test), _groups(test)))
    console.print(by_kind(ways, test))
    console.print(ablation(dev, test, model))
    asked = sum(in_doubt(_signals(each)) for each in test)
    console.print(f"The model is asked about {asked} of {len(test)} test pairs.")


def all_ways(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> Iterator[Way]:
    """Two simple baselines and the check without and with the model."""
    for name, value in (("word overlap alone", _overlap), ("cosine alone", _cosine)):
        best = best_threshold([value(each) for each in dev], _labels(dev))
        yield Way(name, [value(each) for each in test], best, calibrated=False)
    yield Way("facts, words and vectors", [weigh(_signals(each)) for each in test])
    yield Way("the same, with the model where in doubt", [_with_model(each, model) for each in test])


def by_kind(ways: Sequence[Way], test: Sequence[Scored]) -> Table:
    """The share of each kind of pair that is judged rightly."""
    kinds = ("true", "close", *SWAPS)
    counts = {kind: sum(each.pair.kind == kind for each in test) for kind in kinds}
    found = table("Judged rightly, by kind", *(f"{kind} ({counts[kind]})" for kind in kinds))
    for way in ways:
        right = [(s >= way.threshold) == each.pair.supported for s, each in zip(way.scores, test, strict=True)]
        shares = [
            sum(ok for ok, each in zip(right, test, strict=True) if each.pair.kind == kind) / counts[kind]
            for kind in kinds
        ]
        found.add_row(way.name, *(f"{share:.2f}" for share in shares))
    return found


def ablation(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> Table:
    """AUROC when one group of signals is left out, fitted anew each time; without vetoes."""
    found = table("Left out, AUROC on test", "without the model", "with the model")
    for name, left_out in (("nothing", ()), *_GROUPS.items()):
        row = [_refitted(dev, test, left_out, judged=judged, model=model) for judged in (False, True)]
        found.add_row(name, *(f"{value:.3f}" for value in row))
    return found


def _refitted(
    dev: Sequence[Scored], test: Sequence[Scored], left_out: Sequence[str], *, judged: bool, model: str
) -> float:
    def kept(each: Scored) -> dict[str, float]:
        named = support_features(_signals(each), each.verdict.log_odds if judged else None)
        return {key: value for key, value in named.items() if key.split(",")[0] not in left_out}

    weights = fit(model if judged else NO_MODEL, [kept(each) for each in dev], _labels(dev)).weights
    scores = [sum(weights.get(key, 0.0) * value for key, value in kept(each).items()) for each in test]
    return auroc(scores, _labels(test))


def _groups(test: Sequence[Scored]) -> dict[str, list[bool]]:
    """Which of the pairs are in a language, within one, across two."""
    across = [each.pair.crosses_languages for each in test]
    languages = sorted({each.pair.language for each in test})
    by_language = {code: [each.pair.language == code for each in test] for code in languages}
    return {**by_language, "same language": [not each for each in across], "across": across}


def _with_model(each: Scored, model: str) -> float:
    signals = _signals(each)
    return weigh(signals, model, each.verdict.log_odds) if in_doubt(signals) else weigh(signals)


def _signals(each: Scored) -> Signals:
    if each.verdict.signals is None:
        raise ValueError(f"pair {each.pair.id} has an empty quote")
    return each.verdict.signals


def _labels(scored: Sequence[Scored]) -> list[bool]:
    return [each.pair.supported for each in scored]


def _overlap(each: Scored) -> float:
    return _signals(each).overlap


def _cosine(each: Scored) -> float:
    return _signals(each).cosine
