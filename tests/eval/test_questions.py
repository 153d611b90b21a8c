"""Questions are read whole or refused with the line that is wrong."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from documents import Article
from eval import rows
from eval.answers import contains_answer
from eval.questions import PRACTICE, GoldQuote, Question, load_questions, names_of, to_record
from eval.rows import DatasetError
from eval.samples import load_articles, real_articles

RECORD: dict[str, Any] = {
    "id": "fr-q01",
    "question": "Combien ?",
    "language": "fr",
    "answers": ["17", "dix-sept"],
    "quotes": [{"file": "a.md", "text": "dix-sept États"}],
    "answerable": True,
    "tags": ["number"],
    "split": "dev",
}
NOT_ANSWERABLE = {"answerable": False, "answers": [], "quotes": []}


def write(folder: Path, *records: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_is_read_whole(tmp_path: Path) -> None:
    assert load_questions(write(tmp_path, RECORD, "")) == (
        Question(
            id="fr-q01",
            question="Combien ?",
            language="fr",
            answers=("17", "dix-sept"),
            quotes=(GoldQuote("a.md", "dix-sept États"),),
            answerable=True,
            tags=("number",),
            split="dev",
        ),
    )


def test_a_question_may_have_two_parts_and_quotes_elsewhere(tmp_path: Path) -> None:
    (question,) = load_questions(
        write(tmp_path, RECORD | {"also": ["2019"], "quotes": [{"file": "b.txt", "start": 3, "end": 9}]})
    )
    assert question.also == ("2019",)
    assert question.quotes == (GoldQuote("b.txt", None, 3, 9),)


def test_of_a_question_the_words_are_enough(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path, "", {"question": "Which bridge over the river is the oldest one?"}))
    assert question == Question(
        id="2",
        question="Which bridge over the river is the oldest one?",
        language="en",
        answers=(),
        quotes=(),
        answerable=True,
        tags=(),
        split="test",
    )


def test_a_question_may_name_articles_and_the_language_of_its_answer(tmp_path: Path) -> None:
    fields = {"articles": ["a.md"], "answer_language": "sv", "without": "b.md", "language": "fr-CA", "note": "mine"}
    (question,) = load_questions(write(tmp_path, {"question": "Combien ?", "answer": 17, **fields}))
    assert (question.articles, question.answer_language, question.without) == (("a.md",), "sv", ("b.md",))
    assert (question.language, question.answers) == ("fr", ("17",))


def test_a_language_may_be_given_for_all_questions_that_have_none(tmp_path: Path) -> None:
    path = write(tmp_path, {"question": "57?"}, {"question": "58?", "language": "vi"})
    assert [question.language for question in load_questions(path, language="sv")] == ["sv", "vi"]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    quotes = (GoldQuote("a.md", "Cent.\u2028Mille."), GoldQuote("b.txt", None, 3, 9))
    whole = Question("1", "C?", "fr", ("17",), quotes, True, ("x",), "dev", ("2",), ("c",), "sv", ("d",))  # noqa: FBT003
    bare = Question("2", "D?", "en", (), (), False, (), "test")  # noqa: FBT003
    assert load_questions(write(tmp_path, to_record(whole), to_record(bare))) == (whole, bare)
    assert to_record(bare) == {"id": "2", "question": "D?", "language": "en", "answerable": False, "split": "test"}


def test_an_article_goes_by_its_id_its_address_and_its_file() -> None:
    article = Article(id="5b0f", text="", title="", url="https://example.invalid/a", path="/press/a.txt")
    assert names_of(article) == {"5b0f", "https://example.invalid/a", "/press/a.txt", "a.txt"}
    assert names_of(Article(id="", text="", title="")) == set()


def test_a_split_is_a_part(tmp_path: Path) -> None:
    path = write(tmp_path, RECORD, RECORD | {"id": "2", "split": "test"} | NOT_ANSWERABLE)
    assert [question.id for question in load_questions(path, split="dev")] == ["fr-q01"]
    assert [question.id for question in load_questions(path, split="test")] == ["2"]
    assert len(load_questions(path)) == 2


QUOTE = {"file": "a.md", "text": "x"}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("9" * 5_000, "line 2: not JSON"),
        ("17", "line 2: 17 is no object"),
        ({"id": "2"}, "line 2: 'question' is missing"),
        ({"question": " "}, "line 2: 'question' is empty"),
        ({"question": ["a"]}, r"line 2: 'question' is \['a'\], no text"),
        (RECORD, r"line 2: the id 'fr-q01' is taken \(questions.jsonl, line 1\)"),
        (RECORD | {"id": "2", "split": "train"}, "line 2: split is 'train'"),
        (RECORD | {"id": "2", "language": "Swedish"}, "line 2: 'language' is 'Swedish', no ISO 639-1 code"),
        (RECORD | {"id": "2", "answers": [True]}, "line 2: 'answers' is True, no text"),
        (RECORD | {"id": "2", "answers": {"x": 1}}, "line 2: 'answers' is {'x': 1}, no text"),
        (RECORD | {"id": "2", "awnsers": ["x"]}, "line 2: there is no field 'awnsers'; is 'answers' meant"),
        (RECORD | {"id": "2", "answerable": "maybe"}, "line 2: 'answerable' is 'maybe', neither true nor false"),
        (RECORD | {"id": "2", "answerable": False}, "line 2: 'answerable' is false, and yet there are answers and quo"),
        ({"question": "a", "also": "x"}, "line 2: 'also' is the second part"),
        ({"question": "a", "answers": ["x", " "]}, "line 2: one of the answers is empty"),
        (RECORD | {"id": "2", "quotes": ["x"]}, r"line 2, quotes\[0\]: 'x' is no object"),
        (RECORD | {"id": "2", "quotes": "x"}, "line 2: 'quotes' is 'x', no list of objects"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md"}]}, r"line 2, quotes\[0\]: 'text' is missing"),
        (RECORD | {"id": "2", "quotes": [QUOTE, {"file": "a.md", "start": 3}]}, r"quotes\[1\]: 'end' is missing"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md", "start": 3, "end": "4"}]}, "'end' is '4', no whole number"),
        (RECORD | {"id": "2", "quotes": [{"file": "a.md", "start": 3, "end": 3}]}, "a quote is given by"),
        (RECORD | {"id": "2", "quotes": [QUOTE | {"start": 3, "end": 4}]}, "a quote is given by"),
    ],
)
def test_what_is_no_question_is_named_by_its_line(tmp_path: Path, record: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        load_questions(write(tmp_path, RECORD, record))


def test_half_a_character_is_replaced_by_one_that_can_be_written(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path, {"id": "\udcff", "question": "Who \ud83d?", "answers": ["\ud800"]}))
    assert (question.id, question.question, question.answers) == ("\ufffd", "Who \ufffd?", ("\ufffd",))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"question": "caf\xe9"}\n')
    with pytest.raises(DatasetError, match="line 1: not UTF-8"):
        load_questions(path)
    path.write_bytes('\ufeff{"question": "Where is the café?"}\n'.encode())
    assert load_questions(path)[0].question == "Where is the café?"
    monkeypatch.setattr(rows, "LONGEST_LINE", 10)
    with pytest.raises(DatasetError, match="line 1: longer than 10 bytes"):
        load_questions(path)


BUILT_IN, PRACTISED = load_questions(), load_questions(PRACTICE)
ALL = (*BUILT_IN, *PRACTISED)


def test_there_are_as_many_questions_of_each_kind_in_each_language() -> None:
    for language in ("en", "fr", "sv", "vi"):
        asked = [question for question in BUILT_IN if question.language == language]
        assert Counter(question.split for question in asked) == {"dev": 14, "test": 18}
        for real, answered, near, off in ((False, 18, 3, 3), (True, 6, 1, 1)):
            part = [question for question in asked if ("real" in question.tags) == real]
            assert Counter(map(kind, part)) == {"answered": answered, "near-miss": near, "off-topic": off}
    assert len(BUILT_IN) == 128


def test_the_practice_questions_are_all_dev_and_as_many_in_each_language() -> None:
    assert Counter(question.split for question in PRACTISED) == {"dev": 96}
    for language in ("en", "fr", "sv", "vi"):
        asked = [question for question in PRACTISED if question.language == language]
        crossing = Counter("cross-language" in question.tags for question in asked if question.answerable)
        assert crossing == {True: 9, False: 9}
        for real, answered, near, off in ((False, 12, 2, 2), (True, 6, 1, 1)):
            part = [question for question in asked if ("real" in question.tags) == real]
            assert Counter(map(kind, part)) == {"answered": answered, "near-miss": near, "off-topic": off}


def test_practice_asks_nothing_that_the_built_in_set_asks() -> None:
    assert len({question.id for question in ALL}) == len({question.question.casefold() for question in ALL}) == 224
    facts = {(quote.file, answer) for q in BUILT_IN for quote in q.quotes for answer in (*q.answers, *q.also)}
    for question in PRACTISED:
        asked = {(quote.file, answer) for quote in question.quotes for answer in (*question.answers, *question.also)}
        assert not asked & facts, question.id


def test_an_answerable_question_has_answers_and_quotes_and_another_has_neither() -> None:
    assert [q.id for q in ALL if not q.answerable == bool(q.answers) == bool(q.quotes)] == []


def kind(question: Question) -> str:
    if question.answerable:
        return "answered"
    return "near-miss" if "near-miss" in question.tags else "off-topic"


def test_a_question_does_not_hold_its_answer() -> None:
    assert [q.id for q in ALL if contains_answer(q.question, q.answers) or contains_answer(q.question, q.also)] == []
    assert [q.id for q in ALL if ("two-part" in q.tags) != bool(q.also)] == []


def test_quotes_stand_in_the_sample_articles_or_in_articles_that_are_not_here() -> None:
    articles = load_articles()
    for question in ALL:
        for quote in question.quotes:
            if "real" in question.tags:
                assert quote.text is None, question.id
                assert quote.file not in articles
            else:
                assert quote.text, question.id
                assert quote.text in articles[quote.file].text, question.id


def test_places_in_articles_that_are_not_here_are_whole_sentences_that_hold_the_answer() -> None:
    folder = real_articles()
    if folder is None:
        pytest.skip("the real articles are not here")
    articles = load_articles(folder)
    for question in PRACTISED:
        for quote in question.quotes:
            if quote.text is None:
                article = articles[quote.file]
                text, before = article.text[quote.start : quote.end], article.text[: quote.start].rstrip(" ")
                assert text == text.strip(), question.id
                assert text[0].isupper(), question.id
                assert text.endswith("."), question.id
                assert before.endswith(("\n", ".")), question.id
                assert article.language != question.language or contains_answer(text, question.answers), question.id
