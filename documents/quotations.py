"""Who says it: sentences that are no use without each other, since one is quoted and the next names the speaker."""

from collections.abc import Sequence

import regex

from documents.article import Span

# What is said of a speaker, in the languages of most articles here. Where a quotation and its speaker share a sentence,
# as in Chinese, nothing has to be known.
_SAYS = (
    "said|says|added|adds|told|explained|explains|asked|asks|replied|noted|"  # English
    "säger|sa|sade|berättar|menar|förklarar|frågar|svarar|tillägger|konstaterar|uppger|siger|sagde|sier|"  # Nordic
    "a dit|a déclaré|a affirmé|a ajouté|a expliqué|a souligné|dit|déclare|affirme|ajoute|explique|souligne|"  # French
    "dit-il|dit-elle|déclare-t-il|déclare-t-elle|explique-t-il|explique-t-elle|"
    "sagt|sagte|erklärt|erklärte|betont|betonte|fragt|fragte|ergänzte|so|zei|zegt|"  # German, Dutch
    "dijo|dice|afirmó|explicó|añadió|señaló|disse|diz|ha detto|afferma|spiega|"  # Spanish, Portuguese, Italian
    "cho biết|nói|khẳng định|nhấn mạnh|chia sẻ|phát biểu|sanoo|sanoi|kertoo|powiedział|powiedziała|"  # Vietnamese, ...
    "сказал|сказала|заявил|заявила|отметил|отметила|قال|قالت|أضاف|أضافت"
)
_SPEAKER = regex.compile(rf"(?:[^\s,.;:\"“”«»]+[\s,]+){{0,6}}?(?:{_SAYS})\b", regex.IGNORECASE)
_SAID = regex.compile(rf"[,!?»”\"]\s*(?:{_SAYS})\s+\p{{L}}", regex.IGNORECASE)
_DASH = regex.compile(r"[-–—―]\s")
_CLOSES = '"”»“’」』'
_OPENS = '"“„«”’「『'
_LONGEST = 160  # characters; a longer sentence does more than name a speaker


def with_speakers(text: str, sentences: Sequence[Span]) -> list[list[Span]]:
    """The sentences of a paragraph, those together of which one is quoted and another says by whom.

    Args:
        text: the whole article.
        sentences: of one paragraph, in order; a quotation in quotation marks is in one of them, whole.
    """
    spoken = _spoken(text, sentences)
    groups = [list(sentences[:spoken])] if spoken else []
    for start, end in sentences[spoken:]:
        if groups and _names_speaker(text, groups[-1][-1], (start, end)):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return groups


def _spoken(text: str, sentences: Sequence[Span]) -> int:
    """How many sentences a dash opens as speech, to the one that names the speaker: "– No. It rains, says Eva."."""
    if not sentences or not _DASH.match(text, sentences[0][0]):
        return 0
    return next((n for n, (start, end) in enumerate(sentences, 1) if _SAID.search(text, start, end)), 0)


def _names_speaker(text: str, before: Span, after: Span) -> bool:
    """Whether a sentence says whose the quotation before it is."""
    quoted = text[before[1] - 1] in _CLOSES and before[1] - before[0] > 1
    if not quoted or after[1] - after[0] > _LONGEST or text[after[0]] in _OPENS:
        return False
    return _SPEAKER.match(text, *after) is not None
