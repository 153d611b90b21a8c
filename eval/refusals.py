"""Sentences that say that there is no answer: they claim nothing that evidence could support.

Every system has its own words for it; these are the usual ones, in the languages that have a row below. They are
narrow on purpose, since a claim that is taken for a refusal is not checked at all: a sentence with a number that was
not asked about is none, nor is one that goes on behind a "but".
"""

import regex

from rag import is_own_words

# By language: what the writer says of himself; what he was given; how he says that it lacks the answer.
_ROWS = {
    "en": (
        r"i (?:do not|don't|cannot|can't|could not|couldn't|am unable to) (?:know|answer|find|determine)",
        r"contexts?|texts?|passages?|documents?|articles?|sources?|excerpts?|information|materials?",
        r"(?:do|does|did) ?(?:not|n't) (?:\w+ )?(?:contain|provide|mention|specify|state|say|include|give|answer)",
    ),
    "fr": (
        r"je ne (?:sais|peux|trouve|dispose|suis) pas",
        r"contextes?|textes?|passages?|documents?|articles?|sources?|extraits?|informations?",
        r"n(?:e |')(?:\w+ )?(?:contien|mentionn|précis|indiqu|fourni|répond|di[st])\w* (?:pas|aucun|rien)",
    ),
    "de": (
        r"ich (?:weiß (?:es |das )?nicht|kann (?:\w+ ){0,2}nicht (?:beantworten|sagen|finden))",
        r"kontext|texte?n?|passagen?|abschnitte?|dokumente?n?|artikeln?|quellen?|informationen",
        r"(?:enthalten|enthält|nenn|erwähn|beantwort|sag|geb|gib|mach)\w* (?:\w+ ){0,2}(?:nicht|keine?n?|nichts)",
    ),
    "es": (
        r"no (?:lo )?(?:sé|puedo (?:responder|encontrar|determinar))",
        r"contextos?|textos?|pasajes?|documentos?|artículos?|fuentes?|fragmentos?|información",
        r"no (?:contien|mencion|especific|indic|proporcion|respond|dic)\w*",
    ),
    "it": (
        r"non (?:lo so|posso (?:rispondere|trovare|determinare))",
        r"contesto|test[oi]|passagg?[oi]|document[oi]|articol[oi]|font[ei]|informazion[ei]",
        r"non (?:conti?en|contengon|menzion|specific|indic|fornisc|rispond|dic)\w*",
    ),
    "pt": (
        r"(?:eu )?não (?:sei|posso (?:responder|encontrar|determinar))",
        r"contextos?|textos?|passagens|passagem|documentos?|artigos?|fontes?|trechos?|informaç(?:ão|ões)",
        r"não (?:conté|contê|mencion|especific|indic|fornec|respond|diz)\w*",
    ),
    "nl": (
        r"ik (?:weet (?:het|dat) niet|kan (?:\w+ ){0,3}niet (?:beantwoorden|vinden|zeggen))",
        r"context|teksten|tekst|passages?|documenten|document|artikelen|artikel|bronnen|informatie",
        r"(?:bevat|vermeld|noem|geef|geven|beantwoord|zeg)\w* (?:\w+ ){0,2}(?:niet|geen|niets)",
    ),
    "sv": (
        r"jag (?:vet|kan) (?:\w+ )?inte",
        r"sammanhanget|texten|texterna|passagen|passagerna|dokumenten?|artikeln|artiklarna|källorna|informationen",
        r"(?:innehåller|nämner|anger|säger|ger|besvarar|svarar) (?:inte|inget|ingen|inga)",
    ),
    "da": (
        r"jeg (?:ved|vet|kan) (?:\w+ )?ikke",
        r"konteksten|teksten|tekste[rn]ne|passagen|passagerne|dokumente[tn]e?|artikle[rn]ne|artikkelen|kildene|kilderne",
        r"(?:inde?holder|n[æe]vner|angiver|oppgir|siger|sier|giver|gir|b?e?svarer) (?:ikke|ingen|intet|ingenting)",
    ),
    "vi": (
        r"tôi không (?:biết|thể (?:trả lời|tìm|xác định))",
        r"ngữ cảnh|văn bản|đoạn văn|đoạn trích|tài liệu|bài viết|bài báo|nguồn|thông tin",
        r"không (?:đề cập|cung cấp|nêu|cho biết|nói|trả lời|chứa)",
    ),
    "zh": (r"我(?:不知道|无法)", r"文章|文本|上下文|文档|资料|文中", r"(?:没有|未|并未|中没有)"),
}
_SHORT = (
    r"(?:unknown|n/?a|no answer|unanswerable|not (?:found|stated|specified|mentioned|available|provided|enough "
    r"information)|insufficient information)(?: in the [\w ]{1,40})?$|there is no (?:information|mention|answer)\b"
)
_PATTERNS = [_SHORT]
for _writer, _given, _lacks in _ROWS.values():
    _PATTERNS += [rf"{_writer}\b", rf"(?:\w+[' ]){{0,3}}(?:{_given})(?: \w+)? ?{_lacks}"]
# A few words that end in a comma may stand before: "Unfortunately,", "I'm sorry, but", "Based on the context,".
_SAYS_SO = [regex.compile(rf"(?:[^,;:.!?]{{1,60}},\s*(?:\w+ )?)?(?:{pattern})") for pattern in _PATTERNS]
_GOES_ON = regex.compile(r"\b(?:but|however|though|although|mais|aber|pero|ma|mas|maar|men|nhưng)\b|[;:但]")
_NUMBER = regex.compile(r"\d+")


def is_refusal(sentence: str, question: str) -> bool:
    """Whether a sentence only says that there is no answer.

    Args:
        sentence: of an answer.
        question: what was asked; its numbers may be repeated.
    """
    if is_own_words(sentence):
        return True
    said = sentence.lower().replace("’", "'").strip(" .!\"'*")
    found = next((match for pattern in _SAYS_SO if (match := pattern.match(said))), None)
    if found is None or _GOES_ON.search(said, found.end()):
        return False
    return set(_NUMBER.findall(sentence)) <= set(_NUMBER.findall(question))
