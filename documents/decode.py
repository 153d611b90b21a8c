r"""Bytes to text, exactly or not at all.

What is normalised here, and never again later: a byte order mark is dropped, and the line ends `\r\n` and
`\r` become `\n`. Nothing else: no Unicode normalisation, no trimming, no repair of odd characters, because
every quote that Dossier shows is promised to be the article's own text.
"""

import codecs
from collections.abc import Iterator
from itertools import islice

import regex

from documents import legacy
from documents.display import printable
from documents.errors import ArticleError

# UTF-32 stands before UTF-16, whose mark is a prefix of it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\rtf": "a rich text document",
    b"\x7fELF": "a program",
}
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.002  # a page of text may hold a stray form feed; a program is full of them
_SAMPLE = 65_536
_USUAL = regex.compile(r"[\p{L}\p{M}\p{N}]")
_STOPS = regex.compile(r"[ \n.,\u3001\u3002\uff0c]")
_UNUSED = regex.compile(r"[\p{Cn}\p{Co}]")
_IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Hangul}]+")
_MOST = 0.8
_FEW = 12


def decode(data: bytes, *, name: str = "the text") -> str:
    r"""Turn the bytes of a file or page into text.

    Tried in order: a byte order mark, UTF-8, UTF-16 without a mark, the older encodings.

    Args:
        data: the whole file.
        name: what to call it in an error message.

    Returns:
        Text with `\n` line ends, without NUL characters or lone surrogates.

    Raises:
        ArticleError: when the bytes are not text, or hold nothing but white space.
    """
    shown = printable(name)
    _refuse_signature(data, shown)
    text = next(_readings(data), None)
    if text is None or _looks_binary(text):
        raise ArticleError(f"{shown} is not text in any encoding that Dossier knows.", help="Save it as UTF-8 text.")
    if not text.strip():
        raise ArticleError(f"{shown} holds no text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_declared(data: bytes, encoding: str) -> str | None:
    """Read bytes in the encoding that a page or server claims, None when they are not.

    UTF-8 is not tried first by habit: text in another encoding hardly ever happens to be valid UTF-8, so
    bytes that are valid are UTF-8 whatever the claim, and None is returned for them.
    """
    if legacy.strict(data, "utf-8") is not None:
        return None
    try:
        known = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    # Pages that claim Latin-1 mean Windows' extension of it, as every browser reads them.
    return legacy.strict(data, "cp1252" if known in ("iso8859-1", "ascii") else known)


def _readings(data: bytes) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = legacy.strict(data[len(mark) :], encoding)
            if text is not None:
                yield text
    text = legacy.strict(data, "utf-8")
    if text is not None and "\0" not in text:
        yield text
    text = _unmarked_utf16(data) if b"\0" in data or text is None else None
    if text is not None:
        yield text
    if b"\0" not in data:
        yield from legacy.readings(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 as some Windows programs write it: the high bytes of one parity are few and repeated."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = legacy.strict(data, encoding)
        if text is not None and _plausible(text[:_SAMPLE]):
            return text
    return None


def _plausible(text: str) -> bool:
    """Whether text is nearly all letters and usual marks, from few Unicode blocks, as only real text is."""
    usual = len(_USUAL.findall(text))
    stops = len(_STOPS.findall(text))
    # Chinese alone spreads over eighty blocks.
    blocks = {ord(c) >> 8 for c in islice(_IDEOGRAPHS.sub("", text), 2_000)}
    return stops > 0 and usual + stops >= _MOST * len(text) and len(blocks) <= _FEW and not _UNUSED.search(text)


def _refuse_signature(data: bytes, shown: str) -> None:
    for start, what in _SIGNATURES.items():
        if data.startswith(start):
            raise ArticleError(f"{shown} is {what}, not text.", help="Export its text first.")


def _looks_binary(text: str) -> bool:
    if "\0" in text:
        return True
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample) + 1
