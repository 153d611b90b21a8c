"""The support check, run over labelled pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings import Encoder
from eval.pairs import Pair
from rag import Checker, Evidence, Judge, Verdict


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair and what the check says of it."""

    pair: Pair
    verdict: Verdict


def score(
    pairs: Sequence[Pair], encoder: Encoder, judge: Judge | None = None, *, always: bool = False
) -> Iterator[Scored]:
    """Check each claim against its quote, as if the quote were all the evidence.

    Args:
        pairs: what is checked.
        encoder: compares sentences.
        judge: asked where there is doubt; None asks nobody.
        always: ask it about every pair.
    """
    for pair in pairs:
        checker = Checker([Evidence(pair.quote, 1.0)], encoder, pair.language, judge=judge, always=always)
        yield Scored(pair, checker.check(pair.claim))
