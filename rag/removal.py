"""Taking articles out of a library, with everything that was made of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from documents import Article, Passage
from documents.errors import ArticleError, LibraryError, ModelError
from rag.entries import entry_in
from rag.generate import Generator
from rag.parts import Parts
from rag.prompt import SYSTEM, passage_text
from rag.sentence_vectors import SentenceVectors, sentences_of
from rag.sources import origin_of, storable
from rag.store import Entry, Store


@dataclass(frozen=True, slots=True)
class Removed:
    """What is gone with an article.

    Attributes:
        article: the article itself.
        vectors: how many vectors, one for each of its passages.
        states: how many of its passages the model had read, and kept; only those of the model that is in use.
        entry: all that is needed to bring it back.
    """

    article: Article
    vectors: int
    states: int
    entry: Entry = field(repr=False, compare=False)


def ids_of(names: Sequence[str | Path], store: Store) -> list[str]:
    """The articles that are named, each once.

    An id names the article with all places where its text stands, as lists show it; a file, folder or address only
    what came from there.

    Raises:
        LibraryError: there is none of this name.
    """
    return list(dict.fromkeys(found for name in names for found in _named(name, store)))


def remove(ids: Sequence[str], store: Store, parts: Parts) -> tuple[Removed, ...]:
    """Remove articles, all or none, with passages, vectors, words, edits, and what the models kept of them.

    Traces of their words may be on the disk until the store is told to `scrub`, once for many articles.
    """
    # States first: a process that is killed in between has only to read some passages again.
    removed = tuple(_forgotten(ids, store, parts))
    store.remove(ids)
    _forget([passage for each in removed for passage in each.entry.passages], parts)  # what was read in between
    return removed


def discard(article_id: str, store: Store, parts: Parts) -> None:
    """Remove one article like `remove`, without making what would bring it back."""
    passages = _passages_of(article_id, store)
    _forget(passages, parts)
    store.remove([article_id])
    _forget(passages, parts)


@contextmanager
def replacing(article_id: str | None, store: Store, parts: Parts) -> Iterator[None]:
    """Forget what the models kept of an article's passages, but for those that it still has when the block ends.

    Args:
        article_id: of the article that is written anew within the block; None where there was none.
        store: where it is.
        parts: the models.
    """
    before = _passages_of(article_id, store) if article_id is not None else ()
    yield
    if article_id is not None:
        left = {passage_text(passage) for passage in _passages_of(article_id, store)}
        # Another article may have one of them too: then it is read once more.
        _forget([passage for passage in before if passage_text(passage) not in left], parts)


def forget(passages: Iterable[Passage], generator: Generator | None, vectors: SentenceVectors | None) -> int:
    """Drop what was kept of these passages: vectors of sentences, and states; of how many there was a state."""
    states = 0
    for passage in passages:
        if vectors is not None:
            vectors.drop(sentences_of(passage))
        if generator is not None:
            states += generator.forget(SYSTEM, passage_text(passage))
    return states


def restore(removed: Sequence[Removed], store: Store) -> tuple[str, ...]:
    """Bring articles back as they were, with their ids and what was edited; see `Collection.restore`."""
    return tuple(
        store.put(each.entry, article_id=each.article.id)
        for each in removed
        if store.known(each.entry.origin) is None  # else it was added again, perhaps as something newer
    )


def _forgotten(ids: Sequence[str], store: Store, parts: Parts) -> Iterator[Removed]:
    for article_id in ids:
        article, origin = store.article(article_id), store.origin(article_id)
        if article is not None and origin is not None:
            entry = entry_in(store, article, origin)
            yield Removed(article, len(entry.passages), _forget(entry.passages, parts), entry)


def _passages_of(article_id: str, store: Store) -> Collection[Passage]:
    return store.passages(store.own_passage_ids(article_id).tolist()).values()


def _forget(passages: Collection[Passage], parts: Parts) -> int:
    return forget(passages, _generator(parts), parts.kept_vectors) if passages else 0


def _generator(parts: Parts) -> Generator | None:
    with suppress(ModelError):  # a model that does not exist has read nothing
        return parts.generator if parts.generator_is_here else None
    return None


def _named(name: str | Path, store: Store) -> list[str]:
    article = store.article(storable(str(name)))
    if article is not None:
        return [article.id, *(place.id for place in article.places)]
    try:
        found = store.within(origin_of(name))
    except ArticleError as error:
        raise LibraryError(error.message, help=error.help) from error
    if not found:
        raise unknown(name)
    return found


def unknown(name: str | Path) -> LibraryError:
    """That there is no such article."""
    return LibraryError(f"The library has no article {name}.", help="See them all: dossier list")
