"""The place where questions are asked: its parts, and what happens when.

What a question goes through is the library's business; here its events become growing updates of the page.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from ui.web.answering import answer
from ui.web.context import Context, Shared, Update
from ui.web.exchange import Conversation
from ui.web.format import ASSETS, exchange_html, sources_html, welcome_html


class ChatPlace:
    """Conversation and reader; made inside its open tab.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._library = context.library
        self._shared = shared
        self._conversation = gr.State(Conversation())
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", scale=3, min_width=280):
                self._anew = gr.Button("New conversation", elem_id="anew", size="sm", scale=0)
                with gr.Column(elem_id="conversation"):
                    self._past = gr.HTML(elem_id="past", js_on_load=None, apply_default_css=False)
                    self._now = gr.HTML(elem_id="now", js_on_load=None, apply_default_css=False)
                with gr.Row(elem_id="composer"):
                    self._question = gr.Textbox(
                        placeholder="Ask your articles",
                        label="Question",
                        show_label=False,
                        container=False,
                        max_lines=6,
                        autofocus=True,
                        scale=1,
                        min_width=0,
                        elem_id="question",
                        html_attributes=gr.InputHTMLAttributes(autocorrect="off", spellcheck=False),
                    )
                    self._ask = gr.Button("Ask", variant="primary", elem_id="ask", scale=0, min_width=84)
                    self._stop = gr.Button("Stop", elem_id="stop", scale=0, min_width=84, visible=False)
            with gr.Column(elem_id="panel", scale=2, min_width=280):
                self._sources = gr.HTML(
                    sources_html([]),
                    elem_id="sources",
                    js_on_load=(ASSETS / "chat.js").read_text(encoding="utf-8"),
                    apply_default_css=False,
                )

    def connect(self, page: gr.Blocks) -> None:
        """Say what happens when. Answering waits in a queue of its own; everything else happens at once."""
        drawn = [self._past, self._now, self._sources, self._ask, self._stop]
        at_once: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        page.load(self._greet, None, [self._past], **at_once)
        asked = gr.on(
            [self._question.submit, self._ask.click],
            self._begin,
            [self._question, self._conversation],
            [self._question, *drawn],
            **at_once,
        )
        answering = asked.then(
            self._answer,
            [self._conversation],
            drawn,
            concurrency_limit=1,
            show_progress="hidden",
            api_visibility="private",
        )
        self._stop.click(self._halt, [self._conversation], drawn, cancels=[answering], **at_once)
        self._anew.click(self._reset, None, [self._conversation, *drawn], cancels=[answering], **at_once)

    def _greet(self) -> Update:
        """What a page shows that was just opened; the library may have grown since the last one."""
        return {self._past: welcome_html(len(self._library.articles()))}

    def _begin(self, question: str, conversation: Conversation) -> Update:
        """Show the question at once, however long the ones before it take."""
        if conversation.busy:
            return {self._ask: gr.skip()}
        conversation.ask(question.strip())
        return {self._question: "", **self._everything(conversation)}

    def _answer(self, conversation: Conversation) -> Iterator[Update]:
        """Let the answer grow on the page."""
        exchange = conversation.last
        if exchange is None or exchange.over:
            yield {self._ask: gr.skip()}
            return
        try:
            stopped = partial(_is_stopped, conversation, exchange.number)
            for grown in answer(self._library, exchange, conversation.history(), stopped):
                conversation.put(grown)
                yield self._newest(conversation, with_sources=not grown.draft)
        finally:
            # Nothing to do after a whole answer; else the browser is gone or wants no more.
            conversation.stop(exchange.number)

    def _halt(self, conversation: Conversation) -> Update:
        conversation.stop()
        return self._everything(conversation)

    def _reset(self) -> Update:
        conversation = Conversation()
        return {
            self._conversation: conversation,
            **self._everything(conversation),
            self._past: self._greet()[self._past],
        }

    def _everything(self, conversation: Conversation) -> Update:
        """The page redrawn, with the exchanges that are over moved out of the part that grows."""
        past = "".join(exchange_html(exchange) for exchange in conversation.exchanges[:-1])
        return {self._past: past, **self._newest(conversation, with_sources=True)}

    def _newest(self, conversation: Conversation, *, with_sources: bool) -> Update:
        """What can change while an answer grows; the sources do not with every word."""
        last = conversation.last
        update: Update = {
            self._now: exchange_html(last) if last else "",
            self._ask: gr.Button(visible=not conversation.busy),
            self._stop: gr.Button(visible=conversation.busy),
        }
        if with_sources:
            update[self._sources] = sources_html(conversation.exchanges)
        return update


def _is_stopped(conversation: Conversation, number: int) -> bool:
    return not conversation.grows(number)
