"""A whole evaluation: the models, the articles, every question once, the folder with all that came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from documents import Article
from embeddings import load_encoder
from eval.asking import Asked, Asker
from eval.datasets import Dataset
from eval.faithfulness import Scorer
from eval.judges import load_judge, when_asked
from eval.libraries import library_in
from eval.provenance import settings_of, weights_hash
from eval.questions import Question
from eval.records import Record
from eval.report import write_report
from eval.runs import LIBRARY, Run, RunError, finish, folder_for, go_on, left, opened
from eval.selection import Selection, answerable_by
from rag import Library, PassageSize, Progress, SearchSettings, load_generator

RUNS = Path("eval-runs")
"""Where runs are kept when nobody says."""

K = 4
"""Passages that the model reads, as `Library.ask` has it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, of what.

    Attributes:
        dataset: questions and articles.
        selection: which of the questions.
        model: the generator's name; None for the default one.
        k: how many passages the model reads.
        passages: how long passages are; None where a library is asked that was there before.
        search: how passages are ranked, and which are near enough to be read.
        judge: the name of what the scorer asks, see `load_judge`; None takes the one that answers are checked by.
            It stays the same whatever model is measured, or figures could not be compared.
    """

    dataset: Dataset
    selection: Selection = field(default_factory=Selection)
    model: str | None = None
    k: int = K
    passages: PassageSize | None = field(default_factory=PassageSize)
    search: SearchSettings = field(default_factory=SearchSettings)
    judge: str | None = None

    @property
    def questions(self) -> list[Question]:
        """The questions that are asked.

        Raises:
            RunError: there are none.
        """
        chosen = self.selection.of(self.dataset.questions)
        if not chosen:
            raise RunError(
                f"None of the {len(self.dataset.questions)} questions of {self.dataset.name} is of that kind.",
                help="Take away --split or --tags.",
            )
        return chosen


def asked_of(library: Library, plan: Plan) -> Plan:
    """A plan for a library that was there before: without the questions on real articles that it does not hold."""
    questions = tuple(answerable_by(library, plan.dataset.questions))
    return replace(plan, dataset=replace(plan.dataset, questions=questions), passages=None)


class Watcher(Protocol):
    """Is told how far an evaluation is."""

    def begin(self, what: str, total: int) -> None:
        """So many steps of something follow."""

    def step(self, record: Record | None = None) -> None:
        """One step is done; with a record, a question was answered."""


def evaluate(plan: Plan, watcher: Watcher, *, out: Path | None = None, library: Asked | None = None) -> Run:
    """Ask the questions that have not been asked in this run yet, and write figures and report.

    Args:
        plan: what to ask.
        watcher: told how far it is.
        out: the run's folder; None goes on with one that was begun so, or makes a new one in `eval-runs`.
        library: asked instead of one that is made of the dataset's articles.

    Raises:
        RunError: the folder holds another run.
        DossierError: an article cannot be read, or a model failed.
    """
    encoder = library.encoder if library else load_encoder()
    generator = library.generator if library else load_generator(plan.model)
    judge = load_judge(plan.judge, encoder)
    questions = plan.questions
    settings = settings_of(
        plan.dataset,
        questions,
        encoder,
        generator,
        articles=_articles_of(library) if library and plan.passages is None else plan.dataset.articles,
        weights=weights_hash(plan.model),
        k=plan.k,
        passages=plan.passages,
        search=plan.search,
        judge=judge.name if judge else "",
    )
    with opened(out or folder_for(RUNS, settings), settings) as run:
        if left(run, questions):
            place = run.folder / LIBRARY
            made = library_in(
                place,
                *plan.dataset.articles,
                encoder=encoder,
                generator=generator,
                passages=plan.passages,
                search=plan.search,
                progress=telling(watcher),
            )
            with nullcontext(library) if library else made as asked:
                scorer = Scorer(encoder, judge, when=when_asked(plan.judge))
                _ask(run, questions, Asker(asked, scorer, plan.k), watcher)
        ended = finish(run)
        write_report(ended)
    return ended


def telling(watcher: Watcher) -> Callable[[Progress], None]:
    """Tells a watcher of the articles that are added to a library."""

    def told(event: Progress) -> None:
        if event.done == 1:
            watcher.begin("adding articles", event.total)
        watcher.step()

    return told


def _articles_of(library: Asked) -> Iterator[Article]:
    return (library.article(each.id) for each in library.articles())


def _ask(run: Run, questions: Sequence[Question], asker: Asker, watcher: Watcher) -> None:
    todo = left(run, questions)
    if run.settings.states:
        watcher.begin("reading ahead", len(todo))
        for question in todo:
            asker.read_ahead(question)
            watcher.step()
    watcher.begin("asking", len(todo))
    go_on(run, questions, asker.ask, watcher.step)
