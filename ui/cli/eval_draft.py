"""The command eval draft: questions on one's own articles, for a person to look over."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.eval_common import open_library
from ui.cli.eval_progress import EvalProgress
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from eval.draft_set import Draft


def draft(  # noqa: PLR0913 - each is an option of its own
    library: Annotated[
        Path,
        typer.Argument(
            metavar="LIBRARY", exists=True, file_okay=False, show_default=False, help="Folder of the library."
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Write the questions here.")] = Path("draft.jsonl"),
    count: Annotated[int, typer.Option(metavar="N", min=1, help="How many questions.")] = 40,
    languages: Annotated[
        str,
        typer.Option(
            metavar="A,B", show_default=False, help="Ask in these languages in turn; without it in the passage's own."
        ),
    ] = "",
    held_out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID|PATH",
            show_default=False,
            help="Articles for questions that the rest cannot answer; may be given again. Without it one of four.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Another number chooses other passages.")] = 7,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", show_default=False, help="The generator that drafts; the default one without it."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Draft questions from the articles of a library, for you to look over.

    The model proposes a question about a passage, with a few words of the passage as the expected answer. It is kept
    when the model, asked it of that passage alone, gives the same answer again and the passage supports it. One
    question of four is about an article that is held out: it is asked without that article, and kept only when no
    other one holds the answer.

    What comes out is a draft by a small model: some questions will be odd, easy, or have another right answer. Read
    each line, mend it or delete it, before you trust figures that rest on it. The file is JSON lines;
    docs/datasets.md says what each field means. Ctrl-C stops; what was kept by then is in the file.

    \b
    Examples:
      dossier eval draft my-articles --count 20
      dossier eval draft my-articles --languages en,fr --out mixed.jsonl
      dossier eval draft my-articles --held-out report.txt --held-out ~/press/2019
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.draft_file import new_file  # noqa: PLC0415 - only what this command needs
    from eval.draft_set import Draft, Plan  # noqa: PLC0415
    from eval.rows import DatasetError  # noqa: PLC0415

    common.check_model(model)
    plan = Plan(count, _codes(languages), tuple(held_out or ()), seed)
    console, kept = common.notes(), 0
    with new_file(out, force=force) as write, open_library(library, model) as opened:
        drafting = Draft(opened, plan)
        with EvalProgress(console) as progress:
            progress.begin("drafting", count)
            for kept, drafted in enumerate(drafting.questions(), start=1):
                write(drafted)
                progress.step()
                console.print(Text(f"{kept}/{count} {one_line(drafted.question.question)}"), soft_wrap=True)
    if kept < count:
        console.print(_dropped(drafting, kept, count), soft_wrap=True)
    if not kept:
        raise DatasetError("No question could be drafted.", help="Try --model with a larger one, or more articles.")
    files = f"--set {shlex.quote(str(out))} --library {shlex.quote(str(library))}"
    done = f"{kept} questions are in {out}: read each line, mend it or delete it, then run: dossier eval {files}"
    common.results().print(Text(one_line(done)), soft_wrap=True)


def _dropped(drafting: "Draft", kept: int, count: int) -> str:
    reasons = ", ".join(f"{number} {reason}" for reason, number in drafting.dropped.most_common())
    return f"{kept} of {count} were found in {drafting.tried} passages; dropped: {reasons or 'none'}."


def _codes(languages: str) -> tuple[str, ...]:
    from documents import language_name  # noqa: PLC0415 - as above

    codes = tuple(code.strip().lower() for code in languages.split(",") if code.strip())
    for code in codes:
        if not language_name(code):
            raise typer.BadParameter(f"--languages: {code!r} is no ISO 639-1 code such as en or vi.")
    return codes
