"""The support check, run over labelled pairs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from embeddings import Encoder
from eval.pairs import Pair
from rag import Checker, Evidence, Judge, Signals, Verdict, in_doubt


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair and what the check says of it."""

    pair: Pair
    verdict: Verdict


def score(
    pairs: Sequence[Pair],
    encoder: Encoder,
    judge: Judge | None = None,
    *,
    when: Callable[[Signals], bool] = in_doubt,
) -> Iterator[Scored]:
    """Check each claim against its quote, as if the quote were all the evidence.

    Args:
        pairs: what is checked.
        encoder: compares sentences.
        judge: asked about the pairs that `when` chooses; None asks nobody.
        when: by default where there is doubt.
    """
    for pair in pairs:
        checker = Checker([Evidence(pair.quote, 1.0)], encoder, pair.language, judge=judge, when=when)
        yield Scored(pair, checker.check(pair.claim))


def always(_: Signals) -> bool:
    """Asks about every pair."""
    return True
