"""What the page of the chat may do, and who may ask its server: our own page and nothing else.

The markup is escaped where it is made (`ui/web/format.py`). The headers are the second wall: were anything to slip
through, no attribute could run code, and no picture, font or script could call another machine. Gradio's own pages
need inline scripts and `eval`, so these stay allowed.
"""

import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse

from ui.web.access import HOST, LOCAL, Access, is_address
from ui.web.head import OwnHead
from ui.web.sign_in import Sessions, SignIn

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "object-src 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'"
)

_HARMLESS = ("GET", "HEAD", "OPTIONS")
_FOREIGN = ("cross-site", "same-site")  # another port of this machine is another program


class Guard:
    """Refuses what another page or another name asks, and adds the headers to every response.

    A web page elsewhere can give its own name the address 127.0.0.1 and then ask this server as if it were its own:
    only requests that name this machine are answered. It can also send requests that it cannot read the answers of,
    such as removing an article: what changes anything must come from our own page, or from no page.

    Args:
        app: answers what is let through.
        names: by which browsers may call this machine, in small letters.
        any_address: whether every address may stand in place of a name; no page elsewhere can make itself one.
    """

    def __init__(
        self, app: "ASGIApp", names: Sequence[str] = (HOST, "localhost"), *, any_address: bool = False
    ) -> None:
        self._app = app
        self._names = frozenset(names)
        self._any_address = any_address

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request."""

        async def send_guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: "Scope") -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        own = headers.get("host", "")
        if not self._is_here(_name(own)):
            return PlainTextResponse("This machine is not known by that name here.", 400)
        if scope.get("method", "") not in _HARMLESS and not self._is_ours(headers, own):
            return PlainTextResponse("Only Dossier's own page may ask for that.", 403)
        return None

    def _is_here(self, name: str) -> bool:
        return name in self._names or (self._any_address and is_address(name))

    def _is_ours(self, headers: Headers, own: str) -> bool:
        """Whether our own page asks; a program that is no browser says nothing of where it comes from."""
        if headers.get("sec-fetch-site") in _FOREIGN:
            return False
        origin = headers.get("origin")
        return origin is None or _netloc(origin) == own.lower()


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def middleware(access: Access = LOCAL, sessions: Sessions | None = None) -> list[Middleware]:
    """What stands around the chat's server.

    Args:
        access: where it listens; beyond this machine, browsers may call it by its address and its own names, too.
        sessions: who is signed in, where somebody has to be.
    """
    own = {HOST, "localhost", "::1", access.host, *access.names}
    if not access.is_local:
        machine = socket.gethostname()
        own |= {machine, f"{machine}.local", socket.getfqdn()}
    guard = Middleware(Guard, names=sorted(name.lower() for name in own), any_address=not access.is_local)
    if access.users is None:
        return [guard, Middleware(OwnHead)]
    return [guard, Middleware(SignIn, users=access.users, sessions=sessions or Sessions()), Middleware(OwnHead)]
