"""Which language a text is in.

Lingua tells, in its low-accuracy mode and over every living language it knows. Measured on 74 questions of four to
ten words in 23 languages: 72 right, 90 MB of memory and 0.7 s before the first answer; the high-accuracy mode has 73
right and takes 1,150 MB and 10 s. On shorter questions both are weak, since names weigh more than words (58 and
74 of 100 in ten languages); there the small words decide (`small_words`).
"""

from collections import Counter
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import regex

from documents.sentences import QUESTION_MARKS
from documents.small_words import SMALL_WORDS

if TYPE_CHECKING:
    from lingua import ConfidenceValue, LanguageDetector

UNKNOWN = "und"

_ENOUGH = 4_000  # characters; more do not change the verdict and only cost time
_LONG, _LONGEST = 800, 100_000  # characters; of a text that is longer than the first, stretches are enough mostly
_PLACES, _STRETCH = (0.15, 0.45, 0.75), 80
_PLAIN = 0.95  # share of the likelihood beyond doubt
_GLANCE = 80  # characters; where they are in the article's language, so is a passage
_TELLING = 60  # letters; fewer may be names
_USUAL = 0.13  # share of small words that any text in a language has
_CLEARLY = 2  # times as many small words as of any other language, where one that several share counts for each in part
_LANGUAGES_OF = {
    word: frozenset(code for code, words in SMALL_WORDS.items() if word in words)
    for word in frozenset().union(*SMALL_WORDS.values())
}
# Languages that a passage of one may be taken for another.
_ALIKE = (
    frozenset({"da", "nb", "nn"}),
    frozenset({"bs", "hr", "sr"}),
    frozenset({"id", "ms"}),
    frozenset({"cs", "sk"}),
    frozenset({"af", "nl"}),
)
_SHORT = 12  # words; longer texts hold enough letters for statistics alone
_ASKING = 25  # words; of a question, whose names may outweigh the rest
_SURE = 0.3  # share of the likelihood; below it the guess is as often wrong as right
_FEW = 3  # words; without a small word among them they may all be names
_UNLIKELY = 0.02  # share of the likelihood under which a text is not in a language
_DOUBT = 0.002  # what statistics leave even to the least likely language
_WEIGHT = 4.0  # how many times likelier a language is for each of its own small words
# What is no word of a language; halves of characters (\p{Cs}) besides, which Lingua cannot be given.
_CODES = regex.compile(r"https?://\S+|\S+@\S+|[\p{Latin}\d./_\-]*\d[\p{Latin}\d./_\-]*|\p{Cs}")
_CODE_SIGN = regex.compile(r"[\d@\p{Cs}]|://")  # each code holds one, and most stretches hold none
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")  # each tells as much as three letters
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_HAN = frozenset({"ja", "zh"})  # a name of an office may be in either
_HAN_ALONE = regex.compile(r"\p{Han}+")


def detect(text: str, *, default: str = UNKNOWN) -> str:
    """Tell the language of a text from its words.

    Args:
        text: an article or a question.
        default: what to answer when the text gives nothing to go on, such as a lone name or a number.

    Returns:
        ISO 639-1 code, or `default`.
    """
    code, sure = confidence(text)
    return code if sure >= _SURE else default


def confidence(text: str) -> tuple[str, float]:
    """Tell the likeliest language of a text, and its share of the likelihood, from 0 to 1."""
    if len(text) > _LONG:
        plain = _agreed(text[:_LONGEST])
        if plain:
            return plain, _PLAIN
        found, sure = _likeliest(_taste(text[:_LONGEST]))
        if sure >= _PLAIN:
            return found, sure
    return _likeliest(_without_codes(text[: 2 * _ENOUGH])[:_ENOUGH])


def could_be(text: str, language: str) -> bool:
    """Tell whether a text may be in a language, be it not the likeliest: what an answer that is short is asked.

    On 166 sentences of 4 to 16 words from the samples, one is taken not to be in its own language (three by the
    likeliest language alone), and 8 of 498 to be in another of the four.

    Args:
        text: a sentence or more; of one that holds next to nothing but names, nothing is known.
        language: ISO 639-1 code.
    """
    cleaned = _without_codes(text[:_ENOUGH])
    found = _WORD.findall(cleaned)
    plain = _without_names(found)[1:]
    unspaced = len(_UNSPACED.findall(cleaned))
    if len(plain) < _FEW and unspaced <= _FEW:
        return True
    if language in _HAN and unspaced and all(map(_HAN_ALONE.fullmatch, found)):
        return True
    shares = _shares(cleaned)
    known = language in shares and any(shares.values())
    return not known or shares[language] >= _UNLIKELY


