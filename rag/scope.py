"""How far a sentence reaches: "only", "all", "for the first time", "must" where its quote says no such thing."""

from functools import lru_cache

import regex

_SCOPES: dict[str, dict[str, str]] = {
    "only": {
        "en": r"only|solely|exclusively|just|sole",
        "fr": r"seule?s?|seulement|uniquement|exclusivement|n(?:e\s|['’])[^.;,]{1,40}?\squ(?:e|['’])",
        "sv": r"enbart|endast|bara|uteslutande|enda",
        "vi": r"chỉ|duy nhất",
    },
    "all": {
        "en": r"all|every|everyone|always|entire(?:ly)?|whole|each|any|both|never|no|none",
        "fr": r"tous|toute?s?|tout|toujours|chaque|entière?s?|entièrement|jamais|aucune?|ensemble",
        "sv": r"alla|allt|hela|alltid|samtliga|varje|helt|aldrig|ingen|inga|inget|vart?",
        "vi": r"tất cả|mọi|luôn|toàn bộ|toàn|mỗi|đều|cả|không bao giờ|hoàn toàn|bất kỳ",
    },
    "first": {
        "en": r"first|earliest",
        "fr": r"premi(?:er|ère)s?",
        "sv": r"först[ae]?",
        "vi": r"đầu tiên|lần đầu|đầu",
    },
    "must": {
        "en": r"must|shall|requires?|required|obliged|obligatory|compulsory|mandatory|ha(?:s|ve|d) to|needs?",
        "fr": r"doi(?:t|vent)|devai(?:t|ent)|oblig\w+|impos\w+|exig\w+|faut|devra|devront",
        "sv": r"måste|obligatorisk\w*|kräv\w*|skyldig\w*|tvunge?n\w*|behöver|krav",
        "vi": r"phải|bắt buộc|buộc|yêu cầu|cần",
    },
}


def wider(claim: str, claim_language: str, quote: str, quote_language: str) -> bool:
    """Whether the claim has a word of scope for which the quote has none of the same kind.

    A sign, no proof: "the only bridge" may well be what "no other bridge" says. In languages without a list
    there is no sign.
    """
    return any(
        _finds(kind, claim_language, claim) and quote_language in forms and not _finds(kind, quote_language, quote)
        for kind, forms in _SCOPES.items()
        if claim_language in forms
    )


def _finds(kind: str, language: str, text: str) -> bool:
    return _pattern(kind, language).search(text) is not None


@lru_cache(maxsize=64)
def _pattern(kind: str, language: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{_SCOPES[kind][language]})(?!\w)", regex.IGNORECASE)
