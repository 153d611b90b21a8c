"""Letters and saved pages in MIME: eml, the letters of an mbox, mhtml."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import cast

import regex

from documents.content import Content, headed, sourced
from documents.decode import decode, decode_declared
from documents.display import printable
from documents.errors import ArticleError
from documents.kinds import SUFFIXES
from documents.markup import declared_charset, read_page
from documents.metadata import Metadata
from documents.xml_tree import page_text

_FROM = regex.compile(rb"^From [^\n]{1,1000}\n", regex.MULTILINE)
_MOST_PARTS = 1_000
_LONGEST_HEADER = 5_000
_LONG_HEADER = regex.compile(rb"^content-[a-z\-]{1,40}:(?:[^\n]|\n[ \t]){%d}" % _LONGEST_HEADER, regex.M | regex.I)
_HEADERS = 1_000_000  # bytes that the headers of a letter may take
_TEXTS = ("text/plain", "text/html")  # what a letter's own text is, the better form first


def read_mail(data: bytes, name: str) -> Content:
    """Read a letter: its subject and its text, the plain one before the HTML one.

    What is attached to it is no part of it; see `documents.attachments`.

    Raises:
        ArticleError: when it holds no text.
    """
    message = open_letter(data, name)
    if not message.keys():
        raise ArticleError(f"{printable(name)} is no letter: it has no header.")
    body = body_of(message, name)
    known = said_by(message)
    text, headline = headed(known.title, body)
    return Content(text if body.strip() else "", replace(known, headline=headline))


def said_by(message: EmailMessage) -> Metadata:
    """What the header of a letter says of it."""
    sender = header(message, "From") or ""
    people = getaddresses([sender[:1_000]])
    known = Metadata(
        title=header(message, "Subject"),
        date=_sent(message),
        author=(people[0][0] or people[0][1] or None) if people else None,
        source=regex.sub(r"\s*<.*>\s*$", "", header(message, "List-Id") or "").strip('" ') or None,
        language=header(message, "Content-Language"),
        url=_web(header(message, "Archived-At")),
    )
    return sourced(known, "letter's header")


def read_mhtml(data: bytes, name: str) -> Content:
    """Read a saved page; its pictures and styles are neither read nor written anywhere.

    Raises:
        ArticleError: when it holds no page with text.
    """
    message = open_letter(data, name)
    page = next(
        (part for part in parts_of(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    if page is None:
        raise ArticleError(f"{printable(name)} holds no page.")
    url = _web(header(page, "Content-Location")) or _web(header(message, "Snapshot-Content-Location"))
    text, known = read_page(_text(page, name), url=url, name=name)
    return Content(text, known)


def letters(data: bytes) -> Iterator[bytes]:
    """The letters of an mbox, each without the line that opens it."""
    starts = [match for match in _FROM.finditer(data) if _opens(data, match.start())]
    ends = (*(match.start() for match in starts[1:]), len(data))
    for match, end in zip(starts, ends, strict=False):
        yield regex.sub(rb"(?m)^>(>*From )", rb"\1", data[match.end() : end])


def _opens(data: bytes, start: int) -> bool:
    """Whether a line "From ..." opens a letter: the first line, or one behind a blank line."""
    return start == 0 or data[max(start - 2, 0) : start] == b"\n\n" or data[max(start - 3, 0) : start] == b"\n\r\n"


def letter_name(letter: bytes) -> str:
    """The identifier that a letter carries, "" for one without."""
    head = regex.split(rb"\r?\n\r?\n", letter[:_HEADERS], maxsplit=1)[0]
    match = regex.search(rb"(?mi)^message-id:\s*<?([^>\s]{1,300})", head)
    return match[1].decode("utf-8", "replace") if match else ""


def open_letter(data: bytes, name: str) -> EmailMessage:
    """Parse a letter.

    Raises:
        ArticleError: it is damaged, or a header is so long that Python's parser would take minutes for it.
    """
    if _LONG_HEADER.search(data):
        raise ArticleError(f"{printable(name)} has a header of more than {_LONGEST_HEADER:,} bytes.")
    try:
        return message_from_bytes(data, policy=policy.default)
    except Exception as error:  # the parser raises whatever a damaged letter leads it to
        reason = "nested too deep" if isinstance(error, RecursionError) else printable(error or type(error).__name__)
        raise ArticleError(f"{printable(name)} is damaged: {reason.rstrip('.')}.") from error


def parts_of(message: MIMEPart) -> Iterator[MIMEPart]:
    """All parts that are not attached files, on a stack of our own: letters may be nested without end."""
    waiting, count = [message], 0
    while waiting and count < _MOST_PARTS:
        part, count = waiting.pop(), count + 1
        yield part
        if part.is_multipart() and not is_attached(part):
            waiting.extend(reversed(cast("list[MIMEPart]", part.get_payload())))


def is_attached(part: MIMEPart) -> bool:
    """Whether a part is an attached file; one whose header is too damaged to tell is hardly the letter's own text."""
    try:
        return part.is_attachment()
    except Exception:  # noqa: BLE001 - Python's parser of headers raises whatever a damaged one leads it to
        return True


