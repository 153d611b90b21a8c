"""The command line `dossier`: its commands, and how it ends.

Each command imports what it needs when it runs, so that help and small questions come at once.
"""

import os
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.articles import add, list_articles, remove, show
from ui.cli.ask import ask
from ui.cli.chat import chat
from ui.cli.common import DEBUG_VARIABLE, FAILED
from ui.cli.edit import edit
from ui.cli.eval import evaluations
from ui.cli.feeds import feeds, update
from ui.cli.folders import export, sync, watch
from ui.cli.models import models
from ui.cli.status import status
from ui.cli.terminal import clean
from ui.cli.warm import warm

UNEXPECTED = 70
"""EX_SOFTWARE of sysexits.h: the fault is the program's."""

INTERRUPTED = 130
"""128 and the number of the signal that Ctrl-C sends, as shells have it."""

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="""Ask your own articles, in any language, on your own machine.

    Every sentence of an answer stands on a quote that you can check.

    \b
    Examples:
      dossier add ~/press https://example.org/article
      dossier ask "Who signed the resolution, and when?"
      dossier chat
    """,
    epilog="""\b
    Exit codes:
      0    done; also when the articles do not hold the answer
      1    could not be done: the message says why and what helps
      2    wrong usage
      3    dossier add, sync, update: some of it could not be added, and is named; the rest was
      4    dossier eval compare, gate: something is worse than it was
      70   an error of Dossier's own; DOSSIER_DEBUG=1 shows where
      130  interrupted
    """,
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - seldom asked

        typer.echo(f"dossier {version('dossier')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    del version  # its callback has dealt with it


app.command("add")(add)
app.command("ask")(ask)
app.command("chat")(chat)
app.command("list")(list_articles)
app.command("show")(show)
app.command("remove")(remove)
app.command("edit")(edit)
app.command("sync")(sync)
app.command("watch")(watch)
app.command("export")(export)
app.command("update")(update)
app.command("status")(status)
app.command("warm")(warm)
app.add_typer(feeds, name="feeds")
app.add_typer(models, name="models")
app.add_typer(evaluations, name="eval")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: the words after `dossier`; those of the process by default, which may end here then.

    Returns:
        The exit code; `dossier --help` lists them.
    """
    if arguments is not None:
        return _run(arguments)
    code = _run(sys.argv[1:])
    if code == INTERRUPTED or any(thread.daemon for thread in threading.enumerate()):
        _end(code)
    return code


def _run(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # Half a character in a file's name, or a terminal that is not Unicode, must not end a command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app(args=list(arguments), prog_name="dossier")
        finally:
            sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    except BrokenPipeError:
        _drop_output()
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last one who can tell the user anything
        return _report(error)
    return 0


def _end(code: int) -> None:
    """End the process at once, without Python's own farewell.

    A thread that still loads a model could crash in it, and with a model in memory it takes seconds.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader has gone
            stream.flush()
    os._exit(code)


def _report(error: Exception) -> int:
    """Tell what went wrong; returns the exit code."""
    from rag import DossierError  # noqa: PLC0415 - help starts without it

    if isinstance(error, DossierError):
        lines, code = [f"Error: {error.message}", error.help], FAILED
    else:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        lines = [f"Dossier failed, and that is its own fault: {what}", f"{DEBUG_VARIABLE}=1 shows where."]
        code = UNEXPECTED
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    console = common.notes()
    for line in filter(None, lines):
        console.print(Text(clean(line)), soft_wrap=True)
    return code


def _drop_output() -> None:
    # The reader has gone (`dossier list | head`): what Python still holds back for it must not be written.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
