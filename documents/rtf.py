"""Rich text, through striprtf in a process of its own."""

import regex

from documents.blocks import content, one_line
from documents.content import Content
from documents.display import printable
from documents.errors import ArticleError
from documents.isolated import read_apart
from documents.metadata import Metadata
from documents.published import iso_date

_INFO = regex.compile(r"\{\\(?P<key>title|author|company)\s(?P<value>[^{}]{1,1000})\}")
_TIME = regex.compile(r"\{\\(?P<key>creatim|revtim)\\yr(?P<y>\d{4})(?:\\mo(?P<m>\d{1,2}))?(?:\\dy(?P<d>\d{1,2}))?")
_HEAD = 100_000  # characters; the information about a document stands at its beginning


def read_rtf(data: bytes, name: str) -> Content:
    """Read rich text.

    Raises:
        ArticleError: when it is damaged.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ArticleError(f"{printable(name)} is not rich text, whatever its name says.")
    text = str(read_apart("rtf", data, name=name)["text"])
    lines = (regex.sub(r"[ \t]+", " ", line.replace("\xad", "")).strip() for line in text.split("\n"))
    text = regex.sub(r"\n+", "\n\n", "\n".join(lines)).strip()
    head = data[:_HEAD].decode("cp1252", "replace")
    found = {match["key"]: _words(match["value"]) for match in reversed(list(_INFO.finditer(head)))}
    times = {
        m["key"]: "-".join(f"{int(part):02}" for part in (m["y"], m["m"], m["d"]) if part) for m in _TIME.finditer(head)
    }
    known = Metadata(
        title=one_line(found.get("title")),
        date=iso_date(times.get("creatim", "")),
        modified=iso_date(times.get("revtim", "")),
        author=one_line(found.get("author")),
    )
    return content([("", block) for block in text.split("\n\n")], known)


def _words(value: str) -> str:
    value = regex.sub(r"\\u(-?\d{1,5})\s?\??", lambda match: chr(int(match[1]) % 0x10000), value)
    value = regex.sub(r"\\'([0-9a-fA-F]{2})", lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), value)
    return regex.sub(r"\\[a-z]+-?\d*\s?", "", value)
