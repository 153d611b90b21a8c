"""The sentences of one answer: written by the model, checked, and asked for again where that may help."""

from collections import abc
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from documents import Passage, could_be, words
from embeddings import Encoder
from rag.answer import Checked, Citation, Draft, Evidence, Sentence, Turn
from rag.cite import Checker, CitationList, Verdict
from rag.conflicts import Rivals
from rag.draft import draft_sentences, is_refusal
from rag.generate import Generator, Prompt
from rag.judge import AnswerJudge, judges_answers
from rag.prompt import ANSWER_TOKENS, NOT_FOUND, Length, build, insist_on
from rag.quotes import Quote
from rag.rerank import Relevance
from rag.support import ANSWERED, CERTAIN, LIKELY, SUPPORTED, may_answer

_ALONE = 3  # passages that are read alone where nobody ranks them

Written = abc.Generator[Draft | Checked, None, None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be answered, and how.

    Attributes:
        question: as asked.
        language: ISO 639-1, of the answer.
        history: the conversation so far, oldest first.
        length: how long the answer is to be.
    """

    question: str
    language: str
    history: Sequence[Turn]
    length: Length


class Writer:
    """Has one answer written.

    Args:
        asked: the question.
        evidence: passages that are near enough to it, best first; without any the model is not asked.
        further: those behind them, which are looked at when nothing is supported by these.
        model: writes the drafts.
        encoder: compares sentences with quotes.
        should_stop: once true, nothing more is written.
    """

    def __init__(
        self,
        asked: Asked,
        *,
        evidence: Sequence[Evidence],
        further: Sequence[Evidence],
        model: Generator,
        encoder: Encoder,
        should_stop: Callable[[], bool],
    ) -> None:
        self._asked = asked
        self._evidence = evidence
        self._further = further
        self._model = model
        self._encoder = encoder
        self._should_stop = should_stop
        self._relevance = Relevance(asked.question, model)
        self._citations = CitationList()
        self._read_beyond: list[Evidence] = []
        self._check_s = 0.0
        self._supported = False
        self._refused = False  # at once, before anything was written
        self._written: set[str] = set()  # one passage alone may make the model write the same again

    @property
    def check_s(self) -> float:
        """Seconds that the check of its sentences has taken so far."""
        return self._check_s

    @property
    def read_beyond(self) -> tuple[Evidence, ...]:
        """The further passages that were read."""
        return tuple(self._read_beyond)

    def write(self) -> Written:
        """Drafts as they grow, each complete sentence checked.

        Of several passages a small model mixes the figures, and the right one may not be among them. So when nothing
        that it wrote is supported, the passages that answer by its own word are read alone, until one supports what
        is drafted from it (docs/decisions/0012-the-model-ranks-what-it-reads-alone.md).

        A model that says at once that the articles do not hold the answer is asked again, a little discouraged from
        saying so (docs/decisions/0010-does-it-answer.md). If it says it again, or nothing of what it writes then is
        supported, the passages are looked at all the same.

        Raises:
            ModelError: the model failed.
        """
        if not self._evidence:
            return
        yield from self._read(self._evidence)
        if not self._written and not self._should_stop():
            self._refused = True
            yield from self._read(self._evidence)
        if self._supported:
            return
        for item in self._worth_reading():
            if self._supported or self._should_stop():
                return
            if item in self._further:
                self._read_beyond.append(item)
            yield from self._read([item])

    def _worth_reading(self) -> Sequence[Evidence]:
        """The passages to be read alone, the one that most likely answers first; not one that was read alone already.

        Where the model's word cannot be had, the nearest ones, unless it refused.
        """
        nearest = self._evidence if len(self._evidence) > 1 else ()
        if not self._tells_relevance:
            return nearest[:_ALONE] if self._written else ()
        return self._relevance.best((*nearest, *self._further), self._should_stop)

    @property
    def _tells_relevance(self) -> bool:
        """Whether the model can be asked about passages: its word counts, and it need not read them anew for it."""
        return judges_answers(self._model) and not self._model.why_plain

    def _read(self, evidence: Sequence[Evidence]) -> Written:
        """What the model writes from some passages; in another language than asked for, it is told once more.

        Of a model that cannot write the language at all, the quote is left that supports what it says; a headline
        says too little by itself.
        """
        asked = self._asked
        checker = self._checker(evidence)
        rivals = Rivals(tuple(dict.fromkeys((*self._evidence, *evidence))), self._encoder, asked.language)
        prompt = build(asked.question, asked.language, evidence, asked.history, self._model, asked.length)
        if self._refused:
            prompt = replace(prompt, discouraged=NOT_FOUND)
        check = partial(self._check, checker, evidence)
        foreign = yield from self._sentences(prompt, check, rivals)
        if foreign:
            foreign = yield from self._sentences(insist_on(asked.language, prompt), check, rivals)
        if foreign and foreign.supported and foreign.quote and not _is_headline(foreign.quote):
            yield self._shown(*self._citations.cite_alone(foreign.quote))
            yield from rivals.notices(foreign.quote.text, foreign, self._citations)

    def _checker(self, evidence: Sequence[Evidence]) -> Checker:
        """Checks sentences against some passages; also by the model's word on answers, where that counts."""
        judged = judges_answers(self._model)
        return Checker(
            evidence,
            self._encoder,
            self._asked.language,
            self._asked.question,
            AnswerJudge(self._model, self._asked.question, [item.passage for item in evidence]) if judged else None,
            when=may_answer,
            threshold=ANSWERED if judged else SUPPORTED,
        )

    def _check(self, checker: Checker, evidence: Sequence[Evidence], sentence: str) -> Verdict:
        """The verdict on a sentence; how much support is asked for depends on what the model says of its passage."""
        started = perf_counter()
        verdict = checker.check(sentence)
        judged = verdict.log_odds is not None and self._tells_relevance
        if verdict.quote and judged and LIKELY <= verdict.support < CERTAIN and not self._should_stop():
            quoted = evidence[verdict.quote.passage].passage
            verdict = replace(verdict, threshold=self._support_asked_for(verdict, quoted, alone=len(evidence) == 1))
        self._check_s += perf_counter() - started
        return verdict

    def _support_asked_for(self, verdict: Verdict, quoted: Passage, *, alone: bool) -> float:
        """The support from which on a sentence is shown, where it is neither certain nor hopeless.

        A passage that is read alone had its turn: the likelier ones, if any, have been read alone before it.
        """
        if not verdict.supported:
            return LIKELY if self._relevance.is_sure(quoted) else verdict.threshold
        others = (item.passage for item in self._evidence)
        outdone = not alone and self._relevance.is_outdone(quoted, others, self._should_stop)
        return CERTAIN if outdone else verdict.threshold

    def _sentences(
        self, prompt: Prompt, check: Callable[[str], Verdict], rivals: Rivals
    ) -> abc.Generator[Draft | Checked, None, Verdict | None]:
        """The sentences of one draft, checked.

        Returns:
            The verdict on a sentence in a wrong language, at which a draft ends of which nothing is supported yet.
        """
        tokens, language = ANSWER_TOKENS[self._asked.length], self._asked.language
        with closing(self._model.stream(prompt, max_tokens=tokens, should_stop=self._should_stop)) as pieces:
            for draft in draft_sentences(pieces, language):
                if is_refusal(draft.text) or self._should_stop():
                    return None
                if draft.complete and not self._supported and not could_be(draft.text, language):
                    self._written.add(draft.text)
                    return check(draft.text)
                yield Draft(draft.text)
                if draft.complete:
                    verdict = check(draft.text)
                    if draft.text in self._written and not verdict.supported:
                        continue
                    self._written.add(draft.text)
                    yield self._shown(*self._citations.cite(draft.text, verdict))
                    yield from rivals.notices(draft.text, verdict, self._citations)
        return None

    def _shown(self, sentence: Sentence, new: tuple[Citation, ...]) -> Checked:
        self._supported = self._supported or sentence.supported
        return Checked(sentence, new)


def _is_headline(quote: Quote) -> bool:
    return words(quote.text) == words(quote.article.title)
