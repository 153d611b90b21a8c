"""Signing in: a page of its own before everything else, which says nothing of what is behind it."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import gradio as gr
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from ui.web.auth import Users
from ui.web.templates import macros
from ui.web.texts import Texts, preferred

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
"""What the page may do: be filled in and sent here."""

_LASTS_S = 30 * 24 * 3600
_SLOWLY_S = 1.0  # a wrong password costs its sender this long, one attempt after the other
_FORM_BYTES = 4096
_NO_FORM = "That is no form of this page."
_OPEN = ("/gradio_api/startup-events",)  # Gradio asks itself for it before it calls the page ready


class Sessions:
    """Who is signed in, until the chat is stopped or thirty days are over."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, float]] = {}

    def open(self, user: str) -> str:
        """Sign somebody in; the token that proves it."""
        now = time.time()
        self._known = {token: known for token, known in self._known.items() if known[1] > now}
        token = secrets.token_urlsafe(32)
        self._known[token] = (user, now + _LASTS_S)
        return token

    def user(self, request: Request) -> str | None:
        """Who sends a request, None when nobody who is signed in."""
        user, until = self._known.get(request.cookies.get(_cookie(request), ""), ("", 0.0))
        return user if until > time.time() else None

    def close(self, request: Request) -> None:
        """Sign whoever sends a request out."""
        self._known.pop(request.cookies.get(_cookie(request), ""), None)


class SignIn:
    """Lets through who is signed in, and shows everybody else the page to do so.

    Args:
        app: answers those who are signed in.
        users: who may be.
        sessions: who is.
    """

    def __init__(self, app: "ASGIApp", users: Users, sessions: Sessions) -> None:
        self._app = app
        self._users = users
        self._sessions = sessions
        self._doors: dict[str, tuple[asyncio.Lock, int]] = {}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request."""
        if scope["type"] == "websocket":  # the page needs none, and none may go around this door
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http" or scope["path"] in _OPEN:
            return await self._app(scope, receive, send)
        request = Request(scope, receive)
        asked = scope["method"], scope["path"]
        if asked == ("POST", "/sign-in"):
            return await (await self._sign_in(request))(scope, receive, send)
        if self._sessions.user(request) is None:
            return await _refusal(request)(scope, receive, send)
        if asked == ("POST", "/sign-out"):
            self._sessions.close(request)
            return await Response(status_code=204)(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _sign_in(self, request: Request) -> Response:
        length = request.headers.get("content-length", "")
        # In chunks it may be of any length, whatever it says of that.
        if "transfer-encoding" in request.headers or not length.isdecimal() or int(length) > _FORM_BYTES:
            return PlainTextResponse(_NO_FORM, 413)
        try:
            form = await request.form(max_files=0, max_fields=4)
        except (HTTPException, ClientDisconnect):
            return PlainTextResponse(_NO_FORM, 400)
        name, password = str(form.get("user", "")).strip(), str(form.get("password", ""))
        async with self._door(request.client.host if request.client else ""):
            if not self._users(name, password):
                await asyncio.sleep(_SLOWLY_S)
                return _page(request, failed=True)
        response = RedirectResponse("/", 303)
        response.set_cookie(
            _cookie(request),
            self._sessions.open(name),
            max_age=_LASTS_S,
            httponly=True,
            samesite="lax",
            secure="https" in (request.url.scheme, request.headers.get("x-forwarded-proto")),
        )
        return response

    @asynccontextmanager
    async def _door(self, host: str) -> AsyncIterator[None]:
        """One attempt after the other from each address; nothing is kept of one that nobody waits at."""
        lock, waiting = self._doors.get(host, (asyncio.Lock(), 0))
        self._doors[host] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            waiting = self._doors[host][1] - 1
            if waiting:
                self._doors[host] = lock, waiting
            else:
                del self._doors[host]


def owner_of(request: gr.Request) -> str:
    """Whose conversations and settings a request is about: who is signed in, "" where nobody has to.

    Asked of the request itself: what Gradio keeps of a page goes when the page has slept, and is not there for who asks
    without opening one.
    """
    return request.username or ""


def _refusal(request: Request) -> Response:
    wants_page = request.method in ("GET", "HEAD") and request.url.path == "/"
    return _page(request) if wants_page else PlainTextResponse("Nobody is signed in.", 401)


def _page(request: Request, *, failed: bool = False) -> Response:
    t = Texts.of(preferred(request.headers.get("accept-language")))
    html = f"<!doctype html>{macros('sign_in.html').page(t, failed)}"
    # A form of a page without any referrer is sent as if from nowhere, which the guard refuses.
    headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
    return HTMLResponse(html, 401, headers)


def _cookie(request: Request) -> str:
    """Browsers keep one store of cookies for all ports of a machine."""
    return f"dossier-{request.url.port or request.url.scheme}"