def file_name(part: MIMEPart) -> str:
    """The last part of its file name, as it may be a path on somebody's disk; "" for a part without one."""
    return PurePosixPath((part.get_filename() or "").replace("\\", "/")).name


def texts_of(message: EmailMessage) -> list[MIMEPart]:
    """The parts that are the letter's own text, in all its forms.

    A text with the name of a file that is read is a file, shown within the letter or not; only the whole letter, or
    one of several forms of its text, may be named too.
    """
    parts = list(parts_of(message))
    forms = {id(message), *(id(part) for whole in parts for part in _forms(whole))}
    return [part for part in parts if _is_text(part) and (id(part) in forms or not _is_named(part))]


def _forms(whole: MIMEPart) -> list[MIMEPart]:
    """The parts of which each is all of the text, or of which the first is and shows the others."""
    if not whole.is_multipart() or is_attached(whole):
        return []
    parts = cast("list[MIMEPart]", whole.get_payload())
    shown = {"multipart/alternative": len(parts), "multipart/related": 1}
    return parts[: shown.get(whole.get_content_type(), 0)]


def _is_text(part: MIMEPart) -> bool:
    try:
        return not part.is_multipart() and not part.is_attachment() and part.get_content_type() in _TEXTS
    except Exception:  # noqa: BLE001 - as above
        return False


def _is_named(part: MIMEPart) -> bool:
    try:
        return PurePosixPath(file_name(part)).suffix.lower() in SUFFIXES
    except Exception:  # noqa: BLE001 - as above
        return True


def body_of(message: EmailMessage, name: str) -> str:
    """The letter's own text, "" where it only carries others."""
    parts = texts_of(message)
    for kind in _TEXTS:
        texts = [_text(part, name) for part in parts if part.get_content_type() == kind]
        shown = [page_text(text) if kind == "text/html" else text for text in texts]
        body = "\n\n".join(text.strip() for text in shown if text.strip())
        if body:
            return body
    return ""


def _text(part: MIMEPart, name: str) -> str:
    """A part's text in the encoding that it declares, else in the one that it is in."""
    data = cast("bytes", part.get_payload(decode=True) or b"")
    if not data.strip():
        return ""
    charset = part.get_content_charset() or declared_charset(data)
    text = decode_declared(data, charset) if charset else None
    return text.replace("\r\n", "\n").replace("\r", "\n") if text and "\0" not in text else decode(data, name=name)


def header(part: MIMEPart, name: str) -> str | None:
    """A field of a header on one line, None where there is none."""
    raw = next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")
    value = part.get(name) if len(raw) <= _LONGEST_HEADER else raw[:_LONGEST_HEADER]
    return " ".join(str(value).split()) or None if value else None


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(header(message, "Date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _web(value: str | None) -> str | None:
    address = (value or "").strip("<> ")
    return address if address.startswith(("http://", "https://")) else None
