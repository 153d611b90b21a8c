"""Who says it: sentences that are no use without each other, since one is quoted and the next names the speaker."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from documents.article import Span

# What is said of a speaker, in the languages of most articles here; a verb of one is a common word of another ("sa",
# "so"). Where a quotation and its speaker share a sentence, as in Chinese, nothing has to be known.
_NORWEGIAN = "sier|sa|forteller|mener|forklarer|spør|svarer|legger til"
_SAYS = {
    "en": "said|says|added|adds|told|explained|explains|asked|asks|replied|noted",
    "sv": "säger|sa|sade|berättar|menar|förklarar|frågar|svarar|tillägger|konstaterar|uppger",
    "da": "siger|sagde|fortæller|mener|forklarer|spørger|svarer|tilføjer",
    "nb": _NORWEGIAN,
    "nn": f"{_NORWEGIAN}|seier|fortel|meiner|forklarar",
    "no": _NORWEGIAN,
    "fr": "a dit|a déclaré|a affirmé|a ajouté|a expliqué|a souligné|dit|déclare|affirme|ajoute|explique|souligne|"
    "dit-il|dit-elle|déclare-t-il|déclare-t-elle|explique-t-il|explique-t-elle",
    "de": "sagt|sagte|erklärt|erklärte|betont|betonte|fragt|fragte|ergänzte",
    "nl": "zei|zegt",
    "es": "dijo|dice|afirmó|explicó|añadió|señaló",
    "pt": "disse|diz|afirmou|explicou",
    "it": "ha detto|dice|afferma|spiega",
    "vi": "cho biết|nói|khẳng định|nhấn mạnh|chia sẻ|phát biểu",
    "fi": "sanoo|sanoi|kertoo",
    "pl": "powiedział|powiedziała",
    "ru": "сказал|сказала|заявил|заявила|отметил|отметила",
    "ar": "قال|قالت|أضاف|أضافت",
}
_DASH = regex.compile(r"[-–—―]\s")
_CLOSES = '"”»“’」』'
_OPENS = '"“„«”’「『'
_LONGEST = 160  # characters; a longer sentence does more than name a speaker


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a language names a speaker: in a sentence of its own, and behind a quotation."""

    speaker: regex.Pattern[str]
    said: regex.Pattern[str]


def with_speakers(text: str, sentences: Sequence[Span], language: str) -> list[list[Span]]:
    """The sentences of a paragraph, those together of which one is quoted and another says by whom.

    Args:
        text: the whole article.
        sentences: of one paragraph, in order; a quotation in quotation marks is in one of them, whole.
        language: the article's, ISO 639-1.
    """
    saying = _saying(language)
    if saying is None:
        return [[sentence] for sentence in sentences]
    spoken = _spoken(text, sentences, saying)
    groups = [list(sentences[:spoken])] if spoken else []
    for start, end in sentences[spoken:]:
        if groups and _names_speaker(text, groups[-1][-1], (start, end), saying):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return groups


@cache
def _saying(language: str) -> _Saying | None:
    """None where no verbs are known."""
    verbs = _SAYS.get(language)
    if verbs is None:
        return None
    return _Saying(
        regex.compile(rf"(?:[^\s,.;:\"“”«»]+[\s,]+){{0,6}}?(?:{verbs})\b", regex.IGNORECASE),
        regex.compile(rf"[,!?»”\"]\s*(?:{verbs})\s+\p{{L}}", regex.IGNORECASE),
    )


def _spoken(text: str, sentences: Sequence[Span], saying: _Saying) -> int:
    """How many sentences a dash opens as speech, to the one that names the speaker: "– No. It rains, says Eva."."""
    if not sentences or not _DASH.match(text, sentences[0][0]):
        return 0
    return next((n for n, (start, end) in enumerate(sentences, 1) if saying.said.search(text, start, end)), 0)


def _names_speaker(text: str, before: Span, after: Span, saying: _Saying) -> bool:
    """Whether a sentence says whose the quotation before it is."""
    quoted = text[before[1] - 1] in _CLOSES and before[1] - before[0] > 1
    if not quoted or after[1] - after[0] > _LONGEST or text[after[0]] in _OPENS:
        return False
    return saying.speaker.match(text, *after) is not None
