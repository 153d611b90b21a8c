"""The file of a draft: one question a line, on the disk as soon as it is kept, never over another file unasked."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.questions import Question, to_record
from eval.rows import DatasetError


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question of a draft, with what whoever looks it over should know: "", or how the held-out article answers."""

    question: Question
    note: str = ""

    @property
    def line(self) -> str:
        """One line of a file of questions, in which `note` is a field that nobody reads but people."""
        note = {"note": self.note} if self.note else {}
        return json.dumps(to_record(self.question) | note, ensure_ascii=False)


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[Callable[[Drafted], None]]:
    """A way to write lines to a new file. What was written stays when the rest fails, a file without any does not.

    Args:
        path: of the file.
        force: take the place of one that is there, at the end and if there is a line.

    Raises:
        DatasetError: there is one and it may not be written over, or it cannot be written.
    """
    place = path.with_name(f"{path.name}.part") if force else path
    try:
        file = place.open("w" if force else "x", encoding="utf-8")
    except FileExistsError as problem:
        raise DatasetError(f"{path} is there already.", help="Name another with --out, or add --force.") from problem
    except OSError as problem:
        raise DatasetError(f"{path} cannot be written: {problem.strerror}.") from problem
    try:
        with file:

            def write(drafted: Drafted) -> None:
                file.write(drafted.line + "\n")
                file.flush()

            yield write
    finally:
        if not place.stat().st_size:
            place.unlink()
        elif force:
            place.replace(path)
