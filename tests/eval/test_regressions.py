"""Planted regressions are found: swapped numbers, abstaining always, copying what was found."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from documents import Article, Passage
from embeddings import Encoder
from eval.compare import Comparison, compare
from eval.datasets import Dataset
from eval.evaluation import Plan, evaluate
from eval.measures import Method
from eval.questions import GoldQuote, Question
from eval.report import report_html
from eval.runs import Run
from eval.summary import total
from rag import Answer, ArticleSummary, Citation, Evidence, Filters, Generator, Library, Sentence
from tests.eval.town import Knowing, Silent
from tests.fakes import FakeEncoder

NAMES = ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Pine", "Rowan", "Willow")
ARTICLES = tuple(
    Article(
        id="",
        title=f"The {name} bridge",
        text=f"The {name} bridge opened in {1900 + 7 * number}. It is a bridge of stone with {number + 3} arches, and "
        "people who live on either side of the water say that they cannot think of the place without it. In winter "
        "the road across is closed for a week, so that the stones can be cleaned.",
        language="en",
        url=f"bridges:{name}",
    )
    for number, name in enumerate(NAMES)
)
QUESTIONS = tuple(
    Question(
        id=name,
        question=f"In which year did the {name} bridge open?",
        language="en",
        answers=(str(1900 + 7 * number),),
        quotes=(GoldQuote(f"bridges:{name}", f"opened in {1900 + 7 * number}"),),
        answerable=True,
        tags=(),
        split="test",
    )
    for number, name in enumerate(NAMES)
)
SAYS = {name: f"The {name} bridge opened in {1900 + 7 * number}." for number, name in enumerate(NAMES)}
BRIDGES = Dataset("bridges", QUESTIONS, ARTICLES)

Change = Callable[[Answer], Answer]


class Changing:
    """A library whose answers are changed on their way."""

    def __init__(self, library: Library, change: Change) -> None:
        self._library = library
        self._change = change

    @property
    def encoder(self) -> Encoder:
        return self._library.encoder

    @property
    def generator(self) -> Generator:
        return self._library.generator

    def articles(self) -> list[ArticleSummary]:
        return self._library.articles()

    def article(self, article_id: str) -> Article:
        return self._library.article(article_id)

    def retrieve(
        self, question: str, *, k: int = 5, filters: Filters | None = None, method: Method = "hybrid"
    ) -> tuple[Evidence, ...]:
        return self._library.retrieve(question, k=k, filters=filters, method=method)

    def prepare(self, question: str, *, filters: Filters | None = None, k: int = 4) -> None:
        self._library.prepare(question, filters=filters, k=k)

    def ask(self, question: str, *, filters: Filters | None = None, k: int = 4) -> Answer:
        return self._change(self._library.ask(question, filters=filters, k=k))


def same(answer: Answer) -> Answer:
    return answer


def again(answer: Answer) -> Answer:
    return answer


def swapped(answer: Answer) -> Answer:
    """Another number in every sentence, shown all the same."""
    turned = str.maketrans("0123456789", "1234567890")
    sentences = tuple(replace(sentence, text=sentence.text.translate(turned)) for sentence in answer.sentences)
    return replace(answer, text=" ".join(sentence.text for sentence in sentences), sentences=sentences)


def silent(answer: Answer) -> Answer:
    """An abstention whatever is asked."""
    return replace(answer, text="The articles do not answer this.", sentences=(), citations=(), abstained=True)


def copying(answer: Answer) -> Answer:
    """The best passage as the answer, each of its sentences cited as itself."""
    passage: Passage = answer.evidence[0].passage
    ends = [i + 1 for i, letter in enumerate(passage.text) if letter == "."]
    spans = [(passage.start + s, passage.start + e) for s, e in zip([0, *ends], ends, strict=False)]
    citations = tuple(
        Citation(number, passage.article, start + (number > 1), end) for number, (start, end) in enumerate(spans, 1)
    )
    return replace(
        answer,
        text=passage.text,
        sentences=tuple(Sentence(each.quote, (each.number,), 1.0, supported=True) for each in citations),
        citations=citations,
        abstained=False,
    )


@pytest.fixture(scope="module")
def run_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Change], Run]]:
    """What gives the run of each change, made once."""
    folder = tmp_path_factory.mktemp("regressions")
    with Library.open(folder / "library", encoder=FakeEncoder(), generator=Knowing(SAYS)) as library:
        library.add(*ARTICLES)

        @cache
        def run(change: Change) -> Run:
            plan = Plan(BRIDGES, passages=None)
            return evaluate(plan, Silent(), out=folder / change.__name__, library=Changing(library, change))

        yield run


def figures(run: Run, *names: str) -> list[str]:
    return [str(total(name, run.records)).split()[-1] for name in names]


def against(run_of: Callable[[Change], Run], change: Change) -> tuple[Run, Comparison]:
    planted = run_of(change)
    return planted, compare(run_of(same), planted)


def test_the_honest_run_is_right(run_of: Callable[[Change], Run]) -> None:
    names = (
        "handled_well",
        "answer_right",
        "faithful",
        "citation_recall",
        "citation_precision",
        "verbatim",
        "recall@1",
    )
    assert figures(run_of(same), *names) == ["12/12"] * 7


def test_swapped_numbers_lower_faithfulness(run_of: Callable[[Change], Run]) -> None:
    planted, found = against(run_of, swapped)
    assert figures(planted, "faithful", "citation_recall", "citation_precision", "answer_right") == ["0/12"] * 4
    assert {"faithful", "citation_recall", "citation_precision", "answer_right", "handled_well"} <= set(found.worse)
    assert "says what the evidence does not" in report_html(planted)
    assert planted.records[0].faithfulness.sentences[0].missing == ("2011",)  # 1900 with other digits


def test_abstaining_always_raises_false_abstentions(run_of: Callable[[Change], Run]) -> None:
    planted, found = against(run_of, silent)
    assert figures(planted, "false_abstentions", "handled_well") == ["12/12", "0/12"]
    assert {"false_abstentions", "handled_well", "answer_right"} <= set(found.worse)
    assert not any(row.verdict == "better" for row in found.rows)
    assert "It never answers" in report_html(planted)


def test_copying_the_top_passage_does_not_win_overall(run_of: Callable[[Change], Run]) -> None:
    planted, found = against(run_of, copying)
    # It is faithful and holds the answer each time ...
    assert figures(planted, "answer_right", "gold_recall") == ["12/12"] * 2
    assert figures(planted, "faithful", "verbatim") == ["36/36"] * 2
    # ... and yet it is no answer.
    assert figures(planted, "copied", "handled_well") == ["12/12", "0/12"]
    assert {"handled_well", "copied", "token_f1", "gold_precision"} <= set(found.worse)
    html = report_html(planted)
    assert "Copying does not win overall" in html
    assert "repeats a passage instead of answering" in html


def test_a_little_is_not_beyond_chance(run_of: Callable[[Change], Run]) -> None:
    honest = run_of(same)
    planted = run_of(swapped)
    for changed, expected in ((2, False), (8, True)):
        mixed = replace(planted, records=(*planted.records[:changed], *honest.records[changed:]))
        assert bool(compare(honest, mixed).worse) is expected


def test_equal_runs_are_not_told_apart(run_of: Callable[[Change], Run]) -> None:
    found = compare(run_of(same), run_of(again))
    assert (found.worse, found.changed, found.reworded, found.settings) == ((), (), 0, ())
