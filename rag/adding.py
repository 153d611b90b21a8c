"""Files, folders and pages into a store: one article at a time, each finished before it is reported."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NoReturn

from documents import Article, content_hash, find, load_url, parse, read, split, words
from documents.errors import ArticleError
from embeddings import Encoder
from rag.parts import Parts
from rag.retrieve import searchable, shown_title
from rag.store import Entry, Store

Source = str | Path | Article

_REEMBED_BATCH = 64  # passages whose new vectors are written together


class Outcome(StrEnum):
    """What became of a source."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
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


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of adding: ids of articles, and for each source that gave none, what is wrong with it."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[ArticleError, ...] = ()

    @classmethod
    def of(cls, events: Sequence[Progress]) -> "AddReport":
        """Sum up what was reported one by one."""
        ids = {
            outcome: tuple(event.article_id for event in events if event.outcome is outcome and event.article_id)
            for outcome in Outcome
        }
        problems = tuple(event.problem for event in events if event.problem)
        return cls(ids[Outcome.ADDED], ids[Outcome.REPLACED], ids[Outcome.UNCHANGED], problems)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a source holds now: enough to see whether it changed, and the way to the article."""

    content_hash: str
    article: Callable[[], Article]


@dataclass(frozen=True, slots=True)
class _Item:
    """A source that may become one article."""

    origin: str
    look: Callable[[], _Found] = field(compare=False)
    problem: str = ""


def add(sources: Sequence[Source], store: Store, parts: Parts) -> Iterator[Progress]:
    """Add articles; each is in the store, whole, before it is reported.

    One article is in memory at a time. What did not change is neither parsed nor embedded, and needs no
    model.

    Args:
        sources: files, folders, addresses of web pages, articles.
        store: is written to.
        parts: the models, loaded with the first article that is new.

    Yields:
        One event for each file, page and article, also for those that cannot be used.
    """
    items = list(dict.fromkeys(item for source in sources for item in _items(source)))  # each file once
    for done, item in enumerate(items, 1):
        outcome, article_id, problem = Outcome.PROBLEM, None, None
        try:
            outcome, article_id = _add_one(item, store, parts)
        except ArticleError as error:
            problem = error
        yield Progress(item.origin, outcome, done, len(items), article_id, problem)


def embed_anew(store: Store, encoder: Encoder) -> None:
    """Make all vectors of a store anew; a stopped attempt is gone on with.

    The old ones serve until all new ones are there, then all change places at once. Passages keep their
    limits: what is longer than the new encoder reads is known to it by its beginning.
    """
    while ids := store.unstaged(encoder.fingerprint, _REEMBED_BATCH):
        passages = store.passages(ids)
        texts = [searchable(passages[passage_id]) for passage_id in ids]
        store.stage(encoder.fingerprint, ids, encoder.encode_passages(texts))
    store.adopt(encoder.fingerprint)


def origin_of(source: str | Path) -> str:
    """What makes a source the same one next time: its address, or its path however it was written."""
    if _is_address(source):
        return str(source)
    return storable(str(Path(source).expanduser().resolve()))


def storable(name: str) -> str:
    """A name in well-formed Unicode: that of a file may hold any bytes, which each keep a form of their own."""
    return name.encode("utf-8", "backslashreplace").decode()


def _add_one(item: _Item, store: Store, parts: Parts) -> tuple[Outcome, str]:
    found = item.look()
    known = store.known(item.origin)
    if known is not None and known[1] == found.content_hash:
        return Outcome.UNCHANGED, known[0]
    article_id = store.put(_entry(item.origin, found, parts))
    return Outcome.ADDED if known is None else Outcome.REPLACED, article_id


def _entry(origin: str, found: _Found, parts: Parts) -> Entry:
    article = found.article()
    passages = split(article, parts.limits(shown_title(article)))
    if not passages:
        raise ArticleError(f"{origin} holds no text.")
    texts = [searchable(passage) for passage in passages]
    return Entry(
        article=article,
        origin=origin,
        content_hash=found.content_hash,
        passages=tuple(passages),
        words=tuple(" ".join(words(text)) for text in texts),
        vectors=parts.encoder.encode_passages(texts),
        fingerprint=parts.encoder.fingerprint,
    )


def _items(source: Source) -> Iterator[_Item]:
    if isinstance(source, Article):
        yield _Item(_article_origin(source), partial(_given, source))
    elif _is_address(source):
        yield _Item(str(source), partial(_page, str(source)))
    else:
        path = Path(source).expanduser().resolve()
        problems: list[ArticleError] = []
        for file in find(path, problems.append):
            yield _Item(storable(str(file)), partial(_file, file))
        for problem in problems:
            yield _Item(storable(str(path)), partial(_fail, problem), str(problem))


def _is_address(source: str | Path) -> bool:
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


def _file(path: Path) -> _Found:
    data = read(path)
    return _Found(content_hash(data), lambda: _well_named(parse(data, path=path)))


def _well_named(article: Article) -> Article:
    return replace(article, title=storable(article.title), path=article.path and storable(article.path))


def _page(url: str) -> _Found:
    """A page is compared by its article: the rest of it (advertisements, times) changes with every visit."""
    return _given(load_url(url))


def _given(article: Article) -> _Found:
    nameless = replace(article, id="")
    return _Found(content_hash(repr(nameless).encode("utf-8", "surrogatepass")), lambda: nameless)


def _article_origin(article: Article) -> str:
    if article.path:
        return origin_of(article.path)
    if article.url:
        return article.url
    return f"article:{article.id or content_hash(article.text.encode())}"


def _fail(problem: ArticleError) -> NoReturn:
    raise problem
