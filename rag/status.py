"""What a library holds, in numbers."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from embeddings import Fingerprint
from rag.folder import Folder
from rag.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds, and how much room it takes.

    Attributes:
        folder: where it is.
        articles: how many.
        passages: how many.
        languages: how many articles in each language, most first.
        store_bytes: size on disk of articles, passages, their vectors and words.
        index_bytes: size on disk of the vector index, which can always be made again.
        embedding: what made the vectors, None before the first article.
    """

    folder: Path
    articles: int
    passages: int
    languages: dict[str, int]
    store_bytes: int
    index_bytes: int
    embedding: Fingerprint | None


def status_of(folder: Folder, store: Store) -> Status:
    """Count what the store and the saved index of a library folder hold."""
    articles = store.articles()
    languages = Counter(article.language for article in articles)
    return Status(
        folder=folder.path,
        articles=len(articles),
        passages=sum(article.passages for article in articles),
        languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        store_bytes=store.size(),
        index_bytes=folder.index.stat().st_size if folder.index.exists() else 0,
        embedding=store.stamp().fingerprint,
    )
