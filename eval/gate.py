"""Floors that the figures of a run must hold, pinned in a file: quality is not lost by accident.

After the gate of adbar/trafilatura: what is pinned is named by its data (the set's fingerprint, the questions), noise
has a name, and a floor is lowered only when somebody says so.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path

from rich.table import Table

from eval.measures import MEASURES, Measure
from eval.records import RunSettings
from eval.runs import Run, RunError, write_json
from eval.summary import figures

FLOORS = Path(str(files("eval"))) / "data" / "floors.json"

NOISE = 0.02
"""How far below its floor a share may lie. One machine gives the same answers each time; another processor rounds
otherwise, and an answer in fifty may come out in other words."""

_FORM = "A list of objects with dataset, fingerprint, setting, model, judge, k, commit and figures."


@dataclass(frozen=True, slots=True)
class Floors:
    """What the figures of one kind of run must hold.

    Attributes:
        dataset: its name.
        fingerprint: of its questions and articles.
        setting: 16 hex digits over the questions that were asked, the embedding model, passages, search and states.
        model: the generator's name.
        judge: what the scorer asked.
        k: passages that the model read.
        commit: at which the floors were last changed.
        figures: by the name of the measure; of measures where less is better, what it may not exceed.
    """

    dataset: str
    fingerprint: str
    setting: str
    model: str
    judge: str
    k: int
    commit: str
    figures: dict[str, float]

    def fits(self, other: "Floors") -> bool:
        """Whether both are for the same kind of run."""
        return replace(self, commit="", figures={}) == replace(other, commit="", figures={})


@dataclass(frozen=True, slots=True)
class Check:
    """One figure beside its floor; `figure` is None where the run has none any more."""

    measure: Measure
    floor: float
    figure: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure is as good as the floor, but for noise."""
        if self.figure is None:
            return False
        gain = self.figure - self.floor if self.measure.better == "more" else self.floor - self.figure
        return gain >= -NOISE - 1e-9


def check(run: Run, known: Sequence[Floors]) -> list[Check]:
    """The figures of a run beside their floors.

    Raises:
        RunError: the run is not complete, or no floors are pinned for it.
    """
    now = floors_of(run)
    pinned = next((floors for floors in known if floors.fits(now)), None)
    if pinned is None:
        raise RunError(
            f"No floors are pinned for {now.dataset} ({now.fingerprint}, setting {now.setting}), {now.model}, "
            f"judge {now.judge or 'none'}, k {now.k}.",
            help="Pin those of this run: dossier eval gate RUN --update",
        )
    return [
        Check(MEASURES[name], floor, now.figures.get(name))
        for name, floor in pinned.figures.items()
        if name in MEASURES
    ]


def updated(run: Run, known: Sequence[Floors], *, lower: bool = False) -> list[Floors]:
    """The floors with those of a run: each as good as the better of both, or with `lower` as the run has it.

    Raises:
        RunError: the run is not complete.
    """
    now = floors_of(run)
    old = next((floors for floors in known if floors.fits(now)), None)
    if old is not None and not lower:
        kept = {name: _better(name, floor, now.figures.get(name, floor)) for name, floor in old.figures.items()}
        now = replace(now, figures=now.figures | kept)
    others = [floors for floors in known if not floors.fits(now)]
    return [*others, now]


def floors_of(run: Run) -> Floors:
    """The figures of a run as floors: of the measures that are judged.

    Raises:
        RunError: the run is not complete.
    """
    if not run.complete:
        raise RunError(f"{run.folder} is not complete.", help="Go on with it: dossier eval with the same options.")
    settings = run.settings
    found = figures(run.records, settings.seed).values()
    judged = {figure.name: figure.value for figure in found if MEASURES[figure.name].judged}
    return Floors(
        dataset=settings.dataset,
        fingerprint=settings.fingerprint,
        setting=_setting(settings),
        model=settings.model["name"],
        judge=settings.judge,
        k=settings.k,
        commit=settings.commit,
        figures={name: round(value, 4) for name, value in judged.items() if value is not None},
    )


def load_floors(path: Path = FLOORS) -> list[Floors]:
    """Read floors.

    Raises:
        RunError: the file holds none.
    """
    try:
        return [Floors(**values) for values in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, TypeError, ValueError) as error:
        raise RunError(f"{path} holds no floors ({error}).", help=_FORM) from error


def save_floors(floors: Sequence[Floors], path: Path = FLOORS) -> None:
    """Write floors, whole or not at all.

    Raises:
        RunError: they cannot be written.
    """
    write_json(path, [asdict(each) for each in floors])


def table(checks: Sequence[Check]) -> Table:
    """Figures and floors side by side."""
    shown = Table(title=f"Floors, less {100 * NOISE:.0f} points for noise", box=None, header_style="bold")
    for name in ("", "floor", "figure", ""):
        shown.add_column(name, justify="right" if name else "left", overflow="fold")
    for each in checks:
        figure = "-" if each.figure is None else f"{100 * each.figure:.1f}"
        sign = "≥" if each.measure.better == "more" else "≤"
        shown.add_row(each.measure.title, f"{sign} {100 * each.floor:.1f}", figure, "" if each.holds else "BROKEN")
    return shown


def _better(name: str, one: float, other: float) -> float:
    better = max if name not in MEASURES or MEASURES[name].better == "more" else min
    return better(one, other)


def _setting(settings: RunSettings) -> str:
    depends = (settings.questions, settings.embedding, settings.passages, settings.search, settings.states)
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()[:16]
