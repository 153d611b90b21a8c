"""Whether a sentence says again what was asked, and nothing else: true, it may be, and no answer.

Small models do so where they do not find what was asked: to "What is the number of the law on forests?" that there is a
law on forests. Told in English, French, Swedish and Vietnamese; in other languages nothing is held for an echo.
"""

import regex

from rag.name_words import telling_words
from rag.quotes import stems_of

# What asks for something that the question cannot hold. "How many" is left out: the answer may be a small word ("un").
_ASKING = {
    "en": r"who(?:m|se)?|what|which|where|when|why",
    "fr": r"qui|quel(?:le)?s?|où|quand|pourquoi",
    "sv": r"vem|vems|vad|vilk(?:en|et|a)|när|varför",
    "vi": r"ai|gì|nào|đâu|sao",
}
_CHOICE = regex.compile(r"(?<!\w)(?:or|ou|eller|hay|hoặc)(?!\w)|không\s*\?", regex.IGNORECASE)
_OPENING = 3  # words; behind them "who" may be a relative pronoun, but in Vietnamese, which asks in place


def is_echo(question: str, sentence: str, language: str) -> bool:
    """Whether a sentence adds no telling word to the question that it should answer.

    Args:
        question: as asked. Whoever may be answered with yes, or is to choose, is told the question's own words.
        sentence: of the answer.
        language: ISO 639-1, of both.
    """
    if _CHOICE.search(question) or not _asks_for_more(question, language):
        return False
    return stems_of(" ".join(telling_words(sentence, language))) <= stems_of(question)


def _asks_for_more(question: str, language: str) -> bool:
    # "AI" is not the Vietnamese "ai" (who)
    opening = question.replace("AI", "") if language == "vi" else " ".join(question.split()[:_OPENING])
    return bool(regex.search(rf"(?<!\w)(?:{_ASKING.get(language, '(?!)')})(?!\w)", opening, regex.IGNORECASE))
