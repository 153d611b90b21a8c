"""How much of an answer its evidence supports, sentence by sentence, whoever wrote it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence of an answer, checked.

    Attributes:
        text: the sentence, without citation markers and markup.
        support: how well the best quote supports it, in [0, 1].
        supported: whether that is enough.
        reason: why, in a few plain words.
        missing: the facts that neither the quote nor its neighbours hold, as the sentence writes them.
        quote: the best quote, verbatim; "" without evidence.
        evidence: the number of the evidence text that it stands in, from 0; None without evidence.
        start: where the quote begins in that text, in characters.
        end: where it ends.
    """

    text: str
    support: float
    supported: bool
    reason: str
    missing: tuple[str, ...] = ()
    quote: str = ""
    evidence: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """What the check of one answer found.

    Attributes:
        sentences: those that claim something, in their order.
        abstained: nothing was claimed: the answer is empty, or says that there is no answer.
    """

    sentences: tuple[ScoredSentence, ...]
    abstained: bool

    @property
    def score(self) -> float | None:
        """The share of the sentences that the evidence supports, None when nothing was claimed."""
        if not self.sentences:
            return None
        return sum(sentence.supported for sentence in self.sentences) / len(self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain values."""
        sentences = [{**asdict(each), "missing": list(each.missing)} for each in self.sentences]
        return {"score": self.score, "abstained": self.abstained, "sentences": sentences}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Faithfulness":
        """The findings that `to_dict` made these values of.

        Raises:
            KeyError, TypeError: they are not those of findings.
        """
        sentences = (ScoredSentence(**{**each, "missing": tuple(each["missing"])}) for each in values["sentences"])
        return cls(tuple(sentences), bool(values["abstained"]))
