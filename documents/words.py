"""The words of a text in any script, as lexical search and word overlap compare them."""

import itertools
import unicodedata

import regex

# Letters whose stroke or ligature is part of the letter, so that Unicode does not decompose them.
_STROKES = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Marks that sit on letters of many scripts (accents, Arabic vowel points), and invisible joiners. Marks of one
# script, such as Hindi vowel signs, are letters to their readers; so are the Japanese voicing marks.
_FOLDED = regex.compile(r"(?![\u3099\u309a])[\p{Inherited}\u00ad\u0640]")
_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]+", regex.V1)


def words(text: str) -> list[str]:
    """List the words of a text in order, folded so that spelling variants meet.

    Case, accents, width and the shape of digits are folded ("Hà Nội" and "HA NOI" meet); everything that is
    not a letter, a mark or a number parts words, so that a code such as 57-NQ/TW gives 57, nq and tw.
    Scripts that write no spaces between words (Chinese, Japanese, Thai ...) give overlapping pairs of
    characters, and a lone character stands for itself.

    Args:
        text: any text.

    Returns:
        Lower-case words, with repetitions.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(folded(text)):
        if match["unspaced"]:
            found.extend(_pairs(match[0]))
        else:
            found.append(match[0])
    return found


def folded(text: str) -> str:
    """The text without what tells spelling variants apart: case, accents, strokes, width, the shape of digits."""
    plain = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold()).casefold()
    plain = _FOLDED.sub("", plain).translate(_STROKES)
    plain = _DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0], digit[0])), plain)
    # Composed again, or Korean syllables and Japanese voiced kana would stay in pieces.
    return unicodedata.normalize("NFKC", plain)


def _pairs(run: str) -> list[str]:
    clusters = regex.findall(r"\X", run)
    if len(clusters) == 1:
        return clusters
    return [first + second for first, second in itertools.pairwise(clusters)]
