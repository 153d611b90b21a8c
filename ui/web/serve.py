"""Serving the page: on this machine and to this machine only, unless somebody asks for more."""

import os
import socket
import weakref
from collections.abc import Callable

import gradio as gr

from documents import DossierError
from rag import Library
from ui.web.access import HOST, LOCAL, Access
from ui.web.context import Context
from ui.web.conversations import forget_deleted
from ui.web.guard import middleware
from ui.web.memory import open_memory
from ui.web.models import load_soon, use_chosen
from ui.web.page import build
from ui.web.sign_in import Sessions
from ui.web.templates import ASSETS
from ui.web.turns import Turns

_THREADS = 160
"""Questions and looks at the page at a time; who waits for the model holds one, so they must be more than browsers."""

_PAGES = 500
"""Pages whose state is kept: a tenth of a MB each, and its conversation. One that is open asks every few seconds, so it
is never among the oldest, which go."""


def launch(
    library: Library,
    access: Access = LOCAL,
    *,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
    wait: bool = True,
) -> gr.Blocks:
    """Serve the chat.

    Args:
        library: what is asked.
        access: where, and for whom.
        open_browser: show the page when it is ready.
        on_ready: told the address when the page can be opened.
        wait: return only when the chat is stopped (Ctrl-C).

    Returns:
        The page; its `close()` stops the server.

    Raises:
        OSError: the port is taken.
        DossierError: the machine has no such address, or the chat's file cannot be used.
    """
    _check_address(access.host)
    _ask_this_machine_directly(access.host)
    page = _page_of(library)
    _start(page, access, open_browser=open_browser)
    if on_ready is not None:
        on_ready(page.local_url)
    if wait:
        page.block_thread()
    return page


def _page_of(library: Library) -> gr.Blocks:
    """The page, with the library's models on their way."""
    memory = open_memory(library.folder)
    forget_deleted(memory)
    use_chosen(library, memory)
    library.read_ahead()
    load_soon(library)
    page = build(Context(library, memory, Turns())).queue(max_size=None)
    weakref.finalize(page, memory.close)
    return page


def _start(page: gr.Blocks, access: Access, *, open_browser: bool) -> None:
    """Serve the page in the background, with nothing of Gradio's own around it."""
    sessions = Sessions()
    page.launch(
        server_name=f"[{access.host}]" if ":" in access.host else access.host,
        server_port=access.port,
        auth_dependency=sessions.user if access.users is not None else None,
        share=False,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        max_threads=_THREADS,
        state_session_capacity=_PAGES,
        footer_links=[],
        run_history=False,  # would keep every question in the browser's storage
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=sorted(ASSETS.glob("*.css")),
        app_kwargs={"middleware": middleware(access, sessions)},
    )


def _check_address(host: str) -> None:
    """Say it in plain words when this machine cannot listen there, before anything is started."""
    try:
        family = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, 0), family=family).close()
    except (OSError, UnicodeError) as error:
        raise DossierError(
            f"This machine has no address {host!r}.", help="--host 0.0.0.0 listens on all addresses that it has."
        ) from error


def _ask_this_machine_directly(host: str) -> None:
    """Keep proxies out: Gradio asks its own address before it calls the page ready, and no proxy can reach it."""
    names = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")).split(",")
    direct = dict.fromkeys(filter(None, [*map(str.strip, names), HOST, "localhost", host]))
    # A star means no proxy for anybody; urllib knows it only where it stands alone.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*" if "*" in direct else ",".join(direct)
