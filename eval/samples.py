"""The sample articles by the names of their files, as the sets of this package speak of them, and others to add."""

import os
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from documents import Article, ArticleError, Passage, find, parse, read

SAMPLE_ARTICLES = Path(str(files("documents"))) / "samples"
FOLDER_VARIABLE = "DOSSIER_ARTICLES"
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "articles"


def real_articles() -> Path | None:
    """The folder of the articles that are not part of the project; None when it is not here.

    It is named in DOSSIER_ARTICLES; without that, it is `shared/data/articles` beside the project.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named).expanduser() if named else DEFAULT_FOLDER
    return folder if folder.is_dir() else None


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
