"""The command that serves the chat for the browser."""

import os
import socket
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from documents import DossierError
from ui.cli import common
from ui.cli.common import MadeLibraryOption
from ui.web.access import HOST, Access
from ui.web.auth import users

if TYPE_CHECKING:
    import gradio as gr

    from rag import Library

_LOOK_S = 0.1
"""How often it is looked whether the page is still served."""

_PATIENCE_S = 0.7
"""How long Ctrl-C waits for the page, and then for a model that is being loaded; the process ends without them."""


def chat(
    *,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="PORT",
            min=1,
            max=65535,
            show_default=False,
            help="Port on this machine. Without it: the first free one from 7860.",
        ),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Address of this machine to listen on, 0.0.0.0 for all. Other machines reach any but 127.0.0.1.",
        ),
    ] = HOST,
    auth: Annotated[
        list[str] | None,
        typer.Option(
            metavar="USER[:PASSWORD]",
            show_default=False,
            help="Who may sign in; may be given more than once. Of a name alone, the password is asked for. Other "
            "users of this machine can see a password that stands in a command: write it into a file instead.",
        ),
    ] = None,
    auth_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Who may sign in: USER:PASSWORD on each line."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="Another name by which browsers call this machine, such as that of a proxy before it.",
        ),
    ] = None,
    library: MadeLibraryOption = None,
) -> None:
    """Start the chat for the browser and tell its address.

    It listens on 127.0.0.1, so that no other machine reaches it, unless --host says otherwise. Everybody who can reach
    it can read all articles, add some and remove some: with --host, say who may sign in. Each user has conversations
    and settings of their own; the articles and the model are everybody's. What is sent is not encrypted: between
    machines that you do not trust, put a proxy that speaks HTTPS before it, and name it with --name.

    Ctrl-C ends it.

    \b
    Examples:
      dossier chat
      dossier chat --library press --port 8000
      dossier chat --host 0.0.0.0 --auth-file ~/.config/dossier/users
      dossier chat --host 0.0.0.0 --auth ana --auth linh
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    common.check_model()
    known = users(auth or (), file=auth_file, variable=os.environ.get("DOSSIER_AUTH", ""), ask=_password)
    access = Access(host, port, tuple(name or ()), known)
    with common.library_in(library, make=True) as opened:
        try:
            _serve(opened, access)
        except KeyboardInterrupt:
            common.notes().print("Closing the chat.")
            opened.close(wait_s=_PATIENCE_S)
            raise


def _serve(library: "Library", access: Access) -> None:
    """Serve the page until Ctrl-C, waiting for it here: Gradio would say it in words of its own."""
    from ui.web.serve import launch  # noqa: PLC0415 - Gradio takes seconds

    try:
        page = launch(library, access, on_ready=partial(_tell, access), wait=False)
    except OSError as error:
        if access.port is None:
            raise
        message = f"Port {access.port} of this machine is taken."
        raise DossierError(message, help="Choose another with --port, or leave it out.") from error
    try:
        while page.is_running:
            time.sleep(_LOOK_S)
    finally:
        _close(page)


def _close(page: "gr.Blocks") -> None:
    """Close the page, without waiting for browsers that are still being answered."""
    closing = Thread(target=page.close, kwargs={"verbose": False}, name="dossier-closes-page", daemon=True)
    closing.start()
    closing.join(_PATIENCE_S)


def _password(user: str) -> str:
    answer: str = typer.prompt(f"Password for {user}", hide_input=True, err=True)
    return answer


def _tell(access: Access, address: str) -> None:
    common.results().print(f"The chat is at {address}", soft_wrap=True)
    notes = common.notes()
    if not access.is_local:
        port = address.rstrip("/").rpartition(":")[2]
        notes.print(f"On the network it is at http://{socket.gethostname()}:{port}/", soft_wrap=True)
    notes.print(_sign_in(access), soft_wrap=True)
    notes.print("Ctrl-C ends it.")


def _sign_in(access: Access) -> str:
    """Who gets in, and how."""
    if access.users is not None:
        count = len(access.users)
        named = "1 user" if count == 1 else f"{count} users"
        return f"It asks for a name and a password: {named} can sign in, as --auth, --auth-file or DOSSIER_AUTH say."
    if access.is_open:
        return (
            "Warning: everybody who can reach this machine can read your articles and change them. "
            "--auth and --auth-file say who may."
        )
    return "No password is set: whoever uses this machine can open it. --auth NAME sets one."
