"""Files that are read in a process of their own: those large enough that the libraries may take minutes or gigabytes.

Measured (docs/performance.md): trafilatura takes 14 s and 0.5 GB for 2 MB of tiny elements, and much longer for more;
python-docx 17 s and 0.5 GB for the 19 MB of XML that a file may have. A process takes most of a second to start, so
files of a usual size are read at once.
"""

import io
import zipfile
from dataclasses import asdict
from typing import Any

from documents.content import Content
from documents.errors import ArticleError
from documents.isolated import read_apart
from documents.kinds import PAGES, SAVED
from documents.metadata import Metadata

LARGE_PAGE = 500_000  # bytes; few pages have more
LARGE_DOCUMENT = 3_000_000  # bytes of XML, unpacked: about a thousand pages
_ZIPPED = (".docx", ".odt", ".epub")
_MARKUP = (".xml", ".xhtml", ".html", ".htm")


def is_costly(data: bytes, suffix: str) -> bool:
    """Whether a file is so large that reading it should be bounded.

    Args:
        data: the whole file.
        suffix: what it is read as; without one it may be a page.
    """
    if suffix in (*PAGES, *SAVED, ""):
        return len(data) > LARGE_PAGE
    return suffix in _ZIPPED and _unpacked(data) > LARGE_DOCUMENT


def read_costly(data: bytes, suffix: str, name: str, url: str | None = None) -> Content:
    """Read a file like `documents.parse.read_content`, within limits of time and memory.

    Raises:
        ArticleError: it cannot be read, or not within the limits.
    """
    found = read_apart(suffix.removeprefix("."), data, name=name, url=url)
    if "error" in found:
        raise ArticleError(str(found["error"]), help=str(found["help"]))
    return from_json(found)


def to_json(content: Content) -> dict[str, Any]:
    """What a process gives of a file that it has read."""
    return asdict(content)


def from_json(found: dict[str, Any]) -> Content:
    """What `to_json` was given; JSON knows no tuples."""
    known = dict(found["known"])
    return Content(
        text=str(found["text"]),
        known=Metadata(
            **known
            | {
                "headline": known["headline"] and _span(known["headline"]),
                "others": tuple(map(_span, known["others"])),
                "provenance": tuple((str(name), str(place)) for name, place in known["provenance"]),
            }
        ),
        pages=tuple(map(int, found["pages"])),
        chapters=tuple((_span(span), str(heading)) for span, heading in found["chapters"]),
    )


def _span(pair: list[int]) -> tuple[int, int]:
    return int(pair[0]), int(pair[1])


def _unpacked(data: bytes) -> int:
    """Bytes of markup in an archive; 0 for one that is damaged, of which its reader tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(each.file_size for each in archive.infolist() if each.filename.lower().endswith(_MARKUP))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return 0
