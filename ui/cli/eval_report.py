"""The command eval report: a run as one page to read."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli import common
from ui.cli.terminal import one_line


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run, as dossier eval makes it.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write the page here. Without it: RUN/report.html."),
    ] = None,
) -> None:
    """Write the report of a run: one HTML file that needs nothing else.

    It shows the main figures with their 95% intervals and counts, what one could be misled by, plots, every figure by
    language and by tag, and each question with its answer: which sentences are supported, by which quote, and why.
    A run that is not complete can be shown, too. The page runs no script and fetches nothing.

    \b
    Examples:
      dossier eval report eval-runs/2026-11-22-builtin-qwen2.5-coder-1.5b-instruct
      dossier eval report eval-runs/mine --out mine.html
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.report import write_report  # noqa: PLC0415 - only what this command needs
    from eval.runs import load_run  # noqa: PLC0415

    written = write_report(load_run(run), out)
    common.results().print(one_line(written), soft_wrap=True)
