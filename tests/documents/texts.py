"""A paragraph in each language tested, written for the tests, with its sentences cut by hand."""

from hypothesis import settings

law = settings(deadline=None)
"""For laws held on made-up texts: the first call may load a model, and other programs may be busy."""

SENTENCES: dict[str, list[str]] = {
    "fr": [
        "M. Dupont et Mme Martin ont ouvert le pont de Lyon le 3 mai 2019.",
        "« Il a coûté 1,5 million d'euros », a dit le maire.",
        "Qui l'a payé ?",
        "La région, pour moitié !",
    ],
    "sv": [
        "Bron i Malmö öppnades den 3 maj 2019 kl. 12.30.",
        "Den kostade 1,5 miljoner kronor, bl.a. för stålet.",
        "Vem betalade?",
        "”Regionen betalade hälften”, sade borgmästaren.",
    ],
    "en": [
        "Dr. Smith opened the bridge on 3 May 2019 at 12.30 p.m.",
        'It cost $1.5 million, J. K. Rowling\'s neighbour said: "Too much."',
        "Who paid?",
        "The U.S. government paid half!",
    ],
    "vi": [
        "TS. Nguyễn Văn A khánh thành cây cầu ngày 3 tháng 5 năm 2019.",
        "Cầu ở TP. Hồ Chí Minh có giá 1,5 triệu đô la Mỹ.",
        "Ai đã trả tiền?",
        "Thành phố trả một nửa!",
    ],
    "de": [
        "Am 3. Mai 2019 eröffnete Dr. Müller die Brücke in Köln.",
        "Sie kostete 1,5 Mio. Euro, z.B. für den Stahl.",
        "Wer hat bezahlt?",
        "„Die Stadt zahlte die Hälfte“, sagte er.",
    ],
    "zh": [
        "大桥于2019年5月3日开通。",
        "它耗资1.5亿元！",
        "谁付的钱？",
        "市长说，政府付了一半。",
    ],
    "ar": [
        "افتتح العمدة الجسر في 3 مايو 2019.",
        "كلف الجسر 1.5 مليون دولار!",
        "من دفع الثمن؟",
        "دفعت المدينة النصف، كما قال.",
    ],
}

LANGUAGES = tuple(SENTENCES)

CANAL = "Kanalen är öppen igen. " * 20
"""As long as a page."""


def paragraph(language: str) -> str:
    """The sentences as they stand in print: Chinese has no spaces between them."""
    return ("" if language == "zh" else " ").join(SENTENCES[language])
