"""Labelled pairs: a quote, a sentence, and whether the quote supports it; and what the check says of them.

A scorer of support is only as good as it is on these; docs/datasets.md has the rules by which they were written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from documents import Passage
from embeddings import Encoder
from eval.questions import Split
from eval.rows import records
from eval.samples import load_articles, passage_of
from rag import Checker, Evidence, Judge, Signals, Verdict, in_doubt

PAIRS = Path(str(files("eval"))) / "data" / "pairs.jsonl"

Kind = Literal["true", "close", "number", "date", "name", "negation", "role", "unit", "scope"]
SWAPS: tuple[Kind, ...] = ("number", "date", "name", "negation", "role", "unit", "scope")


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair.

    Attributes:
        id: names the pair within its file.
        quote: the place in its article.
        claim: one sentence.
        language: ISO 639-1, of the claim.
        supported: whether the quote, with its article's title, source and date, says all of the claim.
        kind: "true" when supported; else what was swapped, or "close" for a true sentence about something near by.
        split: dev pairs may be tuned on, test pairs only counted.
    """

    id: str
    quote: Passage
    claim: str
    language: str
    supported: bool
    kind: Kind
    split: Split

    @property
    def crosses_languages(self) -> bool:
        """Whether quote and claim are in two languages."""
        return self.quote.article.language != self.language


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair and what the check says of it."""

    pair: Pair
    verdict: Verdict


def load_pairs(path: Path = PAIRS, *, split: Split | None = None) -> tuple[Pair, ...]:
    """Read labelled pairs on the sample articles.

    Args:
        path: UTF-8, one JSON object a line.
        split: only those of this part; all without it.

    Raises:
        ValueError: a quote does not stand in its article.
    """
    articles = load_articles()
    return tuple(
        Pair(
            id=record["id"],
            quote=passage_of(articles[record["file"]], record["quote"]),
            claim=record["claim"],
            language=record["language"],
            supported=record["supported"],
            kind=record["kind"],
            split=record["split"],
        )
        for _, record in records(path)
        if split in (None, record["split"])
    )


def check_pairs(
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
