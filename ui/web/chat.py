"""The place where questions are asked: its parts, and what happens when.

What a question goes through is the library's business; here its events become growing updates of the page.
"""

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import gradio as gr

from rag import Filters
from ui.web.context import AT_ONCE, UNSEEN, Context, Shared, Update, Who
from ui.web.conversing import Begun, Conversing
from ui.web.drawer import Drawer
from ui.web.exchange import Conversation
from ui.web.format import Look, deleted_html, editing_html, exchange_html, sending_html, sources_html, welcome_html
from ui.web.opened import Opened
from ui.web.reader import Reader
from ui.web.scope import ScopePicker
from ui.web.suggestions import Suggestions
from ui.web.templates import script
from ui.web.texts import Texts

_ALIVE_S = 1.0  # between two messages of an answer: only where there is one, Gradio notices that its browser is gone

Given = dict[Any, Any]
"""What components hold, by the component."""


class ChatPlace:
    """Conversations, the one that is open, and the reader; made inside its open tab.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._context = context
        self._shared = shared
        self._suggestions = Suggestions(context.library)
        self._conversing = Conversing(context)
        self._conversation = gr.State(Conversation())
        self._editing = gr.State(None)
        self._opened = Opened()
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="drawer", scale=0, min_width=0):
                self.drawer = Drawer(context, shared)
            with gr.Column(elem_id="talk", scale=3, min_width=0):
                self._listing = gr.Button("Conversations", elem_id="listing", size="sm")
                with gr.Column(elem_id="conversation"):
                    self._past = _html("past", "chat.js")
                    self._now = _html("now", "draft.js", self._conversing.drafts.asks())
                    self._sending = _html("sending", "sending.js")
                self._changes = _html("changes")
                self._scope = ScopePicker(context.library, shared)
                self._composer()
            with gr.Column(elem_id="panel", scale=2, min_width=0):
                self._sources = _html("sources", "sources.js")
                self.reader = Reader(context.library, elem_id="reader")
        self._drawn = [self._past, self._now, self._sources, self._ask, self._stop, self._opened.id]

    def _composer(self) -> None:
        with gr.Row(elem_id="composer"):
            self._question = gr.Textbox(
                "",
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

    def connect(self) -> None:
        """Say what happens when. Only answering takes long."""
        one, drawer = [self._conversation], self.drawer
        kept = [*one, drawer.search]
        grown = [*self._drawn, drawer.list]
        # Asking waits for its turn by itself, not in Gradio's queue; and the next question may come before the last
        # step of one that was left.
        growing = {"concurrency_limit": None, "trigger_mode": "multiple", **UNSEEN}
        asked = gr.on(
            [self._question.submit, self._ask.click],
            self._asked,
            {self._question, self._editing, self._shared.scope, *kept},
            [self._editing, self._changes, drawer.notice, *grown],
            js=_tells("asked"),
            **growing,
        )
        for ending in (asked.then, asked.failure):
            ending(None, None, None, js=_tells("over"), **AT_ONCE)
        self._past.again(self._again, {*kept}, grown, **growing)
        self._stop.click(self._halt, kept, grown, **AT_ONCE)
        self._past.edit(self._edit, one, [self._question, self._editing, self._changes], **AT_ONCE)
        self._past.unedit(self._unedit, None, [self._question, self._editing, self._changes], **AT_ONCE)
        self._past.judge(self._judge, one, self._drawn, **AT_ONCE)
        opened = [self._editing, self._changes, self._shared.scope, self._scope.bar, drawer.list, *self._drawn]
        drawer.anew.click(self._anew, kept, [drawer.notice, *opened], **AT_ONCE)
        drawer.list.open(self._open, kept, opened, **AT_ONCE)
        drawer.list.delete(self._delete, kept, [drawer.notice, *opened], **AT_ONCE)
        drawer.connect(self._conversation)
        self._scope.connect()

    def reopening(self) -> tuple[list[gr.components.Component], list[gr.components.Component]]:
        """What `reopen` needs, first the id that the tab remembers, and fills."""
        return [self._opened.id, self._conversation], [self._shared.scope]

    def reopen(self, remembered: str, conversation: Conversation, who: Who) -> Update:
        """Take up the conversation again that was open before the page was loaded anew; `greet` draws it."""
        kept = self._conversing.kept(who).load(remembered)
        if kept is not None:
            self._conversing.open(conversation, kept, who)
        return {self._shared.scope: conversation.scope}

    def close(self, request: gr.Request) -> None:
        """A page is gone, or is about to be loaded anew: `reopen` finds what its answer came to."""
        self._conversing.close(request)

    def greeting(self) -> tuple[list[gr.components.Component], list[gr.components.Component]]:
        """What `greet` needs and fills."""
        known = [self._conversation, self.drawer.search, self._shared.scope]
        return known, [*self._drawn, self.drawer.list, self._scope.bar]

    def greet(self, conversation: Conversation, search: str, scope: Filters | None, request: gr.Request) -> Update:
        """The whole place drawn anew: a page that was just opened, or other words or preferences."""
        who = self._context.who(request)
        if conversation.busy:  # a growing answer draws itself: what is known of it here would come too late
            return self.drawer.listed(conversation, search, who.owner, who.language) | self._scope.drawn(
                scope, who.language
            )
        return self._drawn_anew(conversation, search, scope, who)

    def _drawn_anew(self, conversation: Conversation, search: str, scope: Filters | None, who: Who) -> Update:
        return self._listed(conversation, search, who) | self._scope.drawn(scope, who.language)

    def _listed(self, conversation: Conversation, search: str, who: Who) -> Update:
        return {
            **self._everything(conversation, who),
            **self.drawer.listed(conversation, search, who.owner, who.language),
        }

    def suggest_after(self, event: gr.events.Dependency) -> None:
        """Show questions to begin with once the page stands: finding them may take as long as a model is loaded."""
        event.then(self._suggest, [self._conversation], [self._past], **AT_ONCE)

    def texts(self, language: str) -> Update:
        """The words of this place in a language, beside those that `greet` draws."""
        t = Texts.of(language)
        return {
            self._question: gr.update(label=t("chat-question"), placeholder=t("chat-question-hint")),
            self._listing: gr.update(value=t("chat-list")),
            self._ask: gr.update(value=t("chat-ask")),
            self._stop: gr.update(value=t("chat-stop")),
            self._sending: sending_html(t),
            **self.drawer.texts(language),
            **self.reader.texts(language),
        }

    def _suggest(self, conversation: Conversation, request: gr.Request) -> Update:
        t = Texts.of(self._context.who(request).language)
        questions = self._suggestions.find(t)
        if conversation.exchanges or not questions:
            return {self._past: gr.skip()}
        return {self._past: welcome_html(len(self._context.library.articles()), questions, t)}

    def _asked(self, given: Given, request: gr.Request) -> Iterator[Update]:
        """Show the question at once, however long the ones before it take; then let its answer grow."""
        begun = self._conversing.ask(
            given[self._conversation],
            given[self._question].strip(),
            given[self._editing],
            given[self._shared.scope],
            request,
        )
        if begun is not None:
            emptied = {self._editing: None, self._changes: "", self.drawer.notice: ""}
            yield from self._grown(begun, given[self.drawer.search], emptied)

    def _again(self, given: Given, request: gr.Request) -> Iterator[Update]:
        conversation: Conversation = given[self._conversation]
        last = conversation.last
        if last is None:
            return
        begun = self._conversing.ask(conversation, last.question, last.number, conversation.scope, request)
        if begun is not None:
            yield from self._grown(begun, given[self.drawer.search], {})

    def _edit(self, conversation: Conversation, request: gr.Request, event: gr.EventData) -> Update:
        exchange = conversation.find(int(event.exchange))
        if exchange is None or conversation.busy:
            return {self._question: gr.skip()}
        told = editing_html(exchange.number, Texts.of(self._context.who(request).language))
        return {self._question: exchange.question, self._editing: exchange.number, self._changes: told}

    def _unedit(self) -> Update:
        return {self._question: "", self._editing: None, self._changes: ""}

    def _grown(self, begun: Begun, search: str, first: Update) -> Iterator[Update]:
        """Let the answer to the newest question grow on the page.

        Only what has changed is sent; the sentence that is being written, its page asks for itself.

        Args:
            begun: the question.
            search: what the list of conversations is searched for.
            first: what else is shown together with the question.
        """
        conversation, who, told = begun.conversation, begun.who, monotonic()
        with self._conversing.growing(begun) as steps:
            sent = self._everything(conversation, who)
            yield first | sent
            for grown in steps:
                news = {} if grown.draft else self._news(sent, conversation, who)
                sent |= news
                if grown.over:
                    yield news | self.drawer.listed(conversation, search, who.owner, who.language)
                    return
                if news or monotonic() - told > _ALIVE_S:
                    told = monotonic()
                    yield news or {self._now: gr.skip()}
            # Whoever left or stopped it has drawn the page anew, and a step that was under way may have come after.
            yield self._listed(conversation, search, who)

    def _news(self, sent: Update, conversation: Conversation, who: Who) -> Update:
        newest = self._newest(conversation, who)
        return {part: value for part, value in newest.items() if sent[part] != value}

    def _halt(self, conversation: Conversation, search: str, request: gr.Request) -> Update:
        who = self._context.who(request)
        self._conversing.stop(conversation, who)
        return self._listed(conversation, search, who)

    def _judge(self, conversation: Conversation, request: gr.Request, event: gr.EventData) -> Update:
        """Keep a thumb, and what was written about it."""
        who = self._context.who(request)
        thumb = {"up": True, "down": False}.get(event.thumb)
        self._conversing.judge(conversation, int(event.exchange), thumb, str(event.note), who)
        return self._everything(conversation, who)

    def _anew(self, conversation: Conversation, search: str, request: gr.Request) -> Update:
        who = self._context.who(request)
        self._conversing.open(conversation, Conversation(), who)
        return self._show(conversation, search, who) | {self.drawer.notice: ""}

    def _open(self, conversation: Conversation, search: str, request: gr.Request, event: gr.EventData) -> Update:
        who = self._context.who(request)
        kept = self._conversing.kept(who).load(str(event.id))
        self._conversing.open(conversation, kept or Conversation(), who)
        return self._show(conversation, search, who)

    def _delete(self, conversation: Conversation, search: str, request: gr.Request, event: gr.EventData) -> Update:
        who = self._context.who(request)
        kept = self._conversing.kept(who)
        gone = kept.load(str(event.id))
        if gone is None:
            return {self._ask: gr.skip()}
        if conversation.id == gone.id:
            self._conversing.open(conversation, Conversation(), who)
        kept.delete(gone.id)
        shown = self._show(conversation, search, who)
        return shown | {self.drawer.notice: deleted_html(gone.id, gone.title, Texts.of(who.language))}

    def _show(self, conversation: Conversation, search: str, who: Who) -> Update:
        """The conversation that is open now."""
        return {
            self._editing: None,
            self._changes: "",
            self._shared.scope: conversation.scope,
            **self._drawn_anew(conversation, search, conversation.scope, who),
        }

    def _everything(self, conversation: Conversation, who: Who) -> Update:
        """The conversation redrawn, with the exchanges that are over moved out of the part that grows."""
        look = _look(who)
        if conversation.exchanges:
            past = "".join(exchange_html(exchange, look, last=False) for exchange in conversation.exchanges[:-1])
        else:
            past = welcome_html(len(self._context.library.articles()), self._suggestions.known(look.t), look.t)
        return {self._past: past, **self._newest(conversation, who)}

    def _newest(self, conversation: Conversation, who: Who) -> Update:
        """What can change while an answer grows."""
        last, look = conversation.last, _look(who)
        return {
            self._now: exchange_html(last, look, key=conversation.key) if last else "",
            self._ask: gr.update(visible=not conversation.busy),
            self._stop: gr.update(visible=conversation.busy),
            self._sources: sources_html(conversation.exchanges, look.t),
            **self._opened.told(conversation),
        }


def _html(elem_id: str, name: str | None = None, *asked: Callable[[Any], Any]) -> gr.HTML:
    heard = None if name is None else script(name)
    return gr.HTML(elem_id=elem_id, js_on_load=heard, server_functions=[*asked], apply_default_css=False)


def _tells(what: str) -> str:
    """What an event does in the browser before it asks the server: sending.js hears it."""
    return f"(...given) => {{ document.dispatchEvent(new Event('dossier:{what}')); return given; }}"


def _look(who: Who) -> Look:
    return Look(Texts.of(who.language), strike=who.preferences.strictness == "strike")
