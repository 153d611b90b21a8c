"""The commands eval compare, eval gate and eval sweep: what is done with runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import common
from ui.cli.common import JsonOption
from ui.cli.eval_common import (
    JudgeOption,
    LibraryAsked,
    LimitOption,
    SampleOption,
    SetOption,
    SplitOption,
    TagsOption,
    say,
    selection,
)
from ui.cli.eval_progress import EvalProgress
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from eval.compare import Changed, Comparison

WORSE = 4
"""Exit code: a run is worse than another, or than its floors."""

_LISTED = 20
"""Changed questions that are shown; --json has them all."""

RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run, as dossier eval makes it.")]


def compare(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="The folder of a run, to compare with.")],
    second: Annotated[
        Path, typer.Argument(metavar="SECOND", help="The folder of the run that may be better or worse.")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs of the same questions, question by question.

    Each figure is shown with the difference and its 95 % interval. WORSE and BETTER mark what is beyond chance:
    answers of the two runs are exchanged at random, question by question, and of the marks of each kind at most one
    in twenty is expected to be a false alarm. Fewer than five changed questions can never be told from chance. Times
    are shown and not judged, since they tell as much of the machine.

    Ends with code 4 when something got worse.

    \b
    Examples:
      dossier eval compare eval-runs/before eval-runs/after
      dossier eval compare before after --json > difference.json
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.compare import compare as run  # noqa: PLC0415 - only what this command needs
    from eval.compare import table  # noqa: PLC0415
    from eval.runs import load_run  # noqa: PLC0415

    found = run(load_run(first), load_run(second))
    if as_json:
        common.print_json(found.to_dict())
    else:
        common.tables().print(table(found))
        _show_changes(found)
    if found.worse:
        say(f"Worse: {', '.join(found.worse)}")
        raise typer.Exit(WORSE)


def gate(
    run: RunArgument,
    *,
    floors: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="The floors; without it those that come with Dossier."),
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to this run, or pin its own.")] = False,
    lower: Annotated[
        bool, typer.Option("--lower", help="With --update: lower floors too, where the run is worse.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Hold the figures of a run against floors that were pinned before.

    Floors belong to one set, one choice of questions, one model, one judge and one k. A figure may lie two points
    below its floor: on another processor a few answers come out in other words. Ends with code 4 when one lies lower.

    \b
    Examples:
      dossier eval gate eval-runs/monday
      dossier eval gate eval-runs/monday --update
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.gate import FLOORS, check, load_floors, save_floors, table, updated  # noqa: PLC0415 - as above
    from eval.runs import load_run  # noqa: PLC0415

    if lower and not update:
        raise typer.BadParameter("--lower goes with --update.")
    loaded, path = load_run(run), floors or FLOORS
    known = load_floors(path) if path.exists() or not update else []
    if update:
        known = updated(loaded, known, lower=lower)
        save_floors(known, path)
    checks = check(loaded, known)
    if as_json:
        shown = [{"name": c.measure.name, "floor": c.floor, "figure": c.figure, "holds": c.holds} for c in checks]
        common.print_json(shown)
    else:
        common.tables().print(table(checks))
    if broken := [each.measure.name for each in checks if not each.holds]:
        say(f"Below their floors: {', '.join(broken)}")
        raise typer.Exit(WORSE)


def sweep(  # noqa: PLR0913 - each is an option of its own
    *,
    over: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=A,B",
            help="What to vary: model, embedding, k, passages (tokens), word_weight, language_weight, min_score or "
            "states (on, off). May be given again.",
        ),
    ],
    asked: SetOption = "builtin",
    split: SplitOption = None,
    tags: TagsOption = "",
    limit: LimitOption = None,
    sample: SampleOption = None,
    library: LibraryAsked = None,
    judge: JudgeOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", show_default=False, help="Where the runs go; without it a folder in eval-runs."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a run for every combination of some settings, and show them in one table.

    Points that differ in the model, in the number of passages or in states ask one library, and passages that a
    model has read stay read. A sweep that was stopped goes on where it was. Choose settings with --split dev: the
    test questions tell the truth only as long as nothing was chosen by them.

    \b
    Examples:
      dossier eval sweep --over k=2,4,8 --split dev
      dossier eval sweep --over model=qwen2.5-coder-0.5b-instruct,qwen2.5-coder-1.5b-instruct --over passages=80,120
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.datasets import load_dataset  # noqa: PLC0415 - as above
    from eval.evaluation import RUNS, Plan  # noqa: PLC0415
    from eval.sweep import folder_of, points, table, to_dict  # noqa: PLC0415
    from eval.sweep import sweep as run  # noqa: PLC0415
    from rag import PassageSize  # noqa: PLC0415

    size = None if library else PassageSize()
    plan = Plan(load_dataset(asked), selection(split, tags, limit, sample), passages=size, judge=judge)
    if not library and not plan.dataset.articles:
        raise typer.BadParameter("The set has no articles of its own; name a library that holds them with --library.")
    combined = points(over, plan)
    for point in combined:
        common.check_model(point.model)
    folder = out or folder_of(RUNS, plan, over)
    with EvalProgress(common.notes()) as watcher:
        made = run(plan, combined, folder, watcher, library)
    if as_json:
        common.print_json(to_dict(made))
    else:
        common.tables().print(table(made))
    say(f"Every run: {folder}")


def _show_changes(found: "Comparison") -> None:
    out = common.results()
    for name, one, other in found.settings:
        out.print(one_line(f"{name}: {one} -> {other}"), soft_wrap=True)
    if found.left_out:
        out.print(f"{found.left_out} questions were asked in one of the runs only, and are left out.")
    out.print(f"{len(found.changed)} questions changed their scores, {found.reworded} more their words alone.")
    for each in found.changed[:_LISTED]:
        _show_change(each)
    if len(found.changed) > _LISTED:
        out.print(f"... and {len(found.changed) - _LISTED} more; --json has them all.")


def _show_change(each: "Changed") -> None:
    out = common.results()
    out.print()
    out.print(one_line(f"{each.id}: {each.question}"), soft_wrap=True)
    for text, faults in ((each.first, each.before), (each.second, each.after)):
        out.print(one_line(f"  - {text} ({'; '.join(faults) or 'handled well'})"), soft_wrap=True)
