"""What a sentence says of its subject: how long it is, what it cost, that it was signed, opened or built.

Two sentences on one bridge give two dates without contradicting each other when one says when it was begun and the
other when it was opened. The words listed here are those that dates and measures often stand with, in English,
French, Swedish and Vietnamese; what is not listed is told apart by likeness alone.
"""

from collections.abc import Iterable
from functools import lru_cache

import regex

_ASPECTS: dict[str, dict[str, str]] = {
    "length": {"en": r"long|length", "fr": r"long|longue|longueur", "sv": r"lång|långt|långa|längd\w*", "vi": r"dài"},
    "width": {
        "en": r"wide|width|broad|across",
        "fr": r"large|largeur",
        "sv": r"bre(?:d|tt|da)|bredd\w*",
        "vi": r"chiều rộng",
    },
    "height": {
        "en": r"high|height|tall|altitude|above sea",
        "fr": r"haut(?:e|s|es|eur)?|altitude|culmin\w*",
        "sv": r"hög|högt|höga|höjd\w*|över havet",
        "vi": r"cao(?! tốc)",
    },
    "depth": {"en": r"deep\w*|depths?", "fr": r"profond\w*", "sv": r"\w*djup\w*", "vi": r"sâu"},
    "area": {"en": r"area|surface", "fr": r"superficie|surface", "sv": r"yta\w*|areal\w*", "vi": r"diện tích"},
    "weight": {"en": r"weigh\w*", "fr": r"pès\w+|pesai\w+|poids", "sv": r"väg(?:er|de)|vikt\w*", "vi": r"nặng"},
    "speed": {"en": r"speed", "fr": r"vitesse", "sv": r"hastighet\w*|fart", "vi": r"tốc độ|vận tốc"},
    "cost": {
        "en": r"costs?|price\w*|budget|invest\w*",
        "fr": r"coût\w*|prix|budget|invest\w*",
        "sv": r"kosta\w*|kostnad\w*|pris\w*|invester\w*",
        "vi": r"chi phí|giá|đầu tư",
    },
    "gift": {
        "en": r"don(?:at|or)\w*|gave",
        "fr": r"dons?|donat\w*",
        "sv": r"gåv\w*|doner\w*|skänk\w*",
        "vi": r"quyên góp|hiến tặng",
    },
    "fine": {
        "en": r"fine[sd]?|penalt\w*",
        "fr": r"amendes?|sanction\w*",
        "sv": r"bot|böter|sanktion\w*",
        "vi": r"phạt",
    },
    "dead": {
        "en": r"die[sd]?|dead|deaths?|killed|victims?",
        "fr": r"mort\w*|meurt|tué\w*|décès",
        "sv": r"död\w*|dog|omkom\w*|avled",
        "vi": r"chết|tử vong|thiệt mạng|qua đời",
    },
    "hurt": {"en": r"injur\w*|wounded|hurt", "fr": r"bless\w*", "sv": r"skad\w*|sårad\w*", "vi": r"bị thương"},
    "born": {"en": r"born|birth", "fr": r"nés?|née?s?|naissance", "sv": r"född\w*|föddes", "vi": r"sinh"},
    "signed": {"en": r"sign\w*", "fr": r"sign[aéeè]\w*", "sv": r"underteckn\w*|signer\w*|slöt", "vi": r"ký(?: kết)?"},
    "in force": {
        "en": r"in(?:to)? force|(?:takes?|took) effect|appl(?:y|ies|ied)",
        "fr": r"en vigueur|appli[qc]\w+",
        "sv": r"i kraft|gäll\w*|tillämpa\w*",
        "vi": r"hiệu lực|áp dụng",
    },
    "published": {
        "en": r"publish\w*|released",
        "fr": r"publi\w+",
        "sv": r"publicer\w*",
        "vi": r"công bố|ban hành|đăng",
    },
    "approved": {
        "en": r"approv\w*|adopt\w*|passed|vot\w*|consent|ratif\w*|accept\w*",
        "fr": r"approuv\w*|adopt\w*|vot\w*|ratifi\w*|accept\w*",
        "sv": r"anta\w*|antog\w*|godkän\w*|beslut\w*|ratificer\w*",
        "vi": r"thông qua|phê chuẩn|chấp thuận|phê duyệt",
    },
    "proposed": {"en": r"propos\w*", "fr": r"propos\w*", "sv": r"föresl\w*|förslag\w*", "vi": r"đề xuất|trình"},
    "opened": {
        "en": r"open\w*|inaugurat\w*",
        "fr": r"ouv(?:er|r)\w*|rouv\w*|inaugur\w*",
        "sv": r"öppna\w*|invig\w*",
        "vi": r"khánh thành|khai trương|mở cửa|đón (?:\w+ )*khách",
    },
    "closed": {"en": r"clos(?:ed|ure)|shut", "fr": r"ferm[ée]\w*", "sv": r"stäng\w*", "vi": r"đóng cửa"},
    "begun": {
        "en": r"beg[aiu]n\w*|start\w*|first stone|ground",
        "fr": r"commenc\w*|débu\w*|première pierre",
        "sv": r"börja\w*|inled\w*|påbörja\w*|grundsten\w*",
        "vi": r"bắt đầu|khởi công|động thổ",
    },
    "finished": {
        "en": r"complet\w*|finish\w*|ended",
        "fr": r"achev\w*|achèv\w*|termin\w*",
        "sv": r"färdig\w*|avsluta\w*|slutför\w*",
        "vi": r"hoàn thành|kết thúc",
    },
    "built": {
        "en": r"buil[td]\w*|construct\w*|erect\w*",
        "fr": r"constru\w*|bâti\w*|édifi\w*|érig\w*",
        "sv": r"bygg\w*|uppför\w*",
        "vi": r"xây dựng|dựng",
    },
    "founded": {
        "en": r"found(?:ed|ing)|establish\w*|created",
        "fr": r"fond(?:é|ation)\w*|cré[ée]\w*",
        "sv": r"grunda(?:t|de|des|ts)|bilda\w*|inrätta\w*",
        "vi": r"(?:thành )?lập",
    },
    "launched": {
        "en": r"launch\w*|lifted off",
        "fr": r"lanc[éèe]\w*",
        "sv": r"sköts upp|uppskjut\w*|lansera\w*",
        "vi": r"phóng",
    },
}

