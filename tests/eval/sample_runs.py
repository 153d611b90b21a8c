"""Runs made up from the project's own questions and articles, to look at a report: no model has a part in them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random

from documents import Article, Passage
from eval.faithfulness import Faithfulness, ScoredSentence
from eval.measures import METHODS, shares_of
from eval.outcomes import Outcome, Ranking
from eval.questions import Question, load_questions
from eval.records import Record, RunSettings, Share
from eval.runs import Run
from eval.samples import load_articles
from rag import Answer, Citation, Evidence, ModelNames, Sentence, Timing
from tests.eval.made import settings

_SAYS = {
    "en": "According to the article it is {}.",
    "fr": "Selon l’article, il s’agit de {}.",
    "sv": "Enligt artikeln är det {}.",
    "vi": "Theo bài báo, đó là {}.",
}
_ABSTAINS = {
    "en": "The articles do not hold the answer.",
    "fr": "Les articles ne contiennent pas la réponse.",
    "sv": "Svaret finns inte i artiklarna.",
    "vi": "Các bài báo không có câu trả lời.",
}
_ENOUGH, _SHOWN = 0.5, 0.3  # of support: to count as supported, and to be shown as if another check had passed it
_CHANCES = {"right": 60, "wrong": 10, "more": 12, "copy": 6, "abstain": 12}


def sample_run(folder: Path, count: int = 64, *, seed: int = 1) -> Run:
    """A run of some of the built-in questions, over and over when there are not enough of them."""
    random = Random(seed)  # noqa: S311 - no secret
    here = [q for q in load_questions() if all(quote.text for quote in q.quotes) and "real" not in q.tags]
    asked = [replace(q, id=f"{q.id}-{n}") for n, q in enumerate(islice(cycle(here[::3] + here[1::3]), count))]
    records = tuple(made_record(question, random) for question in asked)
    return Run(folder, sample_settings(records), records)


def sample_settings(records: Sequence[Record]) -> RunSettings:
    """How such a run says that it was made."""
    return settings(
        0,
        dataset="builtin",
        questions=tuple(record.question.id for record in records),
        model={"name": "qwen2.5-coder-1.5b-instruct", "hash": "e3a1" * 16},
        embedding={"name": "multilingual-e5-small-q4", "hash": "77c0" * 16},
        versions={"dossier": "0.1.0", "python": "3.11.2", "llama-cpp-python": "0.3.36"},
        machine={"cores": 2, "memory": 24 * 2**30},
    )


def made_record(question: Question, random: Random) -> Record:
    """A question with an answer of a kind drawn by chance."""
    gold = question.quotes[0] if question.quotes else None
    passages = [_some_passage(random) for _ in range(4)]
    at = min(int(random.expovariate(1.2)), 5)
    place = None
    if gold:
        place = _passage(_articles()[gold.file], gold.text or "")
        if at < len(passages):
            passages[at] = place
    kind = random.choices(list(_CHANCES), list(_CHANCES.values()))[0]
    if not question.answerable:
        kind = "wrong" if random.random() < 0.2 else "abstain"
    if kind == "abstain" or (gold and at >= len(passages)):
        return record_of(question, passages, [], random, place)
    said = _sentences(question, passages, at if gold else 0, kind, random)
    return record_of(question, passages, said, random, place)


def record_of(
    question: Question,
    passages: Sequence[Passage],
    said: Sequence[ScoredSentence],
    random: Random,
    place: Passage | None = None,
) -> Record:
    """A record whose answer has these sentences; without one that is supported it abstains."""
    shown = [each for each in said if each.supported or each.support > _SHOWN]
    citations = tuple(_citation(number, each, passages) for number, each in enumerate(shown, 1))
    total = random.lognormvariate(1.5, 0.35)
    answer = Answer(
        question=question.question,
        language=question.language,
        text=" ".join(f"{each.text} [{n}]" for n, each in enumerate(shown, 1)) or _ABSTAINS[question.language],
        sentences=tuple(_sentence(each, shown) for each in said),
        citations=citations,
        evidence=tuple(Evidence(passage, 0.9 - 0.02 * i) for i, passage in enumerate(passages)),
        abstained=not shown,
        timing=Timing(random.lognormvariate(-3.3, 0.3), total * random.uniform(0.15, 0.3) if said else None, total),
        model=ModelNames("sample", "sample"),
    )
    faithfulness = Faithfulness(tuple(shown), abstained=not shown)
    found = tuple("the fact" if passage == place else str(i) for i, passage in enumerate(passages))
    others = {"dense": found, "words": found[::-1]}
    relevant = frozenset(("the fact",) if place else ())
    outcome = Outcome(
        question=question,
        answer=answer,
        faithfulness=faithfulness,
        recall=Share(sum(each.supported for each in shown), len(shown)),
        precision=Share(len(shown), len(shown)),
        verbatim=Share(len(shown), len(shown)),
        rankings={method: Ranking(others.get(method, found), relevant) for method in METHODS},
        tokens=len(answer.text) // 4,
    )
    language = place.article.language if place else ""
    return Record(question, answer.to_dict(), faithfulness, faithfulness, shares_of(outcome), outcome.tokens, language)


def _sentences(
    question: Question, passages: Sequence[Passage], at: int, kind: str, random: Random
) -> list[ScoredSentence]:
    passage, says = passages[at], _SAYS[question.language]
    gold = (question.quotes[0].text or "") if question.quotes else ""
    quote = gold if gold and gold in passage.text else passage.text.split(". ")[0]
    start = passage.text.find(quote)

    def said(text: str, support: float, reason: str, *missing: str) -> ScoredSentence:
        return ScoredSentence(text, support, support > _ENOUGH, reason, missing, quote, at, start, start + len(quote))

    if kind == "copy":
        return [said(passage.text, 1.0, "repeats the quote")]
    if kind == "wrong":
        return [said(says.format("1,234"), random.choice((0.2, 0.55, 0.84)), "not found: 1,234", "1,234")]
    same = passage.article.language == question.language and question.answers
    right = quote if same else says.format(" / ".join((*question.answers[:1], *question.also[:1])))
    first = said(right, random.uniform(0.8, 1), "the quote holds every fact")
    if kind == "right":
        return [first]
    return [first, said(says.format("57"), random.choice((0.12, 0.41)), "not found: 57", "57")]


def _citation(number: int, scored: ScoredSentence, passages: Sequence[Passage]) -> Citation:
    passage = passages[scored.evidence or 0]
    return Citation(number, passage.article, passage.start + scored.start, passage.start + scored.end)


def _sentence(scored: ScoredSentence, shown: Sequence[ScoredSentence]) -> Sentence:
    numbers = (shown.index(scored) + 1,) if scored in shown else ()
    return Sentence(scored.text, numbers, scored.support, scored in shown, scored.missing)


def _some_passage(random: Random) -> Passage:
    article = random.choice(list(_articles().values()))
    start = random.randrange(0, max(1, len(article.text) - 600))
    return Passage(article, start, min(len(article.text), start + 520))


def _passage(article: Article, quote: str) -> Passage:
    start = article.text.find(quote)
    first = article.text.rfind("\n\n", 0, start) + 2 if "\n\n" in article.text[:start] else 0
    last = article.text.find("\n\n", start + len(quote))
    return Passage(article, first, last if last > 0 else len(article.text))


@cache
def _articles() -> dict[str, Article]:
    return load_articles()
