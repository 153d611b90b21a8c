"""Whether one of two sentences denies what the other says; only what is clear is called so."""

from collections.abc import Iterator

import regex

from documents import words
from rag.name_words import telling_words

# French "pas" and "jamais" deny with "ne" before them: "pas à pas" and "à jamais" do not.
_NOT = {
    "en": r"not|\w+n['’]t|never|cannot",
    "fr": r"(?:ne|n['’])\s?(?:[\w'’-]+\s){0,3}?[\w'’-]*?\s?(?:pas|jamais|aucune?|plus(?!\s(?:que|de)))",
    "sv": r"inte|aldrig|ingen|inga",
    "vi": r"không|chưa|chẳng",
    "de": r"nicht|nie|niemals|keine?[nmrs]?",
}
# These deny nothing: "not only", "không gian" (space).
_HARMLESS = {
    "en": r"not\s(?:only|just|merely|least|less)",
    "fr": r"(?:pas|aucune?)\s(?:seulement|moins|uniquement|que)",
    "sv": r"inte\s(?:bara|minst|endast|mindre)",
    "vi": r"không\s(?:chỉ|gian|khí|quân|phận|lực|những|kém|dưới|ít|trung(?!\s(?:thực|lập|thành|tâm|gian))"
    r"|lưu(?!\s(?:trữ|hành|giữ|thông|ý|lại)))|(?<!ngân\s|cửa\s|khách\s|bán\s|mặt\s)hàng\skhông|trên\skhông"
    r"|trong\schân\skhông|khoảng\skhông|(?:lực lượng|binh chủng|quân chủng|súng|tên lửa)\sphòng\skhông"
    r"|có[^.]{0,80}không\?",
    "de": r"nicht\s(?:nur|zuletzt|bloß|weniger)",
}
# Words that may deny in another language what "not" denies in this one; too many rather than too few.
_SOFT = regex.compile(
    r"(?<!\w)(?:no|nor|neither|none|nobody|without|un(?!der|ter|i)\w{4,}|fail\w*|refus\w*|lack\w*|reject\w*|deni\w*|ban\w*"
    r"|forbid\w*|prohibit\w*|only|stop\w*|end\w*|sans|ni|aucun\w*|rien|plus|jamais|pas|interdi\w*|rejet\w*|cess\w*|seul\w*"
    r"|utan|ingen|inget|inga|förb\w*|vägra\w*|avslog\w*|bara|endast|không|chưa|chẳng|cấm|thiếu|bác|từ chối|chỉ"
    r"|nur|ohne|kein\w*|weder|verbiet\w*|verbot\w*|ablehn\w*|verweiger\w*|omöjlig\w*|stäng\w*)(?!\w)",
    regex.IGNORECASE,
)
_CLAUSE = regex.compile(r"[,;:()–—]")
_CLOSE, _LONGER = 4, 1.3


def contradicts(claim: str, claim_language: str, quote: str, quote_language: str) -> bool:
    """Whether a clear word of negation stands in one of two sentences only, and denies what the other says.

    Args:
        claim: a sentence.
        claim_language: ISO 639-1.
        quote: the single sentence that it is compared with.
        quote_language: ISO 639-1.
    """
    mine, theirs = _negations(claim, claim_language), _negations(quote, quote_language)
    if bool(mine) == bool(theirs):
        return False
    if claim_language == quote_language:
        denied, other = (mine, quote) if mine else (theirs, claim)
        said = frozenset(words(other))
        return any(_same(word, one) for match in denied for word in match for one in said)
    if mine:
        return not _SOFT.search(quote)
    short = len(words(quote)) <= len(words(claim)) * _LONGER + _CLOSE
    return short and not _CLAUSE.search(quote) and not _SOFT.search(claim)


def _negations(text: str, language: str) -> list[tuple[str, ...]]:
    """For every negation of a text, the words that it denies."""
    if language not in _NOT:
        return []
    harmless = [match.span() for match in _pattern(_HARMLESS[language]).finditer(text)]
    return [
        tuple(_denied(text, match, language))
        for match in _pattern(_NOT[language]).finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in harmless)
    ]


def _pattern(words_: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{words_})(?!\w)", regex.IGNORECASE)


def _denied(text: str, match: regex.Match[str], language: str) -> Iterator[str]:
    """The verb or noun beside a negation, within its clause."""
    before = telling_words(_CLAUSE.split(text[: match.start()])[-1], language)
    after = telling_words(_CLAUSE.split(text[match.end() :])[0], language)
    inside = telling_words(match.group(), language)[1:-1] if language == "fr" else []
    last_word = words(text[: match.start()])[-1:]
    if inside:
        yield inside[-1]
    elif language in ("sv", "de") and before and last_word == before[-1:]:
        yield before[-1]  # "undertecknade inte lagen": the verb stands before it
    elif after:
        yield after[0]


def _same(one: str, other: str) -> bool:
    """Whether two words may be forms of one: "sign" and "signed"."""
    short, long = sorted((one, other), key=len)
    if len(short) < _CLOSE:
        return short == long
    return long.startswith(short) or long[: _CLOSE + 1] == short[: _CLOSE + 1]
