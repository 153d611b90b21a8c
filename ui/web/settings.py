"""The place that shows and sets what the user can choose."""

from ui.web.context import Context, Shared, Update


class SettingsPlace:
    """Made inside its open tab.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._context = context
        self._shared = shared

    def connect(self) -> None:
        """Say what happens when."""

    def texts(self, language: str) -> Update:
        """The words of this place in a language."""
        del language
        return {}
