"""The conversations that are kept: listed, searched, renamed, deleted and brought back, each of one owner alone."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rag import Database
from ui.web.exchange import Conversation, Exchange
from ui.web.records import from_json, scope_from_json, scope_to_json, to_json

TITLE = 120
"""Characters of a title."""

_MOST = 200  # conversations in a list; older ones are found by searching


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in the list.

    Attributes:
        id: names it.
        title: what it is called: its first question, or the name that it was given.
        changed_at: when something was last asked, ISO 8601 in UTC.
        questions: how many.
    """

    id: str
    title: str
    changed_at: str
    questions: int


class Conversations:
    """What is kept of one owner's conversations; those of others do not exist for it.

    Args:
        memory: the chat's file.
        owner: who is signed in, "" without passwords.
    """

    def __init__(self, memory: Database, owner: str = "") -> None:
        self._memory = memory
        self._owner = owner

    def keep(self, conversation: Conversation, exchange: Exchange) -> None:
        """Store an exchange that is over, and the conversation around it; it gets an id with its first one.

        A conversation that was deleted, in another window, is back: somebody goes on with it. One that another window
        went on with stays as it is there: what is kept here becomes a conversation of its own.

        Args:
            conversation: as it is now.
            exchange: one of its exchanges; those that are stored with higher numbers than its last one go.

        Raises:
            LookupError: the conversation is another owner's.
        """
        title = conversation.title or _title(conversation.exchanges[0].question)
        now = _now()
        with self._memory.writing() as db:
            stored = db.execute(
                "SELECT owner, changed_at FROM conversations WHERE id = ?", (conversation.id,)
            ).fetchone()
            if stored and stored[0] != self._owner:
                raise LookupError("this conversation is another owner's")
            known = stored == (self._owner, conversation.changed_at)
            name = conversation.id if conversation.id and (known or not stored) else secrets.token_hex(8)
            db.execute(
                """INSERT INTO conversations (id, owner, title, scope, changed_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, changed_at = excluded.changed_at, deleted = 0""",
                (name, self._owner, title, scope_to_json(conversation.scope), now),
            )
            db.execute(
                "DELETE FROM exchanges WHERE conversation = ? AND number > ?", (name, conversation.exchanges[-1].number)
            )
            db.executemany(
                "INSERT OR REPLACE INTO exchanges VALUES (?, ?, ?, ?)",
                [
                    (name, each.number, to_json(each), _words(each))
                    for each in ([exchange] if known else conversation.exchanges)
                ],
            )
        conversation.id, conversation.title, conversation.changed_at = name, title, now

    def rewrite(self, conversation: Conversation, exchange: Exchange) -> None:
        """Store an exchange anew that was given a thumb or a note; not where another window put another there."""
        with self._memory.writing() as db:
            row = db.execute(
                """SELECT record FROM exchanges JOIN conversations c ON c.id = conversation
                WHERE c.id = ? AND number = ? AND owner = ?""",
                (conversation.id, exchange.number, self._owner),
            ).fetchone()
            if row and _unjudged(from_json(row[0])) == _unjudged(exchange):
                db.execute(
                    "UPDATE exchanges SET record = ?, words = ? WHERE conversation = ? AND number = ?",
                    (to_json(exchange), _words(exchange), conversation.id, exchange.number),
                )

    def listed(self, search: str = "") -> list[Listed]:
        """Those that hold all words of a search in their title, questions or answers; the newest first."""
        text = """c.title || ' ' || coalesce((SELECT group_concat(words, ' ') FROM exchanges
            WHERE conversation = c.id), '')"""
        wanted = _plain(search).casefold().split()
        holds = "".join(f" AND instr(fold({text}), ?) > 0" for _ in wanted)
        rows = self._memory.all(
            "SELECT c.id, c.title, c.changed_at, (SELECT count(*) FROM exchanges WHERE conversation = c.id)"  # noqa: S608
            f" FROM conversations c WHERE c.owner = ? AND NOT c.deleted{holds}"
            " ORDER BY c.changed_at DESC, c.id LIMIT ?",
            self._owner,
            *wanted,
            _MOST,
        )
        return [Listed(*row) for row in rows]

    def load(self, conversation_id: str) -> Conversation | None:
        """A conversation with all of its exchanges; None when the owner has none of this id."""
        with self._memory.reading():
            row = self._memory.one(
                "SELECT title, scope, changed_at FROM conversations WHERE id = ? AND owner = ? AND NOT deleted",
                conversation_id,
                self._owner,
            )
            records = self._memory.all(
                "SELECT record FROM exchanges WHERE conversation = ? ORDER BY number", conversation_id
            )
        if row is None:
            return None
        exchanges = [from_json(text) for (text,) in records]
        return Conversation(conversation_id, row[0], exchanges, scope_from_json(row[1]), row[2])

    def rename(self, conversation_id: str, title: str) -> str:
        """Call a conversation otherwise; what it is called now. An empty name changes nothing."""
        title = _title(title)
        if title:
            self._set("title = ?", title, conversation_id)
        row = self._memory.one(
            "SELECT title FROM conversations WHERE id = ? AND owner = ?", conversation_id, self._owner
        )
        return row[0] if row else ""

    def delete(self, conversation_id: str) -> None:
        """Take a conversation out of the list; `restore` brings it back until `forget` was called."""
        self._set("deleted = ?", 1, conversation_id)

    def restore(self, conversation_id: str) -> None:
        """Bring back what was deleted."""
        self._set("deleted = ?", 0, conversation_id)

    def _set(self, what: str, value: str | int | None, conversation_id: str) -> None:
        with self._memory.writing() as db:
            db.execute(
                f"UPDATE conversations SET {what} WHERE id = ? AND owner = ?",  # noqa: S608 - our own words
                (value, conversation_id, self._owner),
            )


def forget_deleted(memory: Database) -> None:
    """Remove for good what was deleted, of every owner; when the chat starts, nobody can undo it any more."""
    with memory.writing() as db:
        db.execute("DELETE FROM conversations WHERE deleted")


def judged(memory: Database) -> list[Exchange]:
    """Every exchange that somebody gave a thumb, of all owners, in the order of their conversations."""
    rows = memory.all(
        """SELECT record FROM exchanges JOIN conversations c ON c.id = conversation
        WHERE NOT c.deleted ORDER BY c.changed_at, c.id, number"""
    )
    exchanges = (from_json(record) for (record,) in rows)
    return [exchange for exchange in exchanges if exchange.thumb is not None]


def _title(text: str) -> str:
    """A text on one line, not too long."""
    line = " ".join(_plain(text).split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip()}…"


def _unjudged(exchange: Exchange) -> str:
    """What tells two exchanges apart, whatever was thought of them."""
    return to_json(replace(exchange, thumb=None, note=""))


def _words(exchange: Exchange) -> str:
    answer = exchange.answer.text if exchange.answer else ""
    return _plain(f"{exchange.question} {answer} {exchange.note}").casefold()


def _plain(text: str) -> str:
    """A text that SQLite can hold and search: no NUL, no halves of characters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
