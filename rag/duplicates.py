"""Which articles are one text in several places: copies, agency text with another frame, corrections.

Texts that may be near duplicates are found by MinHash (Broder, "On the resemblance and containment of documents",
1997) in bands, then compared exactly. Near is not enough: yesterday's and today's weather share nearly all words, and
an article that is taken for another can no longer be found. So where each text names or counts something that the
other does not, they are one only if they tell of the same occasion, or one says that it corrects.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from documents import Article, PlaceKind, SectionKind, words

NEAR = 0.8
"""From which share of common shingles on two texts are near duplicates."""

_SHINGLE = 3  # words
_FEWEST = 40  # words; in a shorter text one shingle says too little
_BANDS, _ROWS = 16, 4  # at a share of 0.8, 999 of 1,000 pairs have a band in common; at 0.3, one of eight
_CHUNK = 4096  # shingles hashed at once, so that a book takes no more memory than a page
_MIXERS = np.frombuffer(hashlib.shake_256(b"MinHash").digest(_BANDS * _ROWS * 16), "<u8").astype(np.uint64)
_FACTORS, _SUMMANDS = _MIXERS[::2] | np.uint64(1), _MIXERS[1::2]

_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[.,:/’'-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*")
_FACT = regex.compile(r"\p{Lu}|\p{Lt}|.*\p{N}")
_BEGINNING = 300  # characters in which a correction says that it is one
_CORRECTION = regex.compile(
    r"\b(?:corrected|corrections?|clarification|rectificati(?:f|on)|correctif|rättelse|rättad|korrigering|"
    r"berichtigung|korrigiert|korrektur|rectificación|corrección|correzione|rettifica|rettelse|oikaisu|sprostowanie|"
    r"исправление|уточнение|đính chính|cải chính)\b|更正|訂正|정정|تصحيح",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What tells a text from others without reading them.

    Attributes:
        text_hash: equal for equal words.
        bands: two near duplicates have some in common; () for a short text.
    """

    text_hash: str
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One of the articles with a text.

    Attributes:
        number: in the order in which they were added.
        text_hash: see `Likeness`.
        date: when it was published or changed, "" when unknown.
        corrects: whether it says so itself.
        source: who published it, "" when unknown.
    """

    number: int
    text_hash: str
    date: str
    corrects: bool
    source: str = ""


def likeness(article: Article) -> Likeness:
    """What an article's text is told by: that of its body, or of all of it where that is short."""
    found = words(body(article))
    if len(found) < _FEWEST:
        return Likeness(_hash(words(article.text)))
    return Likeness(_hash(found), _bands(sorted(_shingles(found))))


def alike(first: Article, second: Article) -> bool:
    """Whether two articles are versions of one text, in one language."""
    if first.language != second.language:
        return False
    (a, b), (words_a, words_b) = (body(first), body(second)), (words(body(first)), words(body(second)))
    if min(len(words_a), len(words_b)) < _FEWEST or resemblance(words_a, words_b) < NEAR:
        return False
    return not (_alone(a, b) and _alone(b, a)) or _same_occasion(first, second)


def resemblance(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of three-word stretches that two texts have in common, of all that either has."""
    a, b = _shingles(first), _shingles(second)
    return len(a & b) / len(a | b) if a | b else 0.0


def leading(versions: Sequence[Version]) -> Version:
    """The version that stands for all: the newest of the first one's source, each text where it was published first.

    What another source writes later, however alike, replaces nothing: else whoever copies an article could hide it.
    """
    firsts = [
        min((each for each in versions if each.text_hash == text_hash), key=_age_in_text)
        for text_hash in {version.text_hash for version in versions}
    ]
    first, *later = sorted(firsts, key=lambda each: (each.date, each.corrects, each.number))
    for version in later:
        if replaces(version, first):
            first = version
    return first


def replaces(version: Version, other: Version) -> bool:
    """Whether a version is a newer one of the same source, or one that corrects."""
    if version.text_hash == other.text_hash or not _same_source(version.source, other.source):
        return False
    return version.date > other.date or (version.corrects and version.date == other.date)


def kind_of(version: Version, other: Version) -> PlaceKind:
    """What another version is to one."""
    if version.text_hash == other.text_hash:
        return PlaceKind.SAME
    return PlaceKind.REPLACED if replaces(version, other) else PlaceKind.VERSION


def corrects(title: str, beginning: str) -> bool:
    """Whether an article says that it corrects another."""
    return bool(_CORRECTION.search(f"{title}\n{beginning[:_BEGINNING]}"))


def body(article: Article) -> str:
    """The story without what stands around it; the whole text where nothing is known of its parts."""
    parts = [section for section in article.sections if section.kind is SectionKind.BODY]
    return "\n".join(article.text[part.start : part.end] for part in parts) or article.text


def _same_occasion(first: Article, second: Article) -> bool:
    """Whether differing facts are those of a correction."""
    if not _same_source(first.source, second.source):
        return False
    if any(corrects(article.title, body(article)) for article in (first, second)):
        return True
    if not first.date or not second.date:
        return False
    same_day = first.date.startswith(second.date) or second.date.startswith(first.date)
    return same_day and words(first.title) == words(second.title)


def _same_source(first: str | None, second: str | None) -> bool:
    return not first or not second or first.casefold() == second.casefold()


def _age_in_text(version: Version) -> tuple[bool, str, int]:
    return not version.date, version.date, version.number


def _alone(text: str, other: str) -> Counter[str]:
    """Names and numbers that a text has more often than the other, which may say the same ones of other things."""
    held = Counter(token.casefold() for token in _TOKEN.findall(other))
    return Counter(token.casefold() for token in _TOKEN.findall(text) if _FACT.match(token)) - held


def _shingles(found: Sequence[str]) -> set[str]:
    return {" ".join(found[i : i + _SHINGLE]) for i in range(len(found) - _SHINGLE + 1)}


def _bands(shingles: Sequence[str]) -> tuple[int, ...]:
    hashes = np.array([zlib.crc32(shingle.encode()) for shingle in shingles], np.uint64)
    least = np.full(_BANDS * _ROWS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(hashes), _CHUNK):
        chunk = hashes[start : start + _CHUNK, np.newaxis]
        np.minimum(least, (chunk * _FACTORS + _SUMMANDS >> np.uint64(32)).min(axis=0), out=least)
    rows = least.reshape(_BANDS, _ROWS).astype("<u8")
    return tuple(
        int.from_bytes(hashlib.blake2b(bytes([band]) + row.tobytes(), digest_size=8).digest(), "little", signed=True)
        for band, row in enumerate(rows)
    )


def _hash(found: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(found).encode()).hexdigest()
