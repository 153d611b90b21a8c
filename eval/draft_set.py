"""A draft of a set of questions on a library's own articles, which a person must look over before it counts.

Three of four questions have their answer in a passage. The fourth is about an article that is held out: it is asked
without that article, and kept only when no other one holds the answer. See `eval/proposals.py` for the checks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from documents import Passage, detect, words
from eval.answers import contains_answer, normalise
from eval.datasets import rest_of
from eval.draft_file import Drafted
from eval.proposals import Dropped, Proposal, Proposer
from eval.questions import GoldQuote, Question, names_of
from eval.rows import DatasetError
from rag import ArticleSummary, Library, LibraryEmpty

T = TypeVar("T")

DRAFT, HELD_OUT = "draft", "held-out"
"""Tags: of every question, and of those that the rest of the library does not answer."""

_UNANSWERABLE = 4  # one of so many
_TRIES = 6  # passages for each question that is wanted; then it is given up
_LEAST_WORDS = 12  # of a passage; shorter ones are captions and signatures
_ALIKE, _SAME = 0.6, 0.95  # share of the words that two questions both have, with the same answer and with another
_SEARCHED = 5  # passages of the rest in which an answer in other words is looked for


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drafted.

    Attributes:
        count: how many questions.
        languages: ISO 639-1, of the questions in turn; without any each is in the language of its passage.
        held_out: names of articles, or folders of them, for questions that the rest does not answer; without any a
            fourth of the articles.
        seed: of the order in which passages are chosen; the same library and seed give the same passages.
    """

    count: int = 40
    languages: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    seed: int = 7


