"""A run: a folder that holds how it was set and every answer, and can be read again and gone on with.

    settings.json   RunSettings
    answers.jsonl   one Record a line, on the disk before the next question is asked
    summary.json    the figures
    report.html     to be read
    library/        the articles, while the run is not complete

A run that was stopped, in whatever way, loses no answer that was made.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from documents import DossierError
from eval.questions import Question
from eval.records import Record, RunSettings
from eval.summary import summary

SETTINGS, ANSWERS, SUMMARY, REPORT = "settings.json", "answers.jsonl", "summary.json", "report.html"
LIBRARY = "library"
_LOCK = ".lock"
_PARTS = tuple(f"{name}.part" for name in (SETTINGS, SUMMARY))
_OWN = frozenset((SETTINGS, ANSWERS, SUMMARY, REPORT, LIBRARY, _LOCK, *_PARTS))

_FREE = ("machine", "started")
"""Settings that may differ when a run is gone on with: the answers do not depend on them."""


class RunError(DossierError):
    """A folder is not a run, or not the one that was meant."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as far as it has come; `records` in the order in which the questions were asked."""

    folder: Path
    settings: RunSettings
    records: tuple[Record, ...]

    @property
    def complete(self) -> bool:
        """Whether every question has its answer."""
        return len(self.records) == len(self.settings.questions)


def load_run(folder: Path) -> Run:
    """Read a run.

    Raises:
        RunError: the folder holds none, or one that cannot be read.
    """
    try:
        settings = RunSettings.from_dict(json.loads((folder / SETTINGS).read_text(encoding="utf-8")))
        records = tuple(Record.from_dict(json.loads(line)) for line in _whole_lines(folder / ANSWERS))
    except FileNotFoundError as error:
        raise RunError(f"{folder} holds no run: {error.filename} is missing.", help="Make one: dossier eval") from error
    except OSError as error:
        raise RunError(f"{folder} holds no run ({error.strerror}).", help="Name the folder of a run.") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RunError(f"{folder} holds no run that can be read ({error}).", help="Make it anew.") from error
    return Run(folder, settings, records)


def folder_for(root: Path, settings: RunSettings) -> Path:
    """Where a run goes when nobody says: to one that was begun so and not ended, else to a new folder.

    Args:
        root: holds all runs.
        settings: of the run.
    """
    name = f"{plain_name(settings.dataset)}-{plain_name(settings.model['name'])}"
    for known in sorted(root.glob(f"*-{name}*"), reverse=True):
        with suppress(RunError):  # of an older version, or no run at all
            run = load_run(known)
            if not run.complete and not different(settings, run.settings):
                return known
    first = root / f"{settings.started[:10]}-{name}"
    others = (first.with_name(f"{first.name}-{number}") for number in range(2, 10_000))
    return next(folder for folder in (first, *others) if not folder.exists())


def different(one: RunSettings, other: RunSettings) -> list[tuple[str, str, str]]:
    """The settings in which two runs differ, so far as answers depend on them: the name, and both values in short."""
    here, there = one.to_dict(), other.to_dict()
    names = (name for name in here if name not in _FREE and here[name] != there[name])
    return [(name, _shown(here[name]), _shown(there[name])) for name in names]


@contextmanager
def opened(folder: Path, settings: RunSettings) -> Iterator[Run]:
    """A run to go on with, begun here or before; nobody else works in its folder meanwhile.

    Raises:
        RunError: the folder holds a run with other settings or other things, or another process works in it.
    """
    with _locked(folder):
        if not (folder / SETTINGS).exists():
            write_json(folder / SETTINGS, settings.to_dict())
        run = load_run(folder)
        if differing := different(run.settings, settings):
            listed = "; ".join(f"{name}: {there}, not {here}" for name, there, here in differing)
            raise RunError(
                f"{folder} holds a run with other settings: {listed}.",
                help="Name another folder with --out, or ask as that run did.",
            )
        yield run


def left(run: Run, questions: Sequence[Question]) -> list[Question]:
    """The questions that have no answer yet."""
    answered = {record.question.id for record in run.records}
    return [question for question in questions if question.id not in answered]


def go_on(
    run: Run,
    questions: Sequence[Question],
    ask: Callable[[Question], Record],
    told: Callable[[Record], None] = lambda _: None,
) -> None:
    """Ask what has not been asked yet, each answer written down before the next question.

    Args:
        run: as `opened` gives it.
        questions: all that it asks.
        ask: asks one, see `Asker.ask`.
        told: of each answer, once it is on the disk.
    """
    with _appending(run.folder / ANSWERS) as write:
        for question in left(run, questions):
            record = ask(question)
            write(record)
            told(record)


def finish(run: Run) -> Run:
    """The run with all its answers, its figures written down; its library is gone once it is complete."""
    run = load_run(run.folder)
    write_json(run.folder / SUMMARY, summary(run.records, run.settings.seed))
    if run.complete:
        shutil.rmtree(run.folder / LIBRARY, ignore_errors=True)
    return run


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted({path.name for path in folder.iterdir()} - _OWN)
    except OSError as error:
        raise RunError(f"{folder} cannot be a folder ({error.strerror}).", help="Name another with --out.") from error
    if foreign:
        raise RunError(f"{folder} holds other things, such as {foreign[0]}.", help="Name a new folder with --out.")
    try:
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise RunError(f"Another process works in {folder}.", help="Wait for it, or name another folder.") from error


@contextmanager
def _appending(path: Path) -> Iterator[Callable[[Record], None]]:
    """A way to write records that are on the disk when it returns; a line that a kill cut off is dropped first."""
    whole = sum(len(line.encode()) + 1 for line in _whole_lines(path))
    with path.open("ab") as file:
        file.truncate(whole)

        def write(record: Record) -> None:
            file.write(_json(record.to_dict()) + b"\n")
            file.flush()
            os.fsync(file.fileno())

        yield write


def _whole_lines(path: Path) -> list[str]:
    """The lines of a file; what stands behind the last end of line was cut off by a kill, and is dropped."""
    if not path.exists():
        return []
    *lines, _ = path.read_bytes().split(b"\n")
    return [line.decode() for line in lines]


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write a file whole or not at all.

    Raises:
        RunError: it cannot be written.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_bytes(_json(value, indent=2) + b"\n")
        partial.replace(path)
    except OSError as error:
        raise RunError(f"{path} cannot be written: {error.strerror}.", help="Name another place.") from error


def _json(value: Any, indent: int | None = None) -> bytes:  # noqa: ANN401 - as above
    """JSON in UTF-8; halves of characters, as in names of files that are no Unicode, as JSON escapes them."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def plain_name(name: str) -> str:
    """The name of a model or set, without what has no place in the name of a folder."""
    return re.sub(r"[^\w.]+", "-", Path(name).name).strip("-")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - a list of a thousand questions tells nothing
