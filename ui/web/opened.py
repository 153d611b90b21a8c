"""Which conversation a page has open: its tab remembers it, so that the page can be loaded anew.

The tab, not the user: two windows that went on with one conversation would make two of it.
"""

import gradio as gr

from ui.web.context import Update
from ui.web.exchange import Conversation
from ui.web.templates import script

REMEMBERED = "() => [sessionStorage.getItem('conversation') ?? '']"
"""What an event does in the browser to be given the id that its tab remembers, in the place of its first input."""


class Opened:
    """Tells the tab the id of the conversation that is open; shows nothing. Made anywhere in the page."""

    def __init__(self) -> None:
        self.id = gr.HTML("", elem_id="opened", js_on_load=script("opened.js"), apply_default_css=False)

    def told(self, conversation: Conversation) -> Update:
        """The conversation that is open now."""
        return {self.id: conversation.id}
