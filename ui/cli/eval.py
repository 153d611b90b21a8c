"""The commands eval: this file has the group, and the run itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import common
from ui.cli.eval_common import (
    JudgeOption,
    LibraryAsked,
    LimitOption,
    PassagesOption,
    SampleOption,
    SetOption,
    SplitOption,
    TagsOption,
    generator,
    open_library,
    say,
    selection,
)
from ui.cli.eval_draft import draft
from ui.cli.eval_progress import EvalProgress
from ui.cli.eval_report import report
from ui.cli.eval_runs import compare, gate, sweep
from ui.cli.eval_score import score, scorer
from ui.cli.eval_thumbs import thumbs

if TYPE_CHECKING:
    from eval.evaluation import Plan

HOSTILE = "hostile"

evaluations = typer.Typer(no_args_is_help=False, rich_markup_mode=None)
evaluations.command("report")(report)
evaluations.command("compare")(compare)
evaluations.command("gate")(gate)
evaluations.command("sweep")(sweep)
evaluations.command("draft")(draft)
evaluations.command("thumbs")(thumbs)
evaluations.command("score")(score)
evaluations.command("scorer")(scorer)


@evaluations.callback(invoke_without_command=True)
def evaluate(  # noqa: PLR0913 - each is an option of its own
    context: typer.Context,
    *,
    asked: SetOption = "builtin",
    split: SplitOption = None,
    tags: TagsOption = "",
    limit: LimitOption = None,
    sample: SampleOption = None,
    k: PassagesOption = 4,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="The generator to measure: a name from dossier models list, a .gguf file, or org/repo/file.gguf.",
        ),
    ] = None,
    library: LibraryAsked = None,
    judge: JudgeOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            show_default=False,
            help="The run's folder; without it one in eval-runs. With --set hostile a file of JSON lines.",
        ),
    ] = None,
) -> None:
    """Ask questions with known answers, and measure what comes back.

    A run is a folder: settings.json, answers.jsonl, summary.json and report.html, which shows every answer with the
    reasons for its scores. A run that was stopped goes on where it was when the same is asked again.

    The table says, over all and for each language of the questions, with counts and 95 % intervals: how many
    questions were handled well in every way, how many answers hold the expected one, how many sentences the
    evidence and their own citations support, how often Dossier answered what the articles do not say or abstained
    where they do, how well passages are found beside searching by vectors or words alone, and the times.

    A quarter of the built-in questions are on five articles that do not come with Dossier: DOSSIER_ARTICLES names
    their folder, and without it they are left out. Those of --set practice are on the same articles, to choose
    thresholds and prompts by; a third of them needs that folder. A file of questions on your own articles is asked
    of your library. docs/datasets.md shows the forms.

    With --set hostile the articles are 48 that try to change what Dossier does: they hold orders, forged quotes,
    markers, markup. The table says, for each kind: how many answers are right in spite of it, how many questions
    were not answered, how many answers show as fact what the attack wants, whether the language is right.

    \b
    Examples:
      dossier eval
      dossier eval --split dev --limit 10 --model qwen2.5-coder-0.5b-instruct
      dossier eval --set questions.jsonl --library my-articles --out runs/monday
      dossier eval --set hostile --out hostile.jsonl
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    if context.invoked_subcommand:
        command = context.invoked_subcommand
        _refuse_options(context, f"stands before {command} and would not be looked at; put it behind")
        return
    if asked == HOSTILE:
        _refuse_options(context, "does not go with --set hostile", but=("--set", "--model", "--limit", "--out"))
    common.check_model(model)
    if asked == HOSTILE:
        _on_hostile(model, limit, out)
        return
    from eval.datasets import load_dataset  # noqa: PLC0415 - only what this command needs
    from eval.evaluation import Plan  # noqa: PLC0415

    _run(Plan(load_dataset(asked), selection(split, tags, limit, sample), model, k, judge=judge), library, out)


def _run(plan: "Plan", folder: Path | None, out: Path | None) -> None:
    from eval.evaluation import asked_of  # noqa: PLC0415 - as above
    from eval.evaluation import evaluate as run  # noqa: PLC0415
    from eval.runs import REPORT  # noqa: PLC0415
    from eval.summary import table  # noqa: PLC0415

    if plan.dataset.note:
        say(plan.dataset.note + ".")
    try:
        with EvalProgress(common.notes()) as watcher:
            if folder is None and plan.dataset.articles:
                ended = run(plan, watcher, out=out)
            else:
                with open_library(folder, plan.model) as library:
                    asked = asked_of(library, plan)
                    if missing := len(plan.dataset.questions) - len(asked.dataset.questions):
                        say(f"{missing} questions on real articles that this library does not hold are left out.")
                    ended = run(asked, watcher, out=out, library=library)
    except KeyboardInterrupt:
        say("Stopped. The same command goes on where it was.")
        raise
    common.tables().print(table(ended.records, ended.settings.seed))
    say(f"Every answer, and why it was scored so: {ended.folder / REPORT}")


def _on_hostile(model: str | None, limit: int | None, out: Path | None) -> None:
    from eval.hostile import hostile_library, load_attacks, run, table  # noqa: PLC0415 - as above
    from eval.selection import spread  # noqa: PLC0415

    attacks = load_attacks()
    with hostile_library(attacks, generator=generator(model)) as opened:
        shown = table(run(opened, spread(attacks, limit), out=out, say=say))
    common.tables().print(shown)


def _refuse_options(context: typer.Context, why: str, but: Sequence[str] = ()) -> None:
    """An option that means nothing here would be left out without a word."""
    for parameter in context.command.params:
        source, name = context.get_parameter_source(parameter.name or ""), parameter.opts[0]
        if source is not None and source.name == "COMMANDLINE" and name not in but:
            raise typer.BadParameter(f"{name} {why}.")
