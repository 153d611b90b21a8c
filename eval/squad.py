"""SQuAD's questions (Rajpurkar et al., 2016 and 2018), in its files and in rows as the hub has them.

XQuAD, MLQA and many others have the same form. Each paragraph becomes an article, and the places of the answers in
it are the gold quotes. Questions that are impossible are unanswerable; that another paragraph answers one is
possible, and SQuAD does not tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from documents import Article
from eval.loaded import Loaded, article, common_language, question
from eval.questions import GoldQuote, Question, unique
from eval.rows import Row

FORM = "A SQuAD file is data[], title, paragraphs[], context, qas[], each with question and answers[], text."

_Asked = tuple[Row, list[Row], Article]


def squad(value: Any, name: str, language: str = "") -> Loaded:  # noqa: ANN401 - any JSON
    """The questions of a SQuAD file, version 1 or 2.

    Args:
        value: what the file holds.
        name: of the file, for messages.
        language: of the questions; "" tells it from their words.

    Raises:
        DatasetError: something is missing or of the wrong kind, or an id is there twice.
    """
    whole = Row.of(name, value, FORM)
    articles: list[Article] = []
    asked: list[_Asked] = []
    for number, entry in enumerate(whole.rows("data"), start=1):
        for paragraph in entry.rows("paragraphs"):
            address = f"squad:{number}/{len(articles) + 1}"
            articles.append(article(paragraph.needed("context"), address, _title(entry)))
            for row in paragraph.rows("qas"):
                asked.append((replace(row, number=len(asked) + 1), row.rows("answers"), articles[-1]))
    if not asked:
        raise whole.wrong("there is no question in it")
    return _loaded(asked, articles, language)


def squad_rows(rows: Iterable[Row], language: str = "") -> Loaded:
    """The questions of rows: question, context, and answers with text[] and answer_start[].

    Raises:
        DatasetError: something is missing or of the wrong kind, or an id is there twice.
    """
    articles: dict[str, Article] = {}
    asked: list[_Asked] = []
    for row in rows:
        context = row.needed("context")
        if context not in articles:
            articles[context] = article(context, f"squad:{len(articles) + 1}", _title(row))
        asked.append((row, _answers(row), articles[context]))
    return _loaded(asked, articles.values(), language)


def _loaded(asked: Iterable[_Asked], articles: Iterable[Article], language: str) -> Loaded:
    listed = list(asked)
    spoken = common_language((row.needed("question") for row, _, _ in listed), language)
    questions = unique((row, _question(row, answers, on, spoken)) for row, answers, on in listed)
    return Loaded(questions, tuple(articles))


def _question(row: Row, answers: Iterable[Row], on: Article, language: str) -> Question:
    given = [(answer.needed("text"), answer) for answer in answers]
    text, address = row.needed("question"), on.url or ""
    if row.flag("is_impossible", default=not given):
        return question(row, text, language, answerable=False)
    places = [(answer.integer("answer_start"), gold) for gold, answer in given if answer.has("answer_start")]
    quotes = tuple(
        GoldQuote(address, start=start, end=start + len(gold))
        for start, gold in dict.fromkeys(places)
        if start >= 0 and on.text.startswith(gold, start)
    )
    gold = tuple(dict.fromkeys(gold for gold, _ in given))
    return question(row, text, language, answers=gold, quotes=quotes, articles=() if quotes else (address,))


def _answers(row: Row) -> list[Row]:
    given = Row.of(f"{row.place}, answers", row.fields.get("answers"), row.form)
    texts, starts = given.texts("text"), given.fields.get("answer_start")
    if starts is None:
        return [_answer(given, {"text": text}) for text in texts]
    if not isinstance(starts, list | tuple) or len(starts) != len(texts):
        raise given.wrong("'text' and 'answer_start' are not lists of one length")
    return [_answer(given, {"text": text, "answer_start": start}) for text, start in zip(texts, starts, strict=True)]


def _answer(given: Row, fields: Mapping[str, Any]) -> Row:
    return replace(given, fields=fields)


def _title(row: Row) -> str:
    return row.text("title").replace("_", " ")
