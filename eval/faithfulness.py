"""How much of an answer its evidence supports, sentence by sentence, whoever wrote it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from documents import Passage, detect, sentences
from embeddings import Encoder
from eval.claims import claims_of
from eval.plain import plain
from eval.reasons import missing_in, reason_for
from eval.remember import RememberingEncoder, RememberingJudge
from eval.sources import Source, sources_of
from rag import Checker, Evidence, Judge, Signals, Verdict, in_doubt


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


class Scorer:
    """Scores answers against their evidence; the check is the one that decides what Dossier shows as fact.

    Args:
        encoder: compares sentences across languages.
        judge: asked about the sentences that `when` chooses; None asks nobody.
        when: by default where facts, words and vectors leave doubt.
    """

    def __init__(
        self, encoder: Encoder, judge: Judge | None = None, *, when: Callable[[Signals], bool] = in_doubt
    ) -> None:
        self._encoder = RememberingEncoder(encoder)
        self._judge = RememberingJudge(judge) if judge else None
        self._when = when

    @property
    def judge(self) -> str:
        """The judge's name, "" for nobody."""
        return self._judge.name if self._judge else ""

    @property
    def embedding(self) -> str:
        """The embedding model's name."""
        return self._encoder.fingerprint.name

    def score(
        self, question: str, answer: str | Sequence[str], evidence: Sequence[str | Passage], language: str = ""
    ) -> Faithfulness:
        """Check each sentence of an answer against all of the evidence.

        Args:
            question: what was asked; what it names may stand anywhere in the evidence text that is quoted.
            answer: its text, or its sentences where they are known. Citation markers do not count.
            evidence: what the answer was made from: texts, or passages of articles.
            language: ISO 639-1, of the answer; "" tells it from the words.

        Raises:
            ModelError: the encoder or the judge failed.
        """
        language = language or _language(question, answer)
        claims = claims_of(answer, question, language)
        return _findings(self._scored(claims, evidence, language, question))

    def score_cited(
        self, question: str, cited: Sequence[tuple[str, Sequence[str | Passage]]], language: str = ""
    ) -> Faithfulness:
        """Check each sentence of an answer against what it cites, and nothing else.

        Args:
            question: as in `score`.
            cited: sentences, each with its own evidence; one without any is not supported.
            language: as in `score`.

        Raises:
            ModelError: the encoder or the judge failed.
        """
        language = language or _language(question, [sentence for sentence, _ in cited])
        alone = ((claims_of([sentence], question, language), evidence) for sentence, evidence in cited)
        return _findings(each for said in alone for each in self._scored(*said, language, question))

    def verdicts(self, claim: str, source: str | Passage, language: str = "") -> list[Verdict]:
        """What the check says of each sentence of a claim.

        Args:
            claim: one sentence, or several.
            source: the text that should support all of them.
            language: ISO 639-1, of the claim; "" tells it from the words.

        Raises:
            ModelError: the encoder or the judge failed.
        """
        text = source if isinstance(source, str) else source.text
        language = language or detect(claim, default=detect(text, default="en"))
        read = plain(claim).text
        spans = sentences(read, language)
        return self._checked([read[start:end] for start, end in spans], sources_of([source], language), language)

    def _scored(
        self, claims: Sequence[str], evidence: Sequence[str | Passage], language: str, question: str
    ) -> Iterator[ScoredSentence]:
        sources = sources_of(evidence, language)
        verdicts = self._checked(claims, sources, language, question)
        return (_scored(claim, verdict, sources) for claim, verdict in zip(claims, verdicts, strict=True))

    def _checked(
        self, claims: Sequence[str], sources: Sequence[Source], language: str, question: str = ""
    ) -> list[Verdict]:
        evidence = [Evidence(source.passage, 1.0) for source in sources]
        checker = Checker(evidence, self._encoder, language, question, self._judge, when=self._when)
        different = list(dict.fromkeys(claims))  # a model in a loop says one thing a hundred times
        verdicts = dict(zip(different, checker.check_all(different), strict=True))
        return [verdicts[claim] for claim in claims]


def _findings(scored: Iterable[ScoredSentence]) -> Faithfulness:
    found = tuple(scored)
    return Faithfulness(found, abstained=not found)


def _scored(claim: str, verdict: Verdict, sources: Sequence[Source]) -> ScoredSentence:
    missing, reason = missing_in(verdict), reason_for(verdict)
    if verdict.quote is None:
        return ScoredSentence(claim, verdict.support, verdict.supported, reason, missing)
    source = sources[verdict.quote.passage]
    start, end = source.place(verdict.quote.start, verdict.quote.end)
    return ScoredSentence(
        text=claim,
        support=verdict.support,
        supported=verdict.supported,
        reason=reason,
        missing=missing,
        quote=source.text[start:end],
        evidence=verdict.quote.passage,
        start=start,
        end=end,
    )


def _language(question: str, answer: str | Sequence[str]) -> str:
    text = answer if isinstance(answer, str) else " ".join(answer)
    return detect(plain(text).text, default=detect(question, default="en"))
