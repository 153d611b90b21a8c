"""What the page of the chat may do, said to the browser: run our scripts, talk to this machine, nothing else.

The markup is escaped where it is made (`ui/web/format.py`). This is the second wall: were anything to slip through,
no attribute could run code, and no picture, font or script could call another machine. Gradio's own pages need
inline scripts and `eval`, so these stay allowed.
"""

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"

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


class Guard:
    """Adds the headers to every response."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request."""

        async def send_guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_guarded)


def middleware() -> list[Middleware]:
    """What stands around the chat's server.

    A web page elsewhere can give its own name the address 127.0.0.1 and then ask this server as if it were its
    own; only requests that name this machine are answered.
    """
    return [Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]), Middleware(Guard)]
