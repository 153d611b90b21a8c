"""The place that shows the articles, takes new ones, corrects and removes them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from rag import Filters
from ui.web.context import AT_ONCE, Context, Shared, Update
from ui.web.reader import Reader
from ui.web.shelf import Answer, Shelf
from ui.web.templates import macros, script
from ui.web.texts import Texts


class ArticlesPlace:
    """Made inside its open tab.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._shared = shared
        with gr.Row(elem_classes="articles-place", equal_height=False):
            with gr.Column(elem_id="shelf-column", scale=3, min_width=280):
                self.shelf = gr.HTML(
                    _shell("en"),
                    elem_id="shelf",
                    js_on_load=script("articles.js", "adding.js"),
                    server_functions=[_asks(Shelf(context.library))],
                    apply_default_css=False,
                )
            with gr.Column(elem_id="article-column", scale=2, min_width=280):
                self._reader = Reader(context.library, "article-reader", back="reader-close")

    def connect(self) -> None:
        """Say what happens when: articles that are picked are what the next question is asked of."""
        # Through the queue: Gradio tells nobody of a state that changed outside it.
        scope = [self._shared.scope]
        self.shelf.picked(_picked, scope, scope, **(AT_ONCE | {"queue": True}))

    def texts(self, language: str) -> Update:
        """The words of this place in a language."""
        return {self.shelf: _shell(language), **self._reader.texts(language)}


def _shell(language: str) -> str:
    return str(macros("articles.html").shell(Texts.of(language)))


def _picked(event: gr.EventData, scope: Filters | None) -> Filters:
    """The scope with the articles that were picked, in place of those that were picked before."""
    return replace(scope or Filters(), articles=tuple(map(str, event.ids)))


def _asks(shelf: Shelf) -> Callable[[Any], Answer]:
    """What the page calls; Gradio marks the function itself, which a method does not allow."""

    def ask(asked: Any) -> Answer:  # noqa: ANN401 - whatever a browser sends
        return shelf.asked(asked)

    return ask
