"""A conversation as the chat remembers it: questions, and what is known about each so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rag import Answer, Checked, Citation, Draft, Evidence, Found, Sentence, Turn


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question has no answer, for the person who asked.

    Attributes:
        message: what happened.
        help: what to do about it, may be empty.
    """

    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what is known about it so far; each event makes a new one.

    Attributes:
        number: counts the questions of a conversation from 1; names the exchange in the page.
        question: as it was asked.
        begun: False while other questions are answered first.
        evidence: None until the search is over.
        sentences: those that were checked, supported or not.
        citations: the numbered quotes so far.
        draft: the sentence being written, not to be shown as fact.
        answer: the whole answer, when it is there.
        problem: why there is none.
        stopped: True when the person who asked did not want to wait for the end.
    """

    number: int
    question: str
    begun: bool = False
    evidence: tuple[Evidence, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    problem: Problem | None = None
    stopped: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.answer is not None or self.problem is not None or self.stopped

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
                return replace(self, evidence=evidence)
            case Draft(text):
                return replace(self, draft=text)
            case Checked(sentence, citations):
                return replace(
                    self,
                    draft="",
                    sentences=(*self.sentences, sentence),
                    citations=(*self.citations, *citations),
                )
            case Answer():
                return replace(
                    self,
                    draft="",
                    evidence=event.evidence,
                    sentences=event.sentences,
                    citations=event.citations,
                    answer=event,
                )

    def failed(self, problem: Problem) -> "Exchange":
        """The exchange when something went wrong: what was confirmed stays, the draft goes."""
        return replace(self, draft="", problem=problem)

    def stop(self) -> "Exchange":
        """The exchange when it was stopped: what was confirmed stays, the draft goes."""
        return replace(self, draft="", stopped=True)


@dataclass
class Conversation:
    """The exchanges of one browser, oldest first; only the last may still be growing.

    Attributes:
        exchanges: all that was asked.
    """

    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def busy(self) -> bool:
        """Whether a question is still being answered."""
        return bool(self.exchanges) and not self.exchanges[-1].over

    @property
    def last(self) -> Exchange | None:
        """The newest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    def ask(self, question: str) -> Exchange:
        """Begin an exchange."""
        self.exchanges.append(Exchange(len(self.exchanges) + 1, question))
        return self.exchanges[-1]

    def put(self, exchange: Exchange) -> None:
        """Replace the last exchange by a later form of it.

        One that is over stays as it is: a step that was running when its question was stopped comes too late.
        """
        if self.busy and self.exchanges[-1].number == exchange.number:
            self.exchanges[-1] = exchange

    def stop(self, number: int | None = None) -> None:
        """End the exchange that is still growing, if there is one.

        Args:
            number: only if it is this one; a later question is not stopped for an earlier one's sake.
        """
        if self.busy and number in (None, self.exchanges[-1].number):
            self.exchanges[-1] = self.exchanges[-1].stop()

    def grows(self, number: int) -> bool:
        """Whether this exchange is still being answered."""
        return self.busy and self.exchanges[-1].number == number

    def history(self) -> tuple[Turn, ...]:
        """The answered questions, for the next one to refer to."""
        return tuple(self._turns())

    def _turns(self) -> Iterator[Turn]:
        for exchange in self.exchanges:
            if exchange.answer is not None:
                yield Turn(exchange.question, exchange.answer.text)
