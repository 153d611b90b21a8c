"""Questions, answers and records made by hand."""

from collections.abc import Sequence
from dataclasses import replace

from documents import Article, Passage
from eval.faithfulness import Faithfulness, ScoredSentence
from eval.measures import METHODS, shares_of
from eval.outcomes import Outcome, Ranking
from eval.questions import GoldQuote, Question
from eval.records import Record, RunSettings, Share
from rag import Answer, Citation, Evidence, ModelNames, Sentence, Timing

TEXT = "The bridge opened in 2019. It cost 12 million. The mayor spoke."
ARTICLE = Article(id="a1", text=TEXT, title="A bridge", language="en", path="/samples/bridge.md")
COST = GoldQuote("bridge.md", "It cost 12 million.")
COST_AT = (27, 46)

QUESTION = Question(
    id="q1",
    question="What did the bridge cost?",
    language="en",
    answers=("12 million", "twelve million"),
    quotes=(COST,),
    answerable=True,
    tags=(),
    split="dev",
)
UNANSWERABLE = replace(QUESTION, id="u1", answers=(), quotes=(), answerable=False)

NOTHING = "The articles do not answer this."


def citation(start: int, end: int, article: Article = ARTICLE) -> Citation:
    """The first citation of an answer."""
    return Citation(1, article, start, end)


USUAL = Timing(0.1, 1.0, 2.0, 0.5)


def answer(text: str, *citations: Citation, kept: Sequence[bool] = (True,), times: Timing = USUAL) -> Answer:
    """An answer whose sentences cite the first citation; an abstention without a text."""
    return Answer(
        question=QUESTION.question,
        language="en",
        text=text or NOTHING,
        sentences=tuple(Sentence(text, (1,), 0.9, supported=each) for each in kept) if text else (),
        citations=citations,
        evidence=(Evidence(Passage(ARTICLE, 0, len(TEXT)), 0.9),),
        abstained=not text,
        timing=times,
        model=ModelNames("fake", "fake"),
    )


def faithfulness(supported: int, of: int) -> Faithfulness:
    """So many sentences are supported of so many."""
    sentences = (ScoredSentence("s", 0.5, number < supported, "") for number in range(of))
    return Faithfulness(tuple(sentences), abstained=not of)


def outcome(
    question: Question = QUESTION,
    said: Answer | None = None,
    scored: Faithfulness | None = None,
    found: Sequence[str] = ("the fact",),
) -> Outcome:
    """All that is known of an answer; by default of a right one."""
    said = said or answer("It cost 12 million. [1]", citation(*COST_AT))
    shown = sum(sentence.supported for sentence in said.sentences)
    ranked = Ranking(tuple(found), frozenset({"the fact"} if question.quotes else ()))
    return Outcome(
        question=question,
        answer=said,
        faithfulness=scored or faithfulness(shown, shown),
        recall=Share(shown, shown),
        precision=Share(len(said.citations), len(said.citations)),
        verbatim=Share(len(said.citations), len(said.citations)),
        rankings=dict.fromkeys(METHODS, ranked),
        tokens=6,
    )


def record(
    number: int = 1,
    question: Question = QUESTION,
    said: Answer | None = None,
    scored: Faithfulness | None = None,
) -> Record:
    """A question of a run; its id is the number."""
    made = outcome(replace(question, id=str(number)), said, scored)
    return Record(
        question=made.question,
        answer=made.answer.to_dict(),
        faithfulness=made.faithfulness,
        own=made.faithfulness,
        shares=shares_of(made),
        tokens=made.tokens,
        article_language="en",
    )


def settings(count: int, **changes: object) -> RunSettings:
    """Those of a run with so many questions, whose ids are numbers from 1."""
    made = RunSettings(
        dataset="made",
        fingerprint="f00d",
        questions=tuple(str(number) for number in range(1, count + 1)),
        model={"name": "fake-generator", "hash": ""},
        embedding={"name": "fake-encoder", "hash": "weights"},
        k=4,
        passages={"target": 120, "maximum": 240},
        search={"word_weight": 0.04, "min_score": 0.75},
        states=True,
        judge="",
        seed=1,
        versions={"python": "3.11"},
        commit="c0ffee",
        machine={"cores": 2, "memory": 1},
        started="2026-01-02T03:04:05+00:00",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