class Draft:
    """Drafts questions from a library.

    Args:
        library: holds the articles.
        plan: what is wanted.

    Raises:
        DatasetError: an article to hold out is not in the library.
        LibraryEmpty: there are no articles.
    """

    def __init__(self, library: Library, plan: Plan) -> None:
        self._library = library
        self._plan = plan
        self._articles = library.articles()
        if not self._articles:
            raise LibraryEmpty(f"The library {library.folder} holds no articles yet.", help="Add some: dossier add")
        self._proposer = Proposer(library.generator, library.encoder)
        self._kept: list[Proposal] = []
        self.tried = 0
        self.dropped: Counter[Dropped] = Counter()
        ids = spread_out(self._articles, plan.seed)
        self._held_out = self._chosen(ids)
        self._others = [each for each in ids if each not in self._held_out]

    def questions(self, on_try: Callable[[], None] = lambda: None) -> Iterator[Drafted]:
        """The questions, as soon as each is kept: at most so many as the plan wants, fewer when no more are found.

        Args:
            on_try: told of each passage that was tried.

        Raises:
            ModelError: the model failed.
        """
        unanswerable = self._plan.count // _UNANSWERABLE if self._held_out else 0
        answered = self._proposals(self._others, self._plan.count - unanswerable, on_try)
        for number, proposal in enumerate(answered, start=1):
            yield Drafted(self._answerable(f"a{number:03}", proposal))
        for number, proposal in enumerate(self._proposals(self._held_out, unanswerable, on_try), start=1):
            article = self._name(proposal.passage.article.id)
            note = f"{article} answers this: {proposal.gold}. It says: {proposal.passage.text}"
            yield Drafted(self._unanswerable(f"u{number:03}", proposal), note)

    def _proposals(self, ids: Sequence[str], count: int, on_try: Callable[[], None]) -> Iterator[Proposal]:
        kept = 0
        for number, passage in enumerate(islice(self._passages(ids), _TRIES * count)):
            if kept == count:
                return
            proposal = self._checked(passage, self._language(passage, number))
            self.tried += 1
            on_try()
            if isinstance(proposal, Dropped):
                self.dropped[proposal] += 1
            else:
                kept += 1
                yield proposal

    def _checked(self, passage: Passage, language: str) -> Proposal | Dropped:
        proposal = self._proposer.propose(passage, language)
        if isinstance(proposal, Dropped):
            return proposal
        if any(is_twice(proposal, other) for other in self._kept):
            return Dropped.TWICE
        if passage.article.id in self._held_out and self._is_elsewhere(proposal):
            return Dropped.ELSEWHERE
        self._kept.append(proposal)
        return proposal

    def _is_elsewhere(self, proposal: Proposal) -> bool:
        """Whether the rest of the library answers the question: by the same words, or in others."""
        own = proposal.passage.article.id
        for summary in self._articles:
            article = self._library.article(summary.id)
            if summary.id != own and contains_answer(f"{article.title}\n{article.text}", proposal.answers):
                return True
        rest = rest_of(self._articles, self._unanswerable("", proposal))
        found = self._library.retrieve(proposal.question, k=_SEARCHED, filters=rest)
        return self._proposer.is_supported(proposal, found)

    def _answerable(self, name: str, proposal: Proposal) -> Question:
        article = proposal.passage.article
        crosses = "same-language" if proposal.language == article.language else "cross-language"
        return Question(
            id=name,
            question=proposal.question,
            language=proposal.language,
            answers=proposal.answers,
            quotes=(GoldQuote(self._name(article.id), proposal.passage.text),),
            answerable=True,
            tags=(DRAFT, crosses),
            split="test",
        )

    def _unanswerable(self, name: str, proposal: Proposal) -> Question:
        return Question(
            id=name,
            question=proposal.question,
            language=proposal.language,
            answers=(),
            quotes=(),
            answerable=False,
            tags=(DRAFT, HELD_OUT),
            split="test",
            without=(self._name(proposal.passage.article.id),),
        )

    def _chosen(self, ids: Sequence[str]) -> list[str]:
        """Articles to hold out; none where there is no rest."""
        if len(ids) < 2:  # noqa: PLR2004 - without a rest there is nothing to ask
            return []
        named = {each for name in self._plan.held_out for each in self._called(name)}
        by_language = sorted(ids, key={each.id: each.language for each in self._articles}.__getitem__)
        wanted = named or set(by_language[_UNANSWERABLE - 1 :: _UNANSWERABLE] or ids[-1:])
        return [each for each in ids if each in wanted]

    def _called(self, name: str) -> list[str]:
        folder = Path(name).resolve()
        found = [
            each.id
            for each in self._articles
            if name in names_of(each) or (each.path and Path(each.path).is_relative_to(folder))
        ]
        if not found:
            raise DatasetError(f"The library has no article {name!r} to hold out.", help="See them all: dossier list")
        return found

    def _passages(self, ids: Sequence[str]) -> Iterator[Passage]:
        """Every passage that says enough: one of each article, then another one of each, and so on."""
        rng = np.random.default_rng(self._plan.seed)

        def of(article_id: str) -> Iterator[Passage]:  # read when its turn comes
            yield from _shuffled(self._library.passages(article_id), rng)

        return (passage for passage in alternating(map(of, ids)) if len(words(passage.text)) >= _LEAST_WORDS)

    def _language(self, passage: Passage, number: int) -> str:
        if self._plan.languages:
            return self._plan.languages[number % len(self._plan.languages)]
        language = passage.article.language
        return language if language != "und" else detect(passage.text, default="en")

    def _name(self, article_id: str) -> str:
        """The name of an article's file, which people know, or its id, where there is none or two have the same."""
        files = {each.id: Path(each.path).name for each in self._articles if each.path}
        file = files.get(article_id, "")
        return file if list(files.values()).count(file) == 1 else article_id


def is_twice(one: Proposal, other: Proposal) -> bool:
    """Whether two questions are one: in nearly the same words, or in like words with the same answer.

    How deep is this lake, and how deep is that one, are two.
    """
    said, before = frozenset(words(one.question)), frozenset(words(other.question))
    alike = len(said & before) / max(1, len(said | before))
    same_answer = normalise(one.gold) == normalise(other.gold)
    same_article = one.passage.article.id == other.passage.article.id
    return alike >= _SAME or (same_answer and (same_article or alike >= _ALIKE))


def spread_out(articles: Sequence[ArticleSummary], seed: int) -> list[str]:
    """Ids of the articles in an order that takes languages in turn, and within each the sources."""
    rng = np.random.default_rng(seed)
    groups: dict[str, dict[str, list[str]]] = {}
    for article in _shuffled(articles, rng):
        groups.setdefault(article.language, {}).setdefault(article.source or "", []).append(article.id)
    return list(alternating(alternating(sources.values()) for sources in groups.values()))


def alternating(groups: Iterable[Iterable[T]]) -> Iterator[T]:
    """The first of each group, then the second of each, and so on; groups that are through are passed over."""
    waiting = [iter(group) for group in groups]
    while waiting:
        left = []
        for group in waiting:
            for item in islice(group, 1):
                left.append(group)
                yield item
        waiting = left


def _shuffled(items: Sequence[T], rng: np.random.Generator) -> list[T]:
    return [items[i] for i in rng.permutation(len(items))]
