"""The page: its head and three places, and what they tell each other."""

from functools import partial

import gradio as gr

from ui.web.articles import ArticlesPlace
from ui.web.chat import ChatPlace
from ui.web.context import Context, Shared
from ui.web.format import masthead_html, reading_html
from ui.web.settings import SettingsPlace

_LOOK_S = 3.0  # between two looks at how far the library has come


def build(context: Context) -> gr.Blocks:
    """The page around a library; starting it is `serve.launch`'s business.

    Args:
        context: what all browsers share.
    """
    with gr.Blocks(title="Dossier", analytics_enabled=False, fill_width=True) as page:
        shared = Shared.made()
        with gr.Row(elem_id="masthead"):
            masthead = gr.HTML(js_on_load=None, apply_default_css=False)
            reading = gr.HTML(elem_id="reading", js_on_load=None, apply_default_css=False)
        with gr.Tabs(elem_id="places"):
            with gr.Tab("Chat", elem_id="chat"):
                chat = ChatPlace(context, shared)
            with gr.Tab("Articles", elem_id="articles"):
                articles = ArticlesPlace(context, shared)
            with gr.Tab("Settings", elem_id="settings"):
                settings = SettingsPlace(context, shared)
        chat.connect(page)
        articles.connect()
        settings.connect()
        at_once = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        page.load(partial(_head, context), None, [masthead], **at_once)
        gr.Timer(_LOOK_S).tick(partial(_reading, context), None, [reading], **at_once)
    return page


def _head(context: Context) -> str:
    """The library may have grown since the page was last opened."""
    return masthead_html(context.library.folder.name, len(context.library.articles()))


def _reading(context: Context) -> str:
    """How far the model has read ahead, which changes while nobody does anything."""
    return reading_html(context.library.reading_ahead)
