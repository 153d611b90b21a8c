"""Files, folders and pages into a store: one article at a time, each finished before it is reported."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from documents.errors import ArticleError
from rag.edits import edited
from rag.entries import entry_of
from rag.parts import Parts
from rag.removal import replacing
from rag.sources import Item
from rag.store import Store


class Outcome(StrEnum):
    """What became of a source."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    REMOVED = "removed"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Progress:
    """One source is done; if it was added or replaced, it is on the disk for good.

    Attributes:
        path: the file or address.
        outcome: what became of it.
        done: how many sources are done, this one included.
        total: how many there are.
        article_id: None for a problem.
        problem: what is wrong, None when nothing is.
    """

    path: str
    outcome: Outcome
    done: int
    total: int
    article_id: str | None = None
    problem: ArticleError | None = None


OnProgress = Callable[[Progress], None]
Done = tuple[Outcome, str]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of adding.

    Attributes:
        added: ids of new articles.
        replaced: ids of articles that have changed.
        unchanged: ids of articles that were skipped.
        problems: for each source that gave no article, what is wrong with it.
        passed_over: how many files in the folders are of kinds that are not read, by suffix ("" for none); no
            fault, but good to know.
        moved: ids of articles whose file is now elsewhere.
        removed: ids of articles that are gone, as their files are.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[ArticleError, ...] = ()
    passed_over: dict[str, int] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def of(cls, events: Sequence[Progress], passed_over: dict[str, int]) -> "AddReport":
        """Sum up what was reported one by one."""
        ids = {
            outcome: tuple(event.article_id for event in events if event.outcome is outcome and event.article_id)
            for outcome in Outcome
        }
        problems = tuple(event.problem for event in events if event.problem)
        return cls(
            added=ids[Outcome.ADDED],
            replaced=ids[Outcome.REPLACED],
            unchanged=ids[Outcome.UNCHANGED],
            problems=problems,
            passed_over=passed_over,
            moved=ids[Outcome.MOVED],
            removed=ids[Outcome.REMOVED],
        )

    @property
    def changed(self) -> bool:
        """Whether the library holds something else than before."""
        return bool(self.added or self.replaced or self.moved or self.removed)


def add(items: Sequence[Item], store: Store, parts: Parts) -> Iterator[Progress]:
    """Add articles; each is in the store, whole, before it is reported.

    One article is in memory at a time. What did not change is neither parsed nor embedded, and needs no
    model.

    Args:
        items: see `rag.sources.listed`.
        store: is written to.
        parts: the models, loaded with the first article that is new.

    Yields:
        One event for each item, also for those that cannot be used.
    """
    for done, item in enumerate(items, 1):
        outcome, article_id, problem = Outcome.PROBLEM, None, None
        try:
            outcome, article_id = add_one(item, store, parts)
        except ArticleError as error:
            problem = error
        yield Progress(item.origin, outcome, done, len(items), article_id, problem)


def add_one(item: Item, store: Store, parts: Parts, moved_from: Callable[[str], str | None] = lambda _: None) -> Done:
    """Add one article, if it is new or has changed; what the models kept of a version that it replaces is forgotten.

    Args:
        item: where it comes from.
        store: is written to.
        parts: the models.
        moved_from: for a content hash, the origin of an article with this content that is no longer where it was.

    Raises:
        ArticleError: it cannot become an article.
    """
    found = item.look()
    known = store.known(item.origin)
    if known is not None and known[1] == found.content_hash:
        return Outcome.UNCHANGED, known[0]
    before = None if known else moved_from(found.content_hash)
    place = item.origin if before is None else before
    article, edits = edited(found.article(), store.edits(place))
    entry = entry_of(article, item.origin, found.content_hash, store, parts, place)
    earlier = store.known(place)
    with replacing(earlier and earlier[0], store, parts):
        article_id = store.put(replace(entry, edits=edits), place)
    if before is not None:
        return Outcome.MOVED, article_id
    return Outcome.ADDED if known is None else Outcome.REPLACED, article_id
