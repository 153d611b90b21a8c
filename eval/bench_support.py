"""How well the support check tells supported sentences from others, on labelled pairs: `make bench BENCH=support`.

Weights and thresholds come from the dev pairs, every number from the test pairs. The language model is asked about
every pair once, which takes twenty minutes on two cores; the product asks it only where there is doubt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from embeddings import load_encoder
from eval.classification import auroc, balanced_accuracy, calibration_error
from eval.fit_support import MODELS, fit
from eval.pairs import SWAPS, load_pairs
from eval.score import Scored, always, score
from rag import NO_MODEL, ModelJudge, Signals, in_doubt, load_generator, support_features, weigh

_GROUPS = {
    "numbers, dates, codes": ("held", "lacking", "unit"),
    "names": ("held names", "lacking names", "swapped"),
    "negation and scope": ("denied", "scope"),
    "words": ("overlap",),
    "vectors": ("cosine",),
}
_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Scores:
    """What one way of scoring says of the test pairs, in their order."""

    name: str
    scores: list[float]
    threshold: float = _THRESHOLD
    calibrated: bool = True


def main() -> None:
    """Measure with the default model and print the tables."""
    encoder, judge = load_encoder(), ModelJudge(load_generator(MODELS[0]))
    dev, test = (list(score(load_pairs(split=split), encoder, judge, when=always)) for split in ("dev", "test"))
    report(dev, test, judge.name)


def report(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> None:
    """Print the tables for pairs that the model was asked about."""
    console = Console(width=132)
    ways = list(all_ways(dev, test, model))
    console.print(summary(ways, test))
    console.print(by_kind(ways, test))
    console.print(ablation(dev, test, model))
    asked = sum(in_doubt(_signals(each)) for each in test)
    console.print(f"The model is asked about {asked} of {len(test)} test pairs.")


def all_ways(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> Iterator[Scores]:
    """Two simple baselines and the check without and with the model."""
    for name, value in (("word overlap alone", _overlap), ("cosine alone", _cosine)):
        known = [value(each) for each in dev]
        best = max(known, key=lambda t: balanced_accuracy(known, _labels(dev), t))
        yield Scores(name, [value(each) for each in test], best, calibrated=False)
    yield Scores("facts, words and vectors", [weigh(_signals(each)) for each in test])
    yield Scores("the same, with the model where in doubt", [_with_model(each, model) for each in test])


def summary(ways: Sequence[Scores], test: Sequence[Scored]) -> Table:
    """AUROC, balanced accuracy and calibration error over all, balanced accuracy by language."""
    labels, languages = _labels(test), sorted({each.pair.language for each in test})
    table = _table("Test pairs", "AUROC", "balanced accuracy", "ECE", *languages, "same language", "across")
    for way in ways:
        error = f"{calibration_error(way.scores, labels):.3f}" if way.calibrated else "-"
        cells = [
            f"{auroc(way.scores, labels):.3f}",
            f"{balanced_accuracy(way.scores, labels, way.threshold):.3f}",
            error,
        ]
        cells += [_accuracy(way, test, [each.pair.language == code for each in test]) for code in languages]
        across = [each.pair.crosses_languages for each in test]
        cells += [_accuracy(way, test, [not each for each in across]), _accuracy(way, test, across)]
        table.add_row(way.name, *cells)
    return table


def by_kind(ways: Sequence[Scores], test: Sequence[Scored]) -> Table:
    """The share of each kind of pair that is judged rightly."""
    kinds = ("true", "close", *SWAPS)
    counts = {kind: sum(each.pair.kind == kind for each in test) for kind in kinds}
    table = _table("Judged rightly, by kind", *(f"{kind} ({counts[kind]})" for kind in kinds))
    for way in ways:
        right = [(s >= way.threshold) == each.pair.supported for s, each in zip(way.scores, test, strict=True)]
        shares = [
            sum(ok for ok, each in zip(right, test, strict=True) if each.pair.kind == kind) / counts[kind]
            for kind in kinds
        ]
        table.add_row(way.name, *(f"{share:.2f}" for share in shares))
    return table


def ablation(dev: Sequence[Scored], test: Sequence[Scored], model: str) -> Table:
    """AUROC when one group of signals is left out, fitted anew each time; without vetoes."""
    table = _table("Left out, AUROC on test", "without the model", "with the model")
    for name, left_out in (("nothing", ()), *_GROUPS.items()):
        row = [_refitted(dev, test, left_out, judged=judged, model=model) for judged in (False, True)]
        table.add_row(name, *(f"{value:.3f}" for value in row))
    return table


def _refitted(
    dev: Sequence[Scored], test: Sequence[Scored], left_out: Sequence[str], *, judged: bool, model: str
) -> float:
    def kept(each: Scored) -> dict[str, float]:
        named = support_features(_signals(each), each.verdict.log_odds if judged else None)
        return {key: value for key, value in named.items() if key.split(",")[0] not in left_out}

    weights = fit(model if judged else NO_MODEL, [kept(each) for each in dev], _labels(dev)).weights
    scores = [sum(weights.get(key, 0.0) * value for key, value in kept(each).items()) for each in test]
    return auroc(scores, _labels(test))


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


def _accuracy(way: Scores, test: Sequence[Scored], wanted: Sequence[bool]) -> str:
    rows = zip(way.scores, _labels(test), wanted, strict=True)
    scores, labels = zip(*((score, label) for score, label, counts in rows if counts), strict=True)
    return f"{balanced_accuracy(scores, labels, way.threshold):.3f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, box=None, header_style="bold")
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    return table
