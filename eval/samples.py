"""The sample articles by the names of their files, as the sets of this package speak of them."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from documents import Article, Passage, find, parse, read
from documents.errors import ArticleError

SAMPLE_ARTICLES = Path(str(files("documents"))) / "samples"


def load_articles(folder: Path = SAMPLE_ARTICLES) -> dict[str, Article]:
    """Every article of a folder, by the name of its file, which is its id too.

    Raises:
        ArticleError: a file cannot be read.
    """
    return {path.name: replace(parse(read(path), path=path), id=path.name) for path in find(folder, on_problem=_refuse)}


def passage_of(article: Article, quote: str) -> Passage:
    """The place of a quote in its article, the first one.

    Raises:
        ValueError: it does not stand there to the letter.
    """
    start = article.text.find(quote)
    if start < 0 or not quote:
        raise ValueError(f"{article.id} does not hold {quote!r}")
    return Passage(article, start, start + len(quote))


def _refuse(problem: ArticleError) -> None:
    raise problem
