"""What happens to the conversations that pages have open: one is asked, its answer grows, is left, another is opened.

An answer takes its next step, or something else happens in its place: never both at once.
"""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import RLock

import gradio as gr

from rag import Filters
from ui.web.answering import Asked, answer
from ui.web.context import Context, Who
from ui.web.conversations import Conversations
from ui.web.drafts import Drafts
from ui.web.exchange import Conversation, Exchange
from ui.web.texts import Texts


@dataclass(frozen=True)
class Begun:
    """A question that was just asked.

    Attributes:
        asked: the question.
        who: asks.
        conversation: what it was asked in.
        round: of the conversation.
        key: names the answer while it grows.
    """

    asked: Asked
    who: Who
    conversation: Conversation
    round: int
    key: str

    def left(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return not self.conversation.grows(self.round)


class Conversing:
    """The conversations of all browsers, as far as they are open.

    Args:
        context: what all browsers share.
    """

    def __init__(self, context: Context) -> None:
        self.drafts = Drafts()
        self._context = context
        self._stepping = RLock()
        self._growing: dict[str, Begun] = {}  # by their keys

    def kept(self, who: Who) -> Conversations:
        """The conversations that are stored of whoever asks."""
        return Conversations(self._context.memory, who.owner)

    def ask(
        self, conversation: Conversation, question: str, instead_of: int | None, scope: Filters | None, page: gr.Request
    ) -> Begun | None:
        """Ask a question; None where another one is still being answered.

        Args:
            conversation: what it is asked in.
            question: what is asked.
            instead_of: the number of an exchange that this one replaces, with all that came after it.
            scope: which articles may answer; None for all.
            page: who asks, and where.
        """
        who = self._context.who(page)
        with self._stepping:
            if conversation.busy:
                return None
            conversation.scope = scope
            asked = Asked(
                conversation.ask(question, instead_of),
                conversation.history(),
                who.preferences.passages,
                who.preferences.length,
                str(page.session_hash),
                Texts.of(who.language),
            )
            return Begun(asked, who, conversation, conversation.rounds, conversation.key)

    @contextmanager
    def growing(self, begun: Begun) -> Iterator[Iterator[Exchange]]:
        """The steps of an answer, each taken and, the last one, kept; however it ends, what there is of it is kept."""
        self._growing[begun.key] = begun
        try:
            with closing(self._steps(begun)) as steps:
                yield steps
        finally:
            self.drafts.drop(begun.key)
            self._leave(begun)  # where it is not over, the browser is gone
            del self._growing[begun.key]

    def _steps(self, begun: Begun) -> Generator[Exchange, None, None]:
        with closing(answer(self._context.library, self._context.turns, begun.asked, begun.left)) as growing:
            for grown in growing:
                if not self._put(begun, grown):
                    return
                self.drafts.put(begun.key, len(grown.sentences), grown.draft)
                yield grown

    def _put(self, begun: Begun, grown: Exchange) -> bool:
        """Take the next step of an answer, and keep its last one; False where another was opened or asked meanwhile."""
        with self._stepping:
            if begun.left():
                return False
            begun.conversation.put(grown)
            if grown.over:
                self.kept(begun.who).keep(begun.conversation, grown)
            return True

    def _leave(self, begun: Begun) -> None:
        with self._stepping:
            if not begun.left():
                self.stop(begun.conversation, begun.who)

    def stop(self, conversation: Conversation, who: Who) -> None:
        """Keep what there is of an answer that nobody waits for any more."""
        with self._stepping:
            if conversation.busy:
                conversation.stop()
                self.kept(who).keep(conversation, conversation.exchanges[-1])

    def close(self, page: gr.Request) -> None:
        """A page is gone: nobody waits for what was asked there."""
        for begun in list(self._growing.values()):
            if begun.asked.who == page.session_hash:
                self._leave(begun)

    def open(self, conversation: Conversation, other: Conversation, who: Who) -> None:
        """Open another conversation in the place of one."""
        with self._stepping:
            self.stop(conversation, who)
            conversation.become(other)

    def judge(self, conversation: Conversation, number: int, thumb: bool | None, note: str, who: Who) -> None:
        """Keep what is thought of an answer."""
        with self._stepping:
            judged = conversation.judge(number, thumb=thumb, note=note)
            if judged is not None:
                self.kept(who).rewrite(conversation, judged)
