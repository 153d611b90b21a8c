"""What the places of the page have in common: the library behind them, and what they tell each other."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag import Database, Library
from ui.web import preferences
from ui.web.preferences import Preferences
from ui.web.sign_in import owner_of
from ui.web.texts import preferred
from ui.web.turns import Turns

Update = dict[Any, Any]
"""New values, by the component that takes them."""

UNSEEN: dict[str, Any] = {"show_progress": "hidden", "show_progress_on": [], "api_visibility": "private"}
"""How events are connected: nothing of Gradio's own shows that one is under way.

Nothing, not only something hidden: with every message Gradio otherwise redraws each component that any event has filled
so far, which takes longer than the message itself.
"""

AT_ONCE: dict[str, Any] = {"queue": False, **UNSEEN}
"""How events are connected that wait for nothing."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever a request is from.

    Attributes:
        owner: who is signed in, "" without passwords.
        language: of the interface, ISO 639-1.
        preferences: what the owner set.
    """

    owner: str
    language: str
    preferences: Preferences


@dataclass(frozen=True)
class Context:
    """What all browsers share.

    Attributes:
        library: is asked and added to.
        memory: conversations and preferences.
        turns: the queue in front of the library's model.
    """

    library: Library
    memory: Database
    turns: Turns

    def who(self, request: gr.Request) -> Who:
        """Whoever a request is from: asked anew of each one, since what Gradio keeps of a page may be gone."""
        owner = owner_of(request)
        chosen = preferences.load(self.memory, owner)
        return Who(owner, chosen.language or preferred(request.headers.get("accept-language")), chosen)


@dataclass(frozen=True)
class Shared:
    """What the places of one browser share: components that hold a value each and show nothing.

    Attributes:
        language: of the interface, ISO 639-1.
        scope: `Filters` of the next question, None for all articles.
    """

    language: gr.State
    scope: gr.State

    @classmethod
    def made(cls) -> "Shared":
        """The components, made inside `gr.Blocks`."""
        return cls(gr.State("en"), gr.State(None))
