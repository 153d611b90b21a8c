"""Files in the forms of others are read whole, or refused with the place that is wrong and what is taken."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval import rows
from eval.beir import beir
from eval.loaded import Loaded
from eval.loaders import from_csv, from_json, from_json_lines
from eval.questions import GoldQuote
from eval.rows import DatasetError
from tests.test_setup import ROOT

CONTEXT = "The bridge over the river opened in 2019. The mayor spoke at the school."


def write_json(folder: Path, value: Any) -> Path:
    path = folder / "set.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_lines(path: Path, *values: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def write_csv(folder: Path, text: str) -> Path:
    path = folder / "set.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def asked(number: int, question: str, *answers: tuple[str, int], **fields: Any) -> dict[str, Any]:
    listed = [{"text": text, "answer_start": start} for text, start in answers]
    return {"id": f"q{number}", "question": question, "answers": listed, **fields}


def squad(*asked: dict[str, Any], context: str = CONTEXT) -> dict[str, Any]:
    return {"version": "2.0", "data": [{"title": "Old_bridge", "paragraphs": [{"context": context, "qas": asked}]}]}


def answered(loaded: Loaded) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(question.id, question.answers, question.answerable) for question in loaded.questions]


def test_squad_gives_an_article_for_each_paragraph_and_the_places_of_the_answers(tmp_path: Path) -> None:
    when = asked(1, "When did the bridge over the river open?", ("2019", 36), ("in 2019", 33), ("2019", 36))
    who = asked(2, "Who built the bridge over the river?", is_impossible=True, plausible_answers=[{"text": "mayor"}])
    loaded = from_json(write_json(tmp_path, squad(when, who)))
    (article,) = loaded.articles
    assert (article.text, article.title, article.language, article.url) == (CONTEXT, "Old bridge", "en", "squad:1/1")
    first, second = loaded.questions
    assert (first.id, first.answers, first.language, first.articles) == ("q1", ("2019", "in 2019"), "en", ())
    assert first.quotes == (GoldQuote("squad:1/1", start=36, end=40), GoldQuote("squad:1/1", start=33, end=40))
    assert (second.answerable, second.answers, second.quotes, second.tags) == (False, (), (), ("near-miss",))


def test_a_squad_answer_at_a_wrong_place_names_the_article_only(tmp_path: Path) -> None:
    loaded = from_json(write_json(tmp_path, squad(asked(1, "When?", ("2019", 3)))), language="en")
    assert (loaded.questions[0].quotes, loaded.questions[0].articles) == ((), ("squad:1/1",))


def test_squad_in_rows_joins_those_of_one_paragraph(tmp_path: Path) -> None:
    row = {"id": "1", "title": "Old_bridge", "context": CONTEXT, "question": "When did the bridge open?"}
    path = write_lines(
        tmp_path / "set.jsonl",
        {**row, "answers": {"text": ["2019"], "answer_start": [36]}},
        {**row, "id": "2", "answers": {"text": [], "answer_start": []}},
        {**row, "id": "3", "context": "Another one.", "answers": {"text": ["one"]}},
    )
    loaded = from_json_lines(path)
    assert answered(loaded) == [("1", ("2019",), True), ("2", (), False), ("3", ("one",), True)]
    assert [article.text for article in loaded.articles] == [CONTEXT, "Another one."]
    assert loaded.questions[0].quotes == (GoldQuote("squad:1", start=36, end=40),)
    assert loaded.questions[2].articles == ("squad:2",)


RAGAS = {"user_input": "When did the bridge open?", "reference": "It opened in 2019.", "response": "In 1900."}


def test_ragas_samples_give_their_contexts_as_articles(tmp_path: Path) -> None:
    now = RAGAS | {"retrieved_contexts": [CONTEXT, "Rain.", " "], "reference_contexts": [CONTEXT]}
    loaded = from_json_lines(write_lines(tmp_path / "set.jsonl", now, RAGAS | {"retrieved_contexts": ["Rain."]}))
    assert answered(loaded) == [("1", ("It opened in 2019.",), True), ("2", ("It opened in 2019.",), True)]
    assert [article.text for article in loaded.articles] == [CONTEXT, "Rain."]
    assert [question.articles for question in loaded.questions] == [(loaded.articles[0].url,), ()]


@pytest.mark.parametrize("gold", [{"ground_truth": "In 2019."}, {"ground_truths": ["In 2019."]}])
def test_ragas_samples_of_its_first_form(tmp_path: Path, gold: dict[str, Any]) -> None:
    row = {"question": "When did the bridge open?", "answer": "In 1900.", "contexts": [CONTEXT], **gold}
    columns = {name: [value] for name, value in row.items()}
    for value in ([row], {"samples": [row]}, columns):
        loaded = from_json(write_json(tmp_path, value))
        assert answered(loaded) == [("1", ("In 2019.",), True)]
        assert [article.text for article in loaded.articles] == [CONTEXT]


def test_a_list_of_rows_may_be_in_our_form(tmp_path: Path) -> None:
    loaded = from_json(write_json(tmp_path, [{"question": "When did the bridge open?", "answers": ["2019"]}]))
    assert answered(loaded) == [("1", ("2019",), True)]


def test_a_table_names_its_columns(tmp_path: Path) -> None:
    text = (
        "Id,Question,Answer,Language,Article,Answerable,Tags,Remark\r\n"
        'a,"When did it open, and where?",2019|in 2019,en,bridge.txt | b.txt,yes,date|place,\r\n'
        "\r\n,Vem byggde bron?,,sv,,no,,later\r\n"
    )
    first, second = from_csv(write_csv(tmp_path, "\ufeff" + text)).questions
    assert (first.id, first.question, first.answers) == ("a", "When did it open, and where?", ("2019", "in 2019"))
    assert (first.articles, first.tags, first.answerable) == (("bridge.txt", "b.txt"), ("date", "place"), True)
    assert (second.id, second.language, second.answerable, second.answers) == ("4", "sv", False, ())


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_may_be_parted_by_semicolons_or_tabs(tmp_path: Path, mark: str) -> None:
    path = write_csv(tmp_path, f"question{mark}answer\nWhen, and where?{mark}2019\n")
    assert answered(from_csv(path)) == [("2", ("2019",), True)]


def corpus(folder: Path, *ids: str) -> None:
    documents = [{"_id": name, "title": f"About {name}", "text": f"The river {name} rose."} for name in ids]
    write_lines(folder / "corpus.jsonl", *documents)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rivers"
    corpus(folder, "d1", "d2", "d3")
    write_lines(
        folder / "queries.jsonl",
        {"_id": "q1", "text": "Which river rose last year?"},
        {"_id": "q2", "text": "Where does the river rise?"},
        {"_id": "q3", "text": "Nobody judged this one."},
    )
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t2\nq1\td2\t0\nq2\td2\t1\n", encoding="utf-8"
    )
    return folder


def test_beir_takes_the_judged_queries_and_the_whole_corpus(folder: Path) -> None:
    loaded = beir(folder)
    assert [(q.id, q.articles, q.answers) for q in loaded.questions] == [
        ("q1", ("beir:d1", "beir:d3"), ()),
        ("q2", ("beir:d2",), ()),
    ]
    assert sorted(article.url or "" for article in loaded.articles) == ["beir:d1", "beir:d2", "beir:d3"]
    assert (loaded.articles[0].title, loaded.articles[0].language) == ("About d1", "en")
    assert loaded.note == ""


def test_of_a_large_corpus_what_is_relevant_is_taken_and_some_of_the_rest(folder: Path) -> None:
    corpus(folder, *(f"d{number}" for number in range(1, 101)))
    loaded = beir(folder, most=10)
    urls = {article.url for article in loaded.articles}
    assert len(urls) == 10
    assert urls > {"beir:d1", "beir:d2", "beir:d3"}
    assert loaded.note == "10 of 100 articles of the corpus are taken"
    assert {article.url for article in beir(folder, most=2).articles} == {"beir:d1", "beir:d2", "beir:d3"}


def test_queries_that_lost_their_documents_are_left_out_and_counted(folder: Path) -> None:
    corpus(folder, "d2")
    loaded = beir(folder)
    assert [question.id for question in loaded.questions] == ["q2"]
    assert loaded.note.startswith("1 judged queries are left out")
    corpus(folder, "d9")
    with pytest.raises(DatasetError, match=r"No query .* has a relevant document"):
        beir(folder)


def test_a_document_without_text_is_its_title(folder: Path) -> None:
    write_lines(folder / "corpus.jsonl", {"_id": "d1", "title": "A river rose", "text": ""}, {"_id": "d2", "text": " "})
    assert [article.text for article in beir(folder).articles] == ["A river rose"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("queries.jsonl", '{"text": "x"}', "queries.jsonl, line 1: '_id' is missing"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n' * 2, r"line 2: the id 'a' is taken \(corpus.jsonl, line 1\)"),
        ("corpus.jsonl", '{"_id": "a", "text": ["x"]}', "corpus.jsonl, line 1: 'text' is .*, no text"),
        ("qrels/test.tsv", "q1 d1 1\n", "qrels/test.tsv, line 1: 1 cells parted by tabs"),
        ("qrels/test.tsv", "q1\td1\tyes\n", "qrels/test.tsv, line 1: the score is 'yes', no number"),
        ("qrels/test.tsv", "", "No query of the qrels"),
    ],
)
def test_what_is_wrong_in_a_beir_folder_is_named(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=message) as caught:
        beir(folder)
    assert "A BEIR folder holds" in caught.value.help


def test_a_folder_that_is_no_beir_set_is_told_what_it_lacks(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "dev.tsv")
    assert len(beir(folder).questions) == 2
    (folder / "qrels" / "dev.tsv").unlink()
    (folder / "corpus.jsonl").unlink()
    with pytest.raises(DatasetError, match=r"it lacks corpus.jsonl and qrels/test.tsv"):
        beir(folder)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (17, "set.json: neither a SQuAD file nor a list of rows"),
        ({"data": 3}, "set.json: neither a SQuAD file nor a list of rows"),
        ([], "set.json holds no question"),
        ([3], "set.json, row 1: 3 is no object"),
        ([{"text": "x", "label": 1}], "set.json, row 1: no question is among its fields, which are 'label', 'text'"),
        ([{"question": "Which one?"}, {"id": 1}], "set.json, row 2: 'question' is missing"),
        ({"question": ["a"], "answers": []}, "columns of different lengths, 'question' 1, 'answers' 0"),
        ({"data": []}, "set.json: there is no question in it"),
        (squad(asked(1, "When?", ("2019", 36)), asked(1, "Where?")), "the id 'q1' is taken"),
        (squad({"id": "1", "answers": []}), r"set.json, data\[0\], paragraphs\[0\], qas\[0\]: 'question' is missing"),
        (squad(asked(1, "When?", ("", 3))), r"answers\[0\]: 'text' is empty"),
        (squad({**asked(1, "When?"), "answers": "2019"}), "'answers' is '2019', no list of objects"),
        (squad(context=""), "'context' is empty"),
        ([{"question": "a", "context": "b", "answers": {"text": ["b"], "answer_start": []}}], "not lists of one"),
        ([RAGAS | {"user_input": [{"content": "When?"}]}], "row 1: 'user_input' is .*, no text"),
        ([RAGAS | {"id": "a"}, RAGAS | {"id": "a"}], r"row 2: the id 'a' is taken \(set.json, row 1\)"),
    ],
)
def test_what_is_wrong_in_a_json_file_is_named_by_its_place(tmp_path: Path, value: Any, message: str) -> None:
    with pytest.raises(DatasetError, match=message) as caught:
        from_json(write_json(tmp_path, value))
    assert caught.value.help


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the columns are ''|line 1: the columns are none"),
        ("frage,antwort\na,b\n", "line 1: the columns are 'frage', 'antwort'"),
        ("question,question\na,b\n", "line 1: the columns are 'question', 'question'"),
        ("question,answer\n", "set.csv holds no question"),
        ("question,answer\na,b,c\n", "line 2: 3 cells in a table of 2 columns"),
        ("question,answer\na\n", "line 2: 1 cells in a table of 2 columns"),
        ('question,answer\n"a,b\n', "line 2: unexpected end of data|line 3: unexpected end of data"),
        ("question,answer\n,b\n", "line 2: 'question' is missing"),
        ("question,answerable\na,perhaps\n", "line 2: 'answerable' is 'perhaps'"),
        ("question,answr\na,b\n", "line 2: there is no field 'answr'; is 'answer' meant"),
        ("id,question\n1,a\n1,b\n", r"line 3: the id '1' is taken \(set.csv, line 2\)"),
    ],
)
def test_what_is_wrong_in_a_table_is_named_by_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message) as caught:
        from_csv(write_csv(tmp_path, text))
    assert "The first line of a CSV file names its columns" in caught.value.help


def test_bytes_that_are_no_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "set.csv"
    path.write_bytes(b"question\ncaf\xe9?\n")
    with pytest.raises(DatasetError, match=r"set.csv: not UTF-8"):
        from_csv(path)
    monkeypatch.setattr(rows, "LARGEST_FILE", 10)
    for load in (from_csv, from_json, from_json_lines):
        with pytest.raises(DatasetError, match=r"set.csv has 15 bytes; the limit is 10"):
            load(path)


def test_what_a_file_says_is_only_text(tmp_path: Path) -> None:
    """A title, id or context may look like a path, an address or a command: it names nothing but itself."""
    evil = "../../etc/passwd\x1b[2J\0"
    value = squad(asked(1, evil, (evil, 0)), context=evil)
    value["data"][0]["title"] = evil
    loaded = from_json(write_json(tmp_path, value), language="en")
    assert loaded.articles[0].url == "squad:1/1"
    assert loaded.articles[0].text == evil.replace("\0", "\ufffd")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set.json"]
    with pytest.raises(DatasetError) as caught:
        from_json(write_json(tmp_path, squad(asked(1, evil) | {"id": evil}, asked(2, evil) | {"id": evil})))
    assert "\x1b" not in str(caught.value)


EXAMPLE = re.compile(r"`([\w/]+\.(?:jsonl|json|csv|tsv))`:\n\n```\w+\n(.*?)```", re.DOTALL)


def test_the_examples_of_the_documentation_are_what_is_taken(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")
    for name, text in EXAMPLE.findall(page):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    questions = from_json_lines(tmp_path / "questions.jsonl").questions
    assert [question.answerable for question in questions] == [True, True, True, False]
    assert [question.language for question in questions] == ["en", "en", "fr", "en"]
    table = from_csv(tmp_path / "questions.csv").questions
    assert [question.answers for question in table] == [("1,240", "1240"), ("1907",), ()]
    assert from_json(tmp_path / "squad.json").questions[0].quotes == (GoldQuote("squad:1/1", start=54, end=58),)
    assert len(from_json_lines(tmp_path / "ragas.jsonl").articles) == 2
    assert [question.articles for question in beir(tmp_path).questions] == [("beir:d1",)]
