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
from documents.mail import body_of, open_letter, parts_of, said_by
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
_OF_LETTER = ("text/plain", "text/html")  # parts of these types are the letter's own text unless they are attached
_ATTACHED = regex.compile(rb"content-disposition\s*:|\bname\*?=|message/rfc822|application/", regex.IGNORECASE)
_FIELDS = ("date", "author", "source")
_AS_IT_CAME = default.clone(refold_source="none")  # to wrap long fields Python parses them, for hours or in vain


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter; its kind is the suffix that says how it is read."""

    name: str
    kind: str
    data: bytes


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
    """Find what is attached to a letter.

    Args:
        data: the whole letter.
        name: what to call it in an error message.

    Raises:
        ArticleError: it is too damaged to tell.
    """
    if not _ATTACHED.search(data):
        return Carried()
    try:
        message = open_letter(data, name)
    except ArticleError:
        return Carried()  # the letter itself tells what is wrong with it
    try:
        files = tuple(_files(message))
        return Carried(files, said_by(message), not body_of(message, name).strip()) if files else Carried()
    except Exception as error:  # Python's parser of headers raises whatever a damaged letter leads it to
        reason = printable(error or type(error).__name__).rstrip(".")
        raise ArticleError(f"What is attached to {printable(name)} cannot be read: {reason}.") from error


def completed(article: Article, letter: Metadata | None) -> Article:
    """The article of an attached file: the letter says when and from whom it came, where the file does not."""
    said = {field: getattr(letter, field) for field in _FIELDS} if letter else {}
    new = {field: value for field, value in said.items() if value and not getattr(article, field)}
    notes = (*article.provenance, *((field, "letter it came with") for field in new))
    return replace(article, **new, provenance=notes) if new else article


def _files(message: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(parts_of(message), 1):
        name, kind = _named(part)
        own = part is message or (part.get_content_type() in _OF_LETTER and not part.is_attachment())
        if kind and not own and (part.is_attachment() or not part.is_multipart()):
            yield Attachment(name or f"attachment {number}{kind}", kind, _data(part))


def _named(part: MIMEPart) -> tuple[str, str]:
    """The last part of its file name, as it may be a path on somebody's disk, and its kind; "" for one not read."""
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
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
