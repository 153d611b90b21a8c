"""A conversation as the chat remembers it: questions, and what is known about each so far.

An exchange keeps of the articles what it shows, so that it can be shown again when they have changed or are gone.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from documents import Article, Place, Section, teaser_at
from rag import Answer, Checked, Citation, Conflict, Draft, Evidence, Filters, Found, ModelNames, Sentence, Timing, Turn


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question has no answer, for the person who asked.

    Attributes:
        message: what happened.
        help: what to do about it, may be empty.
        details: what somebody who looks into it wants to know; of articles and questions nothing.
    """

    message: str
    help: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is told of an article beside its words; the fields are those of `Article`."""

    id: str
    title: str
    source: str | None
    date: str | None
    language: str
    url: str | None
    path: str | None
    author: str | None = None
    rubric: str | None = None
    places: tuple[Place, ...] = ()

    @classmethod
    def of(cls, article: Article) -> "Origin":
        """What is told of an article."""
        return cls(
            article.id,
            article.title,
            article.source,
            article.date,
            article.language,
            article.url,
            article.path,
            article.author,
            article.rubric,
            article.places,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, as they were when a question was answered.

    Attributes:
        article: what they are from.
        start: where they begin in its text, in characters.
        end: where they end.
        quote: the words.
        teaser: the announcement of another article that they are from; None for the article's own.
        number: of a citation; 0 for a passage that was found.
    """

    article: Origin
    start: int
    end: int
    quote: str
    teaser: Section | None = None
    number: int = 0

    @classmethod
    def cited(cls, citation: Citation) -> "Quote":
        """A citation's quote."""
        return cls._at(citation.article, citation.start, citation.end, citation.number)

    @classmethod
    def found(cls, evidence: Evidence) -> "Quote":
        """A passage that was found."""
        return cls._at(evidence.passage.article, evidence.passage.start, evidence.passage.end)

    @classmethod
    def _at(cls, article: Article, start: int, end: int, number: int = 0) -> "Quote":
        return cls(Origin.of(article), start, end, article.text[start:end], teaser_at(article, start), number)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of an answer once all of it is there; the fields are those of `rag.Answer`."""

    language: str
    text: str
    abstained: bool
    timing: Timing
    model: ModelNames
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what is known about it so far; each event makes a new one.

    Attributes:
        number: counts the questions of a conversation from 1; names the exchange in the page.
        question: as it was asked.
        ahead: how many questions are answered before it; None while that is not known.
        evidence: None until the search is over.
        sentences: those that were checked, supported or not.
        citations: the numbered quotes so far.
        draft: the sentence being written, not to be shown as fact.
        answer: what is known of the whole answer, when it is there.
        problem: why there is none.
        stopped: True when the person who asked did not want to wait for the end.
        scope: which articles it was asked of; None for all.
        thumb: whether the person who asked found the answer good; None for no word on it.
        note: what that person wrote about it.
    """

    number: int
    question: str
    ahead: int | None = None
    evidence: tuple[Quote, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Quote, ...] = ()
    draft: str = ""
    answer: Outcome | None = None
    problem: Problem | None = None
    stopped: bool = False
    scope: Filters | None = None
    thumb: bool | None = None
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.answer is not None or self.problem is not None or self.stopped

    @property
    def writing(self) -> bool:
        """Whether the next words are its own: it was searched for, and no other question comes first."""
        return not self.over and self.evidence is not None and not self.ahead

    @property
    def supported(self) -> tuple[Sentence, ...]:
        """The sentences that may be shown as fact."""
        return tuple(sentence for sentence in self.sentences if sentence.supported)

    @property
    def withdrawn(self) -> int:
        """How many sentences were written and not confirmed."""
        return len(self.sentences) - len(self.supported)

    def after(self, event: Found | Draft | Checked | Answer) -> "Exchange":
        """What is known when an event has been heard."""
        match event:
            case Found(evidence):
                return replace(self, evidence=tuple(map(Quote.found, evidence)))
            case Draft(text):
                return replace(self, draft=text)
            case Checked(sentence, citations):
                return replace(
                    self,
                    draft="",
                    sentences=(*self.sentences, sentence),
                    citations=(*self.citations, *map(Quote.cited, citations)),
                )
            case Answer():
                return replace(
                    self,
                    draft="",
                    evidence=tuple(map(Quote.found, event.evidence)),
                    sentences=event.sentences,
                    citations=tuple(map(Quote.cited, event.citations)),
                    answer=Outcome(
                        event.language, event.text, event.abstained, event.timing, event.model, event.conflicts
                    ),
                )

    def failed(self, problem: Problem) -> "Exchange":
        """The exchange when something went wrong: what was confirmed stays, the draft goes."""
        return replace(self, draft="", problem=problem)

    def stop(self) -> "Exchange":
        """The exchange when it was stopped: what was confirmed stays, the draft goes."""
        return replace(self, draft="", stopped=True)


