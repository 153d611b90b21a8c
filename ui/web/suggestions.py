"""Questions to begin with, taken from the articles' own content, without asking a model."""

from rag import Library
from ui.web.texts import Texts


class Suggestions:
    """Questions that the articles of a library answer.

    Args:
        library: has the articles.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def questions(self, t: Texts) -> tuple[str, ...]:
        """Some questions; none while there are no articles."""
        del t
        return ()
