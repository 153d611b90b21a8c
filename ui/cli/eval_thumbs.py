"""The command eval thumbs: the answers that people judged in the chat, as a set of questions."""

import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.terminal import one_line


def thumbs(
    library: Annotated[
        Path,
        typer.Argument(
            metavar="LIBRARY", exists=True, file_okay=False, show_default=False, help="Folder of the library."
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Write the questions here.")] = Path("thumbs.jsonl"),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Make a set of questions of the answers that were judged in the chat.

    An answer with a thumb up gives its question with the quotes it rests on as gold; a good abstention gives a
    question without an answer. One with a thumb down gives the question alone: what would have been right is for you
    to write down. Tags tell them apart: thumb-up, thumb-down, and follow-up for those that were asked after another.

    The file is JSON lines; docs/datasets.md says what each field means. What people noted stands in "note".

    \b
    Examples:
      dossier eval thumbs my-articles
      dossier eval thumbs my-articles --out judged.jsonl
      dossier eval --set judged.jsonl --library my-articles --tags thumb-up
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.draft_file import new_file  # noqa: PLC0415 - only what this command needs
    from eval.rows import DatasetError  # noqa: PLC0415
    from ui.web.conversations import judged  # noqa: PLC0415
    from ui.web.memory import NAME, open_memory  # noqa: PLC0415
    from ui.web.thumbs import drafted  # noqa: PLC0415

    lines = []
    if (library / NAME).exists():
        memory = open_memory(library)
        lines = drafted(judged(memory))
        memory.close()
    if not lines:
        hint = common.with_library("Start it with: dossier chat", library)
        raise DatasetError("No answer was judged in the chat.", help=hint)
    with new_file(out, force=force) as write:
        for line in lines:
            write(line)
    files = f"--set {shlex.quote(str(out))} --library {shlex.quote(str(library))}"
    done = f"{len(lines)} questions are in {out}; look them over, then run: dossier eval {files}"
    common.results().print(Text(one_line(done)), soft_wrap=True)
