"""Which language a text is in.

Lingua, in its low-accuracy mode over every language it knows: measured on 74 questions of four to ten words in
23 languages it is right as often as the high-accuracy mode (97 %), with 90 MB of memory instead of 1,190 and
0.7 s before the first answer instead of 9.6.
"""

from functools import cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from lingua import LanguageDetector

UNKNOWN = "und"

_ENOUGH = 4_000  # characters; more do not change the verdict and only cost time
_NOT_WORDS = regex.compile(r"https?://\S+|\S+@\S+|\S*\d\S*")


def detect(text: str, *, default: str = UNKNOWN) -> str:
    """Tell the language of a text from its words.

    Args:
        text: an article or a question.
        default: what to answer when the text gives nothing to go on, such as a lone name or a number.

    Returns:
        ISO 639-1 code, or `default`.
    """
    words = _NOT_WORDS.sub(" ", text[: 2 * _ENOUGH])[:_ENOUGH]
    if not regex.search(r"\p{L}", words):
        return default
    ranked = _detector().compute_language_confidence_values(words)
    best, second = ranked[0], ranked[1]
    if best.value < 2 * second.value and best.value < 0.3:
        return default
    return best.language.iso_code_639_1.name.lower()


def language_name(code: str) -> str:
    """Give the English name of a language, "" when the code names none.

    Args:
        code: ISO 639-1 code, with or without a territory ("sv", "sv-SE").
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - quick to import only when needed

    if code == UNKNOWN:
        return ""
    try:
        return Locale.parse(code.replace("-", "_").split("_")[0]).get_language_name("en") or ""
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


@cache
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - 100 MB of code

    living = Language.all() - {Language.LATIN, Language.ESPERANTO}
    return LanguageDetectorBuilder.from_languages(*living).with_low_accuracy_mode().build()
