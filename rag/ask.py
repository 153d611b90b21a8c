"""The path of a question, on one screen: retrieve, write with checked citations, Answer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from time import perf_counter

from documents import detect
from documents.errors import QuestionError
from embeddings import Encoder
from rag.answer import Answer, Checked, Event, Evidence, Found, ModelNames, Sentence, Timing, Turn
from rag.generate import Generator, never
from rag.prompt import Length, refusal
from rag.settings import SEARCH
from rag.writing import Asked, Writer

MAX_QUESTION = 2_000
"""Characters; longer ones are a pasted article, not a question."""


def stream(  # noqa: PLR0913 - each is a part of its own
    question: str,
    *,
    retrieve: Callable[[str], tuple[Evidence, ...]],
    k: int,
    encoder: Encoder,
    generator: Callable[[], Generator],
    history: Sequence[Turn] = (),
    should_stop: Callable[[], bool] = never,
    min_score: float = SEARCH.min_score,
    length: Length = "short",
) -> Iterator[Event]:
    """Evidence first, then drafts and checked sentences, then the Answer.

    Args:
        question: in any language; the answer comes in the same.
        retrieve: finds the passages for a search text, best first.
        k: how many of them the model reads at first; those behind them, when these do not answer.
        encoder: compares sentences with quotes.
        generator: gives the model that writes the drafts; called when the evidence has been given out, since a
            model may have to be loaded or even fetched.
        history: the conversation so far, oldest first.
        should_stop: once true, the stream ends without an Answer.
        min_score: evidence below this score is about something else, and the model is not asked.
        length: how long the answer is to be.

    Raises:
        QuestionError: the question is empty or too long.
        DossierError: whatever went wrong on the way; an abstention is an Answer, not an error.
    """
    started = perf_counter()
    question = check_question(question)
    language = detect(question, default="en")
    found = _find(question, history, retrieve)
    evidence = found[:k]
    retrieve_s = perf_counter() - started
    yield Found(evidence)

    model = generator()
    near, further = ([item for item in part if item.score >= min_score] for part in (evidence, found[k:]))
    asked = Asked(question, language, history, length)
    writer = Writer(asked, evidence=near, further=further, model=model, encoder=encoder, should_stop=should_stop)
    checked: list[Checked] = []
    first_token_s = None
    # Closed before the Answer goes out: whoever gets it may ask the model again at once.
    with closing(writer.write()) as events:
        for event in events:
            first_token_s = first_token_s or perf_counter() - started
            yield event
            if isinstance(event, Checked):
                checked.append(event)
    if should_stop():
        return
    read = (*evidence, *writer.read_beyond)
    timing = Timing(retrieve_s, first_token_s, perf_counter() - started, writer.check_s)
    yield _answer(question, language, read, checked, timing, ModelNames(model.name, encoder.fingerprint.name))


def check_question(question: str) -> str:
    """The question without surrounding white space.

    Raises:
        QuestionError: it is empty or longer than MAX_QUESTION characters.
    """
    stripped = question.strip()
    if not stripped:
        raise QuestionError("The question is empty.", help="Write what you want to know.")
    if len(stripped) > MAX_QUESTION:
        raise QuestionError(
            f"The question has {len(stripped):,} characters; at most {MAX_QUESTION:,} can be asked.",
            help="Shorten it, or add the long text as an article.",
        )
    return stripped


def _find(
    question: str, history: Sequence[Turn], retrieve: Callable[[str], tuple[Evidence, ...]]
) -> tuple[Evidence, ...]:
    """The passages for a question, best first.

    A follow-up ("and when?") means nothing without the question before it, and a new subject must not be
    looked for under the old one. So both are searched for, and the two lists take turns.
    """
    alone = retrieve(question)
    if not history:
        return alone
    together = retrieve(f"{history[-1].question}\n{question}")
    turns = (item for pair in zip_longest(alone, together) for item in pair if item)
    found = {(item.passage.article.id, item.passage.start): item for item in turns}
    return tuple(found.values())[: len(alone)]


def _answer(
    question: str,
    language: str,
    evidence: tuple[Evidence, ...],
    checked: Sequence[Checked],
    timing: Timing,
    model: ModelNames,
) -> Answer:
    """The supported sentences with their numbers; an abstention where there are none."""
    text = " ".join(_marked(event.sentence) for event in checked if event.sentence.supported)
    return Answer(
        question=question,
        language=language,
        text=text or refusal(language),
        sentences=tuple(event.sentence for event in checked),
        citations=tuple(citation for event in checked for citation in event.citations),
        evidence=evidence,
        abstained=not text,
        timing=timing,
        model=model,
        conflicts=tuple(event.conflict for event in checked if event.conflict),
    )


def _marked(sentence: Sentence) -> str:
    return sentence.text + "".join(f" [{number}]" for number in sentence.citations)