_QUALIFIERS: dict[str, dict[str, str]] = {
    "mean": {
        "en": r"mean|average|median",
        "fr": r"moyen\w*|médian\w*",
        "sv": r"medel\w*|genomsnitt\w*",
        "vi": r"trung bình",
    },
    "most": {
        "en": r"max\w*|\w+est(?<!west)",
        "fr": r"maxim\w*|la plus|le plus|les plus",
        "sv": r"max\w*|störst\w*|längst\w*|högst\w*|djupast\w*",
        "vi": r"(?<!thứ |duy )nhất|tối đa",
    },
    "part": {
        "en": r"parts?|phase|stage|section|half|quarter|share|of which|first|second|third|other|another|additional"
        r"|extra|remaining|rest|north\w*|south\w*|east\w*|west\w*|old|new|former",
        "fr": r"parties?|phase|étape|tranche|moitié|quart|dont|premi\w+|deuxième|second\w*|troisième|autres?|suppl\w+"
        r"|reste|nord|sud|ouest|anciens?|ancienne\w*|nouve\w+",
        "sv": r"del|delen|delar|fas\w*|etapp\w*|hälften|varav|först\w*|andra|tredje|ytterligare|annan|resten|norra"
        r"|södra|östra|västra|gamla|nya",
        "vi": r"phần(?! trăm)|giai đoạn|đoạn|nửa|trong đó|đầu tiên|thứ|khác|thêm|còn lại|cũ|mới",
    },
    "total": {
        "en": r"total|altogether|overall|together|combined",
        "fr": r"total\w*|ensemble|en tout",
        "sv": r"total\w*|sammanlagt|tillsammans",
        "vi": r"tổng|cộng",
    },
    "each": {
        "en": r"each|every|per(?! ?cent)|annual\w*|yearly|monthly|daily|an? (?:year|month|week|day|hour)",
        "fr": r"chaque|chacun\w*|par (?:an|mois|jour|heure|personne)|annuel\w*|mensuel\w*",
        "sv": r"varje|var(?:t|dera)?|per|årlig\w*|om (?:året|dagen)|i (?:timmen|månaden)",
        "vi": r"mỗi|từng|hằng|hàng (?:năm|tháng|ngày)|một (?:năm|tháng|ngày)",
    },
    "change": {
        "en": r"r[oi]se[ns]?|rising|f[ae]ll(?:en|s)?|increas\w*|decreas\w*|gr[eo]w\w*|drop\w*|cut|reduc\w*",
        "fr": r"hausse|baiss\w*|augment\w*|diminu\w*|recul\w*|progress\w*|rédui\w*",
        "sv": r"öka\w*|minska\w*|stigit|sjönk\w*|sjunkit|föll|sänk\w*|höj(?:s|de|des|t)",
        "vi": r"tăng|giảm",
    },
    "plan": {
        "en": r"expect\w*|plan\w*|estimat\w*|forecast\w*|would|could|might|target|goal|should|propos\w*",
        "fr": r"prév\w*|estim\w*|devrai\w+|pourrai\w+|objectif|projet\w*",
        "sv": r"vänta[ds]\w*|planera\w*|beräkna\w*|uppskatta\w*|skulle|mål|föresl\w*",
        "vi": r"dự kiến|ước tính|mục tiêu|có thể|kế hoạch|đề xuất",
    },
}


_MEASURES = frozenset({"length", "width", "height", "depth", "area", "weight", "speed"})


def find_aspects(sentence: str, language: str) -> frozenset[str]:
    """What a sentence says of its subject, as far as it is listed; nothing in a language that is not."""
    return frozenset(name for name in _ASPECTS if _pattern(name, language).search(sentence))


def answers_another(question: frozenset[str], sentence: frozenset[str]) -> bool:
    """Whether a sentence tells one measure of its subject where another was asked for: how long, not how deep.

    Args:
        question: its aspects. How long is no measure there, since it asks for times as well.
        sentence: its aspects.
    """
    asked, told = question & _MEASURES - {"length"}, sentence & _MEASURES
    return bool(asked and told) and not asked & told


def find_qualifiers(sentence: str, language: str) -> frozenset[str]:
    """What narrows or widens the values of a sentence: a mean, a part, a total, a change, a plan."""
    return frozenset(name for name in _QUALIFIERS if _pattern(name, language).search(sentence))


def without_aspects(sentence: str, language: str, names: Iterable[str]) -> str:
    """The sentence without the words by which some aspects were told."""
    for name in names:
        sentence = _pattern(name, language).sub(" ", sentence)
    return sentence


@lru_cache(maxsize=256)
def _pattern(name: str, language: str) -> regex.Pattern[str]:
    forms = (_ASPECTS | _QUALIFIERS)[name].get(language, "(?!)")
    return regex.compile(rf"(?<!\w)(?:{forms})(?!\w)", regex.IGNORECASE)
