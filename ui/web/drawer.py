"""The list of kept conversations beside the one that is open: search, names, files to take away."""

from itertools import count
from typing import get_args

import gradio as gr

from ui.web.context import AT_ONCE, Context, Shared, Update
from ui.web.conversations import Conversations
from ui.web.exchange import Conversation
from ui.web.format import drawer_html, export_html
from ui.web.sign_in import owner_of
from ui.web.templates import script
from ui.web.texts import Texts
from ui.web.transcript import Form, file_name, of_conversation


class Drawer:
    """The list; made in the column that it stands in.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._memory = context.memory
        self._shared = shared
        self._exports = count()
        self.anew = gr.Button("New conversation", elem_id="anew", size="sm")
        self.search = gr.Textbox("", label="Search", show_label=False, container=False, elem_id="search", max_lines=1)
        self.notice = gr.HTML(elem_id="notice", js_on_load=None, apply_default_css=False)
        self.list = gr.HTML(elem_id="kept", js_on_load=script("drawer.js"), apply_default_css=False)
        self._outbox = gr.HTML(elem_id="outbox", js_on_load=script("outbox.js"), apply_default_css=False)

    def connect(self, conversation: gr.State) -> None:
        """Say what happens when, as far as the conversation that is open stays as it is."""
        known = [conversation, self.search, self._shared.language]
        self.search.change(self._search, known, [self.list], **AT_ONCE)
        self.list.rename(self._rename, known, [self.list], **AT_ONCE)
        self.list.restore(self._restore, known, [self.list, self.notice], **AT_ONCE)
        self.list.export(self._export, [self._shared.language], [self._outbox], **AT_ONCE)

    def texts(self, language: str) -> Update:
        """The words of the list in a language."""
        t = Texts.of(language)
        return {
            self.anew: gr.update(value=t("chat-new")),
            self.search: gr.update(label=t("drawer-search"), placeholder=t("drawer-search")),
        }

    def listed(self, conversation: Conversation, search: str, owner: str, language: str) -> Update:
        """The list as it is now."""
        found = Conversations(self._memory, owner).listed(search)
        return {self.list: drawer_html(found, conversation.id, search, Texts.of(language))}

    def _search(self, conversation: Conversation, search: str, language: str, request: gr.Request) -> Update:
        return self.listed(conversation, search, owner_of(request), language)

    def _rename(
        self, conversation: Conversation, search: str, language: str, request: gr.Request, event: gr.EventData
    ) -> Update:
        title = self._of(request).rename(str(event.id), str(event.title))
        if conversation.id == event.id:
            conversation.title = title
        return self._search(conversation, search, language, request)

    def _restore(
        self, conversation: Conversation, search: str, language: str, request: gr.Request, event: gr.EventData
    ) -> Update:
        self._of(request).restore(str(event.id))
        return {self.notice: "", **self._search(conversation, search, language, request)}

    def _of(self, request: gr.Request) -> Conversations:
        return Conversations(self._memory, owner_of(request))

    def _export(self, language: str, request: gr.Request, event: gr.EventData) -> str:
        """A file of a conversation, which outbox.js saves."""
        conversation = self._of(request).load(str(event.id))
        form: Form | None = next((form for form in get_args(Form) if form == event.form), None)
        if conversation is None or form is None:
            return ""
        text = of_conversation(conversation, form, Texts.of(language))
        return export_html(next(self._exports), file_name(conversation, form), text)
