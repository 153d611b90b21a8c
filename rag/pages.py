"""Web pages as sources of a library: asked for politely, and sent only when they have changed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from documents import Article, Fetcher, Validators
from documents.errors import ArticleError, LibraryError
from rag.adding import Outcome, Progress
from rag.database import Database
from rag.sources import Found, Item, given, origin_of, sound
from rag.store import Store
from rag.web_memory import KnownPage, WebMemory


class Pages:
    """Looks at pages for one run of adding; a context manager that lets go of the file.

    Args:
        path: the library's file.
        store: knows which pages are in the library.
    """

    def __init__(self, path: Path, store: Store) -> None:
        self._path = path
        self._store = store
        self._database: Database | None = None
        self._asked: dict[str, Validators] = {}
        self.fetcher = new_fetcher()

    @property
    def memory(self) -> WebMemory:
        """What was seen of the web before; opened with the first use, as most sources are files."""
        if self._database is None:
            self._database = Database(self._path)
            memory = WebMemory(self._database)
            closed = memory.closed_sites().items()
            over = [site for site, until in closed if not self.fetcher.leave_alone(site, until)]
            if over:
                memory.open_sites(over)
            self.fetcher.on_closed = partial(_remember_closed, memory)
        return WebMemory(self._database)

    def item(self, url: str) -> Item:
        """A page as a source."""
        self._asked[origin_of(url)] = Validators()
        return Item(origin_of(url), partial(self._look, url))

    def settled(self, events: Iterator[Progress]) -> Iterator[Progress]:
        """Write down which version of each page is in the library, after it is."""
        for event in events:
            if event.path in self._asked:
                if event.outcome is Outcome.PROBLEM:
                    self.memory.failed(event.path)
                else:
                    self.memory.settle(event.path, self._asked[event.path])
            yield event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._database is not None:
            self._database.close()

    def _look(self, url: str) -> Found:
        """A page is compared by its article: the rest of it (advertisements, times) changes with every visit."""
        origin = origin_of(url)
        known, remembered = self._store.known(origin), self.memory.page(origin)
        before = remembered.validators if known and remembered else Validators()
        reply = self.fetcher.get(url, before)
        self._asked[origin] = reply.validators
        if reply.status == _NOT_MODIFIED:
            if known is None:
                raise ArticleError(f"{url} answers that it has not changed, and was never seen.")
            self._asked[origin] = before
            return Found(known[1], _not_needed)
        return given(sound(_completed(reply.article(url), remembered)))


_NOT_MODIFIED = 304


def new_fetcher() -> Fetcher:
    """The fetcher of a run; tests put one in its place that does not wait."""
    return Fetcher()


def _remember_closed(memory: WebMemory, site: str, until: float) -> None:
    """Told while a page fails, for which it is no reason: where it cannot be written, the next run asks once more."""
    with suppress(LibraryError):
        memory.close_site(site, until)


def _completed(article: Article, known: KnownPage | None) -> Article:
    """The article, with what its feed says of it where the page says nothing."""
    if known is None:
        return article
    said = {"date": known.date, "author": known.author}
    new = {name: value for name, value in said.items() if value and not getattr(article, name)}
    provenance = (*article.provenance, *((name, "feed") for name in new))
    return replace(
        article, date=article.date or known.date, author=article.author or known.author, provenance=provenance
    )


def _not_needed() -> NoReturn:
    raise AssertionError("the article of a page that has not changed was asked for")
