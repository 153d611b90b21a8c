import subprocess
import sys

import pytest

from documents import Article, Limit, could_be, detect, language_name, split
from documents.language import foreign
from tests.documents.language_texts import TEXTS
from tests.documents.texts import LANGUAGES, paragraph

QUESTIONS = {
    "fr": ["Qui a signé la résolution 57-NQ/TW ?", "Combien de délégués ont participé à la conférence ?"],
    "sv": ["Vem undertecknade resolution 57-NQ/TW?", "Hur många delegater deltog i konferensen?"],
    "en": ["Who signed resolution 57-NQ/TW?", "How many delegates attended the conference?"],
    "vi": ["Ai đã ký nghị quyết 57-NQ/TW?", "Có bao nhiêu đại biểu tham dự hội nghị?"],
    "de": ["Wer hat die Resolution 57-NQ/TW unterzeichnet?", "Wie viele Delegierte nahmen an der Konferenz teil?"],
    "es": ["¿Quién firmó la resolución 57-NQ/TW?", "¿Dónde se celebra la semana digital?"],
    "zh": ["谁签署了57-NQ/TW号决议?", "有多少代表参加了会议?"],
    "ar": ["من وقع القرار رقم 57-NQ/TW؟", "كم عدد المندوبين الذين حضروا المؤتمر؟"],
    "da": ["Hvem underskrev resolution 57-NQ/TW?", "Hvornår åbnede den nye bro i Aarhus?"],
    "nb": ["Hvem undertegnet resolusjon 57-NQ/TW?", "Hva sier statsråden om kunstig intelligens?"],
    "fi": ["Kuka allekirjoitti päätöslauselman 57-NQ/TW?", "Milloin uusi silta avattiin Helsingissä?"],
    "ja": ["決議57-NQ/TWに署名したのは誰ですか?", "会議には何人の代表が参加しましたか?"],
    "hi": ["प्रस्ताव 57-NQ/TW पर किसने हस्ताक्षर किए?", "नया पुल कब खोला गया था और किसने खोला?"],
}
# Half of such a question is a name, in another language than the question.
SHORT = {
    "fr": ["Qui est Tô Lâm ?", "Où est Ninh Binh ?"],
    "sv": ["Vem är Tô Lâm?", "Vad är AI?", "Var ligger Ninh Binh?"],
    "en": ["Who is Tô Lâm?", "Where is Ninh Binh?", "What is AI?"],
    "vi": ["Tô Lâm là ai?", "AI là gì?"],
    "de": ["Wer ist Tô Lâm?", "Was ist KI?"],
    "es": ["¿Quién es Tô Lâm?", "¿Qué es la IA?"],
    "zh": ["为什么?"],
    "ar": ["من هو تو لام؟"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph(language: str) -> None:
    assert detect(paragraph(language)) == language


@pytest.mark.parametrize(("language", "question"), [(code, q) for code, asked in QUESTIONS.items() for q in asked])
def test_a_question(language: str, question: str) -> None:
    assert detect(question) == language


@pytest.mark.parametrize(("language", "question"), [(code, q) for code, asked in SHORT.items() for q in asked])
def test_a_short_question_about_a_name(language: str, question: str) -> None:
    assert detect(question) == language


@pytest.mark.parametrize(
    ("sentence", "language", "possible"),
    [
        ("Le nouveau tarif est entré en vigueur en 2019.", "fr", True),
        ("Le nouveau tarif est entré en vigueur en 2019.", "en", False),
        ("Philippe Jost, Jean-Louis Georgelin et Notre-Dame", "en", True),  # names alone
        ("Ursula von der Leyen", "en", True),
        ("Nguyễn Thị Phương Thảo", "en", True),
        ("国土交通省", "ja", True),
        ("国土交通省", "en", False),
        ("ស្ពាននេះត្រូវបានបើកនៅឆ្នាំ ២០១៩ ដោយអភិបាលក្រុង", "km", True),  # a language that nobody here can tell
        ("Regalskeppet Vasa bar 64 kanoner.", "sv", True),  # as likely Danish
        ("Cây cầu được khánh thành vào năm 2019 bởi thị trưởng thành phố.", "sv", False),
        ("文章中没有这个问题的答案。", "fr", False),
        ("343", "vi", True),
    ],
)
def test_a_short_answer_is_held_foreign_only_where_its_language_is_unlikely(
    sentence: str, language: str, *, possible: bool
) -> None:
    assert could_be(sentence, language) is possible


@pytest.mark.parametrize("language", TEXTS)
def test_a_long_article_is_in_the_language_of_its_sentences(language: str) -> None:
    assert detect("\n\n".join([TEXTS[language]] * 12)) == language


def test_a_menu_in_another_language_does_not_outweigh_a_long_article() -> None:
    menu = "All the news of the day and what is on in the city, for you and for all of us. " * 3
    assert detect(menu + paragraph("fr") * 8) == "fr"


@pytest.mark.parametrize(
    "text", ["", " \n", "12345", "57-NQ/TW", "https://example.org/une-page", "Bac Giang?", "— … !"]
)
def test_nothing_to_go_on(text: str) -> None:
    assert detect(text) == "und"
    assert detect(text, default="sv") == "sv"


@pytest.mark.parametrize(
    "text", ["\ud800", "Vem undertecknade \ud83d resolutionen?", "Vem skrev under den? \udcff" * 20]
)
def test_half_a_character_is_no_word(text: str) -> None:
    assert detect(text) == detect(text.replace("\ud83d", "").replace("\udcff", "").replace("\ud800", ""))


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert detect("Bron i Malmö öppnades i dag. " * 200_000) == "sv"


@pytest.mark.parametrize(
    ("code", "name"),
    [("sv", "Swedish"), ("vi", "Vietnamese"), ("zh", "Chinese"), ("nb", "Norwegian Bokmål"), ("sv-SE", "Swedish")],
)
def test_english_names(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize("code", ["und", "", "xx", "not a code", "\n"])
def test_no_name(code: str) -> None:
    assert language_name(code) == ""


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["lingua", "trafilatura", "babel", "httpx", "charset_normalizer", "numpy"]
    code = f"import sys, documents; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("language", TEXTS)
def test_about_twenty_words(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_passage_in_the_article_s_language_is_not_foreign(language: str) -> None:
    assert foreign(TEXTS[language], language) == ""


def test_a_passage_in_another_language_is_told_mostly_and_never_as_a_third() -> None:
    pairs = [(of, other, foreign(TEXTS[other], of)) for of in TEXTS for other in TEXTS if of != other]
    assert [pair for pair in pairs if pair[2] not in ("", pair[1])] == []
    assert sum(found == other for _, other, found in pairs) >= 0.95 * len(pairs)


def test_a_site_s_name_in_another_language_decides_nothing() -> None:
    name = "Tin Mới - Nền tảng quảng bá tin tức của Việt Nam và thế giới"
    assert detect(f"{name}\n\n{TEXTS['fr']} {TEXTS['fr']} {TEXTS['fr']}\n\n{TEXTS['fr']} {TEXTS['fr']}") == "fr"
    assert detect(f"{name}\n\n" + "\n\n".join([TEXTS["sv"]] * 20)) == "sv"


def test_a_passage_knows_its_language_where_it_is_not_the_article_s() -> None:
    text = f"{TEXTS['fr']}\n\n{TEXTS['vi']}\n\n{TEXTS['fr']}"
    of = Article(id="", text=text, title="", language="fr")
    assert [passage.language for passage in split(of, [Limit(len, 120, 500)])] == ["", "vi", ""]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Vem skrev romanen Gösta Berlings saga?", "sv"),
        ("Vem vann presidentvalet i Finland 2024?", "sv"),
        ("Hvem skrev Peer Gynt?", "nb"),
        ("Hvad koster det?", "da"),
        ("Quel roi a fait créer le Quốc Tử Giám, à côté du temple de la Littérature de Hanoï ?", "fr"),
        ("Which animal disease has been wiped out besides smallpox?", "en"),
    ],
)
def test_a_question_is_told_by_the_word_it_opens_with_and_not_by_its_names(question: str, language: str) -> None:
    assert detect(question) == language
