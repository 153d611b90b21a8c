"""The sentences of one answer: written by the model, checked, and asked for again where that may help."""

from collections import abc
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from documents import could_be, words
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
from rag.support import ANSWERED, LIKELY, SUPPORTED, may_answer

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
        passages = [item.passage for item in (*evidence, *further)]
        self._judge = AnswerJudge(model, asked.question, passages) if judges_answers(model) else None
        self._relevance = Relevance(asked.question, model)
        self._citations = CitationList()
        self._rivals = Rivals(evidence, encoder, asked.language)
        self._checkers: list[Checker] = []
        self._read_alone: list[Evidence] = []
        self._reconsidering_s = 0.0
        self._supported = False
        self._refused = False  # at once, before anything was written
        self._written: set[str] = set()  # one passage alone may make the model write the same again

    @property
    def check_s(self) -> float:
        """Seconds that the check of its sentences has taken so far."""
        return sum(checker.spent_s for checker in self._checkers) + self._reconsidering_s

    @property
    def read_beyond(self) -> tuple[Evidence, ...]:
        """The further passages that were read."""
        return tuple(item for item in self._read_alone if item in self._further)

    def write(self) -> Written:
        """Drafts as they grow, each complete sentence checked.

        Of several passages a small model mixes the figures, and the right one may not be among them. So when nothing
        that it wrote is supported, the passages that answer by its own word are read alone, until one supports what
        is drafted from it (docs/decisions/0012-the-model-ranks-what-it-reads-alone.md).

        A model that says at once that the articles do not hold the answer is asked again, and believed unless it was
        unsure (docs/decisions/0010-does-it-answer.md).

        Raises:
            ModelError: the model failed.
        """
        if not self._evidence:
            return
        yield from self._read(self._evidence)
        if not self._written and not self._should_stop():
            self._refused = True
            yield from self._read(self._evidence)
        if self._supported or len(self._evidence) + len(self._further) == 1:
            return
        for item in self._worth_reading():
            if self._supported or self._should_stop():
                return
            self._read_alone.append(item)
            yield from self._read([item])

    def _worth_reading(self) -> Sequence[Evidence]:
        """The passages to be read alone, the one that most likely answers first.

        Of a model whose word on answers has no known weight nothing is asked, and a refusal is believed.
        """
        if self._judge is None:
            return self._evidence[:_ALONE] if self._written else ()
        return self._relevance.best((*self._evidence, *self._further), self._should_stop)

    def _read(self, evidence: Sequence[Evidence]) -> Written:
        """What the model writes from some passages; in another language than asked for, it is told once more.

        Of a model that cannot write the language at all, the quote is left that supports what it says; a headline
        says too little by itself.
        """
        asked = self._asked
        checker = Checker(
            evidence,
            self._encoder,
            asked.language,
            asked.question,
            self._judge,
            when=may_answer,
            threshold=ANSWERED if self._judge else SUPPORTED,
        )
        self._checkers.append(checker)
        prompt = build(asked.question, asked.language, evidence, asked.history, self._model, asked.length)
        if self._refused:
            prompt = replace(prompt, discouraged=NOT_FOUND)
        check = partial(self._check, checker, evidence)
        foreign = yield from self._sentences(prompt, check)
        if foreign:
            foreign = yield from self._sentences(insist_on(asked.language, prompt), check)
        if foreign and foreign.supported and foreign.quote and not _is_headline(foreign.quote):
            yield self._shown(*self._citations.cite_alone(foreign.quote))
            yield from self._rivals.notices(foreign.quote.text, foreign, self._citations)

    def _check(self, checker: Checker, evidence: Sequence[Evidence], sentence: str) -> Verdict:
        """The verdict on a sentence; less support is asked for where the model is sure that its passage answers."""
        verdict = checker.check(sentence)
        if self._judge is None or verdict.quote is None or verdict.supported or verdict.support < LIKELY:
            return verdict
        started = perf_counter()
        sure = self._relevance.is_sure(evidence[verdict.quote.passage].passage)
        self._reconsidering_s += perf_counter() - started
        return replace(verdict, threshold=LIKELY) if sure else verdict

    def _sentences(
        self, prompt: Prompt, check: Callable[[str], Verdict]
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
                    yield from self._rivals.notices(draft.text, verdict, self._citations)
        return None

    def _shown(self, sentence: Sentence, new: tuple[Citation, ...]) -> Checked:
        self._supported = self._supported or sentence.supported
        return Checked(sentence, new)


def _is_headline(quote: Quote) -> bool:
    return words(quote.text) == words(quote.article.title)
