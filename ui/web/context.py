"""What the places of the page have in common: the library behind them, and what they tell each other."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag import Database, Library
from ui.web.preferences import Preferences
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


@dataclass(frozen=True)
class Shared:
    """What the places of one browser share: components that hold a value each and show nothing.

    Attributes:
        language: of the interface, ISO 639-1.
        owner: who is signed in, "" without passwords.
        scope: `Filters` of the next question, None for all articles.
        preferences: what the owner set.
    """

    language: gr.State
    owner: gr.State
    scope: gr.State
    preferences: gr.State

    @classmethod
    def made(cls) -> "Shared":
        """The components, made inside `gr.Blocks`."""
        return cls(gr.State("en"), gr.State(""), gr.State(None), gr.State(Preferences()))