@dataclass
class Conversation:
    """The exchanges that one browser has open, oldest first; only the last may still be growing.

    Attributes:
        id: names it where it is stored; "" until something was asked.
        title: what the list of conversations calls it; "" until something was asked.
        exchanges: all that was asked.
        scope: which articles the next question is asked of; None for all.
        changed_at: when it was stored as it is here, "" when it never was; it is another in a window that went on.
        rounds: grows with each question and each conversation that is opened, so that a step that comes too late is
            known as one.
        key: names the answer that is growing; only its own page knows it.
    """

    id: str = ""
    title: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    scope: Filters | None = None
    changed_at: str = field(default="", compare=False)
    rounds: int = field(default=0, compare=False)
    key: str = field(default="", compare=False)

    @property
    def busy(self) -> bool:
        """Whether a question is still being answered."""
        return bool(self.exchanges) and not self.exchanges[-1].over

    @property
    def last(self) -> Exchange | None:
        """The newest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    def ask(self, question: str, instead_of: int | None = None) -> Exchange:
        """Begin an exchange.

        Args:
            question: what is asked.
            instead_of: the number of an exchange that this one replaces, with all that came after it.
        """
        self.rounds += 1
        self.id = self.id or secrets.token_hex(8)
        self.key = secrets.token_urlsafe(12)
        if instead_of is not None:
            del self.exchanges[max(0, instead_of - 1) :]
        self.exchanges.append(Exchange(len(self.exchanges) + 1, question, scope=self.scope))
        return self.exchanges[-1]

    def become(self, other: "Conversation") -> None:
        """Open another conversation in the place of this one; what was growing here has come too late."""
        self.rounds += 1
        self.id, self.title, self.scope, self.changed_at = other.id, other.title, other.scope, other.changed_at
        self.exchanges = list(other.exchanges)

    def put(self, exchange: Exchange) -> None:
        """Replace the last exchange by a later form of it.

        One that is over stays as it is: a step that was running when its question was stopped comes too late.
        """
        if self.busy and self.exchanges[-1].number == exchange.number:
            self.exchanges[-1] = exchange

    def stop(self) -> None:
        """End the exchange that is still growing, if there is one."""
        if self.busy:
            self.exchanges[-1] = self.exchanges[-1].stop()

    def grows(self, rounds: int) -> bool:
        """Whether what was asked in this round is still being answered."""
        return self.busy and self.rounds == rounds

    def find(self, number: int) -> Exchange | None:
        """The exchange of a number."""
        return next((exchange for exchange in self.exchanges if exchange.number == number), None)

    def judge(self, number: int, *, thumb: bool | None, note: str = "") -> Exchange | None:
        """Keep what the person who asked thinks of an answer; the exchange as it is now, None when there is none."""
        for place, exchange in enumerate(self.exchanges):
            if exchange.number == number and exchange.over:
                self.exchanges[place] = replace(exchange, thumb=thumb, note=note)
                return self.exchanges[place]
        return None

    def history(self) -> tuple[Turn, ...]:
        """The answered questions, for the next one to refer to."""
        return tuple(self._turns())

    def _turns(self) -> Iterator[Turn]:
        for exchange in self.exchanges:
            if exchange.answer is not None:
                yield Turn(exchange.question, exchange.answer.text)
