"""Every error that Dossier raises on purpose, one short tree.

    DossierError
    ├── ArticleError        a file or page cannot become an article
    ├── ModelError          a model cannot be found, fetched or loaded
    │   ├── FetchError          its bytes could not be had (network, disk)
    │   └── HashMismatch        its bytes are not the ones the catalogue names
    ├── LibraryError        the library cannot do what was asked
    │   ├── LibraryBusy         another process is writing
    │   ├── LibraryDamaged      what is stored contradicts itself
    │   ├── LibraryEmpty        there is nothing to ask yet
    │   └── EmbeddingMismatch   made with another embedding model
    └── QuestionError       the question is empty or too long

An abstention ("the articles do not say") is an answer, never an error. The tree stands at the bottom of
the import order so that every package can raise from it; `rag` exports it to users.
"""


class DossierError(Exception):
    """Something that a user can act on.

    Args:
        message: what happened, with the values that disagree.
        help: what to do about it.
    """

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users know
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message} {self.help}".strip()


class ArticleError(DossierError):
    """A file or page that cannot become an article."""


class ModelError(DossierError):
    """A model that cannot be found, fetched or loaded."""


class FetchError(ModelError):
    """Bytes that could not be had: no network, no such file, no room on the disk."""


class HashMismatch(ModelError):  # noqa: N818 - it says what is so
    """Bytes that are not the ones the catalogue names."""


class LibraryError(DossierError):
    """A library that cannot do what was asked."""


class LibraryBusy(LibraryError):  # noqa: N818 - it says what is so
    """Another process is writing to the library."""


class LibraryDamaged(LibraryError):  # noqa: N818 - it says what is so
    """What is stored contradicts itself."""


class LibraryEmpty(LibraryError):  # noqa: N818 - it says what is so
    """There is nothing to ask yet."""


class EmbeddingMismatch(LibraryError):  # noqa: N818 - it says what is so
    """The library was made with another embedding model."""


class QuestionError(DossierError):
    """A question that is empty or too long."""
