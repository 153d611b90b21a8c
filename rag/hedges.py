"""Words that say a number or a date is not meant to the letter: "about 1,200", "at most 30", "the following day".

In English, French, Swedish, Vietnamese and German; elsewhere every number counts as exact.
"""

from functools import lru_cache

import regex

_NEAR = 24  # characters before a number
_ROUGH = (
    "about|around|nearly|almost|some|roughly|approximately|circa|close to",
    "environ|près(?= d)|presque|quelque|autour(?= d)|à peu près",
    "omkring|cirka|ca|ungefär|nästan|runt|knappt",
    "khoảng|gần|chừng|xấp xỉ",
    "etwa|rund|ungefähr|fast|knapp|zirka",
)
_BOUND = (
    "over|more than|at least|at most|up to|less than|fewer than|under|below|above|exceed(?:s|ed|ing)?",
    "plus(?= d)|moins(?= d)|au moins|au plus|jusqu|dépass(?:e|ent|ait|é)",
    "över|mer än|fler än|minst|högst|upp till|under|mindre än|drygt",
    "hơn|trên|ít nhất|nhiều nhất|tối đa|tối thiểu|dưới|không quá|tới",
    "über|mehr als|mindestens|höchstens|bis zu|unter",
)
_RELATIVE = (
    "following|next|previous|later|earlier|(?:day|week|month|year)s? (?:before|after)|(?:that|same) (?:day|month|year)",
    "lendemain|veille|suivante?s?|précédente?s?|plus (?:tard|tôt)|(?:cette|même) année|(?:ce|même) (?:jour|mois)",
    "följande|därpå|dagen (?:efter|före)|året (?:efter|före)|senare|tidigare|samma (?:dag|kväll|år|månad)",
    "hôm (?:sau|trước)|(?:ngày|tháng|năm) (?:sau|trước)|sau đó|trước đó|cùng (?:ngày|tháng|năm)",
    "folgenden?|später|früher|(?:am|im) (?:selben|gleichen)|(?:tag|jahr) (?:darauf|danach|davor)",
)


def is_rough(before: str) -> bool:
    """Whether what stands before a number says that it is about so much."""
    return _pattern(_ROUGH).search(before[-_NEAR:]) is not None


def is_bound(before: str) -> bool:
    """Whether what stands before a number says that it is at least or at most so much."""
    return _pattern(_BOUND).search(before[-_NEAR:]) is not None


def is_relative(sentence: str) -> bool:
    """Whether a sentence counts days or years from another date, so that its dates are not all that it dates by."""
    return _pattern(_RELATIVE).search(sentence) is not None


@lru_cache(maxsize=3)
def _pattern(words_: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(words_)})(?!\w)", regex.IGNORECASE)
