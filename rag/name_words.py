"""Words beside names: which are ordinary, which are titles, and what endings a name may take."""

from functools import lru_cache

import regex

from documents import words
from documents.small_words import SMALL_WORDS

# What opens sentences and is no name, beyond the small words of questions.
_OPENERS = {
    "en": "he she it they we you i his her its their our this that these those there here as at by from with after "
    "before since until while during when where although though because however moreover according some many most "
    "all both each every one no not if so but or also today whether under over between among through only then thus "
    "former",
    "fr": "il elle ils elles on nous vous je ce cet cette ces cela ça c s n j sa son ses leur leurs notre nos mon ma "
    "selon après avant depuis pendant lors lorsque comme avec sans sous sur par pour entre vers chez parmi mais ou "
    "donc car ainsi cependant toutefois aussi si tout tous toute toutes chaque plusieurs certains aujourd ancien",
    "sv": "han hon hen de dem dess deras hans hennes sin sitt sina vi ni jag man detta denna dessa där här då efter "
    "före sedan under över mellan bland genom enligt med utan mot vid från för som medan men eller också dock alla "
    "många flera varje både när eftersom trots idag förre förra",
    "vi": "ông bà anh chị họ nó chúng tôi này đó kia trong ngoài trên dưới sau trước từ đến theo với bởi vì nếu khi "
    "nhưng hoặc cũng tuy do để mỗi mọi một cả tất năm ngày tháng",
    "de": "er sie es wir ihr ich sein seine ihre unser dieser diese dieses jener dort hier nach vor seit bis während "
    "bei mit ohne gegen durch für unter zwischen laut aber oder auch doch alle viele jeder beide wenn weil obwohl als",
}
ORDINARY = {
    code: SMALL_WORDS.get(code, frozenset()) | frozenset(_OPENERS.get(code, "").split())
    for code in SMALL_WORDS.keys() | _OPENERS.keys()
}
# Verbs beside a verb, and other words that say nothing themselves, folded.
_AUXILIARIES = frozenset(
    words(
        "been being have has had does did will would can could may might should yet ever also avait avaient ont eu été "
        "être avoir sont etait furent fut har hade haft kan kunde ska skulle vill ville blev blir blivit varit får "
        "fick sich hat haben hatte hatten wird werden wurde wurden worden kann konnte mehr det den se les encore "
        "được bị phải"
    )
)
"""ISO 639-1 code to words that open a sentence and are no name, in lower case."""

_TITLE = regex.compile(
    r"(?:vice|bundes|riks|stats)?(?:president|prasident|presiden|premier|prime|minister|ministre|kansler|kanzler"
    r"|chancel+or|chancelier|king|kung|konig|roi|queen|drottning|reine|emperor|senator|senateur|herr|frau|fru|mr|mrs|ms"
    r"|mme|dr|prof|professor|professeur|general|papst|pave|pope|pape|ong|ba|sir|lord|saint)(?:s|in|en|e|ne|nen)?"
)
# Endings of possessive, definite and plural forms, and of those who live in a place.
_ENDINGS: dict[str, str] = {
    "en": " s es a y n an ian ese ish i",
    "fr": " s x e es ien ienne iens iennes ais aise ois oise ain aine een eenne",
    "sv": " s n en et t ns ens ets a na er ar or erna arna",
    "de": " s n en e es er em",
    "vi": " ",
}
_OTHER_ENDINGS = regex.compile(r"\w{0,3}")  # of a language without a list: any short one
_NOUN_ENDINGS = {"en": ("s",), "fr": ("s",), "sv": ("en", "et", "an", "na", "ar", "er", "or"), "vi": ("",)}
_MIN_STEM, _STEM_SHARE = 4, 0.6


def is_title(word: str) -> bool:
    """Whether a word may stand before a name instead of a first name."""
    return _TITLE.fullmatch("".join(words(word))) is not None


def alike(one: str, other: str, language: str) -> bool:
    """Whether two folded words are one name with other endings: "Vietnams", but not "Martinez" for "Martin"."""
    endings = _ENDINGS.get(language)
    shared = _shared(one, other)
    if shared < _MIN_STEM:
        return one == other
    tails = one[shared:], other[shared:]
    if endings is None:
        return all(_OTHER_ENDINGS.fullmatch(tail) for tail in tails)
    # An ending may begin with the letters that both share: "Norges" and "Norge" differ in "s" only.
    return all(tail in endings.split(" ") for tail in tails)


def cognate(one: str, other: str, language: str) -> bool:
    """Whether two folded words may be one across languages: "ministry" and "ministère"."""
    stem = max(_MIN_STEM, round(len(one) * _STEM_SHARE))
    return alike(one, other, language) or (len(one) >= _MIN_STEM and other.startswith(one[:stem]))


def looks_like_a_noun(token: str, language: str) -> bool:
    """Whether a capital first word has an ending that ordinary nouns have there: "Regeringen", "Researchers"."""
    return token.endswith(_NOUN_ENDINGS.get(language, ("",)))


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with together."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def territories(text: str, language: str) -> frozenset[str]:
    """CLDR codes of the countries and regions that a text names, so that Chine and China agree."""
    padded = f" {' '.join(words(text))} "
    return frozenset(code for name, code in _territory_names(language) if f" {name} " in padded)


@lru_cache(maxsize=32)
def _territory_names(language: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loading CLDR takes a while

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple((" ".join(words(name)), code) for code, name in names.items() if not code.isdigit())


def telling_words(text: str, language: str) -> list[str]:
    """The words of a text, folded, but for those that say nothing themselves: ordinary ones and auxiliary verbs."""
    small = _small_words(language)
    return [word for word in words(text) if word not in small]


@lru_cache(maxsize=64)
def _small_words(language: str) -> frozenset[str]:
    return _AUXILIARIES | {word for entry in ORDINARY.get(language, ()) for word in words(entry)}
