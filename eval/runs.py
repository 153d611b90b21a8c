"""A run: a folder that holds how it was set and every answer, and can be read again and gone on with.

settings.json   RunSettings
answers.jsonl   one Record a line, on the disk before the next question is asked
summary.json    the figures
report.html     to be read
"""

import json
from dataclasses import dataclass
from pathlib import Path

from documents import DossierError
from eval.records import Record, RunSettings

SETTINGS, ANSWERS, SUMMARY, REPORT = "settings.json", "answers.jsonl", "summary.json", "report.html"


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
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{folder} holds no run that can be read ({error}).", help="Make it anew.") from error
    return Run(folder, settings, records)


def _whole_lines(path: Path) -> list[str]:
    """The lines of a file; what stands behind the last end of line was cut off by a kill, and is dropped."""
    *lines, _ = path.read_text(encoding="utf-8").split("\n") if path.exists() else [""]
    return lines
