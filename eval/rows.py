"""Records that others wrote, of whatever form: what stands in a field, or which field is wrong and where."""

import json
import re
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from documents import DossierError, language_name

LONGEST_LINE = 10_000_000
"""Bytes of a line of JSON; a whole book has a tenth of it."""

LARGEST_FILE = 200_000_000
"""Bytes of a file that has to be read whole."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, as texts have that were cut off by their length; what is put in its place is as long."""

_FLAGS = {"true": True, "yes": True, "1": True, "1.0": True, "false": False, "no": False, "0": False, "0.0": False}


class DatasetError(DossierError, ValueError):
    """Questions that cannot be read: which file, which place in it, what was found, what would be taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record and where it stands.

    Attributes:
        place: the file and the line, or another way to find it.
        fields: its values by their names.
        form: which fields records of its kind have, for whoever has to mend one.
        number: of its line or row, from 1.
    """

    place: str
    fields: Mapping[str, Any]
    form: str = ""
    number: int = 0

    @classmethod
    def of(cls, place: str, value: Any, form: str = "", number: int = 0) -> "Row":  # noqa: ANN401 - any JSON
        """A record, if the value is one.

        Raises:
            DatasetError: it is no object with named fields.
        """
        if not isinstance(value, Mapping):
            raise DatasetError(f"{place}: {_shown(value)} is no object with named fields.", help=form)
        return cls(place, value, form, number)

    def wrong(self, what: str) -> DatasetError:
        """The error to raise; `what` says what was found."""
        return DatasetError(f"{self.place}: {what}.", help=self.form)

    def has(self, name: str) -> bool:
        """Whether the record says anything under this name."""
        return self.fields.get(name) is not None

    def needed(self, *names: str) -> str:
        """A text that must be there, under one of these names.

        Raises:
            DatasetError: there is none, it is blank, or it is no text.
        """
        found = self.text(*names)
        if not found.strip():
            raise self.wrong(f"{names[0]!r} is {'empty' if any(map(self.has, names)) else 'missing'}")
        return found

    def text(self, *names: str) -> str:
        """The text or number under the first of these names that is there, "" without one.

        Raises:
            DatasetError: it is neither.
        """
        name, value = self._first(names)
        return "" if value is None else self._text(name, value)

    def texts(self, *names: str) -> tuple[str, ...]:
        """The list of texts under the first of these names that is there; one text is a list of one.

        Raises:
            DatasetError: it is neither.
        """
        name, value = self._first(names)
        if value is None:
            return ()
        listed = value if isinstance(value, list | tuple) else [value]
        return tuple(self._text(name, each) for each in listed)

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """A yes or no, also when it is written as a word or as 1 or 0.

        Args:
            name: of the field.
            default: what an empty field means; None where it must say something.

        Raises:
            DatasetError: it is neither.
        """
        value = self.fields.get(name)
        if value in (None, "") and default is not None:
            return default
        if value in (None, ""):
            raise self.wrong(f"{name!r} is {'missing' if value is None else 'empty'}")
        flag = _FLAGS.get(str(value).strip().casefold())
        if flag is None:
            raise self.wrong(f"{name!r} is {_shown(value)}, neither true nor false")
        return flag

    def language(self, name: str) -> str:
        """The ISO 639-1 code of the language that is named, also with a territory ("fr-CA"); "" where none is.

        Raises:
            DatasetError: what it names is no language.
        """
        named = self.text(name).strip()
        code = named.replace("_", "-").partition("-")[0].lower()
        if named and not _is_language(code):
            raise self.wrong(f"{name!r} is {named!r}, no ISO 639-1 code such as 'en' or 'vi'")
        return code

    def integer(self, name: str) -> int:
        """A whole number that must be there.

        Raises:
            DatasetError: it is not.
        """
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            found = "missing" if value is None else f"{_shown(value)}, no whole number"
            raise self.wrong(f"{name!r} is {found}")
        return value

    def rows(self, name: str) -> "list[Row]":
        """The records in a list under this name; none without it.

        Raises:
            DatasetError: it is no list, or something in it is no record.
        """
        value = self.fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise self.wrong(f"{name!r} is {_shown(value)}, no list of objects")
        return [Row.of(f"{self.place}, {name}[{i}]", each, self.form) for i, each in enumerate(value)]

    def _first(self, names: tuple[str, ...]) -> tuple[str, Any]:
        return next(((name, self.fields[name]) for name in names if self.has(name)), (names[0], None))

    def _text(self, name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.wrong(f"{name!r} is {_shown(value)}, no text")
        return _HALF.sub("\ufffd", str(value))


def records(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a file of one JSON value a line, each with the number of its line; empty lines do not count.

    Raises:
        DatasetError: a line is not JSON, or too long.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE + 1), b""), start=1):
            if len(line) > LONGEST_LINE:
                raise DatasetError(f"{path.name}, line {number}: longer than {LONGEST_LINE:,} bytes.")
            if line.strip():
                yield number, _parsed(line, f"{path.name}, line {number}")


def json_file(path: Path) -> Any:  # noqa: ANN401 - any JSON
    """The value of a file that is one JSON value.

    Raises:
        DatasetError: it is not JSON, or too large.
        OSError: the file cannot be read.
    """
    check_size(path)
    return _parsed(path.read_bytes(), path.name)


def check_size(path: Path) -> None:
    """Refuse a file that is larger than a set of questions can be.

    Raises:
        DatasetError: it is.
        OSError: the file cannot be read.
    """
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise DatasetError(f"{path.name} has {size:,} bytes; the limit is {LARGEST_FILE:,}.", help="Take a part of it.")


@cache
def _is_language(code: str) -> bool:
    return bool(language_name(code))


def _parsed(text: bytes, place: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        where = f" at line {problem.lineno}" if problem.lineno > 1 else ""
        raise DatasetError(f"{place}: not JSON ({problem.msg}{where}).") from problem
    except UnicodeDecodeError as problem:
        raise DatasetError(f"{place}: not UTF-8.", help="Save the file as UTF-8.") from problem
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits, or brackets without end
        raise DatasetError(f"{place}: not JSON that can be read ({reprlib.repr(str(problem))}).") from problem


def _shown(value: Any) -> str:  # noqa: ANN401 - any JSON
    """A value in a message: short, and nothing in it that a terminal would obey."""
    return reprlib.repr(value)
