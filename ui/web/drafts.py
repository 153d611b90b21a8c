"""The sentences that are being written just now, for the pages that show them.

A draft grows with every word. It goes to its page beside Gradio's events: of those, each would bring the whole answer
again, and a page that is busy with them shows no letter that is typed.
"""

from collections.abc import Awaitable, Callable
from typing import Any


class Drafts:
    """The newest draft of each answer that grows. Threads may share it."""

    def __init__(self) -> None:
        self._newest: dict[str, dict[str, Any]] = {}

    def put(self, key: str, after: int, text: str) -> None:
        """Replace a draft by a later one.

        Args:
            key: of the answer; nobody else can guess it.
            after: how many sentences stand before it.
            text: as far as it is written.
        """
        self._newest[key] = {"after": after, "text": text}

    def drop(self, key: str) -> None:
        """Forget an answer, since it is over."""
        self._newest.pop(key, None)

    def asks(self) -> Callable[[Any], Awaitable[Any]]:
        """What a page asks for several times a second, by an answer's key: the newest draft, None when it is over.

        It is answered at once, since a browser has few connections for all of its tabs; and in the event loop, since
        the threads may all be waiting for their turn.
        """

        async def draft(key: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever a browser sends; see above
            return self._newest.get(str(key))

        return draft
