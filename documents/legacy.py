"""Text in the encodings that came before Unicode.

charset-normalizer tells scripts apart well (Cyrillic, Arabic, Chinese, Japanese ...). Between the Windows and ISO
tables of the Latin alphabet it guesses, because all of them give letters: "må" becomes "mĺ". There the language
decides: each table was made for a few languages, and the right one gives text in one of its own.
"""

from collections.abc import Iterator

import regex

from documents.language import likelihoods

# What the web and text editors really used. Left to all it knows, charset-normalizer prefers old DOS, Mac and
# EBCDIC tables for short texts.
_OTHERS = [
    *("cp1251", "cp1253", "cp1255", "cp1256", "cp1258", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "tis_620"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp"),
]
_CENTRAL = frozenset(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq", "de"))
# Tables of the Latin alphabet with the languages they were made for, the likeliest first.
_LATIN = {
    "cp1252": frozenset(
        (
            *("en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "is"),
            *("ca", "eu", "ga", "cy", "sq", "af", "id", "ms"),
        )
    ),
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": frozenset(("tr", "az")),
    "cp1257": frozenset(("lv", "lt", "et")),
}
_SAMPLE = 4_000  # characters with something to judge in them
# What no language writes: a sign in the middle of a word, a capital behind a small letter.
_ODD = regex.compile(r"\p{L}[^\p{L}\p{M}\p{N}\p{P}\p{Z}\s]|[^\p{L}\p{M}\p{N}\p{P}\p{Z}\s]\p{L}|\p{Ll}\p{Lu}")


def strict(data: bytes, encoding: str) -> str | None:
    """Text in one encoding, None when a single byte does not belong to it or nobody knows the encoding."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def readings(data: bytes) -> Iterator[str]:
    """Decode bytes that are not Unicode, the best reading first.

    Args:
        data: the whole file, without NUL bytes.

    Yields:
        Texts; the caller judges whether any of them is one.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for files that are not Unicode

    best = from_bytes(data, cp_isolation=[*_LATIN, *_OTHERS], preemptive_behaviour=False).best()
    if best is not None and best.encoding not in _LATIN:
        yield str(best)
    found = _latin(data)
    if found is not None:
        yield found


def _latin(data: bytes) -> str | None:
    """The table that gives a language of its own, most surely; the likeliest table where none does."""
    texts = {table: text for table in _LATIN if (text := strict(data, table)) is not None}
    scores = {table: _score(text, _LATIN[table]) for table, text in texts.items()}
    best = max(scores, key=scores.__getitem__, default=None)
    return texts[best] if best is not None else None


def _score(text: str, languages: frozenset[str]) -> tuple[float, float]:
    """Few odd places first, then how surely the text is in one of the languages."""
    telling = " ".join(regex.findall(r"\S*[^\x00-\x7f]\S*", text[: 50 * _SAMPLE]))[:_SAMPLE]
    odd = len(_ODD.findall(telling))
    shares = likelihoods(text[:_SAMPLE])
    return -float(odd), round(sum(shares.get(code, 0.0) for code in languages), 1)
