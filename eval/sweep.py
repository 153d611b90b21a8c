"""Runs over every combination of some settings, with one table at the end.

What does not change from one point to the next is not made again: points that differ in the model or in the number
of passages ask one library, passages that a model has read stay read, and points that were ended before are kept.
"""

import hashlib
import itertools
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.table import Table

from documents import DossierError
from embeddings import load_encoder
from eval.evaluation import Plan, Watcher, asked_of, evaluate, telling
from eval.libraries import library_in
from eval.measures import MEASURES
from eval.runs import Run, plain_name
from eval.summary import ends, figures, short
from rag import Library, PassageSize, SearchSettings, StateSettings, load_generator

LIBRARIES = "libraries"
_OF_LIBRARIES = ("passages", "embedding")
_OF_SEARCH = ("word_weight", "language_weight", "min_score")

SHOWN = (
    "handled_well",
    "answer_right",
    "faithful",
    "citation_precision",
    "false_answers",
    "false_abstentions",
    "recall@5",
    "first_token_s",
    "total_s",
)
"""The figures of the table."""

_MAXIMUM = PassageSize().maximum / PassageSize().target
"""How much longer than it should be a passage may be, as usual."""


class SweepError(DossierError):
    """A sweep cannot be made of what was given."""


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of settings.

    Attributes:
        settings: what was varied, by name, as it was written.
        model: the generator's name; None for the default one.
        embedding: the embedding model's name; None for the default one.
        k: how many passages the model reads.
        passages: how long they are; None in a library that was there before.
        search: how they are ranked, and which are near enough.
        states: whether passages that were read once are read again.
    """

    settings: Mapping[str, str]
    model: str | None
    embedding: str | None
    k: int
    passages: PassageSize | None
    search: SearchSettings
    states: bool

    @property
    def name(self) -> str:
        """The settings as the name of a folder."""
        return ",".join(f"{name}={plain_name(value)}" for name, value in self.settings.items())

    @property
    def library(self) -> tuple[str, int]:
        """What the library depends on: points that have this in common share one."""
        return self.embedding or "", self.passages.target if self.passages else 0


def points(over: Sequence[str], plan: Plan) -> list[Point]:
    """Every combination of some settings.

    Args:
        over: each a name and values, such as "k=2,4,8".
        plan: gives the settings that are not varied.

    Raises:
        SweepError: a setting that there is not, a value that it cannot have, or two that cannot be told apart.
    """
    varied: dict[str, list[str]] = {}
    for each in over:
        name, _, values = each.partition("=")
        listed = list(dict.fromkeys(filter(None, map(str.strip, values.split(",")))))
        if plan.passages is None and name in _OF_LIBRARIES:
            raise SweepError(f"{name} is that of the library, and cannot be varied.", help="Sweep without --library.")
        if name not in _READ or name in varied or not listed:
            raise SweepError(
                f"{each!r} cannot be varied.", help=f"Each of {', '.join(_READ)} once, with values: --over k=2,4,8"
            )
        varied[name] = listed
    combined = itertools.product(*varied.values())
    made = [_point(dict(zip(varied, values, strict=True)), plan) for values in combined]
    for name, count in Counter(point.name for point in made).items():
        if count > 1:
            raise SweepError(f"{count} runs would be called {name!r}.", help="Values need different last names.")
    return made


def sweep(
    plan: Plan, combined: Sequence[Point], folder: Path, watcher: Watcher, own: Path | None = None
) -> dict[str, tuple[Point, Run]]:
    """Make the run of every point, those that share a library one after the other.

    Args:
        plan: what is asked, and the settings that are not varied.
        combined: the points.
        folder: holds a run for each.
        watcher: told how far each is.
        own: a library that is asked instead of those made of the dataset's articles.

    Returns:
        The points and their runs, by name, in the order in which they were given.
    """
    done: dict[str, Run] = {}
    # What costs most to change is changed least often.
    for point in sorted(combined, key=lambda p: (*p.library, p.model or "", p.states, p.k)):
        varied = replace(plan, model=point.model, k=point.k, passages=point.passages, search=point.search)
        with _library(plan, point, folder, own, watcher) as library:
            asked = asked_of(library, varied) if own else varied
            done[point.name] = evaluate(asked, watcher, out=folder / point.name, library=library)
    shutil.rmtree(folder / LIBRARIES, ignore_errors=True)
    return {point.name: (point, done[point.name]) for point in combined}


def folder_of(root: Path, plan: Plan, over: Sequence[str]) -> Path:
    """Where a sweep goes when nobody says: the same sweep of the same questions to the same place, so it goes on."""
    asked = [plan.dataset.fingerprint, asdict(plan.selection), plan.model, plan.k, plan.judge, list(over)]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]
    return root / f"sweep-{plain_name(plan.dataset.name)}-{digest}"


def table(made: Mapping[str, tuple[Point, Run]]) -> Table:
    """A row for each point: what was varied, and its main figures with their intervals."""
    shown = Table(title="Sweep; shares in hundredths, times in seconds", box=None, header_style="bold")
    varied = list(next(iter(made.values()))[0].settings)
    for name in (*varied, "questions"):
        shown.add_column(name, overflow="fold")
    for name in SHOWN:
        shown.add_column(MEASURES[name].title, justify="right")
    for point, run in made.values():
        found = figures(run.records, run.settings.seed)
        cells = (
            f"{short(MEASURES[name], found[name].value)}\n{ends(MEASURES[name], found[name].low, found[name].high)}"
            for name in SHOWN
        )
        shown.add_row(*(point.settings[name] for name in varied), str(len(run.records)), *cells)
    return shown


def to_dict(made: Mapping[str, tuple[Point, Run]]) -> list[dict[str, Any]]:
    """The points and their figures as plain values."""
    return [
        {
            "settings": dict(point.settings),
            "run": str(run.folder),
            "figures": {name: asdict(each) for name, each in figures(run.records, run.settings.seed).items()},
        }
        for point, run in made.values()
    ]


def _library(
    plan: Plan, point: Point, folder: Path, own: Path | None, watcher: Watcher
) -> AbstractContextManager[Library]:
    states = StateSettings.from_environment()
    generator = load_generator(point.model, states=replace(states, enabled=states.enabled and point.states))
    if own is not None:
        return Library.open(own, generator=generator, search=point.search)
    embedding, target = point.library
    return library_in(
        folder / LIBRARIES / f"{plain_name(embedding) or 'default'}-{target}",
        *plan.dataset.articles,
        encoder=load_encoder(point.embedding),
        generator=generator,
        passages=point.passages,
        search=point.search,
        progress=telling(watcher),
    )


def _point(settings: dict[str, str], plan: Plan) -> Point:
    read = {name: _value(name, written) for name, written in settings.items()}
    search = {name: read.pop(name) for name in _OF_SEARCH if name in read}
    usual = {"model": plan.model, "embedding": None, "k": plan.k, "passages": plan.passages, "states": True}
    return Point(settings, search=replace(plan.search, **search), **{**usual, **read})


def _value(name: str, written: str) -> Any:  # noqa: ANN401 - as the setting has it
    try:
        return _READ[name](written)
    except (KeyError, ValueError) as error:
        raise SweepError(f"{written!r} is no value of {name}.", help=_HELP[name]) from error


def _count(written: str) -> int:
    if int(written) < 1:
        raise ValueError(written)
    return int(written)


def _size(written: str) -> PassageSize:
    target = _count(written)
    return PassageSize(target, round(target * _MAXIMUM))


_READ: dict[str, Callable[[str], Any]] = {
    "model": str,
    "embedding": str,
    "k": _count,
    "passages": _size,
    "word_weight": float,
    "language_weight": float,
    "min_score": float,
    "states": {"on": True, "off": False}.__getitem__,
}
_HELP = {
    "k": "How many passages the model reads, at least 1.",
    "passages": "How long passages should be, in tokens, at least 1.",
    "word_weight": "What words in common add to the cosine, such as 0.04.",
    "language_weight": "How much of what another language costs a passage is given back, such as 0.8.",
    "min_score": "Below which score passages are not read, such as 0.75.",
    "states": "on or off.",
}
