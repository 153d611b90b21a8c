"""What a user names, found: files, folders, pages and articles, each an item that may become one article."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from documents import Article, Part, content_hash, find, listed_addresses, parse, read, unpack
from documents.display import printable
from documents.errors import ArticleError
from documents.kinds import SEVERAL

Source = str | Path | Article

_LISTS = (".txt", ".urls")
_LONGEST_LIST = 5_000_000  # bytes of a file of addresses


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds now: enough to see whether it changed, and the way to the article."""

    content_hash: str
    article: Callable[[], Article]


@dataclass(frozen=True, slots=True)
class Item:
    """A source that may become one article.

    Attributes:
        origin: what makes it the same one next time.
        look: reads it.
        problem: what is known to be wrong with it.
    """

    origin: str
    look: Callable[[], Found] = field(compare=False)
    problem: str = ""


PageItem = Callable[[str], Item]
"""Makes a source of the address of a web page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What sources come to.

    Attributes:
        items: what may become articles, each once.
        passed_over: how many files in the folders are of other kinds, by suffix in small letters; most first.
    """

    items: tuple[Item, ...]
    passed_over: dict[str, int]


def listed(sources: Sequence[Source], page: PageItem | None = None) -> Listing:
    """Find what can be added; what is wrong with a source is raised when its item is looked at.

    Args:
        sources: files, folders, addresses of web pages, files that list such addresses, or articles.
        page: makes an item of an address; None where only files are wanted.
    """
    items: list[Item] = []
    passed_over: set[Path] = set()
    for source in sources:
        try:
            items.extend(_items(source, passed_over, page))
        except ArticleError as problem:
            items.append(_failing(_name(source), problem))
    kinds = Counter(path.suffix.lower() for path in sorted(passed_over))
    return Listing(tuple(dict.fromkeys(items)), dict(kinds.most_common()))


def origin_of(source: str | Path) -> str:
    """What makes a source the same one next time: its address, or its path however it was written.

    Raises:
        ArticleError: the name is empty, or cannot be that of a file.
    """
    return storable(str(source if _is_address(source) else _resolved(source)))


def storable(name: str) -> str:
    """A name in well-formed Unicode: that of a file may hold any bytes, which each keep a form of their own."""
    return name.encode("utf-8", "backslashreplace").decode()


def _items(source: Source, passed_over: set[Path], page: PageItem | None) -> Iterator[Item]:
    if isinstance(source, Article):
        yield Item(_article_origin(sound(source)), partial(given, source))
    elif page is not None and _is_address(source):
        yield page(str(source))
    else:
        path = _resolved(source)
        urls = _addresses(path) if page is not None else ()
        yield from (page(url) for url in urls) if page is not None and urls else _files(path, passed_over)


def _addresses(path: Path) -> tuple[str, ...]:
    """The addresses in a file that lists them; only one that is named itself, as a folder may hold files of anybody."""
    if path.suffix.lower() not in _LISTS or not path.is_file():
        return ()
    try:
        return listed_addresses(read(path, limit=_LONGEST_LIST))
    except ArticleError:
        return ()  # what is wrong with it is told of the file itself


def _files(path: Path, passed_over: set[Path]) -> Iterator[Item]:
    problems: list[ArticleError] = []
    shelf = Shelf()
    for file in find(path, problems.append, passed_over.add):
        yield from shelf.items(file) if file.suffix.lower() in SEVERAL else (_item(file),)
    for problem in problems:
        yield _failing(str(path), problem)


def _resolved(name: str | Path) -> Path:
    if not str(name).strip():  # Path("") is the current folder, which nobody means who leaves a name empty
        raise ArticleError("A name is empty.", help="Name a file, a folder or an address.")
    try:
        return Path(name).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, a link in a circle, a NUL
        reason = str(error).rstrip(".")
        raise ArticleError(f"{printable(name)} cannot be read: {printable(reason)}.") from error


def _is_address(source: str | Path) -> bool:
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


def _item(path: Path) -> Item:
    return Item(storable(str(path)), partial(_file, path))


def _file(path: Path) -> Found:
    data = read(path)
    return Found(content_hash(data), lambda: sound(_well_named(parse(data, path=path))))


class Shelf:
    """Files that hold several articles: their members as items, with one file and one member in memory at a time.

    Items are mostly looked at in the order in which they were listed, so the file that is open goes on where it is.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._parts: Iterator[Part] = iter(())

    def items(self, path: Path) -> Iterator[Item]:
        """List the members; a file that cannot be parted is one item, whose problem is raised when it is looked at."""
        try:
            for part in unpack(read(path), path):
                yield Item(storable(part.origin), partial(self._look, path, part.name))
        except ArticleError as problem:
            yield _failing(str(path), problem)

    def _look(self, path: Path, name: str) -> Found:
        part = self._next(name) if path == self._path else None
        if part is None:
            self._path, self._parts = path, unpack(read(path), path)
            part = self._next(name)
        if part is None:
            raise ArticleError(f"{printable(path)} holds {printable(name)} no longer.")
        if part.problem:
            raise part.problem
        return Found(content_hash(part.data), lambda: sound(_well_named(part.article())))

    def _next(self, name: str) -> Part | None:
        return next((part for part in self._parts if part.name == name), None)


def _well_named(article: Article) -> Article:
    return replace(article, title=storable(article.title), path=article.path and storable(article.path))


def given(article: Article) -> Found:
    """An article as a source; it has changed when anything that it says of itself has."""
    nameless = replace(article, id="")
    return Found(content_hash(repr(nameless).encode("utf-8", "surrogatepass")), lambda: nameless)


def sound(article: Article) -> Article:
    """The article, if all its words can be written down."""
    named = (article.id, article.title, article.date, article.source, article.language, article.url, article.path)
    headings = (section.heading for section in article.sections)
    try:
        for words in (article.text, *named, *headings):
            (words or "").encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"The article {printable(article.title)} holds half a character: {printable(error)}.",
            help="Decode its text anew, without errors='surrogateescape'.",
        ) from error
    return article


def _article_origin(article: Article) -> str:
    if article.path:
        return origin_of(article.path)
    if article.url:
        return article.url
    return f"article:{article.id or content_hash(article.text.encode())}"


def _name(source: Source) -> str:
    if isinstance(source, Article):
        return source.path or source.url or f"article:{source.id or source.title}"
    return str(source)


def _failing(name: str, problem: ArticleError) -> Item:
    return Item(storable(name), partial(_fail, problem), str(problem))


def _fail(problem: ArticleError) -> NoReturn:
    raise problem
