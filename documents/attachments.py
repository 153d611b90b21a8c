"""What letters carry: each attached file of a kind that is read becomes an article of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage, MIMEPart
from email.policy import default
from pathlib import PurePosixPath
from typing import cast

import regex

from documents.article import Article
from documents.display import printable
from documents.errors import ArticleError
from documents.kinds import SUFFIXES
from documents.mail import body_of, file_name, is_attached, open_letter, parts_of, said_by, texts_of
from documents.metadata import Metadata

_LETTER = "message/rfc822"
# What is attached without a file name is known by its type alone.
_KINDS = {
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/csv": ".csv",
    "text/markdown": ".md",
    _LETTER: ".eml",
}
_ATTACHED = regex.compile(rb"content-disposition\s*:|\bname\*?=|message/rfc822|application/", regex.IGNORECASE)
_FIELDS = ("date", "author", "source")
_AS_IT_CAME = default.clone(refold_source="none")  # to wrap long fields Python parses them, for hours or in vain


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter.

    Attributes:
        name: its own, or a number; it is no path.
        kind: the suffix that says how it is read.
        data: its bytes.
        problem: why it cannot be read, None when it may be tried.
    """

    name: str
    kind: str
    data: bytes
    problem: ArticleError | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What a letter carries.

    Attributes:
        files: those of a kind that is read.
        known: what the letter says of itself.
        alone: whether the letter has no text of its own.
    """

    files: tuple[Attachment, ...] = ()
    known: Metadata | None = None
    alone: bool = False


def carried(data: bytes, name: str) -> Carried:
    """Find what is attached to a letter; what is wrong with the letter itself is told when it is read.

    Args:
        data: the whole letter.
        name: what to call it in an error message.
    """
    if not _ATTACHED.search(data):
        return Carried()
    try:
        message = open_letter(data, name)
    except ArticleError:
        return Carried()
    files = tuple(_files(message, name))
    try:
        return Carried(files, said_by(message), not body_of(message, name).strip()) if files else Carried()
    except Exception:  # noqa: BLE001 - Python's parser of headers raises whatever a damaged letter leads it to
        return Carried(files)


def completed(article: Article, letter: Metadata | None) -> Article:
    """The article of an attached file: the letter says when and from whom it came, where the file does not."""
    said = {field: getattr(letter, field) for field in _FIELDS} if letter else {}
    new = {field: value for field, value in said.items() if value and not getattr(article, field)}
    notes = (*article.provenance, *((field, "letter it came with") for field in new))
    return replace(article, **new, provenance=notes) if new else article


def _files(message: EmailMessage, letter: str) -> Iterator[Attachment]:
    own = {id(message), *map(id, texts_of(message))}
    for number, part in enumerate(parts_of(message), 1):
        if id(part) in own or (part.is_multipart() and not is_attached(part)):
            continue
        try:
            name, kind = _named(part)
            if kind:
                yield Attachment(name or f"attachment {number}{kind}", kind, _data(part))
        except Exception as error:  # noqa: BLE001 - as above
            reason = printable(error or type(error).__name__).rstrip(".")
            problem = ArticleError(f"Attachment {number} of {printable(letter)} cannot be read: {reason}.")
            yield Attachment(f"attachment {number}", "", b"", problem)


def _named(part: MIMEPart) -> tuple[str, str]:
    """Its file name, and its kind; "" for one that is not read."""
    name = file_name(part)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in SUFFIXES:
        return name, suffix
    kind = _KINDS.get(part.get_content_type(), "") if part.is_attachment() or not suffix else ""
    return name, kind


def _data(part: MIMEPart) -> bytes:
    if part.get_content_type() == _LETTER:
        letters = cast("list[EmailMessage]", part.get_payload())
        return letters[0].as_bytes(policy=_AS_IT_CAME) if letters else b""
    return cast("bytes", part.get_payload(decode=True) or b"")
