"""The name of the site that a text was saved from, where it stands alone on one of its first or last lines.

A short line by itself may as well be a rubric, a heading or who wrote. So it must be said twice: by another such line,
or by the address that the text gives. On the first line, where a headline may stand, the address must give the whole
name: the headlines of an organisation begin with its name as well.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import regex

from documents.captions import is_caption
from documents.labels import label_of
from documents.lines import SENTENCE_END
from documents.words import folded

_LONGEST, _MOST_WORDS = 40, 5
_SHORTEST = 5  # letters of a host that a longer name may begin with: "Le Courrier du Vietnam" of lecourrier.vn
_GENERAL = ("ac", "co", "com", "edu", "gob", "gouv", "gov", "net", "org")  # what stands before a country's letters


def is_site_name(words: str, others: Iterable[str], address: str | None, *, opens: bool) -> bool:
    """Whether a line that opens or closes a text names the site.

    Args:
        words: the line.
        others: other lines that open or close it.
        address: where the text says that it was published.
        opens: the line is the first one, where a headline may stand.
    """
    if len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or words[:1].islower():
        return False
    if SENTENCE_END.search(words) or label_of(words) or is_caption(words):
        return False
    name = _letters(words)
    again = any(len(other) <= _LONGEST and name == _letters(other) for other in others)
    return bool(name) and (again or _is_of(name, address, whole=opens))


def _is_of(name: str, address: str | None, *, whole: bool) -> bool:
    """Whether a name is that of an address's host, its part before "vn" or "co.uk"; or begins with it, if not whole."""
    try:
        parts = (urlsplit(address or "").hostname or "").split(".")[:-1]
    except ValueError:
        return False
    host = next((_letters(part) for part in reversed(parts) if part not in _GENERAL), "")
    return bool(host) and (name == host or (not whole and len(host) >= _SHORTEST and name.startswith(host)))


def _letters(words: str) -> str:
    """Letters and digits alone, folded, as in the name of a host: "Sønderjylland i dag" is "sonderjyllandidag"."""
    return regex.sub(r"[^\p{L}\p{M}\p{N}]", "", folded(words))
