"""Libraries for an evaluation: of the sample articles, of any articles, kept as long as they are needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from documents import Article
from embeddings import Encoder
from eval.samples import SAMPLE_ARTICLES, real_articles
from rag import Generator, Library, PassageSize, Progress, SearchSettings


@contextmanager
def sample_library(generator: Generator | None = None) -> Iterator[Library]:
    """A library of the sample articles, and of the real ones when they are here; gone when it is closed.

    Made anew each time, in a quarter of a minute: so no article of an older version is ever asked.

    Args:
        generator: None takes the default one.
    """
    real = real_articles()
    with temporary_library(SAMPLE_ARTICLES, *([real] if real else []), generator=generator) as library:
        yield library


@contextmanager
def temporary_library(
    *sources: Path | Article, encoder: Encoder | None = None, generator: Generator | None = None
) -> Iterator[Library]:
    """A library of some articles, gone when it is closed.

    Raises:
        ArticleError: one of them cannot be added.
    """
    with (
        TemporaryDirectory(prefix="dossier-") as folder,
        library_in(Path(folder), *sources, encoder=encoder, generator=generator) as library,
    ):
        yield library


@contextmanager
def library_in(
    folder: Path,
    *sources: Path | Article,
    encoder: Encoder | None = None,
    generator: Generator | None = None,
    passages: PassageSize | None = None,
    search: SearchSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Library]:
    """A library of some articles in a folder; what is there already is not read again.

    Args:
        folder: of the library, created when missing.
        sources: files, folders and articles.
        encoder: None takes the one that made the library, or the default one.
        generator: None takes the default one.
        passages: how long passages are; None takes the usual length.
        search: how they are ranked; None takes the usual way.
        progress: told of each article.

    Raises:
        ArticleError: one of them cannot be added.
    """
    with Library.open(
        folder,
        encoder=encoder,
        generator=generator,
        passages=passages or PassageSize(),
        search=search or SearchSettings(),
    ) as library:
        report = library.add(*sources, progress=progress)
        if report.problems:
            raise report.problems[0]
        yield library
