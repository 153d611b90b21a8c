"""What a language model is asked: does a source say a sentence, does a sentence answer a question, does a passage?

Each task is told with examples, which are the head of the prompt, read once and kept like any other state. For a
sentence the quote and the sentence are read, about eighty tokens; for an answer the question and the sentence, about
sixty, and for a passage the question, about thirty, where the passage's state is kept. The examples are invented.
"""

from documents import Passage
from rag.generate import Prompt
from rag.prompt import SYSTEM, one_line, passage_text

_STATEMENTS = (
    (
        "Town hall of Brevik",
        "The council chose Anna Lind over Per Holm in March.",
        "Per Holm was chosen over Anna Lind.",
        "no",
    ),
    (
        "Le pont de Sainte-Claire",
        "Le pont, long de 12 kilomètres, a coûté 40 millions d'euros.",
        "The bridge of Sainte-Claire is 12 kilometres long.",
        "yes",
    ),
    (
        "Hamnen i Ekvik",
        "Hamnen får inte ta emot fartyg längre än 80 meter.",
        "The harbour of Ekvik may receive ships longer than 80 metres.",
        "no",
    ),
    (
        "Reservoir at Loch Arn",
        "Most of the water goes to the city; the farms get a tenth.",
        "Toute l'eau du réservoir va à la ville.",
        "no",
    ),
    (
        "Nhà máy An Phú",
        "Nhà máy sản xuất 300 tấn thép mỗi ngày, bắt đầu từ năm 1987.",
        "Fabriken i An Phú började tillverka stål 1987.",
        "yes",
    ),
    (
        "Gruvan i Norrfors",
        "Gruvan ger 500 ton malm om dagen.",
        "Gruvan i Norrfors ger 500 kilo malm om dagen.",
        "no",
    ),
    (
        "Festival de Valmont",
        "Le festival aura peut-être lieu en juin, selon le maire.",
        "Selon le maire, le festival de Valmont pourrait se tenir en juin.",
        "yes",
    ),
    (
        "Library of Westbury",
        "The library opened in 1912 with a gift from the Carlow family.",
        "The library of Westbury was designed by the architect John Hale.",
        "no",
    ),
    (
        "The Dover school",
        "Pupils in the upper classes must wear a uniform.",
        "Elever i de högre klasserna vid skolan måste bära uniform.",
        "yes",
    ),
    (
        "Thư viện Hòa Bình",
        "Thư viện do bà Mai thành lập, sau đó ông Tuấn điều hành.",
        "Thư viện Hòa Bình do ông Tuấn thành lập.",
        "no",
    ),
)
# Headline, text, question, answer, whether the answer is right, whether the text answers.
_ANSWERS = (
    (
        "Town hall of Brevik",
        "The council chose Anna Lind over Per Holm in March.",
        "Why did Per Holm win the vote of the council?",
        "Per Holm won because the council chose him in March.",
        "no",
        "no",
    ),
    (
        "Le pont de Sainte-Claire",
        "Le pont, long de 12 kilomètres, a coûté 40 millions d'euros.",
        "How long is the bridge of Sainte-Claire?",
        "It is 12 kilometres long.",
        "yes",
        "yes",
    ),
    (
        "Hamnen i Ekvik",
        "Hamnen har 40 kajer och tar emot 300 fartyg om året.",
        "Combien d'employés le port d'Ekvik a-t-il ?",
        "Le port d'Ekvik a 300 employés.",
        "no",
        "no",
    ),
    (
        "Reservoir at Loch Arn",
        "Most of the water goes to the city; the farms get a tenth.",
        "Quelle part de l'eau va aux fermes ?",
        "Un dixième de l'eau va aux fermes.",
        "yes",
        "yes",
    ),
    (
        "Nhà máy An Phú",
        "Nhà máy sản xuất 300 tấn thép mỗi ngày, bắt đầu từ năm 1987.",
        "När började fabriken i An Phú tillverka stål?",
        "Fabriken började 1987.",
        "yes",
        "yes",
    ),
    (
        "Festival de Valmont",
        "La ministre a signé le 4 mai la loi 218, qui compte 31 articles.",
        "What is the number of the law?",
        "The law has the number 31.",
        "no",
        "yes",
    ),
    (
        "Gruvan i Norrfors",
        "Bolaget öppnade gruvan för att ge bygden arbete.",
        "Why did the company close the mine?",
        "The company closed the mine to give the region work.",
        "no",
        "no",
    ),
    (
        "Library of Westbury",
        "The library opened in 1912 with a gift from the Carlow family.",
        "Thư viện Westbury mở cửa năm nào?",
        "Thư viện Westbury mở cửa năm 1912.",
        "yes",
        "yes",
    ),
    (
        "The Dover school",
        "The school was designed by John Hale and led by Ruth Moss.",
        "Vem ritade skolan i Dover?",
        "Ruth Moss ritade skolan.",
        "no",
        "yes",
    ),
    (
        "Thư viện Hòa Bình",
        "Thư viện do bà Mai thành lập năm 1990.",
        "Ai thành lập Thư viện Hòa Bình?",
        "Bà Mai thành lập thư viện.",
        "yes",
        "yes",
    ),
)
_STATEMENT_TASK = (
    "You check whether a source supports a statement. Answer yes only if the source says all of it. Answer no if a "
    "number, a date, a name or a unit differs, if the roles are exchanged, if something is denied that the source "
    "affirms, if it says more, or more surely, than the source, or if the source is about something else."
)