def foreign(words: str, language: str) -> str:
    """Tell the language of a part of an article where it differs from the article's.

    Args:
        words: a passage.
        language: the article's, ISO 639-1.

    Returns:
        ISO 639-1 code, "" when it is the article's or cannot be told.
    """
    small = SMALL_WORDS.get(language, frozenset())
    plain = words.lower().split()
    if sum(word in small for word in plain) >= _USUAL * len(plain):
        return ""  # most passages, told soonest
    found = _WORD.findall(words.casefold())
    letters = sum(map(len, found))
    if letters < _TELLING and letters + 2 * len(_DENSE.findall(words)) < _TELLING:
        return ""
    if sum(word in small for word in found) >= _USUAL * len(found):
        return ""
    if confidence(words[:_GLANCE])[0] == language:
        return ""
    code, sure = confidence(words)
    alike = any(code in group and language in group for group in _ALIKE)
    return code if sure >= _PLAIN and code != language and not alike else ""


def _agreed(text: str) -> str:
    """The language that the small words of a long text and the letters of a few of its words both tell; "" for none.

    Letters alone need three times as many, and four times as long, to tell as surely.
    """
    stretches = _stretches(text, 3 * _STRETCH)
    found = [word for stretch in stretches for word in _WORD.findall(stretch.lower())]
    shares: dict[str, float] = {"": 0.0, UNKNOWN: 0.0}
    for codes, count in Counter(map(_LANGUAGES_OF.get, found)).items():
        for code in codes or ():
            shares[code] = shares.get(code, 0.0) + count / len(codes or ())
    second, best = sorted(shares, key=shares.__getitem__)[-2:]
    if shares[best] < max(_USUAL * len(found), _CLEARLY * shares[second]):
        return ""
    return best if _likeliest(_without_codes(stretches[1][:_STRETCH]))[0] == best else ""


def _taste(text: str) -> str:
    """Three stretches of a long text: a site's name or a quotation does not outweigh the rest."""
    return _without_codes("\n".join(_stretches(text, _STRETCH)))


def _stretches(text: str, size: int) -> list[str]:
    """Parts from the beginning, the middle and the end, cut between words."""
    found = []
    for share in _PLACES:
        start = int(len(text) * share)
        part = text[start : start + size]
        found.append(part.partition(" ")[2].rpartition(" ")[0] or part)
    return found


def _without_codes(words: str) -> str:
    return _CODES.sub(" ", words) if _CODE_SIGN.search(words) else words


def _likeliest(cleaned: str) -> tuple[str, float]:
    shares = _shares(cleaned)
    if not shares:
        return UNKNOWN, 0.0
    code = max(shares, key=shares.__getitem__)
    return code, shares[code] / 2 if _may_be_names(cleaned) else shares[code]


def _may_be_names(cleaned: str) -> bool:
    found = [match[0] for match in islice(_WORD.finditer(cleaned), _FEW + 1)]  # of an article no more is read
    if len(found) > _FEW or len(_UNSPACED.findall(cleaned)) > _SHORT:
        return False
    return not any(word.casefold() in _LANGUAGES_OF for word in found)


@lru_cache(maxsize=32)
def _shares(cleaned: str) -> dict[str, float]:
    """How likely each language is; the shares add up to 1, or are none where there are no words."""
    words = _WORD.findall(cleaned)
    if not words:
        return {}
    most = _ASKING if cleaned.rstrip().endswith(QUESTION_MARKS) else _SHORT
    if len(words) > most or len(_UNSPACED.findall(cleaned)) > _SHORT:
        return likelihoods(cleaned)
    return _weighed(words)


def language_name(code: str) -> str:
    """Give the English name of a language, "" when the code names none.

    Args:
        code: ISO 639-1 code, with or without a territory ("sv", "sv-SE").
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed to import this package

    if code == UNKNOWN:
        return ""
    try:
        return Locale.parse(code.replace("-", "_").partition("_")[0]).get_language_name("en") or ""
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


def _weighed(words: list[str]) -> dict[str, float]:
    """A short text: names left out where other words remain, and small words weighed."""
    plain = _without_names(words)
    shares = likelihoods(" ".join(plain)) if len(plain) > 1 else likelihoods(" ".join(words))
    # The first word counts twice: questions open with a word that is often one language's alone.
    known = [_LANGUAGES_OF.get(word.casefold(), frozenset()) for word in (words[0], *words)]
    if not any(known):
        return shares
    weighed = {
        code: (share + _DOUBT) * _WEIGHT ** sum(1 + 1 / len(codes) for codes in known if code in codes)
        for code, share in shares.items()
    }
    total = sum(weighed.values())
    return {code: weight / total for code, weight in weighed.items()}


def _without_names(words: list[str]) -> list[str]:
    """The first word, which is capital anyway, and the others that are not."""
    return words[:1] + [word for word in words[1:] if not word[0].isupper()]


def likelihoods(text: str) -> dict[str, float]:
    """Tell how likely each language is by its letters alone; the shares add up to 1, or are all 0."""
    values = _detector().compute_language_confidence_values(text)
    return {_code(found): float(found.value) for found in values}


def _code(found: "ConfidenceValue") -> str:
    return str(found.language.iso_code_639_1.name).lower()


@cache
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - 100 MB of code

    living = Language.all() - {Language.LATIN, Language.ESPERANTO}
    return LanguageDetectorBuilder.from_languages(*living).with_low_accuracy_mode().build()
