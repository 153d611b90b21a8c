"""The chat in the browser: the screen around a given library, and starting it on this machine.

What a question goes through is the library's business; here its events become growing updates of the page.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from rag import DossierError, Library, Turn
from ui.exchange import Conversation, Exchange, Problem
from ui.format import exchange_html, masthead_html, reading_html, sources_html, welcome_html
from ui.guard import HOST, middleware

ASSETS = Path(__file__).with_name("assets")

logger = logging.getLogger(__name__)

_UNEXPECTED = Problem(
    "Something went wrong that Dossier does not know about.",
    "The log in the terminal says what. You can go on asking.",
)

_LOOK_S = 3.0  # between two looks at how far the library has come

Update = dict[Any, Any]


class Screen:
    """The parts of the page and what fills them; made inside `gr.Blocks`.

    Args:
        library: answers the questions of all browsers, one at a time.
        page: the blocks that the parts stand in.
    """

    def __init__(self, library: Library, page: gr.Blocks) -> None:
        self._library = library
        self._conversation = gr.State(Conversation())
        with gr.Row(elem_id="masthead"):
            self._masthead = gr.HTML(js_on_load=None, apply_default_css=False)
            self._reading = gr.HTML(elem_id="reading", js_on_load=None, apply_default_css=False)
            self._anew = gr.Button("New conversation", elem_id="anew", size="sm", scale=0)
        with gr.Row(elem_id="places", equal_height=False):
            with gr.Column(elem_id="talk", scale=3, min_width=280):
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
        self._connect(page)

    def _connect(self, page: gr.Blocks) -> None:
        """Say what happens when. Answering waits in a queue of its own; everything else happens at once."""
        drawn = [self._past, self._now, self._sources, self._ask, self._stop]
        at_once: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        page.load(self._greet, None, [self._masthead, self._past], **at_once)
        gr.Timer(_LOOK_S).tick(self._look, None, [self._reading], **at_once)
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
        articles = len(self._library.articles())
        return {
            self._masthead: masthead_html(self._library.folder.name, articles),
            self._past: welcome_html(articles),
        }

    def _look(self) -> Update:
        """How far the model has read ahead, which changes while nobody does anything."""
        return {self._reading: reading_html(self._library.reading_ahead)}

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


def answer(
    library: Library, exchange: Exchange, history: Sequence[Turn], should_stop: Callable[[], bool]
) -> Iterator[Exchange]:
    """An exchange, again with each thing that becomes known; the last one is over, unless it was stopped.

    Args:
        library: answers.
        exchange: the question, not asked yet.
        history: the conversation before it.
        should_stop: whether nobody waits for the answer any more.
    """
    exchange = replace(exchange, begun=True)
    yield exchange
    try:
        for event in library.stream(exchange.question, history=history, should_stop=should_stop):
            exchange = exchange.after(event)
            yield exchange
    except DossierError as error:
        yield exchange.failed(Problem(error.message, error.help))
    except Exception:
        logger.exception("a question failed")
        yield exchange.failed(_UNEXPECTED)


def build(library: Library) -> gr.Blocks:
    """The page around a library; starting it is `launch`'s business."""
    with gr.Blocks(title="Dossier", analytics_enabled=False, fill_width=True) as page:
        Screen(library, page)
    return page


def launch(
    library: Library,
    *,
    port: int | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
    wait: bool = True,
) -> gr.Blocks:
    """Serve the chat on this machine, to this machine only.

    Args:
        library: what is asked.
        port: to listen on; None takes the first free one from 7860.
        open_browser: show the page when it is ready.
        on_ready: told the address when the page can be opened.
        wait: return only when the chat is stopped (Ctrl-C).

    Returns:
        The page; its `close()` stops the server.

    Raises:
        OSError: the port is taken.
    """
    _ask_this_machine_directly()
    library.read_ahead()
    page = build(library).queue(max_size=None)
    page.launch(
        server_name=HOST,
        server_port=port,
        share=False,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        footer_links=[],
        run_history=False,  # would keep every question in the browser's storage
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=[ASSETS / "chat.css", ASSETS / "sources.css"],
        app_kwargs={"middleware": middleware()},
    )
    if on_ready is not None:
        on_ready(page.local_url)
    if wait:
        page.block_thread()
    return page


def _ask_this_machine_directly() -> None:
    """Keep proxies out: Gradio asks its own address before it calls the page ready, and no proxy can reach it."""
    names = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")).split(",")
    direct = dict.fromkeys(filter(None, [*map(str.strip, names), HOST, "localhost"]))
    # A star means no proxy for anybody; urllib knows it only where it stands alone.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*" if "*" in direct else ",".join(direct)
