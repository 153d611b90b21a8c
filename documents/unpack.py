"""Files that hold several articles: archives, mailboxes, tables and lists of records."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from documents import kinds
from documents.article import Article
from documents.attachments import carried, completed
from documents.decode import decode
from documents.display import printable
from documents.errors import ArticleError
from documents.mail import letter_name, letters
from documents.metadata import Metadata
from documents.parse import parse
from documents.records import records
from documents.zipped import Zipped

MEMBER = "::"  # between a file's path and the name of a member: "press.zip::2024/bridge.html"
_NESTED = 3  # archives within archives


@dataclass(frozen=True, slots=True)
class Part:
    """One article to be, of a file that may hold several.

    Attributes:
        path: the file.
        name: what makes it the same one next time; "" for a file that is one article.
        kind: the suffix that says how it is read.
        data: its bytes.
        problem: why it cannot be read, None when it may be tried.
        letter: what the letter says with which it came, None for what came with none.
    """

    path: Path
    name: str
    kind: str
    data: bytes
    problem: ArticleError | None = None
    letter: Metadata | None = None

    @property
    def origin(self) -> str:
        """The path, and for a member its name."""
        return f"{self.path}{MEMBER}{self.name}" if self.name else str(self.path)

    def article(self) -> Article:
        """Parse it.

        Raises:
            ArticleError: when it cannot be an article.
        """
        if self.problem:
            raise self.problem
        return completed(parse(self.data, path=Path(self.origin), kind=self.kind), self.letter)


def unpack(data: bytes, path: Path) -> Iterator[Part]:
    """Part a file into the articles that it holds.

    Args:
        data: the whole file.
        path: where it came from; its suffix says what it is.

    Yields:
        One part for a file that is one article; for others a part for each member, named so that it is known
        again when others come or go. What is wrong with a member is a part with a problem, and stops nothing.

    Raises:
        ArticleError: when the file as a whole cannot be read.
    """
    seen: dict[str, int] = {}
    for part in _parts(data, path, path.suffix.lower(), ""):
        count = seen[part.name] = seen.get(part.name, 0) + 1
        yield replace(part, name=f"{part.name} ({count})") if count > 1 else part
    if not seen:
        raise ArticleError(f"{printable(path)} holds no articles.", help=f"Dossier reads {' '.join(kinds.SUFFIXES)}.")


def _parts(data: bytes, path: Path, kind: str, name: str) -> Iterator[Part]:
    shown = f"{path}{MEMBER}{name}" if name else str(path)
    inner = f"{name}{MEMBER}" if name else ""
    if kind == ".zip":
        yield from _archive(data, path, name)
    elif kind == ".mbox":
        for number, letter in enumerate(letters(data), 1):
            yield from _letter(letter, path, f"{inner}{letter_name(letter) or f'letter {number}'}")
    elif kind == ".eml":
        yield from _letter(data, path, name)
    elif kind in kinds.RECORDS:
        for member, record in records(decode(data, name=shown), kind, shown):
            whole = f"{inner}{member}" if member else name
            if isinstance(record, ArticleError):
                yield Part(path, whole, ".json", b"", record)
            else:
                yield Part(path, whole, ".json", json.dumps(record, sort_keys=True, default=str).encode())
    else:
        yield Part(path, name, kind, data)


def _letter(data: bytes, path: Path, name: str) -> Iterator[Part]:
    """A letter, unless it has no words of its own, and the files that it carries."""
    with_it = carried(data, f"{path}{MEMBER}{name}" if name else str(path))
    if not with_it.alone:
        yield Part(path, name, ".eml", data)
    for file in with_it.files:
        member = f"{name}{MEMBER}{file.name}" if name else file.name
        try:
            if file.problem:
                raise file.problem
            _refuse(member, printable(path))
            for part in _parts(file.data, path, file.kind, member):
                yield replace(part, letter=part.letter or with_it.known)
        except ArticleError as problem:
            yield Part(path, member, file.kind, b"", problem)


def _archive(data: bytes, path: Path, name: str) -> Iterator[Part]:
    file = Zipped(data, f"{path}{MEMBER}{name}" if name else str(path))
    for info in file.members():
        kind = PurePosixPath(info.filename).suffix.lower()
        member = f"{name}{MEMBER}{info.filename}" if name else info.filename
        if kind not in kinds.SUFFIXES or _is_hidden(info.filename):
            continue
        try:
            _refuse(member, file.name)
            yield from _parts(file.read(info), path, kind, member)
        except ArticleError as problem:
            yield Part(path, member, kind, b"", problem)


def _is_hidden(member: str) -> bool:
    names = PurePosixPath(member).parts
    return any(name.startswith((".", "__MACOSX")) and name != ".." for name in names)


def _refuse(member: str, archive: str) -> None:
    """Nothing is written, so no name can lead anywhere; one that tries to is from nobody to trust."""
    last = member.rpartition(MEMBER)[2]
    if last.startswith(("/", "\\")) or ".." in last.replace("\\", "/").split("/") or ":" in last[:2]:
        raise ArticleError(f"{archive} holds {printable(last)}, a name that leads out of it.")
    if member.count(MEMBER) >= _NESTED:
        raise ArticleError(f"{archive} is nested too deep: archives within archives within archives.")
