"""The place where questions are asked: its parts, and what happens when.

What a question goes through is the library's business; here its events become growing updates of the page.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import gradio as gr

from rag import Filters
from ui.web.answering import Asked, answer
from ui.web.context import AT_ONCE, Context, Shared, Update
from ui.web.conversations import Conversations
from ui.web.drawer import Drawer
from ui.web.exchange import Conversation
from ui.web.format import Look, deleted_html, editing_html, exchange_html, sources_html, welcome_html
from ui.web.preferences import Preferences
from ui.web.reader import Reader
from ui.web.scope import ScopePicker
from ui.web.suggestions import Suggestions
from ui.web.templates import ASSETS
from ui.web.texts import Texts


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
        self._conversation = gr.State(Conversation())
        self._editing = gr.State(None)
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="drawer", scale=0, min_width=0):
                self.drawer = Drawer(context, shared)
            with gr.Column(elem_id="talk", scale=3, min_width=0):
                self._listing = gr.Button("Conversations", elem_id="listing", size="sm")
                with gr.Column(elem_id="conversation"):
                    self._past = _html("past", "chat.js")
                    self._now = _html("now")
                self._changes = _html("changes")
                self._scope = ScopePicker(context.library, shared)
                self._composer()
            with gr.Column(elem_id="panel", scale=2, min_width=0):
                self._sources = _html("sources", "sources.js")
                self.reader = Reader(context.library, elem_id="reader")
        self._drawn = [self._past, self._now, self._sources, self._ask, self._stop]

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
        """Say what happens when. Only answering takes long: it waits for its turn by itself, not in Gradio's queue."""
        one, person = [self._conversation], [self._shared.language, self._shared.preferences]
        owner = [self._shared.owner]
        drawer = self.drawer
        asking = {
            "fn": self._begin,
            "inputs": [self._question, *one, self._editing, self._shared.scope, *person],
            "outputs": [self._question, self._editing, self._changes, drawer.notice, *self._drawn],
        }
        asked = gr.on([self._question.submit, self._ask.click], **asking, **AT_ONCE)
        again = self._past.again(self._again, [*one, *person], self._drawn, **AT_ONCE)
        for event in (asked, again):
            event.success(
                self._answer,
                [*one, *person, *owner, drawer.search],
                [*self._drawn, drawer.list],
                concurrency_limit=None,
                trigger_mode="multiple",  # the next question may come before the last step of one that was left
                show_progress="hidden",
                api_visibility="private",
            )
        self._stop.click(
            self._halt,
            [*one, *person, *owner, drawer.search],
            [*self._drawn, drawer.list],
            **AT_ONCE,
        )
        self._past.edit(
            self._edit, [*one, self._shared.language], [self._question, self._editing, self._changes], **AT_ONCE
        )
        self._past.unedit(self._unedit, None, [self._question, self._editing, self._changes], **AT_ONCE)
        self._past.judge(self._judge, [*one, *person, *owner], self._drawn, **AT_ONCE)
        opened = [self._editing, self._changes, self._shared.scope, self._scope.bar, drawer.list, *self._drawn]
        known = [*one, drawer.search, *person, *owner]
        drawer.anew.click(self._anew, known, [drawer.notice, *opened], **AT_ONCE)
        drawer.list.open(self._open, known, opened, **AT_ONCE)
        drawer.list.delete(self._delete, known, [drawer.notice, *opened], **AT_ONCE)
        drawer.connect(self._conversation)
        self._scope.connect()

    def greeting(self) -> tuple[list[gr.State], list[gr.components.Component]]:
        """What `greet` needs and fills."""
        shared = self._shared
        known = [
            self._conversation,
            self.drawer.search,
            shared.language,
            shared.preferences,
            shared.owner,
            shared.scope,
        ]
        return known, [*self._drawn, self.drawer.list, self._scope.bar]

    def greet(
        self,
        conversation: Conversation,
        search: str,
        language: str,
        preferences: Preferences,
        owner: str,
        scope: Filters | None,
    ) -> Update:
        """The whole place drawn anew: a page that was just opened, or other words or preferences."""
        drawn = self._listed(conversation, search, language, preferences, owner)
        return drawn | self._scope.drawn(scope, language)

    def _listed(
        self, conversation: Conversation, search: str, language: str, preferences: Preferences, owner: str
    ) -> Update:
        return {
            **self._everything(conversation, language, preferences),
            **self.drawer.listed(conversation, search, owner, language),
        }

    def suggest_after(self, event: gr.events.Dependency) -> None:
        """Show questions to begin with once the page stands: finding them may take as long as a model is loaded."""
        event.then(self._suggest, [self._conversation, self._shared.language], [self._past], **AT_ONCE)

    def texts(self, language: str) -> Update:
        """The words of this place in a language, beside those that `greet` draws."""
        t = Texts.of(language)
        return {
            self._question: gr.update(label=t("chat-question"), placeholder=t("chat-question-hint")),
            self._listing: gr.update(value=t("chat-list")),
            self._ask: gr.update(value=t("chat-ask")),
            self._stop: gr.update(value=t("chat-stop")),
            **self.drawer.texts(language),
            **self.reader.texts(language),
        }

    def _suggest(self, conversation: Conversation, language: str) -> Update:
        t = Texts.of(language)
        questions = self._suggestions.find(t)
        if conversation.exchanges or not questions:
            return {self._past: gr.skip()}
        return {self._past: welcome_html(len(self._context.library.articles()), questions, t)}

    def _begin(
        self,
        question: str,
        conversation: Conversation,
        editing: int | None,
        scope: Filters | None,
        language: str,
        preferences: Preferences,
    ) -> Update:
        """Show the question at once, however long the ones before it take."""
        if conversation.busy:
            return {self._ask: gr.skip()}
        conversation.scope = scope
        conversation.ask(question.strip(), instead_of=editing)
        drawn = self._everything(conversation, language, preferences)
        return {self._question: "", self._editing: None, self._changes: "", self.drawer.notice: "", **drawn}

    def _again(self, conversation: Conversation, language: str, preferences: Preferences) -> Update:
        last = conversation.last
        if last is not None and last.over:
            conversation.ask(last.question, instead_of=last.number)
        return self._everything(conversation, language, preferences)

    def _edit(self, conversation: Conversation, language: str, event: gr.EventData) -> Update:
        exchange = conversation.find(int(event.exchange))
        if exchange is None or conversation.busy:
            return {self._question: gr.skip()}
        told = editing_html(exchange.number, Texts.of(language))
        return {self._question: exchange.question, self._editing: exchange.number, self._changes: told}

    def _unedit(self) -> Update:
        return {self._question: "", self._editing: None, self._changes: ""}

    def _answer(
        self,
        conversation: Conversation,
        language: str,
        preferences: Preferences,
        owner: str,
        search: str,
        request: gr.Request,
    ) -> Iterator[Update]:
        """Let the answer grow on the page."""
        exchange = conversation.last
        if exchange is None or exchange.over:
            yield {self._ask: gr.skip()}
            return
        kept = Conversations(self._context.memory, owner)
        asked = Asked(
            exchange,
            conversation.history(),
            preferences.passages,
            preferences.length,
            str(request.session_hash),
            Texts.of(language),
        )
        mine = conversation.rounds
        left = partial(_is_left, conversation, mine)
        try:
            with closing(answer(self._context.library, self._context.turns, asked, left)) as growing:
                for grown in growing:
                    if left():
                        break
                    conversation.put(grown)
                    update = self._newest(conversation, language, preferences, with_sources=not grown.draft)
                    if grown.over:
                        kept.keep(conversation, grown)
                        yield update | self.drawer.listed(conversation, search, owner, language)
                        return
                    yield update
            # Whoever left or stopped it has drawn the page anew, and a step that was under way may have come after.
            yield self._listed(conversation, search, language, preferences, owner)
        finally:
            if conversation.grows(mine):  # the browser is gone
                conversation.stop()
                kept.keep(conversation, conversation.exchanges[-1])

    def _halt(
        self, conversation: Conversation, language: str, preferences: Preferences, owner: str, search: str
    ) -> Update:
        if conversation.busy:
            conversation.stop()
            Conversations(self._context.memory, owner).keep(conversation, conversation.exchanges[-1])
        return self._listed(conversation, search, language, preferences, owner)

    def _judge(
        self, conversation: Conversation, language: str, preferences: Preferences, owner: str, event: gr.EventData
    ) -> Update:
        """Keep a thumb, and what was written about it."""
        thumb = {"up": True, "down": False}.get(event.thumb)
        judged = conversation.judge(int(event.exchange), thumb=thumb, note=str(event.note))
        if judged is not None:
            Conversations(self._context.memory, owner).rewrite(conversation, judged)
        return self._everything(conversation, language, preferences)

    def _anew(
        self, conversation: Conversation, search: str, language: str, preferences: Preferences, owner: str
    ) -> Update:
        self._leave(conversation, owner)
        conversation.become(Conversation())
        return self._show(conversation, search, language, preferences, owner) | {self.drawer.notice: ""}

    def _open(
        self,
        conversation: Conversation,
        search: str,
        language: str,
        preferences: Preferences,
        owner: str,
        event: gr.EventData,
    ) -> Update:
        self._leave(conversation, owner)
        conversation.become(Conversations(self._context.memory, owner).load(str(event.id)) or Conversation())
        return self._show(conversation, search, language, preferences, owner)

    def _delete(
        self,
        conversation: Conversation,
        search: str,
        language: str,
        preferences: Preferences,
        owner: str,
        event: gr.EventData,
    ) -> Update:
        kept = Conversations(self._context.memory, owner)
        gone = kept.load(str(event.id))
        if gone is None:
            return {self._ask: gr.skip()}
        if conversation.id == gone.id:
            self._leave(conversation, owner)
            conversation.become(Conversation())
        kept.delete(gone.id)
        shown = self._show(conversation, search, language, preferences, owner)
        return shown | {self.drawer.notice: deleted_html(gone.id, gone.title, Texts.of(language))}

    def _leave(self, conversation: Conversation, owner: str) -> None:
        """Keep what there is of an answer that nobody waits for any more."""
        if conversation.busy:
            conversation.stop()
            Conversations(self._context.memory, owner).keep(conversation, conversation.exchanges[-1])

    def _show(
        self, conversation: Conversation, search: str, language: str, preferences: Preferences, owner: str
    ) -> Update:
        """The conversation that is open now."""
        return {
            self._editing: None,
            self._changes: "",
            self._shared.scope: conversation.scope,
            **self.greet(conversation, search, language, preferences, owner, conversation.scope),
        }

    def _everything(self, conversation: Conversation, language: str, preferences: Preferences) -> Update:
        """The conversation redrawn, with the exchanges that are over moved out of the part that grows."""
        look = _look(language, preferences)
        if conversation.exchanges:
            past = "".join(exchange_html(exchange, look, last=False) for exchange in conversation.exchanges[:-1])
        else:
            past = welcome_html(len(self._context.library.articles()), self._suggestions.known(look.t), look.t)
        return {self._past: past, **self._newest(conversation, language, preferences, with_sources=True)}

    def _newest(
        self, conversation: Conversation, language: str, preferences: Preferences, *, with_sources: bool
    ) -> Update:
        """What can change while an answer grows; the sources do not with every word."""
        last, look = conversation.last, _look(language, preferences)
        update: Update = {
            self._now: exchange_html(last, look) if last else "",
            self._ask: gr.update(visible=not conversation.busy),
            self._stop: gr.update(visible=conversation.busy),
        }
        if with_sources:
            update[self._sources] = sources_html(conversation.exchanges, look.t)
        return update


def _html(elem_id: str, script: str | None = None) -> gr.HTML:
    heard = None if script is None else (ASSETS / script).read_text(encoding="utf-8")
    return gr.HTML(elem_id=elem_id, js_on_load=heard, apply_default_css=False)


def _look(language: str, preferences: Preferences) -> Look:
    return Look(Texts.of(language), strike=preferences.strictness == "strike")


def _is_left(conversation: Conversation, rounds: int) -> bool:
    return not conversation.grows(rounds)
