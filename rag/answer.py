"""What a question gives back: evidence, sentences with citations, and the events on the way."""

from dataclasses import asdict, dataclass
from typing import Any

from documents import Article, Passage, Section, teaser_at


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that was found for a question; `score` grows with nearness, cosine plus word overlap."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `article.text[start:end]`, always verbatim."""

    number: int
    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The quoted words, taken from the article itself."""
        return self.article.text[self.start : self.end]

    @property
    def teaser(self) -> Section | None:
        """The announcement of another article that the quote is from; None for the article's own words."""
        return teaser_at(self.article, self.start)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer.

    Attributes:
        text: the sentence, without markers.
        citations: numbers of the citations it rests on, empty when it is not supported.
        support: how well the best quote supports it, in [0, 1].
        supported: whether it may be shown as fact.
        missing: the facts in it that neither that quote nor its neighbours hold, as the sentence writes them.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    supported: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds since the question: evidence found, first draft token, everything done.

    `first_token_s` is None when the model was not asked. `check_s` is how much of the whole went into checking
    sentences, the model's yes or no included, but not into choosing further passages to read.
    """

    retrieve_s: float
    first_token_s: float | None
    total_s: float
    check_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelNames:
    """The models behind an answer."""

    llm: str
    embedding: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation so far and the text that answered it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two quotes of different articles that contradict each other.

    Attributes:
        number: of the citation that a sentence of the answer rests on.
        other: of the citation that says otherwise.
    """

    number: int
    other: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest abstention (`abstained`), with all that is needed to check it.

    Attributes:
        question: as it was asked.
        language: of the question and so of the answer, ISO 639-1.
        text: the supported sentences with [n] markers, or the abstention in words.
        sentences: every sentence the model wrote, also those that are not shown as fact.
        citations: the numbered quotes, in the order of their numbers from 1.
        evidence: the passages that were found, best first; behind them, those that were read besides.
        abstained: True when the articles do not hold the answer.
        conflicts: which citations contradict each other; a sentence beside each says so.
    """

    question: str
    language: str
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    abstained: bool
    timing: Timing
    model: ModelNames
    conflicts: tuple[Conflict, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, the form that `dossier ask --json` prints."""
        return {
            "question": self.question,
            "language": self.language,
            "text": self.text,
            "abstained": self.abstained,
            "sentences": [_sentence_dict(sentence) for sentence in self.sentences],
            "citations": [_citation_dict(citation) for citation in self.citations],
            "evidence": [_evidence_dict(evidence) for evidence in self.evidence],
            "timing": {name: getattr(self.timing, name) for name in ("retrieve_s", "first_token_s", "total_s")},
            "model": asdict(self.model),
        }


@dataclass(frozen=True, slots=True)
class Found:
    """First event of a stream: the evidence, before a word is written."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentence being written, from its beginning; not checked yet, so not to be shown as fact."""

    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The draft is a whole sentence and was checked; `citations` holds those that are new with it.

    One with a `conflict` was not drafted: it tells that another article says otherwise than the sentence before it.
    """

    sentence: Sentence
    citations: tuple[Citation, ...]
    conflict: Conflict | None = None


Event = Found | Draft | Checked | Answer


def _sentence_dict(sentence: Sentence) -> dict[str, Any]:
    names = ("text", "citations", "support", "supported")
    return {name: getattr(sentence, name) for name in names}


def _citation_dict(citation: Citation) -> dict[str, Any]:
    article = citation.article
    names = ("id", "title", "source", "date", "language", "url", "path")
    return {
        "number": citation.number,
        "article": {name: getattr(article, name) for name in names},
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    } | ({"teaser": citation.teaser.heading} if citation.teaser else {})


def _evidence_dict(evidence: Evidence) -> dict[str, Any]:
    passage = evidence.passage
    return {
        "article_id": passage.article.id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": evidence.score,
    }