def _source(title: str, quote: str) -> str:
    """On one line, as all that is shown, so that nothing in an article can look like another source or an answer."""
    return one_line(f"Source: {title}. {quote}" if title else f"Source: {quote}")


def _statement(title: str, quote: str, sentence: str) -> str:
    return f"{_source(title, quote)}\nStatement: {one_line(sentence)}"


STATEMENT_HEAD = "\n\n".join(
    (_STATEMENT_TASK, *(f"{_statement(*example[:3])}\nSupported: {example[3]}" for example in _STATEMENTS))
)


def statement_prompt(title: str, quote: str, sentence: str) -> Prompt:
    """What a language model is asked: the task and examples, then the sentence beside its source.

    Args:
        title: of the article that is quoted, "" where it has none.
        quote: the words.
        sentence: what is checked; the answer is to be yes or no.
    """
    return Prompt(STATEMENT_HEAD, (), f"{_statement(title, quote, sentence)}\nSupported, yes or no?")


_ANSWER_TASK = (
    "You check an answer to a question against an article. Say yes only if the article says what was asked and the "
    "answer gives it. Say no if the question assumes something that the article does not say, if the answer gives a "
    "number, a date or a name that the article says of something else, or if the article is about something else."
)


def _answer(question: str, sentence: str) -> str:
    return f"Question: {one_line(question)}\nAnswer: {one_line(sentence)}"


ANSWER_HEAD = "\n\n".join(
    (
        _ANSWER_TASK,
        *(
            f"Article: {title}\n{text}\n\n{_answer(question, sentence)}\nCorrect: {correct}"
            for title, text, question, sentence, correct, _ in _ANSWERS
        ),
    )
)


_RELEVANCE_TASK = (
    "You check whether an article answers a question. Say yes only if the article says what was asked. Say no if the "
    "article is about something else, or does not tell it."
)
RELEVANCE_HEAD = "\n\n".join(
    (
        _RELEVANCE_TASK,
        *(
            f"Article: {title}\n{text}\n\nQuestion: {question}\nAnswered: {told}"
            for title, text, question, _, correct, told in _ANSWERS
            if correct == told  # with these eight the model's word on passages was measured
        ),
    )
)


def relevance_prompt(passage: Passage, question: str) -> Prompt:
    """What a language model is asked of a passage: the task and examples, then the passage and the question.

    The passage is read as in `answer_prompt`.

    Args:
        passage: that may answer the question.
        question: what was asked; the model's answer is to be yes or no.
    """
    asked = f"Question: {one_line(question)}\nAnswered, yes or no?"
    return Prompt(RELEVANCE_HEAD, (passage_text(passage),), asked, read_behind=SYSTEM)


def answer_prompt(passage: Passage, question: str, sentence: str) -> Prompt:
    """What a language model is asked of an answer: the task and examples, then a passage, the question and the answer.

    The passage is read as it was for the answer, so what the model has kept of it serves here too; behind other
    instructions, which is an approximation (docs/decisions/0011-the-passage-is-read-once.md).

    Args:
        passage: that the answer's quote stands in.
        question: what was asked.
        sentence: what is checked; the model's answer is to be yes or no.
    """
    asked = f"{_answer(question, sentence)}\nCorrect, yes or no?"
    return Prompt(ANSWER_HEAD, (passage_text(passage),), asked, read_behind=SYSTEM)
