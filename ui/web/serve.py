"""Serving the page on this machine, to this machine only."""

import os
from collections.abc import Callable

import gradio as gr

from rag import Library
from ui.web.context import Context
from ui.web.format import ASSETS
from ui.web.guard import HOST, middleware
from ui.web.page import build


def launch(
    library: Library,
    *,
    port: int | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
    wait: bool = True,
) -> gr.Blocks:
    """Serve the chat on this machine, to this machine only.

    Args:
        library: what is asked.
        port: to listen on; None takes the first free one from 7860.
        open_browser: show the page when it is ready.
        on_ready: told the address when the page can be opened.
        wait: return only when the chat is stopped (Ctrl-C).

    Returns:
        The page; its `close()` stops the server.

    Raises:
        OSError: the port is taken.
    """
    _ask_this_machine_directly()
    library.read_ahead()
    page = build(Context(library)).queue(max_size=None)
    page.launch(
        server_name=HOST,
        server_port=port,
        share=False,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        footer_links=[],
        run_history=False,  # would keep every question in the browser's storage
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=sorted(ASSETS.glob("*.css")),
        app_kwargs={"middleware": middleware()},
    )
    if on_ready is not None:
        on_ready(page.local_url)
    if wait:
        page.block_thread()
    return page


def _ask_this_machine_directly() -> None:
    """Keep proxies out: Gradio asks its own address before it calls the page ready, and no proxy can reach it."""
    names = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")).split(",")
    direct = dict.fromkeys(filter(None, [*map(str.strip, names), HOST, "localhost"]))
    # A star means no proxy for anybody; urllib knows it only where it stands alone.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*" if "*" in direct else ",".join(direct)
