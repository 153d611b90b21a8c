"""Whether a question asks when, and whether a sentence tells a time: one without a time is no answer to "when".

Asked when a ship sank, a small model may say that it sank before a large crowd: true, and quoted rightly. Told in
English, French, Swedish and Vietnamese; in other languages every sentence is held for one that tells a time.
"""

import regex

# A question that opens with "when" may ask something else: "When the mine closed, who lost his work?"
_ASKS = {
    "en": r"^\W*when (?:did|do|does|was|were|is|are|will|has|have|had|can|could|shall|should|would|may|might)"
    r"|(?:what|which) (?:year|date|day|month)",
    "fr": r"^\W*quand(?!.*\b(?:qui|que|quoi|quel(?:le)?s?|où|combien|comment|pourquoi)\b)"
    r"|quel(?:le)?s? (?:années?|dates?|jours?|mois)",
    "sv": r"^\W*när(?!.*\b(?:vem|vad|vilk(?:en|et|a)|hur|var|varför)\b)|vilket (?:år|datum)|vilken (?:dag|månad)",
    "vi": r"khi nào|bao giờ|lúc nào|(?:năm|ngày|tháng) nào",
}
_TIMES = {
    "en": r"centur\w+|decades?|years?|months?|weeks?|\w*days?|hours?|minutes?|morning|noon|afternoon|evening"
    r"|\w*night|spring|summer|autumn|winter|today|yesterday|tomorrow|now|before|after|during|since|until"
    r"|till|when|while|once|soon|later|earlier|ago|never|not yet|always|already"
    r"|at the (?:same time|beginning|end)|january|february|march|april|may|june|july|august|september"
    r"|october|november|december",
    "fr": r"siècles?|décennies?|ans?|années?|mois|semaines?|jours?|heures?|minutes?|matin\w*|midi|soir\w*|nuits?"
    r"|printemps|été|automne|hiver|aujourd\W?hui|hier|demain|maintenant|avant|après|pendant|durant|depuis"
    r"|jusqu\w+|quand|lorsqu\w+|dès|bientôt|jamais|pas encore|toujours|déjà|lors|\w+di|dimanche|janvier"
    r"|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "sv": r"\w*sek(?:el|ler|let)|århundrade\w*|årtionde\w*|\w*talet|år\w*|månad\w*|veck\w*|\w*dag\w*|timm\w*"
    r"|minut\w*|morgon\w*|kväll\w*|natt\w*|våren?|sommar\w*|höst\w*|vinter\w*|i ?går|i ?morgon|nu|före"
    r"|efter|under|innan|sedan|tills|när|då|medan|snart|senare|tidigare|aldrig|ännu|alltid|redan|januari"
    r"|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "vi": r"thế kỷ|thập niên|thập kỷ|năm|tháng|tuần|ngày|giờ|phút|sáng|trưa|chiều|tối|đêm|mùa|hôm|nay|mai|trước"
    r"|sau|khi|từ|lúc|sắp|chưa|quý|thời",
}


def lacks_time(question: str, sentence: str, language: str) -> bool:
    """Whether a sentence tells no time where the question asks for one.

    Args:
        question: as asked.
        sentence: of the answer.
        language: ISO 639-1, of both.
    """
    if language not in _ASKS or not regex.search(_ASKS[language], question, regex.IGNORECASE):
        return False
    times = rf"\d|(?<!\w)(?:{_TIMES[language]})(?!\w)"
    return not regex.search(times, sentence, regex.IGNORECASE)
