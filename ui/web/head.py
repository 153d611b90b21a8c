"""The head of the page's HTML: our own name, for whoever reads it before a script has run.

Gradio names itself there, with a picture from another machine, and puts the title in place by a script.
"""

import re
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME = "Dossier"

_OWN = f'<title>{NAME}</title>\n<meta property="og:title" content="{NAME}" />\n'.encode()
_THEIRS = re.compile(rb'<title>[^<]*</title>|<meta\s+(?:property="og:|name="twitter:)[^>]*>')


class OwnHead:
    """Puts our name into the page in place of what Gradio says of itself.

    Args:
        app: answers with the page.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] != "/":
            return await self._app(scope, receive, send)
        return await self._app(scope, receive, _Whole(send))


class _Whole:
    """Sends a page once all of it is there, with its head changed."""

    def __init__(self, send: "Send") -> None:
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=self._start)
        if headers.get("content-type", "").startswith("text/html"):
            self._body = renamed(self._body)
            headers["Content-Length"] = str(len(self._body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})


def renamed(page: bytes) -> bytes:
    """The page under our name; as it is where it has no head."""
    start, mark, rest = page.partition(b"<head>")
    head, end, body = rest.partition(b"</head>")
    return b"".join((start, mark, b"\n", _OWN, _THEIRS.sub(b"", head), end, body)) if end else page
