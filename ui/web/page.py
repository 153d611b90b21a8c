"""The page: its head and three places, and what they tell each other."""

from typing import Any

import gradio as gr

from ui.web.articles import ArticlesPlace
from ui.web.chat import ChatPlace
from ui.web.context import AT_ONCE, Context, Shared, Update
from ui.web.exchange import Conversation
from ui.web.format import banner_html, masthead_html, reading_html
from ui.web.opened import REMEMBERED
from ui.web.settings import SettingsPlace
from ui.web.templates import script
from ui.web.texts import Texts

_LOOK_S = 3.0  # between two looks at how far the library has come


class Page:
    """Everything that one browser shows; made inside `gr.Blocks`.

    Args:
        context: what all browsers share.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._shared = Shared.made()
        with gr.Row(elem_id="masthead"):
            self._head = gr.HTML(elem_id="head", js_on_load=script("page.js"), apply_default_css=False)
            self._reading = gr.HTML(elem_id="reading", js_on_load=None, apply_default_css=False)
        self._banner = gr.HTML(elem_id="banner", js_on_load=None, apply_default_css=False)
        with gr.Tabs(elem_id="places"):
            with gr.Tab("Chat", elem_id="chat") as self._chat_tab:
                self._chat = ChatPlace(context, self._shared)
            with gr.Tab("Articles", elem_id="articles") as self._articles_tab:
                self._articles = ArticlesPlace(context, self._shared)
            with gr.Tab("Settings", elem_id="settings") as self._settings_tab:
                self._settings = SettingsPlace(context, self._shared)

    def connect(self, page: gr.Blocks) -> None:
        """Say what happens when: first who asks and in which language is found out, then all words are put there."""
        shared = self._shared
        self._chat.connect()
        self._articles.connect()
        chosen = self._settings.connect()
        needed, filled = self._chat.reopening()
        known = page.load(self._meet, needed, [shared.language, *filled], js=REMEMBERED, **AT_ONCE)
        page.unload(self._chat.close)
        for event in (known, chosen):
            worded = event.then(self._texts, [shared.language], [*self._texts("en")], **AT_ONCE)
            for place in (self._chat, self._settings):
                needed, filled = place.greeting()
                greeted = worded.then(place.greet, needed, filled, **AT_ONCE)
                if place is self._chat:
                    self._chat.suggest_after(greeted)
        # Articles that were added or removed change the count, and what a chat without questions says.
        self._articles.shelf.changed(self._count, [shared.language], [self._head], **AT_ONCE)
        needed, filled = self._chat.greeting()
        self._chat_tab.select(self._chat.greet, needed, filled, **AT_ONCE)
        gr.Timer(_LOOK_S).tick(self._look, [shared.language], [self._reading, self._banner], **AT_ONCE)

    def _meet(self, remembered: str, conversation: Conversation, request: gr.Request) -> Update:
        """The language of the interface, for who opened the page, and the conversation that was open in its place."""
        who = self._context.who(request)
        return {self._shared.language: who.language, **self._chat.reopen(remembered, conversation, who)}

    def _texts(self, language: str) -> dict[Any, Any]:
        """All words of the page, by the component that shows them; the library may have grown since it was opened."""
        t = Texts.of(language)
        return {
            **self._count(language),
            **self._look(language),
            self._chat_tab: gr.update(label=t("page-chat")),
            self._articles_tab: gr.update(label=t("page-articles")),
            self._settings_tab: gr.update(label=t("page-settings")),
            **self._chat.texts(language),
            **self._articles.texts(language),
            **self._settings.texts(language),
        }

    def _count(self, language: str) -> Update:
        """How many articles the library has."""
        library = self._context.library
        return {self._head: masthead_html(library.folder.name, len(library.articles()), Texts.of(language))}

    def _look(self, language: str) -> Update:
        """What the model is doing and how far it has read ahead, which changes while nobody does anything."""
        t, library = Texts.of(language), self._context.library
        return {
            self._reading: reading_html(library.reading_ahead, t),
            self._banner: banner_html(library.running, t),
        }


def build(context: Context) -> gr.Blocks:
    """The page around a library; starting it is `serve.launch`'s business.

    Args:
        context: what all browsers share.
    """
    with gr.Blocks(title="Dossier", analytics_enabled=False, fill_width=True) as page:
        Page(context).connect(page)
    return page
